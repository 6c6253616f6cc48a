Feature: Wrap-around
  A sequence of finite width comes back to its beginning, and there a newer sequence is the
  smaller number. Compared as numbers, a goal from just before the wrap would then wait for ever,
  which wastes memory, and a goal from just after it would be reached at once, which frees memory
  under a reader's hands. Sequences are therefore compared by their distance. The same mistake
  hides half-way round, where a signed number changes its sign.

  Rules that are only ever tested far from the wrap are not tested: here the clock is set to
  just before it.

  @QSBR-07
  Rule: The sequence wraps round and never becomes the mark of a detached thread
    A thread whose sequence looked like that mark would not be waited for, and lose what it
    reads.

    @QSBR-07.1 @sees:advanced
    Example: The last sequence is followed by the first
      Given Ada is attached, 1 advance short of the wrap
      When Ada advances to goal g
      Then goal g is the first sequence of all
      And the write sequence is goal g

    @QSBR-07.2 @sees:advanced @sees:scanned
    Example: A thread that attaches right after the wrap is seen
      Given Ada is attached, 1 advance short of the wrap
      And Ada advances to goal wrapped
      When Ben enters the interpreter
      Then Ben's read sequence is goal wrapped
      When Ada advances to goal g
      And Ada reports a quiescent state
      Then Ada finds goal g not reached

  @QSBR-07
  Rule: A later goal is later on both sides of the wrap
    Which of two sequences is later cannot be seen from the numbers alone, only from the shorter
    way between them.

    @QSBR-07.3 @sees:scanned
    Scenario Outline: A report from before <the turn> does not reach a goal after it
      Given Ada is attached, 1 advance short of <the turn>
      And Ben enters the interpreter
      When Ada advances to goal g
      And Ada reports a quiescent state
      Then Ada finds goal g not reached
      When Ben reports a quiescent state
      Then Ada finds goal g reached

      Examples:
        | the turn          |
        | the wrap          |
        | the half-way turn |

    @QSBR-07.4 @sees:scanned
    Scenario Outline: A goal from before <the turn> is reached after it
      Given Ada is attached, 2 advances short of <the turn>
      And Ada advances to goal before
      And Ada advances to goal after
      When Ada reports a quiescent state
      Then Ada finds goal before reached
      And Ada finds goal after reached
      And the lowest read sequence is goal after

      Examples:
        | the turn          |
        | the wrap          |
        | the half-way turn |

    @QSBR-07.5 @sees:scanned
    Scenario Outline: A thread left behind before <the turn> is the lowest
      Given Ada is attached, 2 advances short of <the turn>
      And Ada advances to goal before
      And Ben enters the interpreter
      And Ada advances to goal after
      When Ada reports a quiescent state
      Then Ada finds goal before reached
      And Ada finds goal after not reached

      Examples:
        | the turn          |
        | the wrap          |
        | the half-way turn |

    @QSBR-07.6 @sees:scanned
    Scenario Outline: A deferred goal lies beyond <the turn> until somebody advances to it
      Given Ada is attached, 1 advance short of <the turn>
      And Ada makes a deferred advance to goal g
      And Ada reports a quiescent state
      And Ada finds goal g not reached
      When Ada advances to goal real
      And Ada reports a quiescent state
      Then Ada finds goal g reached

      Examples:
        | the turn          |
        | the wrap          |
        | the half-way turn |

  @QSBR-07
  Rule: Delayed frees wait across the wrap and are freed after it
    A queue may be older than the wrap, and what stands in it is compared with what comes after.

    @QSBR-07.7 @sees:retired
    Example: Blocks that were retired on both sides of the wrap wait for a reader
      Given Ada is attached, 3 advances short of the wrap
      And Ben enters the interpreter
      And Ada has just completed a round of deferred advances
      When Ada retires three rounds of blocks
      And Ada reports a quiescent state and processes the delayed frees
      Then none of the retired blocks is freed

    @QSBR-07.60 @sees:retired @sees:freed
    Example: Blocks that were retired on both sides of the wrap are freed when the reader has reported
      Given Ada is attached, 3 advances short of the wrap
      And Ben enters the interpreter
      And Ada has just completed a round of deferred advances
      And Ada retires three rounds of blocks
      When Ada and Ben report quiescent states
      And Ada processes the delayed frees
      Then every retired block was freed once
