Feature: Frames in the copies of the dead
  A generator that a thread has put to sleep sleeps in that thread's copy. The thread may end, and the generator
  be woken a long time later.

  Background:
    Given Ada and Ben are attached
    And Ada runs this program:
      """
      def g():
          n = 0
          while True:
              n = n + 1
              yield n

      it = g()
      """
    And Ben calls next(it)

  @TLBC-16
  Rule: A copy is in use as long as a frame stands in it
    Whoever resumes the frame goes on at the instruction where it stands, before it moves to another copy.

    @TLBC-16.40 @sees:copied
    Example: A generator of a thread that is gone is resumed by another
      Given Ben has exited
      When Ada calls next(it)
      Then the result is 2
      And generator it stands in Ada's copy of g

    @TLBC-16.41 @sees:copied
    Example: A generator of a thread that is gone is resumed after the clean-up
      Given Ben has exited
      When Ada frees the copies that nobody uses
      Then generator it stands at line 5
      When Ada calls next(it)
      Then the result is 2
      And generator it stands in Ada's copy of g

    @TLBC-16.42 @sees:copied
    Example: The copy is freed when the generator has left it
      Given Ben has exited
      And Ada calls next(it)
      When Ada frees the copies that nobody uses
      Then there is 1 copy of g

    @TLBC-16.43 @sees:copied
    Example: A frame in the copy of another thread has the lines of that copy
      Then generator it stands in Ben's copy of g
      And generator it stands at line 5
