Feature: What handlers do to a safe point
  Signals and pending calls run code of the program, and that code may fail. A failure has to be
  seen by the program before anything else happens to the thread, so it ends the safe point.
  What was not served is not forgotten.

  Background:
    Given Ada and Ben are attached

  @THREAD-05
  Rule: A handler that fails ends the safe point, and what was not served stays requested

    @THREAD-05.9 @sees:served
    Scenario Outline: The handler of <request> fails
      Given Ada handles the <request> request by failing
      And Ada sets her own <request> request
      And Ada sets her own merge request
      When Ada reaches a safe point
      Then her handler of the <request> request failed
      And the <request> request of Ada is still set
      And the merge request of Ada is still set
      When Ada handles the <request> request by doing nothing
      And Ada reaches a safe point
      Then she serves the merge request, among others

      Examples:
        | request       |
        | signals       |
        | pending calls |

  @THREAD-05
  Rule: Passing a safe point reports a quiescent state, before anything is served

    @THREAD-05.10 @sees:advanced
    Example: Nothing was asked
      Given Ada advances to goal g
      When Ben reaches a safe point
      Then he serves no request
      And Ben's read sequence is goal g

    @THREAD-05.11 @sees:advanced
    Example: The first handler fails
      Given Ben handles the signals request by failing
      And Ben sets his own signals request
      And Ada advances to goal g
      When Ben reaches a safe point
      Then his handler of the signals request failed
      And Ben's read sequence is goal g

  @THREAD-05
  Rule: One thread of an interpreter at a time handles pending calls

    @THREAD-05.12 @sees:parked @sees:served
    Example: A thread finds another one at it, and leaves the call to that one
      Given Ada has event "go"
      And Ben handles the pending calls request by waiting for event "go"
      And Ada handles the pending calls request by setting her own merge request
      And Ben sets his own pending calls request
      And Ben reaches a safe point
      When Ada sets her own pending calls request
      And Ada reaches a safe point
      Then the merge request of Ada is not set
      And the pending calls request of Ada is not set
      And the pending calls request of Ben is still set
      When Ada sets event "go"
      Then Ben goes on

    @THREAD-05.13 @sees:served
    Example: The next thread finds nobody at it
      Given Ben sets his own pending calls request
      And Ben reaches a safe point
      When Ada sets her own pending calls request
      And Ada reaches a safe point
      Then she serves the pending calls request
      And the pending calls request of Ben is not set
