Feature: What a pause meets on its way
  While somebody waits for the world to stop, threads go on living: they are born, they die, they
  sleep, they want to stop the world themselves, and some still carry the request of a pause that
  is long over. Whatever happens, each thread is counted exactly once. Counted twice, a pause
  would begin too early; not counted, it would never begin.

  @THREAD-04
  Rule: A thread state born while a pause is requested starts suspended and is not waited for

    @THREAD-04.12 @sees:stopped @sees:parked
    Example: The one who stopped the world makes a thread state
      Given Ada is attached
      And Ada stops the world
      When Ada makes a thread state for Ben
      Then Ben is suspended
      When Ben binds his thread state
      And Ben attaches
      Then Ben waits
      When Ada starts the world
      Then Ben goes on
      And Ben is now attached

    @THREAD-04.13 @sees:stopping @sees:stopped
    Example: A thread enters while others are still waited for
      Given Ada and Ben are attached
      And Ada stops the world
      When Cleo enters the interpreter
      Then Cleo is suspended
      And Ada still waits for Ben
      When Ben reaches a safe point
      Then the world is stopped
      When Ada starts the world
      Then Cleo goes on

    @THREAD-04.14 @sees:stopped
    Example: A thread state that is never started is never waited for
      Given Ada is attached
      And Ada stops the world
      And Ada makes a thread state for Ben
      When Ada starts the world
      Then Ben is detached
      When Ada stops the world
      Then the world is stopped

  @THREAD-04
  Rule: A thread that dies is no longer waited for, and is counted once

    @THREAD-04.15 @sees:stopping @sees:stopped
    Example: The last thread to be waited for dies
      Given Ada and Ben are attached
      And Ada stops the world
      When Ben exits
      Then the world is stopped
      When Ada starts the world
      Then the world runs

    @THREAD-04.16 @sees:stopping @sees:stopped
    Example: The last thread to be waited for by a pause of all interpreters dies
      Given Ada is attached
      And Ben is attached in another interpreter
      And Ada stops all interpreters
      When Ben exits
      Then all interpreters are stopped
      When Ada starts all interpreters
      Then all interpreters run

    @THREAD-04.17 @sees:stopping @sees:stopped
    Example: It is the deletion of the thread state that counts, not its clearing
      Given Ada, Ben and Cleo are attached
      And Ada stops the world
      When Ben clears his thread state
      Then 2 threads of the interpreter are still missing
      When Ben deletes his thread state
      Then 1 thread of the interpreter is still missing
      When Cleo exits
      Then the world is stopped

    @THREAD-04.18 @sees:stopping @sees:suspended @sees:stopped
    Example: A thread state that was at rest already is not counted again when it is discarded
      Given Ada and Ben are attached
      And Ada makes a thread state for Cleo
      And Ada stops the world
      When Ben discards the thread state of Cleo
      Then Ada still waits for Ben
      When Ben reaches a safe point
      Then the world is stopped

  @THREAD-04
  Rule: Whoever waits to stop the world is stopped by others meanwhile

    @THREAD-04.19 @sees:suspended @sees:stopped
    Example: Two threads stop the same world
      Given Ada and Ben are attached
      And Ada stops the world
      When Ben stops the world
      And a moment longer than the polling interval passes
      Then the world is stopped by Ada
      When Ada starts the world
      Then Ben waits for Ada
      When Ada reaches a safe point
      Then the world is stopped by Ben

    @THREAD-04.20 @sees:suspended @sees:stopped
    Example: The one who stops the world has no thread state
      Given Ada and Ben are attached
      And Ben has detached
      When Eve stops all interpreters
      Then Eve waits for Ada
      When Ada reaches a safe point
      Then all interpreters are stopped
      And Ada and Ben are suspended

  @THREAD-04
  Rule: A request that outlives its pause does no harm

    @THREAD-04.21 @sees:served
    Example: The pause is over when the thread passes its safe point
      Given Ada and Ben are attached
      And Ada stops the world
      And Ben detaches
      And a moment longer than the polling interval passes
      And Ada starts the world
      And Ben attaches
      When Ben reaches a safe point
      Then he serves the stop request
      And Ben is now attached
      And the stop request of Ben is not set

    @THREAD-04.22 @sees:stopped @sees:suspended
    Example: The next pause counts a thread with an old request once
      Given Ada, Ben and Cleo are attached
      And Ada sets the stop request of Ben
      And Ada stops the world
      When Ben reaches a safe point
      Then Ada still waits for Cleo
      And 1 thread of the interpreter is still missing
      When Cleo reaches a safe point
      Then the world is stopped

    @THREAD-04.23 @sees:served @sees:stopped @sees:suspended
    Example: A thread answers before anybody waits for it
      Given Ada and Ben are attached
      And Ada sets the stop request of Ben
      And Ben reaches a safe point
      When Ada stops the world
      Then Ada waits for Ben
      When Ben reaches a safe point
      Then the world is stopped
