Feature: Mutexes that share a bucket
  The parking lot has fewer buckets than there are words, so those who wait for two mutexes may
  stand in one bucket. Nobody sees that from outside, except that things take a little longer: a
  waker passes over those who wait for something else, and a mutex may say that somebody waits
  when the one who waits is its neighbour's.

  Background:
    Given Ada, Ben and Cleo are attached
    And Ada holds mutex m
    And Ada holds mutex n, which shares a bucket with m

  @THREAD-07
  Rule: Two mutexes that share a bucket stay two mutexes
    Which words share a bucket is an accident of their addresses. If it mattered to whom a lock
    is given, programs would hang on some runs and not on others.

    @THREAD-07.21 @sees:parked @sees:woken
    Example: Each mutex wakes its own waiter
      Given Ben asks for mutex m
      And Cleo asks for mutex n
      When Ada gives mutex n back
      Then Cleo gets mutex n
      And Ben still waits
      When Ada gives mutex m back
      Then Ben gets mutex m

    @THREAD-07.22 @sees:parked @sees:woken
    Example: A note that was left because of the neighbour's waiter does no harm
      Given Ben asks for mutex m
      And Cleo asks for mutex n
      When Ada gives mutex m back
      And Ben gives mutex m back
      Then mutex m is free
      And mutex m says that nobody waits
      And Cleo still waits
