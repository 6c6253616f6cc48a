Feature: Immortal objects
  Some objects are used by every thread and live as long as the program does. To count their
  references would only make threads contend for a number that nobody ever looks at. So they are
  immortal: no operation counts them, nobody frees them, and one look at the local count tells.

  Once given, that promise holds. An object can become immortal while it waits in a queue, and
  whoever empties that queue later, or cleans up after a thread, has to leave it immortal. A merge
  that did not look would turn it into an ordinary object with a count that is wrong. The same
  mark protects against overflow: an object whose local count is full stays for ever rather than
  to be freed too early.

  Background:
    Given Ada and Ben are attached

  @BRC-11
  Rule: An immortal object is never counted
    All threads use it all the time. A count that each of them wrote would travel from cache to
    cache, for a number that decides nothing.

    @BRC-11.1
    Scenario Outline: <deed>, and nothing is counted
      Given Ada has made an immortal object
      When <deed>
      Then the object is immortal
      And nothing was counted on the object

      Examples:
        | deed                                        |
        | Ada takes two references                    |
        | Ben takes two references                    |
        | Ada adds two references at once             |
        | Ben adds two references at once             |
        | Ada takes a reference under a lock          |
        | Ben takes a reference under a lock          |
        | Ada allows lock-free attempts on the object |
        | Ben allows lock-free attempts on the object |
        | Ada sets the count to 1                     |
        | Ben sets the count to 1                     |
        | Ada makes the object immortal               |

    @BRC-11.2
    Scenario Outline: An attempt by <who> is granted and counts nothing
      Given Ada has made an immortal object
      When <actor> tries to take a reference
      Then the attempt is granted
      And nothing was counted on the object

      Examples:
        | who            | actor |
        | its maker      | Ada   |
        | another thread | Ben   |

    @BRC-11.3
    Scenario Outline: <who> drops references that nobody took
      Given Ada has made an immortal object
      When <actor> drops five references
      Then the object is immortal
      And the object is in nobody's queue
      And nothing was counted on the object

      Examples:
        | who            | actor |
        | Its maker      | Ada   |
        | Another thread | Ben   |

  @BRC-11
  Rule: An object that becomes immortal is not counted any more
    References to it were counted before, by several threads, and will be dropped after. None of
    these drops may find a count to lower.

    @BRC-11.4 @sees:immortalized
    Scenario Outline: An object that was <state>, with references of both threads, becomes immortal
      Given Ada owns an object with three references
      And Ada and Ben have brought the object to state <state>, with shared count 1
      When Ada makes the object immortal
      And Ada drops a reference
      And Ben drops two references
      Then the object is immortal

      Examples:
        | state         |
        | none          |
        | maybe-weakref |
        | merged        |

  @BRC-11
  Rule: An object that becomes immortal in a queue stays immortal when the queue is emptied
    Whoever empties the queue was asked to merge, and a merge writes a count. It has to look
    first, because the promise was given after the object was queued.

    @BRC-11.5 @sees:queued @sees:immortalized
    Scenario Outline: <situation>
      Given Ada owns an object with one reference
      And Ben drops a reference
      And <actor> makes the object immortal
      When <deed>
      Then the object is immortal
      And the object answers the count of all immortal objects
      And the object is in nobody's queue

      Examples:
        | situation                                             | actor | deed                     |
        | The owner made it immortal and passes a safe point    | Ada   | Ada reaches a safe point |
        | Another thread did, and the owner passes a safe point | Ben   | Ada reaches a safe point |
        | Another thread did, and the owner exits               | Ben   | Ada exits                |

    @BRC-11.6 @sees:queued @sees:immortalized @sees:stopped
    Example: The collector empties the queue, and the object stays immortal
      Given Ada owns an object with one reference
      And Ben drops a reference
      And Ben makes the object immortal
      And Ada has detached
      When Ben runs the collector
      Then the object is immortal
      And the object answers the count of all immortal objects

  @BRC-11
  Rule: A local count that is full makes the object immortal
    A count that ran over would begin again at zero, and the object would be freed with
    references to it all over the program. Never to free it wastes a little memory.

    @BRC-11.7
    Scenario Outline: At the limit the object is still mortal, when the owner <does>
      Given Ada owns an object with one reference
      When Ada <does>
      Then the object is mortal
      When Ada sets the count to 1
      Then the object has 1 reference

      Examples:
        | does                                  |
        | adds references up to the local limit |
        | sets the count to the local limit     |

    @BRC-11.8
    Scenario Outline: Beyond the limit the object is immortal, when the owner <does>
      Given Ada owns an object with one reference
      And Ada adds references up to the local limit
      When Ada <does>
      Then the object is immortal
      And the object answers the count of all immortal objects

      Examples:
        | does                                            |
        | takes a reference                               |
        | adds a reference at once                        |
        | adds five references at once                    |
        | tries to take a reference                       |
        | takes a reference under a lock                  |
        | sets the count to one more than the local limit |

    @BRC-11.9
    Example: A count below zero is taken for one that is too high
      Given Ada owns an object with one reference
      When Ada sets the count to -1
      Then the object is immortal

  @BRC-11
  Rule: Only the end of the runtime makes an immortal object mortal again
    When the program is over, what never died has to be cleaned up. Nobody else runs then, so
    the object gets the count that is left and goes the ordinary way.

    @BRC-11.10 @sees:freed
    Example: An object that is made mortal again is merged, with the references it is given
      Given Ada owns an object with one reference
      And Ada makes the object immortal
      When Ada makes the object mortal again with two references
      Then the object is merged, with 2 references and no owner
      When Ben drops two references
      Then the object is freed once, by Ben
