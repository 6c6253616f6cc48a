Feature: Generators go from thread to thread
  A generator keeps its frame while it sleeps, and may be woken by another thread than the one that put it to
  sleep. It must not go on in a copy that belongs to somebody else.

  Background:
    Given Ada and Ben are attached
    And Ada runs this program:
      """
      def g():
          total = 0
          while True:
              try:
                  total = total + (yield total)
              except ValueError:
                  total = -1
      """
    And Ada keeps the result of g() as it

  @TLBC-01
  Rule: A generator runs in the copy of whoever resumes it
    The copy that it slept in is being changed by its owner.

    @TLBC-01.6 @sees:copied
    Example: A generator moves to the other thread's copy, and back
      Given Ada calls next(it)
      Then generator it stands in Ada's copy of g
      When Ben calls it.send(1)
      Then generator it stands in Ben's copy of g
      When Ada calls it.send(1)
      Then the result is 2
      And generator it stands in Ada's copy of g

    @TLBC-01.7 @sees:copied
    Example: Each thread specializes what it runs of the generator
      Given Ada calls next(it)
      And Ada calls it.send(1) 10 times
      When Ben calls it.send(1.5)
      Then the result is 11.5
      And the operation of g is specialized for int addition in Ada's copy
      And the operation of g is general in Ben's copy

    @TLBC-01.8 @sees:copied
    Example: An exception that another thread throws into the generator is handled in that thread's copy
      Given Ada calls next(it)
      When Ben calls it.throw(ValueError)
      Then the result is -1
      And generator it stands in Ben's copy of g

    @TLBC-01.9 @sees:copied
    Example: Each thread throws into a generator of its own
      Given Ada calls next(it)
      And Ben keeps the result of g() as other
      And Ben calls next(other)
      When Ada calls it.throw(ValueError)
      And Ben calls other.throw(ValueError)
      Then generator it stands in Ada's copy of g
      And generator other stands in Ben's copy of g
      And Ben runs a copy of g of his own

    @TLBC-01.10 @sees:copied
    Example: An exception is thrown into a generator that has not begun
      When Ben calls it.throw(KeyError)
      Then that fails with KeyError in line 1
      And Ben runs a copy of g of his own

    @TLBC-01.11
    Example: A place of the generator has the same line in every copy
      Given Ada calls next(it)
      Then generator it stands at line 5
      When Ben calls it.send(1)
      Then generator it stands at line 5
      And generator it stands in Ben's copy of g

  @TLBC-02
  Rule: Whoever only makes a generator has not begun to run it
    A copy that is made for a thread which hands the generator on would be of use to nobody.

    @TLBC-02.7
    Example: A generator that one thread made is first run by another
      Given Ben keeps the result of g() as other
      Then Ben has no copy of g
      When Ada calls next(other)
      Then generator other stands in Ada's copy of g
      And Ben has no copy of g

    @TLBC-02.8 @sees:copied
    Example: The first step makes the copy
      Given Ben keeps the result of g() as other
      When Ben calls next(other)
      Then Ben runs a copy of g of his own

    @TLBC-02.9
    Example: A generator that has nothing to do at its end is closed without a copy
      Given Ada runs this program:
        """
        def plain():
            yield 1
        """
      And Ada keeps the result of plain() as it
      And Ada calls next(it)
      When Ben calls it.close()
      Then the result is None
      And Ben has no copy of plain

    @TLBC-02.10 @sees:copied
    Example: A generator that has something to do at its end is closed in the copy of whoever closes it
      Given Ada runs this program:
        """
        def careful():
            try:
                yield 1
            finally:
                done.append(1)

        done = []
        """
      And Ada keeps the result of careful() as it
      And Ada calls next(it)
      When Ben calls it.close()
      Then the result is None
      And Ben runs a copy of careful of his own
