Feature: No memory for a copy
  A copy takes memory, and there may be none. Then the call fails as any call does that needs memory, and
  nothing is half made.

  Background:
    Given Ada is attached
    And Ada runs this program:
      """
      def f(x):
          return x
      """

  @TLBC-02
  Rule: A call whose copy cannot be made fails before its first line, and can be tried again
    Running on in somebody else's copy would be the alternative, and nobody could rely on anything.

    @TLBC-02.20
    Example: The call fails, and no copy is left
      Given Ben is attached
      And there is no more memory for Ben
      When Ben calls f(1)
      Then that fails with MemoryError
      And Ben has no copy of f
      And there is 1 copy of f

    @TLBC-02.21 @sees:copied
    Example: The call succeeds when there is memory again
      Given Ben is attached
      And there is no more memory for Ben
      When Ben calls f(1)
      Then that fails with MemoryError
      When there is memory again for Ben
      And Ben calls f(1)
      Then the result is 1
      And Ben runs a copy of f of his own

    @TLBC-02.22
    Example: A thread that has a copy needs no memory for another call
      Given Ben is attached
      And Ben calls f(1)
      And there is no more memory for Ben
      When Ben calls f(1)
      Then the result is 1

    @TLBC-02.23
    Example: The first thread needs no memory for its copy
      Given there is no more memory for Ada
      When Ada calls f(1)
      Then the result is 1
      And Ada runs the main copy of f
