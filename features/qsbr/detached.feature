Feature: Threads that take no part
  A detached thread holds no pointer to anything shared: it gave up all of them before it
  detached, and reads them anew once it attaches. If goals waited for detached threads, one thread
  asleep in a system call would stop all memory from coming back. So a detached thread counts as
  having reported everything, and a thread that attaches begins with what it finds then.

  Background:
    Given Ada and Ben are attached

  @QSBR-05
  Rule: A detached thread delays no goal

    @QSBR-05.1 @sees:scanned
    Example: Detached before the advance
      Given Ben has detached
      When Ada advances to goal g
      And Ada reports a quiescent state
      Then Ada finds goal g reached

    @QSBR-05.2 @sees:scanned
    Example: Detached after the advance, without a report
      Given Ada advances to goal g
      And Ada reports a quiescent state
      And Ada finds goal g not reached
      When Ben detaches
      Then Ada finds goal g reached

    @QSBR-05.3 @sees:scanned
    Example: Detached and attached again after the advance
      Given Ada advances to goal g
      And Ada reports a quiescent state
      When Ben detaches
      And Ben attaches
      Then Ada finds goal g reached

    @QSBR-05.4 @sees:parked @sees:scanned
    Example: Blocked on a mutex
      Given Ada holds mutex m
      And Ada advances to goal g
      When Ben waits for mutex m
      And Ada reports a quiescent state
      Then Ada finds goal g reached

    @QSBR-05.5 @sees:suspended @sees:scanned
    Example: Suspended by a pause
      Given Ada stops the world
      And Ben reaches a safe point
      When Ada advances to goal g
      And Ada reports a quiescent state
      Then Ada finds goal g reached
      When Ada starts the world
      Then Ben goes on

    @QSBR-05.6 @sees:scanned
    Example: Exited
      Given Ada advances to goal g
      And Ada reports a quiescent state
      When Ben exits
      Then Ada finds goal g reached

    @QSBR-05.7 @sees:scanned
    Example: Made but not yet started
      Given Ben has detached
      And Ada makes a thread state for Cleo
      When Ada advances to goal g
      And Ada reports a quiescent state
      Then Ada finds goal g reached

    @QSBR-05.8 @sees:scanned
    Example: All but the one that asks
      Given Ada advances to goal g
      When Ada detaches
      Then Ben finds goal g not reached
      When Ben reports a quiescent state
      Then Ben finds goal g reached

  @QSBR-05
  Rule: A thread that attaches later delays later goals only

    @QSBR-05.9 @sees:scanned
    Example: The newcomer never reports
      Given Ada advances to goal g
      And Ada and Ben report quiescent states
      When Cleo enters the interpreter
      Then Ada finds goal g reached

    @QSBR-05.10 @sees:scanned
    Example: The newcomer comes between two goals
      Given Ada advances to goal early
      And Cleo enters the interpreter
      And Ada advances to goal late
      When Ada and Ben report quiescent states
      Then Ada finds goal early reached
      And Ada finds goal late not reached

    @QSBR-05.11 @sees:scanned
    Example: A thread that comes back is a newcomer
      Given Ben has detached
      And Ada advances to goal early
      And Ben attaches
      And Ada advances to goal late
      When Ada reports a quiescent state
      Then Ada finds goal early reached
      And Ada finds goal late not reached
