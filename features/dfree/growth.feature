Feature: Queues that grow
  A block waits for threads to report, so a thread that never does keeps everybody's memory, however
  little it has to do with it. Nothing can be done about that from outside. But it can be seen, and
  it ends as soon as the thread reports or detaches.

  Background:
    Given Ada and Ben are attached
    And Ada has just completed a round of deferred advances

  @DFREE-07
  Rule: A thread that never reports makes the queues of all others grow, and the growth shows
    Memory that a thread may still hold cannot be freed, and nobody can make the thread report.
    What can be done is to let the program see who pays, and how much.

    @DFREE-07.5 @sees:chunk-opened @sees:scanned
    Example: The queue grows by chunk after chunk
      When Ada retires two full chunks of blocks
      And Ada reports a quiescent state and processes the delayed frees
      Then Ada has two full chunks of blocks pending
      And Ada has 2 chunks
      And none of the retired blocks is freed

    @DFREE-07.6 @sees:chunk-opened @sees:chunk-freed
    Example: Once the thread reports, the queues shrink
      Given Ada retires two full chunks of blocks
      And Ben reports a quiescent state
      When Ada reports a quiescent state and processes the delayed frees
      Then Ada has less than a round of blocks pending
      And Ada has 1 chunk

    @DFREE-07.7 @sees:chunk-opened @sees:chunk-freed
    Example: A thread that has detached lets the queue shrink by itself
      Given Ben has detached
      When Ada retires three full chunks of blocks, reporting a quiescent state after each round
      Then Ada has less than a full chunk of blocks pending
      And Ada has 1 chunk
