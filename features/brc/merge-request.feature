Feature: Asking the owner to merge
  When a thread drops a reference that the owner counted, it cannot know whether that was the last
  one: the owner's count is private and changes under its eyes. Only the owner knows. So the
  thread asks it to give up ownership: to put both counts together, after which everybody counts
  on the same field and sees when it reaches zero.

  The naive way out, to free the object when the shared count comes back to zero, frees what the
  owner still uses. The other, to let the shared count fall and do nothing, never frees it.

  Background:
    Given Ada and Ben are attached
    And Ada owns an object with two references

  @BRC-03
  Rule: The decrement that needs what the owner counted asks the owner
    As long as the shared count covers the drop, the owner has no part in it and is left alone.
    Beyond that, only the owner can say whether anything is left.

    @BRC-03.1 @sees:queued
    Example: A thread that drops what the owner counted asks the owner
      When Ben drops a reference
      Then the object is queued for Ada, still alive

    @BRC-03.2
    Example: A thread that drops what it took itself asks nobody
      Given Ben takes two references
      When Ben drops two references
      Then the object is in nobody's queue
      And Ada is not asked to merge

    @BRC-03.3 @sees:queued
    Example: The first reference beyond those that the others took asks the owner
      Given Ben takes a reference
      And Ben drops a reference
      When Ben drops a reference
      Then the object is queued for Ada, still alive

    @BRC-03.4 @sees:queued
    Example: The request keeps the reference that was to be dropped
      When Ben drops a reference
      Then the object has local count 2 and shared count 0
      And the object has 2 references

    @BRC-03.5
    Example: The owner asks nobody when it drops a reference of its own
      When Ada drops a reference
      Then the object has local count 1 and shared count 0
      And the object is in nobody's queue

  @BRC-03
  Rule: The owner gives up ownership, and both counts become one
    After that everybody sees the whole count, so the question never comes up again for this
    object.

    @BRC-03.6 @sees:queued @sees:merged
    Example: An owner that still holds a reference gives the object up
      Given Ben drops a reference
      When Ada reaches a safe point
      Then the object is merged, with 1 reference and no owner
      When Ada drops a reference
      Then the object is freed once, by Ada

    @BRC-03.7 @sees:queued @sees:merged @sees:freed
    Example: An owner frees what only the request still held
      Given Ada drops a reference
      And Ben drops a reference
      Then the object has 1 reference
      And the object is alive
      When Ada reaches a safe point
      Then the object is freed once, by Ada

    @BRC-03.8 @sees:merged
    Example: References that others took meanwhile are kept
      Given Ben drops a reference
      And Ben takes two references
      When Ada reaches a safe point
      Then the object is merged, with 3 references and no owner

    @BRC-03.9 @sees:queued @sees:merged @sees:freed
    Example: The owner drops its last reference while the request still waits
      Given Ben drops a reference
      And Ben takes a reference
      When Ada drops two references
      Then the object is merged but still in the queue of Ada
      When Ada reaches a safe point
      Then the object is freed once, by Ada

    @BRC-03.10 @sees:merged
    Example: An owner without references of its own merges unasked
      Given Ben takes a reference
      When Ada drops two references
      Then the object is merged, with 1 reference and no owner

    @BRC-03.11 @sees:merged
    Example: Ownership does not come back
      Given Ben takes a reference
      And Ada drops two references
      When Ada takes two references
      Then the object is merged, with 3 references and no owner
