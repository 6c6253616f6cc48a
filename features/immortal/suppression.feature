Feature: Who suppresses immortality
  What is evaluated once, and never again, would leave its constants behind for ever. So some
  ways of making code are exempt. While a thread makes code in one of these ways it suppresses immortalizing,
  and it counts how often, for evaluations stand within each other.

  Background:
    Given Ada is attached

  @IMMORTAL-02
  Rule: Who suppresses depends on how code is made
    What is evaluated is used once. What is compiled may be stored, and must then look as in a
    build without immortal constants. What a program runs stays.

    @IMMORTAL-02.1
    Scenario Outline: The constant of code from <way> is <fate>
      Given Ada runs this program:
        """
        ready = True
        """
      When Ada <deed> as code
      Then the constant 5000 of code is <fate>
      And immortalizing is not suppressed for Ada

      Examples:
        | way           | deed                                                      | fate     |
        | text          | compiles "x = 5000" and keeps the code                    | mortal   |
        | a syntax tree | compiles the syntax tree of "x = 5000" and keeps the code | immortal |
        | a store       | loads the stored code of "x = 5000" and keeps it          | immortal |

    @IMMORTAL-02.2
    Scenario Outline: What <way> makes is <fate>
      When Ada runs this program:
        """
        <program>
        """
      Then x is <fate> object

      Examples:
        | way                                      | program                                       | fate        |
        | a program itself                         | x = 5000                                      | an immortal |
        | an evaluation                            | x = eval('5000')                              | a mortal    |
        | the execution of a text                  | exec('x = 5000')                              | an immortal |
        | the execution of a compiled text         | exec(compile('x = 5000', '', 'exec'))         | a mortal    |
        | the evaluation of a compiled text        | x = eval(compile('5000', '', 'eval'))         | a mortal    |
        | an execution within an evaluation        | eval("exec('x = 5000')")                      | a mortal    |
        | an execution within compiled code        | eval(compile("exec('x = 5000')", '', 'eval')) | an immortal |
        | an execution that a text itself asks for | exec("exec('x = 5000')")                      | an immortal |

    @IMMORTAL-02.3
    Example: Strings are interned also where other constants are left alone
      Given Ada runs this program:
        """
        ready = True
        """
      When Ada compiles "x = (5000, 'two words')" and keeps the code as code
      Then the constant 'two words' of code is immortal
      And the constant 5000 of code is mortal
      And the constant (5000, 'two words') of code is mortal

    @IMMORTAL-02.4
    Example: Code that is made again of other code shares its constants
      Given Ada runs this program:
        """
        ready = True
        """
      And Ada compiles "x = 5000" and keeps the code as code
      When Ada makes a renamed copy of code code and keeps it as again
      Then the constant 5000 of again is immortal
      And the constant 5000 of code is immortal

  @IMMORTAL-02
  Rule: Evaluating again and again leaves nothing behind
    A program may evaluate millions of expressions, each with a number of its own.

    @IMMORTAL-02.5
    Scenario Outline: Each evaluation of <text> has a constant of its own
      When Ada runs this program:
        """
        x = eval("<text>")
        y = eval("<text>")
        """
      Then x is a mortal object
      And y is a mortal object
      And x and y are two objects

      Examples:
        | text        |
        | 5000        |
        | 2.5         |
        | b'spam'     |
        | (5000, 2.5) |

    @IMMORTAL-02.6
    Example: A constant that is immortal already is not taken by an evaluation, nor made mortal
      Given Ada runs this program:
        """
        x = 5000
        """
      When Ada runs this program:
        """
        y = eval('5000')
        """
      Then y is a mortal object
      And x is an immortal object

  @IMMORTAL-02
  Rule: Only the end of the outermost evaluation ends suppressing
    Evaluations stand within each other. If the end of the inner one were the end for the
    outer one, what that does next would leak.

    @IMMORTAL-02.7
    Example: After an evaluation within an evaluation
      When Ada runs this program:
        """
        eval("[eval('1'), exec('x = 5000')]")
        exec('y = 7000')
        """
      Then x is a mortal object
      And y is an immortal object
      And immortalizing is not suppressed for Ada

    @IMMORTAL-02.8
    Example: After a compilation within an evaluation
      When Ada runs this program:
        """
        eval("[compile('1', '', 'eval'), exec('x = 5000')]")
        exec('y = 7000')
        """
      Then x is a mortal object
      And y is an immortal object

  @IMMORTAL-02
  Rule: Suppressing ends however the evaluation ends
    An exception leaves the evaluation early. If the thread kept on suppressing, none of its
    constants would be immortal from then on.

    @IMMORTAL-02.9
    Scenario Outline: An evaluation ends with <exception>, <where>
      Given Ada runs this program:
        """
        def evaluate(text):
            return eval(text)
        """
      When Ada calls evaluate(<text>)
      Then that fails with <exception>
      And immortalizing is not suppressed for Ada
      When Ada runs this program:
        """
        x = 5000
        """
      Then x is an immortal object

      Examples:
        | where                      | text                         | exception         |
        | before anything runs       | '1 +'                        | SyntaxError       |
        | while it runs              | '1 / 0'                      | ZeroDivisionError |
        | in an evaluation within it | "eval('1 / 0')"              | ZeroDivisionError |
        | in a compilation within it | "compile('1 +', '', 'eval')" | SyntaxError       |

  @IMMORTAL-02
  Rule: What counts is when something is done, not where it was written
    The thread suppresses while the evaluation lasts. A generator may outlast it.

    @IMMORTAL-02.10
    Example: A generator from an evaluation goes on after it
      Given Ada runs this program:
        """
        def make():
            exec('global x; x = 5000')
        generator = eval('(make() for _ in (1, 2))')
        def proceed():
            return next(generator)
        """
      When Ada calls proceed()
      Then x is an immortal object

    @IMMORTAL-02.11
    Example: A generator goes on within an evaluation
      Given Ada runs this program:
        """
        def make():
            exec('global x; x = 5000')
        generator = (make() for _ in (1, 2))
        def proceed():
            return eval('next(generator)')
        """
      When Ada calls proceed()
      Then x is a mortal object

    @IMMORTAL-02.12
    Example: A function from an evaluation is called after it
      Given Ada runs this program:
        """
        make = eval("lambda: exec('global x; x = 5000')")
        """
      When Ada calls make()
      Then x is an immortal object
