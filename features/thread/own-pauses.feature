Feature: The one who has stopped the world
  A pause ends when the one who asked for it ends it, and nobody else can. So that one must never
  wait for the end: it would wait for itself, and everybody with it. What would make it wait is
  refused at once, while it can still be mended. What needs the others at rest is simply done.

  Background:
    Given Ada is attached
    And Cleo is attached in another interpreter

  @THREAD-04
  Rule: Whoever has stopped a world is refused what would leave it stopped for ever
    A pause belongs to one thread, whatever thread state that one has or has not. If it went away,
    or waited for another pause that waits for its own, nobody could start the world again.

    @THREAD-04.80 @sees:stopped
    Scenario Outline: A thread that has stopped the world starts it before anything else: <deed>
      Given Ada stops the world
      When <deed>
      Then that is refused as misuse
      And the world is stopped by Ada

      Examples:
        | deed                        |
        | Ada exits                   |
        | Ada clears her thread state |
        | Ada ends the interpreter    |
        | Ada stops all interpreters  |

    @THREAD-04.81 @sees:stopped
    Example: A thread that was cleared before is not deleted within its pause
      Given Ada clears her thread state
      And Ada stops the world
      When Ada deletes her thread state
      Then that is refused as misuse
      And the world is stopped by Ada

    @THREAD-04.82 @sees:stopped
    Example: A thread that has stopped all interpreters does not stop one of them
      Given Cleo has detached
      And Ada stops all interpreters
      When Ada stops the world
      Then that is refused as misuse
      And all interpreters are stopped

    @THREAD-04.83 @sees:stopped
    Scenario Outline: One that has no thread state is refused the same: <deed>
      Given Ada and Cleo have detached
      And Eve stops all interpreters
      When <deed>
      Then that is refused as misuse
      And all interpreters are stopped

      Examples: it would wait for itself
        | deed                       |
        | Eve stops all interpreters |
        | Eve enters the interpreter |

      Examples: it is not the one who stopped them
        | deed                         |
        | Finn starts all interpreters |

  @THREAD-04
  Rule: A thread does not come to rest for its own pause
    It is the one that works while the others stand still. A request that it still carries came
    from somebody who waits for this very pause to end.

    @THREAD-04.84 @sees:stopped @sees:served
    Example: A thread that carries a stop request passes a safe point within its pause
      Given Ada sets her own stop request
      And Ada stops the world
      When Ada reaches a safe point
      Then she serves the stop request
      And Ada is still attached
      And the world is stopped by Ada

    @THREAD-04.85 @sees:stopped
    Example: A thread that detaches within its pause attaches again
      Given Ada stops the world
      And Ada has detached
      When Ada attaches
      Then Ada is now attached
      And the world is stopped by Ada
