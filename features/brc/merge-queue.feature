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
    The owner alone may add its private count, so whoever wants a merge has to reach that owner,
    and no other, and has to leave word of it.

    @BRC-06.1 @sees:queued
    Example: Two owners are each asked for their own object
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
      Given Dan runs on a thread state that Ada made
      And Dan owns an object with one reference
      When Ada drops a reference
      Then the object is queued for Dan, still alive
      And Ada is not asked to merge

  @BRC-06
  Rule: The owner serves the request at its next safe point, not before
    Between two safe points the owner may be in the midst of counting. At one it is not, and it
    comes to the next soon enough.

    @BRC-06.4 @sees:queued @sees:drained
    Example: The owner goes on counting until its next safe point
      Given Ada owns an object with one reference, queued for her by Ben
      When Ada takes a reference
      And Ada drops a reference
      Then the object is queued for Ada, still alive
      When Ada reaches a safe point
      Then the object is freed once, by Ada
      And Ada is not asked to merge

    @BRC-06.5 @sees:queued @sees:drained
    Example: An owner that is away serves the request when it is back
      Given Ada owns an object with one reference
      And Ada has detached
      And Ben drops a reference
      When Ada attaches
      Then the object is queued for Ada, still alive
      When Ada reaches a safe point
      Then the object is freed once, by Ada

    @BRC-06.6 @sees:queued
    Example: A handler that fails leaves the request for the next safe point
      Given Ada owns an object with one reference, queued for her by Ben
      And Ada handles the signals request by failing
      And Ada sets her own signals request
      When Ada reaches a safe point
      Then Ada is asked to merge 1 object

    @BRC-06.60 @sees:queued @sees:served
    Example: The safe point after one that failed serves the request
      Given Ada owns an object with one reference, queued for her by Ben
      And Ada handles the signals request by failing
      And Ada sets her own signals request
      And Ada reaches a safe point
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
      Then Ada is asked to merge 1 object

    @BRC-06.61 @sees:queued @sees:finalized @sees:resumed @sees:freed
    Example: What the owner was busy with is freed, though more was queued meanwhile
      Given Ada owns object "x" with one reference
      And Ada owns an object whose finalizer waits to be told to go on
      And Ben drops a reference
      And Ada reaches a safe point
      When Ben drops a reference to object "x"
      And Ben tells the finalizer to go on
      Then the object is freed once, by Ada

  @BRC-06
  Rule: Of two thread states on one thread, the one that joined the table first is asked
    An object knows its owner by the thread, not by the thread state, and a thread may have several.
    One of them has to be chosen, and always the same, or an object could be looked for in the
    wrong queue.

    Background:
      Given Ada owns an object with one reference
      And Ada has detached
      And Ada enters the interpreter
      And Ben drops a reference

    @BRC-06.8 @sees:queued
    Example: The second thread state leaves, and the queue of the first is as it was
      When Ada exits
      Then the object is queued for Ada, still alive

    @BRC-06.62 @sees:queued
    Example: The thread serves the request when it is back on its first thread state
      Given Ada exits
      When Ada attaches
      And Ada reaches a safe point
      Then the object is freed once, by Ada

  @BRC-06
  Rule: An object is queued at most once
    The queue holds one reference of the object. If the object stood there twice it would be
    merged twice, and freed while somebody holds it.

    @BRC-06.9 @sees:queued
    Example: Two threads that drop what the owner counted queue the object once
      Given Ada owns an object with three references
      When Ben drops a reference
      And Cleo drops a reference
      Then the object was queued once
      And Ada is asked to merge 1 object

    @BRC-06.10 @sees:queued
    Example: A shared count that comes back to zero again and again queues the object once
      Given Ada owns an object with three references
      And Ben drops a reference
      When Ben takes a reference
      And Ben drops two references
      And Cleo takes two references
      And Cleo drops two references
      Then the object was queued once

  @BRC-06
  Rule: One safe point empties the whole queue, each object once
    The request was taken back before the look, so nobody would ask again for what is left in
    the queue.

    @BRC-06.11 @sees:queued @sees:drained @sees:freed
    Example: An owner empties a queue of more than one chunk at one safe point
      Given Ada owns one object more than a chunk of the merge queue holds
      And Ben drops a reference to each of the objects of a chunk and to the one more
      When Ada reaches a safe point
      Then all of them are freed, the last queued first
      And Ada is not asked to merge

    @BRC-06.12 @sees:queued @sees:finalized @sees:freed
    Example: A finalizer that reaches a safe point itself does not disturb that
      Given Ada owns object "x" with one reference
      And Ada owns an object whose finalizer reaches a safe point
      And Ben drops a reference to object "x"
      And Ben drops a reference
      When Ada reaches a safe point
      Then the object is freed once, by Ada
      And object "x" is freed once, by Ada
