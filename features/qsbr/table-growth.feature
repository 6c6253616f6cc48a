Feature: The table grows
  The table of slots has room for a few threads at first. When all slots are in use and one more
  thread comes, a table of twice the size replaces it. Polls walk the table without a lock, and
  threads report into it without one, so the table is replaced in a pause, when nobody does
  either. Nothing may be lost on the way: a report into the old table would never be seen, and a
  sequence that does not move along would free memory under its reader.

  Background:
    Given Ada is attached
    And Ada has made thread states for:
      | Ben | Cleo | Dan | Eve | Finn | Gus | Hal |

  @QSBR-08
  Rule: The table doubles when a thread comes and no slot is free
    Doubling keeps pauses rare: each one makes room for as many threads as there were before.

    @QSBR-08.10
    Example: The last free slot is used before the table grows
      Then no slot is free
      And the table has its first size

    @QSBR-08.11 @sees:grown @sees:stopped @sees:started
    Example: One thread more than there are slots doubles the table
      When Ada makes a thread state for Ida
      Then the table has twice its first size
      And 9 slots are in use
      And no two threads share a slot

    @QSBR-08.12
    Example: A slot that was given back is used first
      Given Ada discards the thread state of Hal
      When Ada makes a thread state for Ida
      Then no slot is free
      And the table has its first size

    @QSBR-08.13
    Example: A thread for which there is no larger table is refused, and the table stays
      Given there is no more memory for Ada
      When Ada makes a thread state for Ida
      Then that fails for lack of memory
      And no slot is free
      And the table has its first size

  @QSBR-08
  Rule: Registered threads take their slots, sequences and rounds with them
    Readers hold the same memory after the growth as before. A sequence that is lost on the way
    would free it under them.

    @QSBR-08.15 @sees:grown
    Example: A thread that lags behind goes on doing so in the new table
      Given Ada makes a deferred advance to goal deferred
      And Ada advances to goal g
      And the slot of Ada is noted
      When Ada makes a thread state for Ida
      Then the slot of Ada is as noted
      And Ada finds goal g not reached

    @QSBR-08.16 @sees:grown @sees:scanned
    Example: A report after the growth counts
      Given Ada advances to goal g
      And Ada makes a thread state for Ida
      When Ada reports a quiescent state
      Then Ada finds goal g reached

    @QSBR-08.17 @sees:grown @sees:suspended
    Example: Attached threads come to rest before the table is replaced
      Given Ben binds his thread state
      And Ben attaches
      When Ada makes a thread state for Ida
      Then Ada waits
      And the table has its first size
      When Ben reaches a safe point
      Then the table has twice its first size

    @QSBR-08.18 @sees:grown @sees:scanned
    Example: A thread that came to rest is seen in the new table
      Given Ben binds his thread state
      And Ben attaches
      And Ada makes a thread state for Ida
      And Ben reaches a safe point
      When Ada advances to goal g
      And Ada reports a quiescent state
      Then Ada finds goal g not reached

  @QSBR-08
  Rule: Whoever comes or goes during the growth finds the new table
    A newcomer waits for the pause that it has caused, and others come and go in that time. None
    may be left with a slot of the table that is gone.

    @QSBR-08.19 @sees:grown
    Example: A thread without a thread state makes the table grow
      When Ida enters the interpreter
      Then Ida waits
      When Ada reaches a safe point
      Then Ida goes on
      And the table has twice its first size
      And 9 slots are in use

    @QSBR-08.20 @sees:grown
    Example: Two threads that come at once make the table grow once
      Given Ida enters the interpreter
      When Jon enters the interpreter
      And Ada reaches a safe point
      Then Ida goes on
      And Jon goes on
      And the table has twice its first size
      And 10 slots are in use

    @QSBR-08.21 @sees:grown
    Example: A thread that goes while the table is being replaced gives its slot back
      Given Ben binds his thread state
      And Ben attaches
      And Ida enters the interpreter
      When Ben exits
      And Ada reaches a safe point
      Then Ida goes on
      And 8 slots are in use
