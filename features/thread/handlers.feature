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
