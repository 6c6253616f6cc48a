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

    @DFREE-04.1 @sees:retired @sees:freed
    Example: Several rounds are ready
      Given Ben and Cleo have detached
      And Ada retires three rounds of blocks
      When Ada reports a quiescent state and processes the delayed frees
      Then the blocks were freed in the order in which they were retired
      And every retired block was freed once

    @DFREE-04.2 @sees:chunk-opened @sees:freed
    Example: The queue has more than one chunk
      Given Ben and Cleo have detached
      And Ada retires two full chunks of blocks
      When Ada runs the collector
      Then the blocks were freed in the order in which they were retired
      And every retired block was freed once

  @DFREE-04
  Rule: Processing stops at the first block that is not ready

    @DFREE-04.3 @sees:freed
    Example: The first round is ready, the second is not
      Given Ben and Cleo have detached
      And Ada retires a round of blocks
      And Ada reports a quiescent state
      And Ada retires a round of blocks
      When Ada processes the delayed frees
      Then a round of blocks is freed
      And Ada has a round of blocks pending

    @DFREE-04.4 @sees:freed
    Example: It goes on where it stopped
      Given Ben and Cleo have detached
      And Ada retires two rounds of blocks
      And Ada retires a block
      When Ada reports a quiescent state and processes the delayed frees
      Then two rounds of blocks are freed
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

    @DFREE-04.7 @sees:abandoned @sees:freed
    Example: Both are ready
      Given Ben has retired block theirs
      And Ben has exited
      And Cleo has exited
      And Ada has retired block own
      When Ada advances
      And Ada reports a quiescent state and processes the delayed frees
      Then block own was freed before block theirs

    @DFREE-04.8 @sees:abandoned @sees:freed
    Example: The own one is not ready
      Given Ben has retired block theirs
      And Ben has exited
      And Cleo has exited
      And Ada advances
      And Ada has retired block own
      When Ada reports a quiescent state and processes the delayed frees
      Then block theirs is freed
      And block own waits
