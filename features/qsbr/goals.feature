Feature: Goals
  A thread that reads shared memory without a lock leaves no trace of it. Whoever takes such
  memory out of the shared structure therefore cannot know who still holds a pointer to it, and
  can neither free it at once nor wait for everybody. So the writer starts a new write sequence
  and keeps it as the goal of that memory. Every thread says now and then, at a moment when it
  holds no unprotected pointer, which write sequence it has come to. The goal is reached once
  every attached thread has come that far: whatever they read before, they have let go of.

  Two questions follow from that. Polling looks at every thread if it must; knowing only looks
  at what the last poll found out, and costs nothing.

  Background:
    Given Ada and Ben are attached

  @QSBR-01
  Rule: Advancing gives a goal, and polling says whether it is reached
    The one who retires memory needs something to remember: not who reads, which nobody knows,
    but how far everybody has to come. One number says that for all the memory of a moment.

    @QSBR-01.1 @sees:advanced @sees:scanned
    Example: A goal is reached once everybody has reported a quiescent state, not before
      When Ada advances to goal g
      Then Ada finds goal g not reached
      When Ada and Ben report quiescent states
      Then Ada finds goal g reached

    @QSBR-01.2 @sees:advanced @sees:scanned
    Example: A thread may ask for the goal of another
      Given Ada advances to goal g
      When Ada and Ben report quiescent states
      Then Ben finds goal g reached

    @QSBR-01.3 @sees:advanced @sees:scanned
    Example: Goals are reached one after the other
      Given Ada advances to goal early
      And Ada and Ben report quiescent states
      When Ada advances to goal late
      Then Ada finds goal early reached
      And Ada finds goal late not reached

    @QSBR-01.4 @sees:advanced @sees:scanned
    Example: A thread that has come to a goal has come to all goals before it
      Given Ada advances to goal early
      And Ben advances to goal late
      When Ada and Ben report quiescent states
      Then Ada finds goal late reached
      And Ada knows that goal early is reached

    @QSBR-01.5 @sees:advanced @sees:scanned
    Example: A reached goal stays reached, whoever comes later
      Given Ada advances to goal early
      And Ada and Ben report quiescent states
      And Ada finds goal early reached
      When Cleo enters the interpreter
      And Ada advances to goal late
      Then Ben finds goal early reached
      And Ben finds goal late not reached

  @QSBR-01
  Rule: Only an attached thread asks
    While a thread is detached, the table that a poll looks at may be replaced under its hands.

    @QSBR-01.6 @sees:advanced
    Scenario Outline: A detached thread that <does> is refused
      Given Ada advances to goal g
      And Ben has detached
      When Ben <does> without being attached
      Then that is refused as misuse
      And Ben is detached

      Examples:
        | does                      |
        | polls goal g              |
        | reports a quiescent state |
