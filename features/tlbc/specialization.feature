Feature: Specialized operations
  Most places of a program see operands of the same types every time they run. An operation that has
  found that out is replaced by one that expects just those types and is quicker for it. Whether it was
  right is checked each time, so a wrong expectation costs time and never changes a result.

  Background:
    Given Ada is attached

  @TLBC-18
  Rule: An operation that has run a few times is specialized for the types that it sees
    To specialize costs something, so it is not done for what may run only once.

    @TLBC-18.1
    Scenario Outline: Both operands are of one type that the operation knows
      Given Ada runs this program:
        """
        def f(a, b):
            return a <sign> b
        """
      When Ada calls f(<operands>) 2 times
      Then the result is <result>
      And the operation of f is <form> in Ada's copy

      Examples:
        | sign | operands    | result | form                                 |
        | +    | 1, 2        | 3      | specialized for int addition         |
        | -    | 5, 2        | 3      | specialized for int subtraction      |
        | *    | 2, 3        | 6      | specialized for int multiplication   |
        | +    | 1.5, 2.5    | 4.0    | specialized for float addition       |
        | -    | 2.5, 1.5    | 1.0    | specialized for float subtraction    |
        | *    | 1.5, 2.0    | 3.0    | specialized for float multiplication |
        | +    | 'a', 'b'    | 'ab'   | specialized for str addition         |

    @TLBC-18.40
    Scenario Outline: The operation is written together with the assignment: <sign>
      Given Ada runs this program:
        """
        def f(a, b):
            a <sign> b
            return a
        """
      When Ada calls f(<operands>) 2 times
      Then the result is <result>
      And the operation of f is <form> in Ada's copy

      Examples:
        | sign | operands | result | form                                 |
        | +=   | 1, 2     | 3      | specialized for int addition         |
        | -=   | 2.5, 1.5 | 1.0    | specialized for float subtraction    |
        | *=   | 2, 3     | 6      | specialized for int multiplication   |
        | +=   | 'a', 'b' | 'ab'   | specialized for appending in place   |

    @TLBC-18.2
    Scenario Outline: Operands of other types leave it as it is
      Types have to be exactly those: a truth value is no number here.

      Given Ada runs this program:
        """
        def f(a, b):
            return a <sign> b
        """
      When Ada calls f(<operands>) 8 times
      Then the result is <result>
      And the operation of f is general in Ada's copy

      Examples:
        | sign | operands    | result     |
        | +    | True, True  | 2          |
        | /    | 1, 2        | 0.5        |
        | //   | 7, 2        | 3          |
        | %    | 7, 2        | 1          |
        | **   | 2, 5        | 32         |
        | *    | 'ab', 2     | 'abab'     |
        | +    | (1,), (2,)  | (1, 2)     |
        | +    | b'a', b'b'  | b'ab'      |
        | +    | 1, True     | 2          |

    @TLBC-18.3
    Example: The first execution specializes nothing
      Given Ada runs this program:
        """
        def f(a, b):
            return a + b
        """
      When Ada calls f(1, 2)
      Then the operation of f is general in Ada's copy
      When Ada calls f(1, 2)
      Then the operation of f is specialized for int addition in Ada's copy
      And the counter of the operation of f has just been set by specializing in Ada's copy

    @TLBC-18.4
    Scenario Outline: A test of membership is specialized for what it looks into
      Given Ada runs this program:
        """
        pairs = {1: 'one'}
        numbers = {1, 2}
        fixed = frozenset(numbers)
        row = [1, 2]
        def f(item, container):
            return item in container
        """
      When Ada calls f(1, <container>) 2 times
      Then the result is True
      And the membership test of f is <form> in Ada's copy

      Examples:
        | container | form                         |
        | pairs     | specialized for dictionaries |
        | numbers   | specialized for sets         |
        | fixed     | specialized for sets         |
        | row       | general                      |

  @TLBC-18
  Rule: A specialized operation that was wrong does the general one's work, until it was wrong too often
    One odd value should not undo what holds for all others. A counter says how many are put up with.

    Background:
      Given Ada runs this program:
        """
        def f(a, b):
            return a + b
        """
      And Ada calls f(1, 2) 2 times

    @TLBC-18.5
    Example: A wrong expectation changes no result
      When Ada calls f('a', 'b')
      Then the result is 'ab'
      And the operation of f is specialized for int addition in Ada's copy

    @TLBC-18.41
    Scenario Outline: With <operands> it is wrong, whichever of them is of another type
      When Ada calls f(<operands>)
      Then the result is <result>
      And the operation of f is specialized for int addition in Ada's copy

      Examples:
        | operands | result |
        | 1, 2.5   | 3.5    |
        | 2.5, 1   | 3.5    |
        | True, 1  | 2      |
        | 1, True  | 2      |

    @TLBC-18.17
    Example: A test of membership that is wrong often enough is specialized for what it sees now
      Given Ada runs this program:
        """
        names = {'a': 1}
        letters = {'a', 'b'}
        def f(item, container):
            return item in container
        """
      And Ada calls f('a', names) 2 times
      Then the membership test of f is specialized again by exactly as many misses by Ada as its counter says, calling f('b', letters)
      And the membership test of f is specialized for sets in Ada's copy

    @TLBC-18.6
    Example: An operation that was right is left alone
      When Ada calls f(3, 4) 20 times
      Then the counter of the operation of f has just been set by specializing in Ada's copy

    @TLBC-18.7
    Example: An operation that was wrong often enough is specialized for what it sees now
      Then the operation of f is specialized again by exactly as many misses by Ada as its counter says, calling f('a', 'b')
      And the operation of f is specialized for str addition in Ada's copy

    @TLBC-18.8
    Example: Being right in between does not count
      When Ada calls f('a', 'b') until one miss is left of the operation
      And Ada calls f(1, 2) 20 times
      Then the operation of f is specialized for int addition in Ada's copy
      When Ada calls f('a', 'b')
      Then the operation of f is specialized for str addition in Ada's copy

    @TLBC-18.9
    Example: An operation that was wrong often enough is general again if nothing fits what it sees now
      When Ada calls f(True, True) until one miss is left of the operation
      And Ada calls f(True, True)
      Then the result is 2
      And the operation of f is general in Ada's copy

  @TLBC-18
  Rule: Attempts that fail come at longer and longer intervals
    A place that can never be specialized should hardly ever pay for the question.

    @TLBC-18.10
    Example: A sum of truth values is tried again and again, ever more rarely
      Given Ada runs this program:
        """
        def f(a, b):
            return a + b
        """
      Then in 130 calls of f(True, True) by Ada the operation is tried as often as its counter says, and never specialized

  @TLBC-18
  Rule: A string that only the variable holds is extended where it is
    Building a text piece by piece would copy it each time. Where the sum goes into the very variable
    that its left side comes from, and nobody else has that string, the pieces are put behind it.

    @TLBC-18.11
    Example: The sum goes into the variable that it begins with
      Given Ada runs this program:
        """
        def f(text, more):
            text = text + more
            return text
        """
      When Ada calls f('a', 'b') 2 times
      Then the result is 'ab'
      And the operation of f is specialized for appending in place in Ada's copy

    @TLBC-18.12
    Example: The sum goes elsewhere
      Given Ada runs this program:
        """
        def f(text, more):
            longer = text + more
            return longer
        """
      When Ada calls f('a', 'b') 2 times
      Then the operation of f is specialized for str addition in Ada's copy

    @TLBC-18.13
    Example: The variable holds another string by now
      Given Ada runs this program:
        """
        same = 'same' + str(1)
        def f(text, other, more):
            text = other + more
            return text
        """
      And Ada calls f(same, same, 'b') 2 times
      And the operation of f is specialized for appending in place in Ada's copy
      When Ada calls f('p', 'q', 'r')
      Then the result is 'qr'

    @TLBC-18.14
    Example: A string that others hold too is not changed
      Given Ben is attached
      And Ada runs this program:
        """
        shared = 'shared' + str(1)
        def f(text):
            text = text + '!'
            return text
        """
      When Ada calls f(shared) 4 times
      And Ben calls f(shared) 4 times
      Then the result is 'shared1!'
      When Ada calls str(shared)
      Then the result is 'shared1'

    @TLBC-18.18
    Example: That a string was extended before leaves it nobody's to change who does not hold it alone
      Given Ada runs this program:
        """
        def f(text):
            text = text + '!'
            text = text + '?'
            return text
        long = 'long' * 9
        """
      And Ada calls f(long) 2 times
      And Ada keeps the result of f(long) as grown
      When Ada calls f(grown)
      And Ada calls len(grown)
      Then the result is 38

    @TLBC-18.30
    Example: There is no memory for the longer string
      Given Ada runs this program:
        """
        def f(text, more):
            text = text + more
            return text
        """
      And Ada calls f('a', 'b') 2 times
      And there is no more memory for Ada
      When Ada calls f('c', 'd')
      Then that fails with MemoryError
      When there is memory again for Ada
      And Ada calls f('e', 'f')
      Then the result is 'ef'

  @TLBC-18
  Rule: What only callbacks of tools run is specialized too, and keeps its long entry
    The short entry takes it that the code is up to date with tools. Nobody brings it up to date for a callback.

    Background:
      Given Ada runs this program:
        """
        def note(a=1, b=2):
            return a + b
        def f():
            return 0
        """
      And Ada takes tool 1 into use
      And Ada lets tool 1 watch start events of f
      And Ada lets tool 1 call note at every start event

    @TLBC-18.15
    Example: A callback has called it several times
      When Ada calls f() 3 times
      Then the entry of note is general in Ada's copy
      And the operation of note is specialized for int addition in Ada's copy

    @TLBC-18.16
    Example: Somebody else calls it as well
      Given Ada calls f() 3 times
      When Ada calls note()
      Then the entry of note is quickened in Ada's copy
