Feature: What tools are told of generators
  A function begins and returns. A generator does more: it hands out values and goes to sleep, is woken again, or
  has an exception thrown into it. Each of these is an event of its own, so that a tool can keep account of who is
  running.

  Background:
    Given Ada is attached
    And Ada takes tool 1 into use
    And Ada runs this program:
      """
      def count():
          got = 0
          while got < 10:
              try:
                  got = yield got
              except ValueError:
                  got = 5
          return got

      def chain():
          return (yield from short())

      def short():
          yield 1
          return 'end'

      it = count()
      """

  @TLBC-17
  Rule: Beginning, yielding, waking and returning are told apart, with what is handed out
    A tool that measures time would otherwise take a sleeping generator for a busy one.

    @TLBC-17.20
    Example: A generator that is woken twice
      Given Ada lets tool 1 watch start, resume, yield and return events of count
      When Ada calls next(it)
      And Ada calls it.send(7)
      And Ada calls it.send(20)
      Then that fails with StopIteration
      And tool 1 was told:
        | event  | function | line | value |
        | start  | count    | 1    |       |
        | yield  | count    | 5    | 0     |
        | resume | count    | 5    |       |
        | yield  | count    | 5    | 7     |
        | resume | count    | 5    |       |
        | return | count    | 8    | 20    |

    @TLBC-17.21
    Example: A generator that an exception is thrown into is not woken
      Given Ada lets tool 1 watch resume, yield and throw events
      And Ada calls next(it)
      When Ada calls it.throw(ValueError)
      Then the result is 5
      And tool 1 was told:
        | event | function | line | value        |
        | yield | count    | 5    | 0            |
        | throw | count    | 5    | ValueError() |
        | yield | count    | 5    | 5            |

    @TLBC-17.22
    Example: A generator that ends within another tells that by an event, and raises nothing
      Given Ada lets tool 1 watch raise and stop iteration events
      And Ada keeps the result of chain() as running
      When Ada calls next(running)
      And Ada calls next(running)
      Then that fails with StopIteration
      And tool 1 was told:
        | event          | function | line | value                |
        | stop iteration | chain    | 11   | StopIteration('end') |
