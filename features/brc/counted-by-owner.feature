Feature: What the owner does to the shared field
  The owner leaves the shared field alone until it has nothing left to count itself. Then it looks.
  State none with a count of zero means that nobody else has a part in the object, so it is freed at
  once. Anything else means that somebody might, and the owner settles that with whoever it is in
  one atomic step: state merged, with the count as it stands. If that count is zero, the owner was
  the last. If not, whoever brings it to zero will be.

  States only ever move on: from none to maybe-weakref, to queued, to merged. A state that moved
  back would take away a promise on which another thread already acts.

  Background:
    Given Ada and Ben are attached
    And Ada owns an object with three references

  @BRC-05
  Rule: Counting its own references, the owner leaves the shared field as it is
    That is what makes it cheap: no atomic step, and no other thread whose cache has to give the
    field up.

    @BRC-05.9
    Scenario Outline: The owner <does> while the object is <situation>
      Given Ada and Ben have brought the object to state <state>, with shared count <shared>
      When Ada <does>
      Then the object is in state <state>, with local count <local> and shared count <shared>

      Examples:
        | does                           | situation           | state         | shared | local |
        | takes a reference              | untouched by others | none          | 0      | 4     |
        | takes a reference              | held by others      | none          | 1      | 4     |
        | takes a reference              | open to attempts    | maybe-weakref | 0      | 4     |
        | takes a reference              | queued              | queued        | 0      | 4     |
        | takes a reference              | queued, with a debt | queued        | -1     | 4     |
        | drops a reference              | untouched by others | none          | 0      | 2     |
        | drops a reference              | held by others      | none          | 1      | 2     |
        | drops a reference              | open to attempts    | maybe-weakref | 0      | 2     |
        | drops a reference              | queued              | queued        | 0      | 2     |
        | tries to take a reference      | untouched by others | none          | 0      | 4     |
        | takes a reference under a lock | untouched by others | none          | 0      | 4     |
        | takes a reference under a lock | queued              | queued        | 0      | 4     |

  @BRC-05
  Rule: An owner that has dropped its last reference frees the object or gives it up
    It cannot keep ownership of what it does not use: nobody could tell any more when the others
    are done.

    @BRC-05.10 @sees:freed
    Scenario Outline: An object <situation>, in which nobody else has a part, is freed
      Given Ada and Ben have brought the object to state <state>, with shared count 0
      When Ada drops three references
      Then the object is freed once, by Ada

      Examples:
        | situation           | state         |
        | untouched by others | none          |
        | open to attempts    | maybe-weakref |

    @BRC-05.11 @sees:merged
    Scenario Outline: An object <situation>, in which somebody else has a part, is given up
      Given Ada and Ben have brought the object to state <state>, with shared count 1
      When Ada drops three references
      Then the object is merged, with 1 reference and no owner

      Examples:
        | situation              | state         |
        | held by others         | none          |
        | open to attempts       | maybe-weakref |
        | queued and taken again | queued        |

  @BRC-05
  Rule: Emptying its queue, the owner merges what it finds, less the reference of the queue
    The reference that was to be dropped has waited in the queue, so that nobody freed the
    object before. Now it is dropped.

    @BRC-05.12 @sees:queued @sees:merged
    Scenario Outline: The owner merges an object of which others have dropped <situation>
      Given Ada and Ben have brought the object to state queued, with shared count <before>
      When Ada reaches a safe point
      Then the object is merged, with <references> and no owner

      Examples:
        | situation                        | before | references   |
        | more than the one that is queued | -1     | 1 reference  |
        | only the one that is queued      | 0      | 2 references |
        | less than they took              | 1      | 3 references |

  @BRC-05
  Rule: Merged is for ever
    Others count on the shared field alone because the object has no owner. If it got one again,
    they would free it under the owner's hands.

    @BRC-05.13 @sees:merged
    Scenario Outline: <deed>, and the object stays merged
      Given Ada and Ben have brought the object to state merged, with shared count 1
      And Ben takes two references
      When <deed>
      Then the object is merged, with <references> and no owner

      Examples:
        | deed                                        | references   |
        | Ada takes a reference                       | 4 references |
        | Ben drops two references                    | 1 reference  |
        | Ben tries to take a reference               | 4 references |
        | Ben takes a reference under a lock          | 4 references |
        | Ada allows lock-free attempts on the object | 3 references |
        | Ada adds two references at once             | 5 references |
        | Ada sets the count to 2                     | 2 references |
        | Ada reaches a safe point                    | 3 references |

    @BRC-05.14 @sees:freed
    Example: A new object begins anew, also in the memory of a merged one
      Given Ada and Ben have brought the object to state merged, with shared count 1
      And Ben drops a reference
      When Ada owns object "x" with one reference
      Then object "x" has local count 1 and shared count 0
      And object "x" belongs to Ada
