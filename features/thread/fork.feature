Feature: Fork
  A fork copies the whole memory but only the thread that called it. Whatever another thread was
  changing at that moment would stay half done in the copy for ever. So the caller first brings
  everybody to rest, threads of other interpreters too. In the child only its copy goes on: nobody
  waits for the others, nothing they held back is held back any longer, and what the caller owned
  or was asked to do is now the survivor's.

  Background:
    Given Ada and Ben are attached

  @THREAD-08
  Rule: Forking brings every other thread to rest first
    The copy shows every thread as it was at one instant. Only a thread at rest is known to be
    between two steps, with nothing half done.

    @THREAD-08.1 @sees:stopping @sees:suspended @sees:stopped
    Example: A fork waits for an attached thread, and both go on after it
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

    @THREAD-08.60 @sees:suspended @sees:stopped
    Example: A thread of another interpreter is waited for like any other
      Given Ben has detached
      And Cleo is attached in another interpreter
      When Ada forks, and Eve is her copy in the child
      Then Ada waits for Cleo
      When Cleo reaches a safe point
      Then Ada goes on

  @THREAD-08
  Rule: Only the calling thread survives in the child
    The operating system copies no other. A child that still counted the dead would wait for
    their safe points and their reports, which never come.

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
