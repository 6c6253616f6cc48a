Feature: What other threads do to the shared field
  Besides its count, the shared field holds one of four states, which say what the owner has to
  look out for. In state none nobody else was ever promised anything: an owner who drops its last
  reference frees the object without asking. In state maybe-weakref other threads are allowed to
  try for a reference without a lock, so the owner has to check. In state queued the object waits
  for its owner to merge it. In state merged it has no owner any more.

  Count and state change together, in one atomic step. Here is every such step that a thread other
  than the owner takes, from every state it can meet.

  Background:
    Given Ada and Ben are attached
    And Ada owns an object with three references

  @BRC-05
  Rule: Taking a reference raises the count and leaves the state
    The state says what the owner was promised or owes, and one reference more changes neither.

    @BRC-05.1
    Scenario Outline: A reference is taken from an object <situation>
      Given Ada and Ben have brought the object to state <state>, with shared count <before>
      When Ben takes a reference
      Then the object is in state <state>, with local count <local> and shared count <after>

      Examples:
        | situation                             | state         | before | local | after |
        | that nobody else holds                | none          | 0      | 3     | 1     |
        | that others hold                      | none          | 1      | 3     | 2     |
        | open to attempts                      | maybe-weakref | 0      | 3     | 1     |
        | open to attempts that others hold     | maybe-weakref | 1      | 3     | 2     |
        | queued, more of it dropped than taken | queued        | -1     | 3     | 0     |
        | queued                                | queued        | 0      | 3     | 1     |
        | queued and taken again                | queued        | 1      | 3     | 2     |
        | merged                                | merged        | 1      | 0     | 2     |

  @BRC-05
  Rule: Dropping a reference lowers the count, or queues the object if there is nothing to lower
    A count above zero shows that others hold references of their own. At zero it may be the
    owner's last one that is dropped, and only the owner can tell.

    @BRC-05.2
    Scenario Outline: A reference is dropped from an object <situation>
      Given Ada and Ben have brought the object to state <state>, with shared count <before>
      When Ben drops a reference
      Then the object is in state <next>, with local count 3 and shared count <after>

      Examples:
        | situation                             | state         | before | next          | after |
        | that nobody else holds                | none          | 0      | queued        | 0     |
        | that others hold                      | none          | 1      | none          | 0     |
        | open to attempts                      | maybe-weakref | 0      | queued        | 0     |
        | open to attempts that others hold     | maybe-weakref | 1      | maybe-weakref | 0     |
        | queued, more of it dropped than taken | queued        | -1     | queued        | -2    |
        | queued                                | queued        | 0      | queued        | -1    |
        | queued and taken again                | queued        | 1      | queued        | 0     |

    @BRC-05.3 @sees:merged @sees:freed
    Example: Whoever drops the last reference of a merged object frees it
      Given Ada and Ben have brought the object to state merged, with shared count 1
      When Ben drops a reference
      Then the object is freed once, by Ben

  @BRC-05
  Rule: An attempt without a lock succeeds unless the count is zero in state none or merged
    In state none the owner frees without looking, so a reference that nobody protects could be
    taken from a dead object. In state merged a count of zero means that it is dead.

    @BRC-05.4
    Example: An attempt is denied while nobody else was promised anything
      Given Ada and Ben have brought the object to state none, with shared count 0
      When Ben tries to take a reference
      Then the attempt is denied
      And the object is in state none, with local count 3 and shared count 0

    @BRC-05.5 @sees:merged @sees:freed
    Example: An attempt is denied once a merged object is dead
      Given Ada and Ben have brought the object to state merged, with shared count 1
      And Ada drops a reference
      When Ben tries to take a reference
      Then the attempt is denied
      And the object is freed

    @BRC-05.6
    Scenario Outline: An attempt is granted for an object <situation>
      Given Ada and Ben have brought the object to state <state>, with shared count <before>
      When Ben tries to take a reference
      Then the attempt is granted
      And the object is in state <state>, with local count <local> and shared count <after>

      Examples:
        | situation                             | state         | before | local | after |
        | that others hold                      | none          | 1      | 3     | 2     |
        | open to attempts                      | maybe-weakref | 0      | 3     | 1     |
        | open to attempts that others hold     | maybe-weakref | 1      | 3     | 2     |
        | queued, more of it dropped than taken | queued        | -1     | 3     | 0     |
        | queued                                | queued        | 0      | 3     | 1     |
        | queued and taken again                | queued        | 1      | 3     | 2     |
        | merged                                | merged        | 1      | 0     | 2     |

  @BRC-05
  Rule: A reference taken under a lock also turns none into maybe-weakref
    Whoever takes one under a lock will often be followed by others. The lock makes sure that
    the object is alive now, and the note makes sure that the owner looks from now on.

    @BRC-05.7
    Scenario Outline: A reference is taken under a lock from an object <situation>
      Given Ada and Ben have brought the object to state <state>, with shared count <before>
      When Ben takes a reference under a lock
      Then the object is in state <next>, with local count <local> and shared count <after>

      Examples:
        | situation                             | state         | before | next          | local | after |
        | that nobody else holds                | none          | 0      | maybe-weakref | 3     | 1     |
        | that others hold                      | none          | 1      | maybe-weakref | 3     | 2     |
        | open to attempts                      | maybe-weakref | 0      | maybe-weakref | 3     | 1     |
        | open to attempts that others hold     | maybe-weakref | 1      | maybe-weakref | 3     | 2     |
        | queued, more of it dropped than taken | queued        | -1     | queued        | 3     | 0     |
        | queued                                | queued        | 0      | queued        | 3     | 1     |
        | queued and taken again                | queued        | 1      | queued        | 3     | 2     |
        | merged                                | merged        | 1      | merged        | 0     | 2     |

  @BRC-05
  Rule: Allowing attempts turns none into maybe-weakref and changes nothing else
    Every later state makes the owner look anyway. To set one back would take away what somebody
    was promised.

    @BRC-05.8
    Scenario Outline: <who> allows attempts on an object <situation>
      Given Ada and Ben have brought the object to state <state>, with shared count <count>
      When <actor> allows lock-free attempts on the object
      Then the object is in state <next>, with local count <local> and shared count <count>

      Examples:
        | who            | actor | situation                             | state         | count | next          | local |
        | The owner      | Ada   | that nobody else holds                | none          | 0     | maybe-weakref | 3     |
        | Another thread | Ben   | that nobody else holds                | none          | 0     | maybe-weakref | 3     |
        | The owner      | Ada   | that others hold                      | none          | 1     | maybe-weakref | 3     |
        | Another thread | Ben   | that others hold                      | none          | 1     | maybe-weakref | 3     |
        | Another thread | Ben   | open to attempts                      | maybe-weakref | 0     | maybe-weakref | 3     |
        | Another thread | Ben   | open to attempts that others hold     | maybe-weakref | 1     | maybe-weakref | 3     |
        | Another thread | Ben   | queued, more of it dropped than taken | queued        | -1    | queued        | 3     |
        | The owner      | Ada   | queued                                | queued        | 0     | queued        | 3     |
        | Another thread | Ben   | queued and taken again                | queued        | 1     | queued        | 3     |
        | Another thread | Ben   | merged                                | merged        | 1     | merged        | 0     |
