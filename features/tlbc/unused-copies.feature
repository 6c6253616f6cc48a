Feature: Copies that nobody uses
  When a thread ends, its copies stay: the next thread with that index goes on with them. A program that had many
  threads once and has few now can ask that they be freed.

  Background:
    Given Ada and Ben are attached
    And Ada runs this program:
      """
      def f(a, b):
          return a + b
      """

  @TLBC-16
  Rule: The copies of a thread outlive it, for whoever gets its index
    Programs make threads for one task after the other. Each would otherwise begin to learn from nothing.

    @TLBC-16.20 @sees:copied
    Example: The next thread goes on with what the last has learned
      Given Ben calls f(1.5, 2.5) 10 times
      And Ben remembers his copy of f
      And Ben has exited
      When Cleo is attached
      Then Cleo runs the copy of f that was remembered
      And the operation of f is specialized for float addition in Cleo's copy

    @TLBC-16.21 @sees:copied
    Example: Three threads, one after the other, run one copy
      Given Ben calls f(1, 2)
      And Ben remembers his copy of f
      And Ben has exited
      When Cleo is attached
      And Cleo exits
      And Dan is attached
      And Dan calls f(1, 2)
      Then Dan runs the copy of f that was remembered

    @TLBC-16.22 @sees:copied
    Example: All copies go with the program
      Given Cleo is attached
      And Ben calls f(1, 2)
      And Cleo calls f(1, 2)
      Then there are 3 copies of f
      When Ben and Cleo have exited
      And Ada gives up the program

  @TLBC-06
  Rule: A thread that ends has its index as long as it can run code
    Whatever ends with it may run programs, and these run in its copies. Nobody else may be in them then.

    @TLBC-06.9 @sees:copied @sees:finalized
    Example: An object that ends with its thread calls a function
      Given Ben owns an object whose finalizer calls f with 1 and 2 and waits to be told to go on
      And Ada drops a reference
      When Ben clears his thread state
      Then Ben runs a copy of f of his own
      When Cleo is attached
      Then Cleo has index 2
      And Ada tells the finalizer to go on

  @TLBC-16
  Rule: Only the explicit clean-up frees copies, and only those that nobody uses
    A collection must not take from a thread what it will want again in a moment.

    @TLBC-16.23 @sees:copied
    Example: The copies of a thread that is gone are freed
      Given Ben calls f(1, 2)
      And Ben has exited
      When Ada frees the copies that nobody uses
      Then there is 1 copy of f
      When Cleo is attached
      Then Cleo has no copy of f

    @TLBC-16.24 @sees:copied
    Example: After the clean-up the next thread gets a new copy
      Given Ben calls f(1.5, 2.5) 10 times
      And Ben has exited
      And Ada frees the copies that nobody uses
      When Cleo is attached
      And Cleo calls f(1, 2)
      Then Cleo runs a copy of f of her own
      And the operation of f is general in Cleo's copy

    @TLBC-16.25 @sees:copied
    Example: The copy of a thread that lives stays where it is, and as it is
      Given Ben calls f(1, 2) 10 times
      And Ben remembers his copy of f
      And Ben has detached
      When Ada frees the copies that nobody uses
      Then Ben runs the copy of f that was remembered
      And the operation of f is specialized for int addition in Ben's copy

    @TLBC-16.26 @sees:copied
    Example: A collection frees no copies
      Given Ben calls f(1, 2)
      And Ben has exited
      When Ada runs the collector
      Then there are 2 copies of f

    @TLBC-16.27 @sees:copied
    Example: The copy of a dead thread is in use if a living one has its index
      Given Ben calls f(1, 2)
      And Ben remembers his copy of f
      And Ben clears his thread state
      And Cleo is attached
      And Cleo has detached
      When Ada frees the copies that nobody uses
      Then Cleo runs the copy of f that was remembered

    @TLBC-16.44 @sees:copied
    Example: It is in use from the moment when the next thread is made, before that runs
      Given Ben calls f(1, 2)
      And Ben remembers his copy of f
      And Ben clears his thread state
      And Ada makes a thread state for Cleo
      When Ada frees the copies that nobody uses
      And Cleo binds her thread state
      Then Cleo runs the copy of f that was remembered

    @TLBC-16.29 @sees:copied
    Example: The main copy is always in use
      Given Ben calls f(1, 2)
      And Ada has exited
      When Ben frees the copies that nobody uses
      Then there are 2 copies of f
      When Cleo is attached
      And Cleo calls f(1, 2)
      Then the result is 3
      And Cleo runs the main copy of f

    @TLBC-16.31
    Example: The threads are stopped while copies are freed
      Given Ben calls f(1, 2)
      When Ada frees the copies that nobody uses
      Then Ada waits
      When Ben reaches a safe point
      Then Ada goes on
      And there are 2 copies of f

    @TLBC-16.28 @sees:copied
    Example: What is frozen is left alone until it is unfrozen
      Given Ben calls f(1, 2)
      And Ben has exited
      When Ada freezes what the collector tracks
      And Ada frees the copies that nobody uses
      Then there are 2 copies of f
      When Ada unfreezes it
      And Ada frees the copies that nobody uses
      Then there is 1 copy of f
