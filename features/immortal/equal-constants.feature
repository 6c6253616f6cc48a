Feature: Equal constants are one object
  Immortal constants never go away. A program that runs the same text again and again would leave
  the same constants behind each time, if there were not a table of them: whoever makes code with a
  constant that is in the table takes that one.

  Background:
    Given Ada is attached

  @IMMORTAL-05
  Rule: Of each constant there is one, and the first one stays
    The same text run twice needs no more memory than once.

    @IMMORTAL-05.12
    Scenario Outline: Two programs have the constant <constant>
      Given Ada runs this program:
        """
        def f(x):
            return <expression>
        first = f([8, 9])
        """
      When Ada runs this program:
        """
        def g(x):
            return <expression>
        second = g([8, 9])
        """
      Then first and second are one object

      Examples:
        | constant             | expression           |
        | 5000                 | 5000                 |
        | 2.5                  | 2.5                  |
        | b'spam'              | b'spam'              |
        | 'two words'          | 'two words'          |
        | (5000, (2.5, 'a b')) | (5000, (2.5, 'a b')) |

    @IMMORTAL-05.13
    Example: A constant outlives the code that it came from
      Given Ada runs this program:
        """
        def f():
            return (5000, 'two words')
        x = f()
        """
      And Ada remembers x
      And Ada gives up the program
      When Ada runs this program:
        """
        def g():
            return (5000, 'two words')
        y = g()
        """
      Then y is the object that was remembered as x

  @IMMORTAL-05
  Rule: Equal is what has the same type and the same value, down to the last bit
    A program must get what it says. Numbers that compare equal may still be told apart.

    @IMMORTAL-05.14
    Scenario Outline: <one> and <other> are different constants
      When Ada runs this program:
        """
        x = <one>
        y = <other>
        """
      Then x is an immortal object
      And y is an immortal object
      And x and y are two objects

      Examples:
        | one       | other        |
        | 0.0       | -0.0         |
        | 5000      | 5000.0       |
        | (1, 5000) | (True, 5000) |
        | (1, 5000) | (1.0, 5000)  |
        | (0.0, 7)  | (-0.0, 7)    |
        | 'spam'    | b'spam'      |

  @IMMORTAL-04
  Rule: The empty frozenset is a constant, and no singleton
    It behaves like any constant: whoever makes it makes a new one, and the table knows the first.
    So whoever asks whether two are one object is told yes or no, depending on what ran before. A test
    that relied on either would be right only the first time.

    @IMMORTAL-04.1
    Example: Two that a program makes are two objects
      When Ada runs this program:
        """
        x = frozenset()
        y = frozenset()
        """
      Then x and y are two objects
      And x is a mortal object

    @IMMORTAL-04.2
    Example: A frozenset among constants may be one that was there before
      When Ada runs this program:
        """
        def f(x):
            return x in {5000}
        def g(x):
            return x in {5000}
        """
      Then f and g share the constant frozenset({5000})

    @IMMORTAL-04.3
    Example: The same text has one of its own each time that it is evaluated
      When Ada runs this program:
        """
        f = eval('lambda x: x in {5000}')
        g = eval('lambda x: x in {5000}')
        """
      Then f and g do not share the constant frozenset({5000})

    @IMMORTAL-04.4
    Example: What is a singleton is the same each time, however it is made
      When Ada runs this program:
        """
        x = eval("b''")
        y = b''
        """
      Then x and y are one object

    @IMMORTAL-04.5
    Example: Sets that are equal and written in another order are equal, and more is not said
      When Ada runs this program:
        """
        def f(x):
            return x in {8, 16}
        def g(x):
            return x in {16, 8}
        def both(x):
            return f(x) == g(x)
        """
      And Ada calls both(8)
      Then the result is True
