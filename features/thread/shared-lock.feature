Feature: A lock for many readers or one writer
  Readers do not disturb each other, so they hold the lock together. A writer holds it alone. If
  readers could always join those that are there, a writer might wait for ever; so a writer that
  waits keeps newcomers out, and lets in all who waited when it is done.

  Background:
    Given Ada, Ben and Cleo are attached

  @THREAD-07
  Rule: Many hold a lock for reading, or one holds it for writing
    What is written is half done in between, so a writer tolerates nobody. What is read stays as
    it is, so readers need not keep each other out.

    @THREAD-07.64 @sees:parked
    Example: A writer that has to wait for a reader is detached
      Given Ada holds the shared lock for reading
      When Cleo asks for the shared lock for writing
      Then Cleo is detached

    @THREAD-07.39 @sees:parked @sees:woken
    Example: A writer waits until the last reader has left
      Given Ada holds the shared lock for reading
      And Ben asks for the shared lock for reading
      And Cleo asks for the shared lock for writing
      When Ada gives the shared lock back from reading
      Then Cleo still waits
      When Ben gives the shared lock back from reading
      Then Cleo goes on

    @THREAD-07.40 @sees:parked @sees:woken
    Example: A reader that comes after a waiting writer lets the writer go first
      Given Ada holds the shared lock for reading
      And Ben asks for the shared lock for writing
      When Cleo asks for the shared lock for reading
      Then Cleo waits
      When Ada gives the shared lock back from reading
      Then Ben goes on
      And Cleo still waits

    @THREAD-07.65 @sees:parked @sees:woken
    Example: A reader that let a writer go first comes next
      Given Ada holds the shared lock for reading
      And Ben asks for the shared lock for writing
      And Cleo asks for the shared lock for reading
      And Ada gives the shared lock back from reading
      When Ben gives the shared lock back from writing
      Then Cleo goes on

    @THREAD-07.41 @sees:parked @sees:woken
    Example: A writer that leaves lets in all the readers that wait
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
