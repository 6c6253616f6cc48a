Feature: Slots after a fork
  A fork copies the table with the rest of the memory, but of the threads that report into it only
  one goes on. Nobody gives the slots of the others back, and whatever they last said would be
  there for ever. The fork has brought them all to rest, so none of their slots says anything; the
  survivor only has to give the slots back. The clock goes on from where it was, on both sides.

  Background:
    Given Ada, Ben and Cleo are attached
    And Ben and Cleo have detached

  @QSBR-08
  Rule: In the child of a fork only the survivor has a slot
    A slot of a thread that does not exist would never be given back, and the child would run
    out of them.

    @QSBR-08.23
    Example: The slots of detached threads are free in the child, and in use in the parent
      When Ada forks, and Dan is her copy in the child
      Then 1 slot is in use, as Dan sees it
      And 3 slots are in use, as Ada sees it

    @QSBR-08.24
    Example: The slot of a thread that was never started is free in the child
      Given Ada makes a thread state for Eve
      When Ada forks, and Dan is her copy in the child
      Then 1 slot is in use, as Dan sees it
      And 4 slots are in use, as Ada sees it

    @QSBR-08.25 @sees:scanned
    Example: Nobody but the survivor holds a goal back
      Given Ada advances to goal g
      When Ada forks, and Dan is her copy in the child
      And Dan reports a quiescent state
      Then Dan finds goal g reached

    @QSBR-08.26 @sees:advanced
    Example: The clocks of parent and child part
      Given Ada advances to goal before
      And Ada forks, and Dan is her copy in the child
      When Dan advances to goal g
      Then goal g is one advance after goal before
      And the write sequence is goal g, as Dan sees it
      And the write sequence is goal before, as Ada sees it
