Feature: Which constants live for ever
  Whoever loads a constant would count a reference to it, and all threads load the same ones. So
  constants are immortal from the moment that their code is made. Which of them is a question of
  their type, and of what they are made of.

  Background:
    Given Ada is attached

  @IMMORTAL-05
  Rule: Constants of code become immortal when the code is made
    From then on nobody counts them, and threads that run the same function do not meet.

    @IMMORTAL-05.1
    Scenario Outline: <kind>
      When Ada runs this program:
        """
        def f(x):
            return <expression>
        """
      Then the constant <constant> of f is immortal

      Examples:
        | kind                 | expression      | constant             |
        | A large int          | x + 5000        | 5000                 |
        | A float              | x + 2.5         | 2.5                  |
        | Bytes                | x + b'spam'     | b'spam'              |
        | Text like a name     | x + 'spam'      | 'spam'               |
        | Text like no name    | x + 'two words' | 'two words'          |
        | A tuple              | (5000, 2.5)     | (5000, 2.5)          |
        | A set that is tested | x in {5000}     | frozenset({5000})    |
        | A slice              | x[1:5000]       | slice(1, 5000, None) |

    @IMMORTAL-05.2
    Scenario Outline: What is in a constant goes first: <constant> in <expression>
      When Ada runs this program:
        """
        def f(x):
            return <expression>
        """
      Then the constant <constant> of f is immortal

      Examples:
        | expression                 | constant           |
        | (5000, ('two words', 2.5)) | 5000               |
        | (5000, ('two words', 2.5)) | ('two words', 2.5) |
        | (5000, ('two words', 2.5)) | 'two words'        |
        | (5000, ('two words', 2.5)) | 2.5                |
        | x in {(5000, 2.5)}         | (5000, 2.5)        |
        | x in {'two words'}         | 'two words'        |
        | x[2.5:]                    | 2.5                |

    @IMMORTAL-05.3
    Scenario Outline: What is immortal from the beginning needs no code: <expression>
      When Ada runs this program:
        """
        x = eval("<expression>")
        """
      Then x is an immortal object

      Examples:
        | expression |
        | None       |
        | True       |
        | ...        |
        | 7          |
        | -5         |
        | 256        |
        | ()         |
        | ''         |
        | b''        |

  @IMMORTAL-05
  Rule: Names are interned, whoever makes the code
    Attributes and variables are found by their names, and equal names are compared by being the
    same object. That has nothing to do with constants.

    @IMMORTAL-05.4
    Example: The name of a function whose code is made by a program
      When Ada runs this program:
        """
        def spam():
            pass
        name = spam.__name__
        """
      Then name is an interned string

    @IMMORTAL-05.5
    Example: The name of a function whose constants stay mortal
      When Ada runs this program:
        """
        eval("exec('def spam(): return 5000')")
        name = spam.__name__
        """
      Then the constant 5000 of spam is mortal
      And name is an interned string

    @IMMORTAL-05.6
    Example: Text that is made while the program runs is not interned
      When Ada runs this program:
        """
        def join(a, b):
            return a + b
        text = join('two', ' words')
        """
      Then text is a mortal object
      And text is not interned

  @IMMORTAL-05
  Rule: Code itself is never immortal
    Functions come and go. If their code stayed, a program that defines functions again and again
    would grow for ever.

    @IMMORTAL-05.7
    Example: Code whose constants are immortal
      Given Ada runs this program:
        """
        ready = True
        """
      When Ada compiles the syntax tree of "x = 5000" and keeps the code as code
      Then the constant 5000 of code is immortal
      And code is a mortal object

  @IMMORTAL-05
  Rule: The collector has nothing to do with immortal containers
    It looks for what nobody reaches any more, and these stay in any case.

    @IMMORTAL-05.8
    Example: A tuple among the constants
      When Ada runs this program:
        """
        x = (5000, (2.5, 'two words'))
        """
      Then x is an immortal object
      And the collector does not track x

    @IMMORTAL-05.9
    Example: A tuple among constants that stay mortal
      When Ada runs this program:
        """
        x = eval("(5000, (2.5, 'two words'))")
        """
      Then x is a mortal object
      And the collector tracks x

  @IMMORTAL-05
  Rule: Whoever loads an immortal constant counts nothing
    This is what immortality is for. An instruction that loads one does not ask what it is.

    @IMMORTAL-05.10
    Example: A constant of a function is loaded without counting
      When Ada runs this program:
        """
        def f():
            return 5000
        """
      And Ada calls f()
      Then the constant of f is quickened in Ada's copy

    @IMMORTAL-05.11
    Example: A mortal constant is counted
      When Ada runs this program:
        """
        f = eval('lambda: 5000')
        """
      And Ada calls f()
      Then the constant of f is general in Ada's copy
