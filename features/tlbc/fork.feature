Feature: Copies in the child of a fork
  In the child of a fork lives the thread that forked, and nobody else. It goes on with its own copies.

  Background:
    Given Ada and Ben are attached
    And Ada runs this program:
      """
      def f(a, b):
          return a + b
      """

  @TLBC-06
  Rule: In a fork's child the thread that forked keeps its index, and all others are free
    The threads that had the others are not there. The copies in which this one has learned are, and it goes on in them.

    @TLBC-06.20 @sees:copied
    Example: The thread that forked keeps index and copy
      Given Ben calls f(1, 2) 10 times
      And Ada has detached
      When Ben forks, and Cleo is his copy in the child
      Then Cleo has index 1, as Cleo sees it
      And Cleo runs a copy of f of his own
      And the operation of f is specialized for int addition in Cleo's copy

    @TLBC-06.21
    Example: The next threads of the child get the indices of those who are not there
      Given Ben calls f(1, 2)
      And Ada has detached
      When Ben forks, and Cleo is his copy in the child
      And Cleo makes a thread state for Dan
      And Cleo makes a thread state for Eve
      Then Dan has index 0, as Cleo sees it
      And Eve has index 2, as Cleo sees it
