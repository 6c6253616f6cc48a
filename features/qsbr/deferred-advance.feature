Feature: Deferred advance
  Every advance writes the one sequence that all threads read, and every new sequence asks all
  of them to report again. A thread that retires many small blocks does not need a goal for each:
  it defers. Its requests are answered with the sequence that the next advance will start, and
  only the request that fills the round makes that advance. The price is delay. A goal to which
  nobody has advanced yet is in the future, and the future is never reached by waiting.

  Background:
    Given Ada and Ben are attached
    And Ada has just completed a round of deferred advances

  @QSBR-06
  Rule: Only the last deferred advance of a round advances
    Each advance writes the sequence that all threads read, so that each of them has to fetch it
    anew. One for a round of calls is enough to keep memory moving.

    @QSBR-06.1 @sees:advanced
    Example: All calls of a round share the goal that the last one makes
      When Ada makes deferred advances for two rounds and one call more
      Then each round shares one goal, and the last call has the goal after the write sequence

    @QSBR-06.2
    Example: All calls of a round but the last leave the write sequence as it is
      Given Ada advances to goal before
      When Ada makes all deferred advances of a round but the last
      Then the write sequence is goal before

    @QSBR-06.3 @sees:advanced
    Example: The call that completes the round moves the write sequence, once
      Given Ada advances to goal before
      And Ada makes all deferred advances of a round but the last
      When Ada makes a deferred advance to goal g
      Then the write sequence is goal g
      And goal g is one advance after goal before
      And Ada's round has just begun

    @QSBR-06.4 @sees:advanced
    Example: Each thread counts its own calls
      Given Ben has just completed a round of deferred advances
      And Ada advances to goal before
      When Ada makes all deferred advances of a round but the last
      And Ben makes all deferred advances of a round but the last
      Then the write sequence is goal before
      And Ada's round is one call short

    @QSBR-06.5 @sees:advanced
    Example: An advance in the middle of a round does not begin it anew
      Given Ada makes all deferred advances of a round but the last
      And Ada advances to goal before
      When Ada makes a deferred advance to goal g
      Then the write sequence is goal g
      And goal g is one advance after goal before

    @QSBR-06.6 @sees:advanced
    Example: The goal is after every advance made so far
      Given Ada makes a deferred advance to goal early
      And Ben advances to goal real
      When Ada makes a deferred advance to goal late
      Then goal real is the same as goal early
      And goal late is one advance after goal real

    @QSBR-06.7
    Example: Detaching does not begin a round anew
      Given Ada advances to goal before
      And Ada makes all deferred advances of a round but the last
      When Ada detaches
      And Ada attaches
      And Ada makes a deferred advance to goal g
      Then the write sequence is goal g

  @QSBR-06
  Rule: A goal is not reached before somebody advances to it
    A deferred goal is a sequence of the future. Whoever reports now reports the present, and
    may still hold what is retired under that goal.

    @QSBR-06.8 @sees:scanned
    Example: A deferred goal is not reached when everybody reports
      Given Ada makes a deferred advance to goal g
      When Ada and Ben report quiescent states
      Then Ada finds goal g not reached

    @QSBR-06.9 @sees:scanned
    Example: A deferred goal is not reached when nobody else is attached
      Given Ada makes a deferred advance to goal g
      When Ben detaches
      And Ada reports a quiescent state
      Then Ada finds goal g not reached

    @QSBR-06.10 @sees:scanned
    Example: A report before the advance does not count for the deferred goal
      Given Ada makes a deferred advance to goal g
      And Ada and Ben report quiescent states
      When Ben advances to goal real
      Then Ada finds goal g not reached

    @QSBR-06.11 @sees:scanned
    Example: A deferred goal is reached after another thread has advanced to it
      Given Ada makes a deferred advance to goal g
      When Ben advances to goal real
      And Ada and Ben report quiescent states
      Then Ada finds goal g reached

    @QSBR-06.12 @sees:scanned
    Example: A deferred goal is reached after the rest of the round has advanced to it
      Given Ada makes a deferred advance to goal g
      When Ada completes the round of deferred advances
      And Ada and Ben report quiescent states
      Then Ada finds goal g reached
