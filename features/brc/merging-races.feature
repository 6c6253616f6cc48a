Feature: Merging while others count
  An object is merged by its owner, by somebody who does not find the owner any more, or by a
  collector. Others go on counting meanwhile, and may be asking for that very merge. What the chapter
  says has to hold in every order of their operations on shared memory, not only in those that a
  test happens to meet: the object ends once, and no request is lost.

  Here nobody takes turns. A table names everything that may come of it, and why.

  Background:
    Given Ada and Ben are attached

  @BRC-06
  Rule: What is queued is announced, and what is announced is queued
    The owner takes the announcement back and empties the queue, others fill the queue and
    announce. One pair of these four steps in the wrong order would leave an object that nobody
    knows of.

    @BRC-06.13
    Example: A request comes while the owner serves an earlier one
      Given Ada owns an object with two references
      And Ben sets the merge request of Ada
      When these race:
        | Ada | reaches a safe point |
        | Ben | drops a reference    |
      Then the outcomes are:
        | the object                   | requests of Ada | grade     | because                                                   |
        | 1 reference, merged          | none            | expected  | the request was there when Ada took it back               |
        | 1 reference, merged          | merge           | expected  | it came after that, and Ada found the object all the same |
        | 2 references, queued for Ada | merge           | expected  | Ada looked too early, and is asked to look again          |
        | 2 references, queued for Ada | none            | forbidden | nobody would tell Ada                                     |

    @BRC-06.14
    Example: Two threads queue objects for the same owner
      Given Cleo is attached
      And Ada owns an object with three references
      And Ada owns object "x" with two references
      When these race:
        | Ben  | drops a reference               |
        | Cleo | drops a reference to object "x" |
      Then the outcomes are:
        | the object                   | object "x"                   | requests of Ada | grade    | because               |
        | 3 references, queued for Ada | 2 references, queued for Ada | merge           | expected | both are in the queue |

  @BRC-07
  Rule: An owner that is leaving takes the requests with it
    Whoever asks looks for the owner, finds it, and then queues. In between the owner may leave,
    unless the two take turns.

    @BRC-07.15
    Example: The request comes while its owner exits
      Given Ada owns an object with two references
      When these race:
        | Ada | exits             |
        | Ben | drops a reference |
      Then the outcomes are:
        | the object          | grade    | because                                               |
        | 1 reference, merged | expected | Ada merges it on her way out, or Ben when she is gone |

    @BRC-07.16
    Example: Two threads want the merge of an object whose owner is gone
      Given Cleo is attached
      And Ada owns an object with two references
      And Ada exits
      When these race:
        | Ben  | drops a reference |
        | Cleo | drops a reference |
      Then the outcomes are:
        | the object | grade    | because                                            |
        | freed      | expected | one of them merges, and the last one of them frees |

    @BRC-07.17
    Example: The owner comes back from a wait and finds a request
      Given Ada owns an object with two references
      And Ada has detached
      When these race:
        | Ada | attaches             |
        | Ada | reaches a safe point |
        | Ben | drops a reference    |
      Then the outcomes are:
        | the object                   | grade    | because                                        |
        | 1 reference, merged          | expected | she finds the request at her safe point        |
        | 2 references, queued for Ada | expected | it came later; the request keeps one reference |

  @BRC-07
  Rule: Whoever merges for an owner that is gone keeps a successor away
    The system may give the owner's thread id to a newcomer at any time, and that one counts on
    the local field without asking.

    @BRC-07.18
    Example: A new thread is given the owner's id while another merges
      Given Ada owns an object with three references
      And Ada exits
      When these race:
        | Cleo | enters the interpreter under the thread id that Ada had |
        | Cleo | drops a reference                                       |
        | Ben  | drops a reference                                       |
      Then the outcomes are:
        | the object                    | grade    | because                                                 |
        | 1 reference, merged           | expected | Ben merged before Cleo was there                        |
        | 2 references, queued for Cleo | expected | Cleo was there, so Ben asked the one who has the id now |

  @BRC-08
  Rule: A pause merges what is queued, whoever owns it
    The owner runs until it comes to rest, and the collector reads what it has counted by then.

    @BRC-08.9
    Example: The owner drops its reference while the collector is on its way
      Given Ada owns an object with two references
      And Ben drops a reference
      When these race:
        | Ben | runs the collector |
        | Ada | drops a reference  |
        | Ada | detaches           |
      Then the outcomes are:
        | the object | grade    | because                                      |
        | freed      | expected | nobody holds it, and the pause has merged it |

  @BRC-09
  Rule: Whatever the order, the object is deallocated once, by one of them
    Both may see a count that is about to be zero, and both may be right a moment later. Only
    one of their steps leaves nothing.

    @BRC-09.13
    Example: Each drops the last reference that it took
      Given Ada owns an object with one reference
      And Ben takes a reference
      When these race:
        | Ada | drops a reference |
        | Ben | drops a reference |
      Then the outcomes are:
        | the object | grade    | because                                                     |
        | freed      | expected | whoever comes second finds both counts at nothing and frees |

    @BRC-09.14
    Example: One drops what the other counted, while that one looks
      Given Ada owns an object with two references
      When these race:
        | Ada | drops a reference    |
        | Ada | reaches a safe point |
        | Ben | drops a reference    |
      Then the outcomes are:
        | the object                  | grade    | because                                                     |
        | freed                       | expected | Ada saw the request, or gave the object up before Ben asked |
        | 1 reference, queued for Ada | expected | Ben asked when Ada had looked already: she will look again  |

    @BRC-09.15
    Example: The owner gives the object up while another drops two
      Given Ada owns an object with one reference
      And Ben takes two references
      When these race:
        | Ada | drops a reference    |
        | Ben | drops two references |
      Then the outcomes are:
        | the object | grade    | because                                                     |
        | freed      | expected | Ben asks for a merge that is done already, and that is seen |

    @BRC-09.16
    Example: A request comes in the midst of the merge that it asks for
      Given Ada owns an object with three references
      And Ben drops a reference
      When these race:
        | Ada | reaches a safe point |
        | Ben | drops a reference    |
      Then the outcomes are:
        | the object          | grade    | because                                                        |
        | 1 reference, merged | expected | the merge counts Ben's second drop, whether before or after it |

    @BRC-09.17
    Example: Another thread comes and goes between the owner's steps
      Given Ada owns an object with two references
      When these race:
        | Ada | drops a reference                    |
        | Ada | reaches a safe point                 |
        | Ben | takes a reference and drops it again |
        | Ben | drops a reference                    |
      Then the outcomes are:
        | the object                  | grade    | because                                     |
        | freed                       | expected | all references are gone, and Ada has looked |
        | 1 reference, queued for Ada | expected | all are gone, and Ada has still to look     |

  @BRC-13
  Rule: The pause that replaces a request merges what it finds
    The thread that could not queue waits for everybody to come to rest, and until then
    everybody counts.

    @BRC-13.10
    Example: The owner counts until it comes to rest
      Given Ada owns an object with two references
      And there is no more memory for Ben
      When these race:
        | Ada | takes a reference |
        | Ada | detaches          |
        | Ben | drops a reference |
      Then the outcomes are:
        | the object           | grade    | because                              |
        | 2 references, merged | expected | Ben waits until Ada has come to rest |

    @BRC-13.11
    Example: The owner exits before the pause begins
      Given Ada owns an object with two references
      And there is no more memory for Ben
      When these race:
        | Ada | clears her thread state |
        | Ada | detaches                |
        | Ben | drops a reference       |
      Then the outcomes are:
        | the object          | grade    | because                                           |
        | 1 reference, merged | expected | Ben merges in a pause, or in place of who is gone |
