Feature: Finalizers that bring an object back
  Between its last reference and its end an object gets a last word: its finalizer runs, with the
  object whole. The finalizer is ordinary code. It may keep a reference, or let other threads take
  some, and then the object lives on as if nothing had happened.

  To let the finalizer work, the thread that runs it lends the object one reference. What happens
  to that reference afterwards decides. The naive way, to read the count and write it back less
  one, wipes out whatever another thread has counted in between. The sound way is to drop the lent
  reference in one atomic step, like any other, and to look what is left.

  Background:
    Given Ada and Ben are attached

  @BRC-12
  Rule: An object to which the finalizer leaves a reference lives on
    Whoever holds that reference will use it. The finalizer was told that the object was about
    to end, not that it has ended.

    @BRC-12.1 @sees:finalized
    Example: An object that its owner dropped lives on
      Given Ada owns an object whose finalizer keeps a reference to the object
      When Ada drops a reference
      Then the object is alive
      And the object has 1 reference
      And the finalizer has run once, on Ada

    @BRC-12.2 @sees:queued @sees:finalized
    Example: An object from its owner's queue lives on
      Given Ada owns an object whose finalizer keeps a reference to the object
      And Ben drops a reference
      When Ada reaches a safe point
      Then the object is alive
      And the object has 1 reference
      And the finalizer has run once, on Ada

    @BRC-12.3 @sees:merged @sees:finalized
    Example: An object that another thread dropped lives on
      Given Ada owns an object whose finalizer keeps a reference to the object
      And Ben takes a reference
      And Ada drops a reference
      When Ben drops a reference
      Then the object is alive
      And the object has 1 reference
      And the finalizer has run once, on Ben

    @BRC-12.4 @sees:finalized @sees:freed
    Scenario Outline: The finalizer <deed>, and the object ends
      Given Ada owns an object whose finalizer <deed>
      When Ada drops a reference
      Then the finalizer has run once, on Ada
      And the object is freed once, by Ada

      Examples:
        | deed                                                           |
        | keeps nothing                                                  |
        | allows lock-free attempts on the object                        |
        | keeps a reference to the object and drops that reference again |

    @BRC-12.5 @sees:finalized
    Example: An object that the finalizer makes immortal lives on
      Given Ada owns an object whose finalizer makes the object immortal
      When Ada drops a reference
      Then the object is immortal

  @BRC-12
  Rule: What other threads count while the finalizer runs is kept
    The finalizer may put the object where others find it, and it may take its time. What they
    count meanwhile is as good as any other reference.

    @BRC-12.6 @sees:finalized @sees:resumed
    Scenario Outline: The owner finalizes, and another thread <does>
      Given Ada owns an object whose finalizer waits to be told to go on
      And Ada begins to drop a reference
      When Ben <does>
      And Ben tells the finalizer to go on
      Then the object is alive
      And the object has <references>

      Examples:
        | does                           | references   |
        | takes a reference              | 1 reference  |
        | takes two references           | 2 references |
        | takes a reference under a lock | 1 reference  |

    @BRC-12.7 @sees:merged @sees:finalized @sees:resumed
    Example: A thread that is not the owner finalizes, and the former owner takes two references
      Given Ada owns an object whose finalizer waits to be told to go on
      And Ben takes a reference
      And Ada drops a reference
      And Ben begins to drop a reference
      When Ada takes two references
      And Ada tells the finalizer to go on
      Then the object is alive, with 2 references

    @BRC-12.8 @sees:finalized @sees:resumed @sees:freed
    Example: A reference that another thread takes and drops in time changes nothing
      Given Ada owns an object whose finalizer waits to be told to go on
      And Ada begins to drop a reference
      And Ben takes a reference under a lock
      When Ben drops a reference
      And Ben tells the finalizer to go on
      Then the object is freed once, by Ada

    @BRC-12.9 @sees:finalized @sees:queued @sees:resumed @sees:freed
    Example: Another thread drops what the finalizer kept, and the object is queued
      Given Ada owns an object whose finalizer keeps a reference to the object and waits to be told to go on
      And Ada begins to drop a reference
      And Ben drops a reference
      When Ben tells the finalizer to go on
      Then the object is alive
      When Ada reaches a safe point
      Then the object is freed once, by Ada

  @BRC-12
  Rule: An object that was brought back ends like any other
    It has no second life of a special kind: the same counts, the same queue, and memory that must
    not be lost. Only the finalizer of an object that the collector knows does not run again.

    @BRC-12.10 @sees:finalized @sees:freed
    Scenario Outline: The object ends when <who> drops its last reference
      Given Ada owns a collected object whose finalizer keeps a reference to the object
      And Ada drops a reference
      When <actor> drops a reference
      And Ada reaches a safe point
      Then the object is freed
      And the finalizer has run once, on Ada

      Examples:
        | who              | actor |
        | its former owner | Ada   |
        | another thread   | Ben   |

    @BRC-12.11 @sees:finalized @sees:stopped @sees:freed
    Example: The object ends after a collection, too
      Given Ada owns a collected object whose finalizer keeps a reference to the object
      And Ada drops a reference
      And Ben has detached
      And Ada runs the collector
      When Ada drops a reference
      Then the object is freed once, by Ada
