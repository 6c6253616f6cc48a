Feature: Settings
  Copies cost memory. Whoever runs many threads and cannot afford that turns them off, on the command line or in
  the environment.

  @TLBC-09
  Rule: The option turns copies off
    It is for one program, on its command line.

    @TLBC-09.1 @argv:-X @argv:tlbc=0
    Example: Copies are turned off by the option
      Given Ada and Ben are attached
      And Ada runs this program:
        """
        def f(a, b):
            return a + b
        """
      When Ben calls f(1, 2)
      Then Ben runs the main copy of f
      And there is 1 copy of f

    @TLBC-09.2
    Scenario Outline: With the arguments "<arguments>" copies are <copies>
      Given the runtime was started with "<arguments>"
      When Ada and Ben are attached
      Then copies are <copies>, as Ada and Ben show

      Examples:
        | arguments             | copies     |
        | -X tlbc=1             | turned on  |
        | -X tlbc=0             | turned off |
        | -X tlbc=01            | turned on  |
        | -X tlbc=+0            | turned off |
        | -X tlbc=-0            | turned off |
        | -X tlbc=              | turned off |
        | -X tlbc=0 -X tlbc=1   | turned off |
        | -X tlbc=1 -X tlbc=0   | turned on  |
        | -X tlbc=0 -X tlbc=bad | turned off |
        | -X TLBC=0             | turned on  |
        | -X tlbcs=0            | turned on  |

  @TLBC-10
  Rule: The variable turns copies off
    It is for programs whose command line is not one's own.

    @TLBC-10.1 @env:PYTHON_TLBC=0
    Example: Copies are turned off by the variable
      Given Ada and Ben are attached
      And Ada runs this program:
        """
        def f(a, b):
            return a + b
        """
      When Ben calls f(1, 2)
      Then Ben runs the main copy of f
      And there is 1 copy of f

    @TLBC-10.2
    Scenario Outline: With "<value>" as the variable's value copies are <copies>
      Given the runtime was started with PYTHON_TLBC as "<value>"
      When Ada and Ben are attached
      Then copies are <copies>, as Ada and Ben show

      Examples:
        | value | copies     |
        | 1     | turned on  |
        | 0     | turned off |
        | 00    | turned off |
        | +1    | turned on  |
        |       | turned on  |

    @TLBC-10.3
    Example: Blanks before the number do not matter
      Given the runtime was started with PYTHON_TLBC as "  0"
      When Ada and Ben are attached
      Then copies are turned off, as Ada and Ben show

  @TLBC-11
  Rule: With copies off all threads run the main copy, and nothing is specialized
    Several threads that specialize the same bytecode at once would write over each other's work.

    @TLBC-11.1 @argv:-X @argv:tlbc=0
    Example: Three threads run the same copy
      Given Ada, Ben and Cleo are attached
      And Ada runs this program:
        """
        def f(a, b):
            return a + b
        """
      When Ben calls f(1, 2)
      And Cleo calls f('a', 'b')
      Then Ada, Ben and Cleo run the main copy of f
      And Ada, Ben and Cleo run the same copy of f
      And Ada, Ben and Cleo have index 0

    @TLBC-11.2 @argv:-X @argv:tlbc=0
    Example: An addition of ints is never specialized
      Given Ada is attached
      And Ada runs this program:
        """
        def f(a, b):
            return a + b
        """
      When Ada calls f(1, 2) 100 times
      Then the operation of f is general in Ada's copy
      And the counter of the operation of f cannot run out in Ada's copy

    @TLBC-11.3 @argv:-X @argv:tlbc=0
    Example: An addition is not specialized either when its counter has gone round
      Given Ada is attached
      And Ada runs this program:
        """
        def f(n):
            for i in range(n):
                i + 1
        """
      When Ada calls f(5000)
      Then the operation of f is general in Ada's copy
      And the counter of the operation of f cannot run out in Ada's copy

    @TLBC-11.4 @argv:-X @argv:tlbc=0
    Example: A test of membership is never specialized
      Given Ada is attached
      And Ada runs this program:
        """
        def has(x, where):
            return x in where

        names = {'a': 1}
        """
      When Ada calls has('a', names) 100 times
      Then the membership test of has is general in Ada's copy

    @TLBC-11.5 @argv:-X @argv:tlbc=0
    Example: What is quickened without a guess is quickened still
      Given Ada is attached
      And Ada runs this program:
        """
        def f():
            return 5000
        """
      When Ada calls f()
      Then the entry of f is quickened in Ada's copy

    @TLBC-11.6 @argv:-X @argv:tlbc=0
    Example: Nothing is specialized after a tool has watched it
      Given Ada is attached
      And Ada runs this program:
        """
        def f(a, b):
            return a + b
        """
      And Ada takes tool 1 into use
      And Ada lets tool 1 watch instruction events of f
      And Ada calls f(1, 2)
      And Ada lets tool 1 watch nothing of f
      When Ada calls f(1, 2) 10 times
      Then the operation of f is general in Ada's copy

    @TLBC-11.7 @argv:-X @argv:tlbc=0
    Example: A generator stays where it is, whoever resumes it
      Given Ada and Ben are attached
      And Ada runs this program:
        """
        def g():
            yield 1
            yield 2

        it = g()
        """
      And Ben calls next(it)
      When Ada calls next(it)
      Then the result is 2
      And generator it stands in Ada's copy of g
      And there is 1 copy of g

    @TLBC-11.8 @argv:-X @argv:tlbc=0
    Example: There is nothing to clean up
      Given Ada and Ben are attached
      And Ada runs this program:
        """
        def f(x):
            return x
        """
      And Ben calls f(1)
      And Ben has exited
      When Ada frees the copies that nobody uses
      Then there is 1 copy of f
      When Ada calls f(2)
      Then the result is 2

    @TLBC-11.9 @argv:-X @argv:tlbc=0
    Example: Other interpreters of the process have no copies either
      Given Ada and Ben are attached in another interpreter
      And Ada runs this program:
        """
        def f(x):
            return x
        """
      When Ben calls f(1)
      Then Ada and Ben have index 0
      And Ben runs the main copy of f
      And there is 1 copy of f

  @TLBC-14
  Rule: A value that makes no sense is refused with the documented message
    Whoever mistypes a setting would otherwise measure the wrong thing, and not know it.

    @TLBC-14.1
    Scenario Outline: The arguments "<arguments>" are refused
      Given the runtime was started with "<arguments>"
      Then it has refused to start, saying "-X tlbc=n: n is missing or invalid"

      Examples:
        | arguments                    |
        | -X tlbc                      |
        | -X tlbc=2                    |
        | -X tlbc=-1                   |
        | -X tlbc=foo                  |
        | -X tlbc=0x0                  |
        | -X tlbc=1.0                  |
        | -X tlbc=99999999999999999999 |
        | -X tlbc=4294967296           |
        | -X tlbc=bad -X tlbc=0        |

    @TLBC-14.2
    Scenario Outline: "<value>" as the variable's value is refused
      Given the runtime was started with PYTHON_TLBC as "<value>"
      Then it has refused to start, saying "PYTHON_TLBC=N: N is missing or invalid"

      Examples:
        | value                |
        | 2                    |
        | -1                   |
        | foo                  |
        | 0x1                  |
        | 99999999999999999999 |

    @TLBC-14.3
    Example: A blank after the number is refused
      Given the runtime was started with PYTHON_TLBC as "1 "
      Then it has refused to start, saying "PYTHON_TLBC=N: N is missing or invalid"

  @TLBC-14
  Rule: The command line outweighs the environment
    The command line is written for this one start, the environment for many.

    @TLBC-14.4
    Scenario Outline: With "<arguments>" and "<value>" as the variable's value copies are <copies>
      Given the runtime was started with "<arguments>"
      And the runtime was started with PYTHON_TLBC as "<value>"
      When Ada and Ben are attached
      Then copies are <copies>, as Ada and Ben show

      Examples:
        | arguments    | value | copies     |
        | -X tlbc=1    | 0     | turned on  |
        | -X tlbc=0    | 1     | turned off |
        | -E           | 0     | turned on  |
        | -I           | 0     | turned on  |
        | -E           | 2     | turned on  |
        | -E -X tlbc=0 | 2     | turned off |

    @TLBC-14.5
    Example: A variable that makes no sense is refused, though the option would outweigh it
      Given the runtime was started with "-X tlbc=1"
      And the runtime was started with PYTHON_TLBC as "2"
      Then it has refused to start, saying "PYTHON_TLBC=N: N is missing or invalid"

    @TLBC-14.6
    Example: An option that makes no sense is refused, though the variable makes sense
      Given the runtime was started with "-X tlbc=2"
      And the runtime was started with PYTHON_TLBC as "1"
      Then it has refused to start, saying "-X tlbc=n: n is missing or invalid"
