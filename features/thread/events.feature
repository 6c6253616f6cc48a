Feature: Events
  An event is something that many wait for and that happens once: a module is loaded, a thread has
  started. One word holds whether it has happened and whether anybody waits, so that whoever sets it
  with nobody waiting does not look for sleepers, and whoever comes later does not sleep at all.

  Background:
    Given Ada, Ben and Cleo are attached
    And Ada has event "go"

  @THREAD-07
  Rule: An event happens once, for everybody who waits and everybody who comes later
    Between looking whether it has happened and going to sleep, it may happen. A thread that
    slept then would sleep for ever, because an event does not happen twice.

    @THREAD-07.33 @sees:parked @sees:woken
    Example: All who wait for the event go on when it is set
      Given Ben waits for event "go"
      And Cleo waits for event "go"
      And Ben and Cleo are detached
      When Ada sets event "go"
      Then Ben saw event "go"
      And Cleo saw event "go"

    @THREAD-07.34
    Example: A thread that comes after the event need not wait
      Given Ada sets event "go"
      When Ben waits for event "go"
      Then he need not wait

    @THREAD-07.35
    Example: Setting the event again changes nothing
      Given Ada sets event "go"
      When Ada sets event "go"
      And Ben waits for event "go"
      Then he need not wait

    @THREAD-07.36 @sees:parked
    Example: A wait that has a limit ends there, and the event can still be seen later
      Given Ben waits for event "go" for at most a second
      When a second passes
      Then Ben did not see event "go"
      When Ada sets event "go"
      And Ben waits for event "go"
      Then he need not wait
