Feature: Taking a reference without a lock
  A thread that finds an object in a shared place wants a reference without locking that place.
  But between finding and counting, the object may die. So it does not simply count: it tries. The
  attempt is one atomic step that counts only if the object is certainly alive and stays so.

  An owner that was never told of such readers frees its object without looking at the shared
  field, so nobody else may count there unasked: the attempt is denied. Whoever hands an object to
  readers, or once took a reference for one under a lock, leaves a note that makes the owner look.
  From then on the owner's last step and the reader's attempt meet in the same field, and one of
  the two comes first.

  Background:
    Given Ada and Ben are attached
    And Ada owns an object with one reference

  @BRC-10
  Rule: Another thread's attempt is denied until attempts were allowed
    Until then the owner frees without a look at the shared field. A reference that is counted
    there would not keep the object alive.

    @BRC-10.1
    Example: An attempt on a new object is denied
      When Ben tries to take a reference
      Then the attempt is denied
      And the object has local count 1 and shared count 0

    @BRC-10.2
    Scenario Outline: An attempt is granted once <situation>
      Given <deed>
      When Ben tries to take a reference
      Then the attempt is granted

      Examples:
        | situation                           | deed                                        |
        | the owner has allowed attempts      | Ada allows lock-free attempts on the object |
        | another thread has allowed attempts | Ben allows lock-free attempts on the object |
        | a reference was taken under a lock  | Ben takes a reference under a lock          |
        | somebody else holds a reference     | Ben takes a reference                       |
        | it is queued                        | Ben drops a reference                       |

    @BRC-10.3
    Example: The note stays when the reference that left it is gone
      Given Ben takes a reference under a lock
      And Ben drops a reference
      When Ben tries to take a reference
      Then the attempt is granted

    @BRC-10.4
    Example: The owner needs no permission
      When Ada tries to take a reference
      Then the attempt is granted
      And the object has local count 2 and shared count 0

    @BRC-10.5 @sees:queued @sees:merged
    Example: A reference to a queued object keeps it alive when the owner merges
      Given Ben drops a reference
      When Ben tries to take a reference
      And Ada reaches a safe point
      Then the object is merged, with 1 reference and no owner

  @BRC-10
  Rule: Between the owner's last step and an attempt, whichever comes first decides
    Both change the same field in one atomic step, so one of them sees what the other has done.
    There is no third case in which the object is dead and somebody holds it.

    @BRC-10.6 @sees:merged
    Example: The attempt comes first, and the object lives on
      Given Ada allows lock-free attempts on the object
      And Ben tries to take a reference
      When Ada drops a reference
      Then the object is merged, with 1 reference and no owner
      When Ben drops a reference
      Then the object is freed once, by Ben

    @BRC-10.7 @sees:freed
    Example: The attempt comes first, but its reference is dropped in time
      Given Ada allows lock-free attempts on the object
      And Ben tries to take a reference
      And Ben drops a reference
      When Ada drops a reference
      Then the object is freed once, by Ada

    @BRC-10.8 @sees:freed
    Scenario Outline: The owner comes first, and the attempt is denied (<situation>)
      Given <deed>
      And Ada drops a reference
      When Ben tries to take a reference
      Then the attempt is denied
      And the object is freed once, by Ada

      Examples:
        | situation             | deed                                        |
        | attempts were allowed | Ada allows lock-free attempts on the object |
        | they were not         | Ben tries to take a reference               |

  @BRC-10
  Rule: An attempt never revives a dead object, however it died
    Its memory may belong to another object by then, so there is nothing left that could be
    counted.

    @BRC-10.9 @sees:queued @sees:freed
    Example: An attempt on an object that died in its owner's queue is denied
      Given Ben drops a reference
      And Ada reaches a safe point
      When Ben tries to take a reference
      Then the attempt is denied
      And the object is freed once, by Ada

    @BRC-10.10 @sees:unregistered @sees:merged @sees:freed
    Example: An attempt on an object that died after its owner is denied
      Given Ada has exited
      And Ben drops a reference
      When Ben tries to take a reference
      Then the attempt is denied
      And the object is freed once, by Ben

    @BRC-10.11 @sees:finalized @sees:freed
    Scenario Outline: An attempt on an object whose finalizer <deed> is denied
      Given Ada owns object "x" whose finalizer <deed>
      And Ada drops a reference to object "x"
      When Ben tries to take a reference to object "x"
      Then the attempt is denied
      And object "x" is freed once, by Ada

      Examples:
        | deed                                    |
        | keeps nothing                           |
        | allows lock-free attempts on the object |
