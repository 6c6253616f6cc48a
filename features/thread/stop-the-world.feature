Feature: Stop the world
  Some work needs everybody else to stand still: a collector that counts references, a table
  that moves. No thread can be stopped from outside at an arbitrary point, so the one who wants
  the pause asks: attached threads come to rest at their next safe point, detached ones are
  kept from attaching. The world is stopped once nobody in scope can touch anything.

  @THREAD-04
  Rule: A stopped world has every other thread at rest

    @THREAD-04.1 @sees:stopped
    Example: There is nobody else
      Given Ada is attached
      When Ada stops the world
      Then the world is stopped

    @THREAD-04.2 @sees:stopped
    Example: Everybody else is detached
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

    @THREAD-04.4 @sees:suspended @sees:stopped
    Example: The world is stopped when the last of several is at rest
      Given Ada, Ben, Cleo and Dan are attached
      And Dan has detached
      When Ada stops the world
      Then Ada waits for Ben and Cleo
      And 2 threads of the interpreter are still missing
      When Ben reaches a safe point
      Then Ada still waits for Cleo
      And 1 thread of the interpreter is still missing
      When Cleo reaches a safe point
      Then the world is stopped

  @THREAD-04
  Rule: A thread that detaches instead of passing a safe point is noticed soon, and once

    @THREAD-04.5 @sees:stopped
    Example: The last thread to be waited for begins to sleep
      Given Ada and Ben are attached
      And Ada stops the world
      When Ben detaches
      And a moment longer than the polling interval passes
      Then the world is stopped
      And Ben is suspended

    @THREAD-04.6 @sees:suspended @sees:stopped
    Example: One of two begins to sleep
      Given Ada, Ben and Cleo are attached
      And Ada stops the world
      When Ben detaches
      And a moment longer than the polling interval passes
      Then Ada still waits for Cleo
      And 1 thread of the interpreter is still missing
      When Cleo reaches a safe point
      Then the world is stopped

    @THREAD-04.7 @sees:suspended @sees:stopped
    Example: A thread detaches and attaches again before anybody looks
      Given Ada and Ben are attached
      And Ada stops the world
      When Ben detaches
      And Ben attaches
      Then Ada still waits for Ben
      When Ben reaches a safe point
      Then the world is stopped

  @THREAD-04
  Rule: Starting the world releases everybody, and leaves each as it came to rest

    @THREAD-04.8 @sees:suspended @sees:started
    Example: One stopped at a safe point, one while it was detached
      Given Ada, Ben and Cleo are attached
      And Cleo has detached
      And Ada stops the world
      And Ben reaches a safe point
      When Ada starts the world
      Then the world runs
      And Ben goes on
      And Ben is now attached
      And Cleo is detached

    @THREAD-04.9 @sees:stopped
    Scenario Outline: Only the one who stopped a world starts it: <deed>
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
    Example: A pause does not nest
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
