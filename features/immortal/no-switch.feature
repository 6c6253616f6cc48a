Feature: Tests need no switch
  Once there was a switch for tests, which turned immortality off, for otherwise what they made
  would have stayed. Now that it depends on how code is made, a test chooses by the way it makes
  code, and has nothing to turn off.

  Background:
    Given Ada is attached

  @IMMORTAL-03
  Rule: The same test has the same result however often it runs
    A test is run many times to find leaks. What it finds the second time must be what it found
    the first time, without asking anybody to behave otherwise.

    @IMMORTAL-03.1
    Example: A test that evaluates is run three times
      Given Ada runs this program:
        """
        def test():
            x = eval('5000')
            y = eval('5000')
            return x == y and x is not y
        """
      When Ada calls test() 3 times
      Then the result is True

    @IMMORTAL-03.2
    Example: A test that runs a text is run three times
      Given Ada runs this program:
        """
        def test():
            exec('global x; x = 5000')
            exec('global y; y = 5000')
            return x is y
        """
      When Ada calls test() 3 times
      Then the result is True

  @IMMORTAL-03
  Rule: What a test defines ends with it
    Nothing is immortal for the sake of threads alone: functions, classes and their code are not.
    So a test that defines them leaves none behind, and needs no switch for that.

    @IMMORTAL-03.3
    Scenario Outline: <what> is mortal, though there are two threads
      Given Ben is attached
      When Ben runs this program:
        """
        def f():
            return 5000
        class C:
            def m(self):
                return 5000
        code = f.__code__
        length = len
        """
      Then <path> is a mortal object

      Examples:
        | what                | path   |
        | A function          | f      |
        | A class             | C      |
        | A method            | C.m    |
        | Code                | code   |
        | A built-in function | length |
