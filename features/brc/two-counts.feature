Feature: Two counts and their sum
  Most objects are only ever used by the thread that made them. To count their references with
  atomic operations would make every program pay for what few objects need. So an object has two
  counts. Its owner, the thread that made it, counts privately; everybody else counts together on
  a shared field. Neither count alone says whether the object is still in use. Their sum does.

  A reference does not remember who counted it. It is handed from thread to thread, and whoever
  holds it last drops it. So the shared count goes below zero when others drop what the owner had
  counted, while the sum stays right.

  Background:
    Given Ada, Ben and Cleo are attached
    And Ada owns an object with three references

  @BRC-01
  Rule: The true count is the sum of a local and a shared count
    Each count is written by those for whom that is cheap, and neither of them is complete.

    @BRC-01.1
    Example: A new object has only its owner's references
      Then the object has local count 3 and shared count 0
      And the object has 3 references
      And the object belongs to Ada

    @BRC-01.2
    Example: The references of all threads are in the sum
      When Ada takes a reference
      And Ben takes a reference
      And Cleo takes two references
      Then the object has local count 4 and shared count 3
      And the object has 7 references

    @BRC-01.3
    Example: A reference taken by one thread and dropped by another leaves no trace
      When Ben takes two references
      And Cleo drops two references
      Then the object has local count 3 and shared count 0

    @BRC-01.4
    Scenario Outline: <who> adds several references at once
      When <actor> adds four references at once
      Then the object has local count <local> and shared count <shared>

      Examples:
        | who            | actor | local | shared |
        | The owner      | Ada   | 7     | 0      |
        | Another thread | Ben   | 3     | 4      |

    @BRC-01.5 @sees:merged
    Example: Merging moves the local count over to the shared one
      Given Ben takes two references
      And Cleo drops three references
      When Ada reaches a safe point
      Then the object is merged, with 2 references and no owner
      And the object has 2 references

    @BRC-01.6 @sees:freed
    Example: The object lives until the sum is zero
      Given Ben takes a reference
      When Ada drops three references
      Then the object is alive
      And the object has 1 reference
      When Ben drops a reference
      Then the object is freed

  @BRC-02
  Rule: The shared count goes below zero when others drop what the owner counted
    They cannot lower the owner's count, and they cannot refuse either. A debt on their own side
    keeps the sum right.

    @BRC-02.1 @sees:queued
    Example: A thread that drops two of the owner's references brings the shared count to minus one
      When Ben drops two references
      Then the object has local count 3 and shared count -1
      And the object has 2 references

    @BRC-02.2 @sees:queued
    Scenario Outline: <situation>, and the object is queued for its owner
      When Ben drops a reference
      And Cleo drops <further>
      Then the object is in state queued, with local count 3 and shared count <shared>

      Examples:
        | situation                    | further        | shared |
        | Two threads drop one each    | a reference    | -1     |
        | The second drops two of them | two references | -2     |

    @BRC-02.3 @sees:queued
    Example: References taken later bring the shared count up again
      Given Ben drops two references
      When Cleo takes two references
      Then the object is in state queued, with local count 3 and shared count 1

    @BRC-02.4 @sees:merged
    Example: A shared count below zero is taken off when the owner merges
      Given Ben drops two references
      When Ada reaches a safe point
      Then the object is merged, with 1 reference and no owner

  @BRC-02
  Rule: The true count never goes below zero
    Every reference that is dropped was taken before. Less than none means that somebody dropped
    what was not theirs, and that is better noticed than freed.

    @BRC-02.5 @sees:queued @sees:freed
    Example: The owner and others drop the last references between them
      Given Ben drops two references
      When Ada drops a reference
      Then the object has 1 reference
      And the object is alive
      When Ada reaches a safe point
      Then the object is freed

    @BRC-02.6 @sees:freed
    Scenario Outline: <who> drops a reference that nobody holds, and that is noticed
      Given Ben takes a reference
      And Ada drops three references
      And Ben drops a reference
      When <actor> drops one reference too many
      Then that is reported as corruption
      And the object is freed

      Examples:
        | who                   | actor |
        | The one that freed it | Ben   |
        | The former owner      | Ada   |
        | Somebody else         | Cleo  |
