Feature: Counting at once
  The owner counts without atomic operations, everybody else with them, on two fields that lie
  beside each other. That is fast, and it means that between any two steps of one thread another
  may do all of its own. No count and no flag may be lost by that.

  Here nobody takes turns. A table names everything that may come of it, and why.

  Background:
    Given Ada and Ben are attached

  @BRC-04
  Rule: No count is lost when several count at once
    Two that read the same count and both write one more have counted one.

    @BRC-04.12
    Example: Two who do not own it take references
      Given Cleo is attached
      And Ada owns an object with one reference
      When these race:
        | Ben  | takes a reference |
        | Cleo | takes a reference |
      Then the outcomes are:
        | the object          | grade    | because           |
        | 3 references, Ada’s | expected | both were counted |

    @BRC-04.13
    Example: Two who do not own it drop what they took
      Given Cleo is attached
      And Ada owns an object with one reference
      And Ben takes a reference
      And Cleo takes a reference
      When these race:
        | Ben  | drops a reference |
        | Cleo | drops a reference |
      Then the outcomes are:
        | the object         | grade    | because           |
        | 1 reference, Ada’s | expected | both were counted |

    @BRC-04.14
    Example: The owner and another take references
      Given Ada owns an object with one reference
      When these race:
        | Ada | takes a reference |
        | Ben | takes a reference |
      Then the outcomes are:
        | the object          | grade    | because                               |
        | 3 references, Ada’s | expected | each of them has a count of their own |

  @BRC-05
  Rule: Flags change in one step with the count
    A flag that is written by itself could wipe out a count, or be wiped out by one.

    @BRC-05.15
    Example: The owner allows attempts while another takes a reference
      Given Ada owns an object with one reference
      When these race:
        | Ada | allows lock-free attempts on the object |
        | Ben | takes a reference                       |
      Then the outcomes are:
        | the object          | grade    | because                           |
        | 2 references, Ada’s | expected | the flag does not touch the count |

    @BRC-05.16
    Example: One takes a reference under a lock that another does not need
      Given Cleo is attached
      And Ada owns an object with one reference
      When these race:
        | Ben  | takes a reference under a lock |
        | Cleo | takes a reference              |
      Then the outcomes are:
        | the object          | grade    | because           |
        | 3 references, Ada’s | expected | both were counted |
