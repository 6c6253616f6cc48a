Feature: Owners that a fork leaves behind
  In the child of a fork only the thread that forked goes on. The others are gone without having
  exited: objects wait in their queues, and the locks of the table of threads may be held by a
  thread that does not exist in the child. So the survivor makes the locks free and empties the
  queues of the dead before it goes on itself. What the dead owned and nobody had queued is
  treated like anything that an exited owner left behind.

  Background:
    Given Ada and Ben are attached

  @BRC-07
  Rule: In the child of a fork, the survivor empties the queues of the threads that are gone
    Those threads will pass no safe point, and what is queued will not be queued again.

    @BRC-07.12 @sees:queued @sees:merged @sees:freed
    Example: What a dead thread had in its queue is merged by the survivor
      Given Ada owns an object with one reference
      And Ada has detached
      And Ben drops a reference
      When Ben forks, and Cleo is his copy in the child
      Then the object is freed in the child, by Cleo

    @BRC-07.13 @sees:queued @sees:freed
    Example: The queues of the parent are left as they were
      Given Ada owns an object with one reference, queued for her by Ben
      And Ada has detached
      When Ben forks, and Cleo is his copy in the child
      Then the object is queued for Ada, still alive
      When Ada attaches
      And Ada reaches a safe point
      Then the object is freed in the parent, by Ada

  @BRC-07
  Rule: In the child of a fork, whoever drops what a dead thread owned merges it
    The dead cannot be asked, just as a thread that has exited cannot.

    @BRC-07.14 @sees:merged @sees:freed
    Example: What nobody had queued is merged by whoever drops it
      Given Ada owns an object with two references
      And Ada has detached
      And Ben forks, and Cleo is his copy in the child
      When Cleo drops a reference
      Then the object was merged by Cleo
      When Cleo drops a reference
      Then the object is freed in the child, by Cleo
