Feature: Pauses and locks in every order
  Stopping a thread is a negotiation: the one that stops sets a request, the other may at that
  moment detach, attach, exit or stop the world itself. Each side acts on what it reads, and the
  other may change that right afterwards. A lock is the same on a smaller scale: between looking
  and sleeping, somebody may give it back.

  Background:
    Given Ada and Ben are attached

  @THREAD-04
  Rule: A pause ends well, whatever the others are doing when it begins

    @THREAD-04.31
    Example: A thread detaches while it is being stopped
      When these race:
        | Ada | stops the world |
        | Ben | detaches        |
      Then the outcomes are:
        | Ben is    | the world | grade     | because                                   |
        | suspended | stopped   | expected  | he had detached, and is kept from coming back |
        | detached  | stopped   | forbidden | nothing would keep him from coming back   |

    @THREAD-04.32
    Example: A thread attaches while the world stops and starts
      Given Ben has detached
      When these race:
        | Ada | stops the world  |
        | Ada | starts the world |
        | Ben | attaches         |
        | Ben | detaches         |
      Then the outcomes are:
        | Ben is   | the world | grade    | because                                                  |
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

  @THREAD-05
  Rule: A request that comes during a safe point is not lost

    @THREAD-05.14
    Example: A request is set while its thread is at a safe point
      When these race:
        | Ada | requests signals of Ben |
        | Ben | reaches a safe point    |
      Then the outcomes are:
        | requests of Ben | grade    | because                                   |
        | none            | expected | he served it                              |
        | signals         | expected | it came too late, and waits for the next |

  @THREAD-07
  Rule: Nobody sleeps beside a free lock

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
        | mutex m | grade    | because                                |
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
        | Ada | sets event "e"       |
        | Ben | waits for event "e"  |
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
        | Ada           | Ben           | grade    | because                     |
        | runs it       | finds it done | expected | Ada was first               |
        | finds it done | runs it       | expected | Ben was first               |
