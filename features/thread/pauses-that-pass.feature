Feature: What a pause meets on its way
  While somebody waits for the world to stop, threads go on living: they are born, they die, they
  sleep, they want to stop the world themselves, and some still carry the request of a pause that
  is long over. Whatever happens, each thread is counted exactly once. Counted twice, a pause
  would begin too early; not counted, it would never begin.

  Background:
    Given Ada is attached

  @THREAD-04
  Rule: A thread state born while a pause is requested starts suspended and is not waited for
    The count of those to wait for was taken when the pause was asked for. A newcomer that ran
    would run into the pause; one that was counted would never be seen to stop.

    @THREAD-04.12 @sees:stopped
    Example: A thread state that is made in a pause starts suspended
      Given Ada stops the world
      When Ada makes a thread state for Ben
      Then Ben is suspended

    @THREAD-04.65 @sees:stopped @sees:parked
    Example: A thread whose state was made in a pause waits when it attaches
      Given Ada stops the world
      And Ada makes a thread state for Ben
      When Ben binds his thread state
      And Ben attaches
      Then Ben waits

    @THREAD-04.66 @sees:stopped @sees:parked
    Example: A thread whose state was made in a pause attaches when the pause is over
      Given Ada stops the world
      And Ada makes a thread state for Ben
      And Ben binds his thread state
      And Ben attaches
      When Ada starts the world
      Then Ben goes on
      And Ben is now attached

    @THREAD-04.13 @sees:stopping @sees:stopped
    Example: A thread that enters while others are waited for is not waited for itself
      Given Ben is attached
      And Ada stops the world
      When Cleo enters the interpreter
      Then Cleo is suspended
      And Ada still waits for Ben
      When Ben reaches a safe point
      Then the world is stopped

    @THREAD-04.67 @sees:stopping @sees:stopped @sees:parked
    Example: A thread that entered while others were waited for goes on when the pause is over
      Given Ben is attached
      And Ada stops the world
      And Cleo enters the interpreter
      And Ben reaches a safe point
      When Ada starts the world
      Then Cleo goes on

    @THREAD-04.14 @sees:stopped
    Example: A thread state that is never started is never waited for
      Given Ada stops the world
      And Ada makes a thread state for Ben
      When Ada starts the world
      Then Ben is detached
      When Ada stops the world
      Then the world is stopped

  @THREAD-04
  Rule: A thread that dies is no longer waited for, and is counted once
    A dead thread passes no safe point any more. And a thread that was at rest has been counted
    already, so its death must not count for somebody who still runs.

    @THREAD-04.15 @sees:stopping @sees:stopped
    Example: The world is stopped when the last thread that was waited for dies
      Given Ben is attached
      And Ada stops the world
      When Ben exits
      Then the world is stopped
      When Ada starts the world
      Then the world runs

    @THREAD-04.16 @sees:stopping @sees:stopped
    Example: All interpreters are stopped when the last thread that was waited for dies
      Given Ben is attached in another interpreter
      And Ada stops all interpreters
      When Ben exits
      Then all interpreters are stopped
      When Ada starts all interpreters
      Then all interpreters run

    @THREAD-04.17 @sees:stopping
    Example: The deletion of a thread state counts, not its clearing
      Given Ben and Cleo are attached
      And Ada stops the world
      When Ben clears his thread state
      Then 2 threads of the interpreter are still missing
      When Ben deletes his thread state
      Then 1 thread of the interpreter is still missing

    @THREAD-04.68 @sees:stopping @sees:stopped
    Example: The world is stopped when the last of two has died
      Given Ben and Cleo are attached
      And Ada stops the world
      And Ben exits
      When Cleo exits
      Then the world is stopped

    @THREAD-04.18 @sees:stopping @sees:suspended @sees:stopped
    Example: A thread state that was at rest is not counted again when it is discarded
      Given Ben is attached
      And Ada makes a thread state for Cleo
      And Ada stops the world
      When Ben discards the thread state of Cleo
      Then Ada still waits for Ben
      When Ben reaches a safe point
      Then the world is stopped

  @THREAD-04
  Rule: Whoever waits to stop the world is stopped by others meanwhile
    A thread that waits for its turn touches nothing, so the pause of another need not wait for
    it. It must not hold that pause up either, or two of them would wait for each other.

    Background:
      Given Ben is attached

    @THREAD-04.19 @sees:suspended @sees:stopped
    Example: The second of two who stop the same world comes to rest in the first one's pause
      Given Ada stops the world
      When Ben stops the world
      And a moment longer than the polling interval passes
      Then the world is stopped by Ada

    @THREAD-04.69 @sees:suspended @sees:stopped
    Example: The second of two who stop the same world has a pause of its own after the first
      Given Ada stops the world
      And Ben stops the world
      And a moment longer than the polling interval passes
      When Ada starts the world
      Then Ben waits for Ada
      When Ada reaches a safe point
      Then the world is stopped by Ben

    @THREAD-04.20 @sees:suspended @sees:stopped
    Example: A pause can be had by one who has no thread state
      Given Ben has detached
      When Eve stops all interpreters
      Then Eve waits for Ada
      When Ada reaches a safe point
      Then all interpreters are stopped
      And Ada and Ben are suspended

  @THREAD-04
  Rule: A request that outlives its pause stops nobody
    A thread that slept through a pause still carries the request when it comes back. Whoever asked
    is long done, so nobody would ever let it go again.

    Background:
      Given Ben is attached
      And Ada stops the world
      And Ben detaches
      And a moment longer than the polling interval passes
      And Ada starts the world

    @THREAD-04.21 @sees:served
    Example: A thread that was asked by a pause that is over serves the request and goes on
      Given Ben attaches
      When Ben reaches a safe point
      Then he serves the stop request
      And Ben is now attached
      And the stop request of Ben is not set

  @THREAD-04
  Rule: A thread that carries an old request is counted once by the next pause
    A pause asks everybody, also those who carry a request already. If a thread answered twice, or
    answered before anybody counted, the pause would begin while another thread still runs.

    Background:
      Given Ben is attached
      And Ada sets the stop request of Ben

    @THREAD-04.22 @sees:stopped @sees:suspended
    Example: The next pause counts the thread once, and waits for the others
      Given Cleo is attached
      And Ada stops the world
      When Ben reaches a safe point
      Then Ada still waits for Cleo
      And 1 thread of the interpreter is still missing
      When Cleo reaches a safe point
      Then the world is stopped

    @THREAD-04.23 @sees:served @sees:stopped @sees:suspended
    Example: A thread that answered before the pause is asked again by it
      Given Ben reaches a safe point
      When Ada stops the world
      Then Ada waits for Ben
      When Ben reaches a safe point
      Then the world is stopped
