Feature: Delayed frees after a fork
  In the child of a fork the threads that retired memory are gone, and with them anybody who would
  look at their queues. The survivor does for them what they would have done on their way out: it
  leaves their queues to the interpreter. Memory that waits was copied, so it is freed on both
  sides, once on each.

  Background:
    Given Ada and Ben are attached

  @DFREE-05
  Rule: In the child of a fork, the queues of the threads that are gone belong to the interpreter
    Nobody in the child owns those queues any more, and what waits in them has readers that are
    gone as well. It only has to be found.

    @DFREE-05.12 @sees:retired @sees:abandoned
    Example: The parent's threads keep their queues
      Given Ben has retired block b
      And Ben has detached
      When Ada forks, and Dan is her copy in the child
      Then the interpreter has inherited 1 block in 1 chunk, as Dan sees it
      And the interpreter has inherited nothing
      And Ben has 1 block pending

    @DFREE-05.13 @sees:retired @sees:abandoned
    Example: In the child a block waits for the goal that it had
      Given Ben has retired block b
      And Ben has detached
      And Ada forks, and Dan is her copy in the child
      When Dan reports a quiescent state and processes the delayed frees
      Then the interpreter has inherited 1 block in 1 chunk, as Dan sees it

    @DFREE-05.61 @sees:retired @sees:abandoned @sees:freed
    Example: In the child a block is freed when the goal that it had is reached
      Given Ben has retired block b
      And Ben has detached
      And Ada forks, and Dan is her copy in the child
      When Dan advances
      And Dan reports a quiescent state and processes the delayed frees
      Then block b is freed in the child, by Dan

    @DFREE-05.14 @sees:retired @sees:freed
    Example: What the survivor itself retired is freed in the child
      Given Ben has detached
      And Ada has retired block b
      And Ada forks, and Dan is her copy in the child
      When Dan runs the collector
      Then block b is freed in the child, by Dan
      And Ada has 1 block pending

    @DFREE-05.62 @sees:retired @sees:freed
    Example: What the survivor has freed in the child is still to be freed in the parent
      Given Ben has detached
      And Ada has retired block b
      And Ada forks, and Dan is her copy in the child
      And Dan runs the collector
      When Ada runs the collector
      Then block b is freed in the parent, by Ada

    @DFREE-05.15 @sees:retired @sees:freed
    Example: Another interpreter ends in the child, and frees what waited there
      Given Ben has detached
      And Cleo is attached in another interpreter
      And Cleo has retired block c
      And Cleo has detached
      When Ada forks, and Dan is her copy in the child
      Then block c is freed in the child, by Dan
      And Cleo has 1 block pending
