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
