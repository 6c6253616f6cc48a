Feature: What handlers do to a safe point
  Signals and pending calls run code of the program, and that code may fail. A failure has to be
  seen by the program before anything else happens to the thread, so it ends the safe point.
  What was not served is not forgotten.

  Background:
    Given Ada and Ben are attached

  @THREAD-05
  Rule: A handler that fails ends the safe point, and what was not served stays requested
    The failure has to reach the program before anything else runs on the thread. What was asked
    for is still owed, so the requests stay set until a safe point comes to them.

    @THREAD-05.9
    Scenario Outline: The handler of <request> fails, and the requests stay set
      Given Ada handles the <request> request by failing
      And Ada sets her own <request> request
      And Ada sets her own merge request
      When Ada reaches a safe point
      Then her handler of the <request> request failed
      And the <request> request of Ada is still set
      And the merge request of Ada is still set

      Examples:
        | request       |
        | signals       |
        | pending calls |

    @THREAD-05.61 @sees:served
    Scenario Outline: After the handler of <request> failed, the next safe point serves the rest
      Given Ada handles the <request> request by failing
      And Ada sets her own <request> request
      And Ada sets her own merge request
      And Ada reaches a safe point
      When Ada handles the <request> request by doing nothing
      And Ada reaches a safe point
      Then she serves the merge request, among others

      Examples:
        | request       |
        | signals       |
        | pending calls |

  @THREAD-05
  Rule: Passing a safe point reports a quiescent state, before anything is served
    At a safe point the thread holds no unprotected pointer, so it can say so. Handlers may pick
    up new ones, so it has to say so before they run.

    @THREAD-05.10 @sees:advanced
    Example: A safe point at which nothing was asked still reports
      Given Ada advances to goal g
      When Ben reaches a safe point
      Then he serves no request
      And Ben's read sequence is goal g

    @THREAD-05.11 @sees:advanced
    Example: A safe point whose first handler fails has already reported
      Given Ben handles the signals request by failing
      And Ben sets his own signals request
      And Ada advances to goal g
      When Ben reaches a safe point
      Then his handler of the signals request failed
      And Ben's read sequence is goal g

  @THREAD-05
  Rule: One thread of an interpreter at a time handles pending calls
    Pending calls are made in the order in which they were asked for. Two threads at it would
    make them in any order, or make one of them twice.

    @THREAD-05.12 @sees:parked
    Example: A thread that finds another one handling pending calls leaves the call to that one
      Given Ben is in the midst of a pending call
      And Ada handles the pending calls request by setting her own merge request
      When Ada sets her own pending calls request
      And Ada reaches a safe point
      Then the merge request of Ada is not set
      And the pending calls request of Ada is not set
      And the pending calls request of Ben is still set

    @THREAD-05.60 @sees:parked @sees:served
    Example: The thread in the midst of a call goes on, though another has passed by
      Given Ben is in the midst of a pending call
      And Ada sets her own pending calls request
      And Ada reaches a safe point
      When Ada lets the pending call end
      Then Ben goes on

    @THREAD-05.13 @sees:served
    Example: A thread that finds nobody handling pending calls handles its own
      Given Ben sets his own pending calls request
      And Ben reaches a safe point
      When Ada sets her own pending calls request
      And Ada reaches a safe point
      Then she serves the pending calls request
      And the pending calls request of Ben is not set
