Feature: The collector merges for everybody
  A queue is emptied by its owner, at a safe point. A thread that sleeps in a system call for an
  hour reaches none, and everything that was queued for it stays alive for that hour. The
  collector stops the world anyway, and while the world is stopped no owner counts: so it merges
  every queued object itself, for the threads that are blocked as for those that are not.

  Background:
    Given Ada and Ben are attached

  @BRC-08
  Rule: A collection merges every queued object, also those of blocked owners
    The collector is about to count what is reachable. An object that is dead but for its
    owner's absence would be counted as alive, and so would everything that hangs on it.

    @BRC-08.1 @sees:queued @sees:stopped @sees:merged @sees:started
    Example: An object whose last reference waits in the queue of a blocked owner is freed
      Given Ada owns an object with one reference
      And Ada has detached
      And Ben drops a reference
      Then the object is queued for Ada, still alive
      When Ben runs the collector
      Then the object is freed once, by Ben

    @BRC-08.2 @sees:queued @sees:merged
    Example: An object to which the blocked owner holds a reference is merged, and lives on
      Given Ada owns an object with two references, queued for her by Ben
      And Ada has detached
      When Ben runs the collector
      Then the object is merged, with 1 reference and no owner
      When Ada attaches
      And Ada drops a reference
      Then the object is freed once, by Ada

    @BRC-08.3 @sees:queued @sees:merged
    Example: The collecting thread's own queue is emptied as well
      Given Ada owns object "x" with one reference, queued for her by Ben
      And Ben owns object "y" with one reference, queued for him by Ada
      And Ada has detached
      When Ben runs the collector
      Then object "x" is freed once, by Ben
      And object "y" is freed once, by Ben

    @BRC-08.4 @sees:queued @sees:suspended @sees:merged @sees:resumed
    Example: An owner that comes to rest for the collection finds its queue empty afterwards
      Given Ada owns an object with one reference
      And Ben drops a reference
      And Ben begins to run the collector
      When Ada reaches a safe point
      Then the object is freed once, by Ben

    @BRC-08.5 @sees:queued @sees:finalized @sees:merged @sees:resumed
    Example: What an owner has taken from its queue but not come to yet is merged too
      Given Ada owns object "x" with one reference, queued for her by Ben
      And Ada owns an object whose finalizer waits to be told to go on
      And Ben drops a reference
      And Ada reaches a safe point
      When Ben runs the collector
      And Ben tells the finalizer to go on
      Then object "x" is freed once, by Ben

  @BRC-08
  Rule: What the collection leaves without references ends after the world has started again
    A finalizer runs code of the program, and that code may wait for a thread that is at rest.
    Run within the pause, it would wait for ever.

    @BRC-08.6 @sees:queued @sees:started @sees:finalized @sees:freed
    Scenario Outline: The finalizer of <kind> runs on the collecting thread
      Given Ada owns <kind> whose finalizer keeps nothing
      And Ada has detached
      And Ben drops a reference
      When Ben runs the collector
      Then the finalizer has run once, on Ben
      And the object is freed once, by Ben
      And the world had started before that

      Examples:
        | kind               |
        | an object          |
        | a collected object |

  @BRC-08
  Rule: A request that the collection has made needless does no harm
    The owner is asleep and cannot be told that the request is void. So it comes back, looks,
    and must be content with finding nothing.

    @BRC-08.7 @sees:queued @sees:merged @sees:freed
    Example: An owner that comes back finds nothing to merge
      Given Ada owns an object with one reference, queued for her by Ben
      And Ada has detached
      And Ben runs the collector
      When Ada attaches
      And Ada reaches a safe point
      Then the object is freed once, by Ben
      And Ada is not asked to merge

  @BRC-08
  Rule: A pause by itself merges nothing
    Pauses have many reasons, most of them have nothing to do with references, and all should be
    short.

    @BRC-08.8 @sees:queued @sees:stopped
    Example: What is queued when the world is stopped is queued when it is started
      Given Ada owns an object with one reference
      And Ada has detached
      And Ben drops a reference
      When Ben stops the world
      And Ben starts the world
      Then the object is queued for Ada, still alive
