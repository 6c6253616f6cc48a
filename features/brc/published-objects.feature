Feature: Objects that readers find without a lock
  Here is what lock-free attempts are for. One thread keeps an object in a slot, others look into
  the slot without a lock. The first reader from another thread may find that attempts are not
  allowed yet; it locks the slot that once, and allows them. A reader that was granted a reference
  looks into the slot again, and gives the reference back if the object is no longer there. So a
  reader comes away with what the slot held at some moment, alive, or with nothing.

  Background:
    Given Ada and Ben are attached
    And Ada has made slot "s"
    And Ada owns an object with one reference

  @BRC-10
  Rule: A reader takes a reference to what the slot holds, or nothing
    The slot may change between the look and the attempt, and the object's memory may be used
    again for another. So the reader looks once more, when it holds what it found.

    @BRC-10.12
    Example: A reader takes nothing from an empty slot
      When Ben takes a reference from slot "s"
      Then nothing is taken

    @BRC-10.13
    Example: The first reader opens the object for all
      Given Ada puts the object into slot "s"
      When Ben takes a reference from slot "s"
      Then the object is taken
      And the object is in state maybe-weakref, with local count 1 and shared count 1
      When Ben tries to take a reference
      Then the attempt is granted

    @BRC-10.14
    Example: The owner reads its own slot and counts on its own field
      Given Ada puts the object into slot "s"
      When Ada takes a reference from slot "s"
      Then the object is taken
      And the object has local count 2 and shared count 0

    @BRC-10.15 @sees:merged @sees:freed
    Example: What a reader took outlives the slot's own reference
      Given Ada puts the object into slot "s"
      And Ben takes a reference from slot "s"
      When Ada empties slot "s"
      And Ada drops a reference
      Then the object is merged, with 1 reference and no owner
      When Ben drops a reference
      Then the object is freed once, by Ben

    @BRC-10.16 @sees:freed
    Example: A reader that comes after the object is gone takes nothing
      Given Ada puts the object into slot "s"
      And Ada empties slot "s"
      And Ada drops a reference
      When Ben takes a reference from slot "s"
      Then nothing is taken
      And the object is freed once, by Ada

    @BRC-10.17 @sees:freed
    Example: A reader that comes after the object was replaced takes the new one
      Given Ada owns object "x" with one reference
      And Ada puts the object into slot "s"
      And Ada puts object "x" into slot "s"
      And Ada drops a reference
      When Ben takes a reference from slot "s"
      Then object "x" is taken
      And the object is freed once, by Ada
