Feature: Between two operations of a thread
  Most of what could go wrong here needs a moment that is one operation long: a thread has marked
  an object as queued and has not looked yet whose it is; another has said that nobody owns it and
  has not said yet that it is merged. A test that does not choose the moment meets it once in a
  million runs. Each of these races is about one such moment, and tries every order around it.

  Where three threads meet, there may be too many orders. Then the scenario names the bound within
  which they are tried.

  Background:
    Given Ada and Ben are attached

  @BRC-09
  Rule: Whoever asks too late for a merge finds it done
    Between the mark and the request the owner may give the object up by itself. The one who
    asks must notice, or the object waits for a thread that has forgotten it.

    @BRC-09.18
    Example: The owner gives the object up between the mark and the request
      A reference that Cleo has taken goes to Ada, so that Ada drops more than she has counted.
      Given Cleo is attached
      And Ada has event "handed over"
      And Ada owns an object with two references
      And Ada allows lock-free attempts on the object
      When these race:
        | Ada  | waits for event "handed over" |
        | Ada  | drops two references          |
        | Ben  | drops a reference             |
        | Cleo | tries to take a reference     |
        | Cleo | sets event "handed over"      |
      Then the outcomes are:
        | the object                  | grade    | because                                                                               |
        | freed                       | expected | Ben found nobody to ask and dropped it himself, or Cleo was first and he need not ask |
        | 1 reference, queued for Ada | expected | Ben had seen that it was hers, and put it into her queue though she had given it up   |

    @BRC-09.19
    Example: The last reference goes while the owner merges, and the memory is used again
      Given Ada owns an object with two references
      And Ben drops a reference
      When these race:
        | Ada | reaches a safe point |
        | Ben | drops a reference    |
        | Ben | makes object "y"     |
      Then the outcomes are:
        | the object | object "y"            | grade     | because                                                                   |
        | freed      | 1 reference, Ben’s    | expected  | whatever Ada writes to the object, she writes before its word says merged |
        | freed      | 1 reference, nobody’s | forbidden | Ada would have written to an object that is not hers                      |

  @BRC-07
  Rule: Of many who find the owner gone, one merges
    Each of them sees a reference that only the owner had counted. If two added that count up,
    it would be there twice.

    @BRC-07.19 @bound:2
    Example: Three threads drop what a fourth has owned
      Given Cleo and Dan are attached
      And Ada owns an object with three references
      And Ada exits
      When these race:
        | Ben  | drops a reference |
        | Cleo | drops a reference |
        | Dan  | drops a reference |
      Then the outcomes are:
        | the object | grade    | because                                                          |
        | freed      | expected | one merges; the others count below zero before, or drop after it |

  @BRC-10
  Rule: An attempt is decided by one exchange
    Looking and counting in two steps would leave a gap, and the object could die in it.

    @BRC-10.24
    Example: An attempt meets two last drops
      Given Cleo is attached
      And Ada owns an object with one reference
      And Ada allows lock-free attempts on the object
      And Ben takes a reference
      When these race:
        | Ada  | drops a reference         |
        | Ben  | drops a reference         |
        | Cleo | tries to take a reference |
      Then the outcomes are:
        | Cleo    | the object          | grade     | because                                    |
        | granted | 1 reference, merged | expected  | one of the others still held it            |
        | denied  | freed               | expected  | it was dead, and the attempt left it alone |
        | granted | freed               | forbidden | Cleo would hold what is gone               |

    @BRC-10.25
    Example: A thread that is not the owner finalizes, and the finalizer allows attempts
      Given Ada owns an object whose finalizer allows lock-free attempts on the object
      And Ben takes a reference
      And Ada drops a reference
      When these race:
        | Ben | drops a reference         |
        | Ada | tries to take a reference |
      Then the outcomes are:
        | Ada     | the object          | grade     | because                                             |
        | granted | 1 reference, merged | expected  | she came before its end, or while the finalizer ran |
        | denied  | freed               | expected  | she came when it was dead                           |
        | granted | freed               | forbidden | Ada would hold what is gone                         |

    @BRC-10.26
    Example: A reader comes while another object takes the place
      Given Ada owns an object with one reference
      And Ada owns object "y" with one reference
      And Ada has made slot "s"
      And Ada allows lock-free attempts on the object
      And Ada puts the object into slot "s"
      When these race:
        | Ada | puts object "y" into slot "s"   |
        | Ada | drops a reference               |
        | Ben | takes a reference from slot "s" |
      Then the outcomes are:
        | Ben              | the object          | object "y"          | grade     | because                         |
        | takes it         | 1 reference, merged | 1 reference, Ada’s  | expected  | Ben came first                  |
        | takes object "y" | freed               | 2 references, Ada’s | expected  | Ben came later, or looked again |
        | takes it         | freed               | 1 reference, Ada’s  | forbidden | Ben would hold what is gone     |

  @BRC-06
  Rule: No request is lost, however many come
    The owner takes one request back for all that is queued by then, so whoever queues later has
    to set it anew.

    @BRC-06.15 @bound:2
    Example: Two queue while the owner empties her queue
      Given Cleo is attached
      And Ada owns an object with three references
      And Ada owns object "x" with two references
      And Ben drops a reference
      When these race:
        | Ada  | reaches a safe point            |
        | Ben  | drops a reference               |
        | Cleo | drops a reference to object "x" |
      Then the outcomes are:
        | the object          | object "x"                   | requests of Ada | grade     | because                                                        |
        | 1 reference, merged | 1 reference, merged          | none            | expected  | Ada took both, and the request was there when she took it back |
        | 1 reference, merged | 1 reference, merged          | merge           | expected  | Ada took both, and is asked once more in vain                  |
        | 1 reference, merged | 2 references, queued for Ada | merge           | expected  | Cleo came later; Ada will look again                           |
        | 1 reference, merged | 2 references, queued for Ada | none            | forbidden | nobody would tell Ada                                          |

  @BRC-11
  Rule: An object may become immortal at any moment
    Others have begun by then to drop, to queue or to merge, and go on with what they have read.

    @BRC-11.11
    Example: The owner makes the object immortal while another drops a reference
      Given Ada owns an object with two references
      When these race:
        | Ada | makes the object immortal |
        | Ada | reaches a safe point      |
        | Ben | drops a reference         |
      Then the outcomes are:
        | the object | grade    | because                                                     |
        | immortal   | expected | no queue and no drop that had begun makes the object mortal |

    @BRC-11.12
    Example: The owner makes the object immortal while the collector comes
      Given Ada owns an object with two references
      And Ben drops a reference
      When these race:
        | Ada | makes the object immortal |
        | Ada | detaches                  |
        | Ben | runs the collector        |
      Then the outcomes are:
        | the object | grade    | because                                    |
        | immortal   | expected | the collector merges only when Ada is done |

  @BRC-12
  Rule: What is brought back is merged in one step
    The object is in nobody's hands while its finalizer runs, and others may have found it
    meanwhile.

    @BRC-12.13
    Example: Another drops what the finalizer kept, while the finalizing thread merges
      Given Ada has event "kept"
      And Ada owns an object whose finalizer keeps a reference to the object and sets event "kept"
      When these race:
        | Ada | drops a reference      |
        | Ben | waits for event "kept" |
        | Ben | drops a reference      |
      Then the outcomes are:
        | the object                  | grade    | because                                                    |
        | freed                       | expected | Ben found it merged, or without an owner; no drop was lost |
        | 1 reference, queued for Ada | expected | Ben asked Ada to merge before she did                      |

    @BRC-12.14 @bound:2
    Example: Two take what the finalizer offers
      Given Cleo is attached
      And Ada has made slot "s"
      And Ada owns an object whose finalizer puts the object into slot "s"
      When these race:
        | Ada  | drops a reference               |
        | Ben  | takes a reference from slot "s" |
        | Cleo | takes a reference from slot "s" |
      Then the outcomes are:
        | Ben           | Cleo          | the object           | grade    | because                              |
        | finds nothing | finds nothing | 1 reference, merged  | expected | both came before the finalizer       |
        | takes it      | finds nothing | 2 references, merged | expected | Ben came later                       |
        | finds nothing | takes it      | 2 references, merged | expected | Cleo came later                      |
        | takes it      | takes it      | 3 references, merged | expected | both came later, and each is counted |
        | finds nothing | finds nothing | 1 reference, Ada’s   | allowed  | it may stay hers                     |
        | takes it      | finds nothing | 2 references, Ada’s  | allowed  | it may stay hers                     |
        | finds nothing | takes it      | 2 references, Ada’s  | allowed  | it may stay hers                     |
        | takes it      | takes it      | 3 references, Ada’s  | allowed  | it may stay hers                     |

  @BRC-13
  Rule: Until the world is stopped, everybody may go on
    A pause that is asked for is not yet a pause, so what was read before it began may be out of
    date.

    @BRC-13.12 @bound:2
    Example: The owner exits and a third counts before the pause
      Given Cleo is attached
      And Ada owns an object with three references
      And there is no more memory for Ben
      When these race:
        | Ada  | drops a reference |
        | Ada  | exits             |
        | Ben  | drops a reference |
        | Cleo | takes a reference |
        | Cleo | detaches          |
      Then the outcomes are:
        | the object           | grade    | because                                                |
        | 2 references, merged | expected | Ben merges what he finds then, whoever counted before  |
        | 2 references, Ada’s  | expected | Cleo had taken one that Ben could drop without a merge |
