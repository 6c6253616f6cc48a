Feature: Attempts at an object that is about to end
  A thread finds an object without a lock, and tries for a reference while the last one is being
  dropped, a slot is being emptied, or a finalizer runs. Whatever the order, it comes away with a
  reference to a living object, or with nothing.

  Here nobody takes turns. A table names everything that may come of it, and why.

  Background:
    Given Ada and Ben are attached

  @BRC-10
  Rule: A reference is taken from a living object, or not at all
    Between finding an object and counting, its last reference may be dropped.

    @BRC-10.18
    Example: An attempt meets the last drop
      Given Ada owns an object with one reference
      And Ada allows lock-free attempts on the object
      When these race:
        | Ada | drops a reference         |
        | Ben | tries to take a reference |
      Then the outcomes are:
        | Ben     | the object          | grade     | because                             |
        | granted | 1 reference, merged | expected  | Ben was first, and it is his now    |
        | denied  | freed               | expected  | Ada was first, and there is nothing |
        | granted | freed               | forbidden | Ben would hold what is gone         |

    @BRC-10.19
    Example: Two attempts meet the last drops
      Given Cleo is attached
      And Ada owns an object with two references
      And Ada allows lock-free attempts on the object
      When these race:
        | Ada  | drops two references      |
        | Ben  | tries to take a reference |
        | Cleo | tries to take a reference |
      Then the outcomes are:
        | Ben     | Cleo    | the object           | grade    | because                          |
        | granted | granted | 2 references, merged | expected | both came before Ada's last drop |
        | denied  | denied  | freed                | expected | both came after it               |

    @BRC-10.20
    Example: A reader finds the object in a slot that is being emptied
      Given Ada owns an object with one reference
      And Ada has made slot "s"
      And Ada puts the object into slot "s"
      When these race:
        | Ada | empties slot "s"                |
        | Ben | takes a reference from slot "s" |
      Then the outcomes are:
        | Ben           | the object          | grade    | because                            |
        | takes it      | 2 references, Ada’s | expected | Ben came before the slot was empty |
        | finds nothing | 1 reference, Ada’s  | expected | Ben came after                     |

    @BRC-10.21
    Example: The memory of what was in a slot is used again
      Given Ada owns an object with one reference
      And Ada has made slot "s"
      And Ada allows lock-free attempts on the object
      And Ada puts the object into slot "s"
      When these race:
        | Ada | empties slot "s"                                     |
        | Ada | drops a reference                                    |
        | Ada | makes object "y" and allows lock-free attempts on it |
        | Ben | takes a reference from slot "s"                      |
      Then the outcomes are:
        | Ben           | the object          | grade     | because                                                     |
        | takes it      | 1 reference, merged | expected  | Ben came before Ada had dropped it                          |
        | finds nothing | freed               | expected  | Ben came too late, and lets go of what he may have taken    |
        | takes it      | freed               | forbidden | what he took would be another object, which nobody gave him |

    @BRC-10.22
    Example: A slot that nobody was allowed to read without a lock is emptied
      Given Ada owns an object with one reference
      And Ada has made slot "s"
      And Ada puts the object into slot "s"
      When these race:
        | Ada | empties slot "s"                |
        | Ada | drops a reference               |
        | Ben | takes a reference from slot "s" |
      Then the outcomes are:
        | Ben           | the object          | grade    | because                                                |
        | takes it      | 1 reference, merged | expected | Ben had the slot's lock first                          |
        | finds nothing | freed               | expected | Ada had it first, and then the only reference was hers |

    @BRC-10.23
    Example: A finalizer allows attempts, and one comes
      Given Ada owns an object whose finalizer allows lock-free attempts on the object
      When these race:
        | Ada | drops a reference         |
        | Ben | tries to take a reference |
      Then the outcomes are:
        | Ben     | the object          | grade     | because                                          |
        | granted | 1 reference, merged | expected  | he came while the finalizer ran, and it lives on |
        | granted | 1 reference, Ada’s  | allowed   | likewise, and it may stay hers                   |
        | denied  | freed               | expected  | he came before that, or when it was dead         |
        | granted | freed               | forbidden | Ben would hold what is gone                      |

  @BRC-12
  Rule: What others count in the last moment is kept
    The finalizer lends the object a reference and takes it back. What is counted in between
    must not be written over.

    @BRC-12.12
    Example: The finalizer puts the object where another looks for it
      Given Ada has made slot "s"
      And Ada owns an object whose finalizer puts the object into slot "s"
      When these race:
        | Ada | drops a reference               |
        | Ben | takes a reference from slot "s" |
      Then the outcomes are:
        | Ben           | the object           | grade     | because                               |
        | finds nothing | 1 reference, merged  | expected  | he came before the finalizer          |
        | takes it      | 2 references, merged | expected  | the slot holds one, and Ben the other |
        | finds nothing | 1 reference, Ada’s   | allowed   | it may stay hers                      |
        | takes it      | 2 references, Ada’s  | allowed   | it may stay hers                      |
        | takes it      | 1 reference, merged  | forbidden | Ben's reference would be wiped out    |
        | takes it      | 1 reference, Ada’s   | forbidden | Ben's reference would be wiped out    |
