Feature: Pauses in every order
  Stopping a thread is a negotiation: the one that stops sets a request, the other may at that
  moment detach, attach, exit or stop the world itself. Each side acts on what it reads, and the
  other may change that right afterwards.

  Background:
    Given Ada and Ben are attached

  @THREAD-03
  Rule: A section's lock is held by a thread that is attached
    Whoever wants the lock counts on that: a holder that sleeps would keep it for as long as it
    sleeps.

    @THREAD-03.18
    Example: A lock is wanted by another while its holder detaches and comes back
      Given Ada holds mutex m
      And Ada gives mutex m back
      And Ben begins a section on mutex m
      When these race:
        | Ada | asks for mutex m   |
        | Ada | gives mutex m back |
        | Ben | detaches           |
        | Ben | attaches           |
        | Ben | ends his section   |
      Then the outcomes are:
        | Ada        | Ben is   | mutex m | grade    | because                                                 |
        | acquired   | attached | free    | expected | he let go of it, and took it again when it was his turn |
        | handed off | attached | free    | allowed  | she waited for so long that he passed it to her         |

  @THREAD-04
  Rule: A pause ends well, whatever the others are doing when it begins
    The thread that is to stop acts on what it has just read, and so does the one that stops it.
    Between reading and acting the other may do anything it is allowed to.

    @THREAD-04.31
    Example: A thread detaches while it is being stopped
      When these race:
        | Ada | stops the world |
        | Ben | detaches        |
      Then the outcomes are:
        | Ben is    | the world | grade     | because                                       |
        | suspended | stopped   | expected  | he had detached, and is kept from coming back |
        | detached  | stopped   | forbidden | nothing would keep him from coming back       |

    @THREAD-04.32
    Example: A thread attaches while the world stops and starts
      Given Ben has detached
      When these race:
        | Ada | stops the world  |
        | Ada | starts the world |
        | Ben | attaches         |
        | Ben | detaches         |
      Then the outcomes are:
        | Ben is   | the world | grade    | because                                                       |
        | detached | runs      | expected | he waited for the start, or came before the pause or after it |

    @THREAD-04.33
    Example: The world starts while the thread that was to be stopped detaches
      When these race:
        | Ada | stops the world  |
        | Ada | starts the world |
        | Ada | detaches         |
        | Ben | detaches         |
      Then the outcomes are:
        | Ben is   | the world | grade    | because                         |
        | detached | runs      | expected | nobody stays suspended for ever |

    @THREAD-04.34
    Example: A thread attaches while the world is being stopped
      Given Ben has detached
      When these race:
        | Ada | stops the world  |
        | Ben | attaches         |
        | Ben | detaches         |
        | Ada | starts the world |
      Then the outcomes are:
        | Ben  | Ben is   | the world | grade    | because                                              |
        | done | detached | runs      | expected | once he is attached, nobody but himself changes that |

    @THREAD-04.35
    Example: A thread exits while the world is being stopped
      When these race:
        | Ada | stops the world |
        | Ben | exits           |
      Then the outcomes are:
        | Ben is | the world | grade    | because                                          |
        | absent | stopped   | expected | he was not there any more, or was not waited for |

    @THREAD-04.36
    Example: A thread state is made while the world is being stopped
      When these race:
        | Ada | stops the world               |
        | Ben | makes a thread state for Cleo |
        | Ben | detaches                      |
      Then the outcomes are:
        | Cleo is   | the world | grade     | because                                       |
        | suspended | stopped   | expected  | she was held like the others, or born at rest |
        | detached  | stopped   | forbidden | nothing would keep her from attaching         |

    @THREAD-04.37
    Example: A thread comes while the world starts
      Given Ben has detached
      And Ada stops the world
      When these race:
        | Ada  | starts the world       |
        | Cleo | enters the interpreter |
      Then the outcomes are:
        | Cleo is  | the world | grade    | because                          |
        | attached | runs      | expected | she is let go, or was never held |

    @THREAD-04.38
    Example: Two threads want to stop the world
      When these race:
        | Ada | stops the world  |
        | Ada | starts the world |
        | Ada | detaches         |
        | Ben | stops the world  |
        | Ben | starts the world |
        | Ben | detaches         |
      Then the outcomes are:
        | Ada  | Ben  | the world | grade    | because                               |
        | done | done | runs      | expected | each has a pause, one after the other |

    @THREAD-04.39
    Example: What a thread did before it came to rest is seen in the pause
      Given Ben has block b
      When these race:
        | Ada | runs the collector |
        | Ada | detaches           |
        | Ben | retires block b    |
        | Ben | detaches           |
      Then the outcomes are:
        | block b | pending of Ben | grade    | because                                               |
        | freed   | 0              | expected | Ben rests only when he has queued it, and it is found |

    @THREAD-04.40
    Example: A thread detaches between being asked and its safe point
      When these race:
        | Ada | stops the world                                     |
        | Ada | starts the world                                    |
        | Ben | detaches                                            |
        | Ben | lets a moment longer than the polling interval pass |
        | Ben | attaches                                            |
        | Ben | detaches                                            |
      Then the outcomes are:
        | Ben is   | the world | grade    | because                                                  |
        | detached | runs      | expected | he was found when she looked again, and was counted once |

    @THREAD-04.41 @bound:2
    Example: A request is left over when the next pause begins
      Given Ada sets the stop request of Ben
      When these race:
        | Ada | stops the world      |
        | Ada | starts the world     |
        | Ben | reaches a safe point |
        | Ben | detaches             |
      Then the outcomes are:
        | Ben                     | Ben is   | the world | grade    | because                                     |
        | serves the stop request | detached | runs      | expected | he came to rest for this pause, or for none |

    @THREAD-04.42
    Example: Two threads want to stop the world while a third detaches
      Given Cleo is attached
      When these race:
        | Ada  | stops the world  |
        | Ada  | starts the world |
        | Ada  | detaches         |
        | Ben  | stops the world  |
        | Ben  | starts the world |
        | Ben  | detaches         |
        | Cleo | detaches         |
      Then the outcomes are:
        | Ada  | Ben  | Cleo is  | the world | grade    | because                                      |
        | done | done | detached | runs      | expected | each has a pause, and nobody stays suspended |

    @THREAD-04.43
    Example: A pause of all interpreters and a pause of one begin at once
      Given Ben exits
      And Cleo is attached in another interpreter
      When these race:
        | Ada  | stops all interpreters  |
        | Ada  | starts all interpreters |
        | Ada  | detaches                |
        | Cleo | stops the world         |
        | Cleo | starts the world        |
        | Cleo | detaches                |
      Then the outcomes are:
        | Ada  | Cleo | Ada is   | Cleo is  | grade    | because         |
        | done | done | detached | detached | expected | they took turns |

    @THREAD-04.44 @bound:1
    Example: A pause of all interpreters is wanted while a thread comes to rest for another
      Given Cleo is attached in another interpreter
      When these race:
        | Ada  | stops the world         |
        | Ada  | starts the world        |
        | Ada  | detaches                |
        | Ben  | reaches a safe point    |
        | Ben  | detaches                |
        | Cleo | stops all interpreters  |
        | Cleo | starts all interpreters |
      Then the outcomes are:
        | Ben is   | the world | grade    | because                                  |
        | detached | runs      | expected | he comes to rest for one after the other |

    @THREAD-04.45 @bound:2
    Example: A thread enters and attaches while the world stops and starts
      When these race:
        | Ada  | stops the world        |
        | Ada  | starts the world       |
        | Ben  | detaches               |
        | Cleo | enters the interpreter |
        | Cleo | detaches               |
      Then the outcomes are:
        | Cleo is  | the world | grade    | because                                      |
        | detached | runs      | expected | she was counted, or was held until the start |

    @THREAD-04.46 @bound:1
    Example: Two threads exit while the world is being stopped
      Given Cleo is attached
      When these race:
        | Ada  | stops the world |
        | Ben  | exits           |
        | Cleo | exits           |
      Then the outcomes are:
        | Ben is | Cleo is | the world | grade    | because                                               |
        | absent | absent  | stopped   | expected | each is counted down once, and the last one tells her |

    @THREAD-04.47
    Example: Somebody without a thread state stops the world
      Given Ada has exited
      When these race:
        | Ada | stops the world  |
        | Ada | starts the world |
        | Ben | detaches         |
        | Ben | attaches         |
        | Ben | detaches         |
      Then the outcomes are:
        | Ben is   | the world | grade    | because                                |
        | detached | runs      | expected | nothing is lacking to whoever stops it |

    @THREAD-04.48 @bound:2
    Example: One thread exits and another detaches while the world is being stopped
      Given Cleo is attached
      When these race:
        | Ada  | stops the world |
        | Ben  | exits           |
        | Cleo | detaches        |
      Then the outcomes are:
        | Ben is | Cleo is   | the world | grade    | because                               |
        | absent | suspended | stopped   | expected | each is counted once, whoever is last |

    @THREAD-04.49 @bound:3
    Example: Two interpreters are stopped and started at the same time
      Given Ben has detached
      And Cleo is attached in another interpreter
      When these race:
        | Ada  | stops the world  |
        | Ada  | starts the world |
        | Cleo | stops the world  |
        | Cleo | starts the world |
      Then the outcomes are:
        | Ben is   | Ada is   | Cleo is  | grade    | because                                                         |
        | detached | attached | attached | expected | neither pause waits for the other, or undoes what the other did |

  @THREAD-05
  Rule: A request that comes during a safe point is not lost
    The thread takes requests back while others set them. A request that is wiped out together
    with another is never served.

    @THREAD-05.14
    Example: A request is set while its thread is at a safe point
      When these race:
        | Ada | sets the signals request of Ben |
        | Ben | reaches a safe point            |
      Then the outcomes are:
        | requests of Ben | grade    | because                                  |
        | none            | expected | he served it                             |
        | signals         | expected | it came too late, and waits for the next |

    @THREAD-05.15
    Example: A request is set while another is taken back
      Given Ada sets the cold code request of Ben
      When these race:
        | Ada | sets the signals request of Ben |
        | Ben | reaches a safe point            |
      Then the outcomes are:
        | Ben                                       | requests of Ben | grade     | because                                  |
        | serves the signals and cold code requests | none            | expected  | both were there when he looked           |
        | serves the cold code request              | signals         | expected  | it came too late, and waits for the next |
        | serves the cold code request              | none            | forbidden | it would be lost                         |

    @THREAD-05.16
    Example: Two threads request something of a third
      Given Cleo is attached
      When these race:
        | Ada | sets the signals request of Cleo |
        | Ben | sets the collect request of Cleo |
      Then the outcomes are:
        | requests of Cleo | grade    | because         |
        | signals, collect | expected | neither is lost |

    @THREAD-05.17
    Example: Two threads come to handle pending calls
      Given Ada sets the pending calls request of Ada
      And Ada sets the pending calls request of Ben
      When these race:
        | Ada | reaches a safe point |
        | Ben | reaches a safe point |
      Then the outcomes are:
        | requests of Ada | requests of Ben | grade     | because                                                            |
        | none            | none            | expected  | one after the other, or Ben asked Ada before she had taken up hers |
        | pending calls   | none            | expected  | Ben left them to Ada, who was at it                                |
        | none            | pending calls   | expected  | Ada left them to Ben, who was at it                                |
        | pending calls   | pending calls   | forbidden | each would leave them to the other                                 |

  @THREAD-06
  Rule: Threads come and go at the same time
    Both change the list of threads and the table of slots, each for itself, and neither knows
    of the other.

    @THREAD-06.17
    Example: One thread comes while another goes
      Given Ben clears his thread state
      When these race:
        | Ada | makes a thread state for Cleo |
        | Ben | deletes his thread state      |
      Then the outcomes are:
        | Ben is | Cleo is  | grade    | because                    |
        | absent | detached | expected | neither disturbs the other |

    @THREAD-06.18
    Example: What a newcomer owns is given back by another while the newcomer counts
      Given Ada makes a thread state for Cleo
      And Cleo binds her thread state
      And Cleo attaches
      And Cleo owns an object with one reference
      When these race:
        | Cleo | takes a reference |
        | Ben  | drops a reference |
      Then the outcomes are:
        | the object                    | grade    | because                                            |
        | 2 references, queued for Cleo | expected | it is hers to merge, whoever made her thread state |

    @THREAD-06.19 @bound:2
    Example: The collector comes while a thread enters that no pause can hold
      Given Ben has detached
      When these race:
        | Ada  | runs the collector     |
        | Ada  | detaches               |
        | Cleo | enters the interpreter |
        | Cleo | detaches               |
      Then the outcomes are:
        | Cleo is  | the world | grade    | because                                         |
        | detached | runs      | expected | she is in the list before the pause or after it |
