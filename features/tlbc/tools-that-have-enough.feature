Feature: Tools that have had enough
  To be told of everything costs time. So a tool may answer, at a place, that it wants no more of that event from
  there: then the instruction at that place is changed back, in all copies. Of exceptions it cannot say so, since
  no instruction of its own stands for them at any place.

  @TLBC-17
  Rule: What is bound to a place can be given up at that place, for all copies
    The place is the same in each, and what a tool has had enough of it has had enough of in all.

    Background:
      Given Ada is attached
      And Ada takes tool 1 into use
      And Ada runs this program:
        """
        def f(n):
            for each in (1, 2):
                n = n + abs(each)
            return sum(outer(n))

        def outer(n):
            yield n
            yield from inner(n)

        def inner(n):
            yield n
        """
      And Ben is attached
      And Ben calls f(1)
      And Ben has detached

    @TLBC-17.31
    Scenario Outline: A tool wants no <event> event twice from one place
      Given Ada lets tool 1 watch <event> events
      And Ada lets tool 1 want no <event> event twice from one place
      When Ada calls f(1) 2 times
      Then tool 1 was told of no place twice
      When Ben attaches
      And Ben calls f(1)
      Then tool 1 was told nothing

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

  @TLBC-17
  Rule: What is not bound to a place cannot be given up at one
    The tool is told so by an error, and is not asked again: otherwise the same error would come each time.

    Background:
      Given Ada is attached
      And Ada takes tool 1 into use
      And Ada runs this program:
        """
        def fails(n):
            return 1 // n

        def handles(n):
            try:
                return fails(n)
            except ZeroDivisionError:
                return 'fine'

        def finishes(n):
            try:
                try:
                    fails(n)
                finally:
                    n = 1
            except ZeroDivisionError:
                return 'fine'

        def sleeps(n):
            yield n

        def throws(n):
            it = sleeps(n)
            next(it)
            try:
                it.throw(ZeroDivisionError)
            except ZeroDivisionError:
                return 'fine'

        def measures(n):
            try:
                len(n)
            except TypeError:
                return 'fine'

        def counts(n):
            abs(n)
            return 'fine'
        """

    @TLBC-17.32
    Scenario Outline: A tool that wants no more <event> events loses them all
      Given Ada lets tool 1 watch <watched> events
      And Ada lets tool 1 want no <event> event twice from one place
      When Ada calls <call>
      Then that fails with ValueError
      And tool 1 was told of 1 "<event>" events
      When Ada calls <call>
      Then the result is 'fine'
      And tool 1 was told of 0 "<event>" events

      Examples:
        | event    | watched                    | call        |
        | raise    | raise                      | handles(0)  |
        | unwind   | unwind                     | handles(0)  |
        | handled  | handled                    | handles(0)  |
        | reraise  | reraise                    | finishes(0) |
        | throw    | throw                      | throws(0)   |
        | c return | call, c return and c raise | counts(0)   |
        | c raise  | call, c return and c raise | measures(0) |
