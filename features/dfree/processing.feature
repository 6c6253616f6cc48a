Feature: When delayed frees are looked at
  Looking at the queue costs a scan of all threads, so a thread does not look each time it retires
  something, nor at each safe point. It looks when a chunk of the queue is full: one scan for many
  blocks. A thread that retires little may never fill a chunk; for that there is the collector,
  which looks at everybody's queue, in a pause in which every goal can be reached. In between,
  memory waits although it could be free. That is the price, and it is bounded by a chunk for
  each thread.

  Background:
    Given Ada and Ben are attached
    And Ben has detached
    And Ada has just completed a round of deferred advances

  @DFREE-03
  Rule: A round of retired blocks shares one advance
    An advance asks all threads to report anew. One for each block would cost more than the
    memory is worth.

    @DFREE-03.1 @sees:retired
    Example: A round that lacks one block has not advanced, and nothing is freed
      When Ada retires one block short of a round
      And Ada reports a quiescent state and processes the delayed frees
      Then none of the retired blocks is freed

    @DFREE-03.2 @sees:retired @sees:advanced
    Example: A round that is complete waits for reports
      When Ada retires a round of blocks
      And Ada processes the delayed frees
      Then none of the retired blocks is freed

    @DFREE-03.3 @sees:retired @sees:freed
    Example: A round that is complete is freed when everybody has reported
      Given Ada retires a round of blocks
      When Ada reports a quiescent state and processes the delayed frees
      Then every retired block was freed once
      And Ada has 1 chunk

  @DFREE-03
  Rule: Nothing is freed before somebody looks
    Looking means a scan of all threads. A thread that retires a block is in the midst of other
    work, and does not stop for that. Whether it looks when it stops anyway, to serve a request at
    a safe point, is left to the implementation, which says so.

    @DFREE-03.4 @sees:retired
    Example: A round that is complete is freed at a safe point only where safe points look
      Given Ada retires a round of blocks
      And Ada sets her own merge request
      When Ada reaches a safe point
      Then a round of blocks is freed if safe points look, and none otherwise

    @DFREE-03.15 @sees:retired
    Example: Retiring another block does not look while the chunk has room
      Given Ada retires a round of blocks
      And Ada reports a quiescent state
      When Ada retires a block
      Then none of the retired blocks is freed

    @DFREE-03.5 @sees:retired
    Example: A chunk that lacks one block is looked at only where safe points look
      Given Ada retires one block short of a full chunk
      And Ada sets her own merge request
      When Ada reaches a safe point
      Then the blocks of all completed rounds of a full chunk are freed if safe points look, and none otherwise

  @DFREE-03
  Rule: A full chunk is looked at at once
    Here the thread has to ask for more memory anyway, and may get some back instead.

    @DFREE-03.6 @sees:retired @sees:freed
    Example: The block that fills the chunk makes all completed rounds free
      Given Ada retires one block short of a full chunk
      And Ada reports a quiescent state
      When Ada retires a block
      Then the blocks of all completed rounds of a full chunk are freed

    @DFREE-03.7 @sees:scanned
    Example: A full chunk in which nothing is ready is followed by another
      Given Ada retires a full chunk of blocks
      And none of the retired blocks is freed
      When Ada retires a block
      Then Ada has one block more than a full chunk pending
      And Ada has 2 chunks

    @DFREE-03.8 @sees:freed @sees:chunk-freed
    Example: A second chunk that is full is looked at, and the first is given back
      Given Ada retires one block short of two full chunks
      And Ada reports a quiescent state
      When Ada retires a block
      Then the blocks of all completed rounds of two full chunks are freed
      And Ada has 1 chunk
