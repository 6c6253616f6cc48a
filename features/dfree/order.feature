Feature: The order of delayed frees
  A thread's goals only ever grow, so the block that has waited longest is ready first, and one
  look at the head of the queue says whether there is anything to do. The queue is therefore
  processed from its head, and processing stops at the first block that is not ready. Where
  queues of several threads were joined the goals no longer grow, and a block that is ready may
  stand behind one that is not. It waits: that costs a delay, never a mistake.

  Background:
    Given Ada, Ben and Cleo are attached
    And Ada has just completed a round of deferred advances

  @DFREE-04
  Rule: First in, first out
    The block that has waited longest has the oldest goal, and is the most likely to be ready.
    Any other order would leave it behind.

    @DFREE-04.1 @sees:retired @sees:freed
    Example: Rounds that are ready are freed in the order in which they were retired
      Given Ben and Cleo have detached
      And Ada retires three rounds of blocks
      When Ada reports a quiescent state and processes the delayed frees
      Then the blocks were freed in the order in which they were retired
      And every retired block was freed once

    @DFREE-04.2 @sees:chunk-opened @sees:freed
    Example: A queue of more than one chunk is freed in order
      Given Ben and Cleo have detached
      And Ada retires two full chunks of blocks
      When Ada runs the collector
      Then the blocks were freed in the order in which they were retired
      And every retired block was freed once

  @DFREE-04
  Rule: Processing stops at the first block that is not ready
    Goals grow from the head of a queue to its tail, so behind a block that is not ready there
    is nothing to find. To look anyway would cost the more, the longer the queue is.

    @DFREE-04.3 @sees:freed
    Example: The first round is freed, the second waits
      Given Ben and Cleo have detached
      And Ada retires a round of blocks
      And Ada reports a quiescent state
      And Ada retires a round of blocks
      When Ada processes the delayed frees
      Then a round of blocks is freed
      And Ada has a round of blocks pending

    @DFREE-04.4 @sees:freed
    Example: Processing stops where the rounds are not complete
      Given Ben and Cleo have detached
      And Ada retires two rounds of blocks
      And Ada retires a block
      When Ada reports a quiescent state and processes the delayed frees
      Then two rounds of blocks are freed

    @DFREE-04.60 @sees:freed
    Example: Processing goes on where it stopped
      Given Ben and Cleo have detached
      And Ada retires two rounds of blocks
      And Ada retires a block
      And Ada reports a quiescent state and processes the delayed frees
      When Ada runs the collector
      Then the blocks were freed in the order in which they were retired
      And every retired block was freed once

    @DFREE-04.5 @sees:abandoned @sees:scanned
    Example: A block that is ready waits behind one that is not
      Given Ben has retired block early
      And Ada advances
      And Cleo has retired block late
      When Cleo exits
      And Ben exits
      And Ada reports a quiescent state and processes the delayed frees
      Then blocks late and early wait

    @DFREE-04.6 @sees:abandoned @sees:freed
    Example: Once the first is ready, so is what stands behind it
      Given Ben has retired block early
      And Ada advances
      And Cleo has retired block late
      And Cleo has exited
      And Ben has exited
      When Ada runs the collector
      Then block late was freed before block early

  @DFREE-04
  Rule: A thread looks at its own queue first, then at what exited threads left
    Its own queue needs no lock, and nobody else will look at it. What was left is behind a
    lock, and any thread may take care of it.

    @DFREE-04.7 @sees:abandoned @sees:freed
    Example: Where both are ready, the own block is freed first
      Given Ben has retired block theirs
      And Ben and Cleo have exited
      And Ada has retired block own
      When Ada advances
      And Ada reports a quiescent state and processes the delayed frees
      Then block own was freed before block theirs

    @DFREE-04.8 @sees:abandoned @sees:freed
    Example: Where the own block is not ready, what was left is freed all the same
      Given Ben has retired block theirs
      And Ben and Cleo have exited
      And Ada advances
      And Ada has retired block own
      When Ada reports a quiescent state and processes the delayed frees
      Then block theirs is freed
      And block own waits
