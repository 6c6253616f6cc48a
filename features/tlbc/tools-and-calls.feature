Feature: What tools are told of calls and of the ways that a program goes
  A tool that counts what was covered, or draws who calls whom, asks for the places at which a program may go one way
  or another, and for those at which it leaves its own code.

  Background:
    Given Ada is attached
    And Ada takes tool 1 into use

  @TLBC-17
  Rule: A call is told of before it is made, with what is called and its first argument
    What is called may be written in another language, and then nothing in it tells that it was called.

    @TLBC-17.23
    Example: Calls that one function makes
      Given Ada runs this program:
        """
        def f(x):
            g(x, 1)
            g(y=2)
            return h()

        def g(x=0, y=0):
            return h()

        def h():
            return 0
        """
      And Ada lets tool 1 watch call events of f
      When Ada calls f(-5)
      Then tool 1 was told:
        | event | function | line | called | value |
        | call  | f        | 2    | g      | -5    |
        | call  | f        | 3    | g      | 2     |
        | call  | f        | 4    | h      |       |

    @TLBC-17.24
    Example: How a call ends is told of if nobody else tells it
      Given Ada runs this program:
        """
        def f(x):
            g()
            return len(x)

        def g():
            return 0
        """
      And Ada lets tool 1 watch call, c return and c raise events of f
      When Ada calls f('ab')
      And Ada calls f(5000)
      Then that fails with TypeError in line 3
      And tool 1 was told:
        | event    | function | line | called | value |
        | call     | f        | 2    | g      |       |
        | call     | f        | 3    | len    | 'ab'  |
        | c return | f        | 3    | len    | 'ab'  |
        | call     | f        | 2    | g      |       |
        | call     | f        | 3    | len    | 5000  |
        | c raise  | f        | 3    | len    | 5000  |

    @TLBC-17.25
    Scenario Outline: How a call ends is not told of without the call: <events> events
      When Ada lets tool 1 watch <events> events
      Then that is refused as misuse

      Examples:
        | events               |
        | c return             |
        | c raise              |
        | c return and c raise |
        | call and c return    |

  @TLBC-17
  Rule: A branch is told of with the way that was taken, and a jump with where it leads
    Which lines were run does not say whether the condition was ever false.

    Background:
      Given Ada runs this program:
        """
        def f(n):
            while n > 0:
                if n == 1:
                    n = -7
                n = n - 1
            for each in (1,):
                n = each
            return n
        """

    @TLBC-17.26
    Example: Conditions and loops
      Given Ada lets tool 1 watch branch events of f
      When Ada calls f(2)
      Then the result is 1
      And tool 1 was told:
        | event  | function | line | leads to |
        | branch | f        | 2    | 3        |
        | branch | f        | 3    | 5        |
        | branch | f        | 2    | 3        |
        | branch | f        | 3    | 4        |
        | branch | f        | 2    | 6        |
        | branch | f        | 6    | 6        |
        | branch | f        | 6    | 8        |

    @TLBC-17.27
    Example: Ways back
      Given Ada lets tool 1 watch jump events of f
      When Ada calls f(2)
      Then the result is 1
      And tool 1 was told:
        | event | function | line | leads to |
        | jump  | f        | 5    | 2        |
        | jump  | f        | 5    | 2        |
        | jump  | f        | 7    | 6        |
