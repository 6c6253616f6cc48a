Feature: Generators within generators
  A generator may hand everything on to another one. When it is resumed, both run; when an exception is thrown
  into it, only the inner one does. Each moves to the copy of whoever runs it, when it is run.

  Background:
    Given Ada and Ben are attached
    And Ada runs this program:
      """
      def numbers():
          while True:
              try:
                  yield 1
              except ValueError:
                  yield 2

      def chain():
          yield from inner

      inner = numbers()
      outer = chain()
      """
    And Ada calls next(outer)

  @TLBC-01
  Rule: Of generators within one another, those that run move
    One that sleeps on has no need of a copy of the thread that woke another.

    @TLBC-01.12 @sees:copied
    Example: Both move when another thread resumes the outer one
      When Ben calls next(outer)
      Then generator outer stands in Ben's copy of chain
      And generator inner stands in Ben's copy of numbers

    @TLBC-01.13 @sees:copied
    Example: An exception that is thrown through the outer one moves the inner one
      When Ben calls outer.throw(ValueError)
      Then the result is 2
      And generator inner stands in Ben's copy of numbers
      And generator outer stands in Ada's copy of chain

    @TLBC-01.14 @sees:copied
    Example: The outer one moves when it is resumed itself
      Given Ben calls outer.throw(ValueError)
      When Ben calls next(outer)
      Then the result is 1
      And generator outer stands in Ben's copy of chain
