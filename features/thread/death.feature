Feature: How a thread state dies
  An exiting thread is still somebody that others leave work for. It first gives everything up
  while it is attached, each part after those that may still add to it: it drains its merge
  queue before it leaves the table, because nobody else would; it leaves the table before it hands
  over what it retired, because objects that die on the way retire more. Only then is it unlinked,
  and its slot is the last thing that it gives back.

  Background:
    Given Ada and Ben are attached

  @THREAD-06
  Rule: What a thread owes is done or handed over before it leaves
    Others left work for the thread in good faith, and nobody looks into the record of a thread
    that is gone. Each part is given up only after those that may still add to it.

    @THREAD-06.8 @sees:queued @sees:freed @sees:unregistered @sees:abandoned
    Example: The exiting thread merges, leaves the table, then hands over
      Given Ada owns an object with one reference, queued for her by Ben
      And Ada has retired block b
      When Ada exits
      Then this happened to Ada, in this order:
        | freed        |
        | unregistered |
        | abandoned    |
      When Ben runs the collector
      Then block b is freed

    @THREAD-06.9 @sees:queued @sees:freed
    Example: The exiting thread merges what others have queued for it
      Given Ada owns an object with two references
      And Ben drops two references
      When Ada exits
      Then the object was merged by Ada
      And the object is freed once, by Ada

    @THREAD-06.10 @sees:finalized @sees:retired @sees:abandoned
    Example: Memory that dying objects retire is handed over too
      Given Ada owns an object whose finalizer retires block b
      And Ben drops a reference
      When Ada exits
      Then this happened to Ada, in this order:
        | finalized    |
        | retired      |
        | unregistered |
        | abandoned    |
      And the interpreter has inherited a block
      When Ben runs the collector
      Then block b is freed

    @THREAD-06.11 @sees:scanned
    Example: A thread that is gone holds no memory back
      Given Ben advances to goal g
      And Ben reports a quiescent state
      And Ben finds goal g not reached
      When Ada exits
      Then Ben finds goal g reached

  @THREAD-06
  Rule: A thread state is cleared while it is attached, and deleted after that
    Clearing runs finalizers, which touch objects, so the thread has to be attached for it.
    Deleting takes the record away from under the thread, so nothing that needs it may come
    after.

    @THREAD-06.12 @sees:unregistered
    Example: A thread is cleared first, and gone only when it is deleted
      When Ada clears her thread state
      Then Ada is still attached
      And Ada has a slot, and is no longer registered
      And the interpreter lists Ada and Ben
      When Ada deletes her thread state
      Then Ada has no thread state
      And the interpreter lists Ben

    @THREAD-06.13
    Example: A thread state is not deleted before it is cleared
      When Ada deletes her thread state
      Then that is refused as misuse
      And Ada is still attached

    @THREAD-06.14 @sees:unregistered
    Example: A thread state is not cleared twice
      Given Ada clears her thread state
      When Ada clears her thread state
      Then that is refused as misuse
      And Ada deletes her thread state

    @THREAD-06.15 @sees:unregistered
    Example: The slot is given back last, when the thread state is deleted
      When Ada clears her thread state
      Then 2 slots are in use
      When Ada deletes her thread state
      Then 1 slot is in use

    @THREAD-06.16
    Example: A thread that comes later takes over the slot
      Given Ada has exited
      When Cleo enters the interpreter
      Then 2 slots are in use
      And no two threads share a slot
