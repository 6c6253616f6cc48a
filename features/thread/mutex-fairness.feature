Feature: Fairness of the mutex
  A lock that is freed for everybody is usually taken by whoever happens to be running, which
  keeps it busy while a sleeper wakes up. It also leaves those who sleep without a turn. So a
  waiter puts up with being overtaken only until it has waited for the fairness limit. From then
  on, whoever gives the lock back does not free it at all: it is handed to the waiter, and there
  is no instant at which a third thread could take it.

  Background:
    Given Ada, Ben, Cleo and Dan are attached
    And Ada holds mutex m

  @THREAD-07
  Rule: A waiter that has waited longer than the fairness limit is handed the lock
    Letting others overtake keeps the lock busy; letting them overtake for ever starves the one
    who sleeps. The limit says where one turns into the other.

    @THREAD-07.7 @sees:parked @sees:woken
    Scenario Outline: A waiter that has waited for <time> <gets> the mutex
      Given Ben asks for mutex m
      And <time> passes
      When Ada gives mutex m back
      Then Ben <gets> mutex m

      Examples: it competes with everybody else
        | time                    | gets  |
        | half the fairness limit | takes |
        | the fairness limit      | takes |

      @sees:handed-off
      Examples: it does not have to compete any more
        | time                                    | gets      |
        | a moment longer than the fairness limit | is handed |

    @THREAD-07.8 @sees:parked @sees:woken
    Example: A young waiter is overtaken by a thread that is running
      Given Ben asks for mutex m
      When Ada gives mutex m back and tries it again before anybody wakes up
      Then Ben still waits
      When Ada gives mutex m back
      Then Ben takes mutex m

    @THREAD-07.80 @sees:parked @sees:stopped
    Example: A mutex that was given back says that somebody waits, while it is free
      Given Ben and Cleo ask for mutex m, one after the other
      And Dan has detached
      And Ada stops the world
      When Ada gives mutex m back
      Then mutex m is free
      And mutex m says that somebody waits

    @THREAD-07.81 @sees:parked @sees:stopped
    Example: A thread that overtakes the waiters leaves the note that they wait
      Given Ben and Cleo ask for mutex m, one after the other
      And Dan has detached
      And Ada stops the world
      When Ada gives mutex m back
      And Ada tries mutex m
      Then she gets it at once
      And mutex m says that somebody waits

    @THREAD-07.9 @sees:parked @sees:handed-off
    Example: An old waiter is not overtaken
      Given Ben asks for mutex m
      And a moment longer than the fairness limit passes
      When Ada gives mutex m back and tries it again before anybody wakes up
      Then Ben is handed mutex m

    @THREAD-07.10 @sees:parked @sees:handed-off
    Example: A waiter that was overtaken does not begin its wait anew
      Given Ben asks for mutex m
      And half the fairness limit passes
      And Ada gives mutex m back and tries it again before anybody wakes up
      And the fairness limit passes
      When Ada gives mutex m back
      Then Ben is handed mutex m

  @THREAD-07
  Rule: Those who wait for one mutex get it in the order in which they began to wait
    Any other order could pass over the same thread again and again, and no limit would help the
    second in line.

    @THREAD-07.60 @sees:parked
    Example: Waiters line up in the order in which they asked
      When Ben, Cleo and Dan ask for mutex m, one after the other
      Then Ben, Cleo and Dan are in line for mutex m, in this order

    @THREAD-07.11 @sees:parked @sees:woken
    Example: Three waiters get the mutex one after the other
      Given Ben, Cleo and Dan ask for mutex m, one after the other
      When Ada gives mutex m back
      Then Ben gets mutex m
      When Ben gives mutex m back
      Then Cleo gets mutex m
      When Cleo gives mutex m back
      Then Dan gets mutex m

    @THREAD-07.12 @sees:handed-off
    Example: The mutex says that somebody waits until the last one has it
      Given Ben and Cleo ask for mutex m, one after the other
      And a moment longer than the fairness limit passes
      When Ada gives mutex m back
      Then mutex m says that somebody waits
      When Ben gives mutex m back
      Then mutex m says that nobody waits
      And Cleo is handed mutex m
