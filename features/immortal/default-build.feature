Feature: Constants in the default build
  In the default build one thread runs at a time, so that nobody waits for a count. Nothing is
  won by immortal constants there, and they would only stay behind.

  Background:
    Given Ada is attached

  @IMMORTAL-05
  Rule: A default build makes no constant immortal
    It shares the strings that look like names, since these are likely to be looked up.

    @IMMORTAL-05.16 @build:default
    Scenario Outline: The constant <constant>
      When Ada runs this program:
        """
        def f():
            return <constant>
        """
      Then the constant <constant> of f is mortal

      Examples:
        | constant    |
        | 5000        |
        | 2.5         |
        | b'spam'     |
        | (5000, 2.5) |

    @IMMORTAL-05.17 @build:default
    Example: Two programs have an equal constant each
      When Ada runs this program:
        """
        x = 5000
        """
      And Ada runs this program:
        """
        y = 5000
        """
      Then x and y are two objects

    @IMMORTAL-05.18 @build:default
    Example: Text is shared if it looks like a name
      When Ada runs this program:
        """
        x = 'spam'
        y = 'two words'
        """
      And Ada runs this program:
        """
        v = 'spam'
        w = 'two words'
        """
      Then x and v are one object
      And y and w are two objects
      And y is not interned

    @IMMORTAL-05.21 @build:default
    Example: Text with a character that no name has is not shared
      When Ada runs this program:
        """
        x = 'sp\0am'
        """
      And Ada runs this program:
        """
        y = 'sp\0am'
        """
      Then x and y are two objects
      And x is not interned
