Feature: Memory that readers still hold
  A thread that reads without a lock may hold a pointer to memory that another thread has just
  taken out of the shared structure. Freed at once, that memory would be handed out again and
  changed under the reader. Delayed free keeps it as it is until every thread that could have
  found it has passed a quiescent state. The one who retires the memory neither waits for that
  nor has to know who reads.

  Background:
    Given Ada, Ben and Cleo are attached
    And Cleo has detached
    And Ada publishes block b
    And Ben finds block b

  @DFREE-01
  Rule: A retired block stays as it is until every thread that was attached meanwhile has let go
    Any of them may have found the block before it was unlinked, and none has left a trace of
    it.

    @DFREE-01.1 @sees:retired
    Example: The block stays while its reader has not reported
      When Ada unlinks and retires block b
      And Ada advances
      And Ada reports a quiescent state and processes the delayed frees
      Then block b waits
      And Ben still reads block b as it was

    @DFREE-01.2 @sees:retired @sees:freed
    Example: The block is freed when its reader has passed a safe point
      Given Ada unlinks and retires block b
      And Ada advances
      When Ben reaches a safe point
      And Ada reports a quiescent state and processes the delayed frees
      Then block b is freed

    @DFREE-01.3 @sees:retired @sees:freed
    Example: The block is freed when its reader has detached
      Given Ada unlinks and retires block b
      And Ada advances
      When Ben detaches
      And Ada reports a quiescent state and processes the delayed frees
      Then block b is freed

    @DFREE-01.4 @sees:retired
    Example: The block stays while the thread that retired it has not reported
      Given Ada unlinks and retires block b
      And Ada advances
      When Ben reports a quiescent state
      And Ada processes the delayed frees
      Then block b waits

    @DFREE-01.5 @sees:retired
    Example: The block stays while one of two readers has not reported
      Given Cleo attaches
      And Cleo finds block b
      And Ada unlinks and retires block b
      And Ada advances
      When Ben reports a quiescent state
      And Ada reports a quiescent state and processes the delayed frees
      Then block b waits

    @DFREE-01.6 @sees:retired @sees:freed
    Example: A thread that attaches after the advance holds nothing back
      Given Ada unlinks and retires block b
      And Ada advances
      When Cleo attaches
      And Ben reports a quiescent state
      And Ada reports a quiescent state and processes the delayed frees
      Then block b is freed

    @DFREE-01.7 @sees:retired
    Example: The block stays while nobody has advanced
      Given Ada has just completed a round of deferred advances
      When Ada unlinks and retires block b
      And Ben reports a quiescent state
      And Ada reports a quiescent state and processes the delayed frees
      Then block b waits

    @DFREE-01.8 @sees:stopping @sees:freed
    Example: The collector waits until the reader has come to rest
      Given Ada unlinks and retires block b
      When Ada begins to run the collector
      Then Ada waits
      And Ben still reads block b as it was
      When Ben reaches a safe point
      Then Ada goes on
      And block b is freed
