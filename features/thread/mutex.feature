Feature: The mutex
  A lock is mostly free, so locking it costs no more than a single change of one word. Only those
  who find it taken pay: they look again for a little while, then sleep. A thread that sleeps for
  a lock is detached, so that no pause ever waits for somebody who waits.

  Background:
    Given Ada and Ben are attached
    And Ada holds mutex m

  @THREAD-07
  Rule: At most one thread holds a mutex

    @THREAD-07.1 @sees:parked @sees:woken
    Example: The second one waits until the first gives it back
      When Ben asks for mutex m
      Then Ben waits
      When Ada gives mutex m back
      Then Ben gets mutex m
      When Ben gives mutex m back
      Then mutex m is free

    @THREAD-07.2
    Example: One who only tries is turned away while it is held
      When Ben tries mutex m
      Then he is turned away
      And mutex m says that nobody waits
      When Ada gives mutex m back
      And Ben tries mutex m
      Then he gets it at once

    @THREAD-07.3
    Example: What is not held is not given back
      Given Ada gives mutex m back
      When Ada gives mutex m back
      Then that is refused as misuse
      And mutex m is free

  @THREAD-07
  Rule: A waiter is detached while it sleeps, and attached again when it goes on

    @THREAD-07.4 @sees:parked @sees:stopped
    Example: A pause does not wait for it
      Given Ben asks for mutex m
      And Ben is detached
      When Ada stops the world
      Then the world is stopped
      When Ada starts the world
      And Ada gives mutex m back
      Then Ben gets mutex m
      And Ben is now attached

    @THREAD-07.5 @sees:parked @sees:stopping @sees:stopped
    Example: One who chose to stay attached makes a pause wait
      Given Ben asks for mutex m without detaching
      And Ben is still attached
      And Cleo is attached
      And Cleo stops the world
      When Ada gives mutex m back
      And Ada reaches a safe point
      Then Cleo still waits for Ben
      When Ben reaches a safe point
      Then the world is stopped

    @THREAD-07.6 @sees:parked @sees:stopped @sees:handed-off
    Example: It is handed the lock while it is suspended
      The lock then belongs to a thread that does not run before the pause is over, so whoever
      stopped the world waits for no lock that others may hold.

      Given Ben asks for mutex m
      And a moment longer than the fairness limit passes
      And Ada stops the world
      When Ada gives mutex m back
      Then Ben is suspended
      And mutex m is held
      When Ada starts the world
      Then Ben is handed mutex m
