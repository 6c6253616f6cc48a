Feature: Attached, detached, suspended
  A thread that touches objects has to be stoppable, and a thread that sleeps or waits for a file
  has to be left alone. So a thread says which of the two it is: attached, it touches objects and
  promises to pass safe points; detached, it does not, and nobody waits for it. The third state,
  suspended, is a detached thread that is kept from attaching while the world is stopped. No way
  leads from suspended to attached but through the one who stopped the world.

  Background:
    Given Ada and Ben are attached

  @THREAD-03
  Rule: A thread attaches and detaches itself, and nobody else does it for it
    Only the thread itself knows whether it still holds a pointer into shared memory. If another
    could attach or detach it, the promise of either state would be worth nothing.

    @THREAD-03.1
    Example: A new thread state is detached until its own thread attaches
      When Ada makes a thread state for Cleo
      Then Cleo is detached
      When Cleo binds her thread state
      Then Cleo is detached
      When Cleo attaches
      Then Cleo is now attached

    @THREAD-03.2
    Example: Several threads are attached at the same time
      When Cleo enters the interpreter
      Then Ada, Ben and Cleo are still attached

    @THREAD-03.3
    Example: A thread has a read sequence only while it is attached
      When Ben detaches
      Then Ben is detached
      And Ben has no read sequence
      When Ada advances to goal g
      And Ben attaches
      Then Ben is now attached
      And Ben's read sequence is goal g

    @THREAD-03.4
    Scenario Outline: Starting what has started is refused: <deed>
      When <deed>
      Then that is refused as misuse
      And Ada is still attached
      And the interpreter lists Ada and Ben

      Examples:
        | deed                       |
        | Ada attaches               |
        | Ada binds her thread state |
        | Ada enters the interpreter |

    @THREAD-03.5
    Scenario Outline: What only an attached thread does is refused to others: <deed>
      Given Ada has detached
      When <deed>
      Then that is refused as misuse
      And Ada is detached

      Examples:
        | deed                        |
        | Ada detaches                |
        | Ada reaches a safe point    |
        | Ada clears her thread state |

    @THREAD-03.80
    Scenario Outline: A detached thread does not touch what threads share: <deed>
      Given Ben owns an object with one reference
      And Ada has block b
      And Ada has detached
      When <deed>
      Then that is refused as misuse
      And the object has local count 1 and shared count 0

      Examples:
        | deed                            |
        | Ada begins to take a reference  |
        | Ada begins to drop a reference  |
        | Ada begins to run the collector |
        | Ada retires block b             |

  @THREAD-03
  Rule: Only the one who stops the world suspends a detached thread, and only that one lets it go
    A thread that attached in the middle of a pause would touch what the pause protects. So the
    way back is closed for as long as the pause lasts, and whoever closed it opens it again.

    @THREAD-03.6 @sees:stopped @sees:started
    Example: A detached thread is suspended during the pause, and detached again after it
      Given Ben has detached
      When Ada stops the world
      Then Ben is suspended
      When Ada starts the world
      Then Ben is detached

    @THREAD-03.7 @sees:suspended @sees:started
    Example: A thread that stopped at a safe point attaches again by itself
      Given Ada stops the world
      When Ben reaches a safe point
      Then Ben is suspended
      And Ben has no read sequence
      When Ada starts the world
      Then Ben goes on
      And Ben is now attached

    @THREAD-03.8 @sees:stopped @sees:parked
    Example: A thread that comes back during the pause waits
      Given Ben has detached
      And Ada stops the world
      When Ben attaches
      Then Ben waits
      And Ben is suspended

    @THREAD-03.60 @sees:stopped @sees:parked @sees:started
    Example: A thread that came back during the pause attaches when the pause is over
      Given Ben has detached
      And Ada stops the world
      And Ben attaches
      When Ada starts the world
      Then Ben goes on
      And Ben is now attached

    @THREAD-03.9 @sees:stopped @sees:parked
    Example: Neither time nor an interrupt lets a suspended thread go
      Given Ben has detached
      And Ada stops the world
      And Ben attaches
      When a second passes
      And Ben is interrupted by Ada
      Then Ben still waits
      And Ben is suspended

    @THREAD-03.10 @sees:stopped
    Example: The thread that stops the world stays attached
      Given Ben has detached
      When Ada stops the world
      Then Ada is still attached
      When Ada starts the world
      Then Ada is still attached
