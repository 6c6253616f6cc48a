Feature: Owners that are gone
  An owner that has exited can no longer merge, and what it owned would wait in its queue for ever.
  So an exiting thread first empties its queue, and leaves the table of threads only once it has
  found the queue empty under the lock that guards both. Whoever looks for the owner after that
  does not find it, and merges in its place while still holding that lock: the lock keeps a
  newcomer that is given the same thread id from becoming the owner in between.

  Background:
    Given Ada, Ben and Cleo are attached

  @BRC-07
  Rule: An exiting owner empties its queue before it leaves
    Once it is gone nobody looks into that queue again. And while it empties it, others may
    still find it in the table and queue more.

    @BRC-07.1 @sees:queued @sees:merged @sees:unregistered
    Example: An exiting owner frees what its queue held the last reference to
      Given Ada owns an object with one reference
      And Ben drops a reference
      When Ada exits
      Then the object is freed once, by Ada
      And Ada left the table of threads after that

    @BRC-07.2 @sees:queued @sees:merged @sees:unregistered
    Example: An exiting owner gives up what others still hold
      Given Ada owns an object with three references
      And Ben drops a reference
      When Ada exits
      Then the object is merged, with 2 references and no owner
      When Cleo drops two references
      Then the object is freed once, by Cleo

    @BRC-07.3 @sees:finalized @sees:queued @sees:resumed @sees:unregistered
    Example: What is queued while the exiting owner runs a finalizer is freed too
      Given Ada owns object "x" with one reference
      And Ada owns an object whose finalizer waits to be told to go on
      And Ben drops a reference
      And Ada exits
      When Ben drops a reference to object "x"
      And Ben tells the finalizer to go on
      Then object "x" is freed once, by Ada

    @BRC-07.60 @sees:finalized @sees:queued @sees:resumed @sees:unregistered
    Example: The exiting owner leaves the table only when its queue is empty at last
      Given Ada owns object "x" with one reference
      And Ada owns an object whose finalizer waits to be told to go on
      And Ben drops a reference
      And Ada exits
      When Ben drops a reference to object "x"
      And Ben tells the finalizer to go on
      Then Ada left the table of threads after that

  @BRC-07
  Rule: Whoever does not find the owner any more merges itself
    A request to somebody who is not there would wait for ever. The owner is not there to count
    either, so whoever asks may add up what it left.

    @BRC-07.4 @sees:unregistered @sees:merged @sees:freed
    Example: Whoever drops a reference that the owner left behind merges the object
      Given Ada owns an object with three references
      And Ada has exited
      When Ben drops a reference
      Then the object is merged, with 2 references and no owner
      When Ben drops two references
      Then the object is freed once, by Ben

    @BRC-07.5 @sees:unregistered @sees:merged @sees:freed
    Example: The first to drop merges, and the last frees
      Given Ada owns an object with two references
      And Ada has exited
      When Ben drops a reference
      And Cleo drops a reference
      Then the object was merged by Ben
      And the object is freed once, by Cleo

    @BRC-07.6 @sees:unregistered @sees:merged @sees:freed
    Example: Nobody merges as long as the shared count suffices
      Given Ada owns an object with one reference
      And Ada has exited
      When Ben takes a reference
      And Ben drops a reference
      Then the object is in state none, with local count 1 and shared count 0
      When Ben drops a reference
      Then the object is freed once, by Ben

    @BRC-07.7 @sees:unregistered @sees:merged
    Example: An owner that has given up its queue is not asked, though it is not gone yet
      Given Ada owns an object with two references
      And Ada clears her thread state
      When Ben drops a reference
      Then the object was merged by Ben
      When Ada deletes her thread state
      Then the object is merged, with 1 reference and no owner

    @BRC-07.8 @sees:unregistered @sees:merged @sees:finalized @sees:freed
    Example: What the object held, of the same owner, is merged as well
      Given Ada owns object "y" with one reference
      And Ada owns an object whose finalizer drops object "y"
      And Ada has exited
      When Ben drops a reference
      Then the object is freed once, by Ben
      And object "y" is freed once, by Ben

  @BRC-07
  Rule: A newcomer that is given the thread id of the owner becomes the owner of what is not merged
    An object knows its owner by a thread id, and the system gives ids out again. The newcomer
    is then the one who counts on the local field, so it is the one to ask.

    @BRC-07.9 @sees:unregistered
    Example: The newcomer counts on the local field
      Given Ada owns an object with two references
      And Ada has exited
      When Dan enters the interpreter under the thread id that Ada had
      And Dan drops a reference
      Then the object belongs to Dan
      And the object has local count 1 and shared count 0

    @BRC-07.10 @sees:unregistered @sees:queued
    Example: The newcomer is asked to merge
      Given Ada owns an object with two references
      And Ada has exited
      And Dan enters the interpreter under the thread id that Ada had
      When Ben drops a reference
      Then the object is queued for Dan, still alive
      When Dan reaches a safe point
      Then the object is merged, with 1 reference and no owner

    @BRC-07.11 @sees:unregistered @sees:merged
    Example: The newcomer does not own what somebody has merged before
      Given Ada owns an object with three references
      And Ada has exited
      And Ben drops a reference
      When Dan enters the interpreter under the thread id that Ada had
      And Dan takes a reference
      Then the object is merged, with 3 references and no owner
