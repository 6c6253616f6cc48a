Feature: Threads that take no part
  A detached thread holds no pointer to anything shared: it gave up all of them before it
  detached, and reads them anew once it attaches. If goals waited for detached threads, one thread
  asleep in a system call would stop all memory from coming back. So a detached thread counts as
  having reported everything, and a thread that attaches begins with what it finds then.

  Background:
    Given Ada and Ben are attached

  @QSBR-05
  Rule: A detached thread delays no goal
    It gave up its pointers before it detached. If it had to report as well, a thread asleep in
    a system call would keep all memory from coming back.

    @QSBR-05.1 @sees:scanned
    Example: A thread that detached before the advance delays nothing
      Given Ben has detached
      When Ada advances to goal g
      And Ada reports a quiescent state
      Then Ada finds goal g reached

    @QSBR-05.2 @sees:scanned
    Example: A thread that detaches after the advance, without a report, delays nothing any more
      Given Ada advances to goal g
      And Ada reports a quiescent state
      And Ada finds goal g not reached
      When Ben detaches
      Then Ada finds goal g reached

    @QSBR-05.3 @sees:scanned
    Example: A thread that detached and attached again after the advance delays nothing
      Given Ada advances to goal g
      And Ada reports a quiescent state
      When Ben detaches
      And Ben attaches
      Then Ada finds goal g reached

    @QSBR-05.4 @sees:parked @sees:scanned
    Example: A thread that is blocked on a mutex delays nothing
      Given Ada holds mutex m
      And Ada advances to goal g
      When Ben waits for mutex m
      And Ada reports a quiescent state
      Then Ada finds goal g reached

    @QSBR-05.5 @sees:suspended @sees:scanned
    Example: A thread that is suspended by a pause delays nothing
      Given Ada stops the world
      And Ben reaches a safe point
      When Ada advances to goal g
      And Ada reports a quiescent state
      Then Ada finds goal g reached
      When Ada starts the world
      Then Ben goes on

    @QSBR-05.6 @sees:scanned
    Example: A thread that has exited delays nothing
      Given Ada advances to goal g
      And Ada reports a quiescent state
      When Ben exits
      Then Ada finds goal g reached

    @QSBR-05.7 @sees:scanned
    Example: A thread that was made but not yet started delays nothing
      Given Ben has detached
      And Ada makes a thread state for Cleo
      When Ada advances to goal g
      And Ada reports a quiescent state
      Then Ada finds goal g reached

    @QSBR-05.8 @sees:scanned
    Example: A thread that asks, alone among detached ones, still waits for itself
      Given Ada advances to goal g
      When Ada detaches
      Then Ben finds goal g not reached
      When Ben reports a quiescent state
      Then Ben finds goal g reached

  @QSBR-05
  Rule: A thread that attaches later delays later goals only
    It cannot find what was unlinked before it came, so it has nothing to do with goals from
    before that.

    @QSBR-05.9 @sees:scanned
    Example: A newcomer that never reports does not delay the goal before it
      Given Ada advances to goal g
      And Ada and Ben report quiescent states
      When Cleo enters the interpreter
      Then Ada finds goal g reached

    @QSBR-05.10 @sees:scanned
    Example: A newcomer between two goals delays the second only
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
