Feature: What an exiting thread leaves behind
  A thread may end while memory that it retired still waits for readers. Freeing it then would
  break the promise, and keeping the thread would be absurd. So the queue goes to the
  interpreter, as it is, with its goals: a goal belongs to the interpreter's clock, not to the
  thread that asked for it. Whoever processes delayed frees next looks after the orphans too.

  Background:
    Given Ada and Ben are attached
    And Ben has just completed a round of deferred advances

  @DFREE-05
  Rule: The queue of an exiting thread goes to its interpreter, and nothing in it is lost
    The memory belongs to the interpreter, whichever thread retired it, and outlives the thread
    as the readers do.

    @DFREE-05.1 @sees:abandoned
    Example: A few blocks that wait are inherited in one chunk
      Given Ben has retired blocks one and two
      When Ben exits
      Then the interpreter has inherited 2 blocks in 1 chunk
      And blocks one and two wait

    @DFREE-05.2 @sees:abandoned @sees:chunk-opened
    Example: More blocks than a chunk holds are inherited
      Given Ben retires one block more than a full chunk
      When Ben exits
      Then the interpreter has inherited one block more than a full chunk
      And none of the retired blocks is freed

    @DFREE-05.3 @sees:abandoned
    Example: What two threads leave is inherited from both
      Given Ben has retired block one
      And Ada has retired block two
      And Cleo is attached
      When Ben exits
      And Ada exits
      Then the interpreter has inherited 2 blocks in 2 chunks

    @DFREE-05.4 @sees:chunk-freed
    Example: An empty chunk is given back, not inherited
      Given Ada has detached
      And Ben retires a round of blocks
      And Ben reports a quiescent state and processes the delayed frees
      And every retired block was freed once
      When Ben exits
      Then the interpreter has inherited nothing
      And all chunks were given back

    @DFREE-05.5
    Example: A thread that never retired anything leaves nothing
      When Ben exits
      Then the interpreter has inherited nothing

    @DFREE-05.6 @sees:finalized @sees:retired @sees:abandoned
    Example: What a finalizer retires during the exit is inherited
      Given Ben owns an object whose finalizer retires block b
      When Ada drops a reference to the object
      And Ben exits
      Then the interpreter has inherited 1 block in 1 chunk
      And block b waits

  @DFREE-05
  Rule: Inherited blocks keep their goals
    The readers they wait for are the same as before. A new goal would make them wait for others
    too; without one they would be freed under their readers.

    @DFREE-05.7 @sees:abandoned @sees:scanned
    Example: An inherited block waits for a reader that has not let go
      Given Ben has retired block b
      And Cleo is attached
      And Ben exits
      When Ada advances
      And Ada reports a quiescent state and processes the delayed frees
      Then block b waits

    @DFREE-05.60 @sees:abandoned @sees:scanned @sees:freed
    Example: An inherited block is freed once the reader has let go
      Given Ben has retired block b
      And Cleo is attached
      And Ben exits
      When Ada advances
      And Ada and Cleo report quiescent states
      And Ada processes the delayed frees
      Then block b is freed by Ada

    @DFREE-05.8 @sees:abandoned
    Example: A goal that nobody has advanced to yet is inherited too
      Given Ben makes a deferred advance to goal g
      And Ben has retired block b
      When Ben exits
      Then block b waits for goal g

  @DFREE-05
  Rule: Whoever looks at delayed frees next takes care of what was left
    No thread is named as the heir, because that one might exit as well.

    @DFREE-05.9 @sees:abandoned @sees:freed
    Example: A thread whose own chunk is full frees what was left
      Given Ben has retired block b
      And Ben exits
      And Ada retires one block short of a full chunk
      And Ada reports a quiescent state
      When Ada retires a block
      Then block b is freed by Ada
      And the interpreter has inherited nothing

    @DFREE-05.10 @sees:abandoned @sees:freed
    Example: The collector frees what was left
      Given Ben has retired block b
      And Ben exits
      When Ada runs the collector
      Then block b is freed by Ada
      And the interpreter has inherited nothing

    @DFREE-05.11 @sees:abandoned @sees:freed
    Example: A thread that came after the exit frees what was left
      Given Ben has retired block b
      And Ben exits
      And Cleo is attached
      And Ada exits
      When Cleo runs the collector
      Then block b is freed by Cleo
