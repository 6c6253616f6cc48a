Feature: What else is built on the parking lot
  Three more ways of waiting need nothing but a word and the parking lot: an event, that many wait
  for and that happens once; an initialisation, that one does while others wait, and that may
  fail; and a lock that many hold for reading or one for writing. Each says in its word whether
  anybody waits, so that whoever has nobody to wake does not look. And each detaches those who
  wait, as a mutex does.

  Background:
    Given Ada, Ben and Cleo are attached

  @THREAD-07
  Rule: An event happens once, for everybody who waits and everybody who comes later

    Background:
      Given Ada has event "go"

    @THREAD-07.33 @sees:parked @sees:woken
    Example: Those who wait for it
      Given Ben waits for event "go"
      And Cleo waits for event "go"
      And Ben and Cleo are detached
      When Ada sets event "go"
      Then Ben saw event "go"
      And Cleo saw event "go"

    @THREAD-07.34
    Example: One who comes later
      Given Ada sets event "go"
      When Ben waits for event "go"
      Then he need not wait

    @THREAD-07.35
    Example: Setting it again changes nothing
      Given Ada sets event "go"
      When Ada sets event "go"
      And Ben waits for event "go"
      Then he need not wait

    @THREAD-07.36 @sees:parked
    Example: A wait that has a limit ends there
      Given Ben waits for event "go" for at most a second
      When a second passes
      Then Ben did not see event "go"
      When Ada sets event "go"
      And Ben waits for event "go"
      Then he need not wait

  @THREAD-07
  Rule: An initialisation is done once, and tried again by the next one if it fails

    Background:
      Given Ada has an initialisation

    @THREAD-07.37
    Example: It succeeds at the fifth attempt
      Given Ada fails at the initialisation 4 times
      When Ada succeeds at the initialisation
      Then that ran the initialisation, and it is done
      When Ben succeeds at the initialisation
      Then that ran nothing, because it is done

    @THREAD-07.38 @sees:parked @sees:woken
    Scenario Outline: Another thread comes while it runs, and it <ends>
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

  @THREAD-07
  Rule: Many hold a lock for reading, or one holds it for writing

    @THREAD-07.39 @sees:parked @sees:woken
    Example: A writer waits for all readers
      Given Ada holds the shared lock for reading
      And Ben asks for the shared lock for reading
      When Cleo asks for the shared lock for writing
      Then Cleo is detached
      When Ada gives the shared lock back from reading
      Then Cleo still waits
      When Ben gives the shared lock back from reading
      Then Cleo goes on

    @THREAD-07.40 @sees:parked @sees:woken
    Example: A reader that comes after a waiting writer lets it go first
      Given Ada holds the shared lock for reading
      And Ben asks for the shared lock for writing
      When Cleo asks for the shared lock for reading
      Then Cleo waits
      When Ada gives the shared lock back from reading
      Then Ben goes on
      And Cleo still waits
      When Ben gives the shared lock back from writing
      Then Cleo goes on

    @THREAD-07.41 @sees:parked @sees:woken
    Example: A writer lets in all the readers that wait
      Given Ada holds the shared lock for writing
      And Ben asks for the shared lock for reading
      And Cleo asks for the shared lock for reading
      When Ada gives the shared lock back from writing
      Then Ben goes on
      And Cleo goes on

    @THREAD-07.42
    Scenario Outline: What is held for <held> is not given back from <given>
      Given Ada holds the shared lock for <held>
      When Ada gives the shared lock back from <given>
      Then that is refused as misuse

      Examples:
        | held    | given   |
        | reading | writing |
        | writing | reading |
