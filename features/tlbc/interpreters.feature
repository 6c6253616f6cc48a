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
