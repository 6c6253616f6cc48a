Feature: The parking lot
  A lock needs a queue only while somebody waits for it, so the queues stand apart from the locks,
  in one table that is found by the address of any word. Before a thread goes to sleep it makes
  sure, with that table's lock in its hand, that the word still holds what made it want to sleep.
  Whoever changes the word and then looks for sleepers takes the same lock. So either the sleeper
  sees the change or the waker sees the sleeper, and no wake-up is lost.

  Background:
    Given Ada, Ben and Cleo are attached
    And Ada has a word that holds 1

  @THREAD-07
  Rule: A thread parks only on a word that still holds what it expects
    Between reading the word and going to sleep, another thread may change it and find nobody to
    wake. Nobody else would ever come, so the word is read again with the table's lock held.

    @THREAD-07.23 @sees:parked @sees:woken
    Example: A thread sleeps on a word that has not changed, until it is woken
      When Ben parks on the word, expecting 1
      Then Ben waits
      When Ada wakes one thread parked on the word
      Then Ben was woken

    @THREAD-07.24
    Example: A thread does not sleep on a word that was changed before
      Whoever changed it found nobody to wake, so nobody else will ever come.

      Given Ada changes the word to 2
      And Ada wakes one thread parked on the word
      When Ben parks on the word, expecting 1
      Then he is told that the word has changed

    @THREAD-07.25 @sees:parked @sees:woken
    Example: A change alone wakes nobody
      Given Ben parks on the word, expecting 1
      When Ada changes the word to 2
      Then Ben still waits
      When Ada wakes one thread parked on the word
      Then Ben was woken

  @THREAD-07
  Rule: Those parked on one word are woken in the order in which they parked
    Whoever has slept longest has waited longest. A waker also says whether there are more, so
    that a lock knows whether to keep its note that somebody waits.

    @THREAD-07.26 @sees:parked @sees:woken
    Example: Threads are woken one at a time, the first one first
      Given Ben parks on the word, expecting 1
      And Cleo parks on the word, expecting 1
      When Ada wakes one thread parked on the word
      Then she woke Ben, and there are more
      And Cleo still waits
      When Ada wakes one thread parked on the word
      Then she woke Cleo, and there are no more

    @THREAD-07.27
    Example: A waker that finds nobody says so
      When Ada wakes one thread parked on the word
      Then she woke nobody

    @THREAD-07.28 @sees:parked @sees:woken
    Example: All threads are woken at once
      Given Ben parks on the word, expecting 1
      And Cleo parks on the word, expecting 1
      When Ada wakes all threads parked on the word
      Then she woke 2 of them
      And Ben was woken
      And Cleo was woken

  @THREAD-07
  Rule: A waker finds only those who are parked on its own word, and are parked still
    A wake-up that goes to the wrong thread, or to one that has left, is lost for the thread
    that needs it.

    @THREAD-07.29 @sees:parked @sees:woken
    Example: A waker passes over those who are parked on another word of the same bucket
      Given Ada has another word in the same bucket that holds 1
      And Ben parks on the word, expecting 1
      And Cleo parks on the other word, expecting 1
      When Ada wakes all threads parked on the other word
      Then she woke 1 of them
      And Cleo was woken
      And Ben still waits

    @THREAD-07.66 @sees:parked @sees:woken
    Example: A thread that was passed over is found by a waker of its own word
      Given Ada has another word in the same bucket that holds 1
      And Ben parks on the word, expecting 1
      And Cleo parks on the other word, expecting 1
      And Ada wakes all threads parked on the other word
      When Ada wakes one thread parked on the word
      Then she woke Ben, and there are no more

    @THREAD-07.30 @sees:parked @sees:woken
    Example: A thread whose time was up is not there to be woken
      Given Ben parks on the word for at most a second, expecting 1
      And Cleo parks on the word, expecting 1
      When a second passes
      Then the time of Ben was up
      When Ada wakes one thread parked on the word
      Then she woke Cleo, and there are no more

    @THREAD-07.31 @sees:parked
    Example: A thread that was interrupted is not there to be woken
      Given Ben parks on the word, expecting 1
      When Ben is interrupted by Ada
      Then Ben was interrupted
      When Ada wakes one thread parked on the word
      Then she woke nobody

    @THREAD-07.32 @sees:parked @sees:woken
    Example: A thread that was woken is not woken again
      Given Ben parks on the word, expecting 1
      And Ada wakes one thread parked on the word
      When Ada wakes one thread parked on the word
      Then she woke nobody
      And Ben was woken
