Feature: The slots of the threads
  A poll must be able to look at every thread's read sequence without taking a lock, so the
  sequences stand in one table, a slot for each thread. A thread gets its slot when its thread
  state is made and gives it back when the thread state is gone. What a slot may never do is
  outlive its thread: a slot that nobody reports from any more, but that still says something,
  would hold back every goal for ever.

  Background:
    Given Ada is attached

  @QSBR-08
  Rule: Every thread state has a slot of its own
    A thread reports with a plain store. Two threads in one slot would each overwrite what the
    other has said.

    @QSBR-08.1
    Example: Attached, detached and not yet started threads each have a slot
      Given Ben and Cleo are attached
      And Cleo has detached
      When Ada makes a thread state for Dan
      Then no two threads share a slot
      And 4 slots are in use

    @QSBR-08.2
    Example: A new table gives away its last slot first
      When Ben enters the interpreter
      And Cleo enters the interpreter
      Then Ada has the last slot of the table
      And Ben has the slot before Ada's
      And Cleo has the slot before Ben's

    @QSBR-08.3
    Example: Another interpreter has a table of its own
      When Cleo and Dan are attached in another interpreter
      Then 1 slot is in use

    @QSBR-08.14
    Example: A thread of another interpreter does not make a full table grow
      Given Cleo is attached in another interpreter
      And Ada has made thread states for:
        | Ben | Dan | Eve | Finn | Gus | Hal | Jon |
      When Ida enters the other interpreter
      Then no slot is free
      And the table has its first size

    @QSBR-08.27 @sees:scanned
    Example: A poll sees the thread that got the last free slot too
      Given Ada has made thread states for:
        | Ben | Cleo | Dan | Eve | Finn | Gus | Hal |
      And Hal binds his thread state
      And Hal attaches
      When Ada advances to goal g
      And Ada reports a quiescent state
      Then no slot is free
      And Ada finds goal g not reached

  @QSBR-08
  Rule: A slot that is given back is used again, the last one first
    Otherwise a program that starts and ends threads would need an ever larger table, and every
    poll walks all of it.

    @QSBR-08.4
    Example: Two threads that come get the slots of two that went, the last one first
      Given Ben, Cleo and Dan are attached
      When Ben exits and leaves a slot
      And Cleo exits and leaves a slot
      And Eve enters the interpreter
      And Finn enters the interpreter
      Then Eve has the slot that Cleo left
      And Finn has the slot that Ben left

    @QSBR-08.5 @sees:scanned
    Example: A newcomer is not taken for the thread that had its slot
      Given Ben is attached
      And Ada advances to goal g
      And Ben exits and leaves a slot
      When Cleo enters the interpreter
      And Ada reports a quiescent state
      Then Cleo has the slot that Ben left
      And Ada finds goal g reached

    @QSBR-08.6 @sees:scanned
    Example: A slot that was left holds nothing back
      Given Ben is attached
      And Ben exits and leaves a slot
      When Ada advances to goal g
      And Ada reports a quiescent state
      Then Ada finds goal g reached
      And 1 slot is in use

    @QSBR-08.7 @sees:advanced
    Example: A slot keeps its place in the round of deferred advances
      Given Ben is attached
      And Ben has just completed a round of deferred advances
      And Ben makes all deferred advances of a round but the last
      And Ben exits and leaves a slot
      When Cleo enters the interpreter
      Then Cleo has the slot that Ben left
      And Cleo's round is one call short

  @QSBR-08
  Rule: No slot is lost with a thread state that comes to nothing
    The slot is given with the record, before it is known whether the thread will ever run.

    @QSBR-08.8
    Example: The slot of a thread that was never started is free again
      Given Ada makes a thread state for Ben
      When Ada discards the thread state of Ben
      Then 1 slot is in use

    @QSBR-08.9
    Example: The slot of a thread state for which memory runs out half-way is free again
      When Ada makes a thread state for Ben, with memory for one allocation more at each attempt
      Then every attempt that failed left the free slots as they were
      And 2 slots are in use

  @QSBR-08
  Rule: A table that is not needed any more is given back
    Polls walk the table without a lock, so it can only go when nobody can be walking it.

    @QSBR-08.22
    Example: The table goes when its interpreter has ended
      Given the blocks of both allocators are counted
      When Cleo is attached in another interpreter
      And Cleo ends the interpreter
      Then the allocator for memory has as many blocks as counted
      And 1 slot is in use

    @QSBR-08.28 @sees:grown
    Example: The table goes when a larger one has taken its place
      Given Ada has made thread states for:
        | Ben | Cleo | Dan | Eve | Finn | Gus | Hal |
      And the blocks of both allocators are counted
      When Ada makes a thread state for Ida
      And Ada discards the thread state of Ida
      Then the table has twice its first size
      And the allocator for memory has as many blocks as counted
