Feature: The mutex
  A lock is mostly free, so locking it should cost as little as a single change of one word.
  Only those who find it taken pay: they look again for a little while, then sleep. Letting a
  running thread overtake one that is still waking up keeps the lock busy, but it is unfair, so
  a thread that has waited for long is handed the lock directly. Whoever sleeps for a lock is
  detached, so that no pause ever waits for somebody who waits.

  @THREAD-07
  Rule: At most one thread holds a mutex

    @THREAD-07.1 @sees:parked @sees:woken
    Example: The second one waits until the first gives it back
      Given Ada and Ben are attached
      And Ada holds mutex m
      When Ben asks for mutex m
      Then Ben waits
      When Ada gives mutex m back
      Then Ben gets mutex m
      When Ben gives mutex m back
      Then mutex m is free

    @THREAD-07.2
    Example: One who only tries is turned away while it is held
      Given Ada and Ben are attached
      And Ada holds mutex m
      When Ben tries mutex m
      Then he is turned away
      And mutex m says that nobody waits
      When Ada gives mutex m back
      And Ben tries mutex m
      Then he gets it at once
      And Ben gives mutex m back

    @THREAD-07.3
    Example: What is not held is not given back
      Given Ada is attached
      And Ada holds mutex m
      And Ada gives mutex m back
      When Ada gives mutex m back
      Then that is misuse
      And mutex m is free

  @THREAD-07
  Rule: A waiter is detached while it sleeps, and attached again when it goes on

    @THREAD-07.4 @sees:parked @sees:stopped
    Example: A pause does not wait for it
      Given Ada and Ben are attached
      And Ada holds mutex m
      And Ben asks for mutex m
      Then Ben is detached
      When Ada stops the world
      Then the world is stopped
      When Ada starts the world
      And Ada gives mutex m back
      Then Ben gets mutex m
      And Ben gives mutex m back

    @THREAD-07.5 @sees:parked @sees:stopping @sees:stopped
    Example: One who chose to stay attached makes a pause wait
      Given Ada, Ben and Cleo are attached
      And Ada holds mutex m
      And Ben asks for mutex m without detaching
      When Cleo stops the world
      And Ada gives mutex m back
      And Ada reaches a safe point
      Then Cleo still waits for Ben
      And Ben gets mutex m
      When Ben gives mutex m back
      And Ben reaches a safe point
      Then the world is stopped
      And Cleo starts the world

    @THREAD-07.6 @sees:parked @sees:stopped @sees:handed-off
    Example: It is handed the lock while it is suspended
      The lock then belongs to a thread that cannot run before the pause is over, so whoever
      stopped the world does not wait for locks that others may hold.

      Given Ada and Ben are attached
      And Ada holds mutex m
      And Ben asks for mutex m
      And a moment longer than the fairness limit passes
      And Ada stops the world
      When Ada gives mutex m back
      Then Ben still waits
      And Ben is suspended
      And mutex m is held
      When Ada starts the world
      Then Ben is handed mutex m
      And Ben gives mutex m back
