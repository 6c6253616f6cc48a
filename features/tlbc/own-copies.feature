Feature: Each thread has its own copies
  An interpreter rewrites bytecode while it runs: an addition that has seen two ints becomes an addition of
  ints. If several threads ran the same bytecode they would rewrite it at once, and each for its own operands. So
  each thread runs a copy, and whatever it learns about its operands it writes there.

  Background:
    Given Ada and Ben are attached
    And Ada runs this program:
      """
      def f(a, b):
          return a + b
      """

  @TLBC-01
  Rule: What a thread learns about its operands stays in its own copy
    Two threads that add different things would otherwise undo each other's work for ever.

    @TLBC-01.1 @sees:copied
    Example: Two threads specialize one addition, each for what it adds
      When Ada calls f(1, 2) 100 times
      And Ben calls f('a', 'b') 100 times
      Then the operation of f is specialized for int addition in Ada's copy
      And the operation of f is specialized for str addition in Ben's copy

    @TLBC-01.2 @sees:copied
    Example: The first call of a thread begins without what another has learned
      Given Ada calls f(1, 2) 100 times
      When Ben calls f('a', 'b')
      Then the result is 'ab'
      And the operation of f is general in Ben's copy
      And the operation of f is specialized for int addition in Ada's copy

    @TLBC-01.3 @sees:copied
    Example: Calls of one thread are not counted for another
      Given Ada calls f(1, 2)
      And Ben calls f(1, 2)
      And Ada remembers the counter of the operation of f
      When Ben calls f(1, 2) 10 times
      Then the counter of the operation of f is as it was remembered in Ada's copy
      And the operation of f is general in Ada's copy
      And the operation of f is specialized for int addition in Ben's copy

    @TLBC-01.4
    Example: Two threads specialize one addition at once
      Given Ada calls f(1, 2)
      And Ben calls f('a', 'b')
      When these race:
        | Ada | calls f(1, 2)     |
        | Ben | calls f('a', 'b') |
      Then the outcomes are:
        | Ada | Ben  | the operation of f for Ada   | the operation of f for Ben   | grade    | because                       |
        | 3   | 'ab' | specialized for int addition | specialized for str addition | expected | neither knows about the other |

    @TLBC-01.5
    Example: An addition fails in the copy of the thread that tried it
      Given Ada calls f(1, 2) 100 times
      When Ben calls f(1, 'b')
      Then that fails with TypeError in line 2
      And the operation of f is specialized for int addition in Ada's copy

  @TLBC-02
  Rule: A thread gets its copy when it first starts to run the code
    Most threads run a small part of a program. Copies of the rest would be made for nobody.

    @TLBC-02.1 @sees:copied
    Example: There is no copy before the first call, and there is one after it
      Given Ada calls f(1, 2)
      Then Ben has no copy of f
      When Ben calls f(1, 2)
      Then Ben runs a copy of f of his own

    @TLBC-02.11 @sees:copied
    Example: The copy is there, and new, while the first call runs
      Given Ada has event "go"
      And Ada runs this program:
        """
        def g(a, b):
            wait('go')
            return a + b
        """
      When Ben calls g(1, 2)
      Then Ben runs a copy of g of his own
      And the entry of g is quickened in Ben's copy
      And the counter of the operation of g is fresh in Ben's copy
      And Ada sets event "go"

    @TLBC-02.2 @sees:copied
    Example: Later calls run the same copy
      Given Ben calls f(1, 2)
      And Ben remembers his copy of f
      When Ben calls f(1, 2) 10 times
      Then Ben runs the copy of f that was remembered
      And there are 2 copies of f

    @TLBC-02.3 @sees:copied
    Example: Only what was called is copied
      Given Ada runs this program:
        """
        def g(x):
            return x
        """
      When Ben calls g(1)
      Then Ben runs a copy of g of his own
      And Ben has no copy of f

    @TLBC-02.4 @sees:copied
    Example: A thread that never calls gets no copy from one that does
      Given Cleo is attached
      When Ben calls f(1, 2)
      Then there are 2 copies of f
      And Cleo has no copy of f

    @TLBC-02.5 @sees:copied
    Example: A call that fails in its first line has made the copy nevertheless
      When Ben calls f(1, 'b')
      Then that fails with TypeError
      And Ben runs a copy of f of his own

    @TLBC-02.6
    Example: A call that does not begin, for want of arguments, makes no copy
      When Ben calls f(1)
      Then that fails with TypeError
      And Ben has no copy of f

  @TLBC-04
  Rule: A code object keeps all copies of its bytecode in one array
    Whoever changes bytecode for everybody, as a debugger does, has to find every copy, and a thread has to
    find its own without a search.

    @TLBC-04.1 @sees:copied
    Example: Each thread that has called adds one
      Given Cleo is attached
      And Ada calls f(1, 2)
      When Ben calls f(1, 2)
      And Cleo calls f(1, 2)
      Then there are 3 copies of f
      And Ada runs the main copy of f
      And Ben and Cleo run a copy of f of their own

    @TLBC-04.2 @sees:copied
    Example: The copies of two functions have nothing to do with each other
      Given Ada runs this program:
        """
        def g(a, b):
            return a * b
        """
      When Ben calls f(1, 2)
      Then there are 2 copies of f
      And there is 1 copy of g

    @TLBC-04.3 @sees:copied
    Example: A function within a function has an array of its own
      Given Ada runs this program:
        """
        def make():
            def inner(x):
                return x + 1
            return inner
        """
      And Ada keeps the result of make() as inner
      When Ben calls inner(1)
      Then there are 2 copies of inner
      And there is 1 copy of make

    @TLBC-04.5 @sees:copied
    Example: Code that is made again of other code has an array of its own, too
      Given Ben calls f(1, 2)
      And Ben has detached
      When Ada makes a renamed copy of code f and keeps it as again
      Then there is 1 copy of again
      And there are 2 copies of f
      And Ben runs a copy of f of his own

    @TLBC-04.4 @bound:2
    Example: Two threads get their copies at once
      Given Cleo is attached
      When these race:
        | Ben  | calls f(1, 2) |
        | Cleo | calls f(1, 2) |
      Then the outcomes are:
        | Ben | Cleo | copies of f | the operation of f for Ben | the operation of f for Cleo | grade    | because                         |
        | 3   | 3    | 3 copies    | general                    | general                     | expected | each has its place in the array |

  @TLBC-07
  Rule: The first place of every array is the main copy
    It stands in the code object itself, so the first thread of an interpreter pays nothing, and there is always
    something that a new copy can be made from.

    @TLBC-07.1
    Example: The main copy is there before anybody has called
      Then there is 1 copy of f
      And the main copy of f stands at the first place of its array

    @TLBC-07.2
    Example: The first thread runs the main copy
      When Ada calls f(1, 2)
      Then Ada has index 0
      And Ada runs the main copy of f

    @TLBC-07.3 @sees:copied
    Example: Another thread runs the code first, and not the main copy
      When Ben calls f(1, 2) 10 times
      Then Ben runs a copy of f of his own
      And the main copy of f stands at the first place of its array
      And the operation of f is general in Ada's copy

    @TLBC-07.4 @sees:copied
    Example: A program that another thread runs has its main copy for the first thread
      Given Ben runs this program:
        """
        def g(x):
            return x
        """
      When Ben calls g(1)
      And Ada calls g(1)
      Then Ben runs a copy of g of his own
      And Ada runs the main copy of g

  @TLBC-08
  Rule: As long as a program uses no threads, no bytecode is copied
    Most programs have one thread. They are to pay neither time nor memory for what others need.

    @TLBC-08.1
    Example: The first thread calls as often as it likes
      When Ada calls f(1, 2) 1000 times
      And Ada calls f('a', 'b') 1000 times
      Then there is 1 copy of f
      And the array of copies of f has as many entries as at first

    @TLBC-08.2
    Example: Calls within calls, generators and classes make no copies either
      Given Ada runs this program:
        """
        class Sum:
            def add(self, n):
                return sum(count(n))

        def count(n):
            for i in range(n):
                yield i

        total = Sum().add
        """
      When Ada calls total(5)
      Then the result is 10
      And there is 1 copy of count
      And there is 1 copy of Sum.add

    @TLBC-08.3
    Example: A thread that runs no bytecode makes no copies
      Given Ada calls f(1, 2)
      When Ben reaches a safe point
      And Ben exits
      Then there is 1 copy of f
