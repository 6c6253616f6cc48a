Feature: Locks in every order
  Between looking at a lock and going to sleep, somebody may give it back. A sleeper may be called
  away, or lose patience, while another is about to wake it. Whatever the order, nobody sleeps
  beside a free lock, and no two have it at once.

  Background:
    Given Ada and Ben are attached

  @THREAD-07
  Rule: Nobody sleeps beside a free lock
    Whoever gives a lock back wakes those it knows of. A thread that is just about to sleep has
    to be known, or has to look again.

    @THREAD-07.43
    Example: Two threads take a mutex and give it back
      Given Ada holds mutex m
      And Ada gives mutex m back
      When these race:
        | Ada | asks for mutex m   |
        | Ada | gives mutex m back |
        | Ben | asks for mutex m   |
        | Ben | gives mutex m back |
      Then the outcomes are:
        | mutex m | grade    | because                                                 |
        | free    | expected | both had it, one after the other, and neither sleeps on |

    @THREAD-07.44
    Example: A mutex is tried while it is given back
      Given Ada holds mutex m
      When these race:
        | Ada | gives mutex m back |
        | Ben | tries mutex m      |
      Then the outcomes are:
        | Ben       | mutex m | grade    | because                  |
        | acquired  | held    | expected | he came when it was free |
        | timed out | free    | expected | he came before that      |

    @THREAD-07.45
    Example: An event is set while another begins to wait for it
      Given Ada has event "e"
      When these race:
        | Ada | sets event "e"      |
        | Ben | waits for event "e" |
      Then the outcomes are:
        | Ben | grade    | because                            |
        | set | expected | no order lets him sleep through it |

    @THREAD-07.46
    Example: Two threads come to an initialisation
      Given Ada has an initialisation
      When these race:
        | Ada | succeeds at the initialisation |
        | Ben | succeeds at the initialisation |
      Then the outcomes are:
        | Ada           | Ben           | grade    | because       |
        | runs it       | finds it done | expected | Ada was first |
        | finds it done | runs it       | expected | Ben was first |

    @THREAD-07.47
    Example: Two threads never hold a mutex at once
      Given Ada holds mutex m
      And Ada gives mutex m back
      When these race:
        | Ada | asks for mutex m   |
        | Ada | gives mutex m back |
        | Ben | asks for mutex m   |
        | Ben | gives mutex m back |
      Then the outcomes are:
        | Ada        | Ben        | mutex m | grade    | because                                                 |
        | acquired   | acquired   | free    | expected | each gives back what is theirs to give                  |
        | acquired   | handed off | free    | allowed  | Ben waited for so long that Ada passed the mutex to him |
        | handed off | acquired   | free    | allowed  | Ada waited for so long that Ben passed the mutex to her |

    @THREAD-07.48
    Example: A reader leaves while a writer comes
      Given Ada holds the shared lock for reading
      When these race:
        | Ada | gives the shared lock back from reading |
        | Ben | asks for the shared lock for writing    |
        | Ben | gives the shared lock back from writing |
      Then the outcomes are:
        | Ada  | Ben  | grade    | because                                     |
        | done | done | expected | the last reader wakes whoever went to sleep |

    @THREAD-07.49
    Example: Two readers take the shared lock and give it back
      Given Ada holds the shared lock for writing
      And Ada gives the shared lock back from writing
      When these race:
        | Ada | asks for the shared lock for reading    |
        | Ada | gives the shared lock back from reading |
        | Ben | asks for the shared lock for reading    |
        | Ben | gives the shared lock back from reading |
      Then the outcomes are:
        | Ada  | Ben  | grade    | because                      |
        | done | done | expected | both were counted in and out |

    @THREAD-07.52 @bound:2
    Example: Two mutexes that share a bucket are given back
      Given Ada holds mutex m
      And Ada holds mutex n, which shares a bucket with m
      And Cleo is attached
      When these race:
        | Ada  | gives mutex m back |
        | Ada  | gives mutex n back |
        | Ben  | asks for mutex m   |
        | Cleo | asks for mutex n   |
      Then the outcomes are:
        | Ben        | Cleo       | mutex m | mutex n | grade    | because                                                  |
        | acquired   | acquired   | held    | held    | expected | neither is woken for the other's sake                    |
        | handed off | acquired   | held    | held    | allowed  | Ben waited for so long that Ada passed his mutex to him  |
        | acquired   | handed off | held    | held    | allowed  | Cleo waited for so long that Ada passed her mutex to her |
        | handed off | handed off | held    | held    | allowed  | both waited for so long                                  |

    @THREAD-07.53 @bound:2
    Example: Three threads at one mutex
      Given Ada holds mutex m
      And Cleo is attached
      When these race:
        | Ada  | gives mutex m back |
        | Ben  | asks for mutex m   |
        | Ben  | gives mutex m back |
        | Cleo | asks for mutex m   |
        | Cleo | gives mutex m back |
      Then the outcomes are:
        | Ben        | Cleo       | mutex m | grade    | because                                                  |
        | acquired   | acquired   | free    | expected | each had it, and nobody sleeps on                        |
        | handed off | acquired   | free    | allowed  | Ben waited for so long that the mutex was passed to him  |
        | acquired   | handed off | free    | allowed  | Cleo waited for so long that the mutex was passed to her |
        | handed off | handed off | free    | allowed  | both waited for so long                                  |

    @THREAD-07.55 @bound:2
    Example: A reader comes while a writer waits for another reader
      Given Ada holds the shared lock for reading
      And Cleo is attached
      When these race:
        | Ada  | gives the shared lock back from reading |
        | Ben  | asks for the shared lock for writing    |
        | Ben  | gives the shared lock back from writing |
        | Cleo | asks for the shared lock for reading    |
        | Cleo | gives the shared lock back from reading |
      Then the outcomes are:
        | Ben  | Cleo | grade    | because                             |
        | done | done | expected | whoever leaves last wakes everybody |

    @THREAD-07.59 @bound:2
    Example: Three threads come to an initialisation
      Given Ada has an initialisation
      And Cleo is attached
      When these race:
        | Ada  | succeeds at the initialisation |
        | Ben  | succeeds at the initialisation |
        | Cleo | succeeds at the initialisation |
      Then the outcomes are:
        | Ada           | Ben           | Cleo          | grade    | because        |
        | runs it       | finds it done | finds it done | expected | Ada was first  |
        | finds it done | runs it       | finds it done | expected | Ben was first  |
        | finds it done | finds it done | runs it       | expected | Cleo was first |

  @THREAD-07
  Rule: A wait that ends by itself takes nothing from anybody
    Whoever gives the lock back may have chosen the very thread that is about to leave. Then
    either that thread has the lock after all, or it was never chosen.

    @THREAD-07.50
    Example: A wait ends while the mutex is given back
      Given Ada holds mutex m
      When these race:
        | Ada | lets a second pass                         |
        | Ada | gives mutex m back                         |
        | Ben | asks for mutex m for at most half a second |
      Then the outcomes are:
        | Ben        | mutex m | grade    | because                                               |
        | acquired   | held    | expected | he came, or was woken, when it was free               |
        | handed off | held    | expected | he had waited for long, and was chosen before he left |
        | timed out  | free    | expected | he had left the line, so nobody was found in it       |

    @THREAD-07.51 @bound:2
    Example: A third comes when somebody has waited for long
      Given Cleo is attached
      And Ada holds mutex m
      When these race:
        | Ada  | lets a moment longer than the fairness limit pass |
        | Ada  | gives mutex m back                                |
        | Ben  | asks for mutex m for at most a second             |
        | Cleo | tries mutex m                                     |
      Then the outcomes are:
        | Ben        | Cleo      | mutex m | grade     | because                                                                      |
        | acquired   | timed out | held    | expected  | he came before her                                                           |
        | handed off | timed out | held    | expected  | the mutex was never free in between                                          |
        | timed out  | acquired  | held    | expected  | she came before him, or was faster than a waiter who had not waited for long |
        | handed off | acquired  | held    | forbidden | both would have it                                                           |
        | acquired   | acquired  | held    | forbidden | both would have it                                                           |

    @THREAD-07.56
    Example: An interrupt comes while the mutex is given back
      Given Ada holds mutex m
      And Ben handles the signals request by failing
      When these race:
        | Ada  | gives mutex m back                      |
        | Ben  | asks for mutex m, listening for signals |
        | Cleo | interrupts Ben                          |
      Then the outcomes are:
        | Ben         | mutex m | grade    | because                                                         |
        | acquired    | held    | expected | he was not asleep, or had been chosen before the interrupt came |
        | interrupted | free    | expected | he was called away, and is in nobody's way                      |
        | handed off  | held    | allowed  | he waited for so long that Ada passed the mutex to him          |

    @THREAD-07.58
    Example: An event is set while a wait for it ends
      Given Ada has event "e"
      When these race:
        | Ada | lets a second pass                            |
        | Ada | sets event "e"                                |
        | Ben | waits for event "e" for at most half a second |
      Then the outcomes are:
        | Ben     | grade    | because                       |
        | set     | expected | it was set before he had gone |
        | not set | expected | his time was up before that   |

  @THREAD-07
  Rule: Nobody sleeps through what they sleep for
    What a thread waits for may come about while it is on its way to sleep. The one who brings
    it about then finds nobody to wake.

    @THREAD-07.54
    Example: A word changes while somebody goes to sleep on it
      Given Ada has a word that holds 1
      When these race:
        | Ada | changes the word to 2               |
        | Ada | wakes one thread parked on the word |
        | Ben | parks on the word, expecting 1      |
      Then the outcomes are:
        | Ada          | Ben     | grade    | because                                   |
        | wakes nobody | changed | expected | he looked after she had changed it        |
        | wakes Ben    | woken   | expected | he looked before, so she finds him asleep |

    @THREAD-07.57
    Example: One fails at an initialisation while another comes to it
      Given Ada has an initialisation
      When these race:
        | Ada | fails at the initialisation    |
        | Ben | succeeds at the initialisation |
      Then the outcomes are:
        | Ada           | Ben     | grade    | because                           |
        | fails at it   | runs it | expected | Ada was first, and left it to him |
        | finds it done | runs it | expected | Ben was first                     |
