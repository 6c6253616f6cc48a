Feature: Fork
  A fork copies the whole memory but only the thread that called it. In the copy all the others
  have vanished in the middle of whatever they were doing, and nobody will ever pass their safe
  points, drain their queues or unlock the runtime's own locks for them. So the caller first
  brings everybody to rest, and in the child the survivor puts the house in order: it resets
  those locks, forgets the sleepers, and clears the records of the dead as they would have done
  on exit. The parent goes on as if nothing had happened.

  Background:
    Given Ada and Ben are attached

  @THREAD-08
  Rule: Forking brings every other thread to rest first

    @THREAD-08.1 @sees:stopping @sees:suspended @sees:stopped
    Example: An attached thread is waited for
      When Ada forks, and Eve is her copy in the child
      Then Ada waits for Ben
      When Ben reaches a safe point
      Then he serves the stop request
      And Ada goes on
      And Ada, Ben and Eve are now attached

    @THREAD-08.2 @sees:stopped @sees:parked
    Example: A fork waits until the pause of another interpreter is over
      Given Ben has detached
      And Cleo is attached in another interpreter
      And Cleo stops the world
      When Ada forks, and Eve is her copy in the child
      Then Ada waits
      When Cleo starts the world
      Then Ada waits for Cleo
      When Cleo reaches a safe point
      Then Ada goes on

  @THREAD-08
  Rule: Only the calling thread survives in the child

    @THREAD-08.3 @sees:stopped
    Scenario Outline: The child stops <what> without waiting for anybody
      Given Cleo is attached in another interpreter
      And Ben and Cleo have detached
      And Ada forks, and Eve is her copy in the child
      When Eve stops <what>
      Then that succeeds at once

      Examples:
        | what             |
        | the world        |
        | all interpreters |

    @THREAD-08.4 @sees:stopped @sees:scanned
    Example: The dead hold no memory back
      Given Ben has detached
      And Ada forks, and Eve is her copy in the child
      When Eve advances to goal g
      And Eve reports a quiescent state
      Then Eve finds goal g reached

    @THREAD-08.5 @sees:stopped
    Example: The interpreter forgets the dead, and their slots are free
      Given Ben has detached
      When Ada forks, and Eve is her copy in the child
      Then the interpreter lists Eve, as Eve sees it
      And 1 slot is in use, as Eve sees it
      And the interpreter lists Ada and Ben
      And 2 slots are in use

    @THREAD-08.6 @sees:stopped @sees:freed
    Example: The survivor owns what the caller owned
      Given Ben has detached
      And Ada owns an object with one reference
      And Ada forks, and Eve is her copy in the child
      When Eve drops a reference
      Then the object is freed in the child, by Eve
      When Ada drops a reference
      Then the object is freed in the parent, by Ada

    @THREAD-08.7 @sees:stopped @sees:served
    Example: The survivor serves what was asked of the caller
      Given Ben has detached
      And Ada sets her own signals request
      And Ada forks, and Eve is her copy in the child
      When Eve reaches a safe point
      Then she serves the signals request
      When Ada reaches a safe point
      Then she serves the signals request

  @THREAD-08
  Rule: The dead threads' records are cleared by the survivor, and nothing in them is lost

    @THREAD-08.8 @sees:queued @sees:freed
    Example: Objects that were queued for a dead thread
      Given Ben owns an object with one reference
      And Ben has detached
      And Ada drops a reference
      When Ada forks, and Eve is her copy in the child
      Then the object is freed in the child, by Eve
      When Ben attaches
      And Ben reaches a safe point
      Then the object is freed in the parent, by Ben

    @THREAD-08.9 @sees:retired @sees:abandoned @sees:freed
    Example: Memory that a dead thread had retired
      Given Ben has block b
      And Ben retires block b
      And Ben has detached
      And Ada forks, and Eve is her copy in the child
      When Eve runs the collector
      Then block b is freed in the child, by Eve
      When Ada runs the collector
      Then block b is freed in the parent, by Ada

  @THREAD-08
  Rule: In the child the runtime's locks are free, and nothing is left to the dead

    @THREAD-08.10 @sees:parked @sees:woken
    Example: A thread was parked on a word
      Given Ada has a word that holds 1
      And Ben parks on the word, expecting 1
      And Ada forks, and Eve is her copy in the child
      When Eve wakes one thread parked on the word
      Then she woke nobody
      And Ben still waits
      When Ada wakes one thread parked on the word
      Then Ben was woken

    @THREAD-08.11 @sees:parked @sees:woken
    Example: A thread waited for a lock that the survivor holds
      Given Ada holds mutex m
      And Ben asks for mutex m
      And Ada forks, and Eve is her copy in the child
      When Eve gives mutex m back
      And Eve tries mutex m
      Then she gets it at once
      When Ada gives mutex m back
      Then Ben gets mutex m

    @THREAD-08.12 @sees:suspended @sees:stopped @sees:parked
    Example: A thread was about to stop the world itself
      It had the pause's own lock in its hand when it was brought to rest.

      Given Ada forks, and Eve is her copy in the child
      And Ben stops the world
      And a moment longer than the polling interval passes
      When Eve stops the world
      Then that succeeds at once
      And Ben waits for Ada
      When Ada reaches a safe point
      Then the world is stopped by Ben

    @THREAD-08.13 @sees:parked @sees:stopped
    Example: A thread was handling pending calls
      Given Ada has event "go"
      And Ben handles the pending calls request by waiting for event "go"
      And Ben sets his own pending calls request
      And Ben reaches a safe point
      And Ada forks, and Eve is her copy in the child
      And Eve handles the pending calls request by setting her own merge request
      When Eve sets her own pending calls request
      And Eve reaches a safe point
      Then the merge request of Eve is still set
      When Ada sets event "go"
      Then Ben goes on
