Feature: Who counts where
  The owner's count is cheap because nobody else writes it: a plain read and a plain write, with no
  other thread to wait for. That holds only as long as nobody makes an exception, not even for one
  reference. So every other thread goes to the shared field, the former owner of a merged object
  like anybody else.

  Background:
    Given Ada and Ben are attached

  @BRC-04
  Rule: Only the owner counts on the local field
    It is read and written without atomic steps. A second writer, once in a while, would be
    enough to lose a count.

    @BRC-04.1
    Scenario Outline: The owner <does>, on the local field
      Given Ada owns an object with two references
      When Ada <does>
      Then the object has local count <local> and shared count 0

      Examples:
        | does                           | local |
        | takes a reference              | 3     |
        | drops a reference              | 1     |
        | tries to take a reference      | 3     |
        | takes a reference under a lock | 3     |
        | adds two references at once    | 4     |

    @BRC-04.90
    Example: What a thread of three has made is still its own when it has slept
      Given Cleo is attached
      And Ben owns object "x" with one reference
      And Cleo owns object "y" with one reference
      When Ben detaches
      And Ben attaches
      And Ben drops a reference to object "x"
      Then object "x" is freed once, by Ben
      And object "y" belongs to Cleo

    @BRC-04.2
    Scenario Outline: Another thread <does>, on the shared field
      Given Ada owns an object with two references
      When Ben <does>
      Then the object has local count 2 and shared count <shared>

      Examples:
        | does                           | shared |
        | takes a reference              | 1      |
        | drops a reference              | 0      |
        | drops two references           | -1     |
        | takes a reference under a lock | 1      |
        | adds two references at once    | 2      |

    @BRC-04.3
    Example: What the others counted is not the owner's to touch
      Given Ada owns an object with two references
      And Ben takes a reference
      When Ada takes three references
      And Ada drops four references
      Then the object has local count 1 and shared count 1

    @BRC-04.4 @sees:merged
    Scenario Outline: Once merged, the former owner <does> as everybody does
      Given Ada owns an object with two references
      And Ben takes two references
      And Ada drops two references
      When Ada <does>
      Then the object is merged, with <references> and no owner

      Examples:
        | does                           | references   |
        | takes a reference              | 3 references |
        | drops a reference              | 1 reference  |
        | tries to take a reference      | 3 references |
        | takes a reference under a lock | 3 references |
        | adds two references at once    | 4 references |

    @BRC-04.5
    Example: Two owners count each their own object
      Given Ada owns object "x" with one reference
      And Ben owns object "y" with one reference
      When Ada takes a reference to object "x"
      And Ada takes a reference to object "y"
      Then object "x" has local count 2 and shared count 0
      And object "y" has local count 1 and shared count 1

  @BRC-04
  Rule: A count that is set outright replaces all that was counted
    Code that revives or rebuilds an object states its count instead of counting. It has to have
    the object to itself, because what others count at that moment is lost.

    @BRC-04.10
    Scenario Outline: The owner sets the count while <situation>, and stays the owner
      Given Ada owns an object with three references
      And Ada and Ben have brought the object to state <state>, with shared count 1
      When Ada sets the count to 2
      Then the object is in state <state>, with local count 2 and shared count 0
      And the object belongs to Ada

      Examples:
        | situation                             | state         |
        | another thread has counted            | none          |
        | others are allowed lock-free attempts | maybe-weakref |

    @BRC-04.11
    Example: Another thread that sets the count ends the ownership
      Given Ada owns an object with three references
      When Ben sets the count to 2
      Then the object is merged, with 2 references and no owner
