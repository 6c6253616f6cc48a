Feature: No memory for the queue
  A queue needs memory to grow, and memory may run out. The reference that was to be dropped must
  go somewhere all the same: the object is already marked as queued, so nobody else will ask the
  owner. The thread that could not queue it stops the world instead. While nobody counts, it may
  merge for the owner.

  It holds no lock while it waits for the world to stop. So the owner may merge or exit in that
  time, and the pause finds the object as they left it.

  Background:
    Given Ada and Ben are attached

  @BRC-13
  Rule: An object that does not fit into its owner's queue is merged in a pause
    The drop cannot be refused: whoever drops a reference does not expect that it may fail. And
    while the world is stopped, the owner's count stands still for others to read.

    @BRC-13.1 @sees:refused @sees:stopped @sees:merged @sees:started
    Example: An object to which the owner holds a reference is merged, and lives on
      Given Ada owns an object with two references
      And Ada has detached
      And there is no more memory for Ben
      When Ben drops a reference
      Then the object is merged, with 1 reference and no owner
      And Ada is not asked to merge

    @BRC-13.2 @sees:refused @sees:stopped @sees:merged @sees:started @sees:freed
    Example: An object whose last reference it was ends after the pause
      Given Ada owns an object whose finalizer keeps nothing
      And Ada has detached
      And there is no more memory for Ben
      When Ben drops a reference
      Then the finalizer has run once, on Ben
      And the object is freed once, by Ben
      And the world had started before that

    @BRC-13.3 @sees:refused @sees:suspended @sees:stopped @sees:merged @sees:resumed
    Example: An owner that is running comes to rest first
      Given Ada owns an object with two references
      And there is no more memory for Ben
      And Ben begins to drop a reference
      Then Ben waits
      When Ada reaches a safe point
      Then the object is merged, with 1 reference and no owner

    @BRC-13.4 @sees:queued @sees:refused @sees:stopped @sees:merged
    Example: The first object that does not fit is merged, and those that did fit stay queued
      Given Ada owns as many objects as a chunk of the merge queue holds, queued for her by Ben
      And Ada owns an object with two references
      And Ada has detached
      And there is no more memory for Ben
      When Ben drops a reference
      Then the object is merged, with 1 reference and no owner
      And the objects of a chunk are still queued for Ada

  @BRC-13
  Rule: What the owner does while the world is not stopped yet is kept
    The thread that waits for the pause has looked at the object before. What it saw then may be
    old when the pause begins, so it has to look again.

    @BRC-13.5 @sees:refused @sees:stopped @sees:merged @sees:resumed
    Example: The owner takes references, and they are counted
      Given Ada owns an object with two references
      And there is no more memory for Ben
      And Ben begins to drop a reference
      When Ada takes two references
      And Ada reaches a safe point
      Then the object is merged, with 3 references and no owner

    @BRC-13.6 @sees:refused @sees:stopped @sees:merged @sees:resumed @sees:freed
    Example: The owner drops all it had, and the object ends
      Given Ada owns an object with two references
      And there is no more memory for Ben
      And Ben begins to drop a reference
      When Ada drops a reference
      And Ada reaches a safe point
      Then the object is freed once, by Ben

    @BRC-13.7 @sees:refused @sees:merged @sees:resumed @sees:freed
    Example: The owner merges, because another thread holds a reference when it drops its last
      Given Cleo is attached
      And Ada owns an object with two references
      And there is no more memory for Ben
      And Ben begins to drop a reference
      When Cleo takes a reference
      And Ada drops two references
      And Ada and Cleo reach safe points
      Then the object is freed once, by Ben

    @BRC-13.8 @sees:refused @sees:unregistered @sees:stopped @sees:merged @sees:resumed
    Example: The owner exits, and the object is merged without it
      Given Ada owns an object with two references
      And there is no more memory for Ben
      And Ben begins to drop a reference
      When Ada exits
      Then the object is merged, with 1 reference and no owner

  @BRC-13
  Rule: Only the objects that do not fit are merged that way
    A pause for each drop would stop the program as long as memory is short. What fits goes the
    usual way.

    @BRC-13.9 @sees:refused @sees:merged @sees:queued
    Example: Once there is memory again, objects are queued again
      Given Ada owns an object with two references
      And Ada owns object "x" with one reference
      And Ada has detached
      And there is no more memory for Ben
      And Ben drops a reference
      When there is memory again for Ben
      And Ben drops a reference to object "x"
      Then object "x" is queued for Ada, still alive
