Feature: Quiescent states
  Memory that a reader may still hold must not be freed, however long the reader takes: that is
  the promise. Memory that nobody can hold any more must become free without anybody's help: that
  is the use. Both hang on the same thing, the moment at which a thread says that it holds no
  unprotected pointer. A thread passes such a moment at every safe point, whether or not somebody
  waits for it, so it never has to be asked.

  Background:
    Given Ada, Ben and Cleo are attached

  @QSBR-02
  Rule: A goal waits for every thread that was attached at the advance
    Each of them may have read a pointer before, and a single one that still holds it is enough
    for the memory to be in use.

    @QSBR-02.1 @sees:scanned
    Scenario Outline: The goal waits while only <name> has not reported
      Given Ada advances to goal g
      When <two others> report quiescent states
      Then <poller> finds goal g not reached

      Examples:
        | name           | two others   | poller |
        | the writer     | Ben and Cleo | Ben    |
        | a reader       | Ada and Cleo | Ada    |
        | another reader | Ada and Ben  | Ada    |

    @QSBR-02.2 @sees:scanned
    Example: The thread that asks counts itself
      Given Ada advances to goal g
      When Ada and Ben report quiescent states
      Then Cleo finds goal g not reached

    @QSBR-02.3 @sees:scanned
    Example: What a thread reported before the advance does not count
      Given Ada, Ben and Cleo report quiescent states
      When Ada advances to goal g
      And Ada and Ben report quiescent states
      Then Ada finds goal g not reached

    @QSBR-02.4 @sees:scanned
    Example: Reporting between two goals reaches the first only
      Given Ada advances to goal early
      And Ben reports a quiescent state
      And Ada advances to goal late
      When Ada and Cleo report quiescent states
      Then Ada finds goal early reached
      And Ada finds goal late not reached

    @QSBR-02.5 @sees:scanned
    Example: Asking is not reporting
      Given Ada advances to goal g
      And Ada and Cleo report quiescent states
      When Ben polls goal g
      Then Ben finds goal g not reached

    @QSBR-02.6 @sees:parked
    Example: A thread that waits for a lock without detaching still holds its pointers
      Given Ada holds mutex m
      And Ada advances to goal g
      When Ben waits for mutex m without detaching
      And Ada and Cleo report quiescent states
      Then Ada finds goal g not reached

  @QSBR-04
  Rule: Once every attached thread has reported, the goal is reached
    The wait has an end that nobody has to arrange: threads pass safe points anyway, and each
    passing is a report.

    @QSBR-04.1 @sees:scanned
    Scenario Outline: The goal is reached in whatever order they report: <name>
      Given Ada advances to goal g
      When <first> reports a quiescent state
      And <second> reports a quiescent state
      And <third> reports a quiescent state
      Then Ada finds goal g reached

      Examples:
        | name             | first | second | third |
        | the writer first | Ada   | Ben    | Cleo  |
        | the writer last  | Cleo  | Ben    | Ada   |
        | in between       | Ben   | Ada    | Cleo  |

    @QSBR-04.2 @sees:scanned
    Example: Coming to exactly the goal is enough
      Given Ada advances to goal g
      When Ada, Ben and Cleo report quiescent states
      Then the write sequence is goal g
      And Ada finds goal g reached
      And the lowest read sequence is goal g

    @QSBR-04.3 @sees:scanned
    Example: Passing a safe point is reporting, though nothing is asked for
      Given Ada advances to goal g
      When Ada reaches a safe point
      And Ben reaches a safe point
      And Cleo reaches a safe point
      Then Ada finds goal g reached

    @QSBR-04.4 @sees:scanned
    Example: The collector reports for the thread it runs on
      Given Ben and Cleo have detached
      And Ada advances to goal g
      When Ada runs the collector
      Then Ada finds goal g reached

    @QSBR-04.5 @sees:scanned
    Example: Once everybody has reported, all the goals before are reached
      Given Ada advances to goal first
      And Ben advances to goal second
      And Cleo advances to goal third
      When Ada, Ben and Cleo report quiescent states
      Then Ada finds goal first reached
      And Ada finds goal third reached
