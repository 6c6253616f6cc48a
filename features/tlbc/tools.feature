Feature: Tools watch all copies
  A debugger or profiler asks to be told when programs reach certain points. The instructions at those
  points are replaced by others that tell it. A program has a copy of its instructions for every
  thread, and what a tool asks for concerns all of them, those that are not made yet as well.

  Background:
    Given Ada is attached
    And Ada takes tool 1 into use
    And Ada runs this program:
      """
      def f(a, b):
          c = a + b
          return c
      """

  @TLBC-17
  Rule: What a tool asks for reaches every copy that there is
    The threads are stopped meanwhile: none may be in the middle of an instruction that changes.

    @TLBC-17.1
    Example: Another thread has a copy already
      Given Ben is attached
      And Ben calls f(1, 2)
      And Ben has detached
      When Ada lets tool 1 watch line events of f
      And Ben attaches
      And Ada calls f(1, 2)
      And Ben calls f(3, 4)
      Then tool 1 was told:
        | actor | event | function | line |
        | Ada   | line  | f        | 2    |
        | Ada   | line  | f        | 3    |
        | Ben   | line  | f        | 2    |
        | Ben   | line  | f        | 3    |

    @TLBC-17.41
    Scenario Outline: Nobody runs while Ada <deed>
      Given Ada lets tool 1 watch start events
      And Ben is attached
      When Ada <deed>
      Then Ada waits
      When Ben reaches a safe point
      Then Ada goes on

      Examples:
        | deed                               |
        | lets tool 1 watch line events      |
        | lets tool 1 watch line events of f |
        | lets tool 1 watch nothing          |
        | restarts the events                |
        | gives tool 1 back                  |

    @TLBC-17.42
    Example: What is running is watched at once, in the middle
      Given Ben is attached
      And Ben has event "go"
      And Ben runs this program:
        """
        def wait_and_go():
            wait('go')
            return 1
        """
      And Ben calls wait_and_go()
      When Ada lets tool 1 watch line events
      And Ada sets event "go"
      Then Ben gets the result 1
      And tool 1 was told:
        | actor | event | function    | line |
        | Ben   | line  | wait_and_go | 3    |

    @TLBC-17.2
    Example: What is not watched stays specialized, each in its own copy
      Given Ben is attached
      And Ada calls f(1, 2) 2 times
      And Ben calls f('a', 'b') 3 times
      And Ben has detached
      When Ada lets tool 1 watch start events of f
      Then the operation of f is specialized for int addition in Ada's copy
      And the operation of f is specialized for str addition in Ben's copy

    @TLBC-17.3
    Example: What is watched loses what it was specialized for
      Given Ada calls f(1, 2) 2 times
      When Ada lets tool 1 watch instruction events of f
      Then the operation of f is watched in Ada's copy
      When Ada lets tool 1 watch nothing of f
      Then the operation of f is general in Ada's copy
      And the counter of the operation of f is fresh in Ada's copy

    @TLBC-17.40
    Example: What is watched no more begins to learn anew in every copy
      Given Ben is attached
      And Ben calls f(1, 2) 5 times
      And Ben has detached
      When Ada lets tool 1 watch instruction events of f
      And Ada lets tool 1 watch nothing of f
      Then the operation of f is general in Ben's copy
      And the counter of the operation of f is fresh in Ben's copy

    @TLBC-17.13
    Example: The entry stays what it is when all instructions are watched
      Given Ada calls f(1, 2)
      When Ada lets tool 1 watch instruction events of f
      Then the entry of f is quickened in Ada's copy
      And the operation of f is watched in Ada's copy

    @TLBC-17.15
    Example: Threads go on with what others have asked of them
      Given Ben is attached
      And Ben has detached
      And Ada sets the collect request of Ben
      When Ada lets tool 1 watch start events
      Then the collect request of Ben is still set

    @TLBC-17.12
    Example: A specialized operation leaves alone what is watched by now
      The operation stores its result as well, which stands in a line of its own.

      Given Ada runs this program:
        """
        def extend(text, more):
            (
                text
            ) = text + more
            return text
        """
      And Ada calls extend('a', 'b') 2 times
      And the operation of extend is specialized for appending in place in Ada's copy
      When Ada lets tool 1 watch line events of extend
      And Ada calls extend('a', 'b')
      Then the result is 'ab'
      And tool 1 was told:
        | event | function | line |
        | line  | extend   | 4    |
        | line  | extend   | 3    |
        | line  | extend   | 5    |

  @TLBC-17
  Rule: A copy that is made later is watched from its beginning
    A thread that comes to a program for the first time would otherwise be invisible to every tool.

    @TLBC-17.4
    Example: A tool that asked for one function
      Given Ada lets tool 1 watch start events of f
      And Ada calls f(1, 2)
      And tool 1 was told of 1 "start" events
      And Ben is attached
      When Ben calls f(3, 4)
      Then tool 1 was told:
        | actor | event | function |
        | Ben   | start | f        |

    @TLBC-17.5
    Example: A tool that asked for all functions
      Given Ada lets tool 1 watch start and return events
      And Ada calls f(1, 2)
      And tool 1 was told of 1 "return" events
      And Ben is attached
      When Ben calls f(3, 4)
      Then tool 1 was told:
        | actor | event  | function |
        | Ben   | start  | f        |
        | Ben   | return | f        |

  @TLBC-17
  Rule: What a tool asks for everywhere reaches a function when that is run next
    There may be thousands of functions, and most are not running.

    @TLBC-17.6
    Example: The function was made before the tool asked
      Given Ada calls f(1, 2)
      When Ada lets tool 1 watch line events
      And Ada calls f(1, 2)
      Then tool 1 was told:
        | event | function | line |
        | line  | f        | 2    |
        | line  | f        | 3    |

    @TLBC-17.7
    Example: The tool asks for nothing any more
      Given Ada lets tool 1 watch line events
      And Ada calls f(1, 2)
      And tool 1 was told of 2 "line" events
      When Ada lets tool 1 watch nothing
      And Ada calls f(1, 2)
      Then tool 1 was told nothing

  @TLBC-17
  Rule: A place that a tool has had enough of is left alone in every thread, until all places are asked for again
    It says so because being told costs time, and that costs it in every thread.

    @TLBC-17.8
    Example: One thread's answer holds for the other
      Given Ada lets tool 1 watch line events of f
      And Ada lets tool 1 want no line event twice from one place
      And Ada calls f(1, 2)
      And tool 1 was told of 2 "line" events
      And Ben is attached
      When Ben calls f(3, 4)
      And Ada calls f(1, 2)
      Then tool 1 was told nothing

    @TLBC-17.16 @bound:2
    Example: A place is given up while another thread gets its copy
      Given Ada lets tool 1 watch start events of f
      And Ada lets tool 1 want no start event twice from one place
      And Ben is attached
      When these race:
        | Ada | calls f(1, 2) |
        | Ben | calls f(3, 4) |
      Then the outcomes are:
        | Ada | Ben | the entry of f for Ada | the entry of f for Ben | grade     | because                                 |
        | 3   | 7   | general                | general                | expected  | both were there before it was given up  |
        | 3   | 7   | general                | quickened              | expected  | Ben came when it was given up           |
        | 3   | 7   | quickened              | general                | expected  | Ada came when it was given up           |
        | 3   | 7   | general                | watched                | forbidden | Ben's copy would have been made with it |

    @TLBC-17.17
    Example: A tool that is given back wants nothing any more, also of what it had asked for by name
      Given Ada lets tool 1 watch line events of f
      And Ada calls f(1, 2)
      And tool 1 was told of 2 "line" events
      When Ada gives tool 1 back
      And Ada takes tool 1 into use
      And Ada calls f(1, 2)
      Then tool 1 was told nothing

    @TLBC-17.9
    Example: A tool hears of all places again when events are restarted
      Given Ada lets tool 1 watch line events of f
      And Ada lets tool 1 want no line event twice from one place
      And Ada calls f(1, 2) 2 times
      And tool 1 was told of 2 "line" events
      When Ada restarts the events
      And Ada calls f(1, 2)
      Then tool 1 was told of 2 "line" events

  @TLBC-17
  Rule: To be told less of one thing does not mean to be told less of another
    Both may be watched at one instruction, and what stands there speaks for one of them only.

    @TLBC-17.10
    Example: Lines are given up and instructions are not, with two copies
      Given Ben is attached
      And Ben calls f(1, 2)
      And Ben has detached
      And Ada lets tool 1 give up line events, and keep instruction events, of f
      And Ben attaches
      When Ada calls f(1, 2)
      And Ben calls f(3, 4)
      Then tool 1 was told of as many "instruction" events by Ada as by Ben

    @TLBC-17.11
    Example: One of two tools is satisfied
      Given Ada takes tool 2 into use
      And Ada lets tool 1 watch start events of f
      And Ada lets tool 2 watch start events of f
      When Ada lets tool 1 watch nothing of f
      And Ada calls f(1, 2)
      Then tool 1 was told nothing
      And tool 2 was told of 1 "start" events

  @TLBC-13
  Rule: An instruction that is watched is not specialized
    Whoever specialized it would overwrite what tells the tool.

    @TLBC-13.1
    Example: An operation that is watched is not specialized, however often it runs
      Given Ada lets tool 1 watch instruction events of f
      When Ada calls f(1, 2) 5 times
      Then the operation of f is watched in Ada's copy
      And the result is 3

    @TLBC-13.2 @bound:2
    Example: A tool begins to watch while the operation is being specialized
      Given Ben is attached
      And Ben calls f(1, 2)
      When these race:
        | Ada | lets tool 1 watch instruction events of f |
        | Ben | calls f(1, 2)                             |
        | Ben | detaches                                  |
      Then the outcomes are:
        | the operation of f for Ben | grade    | because                                             |
        | watched                    | expected | the tool was first, or undid what was specialized   |

  @TLBC-12
  Rule: Who runs an instruction while it changes runs the old one or the new one
    Half of each would be an instruction that nobody ever meant.

    @TLBC-12.1
    Example: Two threads come at once to a function that a tool has asked for and that is not changed yet
      Given Ben is attached
      And Ada calls f(1, 2)
      And Ben calls f(1, 2)
      And Ben has detached
      And Ada lets tool 1 watch start events
      And Ben attaches
      When these race:
        | Ada | calls f(1, 2) |
        | Ben | calls f(3, 4) |
      Then the outcomes are:
        | Ada | Ben | the entry of f for Ada | the entry of f for Ben | grade    | because                                |
        | 3   | 7   | watched                | watched                | expected | the first to come did it for all copies |

    @TLBC-12.3 @bound:2
    Example: A tool asks for all functions and for none while another thread calls them
      Given Ben is attached
      And Ada calls f(1, 2)
      And Ben calls f(1, 2)
      When these race:
        | Ada | lets tool 1 watch start events |
        | Ada | lets tool 1 watch nothing      |
        | Ben | calls f(3, 4) twice            |
        | Ben | detaches                       |
      Then the outcomes are:
        | Ben | the entry of f for Ada | the entry of f for Ben | grade    | because                                            |
        | 7   | quickened              | quickened              | expected | Ben has called before the tool asked, or after all |
        | 7   | general                | quickened              | expected | Ben has begun a call while it asked, and one after |
        | 7   | general                | general                | expected | Ben was in a call when the tool asked for nothing  |
        | 7   | watched                | watched                | expected | Ben has called while it asked, and not since       |

    @TLBC-12.4 @bound:2
    Example: A tool has had enough of an operation that another thread specializes
      Given Ben is attached
      And Ben calls f(1, 2)
      And Ben has detached
      And Ada lets tool 1 watch instruction events of f
      And Ada lets tool 1 want no instruction event twice from one place
      And Ben attaches
      When these race:
        | Ada | calls f(1, 2) |
        | Ben | calls f(3, 4) |
      Then the outcomes are:
        | Ada | Ben | the operation of f for Ada | the operation of f for Ben   | grade    | because                                 |
        | 3   | 7   | general                    | general                      | expected | Ben was told, or began to count anew    |
        | 3   | 7   | general                    | specialized for int addition | expected | Ben came between giving up and counting |

    @TLBC-12.2
    Example: Two threads specialize the same place, each in its own copy
      Given Ben is attached
      And Ada calls f(1, 2)
      And Ben calls f('a', 'b')
      When these race:
        | Ada | calls f(1, 2)     |
        | Ben | calls f('a', 'b') |
      Then the outcomes are:
        | Ada | Ben  | the operation of f for Ada   | the operation of f for Ben   | grade    | because               |
        | 3   | 'ab' | specialized for int addition | specialized for str addition | expected | neither sees the other |
