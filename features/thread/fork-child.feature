Feature: What a fork leaves to the child
  In the child of a fork the other threads have vanished in the middle of whatever they were doing.
  Nobody will ever pass their safe points, drain their queues or unlock the runtime's own locks for
  them. So the survivor puts the house in order before it goes on: it frees those locks, forgets the
  sleepers, and clears the records of the dead as they would have done on their way out. In the
  parent everybody is still there, and goes on as if nothing had happened.

  Background:
    Given Ada and Ben are attached

  @THREAD-08
  Rule: The dead threads' records are cleared by the survivor, and nothing in them is lost
    Others had left work in those records, and memory waits in them. It was copied with
    everything else, so it has to come to an end on both sides, once on each.

    @THREAD-08.8 @sees:queued @sees:freed
    Example: Objects that were queued for a dead thread are merged by the survivor
      Given Ben owns an object with one reference
      And Ben has detached
      And Ada drops a reference
      When Ada forks, and Eve is her copy in the child
      Then the object is freed in the child, by Eve

    @THREAD-08.61 @sees:queued @sees:freed
    Example: In the parent, objects stay queued for their owner
      Given Ben owns an object with one reference
      And Ben has detached
      And Ada drops a reference
      And Ada forks, and Eve is her copy in the child
      When Ben attaches
      And Ben reaches a safe point
      Then the object is freed in the parent, by Ben

    @THREAD-08.9 @sees:retired @sees:abandoned @sees:freed
    Example: Memory that a dead thread had retired is freed on both sides
      Given Ben has retired block b
      And Ben has detached
      And Ada forks, and Eve is her copy in the child
      When Eve runs the collector
      Then block b is freed in the child, by Eve
      When Ada runs the collector
      Then block b is freed in the parent, by Ada

  @THREAD-08
  Rule: In the child the runtime's locks are free, and nothing is left to the dead
    A lock whose holder does not exist is never given back, and a wake-up that is sent to a
    sleeper who does not exist is lost. Either would stop the child where the parent goes on.

    @THREAD-08.10 @sees:parked
    Example: A thread that was parked is not parked in the child
      Given Ada has a word that holds 1
      And Ben parks on the word, expecting 1
      And Ada forks, and Eve is her copy in the child
      When Eve wakes one thread parked on the word
      Then she woke nobody
      And Ben still waits

    @THREAD-08.62 @sees:parked @sees:woken
    Example: In the parent, a thread that was parked can still be woken
      Given Ada has a word that holds 1
      And Ben parks on the word, expecting 1
      And Ada forks, and Eve is her copy in the child
      When Ada wakes one thread parked on the word
      Then Ben was woken

    @THREAD-08.11 @sees:parked
    Example: A lock that the survivor gives back is free, though a dead thread waited for it
      Given Ada holds mutex m
      And Ben asks for mutex m
      And Ada forks, and Eve is her copy in the child
      When Eve gives mutex m back
      And Eve tries mutex m
      Then she gets it at once

    @THREAD-08.63 @sees:parked @sees:woken
    Example: In the parent, a thread that waited for a lock still gets it
      Given Ada holds mutex m
      And Ben asks for mutex m
      And Ada forks, and Eve is her copy in the child
      When Ada gives mutex m back
      Then Ben gets mutex m

    @THREAD-08.12 @sees:suspended @sees:stopped @sees:parked
    Example: The survivor stops the world although a dead thread was about to do so
      That thread had the pause's own lock in its hand when it was brought to rest.

      Given Ada forks, and Eve is her copy in the child
      And Ben stops the world
      And a moment longer than the polling interval passes
      When Eve stops the world
      Then that succeeds at once
      And Ben waits for Ada

    @THREAD-08.64 @sees:suspended @sees:stopped @sees:parked
    Example: In the parent, the thread that was about to stop the world stops it
      Given Ada forks, and Eve is her copy in the child
      And Ben stops the world
      And a moment longer than the polling interval passes
      When Ada reaches a safe point
      Then the world is stopped by Ben

    @THREAD-08.13 @sees:parked @sees:stopped
    Example: The survivor handles pending calls although a dead thread was handling one
      Given Ben is in the midst of a pending call
      And Ada forks, and Eve is her copy in the child
      And Eve handles the pending calls request by setting her own merge request
      When Eve sets her own pending calls request
      And Eve reaches a safe point
      Then the merge request of Eve is still set

    @THREAD-08.65 @sees:parked @sees:stopped
    Example: In the parent, the thread that was handling a pending call goes on with it
      Given Ben is in the midst of a pending call
      And Ada forks, and Eve is her copy in the child
      When Ada lets the pending call end
      Then Ben goes on
