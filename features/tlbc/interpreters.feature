Feature: Copies in another interpreter
  A process may have several interpreters. They share no code, so each gives its threads indices of its own, and
  has main copies for the first of them.

  Background:
    Given Ada and Ben are attached in another interpreter
    And Ada runs this program:
      """
      def f(a, b):
          return a + b
      """

  @TLBC-05
  Rule: An interpreter gives its threads indices of its own
    Indices of one for all interpreters would make arrays longer than any interpreter has threads.

    @TLBC-05.7
    Example: Its first thread has the first index, and runs main copies
      When Ada calls f(1, 2)
      Then Ada has index 0
      And Ada runs the main copy of f

    @TLBC-05.8 @sees:copied
    Example: Its second thread has copies
      When Ben calls f(1, 2) 10 times
      Then Ben has index 1
      And Ben runs a copy of f of his own
      And the operation of f is specialized for int addition in Ben's copy

    @TLBC-05.9
    Example: A thread of another interpreter does not count
      Given Cleo is attached
      Then Ada and Cleo have index 0

  @TLBC-16
  Rule: Whoever cleans up does so in one interpreter
    The indices of another one say nothing about who runs its copies.

    @TLBC-16.30 @sees:copied
    Example: The copies of another interpreter are left alone
      Given Ben calls f(1, 2)
      And Ben remembers his copy of f
      And Cleo is attached
      When Cleo frees the copies that nobody uses
      Then Ben runs the copy of f that was remembered
      When Ben calls f(1, 2)
      Then the result is 3
