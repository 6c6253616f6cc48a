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
      Given Ada handles <request> by failing
      And Ada requests <request> of herself
      And Ada requests merge of herself
      When Ada reaches a safe point
      Then her handler of <request> failed
      And <request> is still requested of Ada
      And merge is still requested of Ada
      When Ada handles <request> by doing nothing
      And Ada reaches a safe point
      Then merge is among what she served

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
      Then he served nothing
      And Ben's read sequence is goal g

    @THREAD-05.11 @sees:advanced
    Example: The first handler fails
      Given Ben handles signals by failing
      And Ben requests signals of himself
      And Ada advances to goal g
      When Ben reaches a safe point
      Then his handler of signals failed
      And Ben's read sequence is goal g

  @THREAD-05
  Rule: One thread of an interpreter at a time handles pending calls

    @THREAD-05.12 @sees:parked @sees:served
    Example: A thread finds another one at it, and leaves the call to that one
      Given Ada has event "go"
      And Ben handles pending calls by waiting for event "go"
      And Ada handles pending calls by requesting merge of herself
      And Ben requests pending calls of himself
      And Ben reaches a safe point
      When Ada requests pending calls of herself
      And Ada reaches a safe point
      Then merge is not requested of Ada
      And pending calls is not requested of Ada
      And pending calls is still requested of Ben
      When Ada sets event "go"
      Then Ben goes on

    @THREAD-05.13 @sees:served
    Example: The next thread finds nobody at it
      Given Ben requests pending calls of himself
      And Ben reaches a safe point
      When Ada requests pending calls of herself
      And Ada reaches a safe point
      Then she served pending calls
      And pending calls is not requested of Ben
