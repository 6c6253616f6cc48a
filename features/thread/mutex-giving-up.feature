Feature: Giving up on a mutex
  A wait may have a limit, and a signal may call a waiter away. Giving up is harmless for everybody
  else: the lock stays with its holder, the next in line gets it, and a note that somebody waits,
  left by one who has gone, costs no more than a second look.

  Background:
    Given Ada, Ben and Cleo are attached
    And Ada holds mutex m

  @THREAD-07
  Rule: A wait that has a limit ends there, without the lock
    A program that sets a limit has something else to do when it is over. The lock then belongs
    to whoever holds it, or to the next in line, as if the one who left had never asked.

    @THREAD-07.13 @sees:parked
    Example: The only waiter gives up, and the next unlock sets the note right
      The mutex goes on saying that somebody waits: nobody cleared the note of the one who left.
      The next unlock looks for a waiter, finds none, and takes the note back.

      Given Ben asks for mutex m for at most a second
      When a second passes
      Then Ben has given up mutex m
      And nobody is in line for mutex m
      And mutex m says that somebody waits
      When Ada gives mutex m back
      Then mutex m says that nobody waits

    @THREAD-07.14 @sees:parked @sees:woken
    Example: A thread that comes after the one who gave up gets the mutex
      Given Ben asks for mutex m for at most a second
      And a second passes
      When Cleo asks for mutex m
      Then Cleo waits
      When Ada gives mutex m back
      Then Cleo gets mutex m

    @THREAD-07.15 @sees:parked @sees:handed-off
    Example: When the first of two gives up, the second is handed the mutex
      Given Ben asks for mutex m for at most a second
      And Cleo asks for mutex m
      And a second passes
      When Ada gives mutex m back
      Then Ben has given up mutex m
      And Cleo is handed mutex m

    @THREAD-07.16 @sees:parked @sees:handed-off
    Example: A waiter that gets the mutex in time keeps it when its time would be up
      Given Ben asks for mutex m for at most a second
      And half a second passes
      When Ada gives mutex m back
      Then Ben is handed mutex m
      When two seconds pass
      Then mutex m is held

  @THREAD-07
  Rule: An interrupt ends a wait only if the waiter listens for signals and its handler fails
    Code that did not ask for interrupts does not know what to do without the lock. Code that
    did asks for them because a handler may have to stop the program.

    @THREAD-07.17 @sees:parked @sees:woken
    Example: A waiter that does not listen sleeps on through an interrupt
      Given Ben handles the signals request by failing
      And Ben asks for mutex m
      When Ben is interrupted by Ada
      Then Ben still waits
      When Ada gives mutex m back
      Then Ben gets mutex m

    @THREAD-07.18 @sees:parked @sees:woken
    Example: A waiter whose handler succeeds goes on waiting
      Given Ben handles the signals request by setting his own merge request
      And Ben asks for mutex m, listening for signals
      When Ben is interrupted by Ada
      Then Ben still waits
      And the merge request of Ben is still set
      When Ada gives mutex m back
      Then Ben gets mutex m

    @THREAD-07.19 @sees:parked
    Example: A waiter whose handler fails is called away without the mutex
      Given Ben handles the signals request by failing
      And Ben asks for mutex m, listening for signals
      When Ben is interrupted by Ada
      Then Ben is called away from mutex m
      And Ben is now attached
      And nobody is in line for mutex m
      And mutex m is held

    @THREAD-07.20 @sees:parked
    Example: An interrupt does not make a limited wait longer
      Given Ben asks for mutex m for at most a second
      And half a second passes
      When Ben is interrupted by Ada
      And half a second passes
      Then Ben has given up mutex m
