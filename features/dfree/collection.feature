Feature: What a collection does for delayed frees
  The collector stops the world anyway. Then every other thread is at rest and holds nothing, so
  one advance and one report of the collecting thread reach every goal. It takes over all queues
  and frees everything in them: what a thread retired long ago, what nobody advanced to, and what
  exited threads left behind.

  Background:
    Given Ada and Ben are attached

  @DFREE-03
  Rule: A collection frees everything that waits in its interpreter
    A thread that retires little may never fill a chunk, and nobody else looks into its queue.
    Without the collector its blocks would wait as long as it lives.

    @DFREE-03.9 @sees:retired @sees:freed @sees:advanced
    Example: A block is freed although nobody had advanced to its goal
      Given Ben has detached
      And Ada has block b
      And Ada retires block b
      When Ada runs the collector
      Then block b is freed
      And Ada has nothing pending

    @DFREE-03.10 @sees:retired @sees:suspended
    Example: A block is freed although the thread that retired it goes on running
      Given Ben has block b
      And Ben retires block b
      When Ada begins to run the collector
      And Ben reaches a safe point
      Then block b is freed by Ada
      And Ben has nothing pending

    @DFREE-03.11 @sees:retired @sees:freed
    Example: A block is freed although the thread that retired it sleeps
      Given Ben has block b
      And Ben retires block b
      And Ben has detached
      When Ada runs the collector
      Then block b is freed by Ada

    @DFREE-03.12 @sees:retired @sees:freed
    Example: Chunks of several threads are freed
      Given Ada retires one block more than a full chunk
      And Ben retires one block more than a full chunk
      And Ben has detached
      When Ada runs the collector
      Then every retired block was freed once

    @DFREE-03.13 @sees:retired @sees:freed
    Example: A thread that was made and never started has nothing to free
      Given Ben has detached
      And Ada makes a thread state for Cleo
      And Ada retires a block
      When Ada runs the collector
      Then every retired block was freed once
      And Cleo has nothing pending

    @DFREE-03.14 @sees:retired @sees:freed
    Example: What waits in another interpreter goes on waiting
      Given Cleo is attached in another interpreter
      And Cleo has retired block c
      And Ben has detached
      When Ada retires a block
      And Ada runs the collector
      Then block c waits
      And Cleo has 1 block pending
