Feature: Initialisation that happens once
  A table that is made on first use must be made by one thread, while the others that came for it
  wait. Making it may fail. Then the failure belongs to the thread that tried, and the next one
  tries again: a place that remembered the failure could never be used.

  Background:
    Given Ada, Ben and Cleo are attached
    And Ada has an initialisation

  @THREAD-07
  Rule: An initialisation is done once, and tried again by the next one if it fails
    Done twice, the second would throw away what the first has given out. And a thread that came
    while it ran must not go on before it is done, or it would use what is half made.

    @THREAD-07.37
    Example: An initialisation succeeds at the fifth attempt, and is never run again
      Given Ada fails at the initialisation 4 times
      When Ada succeeds at the initialisation
      Then that ran the initialisation, and it is done
      When Ben succeeds at the initialisation
      Then that ran nothing, because it is done

    @THREAD-07.38 @sees:parked @sees:woken
    Scenario Outline: An initialisation <ends> while another thread waits for it
      Given Cleo holds mutex m
      And Ada <does> the initialisation, for which she needs mutex m
      And Ben succeeds at the initialisation
      And Ben is detached
      When Cleo gives mutex m back
      Then Ben finds the initialisation <found>
      And Ada gives mutex m back

      Examples:
        | ends     | does        | found           |
        | succeeds | succeeds at | done by another |
        | fails    | fails at    | left to himself |
