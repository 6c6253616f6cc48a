Feature: How a thread state is born
  A thread is usually started by another one, so its record is made by that other and handed
  over. Whatever depends on who runs, above all the table by which others find a thread's merge
  queue, waits until the new thread itself is there: registered a moment too early, the newcomer
  would be found under the name of its maker. Whatever may fail comes first, so that a birth that
  fails leaves nothing.

  Background:
    Given Ada is attached

  @THREAD-06
  Rule: The slot comes with the record, the merge queue with the binding, the read sequence with attaching
    Each part is given as late as it may be and as early as others may ask for it. What needs
    memory comes with the record; what depends on the thread that runs waits for that thread.

    @THREAD-06.1 @sees:registered
    Example: The slot comes with the record, the place in the table with the binding
      When Ada makes a thread state for Ben
      Then Ben has a slot, and is neither bound nor registered
      When Ben binds his thread state
      Then Ben has a slot, and is bound and registered
      And Ben has no read sequence

    @THREAD-06.60 @sees:registered
    Example: The read sequence comes with attaching, and is that of the moment
      Given Ada makes a thread state for Ben
      And Ben binds his thread state
      When Ada advances to goal g
      And Ben attaches
      Then Ben's read sequence is goal g

    @THREAD-06.2 @sees:registered @sees:queued
    Example: A newcomer is found under its own name, not its maker's
      Given Ben runs on a thread state that Ada made
      And Ben owns an object with one reference
      When Ada drops a reference
      Then the object is queued for Ben, still alive
      When Ben reaches a safe point
      Then the object is freed once, by Ben

    @THREAD-06.3
    Example: Every thread state has a slot of its own
      Given Ben is attached
      When Ada makes a thread state for Cleo
      Then no two threads share a slot

    @THREAD-06.4 @sees:stopped
    Example: A birth that needs a pause of its own is refused within a pause
      The table of slots is replaced by a larger one while the world is stopped.

      Given Ada has made thread states for:
        | Ben | Cleo | Dan | Eve | Finn | Gus | Hal |
      And no slot is free
      And Ada stops the world
      When Ada makes a thread state for Ida
      Then that is refused as misuse
      And Ida has no thread state
      And the world is stopped by Ada

  @THREAD-06
  Rule: A birth that does not lead to a life leaves nothing
    The system may refuse to start a thread, or have no memory for it. Its maker then carries
    on, and may try again, so nothing of the attempt may stay in any table.

    @THREAD-06.5
    Example: A thread state that was never started is discarded without a trace
      Given Ada makes a thread state for Ben
      When Ada discards the thread state of Ben
      Then Ben has no thread state
      And 1 slot is in use
      And nobody left the table of merge queues

    @THREAD-06.6 @sees:refused
    Example: A thread state for which there is no memory leaves nothing behind
      Given there is no more memory for Ada
      When Ada makes a thread state for Ben
      Then that fails for lack of memory
      And Ben has no thread state
      And 1 slot is in use
      And the interpreter lists Ada

    @THREAD-06.7
    Example: A thread that was started is not discarded by another
      Given Ben is attached
      When Ada discards the thread state of Ben
      Then that is refused as misuse
      And Ben is still attached
