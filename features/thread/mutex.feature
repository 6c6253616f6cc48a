Feature: The mutex
  A lock is mostly free, so locking it costs no more than a single change of one word. Only those
  who find it taken pay: they look again for a little while, then sleep. A thread that sleeps for
  a lock is detached, so that no pause ever waits for somebody who waits.

  Background:
    Given Ada and Ben are attached
    And Ada holds mutex m

  @THREAD-07
  Rule: At most one thread holds a mutex
    What a mutex protects is changed in several steps, and is not to be seen in between. Whoever
    comes second waits, or is turned away.

    @THREAD-07.1 @sees:parked @sees:woken
    Example: The second thread waits until the first gives the mutex back
      When Ben asks for mutex m
      Then Ben waits
      When Ada gives mutex m back
      Then Ben gets mutex m
      When Ben gives mutex m back
      Then mutex m is free

    @THREAD-07.2
    Example: A thread that only tries is turned away while the mutex is held
      When Ben tries mutex m
      Then he is turned away
      And mutex m says that nobody waits
      When Ada gives mutex m back
      And Ben tries mutex m
      Then he gets it at once

    @THREAD-07.3
    Example: A mutex that is not held is not given back
      Given Ada gives mutex m back
      When Ada gives mutex m back
      Then that is refused as misuse
      And mutex m is free

  @THREAD-07
  Rule: A waiter is detached while it sleeps, and attached again when it goes on
    A thread that waits for a lock does not touch objects, and how long it waits is not its
    choice. If it stayed attached, a pause would wait for the lock's holder too, who may be at
    rest already.

    @THREAD-07.4 @sees:parked @sees:stopped
    Example: A pause does not wait for a thread that waits for a mutex
      Given Ben asks for mutex m
      And Ben is detached
      When Ada stops the world
      Then the world is stopped

    @THREAD-07.61 @sees:parked @sees:stopped
    Example: A waiter that slept through a pause gets the mutex, and is attached
      Given Ben asks for mutex m
      And Ada stops the world
      And Ada starts the world
      When Ada gives mutex m back
      Then Ben gets mutex m
      And Ben is now attached

    @THREAD-07.6 @sees:parked @sees:stopped @sees:handed-off
    Example: A waiter can be handed the mutex while it is suspended
      The mutex then belongs to a thread that does not run before the pause is over, so whoever
      stopped the world waits for no lock that others may hold.

      Given Ben asks for mutex m
      And a moment longer than the fairness limit passes
      And Ada stops the world
      When Ada gives mutex m back
      Then Ben is suspended
      And mutex m is held

    @THREAD-07.63 @sees:parked @sees:stopped @sees:handed-off
    Example: A waiter that was handed the mutex in a pause goes on when the pause is over
      Given Ben asks for mutex m
      And a moment longer than the fairness limit passes
      And Ada stops the world
      And Ada gives mutex m back
      When Ada starts the world
      Then Ben is handed mutex m

  @THREAD-07
  Rule: A thread may choose to stay attached while it waits, and holds up a pause by that
    Detaching lets others change what the thread is in the midst of. Code that cannot bear that
    waits as it is, and the price is paid by whoever wants everybody at rest.

    Background:
      Given Cleo is attached

    @THREAD-07.62 @sees:parked
    Example: The thread sleeps, and stays attached
      When Ben asks for mutex m without detaching
      Then Ben waits
      And Ben is still attached

    @THREAD-07.5 @sees:parked @sees:stopping @sees:stopped
    Example: A pause waits until the thread has the mutex and reaches a safe point
      Given Ben asks for mutex m without detaching
      And Cleo stops the world
      When Ada gives mutex m back
      And Ada reaches a safe point
      Then Cleo still waits for Ben
      When Ben reaches a safe point
      Then the world is stopped
