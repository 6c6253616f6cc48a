Feature: The default build
  In the default build one thread runs at a time, so that all can run and specialize the same bytecode.

  @TLBC-03
  Rule: Copies exist in free-threaded builds only
    Where only one thread runs at a time they would cost memory, and each thread would have to learn for itself.

    @TLBC-03.1 @build:default
    Example: There is no array of copies
      Given Ada is attached
      And Ada runs this program:
        """
        def f(a, b):
            return a + b
        """
      When Ada calls f(1, 2)
      Then the result is 3
      And f has no array of copies

    @TLBC-03.2 @build:default
    Example: A thread goes on with what another has learned
      Given Ada is attached
      And Ada runs this program:
        """
        def f(a, b):
            return a + b
        """
      And Ada calls f(1, 2) 10 times
      And Ada has detached
      When Ben is attached
      And Ben calls f(1, 2)
      Then the operation of f is specialized for int addition in Ben's copy

    @TLBC-03.3 @build:default @argv:-X @argv:tlbc=nonsense
    Example: The setting is not known there, and not read
      Given Ada is attached
      And Ada runs this program:
        """
        def f(x):
            return x
        """
      When Ada calls f(1)
      Then the result is 1
      And f has no array of copies

    @TLBC-03.4 @build:default
    Example: Where constants are not immortal a thread needs no copy of its own either
      Given Ada is attached
      And Ada runs this program:
        """
        def f(x):
            return (x, 5000)
        """
      And Ada has detached
      When Ben is attached
      And Ben calls f(1)
      Then the result is (1, 5000)
      And f has no array of copies
