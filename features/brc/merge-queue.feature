Feature: The merge queue
  A thread that wants an owner to merge an object has to reach the owner, but must not interrupt
  it. So it puts the object into the owner's queue and leaves a request, and the owner empties its
  queue at its next safe point. Until then the queue holds the reference that was to be dropped,
  so nobody else frees the object meanwhile.

  Two rules keep this sound. An object goes into a queue once in its life: the state queued never
  moves back, so nobody puts it there a second time. And the owner takes its request back before
  it looks into the queue: what comes later leaves a new request, and is not forgotten.

  Background:
    Given Ada, Ben and Cleo are attached

  @BRC-06
  Rule: The object goes into its owner's queue, with a request

    @BRC-06.1 @sees:queued
    Example: Two owners are each asked for their own
      Given Ada owns object "x" with one reference
      And Ben owns object "y" with one reference
      When Cleo drops a reference to object "x"
      And Cleo drops a reference to object "y"
      Then object "x" is queued for Ada, still alive
      And object "y" is queued for Ben, still alive

    @BRC-06.2 @sees:queued
    Example: The owner finds as many objects as were queued
      Given Ada owns object "x" with one reference
      And Ada owns object "y" with one reference
      When Ben drops a reference to object "x"
      And Cleo drops a reference to object "y"
      Then Ada is asked to merge 2 objects

    @BRC-06.3 @sees:registered @sees:queued
    Example: A thread that another one started is asked itself, not the one who started it
      Given Ada makes a thread state for Dan
      And Dan binds his thread state
      And Dan attaches
      And Dan owns an object with one reference
      When Ada drops a reference
      Then the object is queued for Dan, still alive
      And Ada is not asked to merge

  @BRC-06
  Rule: The owner serves the request at its next safe point, not before

    @BRC-06.4 @sees:queued @sees:drained
    Example: The owner goes on counting until then
      Given Ada owns an object with one reference
      And Ben drops a reference
      When Ada takes a reference
      And Ada drops a reference
      Then the object is queued for Ada, still alive
      When Ada reaches a safe point
      Then the object is freed once, by Ada
      And Ada is not asked to merge

    @BRC-06.5 @sees:queued @sees:drained
    Example: An owner that is away serves it when it is back
      Given Ada owns an object with one reference
      And Ada has detached
      And Ben drops a reference
      When Ada attaches
      Then the object is queued for Ada, still alive
      When Ada reaches a safe point
      Then the object is freed once, by Ada

    @BRC-06.6 @sees:queued @sees:served
    Example: A handler that fails leaves the request for the next safe point
      Given Ada owns an object with one reference
      And Ada handles the signals request by failing
      And Ada sets her own signals request
      And Ben drops a reference
      When Ada reaches a safe point
      Then Ada is asked to merge 1 object
      When Ada handles the signals request by doing nothing
      And Ada reaches a safe point
      Then the object is freed once, by Ada

    @BRC-06.7 @sees:queued @sees:finalized @sees:resumed
    Example: What is queued while the owner empties its queue is not forgotten
      Given Ada owns object "x" with one reference
      And Ada owns an object whose finalizer waits to be told to go on
      And Ben drops a reference
      And Ada reaches a safe point
      When Ben drops a reference to object "x"
      And Ben tells the finalizer to go on
      Then the object is freed once, by Ada
      And Ada is asked to merge 1 object

    @BRC-06.8 @sees:queued
    Example: Of two thread states on one thread, the one that joined the table first serves it
      Given Ada owns an object with one reference
      And Ada has detached
      And Ada enters the interpreter
      And Ben drops a reference
      When Ada exits
      Then the object is queued for Ada, still alive
      When Ada attaches
      And Ada reaches a safe point
      Then the object is freed once, by Ada

  @BRC-06
  Rule: An object is queued at most once

    @BRC-06.9 @sees:queued
    Example: Two threads drop references that the owner counted
      Given Ada owns an object with three references
      When Ben drops a reference
      And Cleo drops a reference
      Then the object was queued once
      And Ada is asked to merge 1 object

    @BRC-06.10 @sees:queued
    Example: The shared count comes back to zero again and again
      Given Ada owns an object with three references
      And Ben drops a reference
      When Ben takes a reference
      And Ben drops two references
      And Cleo takes two references
      And Cleo drops two references
      Then the object was queued once

  @BRC-06
  Rule: One safe point empties the whole queue, each object once

    @BRC-06.11 @sees:queued @sees:drained @sees:freed
    Example: One object more than a chunk of the queue holds
      Given Ada owns one object more than a chunk of the merge queue holds
      And Ben drops a reference to each of the objects of a chunk and to the one more
      When Ada reaches a safe point
      Then all of them are freed, the last queued first
      And Ada is not asked to merge

    @BRC-06.12 @sees:queued @sees:finalized @sees:freed
    Example: A finalizer reaches a safe point itself
      Given Ada owns object "x" with one reference
      And Ada owns an object whose finalizer reaches a safe point
      And Ben drops a reference to object "x"
      And Ben drops a reference
      When Ada reaches a safe point
      Then the object is freed once, by Ada
      And object "x" is freed once, by Ada
