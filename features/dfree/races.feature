Feature: Freeing while others read and leave
  A retired block is freed by whoever finds that its goal is reached, be it the thread that retired
  it or one that inherited it. Others read, report, process and exit meanwhile. No order of that
  may free a block under a reader's eyes, free it twice, or leave it behind for ever.

  Background:
    Given Ada and Ben are attached

  @DFREE-01
  Rule: No reader sees the block go
    Whoever processes the queue reads what others have reported a moment ago. It may be out of
    date, but only on the safe side.

    @DFREE-01.16
    Example: A reader reads, and reports when it is done
      Given Ada has retired block b
      And Ada advances
      And Ada reports a quiescent state
      When these race:
        | Ada | processes the delayed frees |
        | Ben | reads block b               |
        | Ben | reports a quiescent state   |
      Then the outcomes are:
        | Ben    | block b | grade     | because                                  |
        | intact | retired | expected  | Ben had not reported yet                 |
        | intact | freed   | expected  | Ben had reported, and has read it before |
        | spoilt | freed   | forbidden | it would have gone while he read         |

    @DFREE-01.17
    Example: The first reader comes while the owner of a list resizes it
      Given Ada owns a list
      When these race:
        | Ada | resizes the list |
        | Ben | reads the list   |
      Then the outcomes are:
        | Ben                 | the old items | grade     | because                                                 |
        | finds the old items | retired       | expected  | Ben had said first that he reads, and they wait for him |
        | finds the new items | retired       | expected  | he had said so, and looked when they were replaced      |
        | finds the new items | freed         | expected  | nobody had ever read when Ada replaced them             |
        | finds the old items | freed         | forbidden | they would have gone while he reads them                |

    @DFREE-01.18
    Example: A reader keeps what it found while the list is resized and the memory used again
      Given Ada owns a list
      And Ben reads the list
      When these race:
        | Ada | resizes the list            |
        | Ada | advances                    |
        | Ada | reports a quiescent state   |
        | Ada | processes the delayed frees |
        | Ada | resizes the list            |
        | Ben | reads the old items         |
        | Ben | reports a quiescent state   |
      Then the outcomes are:
        | Ben    | the old items | grade     | because                                           |
        | intact | retired       | expected  | Ben had not reported yet when Ada looked          |
        | intact | freed         | expected  | he had reported, and reads them no more           |
        | spoilt | freed         | forbidden | new items would stand where he reads the old ones |

    @DFREE-01.19
    Example: A reader reads, and detaches when it is done
      Given Ada has retired block b
      And Ada advances
      And Ada reports a quiescent state
      When these race:
        | Ada | processes the delayed frees |
        | Ben | reads block b               |
        | Ben | detaches                    |
      Then the outcomes are:
        | Ben    | block b | grade     | because                                       |
        | intact | retired | expected  | Ben was still attached                        |
        | intact | freed   | expected  | Ben was detached, and has read it before that |
        | spoilt | freed   | forbidden | it would have gone while he read              |

    @DFREE-01.20
    Example: One finds out that the reader is done, and another frees
      Given Cleo is attached
      And Ada has retired block b
      And Ada advances to goal g
      And Ada and Cleo report quiescent states
      When these race:
        | Ada  | processes the delayed frees |
        | Ben  | reads block b               |
        | Ben  | reports a quiescent state   |
        | Cleo | polls goal g                |
      Then the outcomes are:
        | Cleo        | Ben    | block b | grade     | because                                                    |
        | reached     | intact | freed   | expected  | Ada takes what Cleo has found out, or finds it out herself |
        | reached     | intact | retired | expected  | Ada had looked before                                      |
        | not reached | intact | freed   | expected  | Cleo had looked before                                     |
        | not reached | intact | retired | expected  | both had looked before                                     |
        | reached     | spoilt | freed   | forbidden | it would have gone while Ben read                          |

  @DFREE-05
  Rule: What an exiting thread leaves is found
    One leaves its queue while another looks whether anything was left. A look that comes too
    early has to be followed by another.

    @DFREE-05.16
    Example: A thread exits while another processes what was left
      Given Ben has retired block b
      And Ada advances
      And Ada reports a quiescent state
      When these race:
        | Ada | processes the delayed frees |
        | Ben | exits                       |
      Then the outcomes are:
        | block b | left to the interpreter | grade     | because                                            |
        | freed   | 0                       | expected  | it was there when Ada looked                       |
        | retired | 1                       | expected  | it came when she had looked; the next one finds it |
        | retired | 0                       | forbidden | nobody would find it                               |

    @DFREE-05.17
    Example: A thread leaves its queue while another empties what was left before
      Given Cleo is attached
      And Ben has retired block b
      And Cleo has retired block c
      And Cleo exits
      And Ada advances
      And Ada reports a quiescent state
      When these race:
        | Ada | processes the delayed frees |
        | Ben | exits                       |
      Then the outcomes are:
        | block b | block c | left to the interpreter | what is left is | grade     | because                                                      |
        | freed   | freed   | 0                       | not announced   | expected  | Ben's was there when Ada looked                              |
        | retired | retired | 2                       | announced       | expected  | Ben had the lock, so Ada passed by; or he was still attached |
        | retired | freed   | 1                       | announced       | expected  | Ada was done when Ben came                                   |
        | retired | freed   | 1                       | not announced   | forbidden | nobody would look for it                                     |

    @DFREE-05.18 @bound:2
    Example: A thread exits while two process what another has left
      Given Cleo and Dan are attached
      And Cleo has retired block c
      And Cleo exits
      And Ben has retired block b
      And Ada advances
      And Ada and Dan report quiescent states
      When these race:
        | Ada | processes the delayed frees |
        | Dan | processes the delayed frees |
        | Ben | exits                       |
      Then the outcomes are:
        | block b | block c | left to the interpreter | what is left is | grade     | because                                                                     |
        | freed   | freed   | 0                       | not announced   | expected  | all of it was there when one of them looked                                 |
        | retired | freed   | 1                       | announced       | expected  | Ben came when they were done                                                |
        | retired | retired | 2                       | announced       | expected  | each of them passed by somebody who had the lock, or saw Ben still attached |
        | retired | freed   | 1                       | not announced   | forbidden | nobody would look for it                                                    |

  @DFREE-06
  Rule: What finds no room in the queue is freed when the readers have come to rest
    The block cannot wait for its goal, so its thread waits for the readers: who is at rest has let
    go of everything.

    @DFREE-06.13
    Example: A reader reads while the pause is on its way
      Given Ada has block b
      And there is no more memory for Ada
      When these race:
        | Ada | retires block b |
        | Ben | reads block b   |
        | Ben | detaches        |
      Then the outcomes are:
        | Ben    | block b | grade     | because                                   |
        | intact | freed   | expected  | the world is stopped when Ben has read it |
        | spoilt | freed   | forbidden | it would have gone while he read          |

  @DFREE-07
  Rule: Two who process the same queue free each block once
    Both find the same blocks ready. One of them takes the queue, the other does not wait for
    it.

    @DFREE-07.8
    Example: Two threads process what a third has left
      Given Cleo is attached
      And Cleo has retired block b
      And Cleo exits
      And Ada advances
      And Ada and Ben report quiescent states
      When these race:
        | Ada | processes the delayed frees |
        | Ben | processes the delayed frees |
      Then the outcomes are:
        | block b | left to the interpreter | grade    | because                                       |
        | freed   | 0                       | expected | one of them frees it, the other does not wait |
