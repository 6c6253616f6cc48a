Feature: Pauses of one interpreter and of all
  Interpreters share no objects, so a pause of one leaves the others alone, and two of them pause
  at the same time if they like. A few things concern the whole process, forking above all, and
  need everybody at rest. Such a pause takes turns with the others, so that a thread is never held
  by two pauses at once and let go by the first of them.

  Background:
    Given Ada is attached
    And Cleo is attached in another interpreter

  @THREAD-04
  Rule: A pause of one interpreter leaves the others running
    No object of one interpreter is reached from another, so a collection here has no business
    stopping threads there.

    @THREAD-04.24 @sees:stopped
    Example: A thread of another interpreter is neither waited for nor asked to stop
      When Ada stops the world
      Then the world is stopped
      And Cleo is still attached
      When Cleo reaches a safe point
      Then she serves no request

    @THREAD-04.25 @sees:stopped
    Example: Two interpreters are stopped at the same time
      When Ada stops the world
      And Cleo stops the world
      Then the world is stopped by Ada
      And the other interpreter is stopped by Cleo
      When Cleo starts the world
      Then the world is stopped by Ada

  @THREAD-04
  Rule: A pause of all interpreters brings the threads of every interpreter to rest
    A fork copies them all, whichever interpreter they belong to, so none of them may be in the
    midst of anything.

    @THREAD-04.26 @sees:stopping @sees:suspended @sees:stopped
    Example: A pause of all waits for the attached threads of every interpreter
      Given Ben is attached
      When Ada stops all interpreters
      Then Ada waits for Ben and Cleo
      When Ben and Cleo reach safe points
      Then all interpreters are stopped
      And Ben and Cleo are suspended

    @THREAD-04.60 @sees:stopped
    Example: A pause of all keeps the detached threads of every interpreter from attaching
      Given Dan enters the other interpreter
      And Cleo and Dan have detached
      When Ada stops all interpreters
      Then all interpreters are stopped
      And Cleo and Dan are suspended

    @THREAD-04.27 @sees:stopped @sees:parked
    Example: A thread that enters another interpreter meanwhile starts suspended
      Given Cleo has detached
      And Ada stops all interpreters
      When Dan enters the other interpreter
      Then Dan is suspended
      When Ada starts all interpreters
      Then Dan goes on
      And Cleo is detached

  @THREAD-04
  Rule: A pause of all interpreters and a pause of one take turns
    If both held a thread at once, the one that ended first would let it go, and it would run
    into the other's pause.

    @THREAD-04.28 @sees:stopped
    Example: A pause of all waits until the pause of one is over
      Given Ada stops the world
      When Cleo stops all interpreters
      Then Cleo waits
      And the world is stopped by Ada
      When Ada starts the world
      Then Cleo waits for Ada

    @THREAD-04.61 @sees:stopped @sees:suspended
    Example: A pause of all waits for the thread that has ended its own pause
      Given Ada stops the world
      And Cleo stops all interpreters
      And Ada starts the world
      When Ada reaches a safe point
      Then all interpreters are stopped
      And Ada is suspended

    @THREAD-04.86 @sees:stopped @sees:suspended
    Example: A thread that one pause has held is held by the next
      Given Ada makes a thread state for Ben
      And Ada stops the world
      And Cleo stops all interpreters
      When Ada starts the world
      Then Cleo waits for Ada
      And Ben is suspended

    @THREAD-04.29 @sees:stopped @sees:parked
    Example: A pause of one waits, at rest, until the pause of all is over
      Given Cleo stops all interpreters
      When Ada stops the world
      And a moment longer than the polling interval passes
      Then all interpreters are stopped
      And Ada is suspended

    @THREAD-04.62 @sees:stopped @sees:parked
    Example: A pause of one begins when the pause of all is over
      Given Cleo stops all interpreters
      And Ada stops the world
      And a moment longer than the polling interval passes
      When Cleo starts all interpreters
      Then Ada goes on
      And the world is stopped by Ada

  @THREAD-04
  Rule: A pause of all waits for the pauses of several interpreters, one after the other
    Each pause has been promised to somebody, and the one who wants them all cannot know in which
    order the others will end.

    Background:
      Given Ada stops the world
      And Cleo stops the world
      And Eve stops all interpreters

    @THREAD-04.30 @sees:stopped @sees:parked
    Example: When one pause is over, the other is still waited for
      When Ada starts the world
      Then Eve still waits for Cleo
      And the other interpreter is stopped by Cleo

    @THREAD-04.63 @sees:stopped @sees:parked
    Example: When both pauses are over, their threads are waited for
      Given Ada starts the world
      When Cleo starts the world
      Then Eve waits for Ada and Cleo
      When Ada exits
      And Cleo exits
      Then all interpreters are stopped
