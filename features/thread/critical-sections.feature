Feature: Critical sections of a thread that detaches
  A critical section holds a lock only while its thread is attached. A thread that is about to
  sleep lets go of the locks of all its sections, so that nobody waits for a sleeper, and two
  threads that need each other's locks do not wait for ever. The price is that a section is not
  one uninterrupted stretch: whoever detaches within it has to look again at what it protects.

  Background:
    Given Ada and Ben are attached
    And Ada has mutexes outer and inner

  @THREAD-03
  Rule: Detaching releases the locks of all critical sections
    A thread that sleeps with a lock in its hand makes everybody wait who needs the lock, for as
    long as the sleep lasts. Within a pause that would be for ever.

    @THREAD-03.11
    Example: A thread that detaches within two sections holds neither lock
      Given Ada begins a section on mutex outer, and within it one on mutex inner
      When Ada detaches
      Then mutexes outer and inner are free

    @THREAD-03.12
    Example: A section on two locks gives up both, and takes both again
      Given Ada begins a section on mutexes outer and inner
      When Ada detaches
      Then mutexes outer and inner are free
      When Ada attaches
      Then mutexes outer and inner are held

    @THREAD-03.13 @sees:suspended
    Example: A thread that stops at a safe point holds no section's lock
      Given Ben begins a section on mutex inner
      And Ada stops the world
      When Ben reaches a safe point
      Then Ben is suspended
      And mutex inner is free

    @THREAD-03.61 @sees:suspended
    Example: A thread that was stopped takes its section again when the pause is over
      Given Ben begins a section on mutex inner
      And Ada stops the world
      And Ben reaches a safe point
      When Ada starts the world
      Then Ben goes on
      And mutex inner is held

    @THREAD-03.90 @sees:parked @sees:suspended @sees:stopped @sees:started
    Example: A thread that runs the collector within a section keeps its lock
      Given Ada begins a section on mutex inner
      And Ben begins a section on mutex inner
      When Ada runs the collector
      Then mutex inner is held
      When Ada ends her section
      Then Ben goes on

    @THREAD-03.91 @sees:parked @sees:stopped @sees:started
    Example: A thread that comes to wait for the section's lock does not hold the collector up
      Given Cleo is attached
      And Ada begins a section on mutex inner
      And Ben begins a section on mutex inner
      And Ada begins to run the collector
      When Cleo begins a section on mutex inner
      And a moment longer than the polling interval passes
      Then Ada goes on
      And mutex inner is held

  @THREAD-03
  Rule: Attaching takes the innermost section again, and leaving that one takes the next
    The thread goes on in the innermost section, so that is the lock it needs. The outer ones
    protect code that does not run yet, so they are taken only when the thread comes back to it.

    @THREAD-03.14
    Example: The outer section stays without its lock until the inner one is left
      Given Ada begins a section on mutex outer, and within it one on mutex inner
      And Ada has detached
      When Ada attaches
      Then mutex inner is held
      And mutex outer is free
      When Ada ends her section
      Then mutex outer is held

    @THREAD-03.15 @sees:parked
    Example: A thread whose lock was taken meanwhile waits for it before it goes on
      Given Ada has detached within a section on mutex inner
      And Ben begins a section on mutex inner
      When Ada attaches
      Then Ada waits

    @THREAD-03.62 @sees:parked
    Example: A thread that waited for its section goes on attached, with the lock
      Given Ada has detached within a section on mutex inner
      And Ben begins a section on mutex inner
      And Ada attaches
      When Ben ends his section
      Then Ada goes on
      And Ada is now attached
      And mutex inner is held

    @THREAD-03.81
    Example: A section within another on the same lock does not wait for itself
      Given Ada begins a section on mutex outer
      When Ada begins a section on mutex outer
      Then that succeeds at once
      When Ada ends her section
      Then mutex outer is held
      When Ada ends her section
      Then mutex outer is free

    @THREAD-03.92
    Example: A section that names one lock twice takes it once
      When Ada begins a section on mutexes inner and inner
      Then that succeeds at once
      And mutex inner is held
      When Ada ends her section
      Then mutex inner is free

    @THREAD-03.93
    Example: A section within another on the same two locks does not wait for itself
      Given Ada begins a section on mutexes outer and inner
      When Ada begins a section on mutexes inner and outer
      Then that succeeds at once
      When Ada ends her section
      Then mutexes outer and inner are held

  @THREAD-03
  Rule: Threads that nest sections in opposite orders do not wait for each other for ever
    Code that locks two objects cannot know in which order other code locks them. So a thread
    that has to wait for one lock lets go of the others, and a section on two locks takes them
    in one order for all.

    @THREAD-03.16 @sees:parked
    Example: The one who has to wait lets go of what the other needs
      Given Ada begins a section on mutex outer
      And Ben begins a section on mutex inner
      When Ada begins a section on mutex inner
      Then Ada waits
      When Ben begins a section on mutex outer
      Then that succeeds at once

    @THREAD-03.63 @sees:parked
    Example: The one who had to wait goes on when the other has left both sections
      Given Ada begins a section on mutex outer
      And Ben begins a section on mutex inner
      And Ada begins a section on mutex inner
      And Ben begins a section on mutex outer
      When Ben ends both his sections
      Then Ada goes on

    @THREAD-03.17 @sees:parked @sees:woken
    Example: Of two that name the same two locks in opposite orders, one gets both
      Given Cleo is attached
      And Cleo asks for mutex outer
      And Ada begins a section on mutexes outer and inner
      And Ben begins a section on mutexes inner and outer
      When Cleo gives mutex outer back
      Then Ada goes on
      And Ben still waits

    @THREAD-03.64 @sees:parked @sees:woken
    Example: The other of the two gets both locks after it
      Given Cleo is attached
      And Cleo asks for mutex outer
      And Ada begins a section on mutexes outer and inner
      And Ben begins a section on mutexes inner and outer
      And Cleo gives mutex outer back
      When Ada ends her section
      Then Ben goes on
