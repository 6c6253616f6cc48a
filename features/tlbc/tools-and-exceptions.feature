Feature: What tools are told of exceptions
  An exception is raised at one place, may leave several functions, and is handled at another. A debugger wants to
  stop where it was raised, while everything still is as it was. Exceptions come from any instruction, so
  no instruction stands for these events: whoever asks for them asks for all code.

  Background:
    Given Ada is attached
    And Ada takes tool 1 into use
    And Ada runs this program:
      """
      def divide(n):
          return 1 // n

      def between(n):
          try:
              return divide(n)
          finally:
              n = 0

      def outer(n):
          try:
              return between(n)
          except ZeroDivisionError:
              return None
      """

  @TLBC-17
  Rule: An exception is followed from where it is raised to where it is handled
    Each step is an event, so that a tool which follows the calls never loses count of them.

    @TLBC-17.28
    Example: An exception leaves two functions, one of which has something to do meanwhile
      Given Ada lets tool 1 watch raise, reraise, handled and unwind events
      When Ada calls outer(0)
      Then the result is None
      And tool 1 was told:
        | event   | function | line | value                                 |
        | raise   | divide   | 2    | ZeroDivisionError('division by zero') |
        | unwind  | divide   | 2    | ZeroDivisionError('division by zero') |
        | raise   | between  | 6    | ZeroDivisionError('division by zero') |
        | handled | between  |      | ZeroDivisionError('division by zero') |
        | reraise | between  | 8    | ZeroDivisionError('division by zero') |
        | handled | between  |      | ZeroDivisionError('division by zero') |
        | reraise | between  |      | ZeroDivisionError('division by zero') |
        | unwind  | between  |      | ZeroDivisionError('division by zero') |
        | raise   | outer    | 12   | ZeroDivisionError('division by zero') |
        | handled | outer    |      | ZeroDivisionError('division by zero') |

    @TLBC-17.29
    Example: An exception that nobody handles
      Given Ada lets tool 1 watch handled and unwind events
      When Ada calls divide(0)
      Then that fails with ZeroDivisionError in line 2
      And tool 1 was told:
        | event  | function | line | value                                 |
        | unwind | divide   | 2    | ZeroDivisionError('division by zero') |

    @TLBC-17.30
    Scenario Outline: A tool cannot ask for <event> events of one function
      When Ada lets tool 1 watch <event> events of divide
      Then that is refused as misuse

      Examples:
        | event   |
        | throw   |
        | raise   |
        | reraise |
        | handled |
        | unwind  |
