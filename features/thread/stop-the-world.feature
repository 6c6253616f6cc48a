Feature: Stop the world
  Some work needs everybody else to stand still: a collector that counts references, a table
  that moves. No thread can be stopped from outside at an arbitrary point, so the one who wants
  the pause asks: attached threads come to rest at their next safe point, detached ones are
  kept from attaching. The world is stopped once nobody in scope can touch anything.

  @THREAD-04
  Rule: A stopped world has every other thread at rest
    Whoever asks for a pause is about to look at what others change, or to change what others
    look at. One thread that runs is enough to spoil it.

    @THREAD-04.1 @sees:stopped
    Example: A world with nobody else in it is stopped at once
      Given Ada is attached
      When Ada stops the world
      Then the world is stopped

    @THREAD-04.2 @sees:stopped
    Example: A world in which everybody else is detached is stopped at once
      Given Ada, Ben and Cleo are attached
      And Ben and Cleo have detached
      When Ada stops the world
      Then the world is stopped
      And Ben and Cleo are suspended

    @THREAD-04.3 @sees:stopping @sees:suspended @sees:stopped
    Example: An attached thread is waited for until its next safe point
      Given Ada and Ben are attached
      When Ada stops the world
      Then Ada waits for Ben
      When Ben reaches a safe point
      Then Ben is suspended
      And the world is stopped

    @THREAD-04.4 @sees:stopping
    Example: Several attached threads are waited for, detached ones are not
      Given Ada, Ben, Cleo and Dan are attached
      And Dan has detached
      When Ada stops the world
      Then Ada waits for Ben and Cleo
      And 2 threads of the interpreter are still missing

    @THREAD-04.70 @sees:suspended @sees:stopped
    Example: The world is stopped when the last of several is at rest
      Given Ada, Ben and Cleo are attached
      And Ada stops the world
      When Ben reaches a safe point
      Then Ada still waits for Cleo
      And 1 thread of the interpreter is still missing
      When Cleo reaches a safe point
      Then the world is stopped

  @THREAD-04
  Rule: A thread that detaches instead of passing a safe point is noticed soon, and once
    It need not tell anybody that it detaches, because detaching has to be cheap. So the one who
    waits looks again now and then, and counts what it finds.

    @THREAD-04.5 @sees:stopped
    Example: The world is stopped soon after the last thread begins to sleep
      Given Ada and Ben are attached
      And Ada stops the world
      When Ben detaches
      And a moment longer than the polling interval passes
      Then the world is stopped
      And Ben is suspended

    @THREAD-04.6
    Example: One of two threads that are waited for begins to sleep, and is counted once
      Given Ada, Ben and Cleo are attached
      And Ada stops the world
      When Ben detaches
      And a moment longer than the polling interval passes
      Then Ada still waits for Cleo
      And 1 thread of the interpreter is still missing

    @THREAD-04.71 @sees:suspended @sees:stopped
    Example: The world is stopped when one of two sleeps and the other is at rest
      Given Ada, Ben and Cleo are attached
      And Ada stops the world
      And Ben detaches
      And a moment longer than the polling interval passes
      When Cleo reaches a safe point
      Then the world is stopped

    @THREAD-04.7 @sees:suspended @sees:stopped
    Example: A thread that detaches and attaches again before anybody looks is still waited for
      Given Ada and Ben are attached
      And Ada stops the world
      When Ben detaches
      And Ben attaches
      Then Ada still waits for Ben
      When Ben reaches a safe point
      Then the world is stopped

  @THREAD-04
  Rule: Starting the world releases everybody, and leaves each as it came to rest
    A thread that was attached has work to go on with; one that was detached is asleep or
    elsewhere, and knows nothing of the pause. Neither may be changed into the other.

    @THREAD-04.8 @sees:suspended @sees:started
    Example: A thread that stopped at a safe point goes on attached
      Given Ada and Ben are attached
      And Ada stops the world
      And Ben reaches a safe point
      When Ada starts the world
      Then the world runs
      And Ben goes on
      And Ben is now attached

    @THREAD-04.72 @sees:stopped @sees:started
    Example: A thread that was suspended while it was detached is detached again
      Given Ada, Ben and Cleo are attached
      And Cleo has detached
      And Ada stops the world
      And Ben reaches a safe point
      When Ada starts the world
      Then Cleo is detached

    @THREAD-04.9 @sees:stopped
    Scenario Outline: A world is not started by anybody but the one who stopped it: <deed>
      Given Ada is attached
      And Cleo is attached in another interpreter
      And Ada stops the world
      When <deed>
      Then that is refused as misuse
      And the world is stopped by Ada
      And Cleo is still attached

      Examples:
        | deed                         |
        | Ben starts the world         |
        | Cleo starts the world        |
        | Ada starts all interpreters  |
        | Cleo starts all interpreters |

    @THREAD-04.10 @sees:stopped
    Example: A thread that has stopped the world does not stop it again
      Given Ada is attached
      And Ada stops the world
      When Ada stops the world
      Then that is refused as misuse
      And the world is stopped by Ada

    @THREAD-04.11
    Example: A world that is not stopped is not started
      Given Ada is attached
      When Ada starts the world
      Then that is refused as misuse
