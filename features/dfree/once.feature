Feature: Every block is freed once
  Freed twice, memory is handed to two owners; never freed, it is lost. A block that waits may be
  looked at by its own thread, by the collector, by whoever inherits it: exactly one of them frees
  it.

  Background:
    Given Ada and Ben are attached
    And Ada has just completed a round of deferred advances

  @DFREE-07
  Rule: Every block is freed exactly once
    A block is looked at by its own thread, by the collector and by heirs, one after the other
    or at once. Whoever frees it has taken it out of the queue.

    @DFREE-07.1 @sees:freed
    Example: A queue that is processed again and again frees each block once
      Given Ben has detached
      And Ada retires three rounds of blocks
      When Ada reports a quiescent state and processes the delayed frees
      And Ada reports a quiescent state and processes the delayed frees
      And Ada runs the collector
      And Ada runs the collector
      Then every retired block was freed once

    @DFREE-07.2 @sees:abandoned @sees:freed
    Example: A queue that was partly freed before it was inherited is emptied, each block once
      Given Ben retires a round of blocks
      And Ada and Ben report quiescent states
      And Ben processes the delayed frees
      And Ben retires one block short of a round
      And Ben exits
      When Ada runs the collector
      Then every retired block was freed once

    @DFREE-07.61 @sees:abandoned @sees:freed
    Example: A queue that is half freed when its thread exits is freed from there on
      Given Ben retires a round of blocks
      And Ben retires a block
      And Ada and Ben report quiescent states
      And Ben processes the delayed frees
      And Ben exits
      When Ada runs the collector
      Then every retired block was freed once

    @DFREE-07.3 @sees:abandoned @sees:freed
    Example: An inherited queue at which two look one after the other is freed once
      Given Cleo is attached
      And Ben retires a round of blocks
      And Ben exits
      When Ada advances
      And Ada and Cleo report quiescent states
      And Ada and Cleo process the delayed frees, one after the other
      Then every retired block was freed once

    @DFREE-07.60 @sees:abandoned @sees:freed
    Example: An inherited queue at which two look one after the other is empty then
      Given Cleo is attached
      And Ben retires a round of blocks
      And Ben exits
      When Ada advances
      And Ada and Cleo report quiescent states
      And Ada and Cleo process the delayed frees, one after the other
      Then the interpreter has inherited nothing

    @DFREE-07.4 @sees:freed
    Example: Two threads that retire at the same time free each block once
      Given Ben retires three rounds of blocks
      And Ada retires three rounds of blocks
      And Ben detaches
      When Ada reports a quiescent state and processes the delayed frees
      And Ada runs the collector
      Then every retired block was freed once
