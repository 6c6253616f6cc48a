Feature: Freed once, by one thread
  With two counts there are many moments at which somebody finds out that an object is no longer
  used: the owner dropping its last reference, another thread dropping the last shared one, an
  owner emptying its queue, somebody doing that for an owner that is gone. If two threads found
  out, the memory would be freed under somebody's feet; if none did, it would never be freed. So
  each of these moments is decided by one atomic step, and whoever made the step that left nothing
  ends the object: it runs the finalizer and frees the memory.

  Background:
    Given Ada, Ben and Cleo are attached

  @BRC-09
  Rule: The thread that leaves no reference ends the object
    Somebody has to run the finalizer and free the memory, and only whoever made the last step
    knows that it was the last.

    @BRC-09.1
    Example: The owner ends an object in which nobody else has a part
      Given Ada owns an object whose finalizer keeps nothing
      When Ada drops a reference
      Then the finalizer has run once, on Ada
      And the object is freed once, by Ada

    @BRC-09.2
    Example: The owner ends an object in which others once had a part
      Given Ada owns an object whose finalizer keeps nothing
      And Ben takes a reference under a lock
      And Ben drops a reference
      When Ada drops a reference
      Then the finalizer has run once, on Ada
      And the object is freed once, by Ada

    @BRC-09.3 @sees:queued @sees:drained
    Example: The owner ends an object when it empties its queue
      Given Ada owns an object whose finalizer keeps nothing
      And Ben drops a reference
      When Ada reaches a safe point
      Then the finalizer has run once, on Ada
      And the object is freed once, by Ada

    @BRC-09.4 @sees:queued @sees:unregistered
    Example: The owner ends an object on its way out
      Given Ada owns an object whose finalizer keeps nothing
      And Ben drops a reference
      When Ada exits
      Then the finalizer has run once, on Ada
      And the object is freed once, by Ada

    @BRC-09.5 @sees:merged
    Example: Whoever drops the last reference of a merged object ends it
      Given Ada owns an object whose finalizer keeps nothing
      And Ben takes a reference
      And Ada drops a reference
      When Cleo drops a reference
      Then the finalizer has run once, on Cleo
      And the object is freed once, by Cleo

    @BRC-09.6 @sees:unregistered @sees:merged
    Example: Whoever merges for an owner that is gone ends the object
      Given Ada owns an object whose finalizer keeps nothing
      And Ada has exited
      When Cleo drops a reference
      Then the finalizer has run once, on Cleo
      And the object is freed once, by Cleo

    @BRC-09.7 @sees:queued @sees:merged
    Example: Whoever collects ends what was queued
      Given Ada owns an object whose finalizer keeps nothing
      And Ben drops a reference
      And Ada and Ben have detached
      When Cleo runs the collector
      Then the finalizer has run once, on Cleo
      And the object is freed once, by Cleo

  @BRC-09
  Rule: The order in which the threads drop their references makes no difference to that
    Programs do not say which of their threads is done first, so each order has to come to the
    same end.

    @BRC-09.8 @sees:freed
    Scenario Outline: <situation>
      Given Ada owns an object with two references
      When <first>
      And <second>
      Then the object is alive
      When <third>
      Then the object is freed once, by Ada

      Examples:
        | situation                                | first                 | second                   | third                    |
        | The owner drops its own first            | Ada drops a reference | Ben drops a reference    | Ada reaches a safe point |
        | The owner drops its own before it merges | Ben drops a reference | Ada drops a reference    | Ada reaches a safe point |
        | The owner drops its own after it merged  | Ben drops a reference | Ada reaches a safe point | Ada drops a reference    |

    @BRC-09.9 @sees:merged @sees:freed
    Scenario Outline: The last of three to drop a merged object is <last>
      Given Ada owns an object with three references
      And Ada and Ben have brought the object to state merged, with shared count 1
      When <first> takes two references
      And <second> drops two references
      Then the object is alive
      When <last> drops a reference
      Then the object is freed once, by <last>

      Examples:
        | first | second | last |
        | Ada   | Ben    | Cleo |
        | Cleo  | Ada    | Ben  |
        | Ben   | Cleo   | Ada  |

  @BRC-09
  Rule: What an object held is dropped by the thread that ends it, like any reference
    That thread may own what was held, or not. If it did not go the usual way for each, the
    counts would be right for some objects and wrong for others.

    @BRC-09.10 @sees:merged @sees:finalized @sees:queued
    Example: What belongs to another thread is queued for that thread
      Given Ada owns object "y" with one reference
      And Ada owns an object whose finalizer drops object "y"
      And Ben takes a reference
      And Ada drops a reference
      When Ben drops a reference
      Then the object is freed once, by Ben
      And object "y" is queued for Ada, still alive

    @BRC-09.11 @sees:queued @sees:finalized @sees:freed
    Example: What is the owner's as well goes with the object
      Given Ada owns object "y" with one reference
      And Ada owns an object whose finalizer drops object "y"
      And Ben drops a reference
      When Ada reaches a safe point
      Then the object is freed once, by Ada
      And object "y" is freed once, by Ada

  @BRC-09
  Rule: An object that has ended is not ended again
    A reference that is dropped twice is a mistake of the program. To free the memory a second
    time would turn it into two owners of one block.

    @BRC-09.12 @sees:freed
    Scenario Outline: <who> drops a reference after the end, and that is noticed
      Given Ada owns an object with one reference
      And Ada drops a reference
      When <actor> drops one reference too many
      Then that is reported as corruption
      And the object is freed once, by Ada

      Examples:
        | who                     | actor |
        | The owner that ended it | Ada   |
        | Another thread          | Ben   |
