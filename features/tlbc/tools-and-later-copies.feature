Feature: Tools and copies that are made later
  A thread that comes to a program for the first time gets a copy of it. Whatever tools have asked for by then has to
  stand in that copy, or nobody hears of what the thread does.

  Background:
    Given Ada is attached
    And Ada takes tool 1 into use
    And Ada runs this program:
      """
      def f(n):
          for each in (1, 2):
              n = n + abs(each)
          yield from g(n)
          try:
              yield n
          except KeyError:
              return fails(n)

      def g(n):
          yield n

      def fails(n):
          try:
              try:
                  measures(n)
              finally:
                  n = 0
          except TypeError:
              return n

      def measures(n):
          return len(n)

      def run(n):
          it = f(n)
          next(it)
          next(it)
          try:
              it.throw(KeyError)
          except StopIteration:
              return n
      """

  @TLBC-17
  Rule: A copy that is made later reports all that the others report
    To the tool all threads are alike, whenever they came.

    @TLBC-17.33
    Scenario Outline: <events> events are watched everywhere
      Given Ada lets tool 1 watch <events> events
      And Ada calls run(1)
      And Ben is attached
      When Ben calls run(1)
      Then tool 1 was told the same by Ben as by Ada

      Examples:
        | events                     |
        | start                      |
        | resume                     |
        | return                     |
        | yield                      |
        | throw                      |
        | line                       |
        | instruction                |
        | jump                       |
        | branch                     |
        | stop iteration             |
        | call, c return and c raise |
        | raise                      |
        | reraise                    |
        | handled                    |
        | unwind                     |

    @TLBC-17.34
    Scenario Outline: <events> events are watched in one function
      Given Ada lets tool 1 watch <events> events of f
      And Ada calls run(1)
      And Ben is attached
      When Ben calls run(1)
      Then tool 1 was told the same by Ben as by Ada
      And tool 1 was told of f alone

      Examples:
        | events                     |
        | start                      |
        | resume                     |
        | return                     |
        | yield                      |
        | line                       |
        | instruction                |
        | jump                       |
        | branch                     |
        | stop iteration             |
        | call, c return and c raise |

  @TLBC-17
  Rule: A copy that is made later reports nothing that a tool has had enough of
    The answer was given for the place, and is kept beside the code.

    @TLBC-17.35
    Scenario Outline: The first thread has told of <event> events already
      Given Ada lets tool 1 watch <event> events
      And Ada lets tool 1 want no <event> event twice from one place
      And Ada calls run(1)
      And Ben is attached
      When Ben calls run(1)
      Then tool 1 was told of no place twice

      Examples:
        | event          |
        | start          |
        | resume         |
        | return         |
        | yield          |
        | call           |
        | instruction    |
        | jump           |
        | branch         |
        | stop iteration |
