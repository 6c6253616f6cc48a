Feature: The end of immortality
  Immortal constants last as long as the interpreter that they were made in. When the interpreter
  ends they have to go like everything else, though their counts say nothing.

  @IMMORTAL-05
  Rule: With its interpreter a constant ends
    A process may begin and end many interpreters, and may not grow by what these had as constants.

    @IMMORTAL-05.19
    Example: An interpreter ends with constants that contain each other
      Given Ada is attached in another interpreter
      And Ada runs this program:
        """
        def f(x):
            return (5000, ('two words', 2.5), b'spam'), x in {(5000, 7.5)}, x[2.5:3.5:4.5]
        """
      And the constant 5000 of f is immortal
      When Ada gives up the program
      And Ada ends the interpreter
      Then Ada has no thread state

    @IMMORTAL-05.20
    Example: Two interpreters share no constants
      Given Ada is attached
      And Ben is attached in another interpreter
      When Ada runs this program:
        """
        x = 5000
        """
      And Ben runs this program as "other":
        """
        x = 5000
        """
      Then x and x of "other" are two objects
      And Ben gives up the program "other"
