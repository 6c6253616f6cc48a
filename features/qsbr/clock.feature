Feature: The clock of retirements
  Asking every thread at every free would cost more than the lock that readers were to be spared.
  The scheme is that of FreeBSD's GUS: the interpreter has one write sequence, which only ever
  moves forward; each thread has a read sequence, the newest write sequence it has reported; and
  the lowest of those, as the last scan found it, is kept for everybody. Most questions are
  answered by that one number, without a look at any thread.

  Background:
    Given Ada and Ben are attached

  @QSBR-03
  Rule: One write sequence, moved one step by each advance
    All retirements of an interpreter are put in one order by it, so one number says how far a
    reader has come with all of them.

    @QSBR-03.1 @sees:advanced
    Example: The goal is the write sequence that the advance started
      When Ada advances to goal g
      Then the write sequence is goal g

    @QSBR-03.2 @sees:advanced
    Example: Two threads advance the same sequence
      When Ada advances to goal early
      And Ben advances to goal late
      Then goal late is one advance after goal early

    @QSBR-03.3 @sees:scanned
    Example: Neither reporting nor polling moves the write sequence
      Given Ada advances to goal g
      When Ada and Ben report quiescent states
      And Ben polls goal g
      Then the write sequence is goal g

  @QSBR-03
  Rule: Each thread has a read sequence of its own
    A thread reports with one store into a place that is its own, so that reporting costs
    nothing and disturbs nobody.

    @QSBR-03.4 @sees:advanced
    Example: A thread that attaches begins at the write sequence
      Given Ada advances to goal g
      When Cleo enters the interpreter
      Then Cleo's read sequence is goal g

    @QSBR-03.5 @sees:advanced
    Example: A thread that reports comes to the write sequence, the others stay
      Given Ada advances to goal early
      And Ada and Ben report quiescent states
      And Ada advances to goal late
      When Ben reports a quiescent state
      Then Ben's read sequence is goal late
      And Ada's read sequence is goal early

    @QSBR-03.6
    Example: A detached thread has no read sequence
      When Ben detaches
      Then Ben has no read sequence

  @QSBR-03
  Rule: The lowest read sequence is kept from the last scan
    What was true of all threads at the last scan stays true, since no sequence goes back. So
    most questions need no new scan.

    @QSBR-03.7 @sees:advanced
    Example: Until somebody looks, nobody knows
      Given Ada advances to goal g
      When Ada and Ben report quiescent states
      Then Ada does not know that goal g is reached
      And nobody has looked at the threads

    @QSBR-03.8 @sees:scanned
    Example: Once somebody has looked, nobody needs to look again
      Given Ada advances to goal g
      And Ada and Ben report quiescent states
      When Ada finds goal g reached
      Then Ben finds goal g reached
      And the threads were looked at once

    @QSBR-03.9 @sees:scanned
    Example: The thread that lags behind sets the lowest read sequence
      Given Ada advances to goal early
      And Ada and Ben report quiescent states
      And Ada advances to goal late
      And Ada reports a quiescent state
      When Ada polls goal late
      Then the lowest read sequence is goal early

    @QSBR-03.10 @sees:scanned
    Example: A poll in vain still finds out how far everybody has come
      Given Ada advances to goal early
      And Ada and Ben report quiescent states
      And Ada advances to goal late
      When Ada finds goal late not reached
      Then Ben knows that goal early is reached

  @QSBR-03
  Rule: Every interpreter has a clock of its own
    Threads of one interpreter hold no pointers into another, so there is nothing to wait for,
    and a busy interpreter must not make a quiet one wait.

    @QSBR-03.11 @sees:advanced
    Example: An advance elsewhere does not move the write sequence
      Given Cleo is attached in another interpreter
      And Ada advances to goal g
      When Cleo advances to goal elsewhere
      Then the write sequence is goal g

    @QSBR-03.12 @sees:scanned
    Example: A thread of another interpreter never holds a goal back
      Given Cleo is attached in another interpreter
      And Ada advances to goal g
      When Ada and Ben report quiescent states
      Then Ada finds goal g reached
