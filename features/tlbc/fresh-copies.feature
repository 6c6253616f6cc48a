Feature: What a new copy begins with
  A new copy is made from the main copy, which has been rewritten for the operands of another thread, and may
  be rewritten at that very moment. None of that is of use to whoever gets the copy.

  Background:
    Given Ada and Ben are attached
    And Ada runs this program:
      """
      def f(a, b):
          return a + b
      """

  @TLBC-15
  Rule: A new copy begins without specialization and with fresh counters
    What the first thread has learned about its operands is a wrong guess for most others, and a counter that
    is half run down would bring a thread to specialize for what it has seen once.

    @TLBC-15.1 @sees:copied
    Example: The copy is as new when its thread calls for the first time
      Given Ada calls f(1, 2) 100 times
      When Ben calls f(1, 2)
      Then the operation of f is general in Ben's copy
      When Ben calls f(1, 2)
      Then the operation of f is specialized for int addition in Ben's copy
      And the counter of the operation of f has just been set by specializing in Ben's copy

    @TLBC-15.2 @sees:copied
    Example: An instruction that was not reached yet has a fresh counter
      Given Ada runs this program:
        """
        def g(a, b):
            if a:
                return a + b
            return b
        """
      And Ada calls g(1, 2) 100 times
      When Ben calls g(0, 2)
      Then the operation of g is general in Ben's copy
      And the counter of the operation of g is fresh in Ben's copy
      And the operation of g is specialized for int addition in Ada's copy

    @TLBC-15.3 @sees:copied
    Example: A test of membership begins anew as well
      Given Ada runs this program:
        """
        def has(x, where):
            return x in where

        names = {'a': 1}
        letters = {'a', 'b'}
        """
      And Ada calls has('a', names) 100 times
      When Ben calls has('a', letters)
      Then the membership test of has is general in Ben's copy
      And the membership test of has is specialized for dictionaries in Ada's copy

    @TLBC-15.4 @sees:copied
    Example: The copy is made from the main copy, not from that of a third thread
      Given Cleo is attached
      And Cleo calls f(1.5, 2.5) 100 times
      When Ben calls f(1, 2)
      Then the operation of f is general in Ben's copy
      And the operation of f is general in Ada's copy
      And the operation of f is specialized for float addition in Cleo's copy

    @TLBC-15.5 @sees:copied
    Example: The entry is quickened in the copy that was entered, and in no other
      When Ben calls f(1, 2)
      Then the entry of f is quickened in Ben's copy
      And the entry of f is general in Ada's copy

    @TLBC-15.7 @sees:copied
    Example: What has become immortal since the code was made is loaded without counting
      Given Ada runs this program:
        """
        g = eval('lambda: 5000')
        """
      And Ben has detached
      And Ada makes a renamed copy of code g and keeps it as other
      When Ben attaches
      And Ben calls g()
      Then the constant of g is quickened in Ben's copy
      And the constant of g is general in Ada's copy

    @TLBC-15.6
    Example: The owner of the main copy specializes while a copy is made from it
      Given Ada calls f(1, 2)
      When these race:
        | Ada | calls f(1, 2)     |
        | Ben | calls f('a', 'b') |
      Then the outcomes are:
        | Ada | Ben  | the operation of f for Ada   | the operation of f for Ben | grade    | because                                |
        | 3   | 'ab' | specialized for int addition | general                    | expected | the copy takes what the code says only |
