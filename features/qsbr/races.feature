Feature: Threads that report, ask and come at once
  Nobody waits for anybody in this chapter: a thread reports with one store, and whoever polls
  reads what the others have stored. So a poll may come at any moment of a report, of an arrival
  or of a departure, and what it answers must be safe whichever it is. To say "not yet" once too
  often is always allowed. To say "reached" once too early is not.

  Background:
    Given Ada and Ben are attached

  @QSBR-02
  Rule: A poll is never ahead of the slowest thread
    A report and a poll are not one step, and the poll reads one thread after the other. What it
    misses it may count next time.

    @QSBR-02.7
    Example: A thread reports while another polls
      Given Ada advances to goal g
      And Ada reports a quiescent state
      When these race:
        | Ada | polls goal g              |
        | Ben | reports a quiescent state |
      Then the outcomes are:
        | Ada         | grade    | because                         |
        | reached     | expected | the poll saw Ben's report       |
        | not reached | expected | the poll came before the report |

    @QSBR-02.8
    Example: A reader comes when the poll has looked at its slot already
      Given Ada owns a list
      And Ben reads the list
      And Ben has detached
      When these race:
        | Ada | resizes the list            |
        | Ada | advances                    |
        | Ada | reports a quiescent state   |
        | Ada | processes the delayed frees |
        | Ben | attaches                    |
        | Ben | reads the list              |
      Then the outcomes are:
        | Ben                 | the old items | grade     | because                                                   |
        | finds the new items | freed         | expected  | whoever is seen too late comes too late for the old items |
        | finds the new items | retired       | expected  | the poll saw Ben, who had not seen the advance            |
        | finds the old items | retired       | expected  | Ben came before they were replaced                        |
        | finds the old items | freed         | forbidden | they would have gone while he reads them                  |

    @QSBR-02.9
    Example: A reader goes and comes back during a poll
      Given Ada advances to goal g
      And Ada reports a quiescent state
      When these race:
        | Ada | polls goal g |
        | Ben | detaches     |
        | Ben | attaches     |
      Then the outcomes are:
        | Ada         | Ben is   | grade    | because                                                       |
        | reached     | attached | expected | Ben held nothing when he was away, and is new when he is back |
        | not reached | attached | expected | the poll saw him before he went                               |

  @QSBR-03
  Rule: The sequences never go back
    A goal that was reached once has freed memory already. If it could be taken back, nobody
    could rely on an answer.

    @QSBR-03.13
    Example: Two threads advance
      When these race:
        | Ada | advances |
        | Ben | advances |
      Then the outcomes are:
        | the write sequence | grade     | because                                  |
        | 5                  | expected  | it has moved once for each of them       |
        | 3                  | forbidden | one goal would stand for two retirements |

    @QSBR-03.14
    Example: Two threads poll for different goals while a third advances
      Given Cleo is attached
      And Ada advances to goal g
      And Ada advances to goal h
      And Ada, Ben and Cleo report quiescent states
      When these race:
        | Ada  | polls goal g |
        | Ben  | polls goal h |
        | Cleo | advances     |
      Then the outcomes are:
        | Ada     | Ben     | the read sequence | grade    | because                                         |
        | reached | reached | 5                 | expected | both goals are past, and the higher one is kept |

    @QSBR-03.15
    Example: A thread attaches with a sequence that others have left behind
      Given Ben has detached
      When these race:
        | Ada | advances                  |
        | Ada | reports a quiescent state |
        | Ada | polls sequence 3          |
        | Ada | advances                  |
        | Ada | polls sequence 5          |
        | Ben | attaches                  |
      Then the outcomes are:
        | Ada                      | the read sequence | grade     | because                                                    |
        | reached, not reached     | 3                 | expected  | Ben came after the first poll, whatever he had read before |
        | not reached, not reached | 1                 | expected  | Ben was there, and had not seen the advance                |
        | reached, not reached     | 1                 | forbidden | what was free once would be held back again                |

    @QSBR-03.16
    Example: The poll that knows more loses to the one that knows less
      Given Cleo is attached
      And Ada advances to goal g
      And Ada, Ben and Cleo report quiescent states
      And Ada advances to goal h
      And Ada and Ben report quiescent states
      When these race:
        | Ada  | polls goal h              |
        | Ben  | polls goal g              |
        | Cleo | reports a quiescent state |
      Then the outcomes are:
        | Ada         | Ben     | the read sequence | grade     | because                                                     |
        | reached     | reached | 5                 | expected  | one of them saw Cleo's report, and wrote down what it means |
        | reached     | reached | 3                 | expected  | Ada saw it, and Ben, who had not, was faster to write       |
        | not reached | reached | 5                 | expected  | Ben alone saw it                                            |
        | not reached | reached | 3                 | expected  | neither saw it                                              |
        | not reached | reached | 1                 | forbidden | what a poll has found out would be lost                     |

  @QSBR-05
  Rule: A thread that comes or goes holds nothing back that is older
    A thread that attaches reads the write sequence and stores it, and between the two the
    sequence may move on.

    @QSBR-05.12
    Example: A thread attaches while another asks for its goal
      Given Ben has detached
      When these race:
        | Ada | advances                  |
        | Ada | reports a quiescent state |
        | Ben | attaches                  |
      Then the outcomes are:
        | Ben is   | the write sequence | grade    | because                             |
        | attached | 3                  | expected | neither waits for the other in this |

    @QSBR-05.13
    Example: A thread exits while another polls
      Given Ada advances to goal g
      And Ada reports a quiescent state
      When these race:
        | Ada | polls goal g |
        | Ben | exits        |
      Then the outcomes are:
        | Ada         | grade    | because                                                             |
        | reached     | expected | Ben is out of the way, or so far on his way that it does not matter |
        | not reached | expected | the poll still saw him                                              |

  @QSBR-06
  Rule: A deferred advance counts for its own thread alone
    Each thread has its own round. If two shared one, each would advance earlier than it has to.

    @QSBR-06.13
    Example: One defers while another advances
      When these race:
        | Ada | makes a deferred advance |
        | Ben | advances                 |
      Then the outcomes are:
        | the write sequence | grade    | because                        |
        | 3                  | expected | only Ben's has moved it so far |

    @QSBR-06.14
    Example: Two complete their rounds at once
      Given Ada makes all deferred advances of a round but the last
      And Ben makes all deferred advances of a round but the last
      When these race:
        | Ada | makes a deferred advance |
        | Ben | makes a deferred advance |
      Then the outcomes are:
        | the write sequence | grade     | because                         |
        | 5                  | expected  | each round ends with an advance |
        | 3                  | forbidden | one of the rounds would be lost |

  @QSBR-08
  Rule: The table grows under the hands of those who come and go
    A thread writes into its slot while the table is replaced by another. If the old one is
    written to afterwards, the report is lost.

    @QSBR-08.29
    Example: A thread detaches while the table grows
      Given Ada has made thread states for:
        | Cleo | Dan | Eve | Finn | Gus | Hal |
      And Ada has detached
      When these race:
        | Ada | makes a thread state for Ida |
        | Ben | detaches                     |
        | Ben | attaches                     |
        | Ben | detaches                     |
      Then the outcomes are:
        | the table has    | Ben is   | grade    | because                            |
        | 16 slots, 7 free | detached | expected | his slot moves while he is at rest |

    @QSBR-08.30 @bound:2
    Example: Two find no free slot at once
      Given Ada has made thread states for:
        | Cleo | Dan | Eve | Finn | Gus | Hal |
      When these race:
        | Ada | makes a thread state for Ida |
        | Ada | detaches                     |
        | Ben | makes a thread state for Jon |
        | Ben | detaches                     |
      Then the outcomes are:
        | the table has    | grade    | because                                                 |
        | 16 slots, 6 free | expected | the second one waits, and then finds that there is room |

    @QSBR-08.31 @bound:1
    Example: A thread is on its way out while the table grows
      Given Ada has made thread states for:
        | Cleo | Dan | Eve | Finn | Gus | Hal |
      When these race:
        | Ada | makes a thread state for Ida |
        | Ben | exits                        |
      Then the outcomes are:
        | the table has    | grade    | because                                                    |
        | 16 slots, 8 free | expected | Ben's slot moved, and he gave back the one that he has now |
        | 8 slots, 0 free  | expected | Ben was gone already, and Ida has his slot                 |

    @QSBR-08.32 @bound:3
    Example: The collector comes while a thread state is made
      Given Ben has exited
      When these race:
        | Ada | runs the collector     |
        | Ben | enters the interpreter |
        | Ben | detaches               |
      Then the outcomes are:
        | the table has   | grade    | because                                                          |
        | 8 slots, 6 free | expected | whoever stands in the list has a slot, or nobody asks for it yet |

    @QSBR-08.33 @bound:1
    Example: A newcomer takes the last free slot while another makes the table grow
      Given Ada has made thread states for:
        | Cleo | Dan | Eve | Finn | Gus |
      And Ada has detached
      When these race:
        | Ida | enters the interpreter       |
        | Ida | detaches                     |
        | Ben | makes a thread state for Jon |
        | Ben | detaches                     |
      Then the outcomes are:
        | the table has    | grade    | because                                                            |
        | 16 slots, 7 free | expected | a slot is known by its number, and that is the same in both tables |
