Feature: Indices
  A thread finds its copy in every array at the same place: at its index. Indices are small numbers that are
  given again, so that arrays stay short however many threads have come and gone.

  Background:
    Given Ada is attached

  @TLBC-05
  Rule: No two living threads of an interpreter have the same index
    Two threads with one index would run and change one copy, which is what copies are to prevent.

    @TLBC-05.1
    Example: Eight threads have eight indices
      Given Ben, Cleo, Dan, Eve, Finn, Gus and Hal are attached
      Then Ada, Ben, Cleo, Dan, Eve, Finn, Gus and Hal have different indices
      And Ada has index 0

    @TLBC-05.2
    Example: The index is reserved by whoever makes the thread, before that runs
      Given Ada makes a thread state for Ben
      And Ada makes a thread state for Cleo
      When Cleo binds her thread state
      And Ben binds his thread state
      Then Ben has index 1
      And Cleo has index 2

    @TLBC-05.3 @sees:copied
    Example: A thread has one place in the arrays of all functions
      Given Ben is attached
      And Ada runs this program:
        """
        def f(x):
            return g(x)

        def g(x):
            return x
        """
      When Ben calls f(1)
      Then Ben runs a copy of f of his own
      And Ben runs a copy of g of his own
      And Ben has index 1

    @TLBC-05.4
    Example: The index stays while the thread is detached
      Given Ben is attached
      And Ben has detached
      And Cleo is attached
      Then Ben has index 1
      When Ben attaches
      Then Ada, Ben and Cleo have different indices

    @TLBC-05.5
    Example: Each interpreter counts its own indices
      Given Ben and Cleo are attached in another interpreter
      Then Ada and Ben have index 0
      And Cleo has index 1

    @TLBC-05.10
    Example: The index of a thread that was made and never started goes to one thread only
      Given Ada makes a thread state for Ben
      And Ada discards the thread state of Ben
      When Cleo and Dan are attached
      Then Ada, Cleo and Dan have different indices

    @TLBC-05.6 @bound:2
    Example: Two threads come at once
      When these race:
        | Ben  | enters the interpreter |
        | Cleo | enters the interpreter |
      Then the outcomes are:
        | index of Ben | index of Cleo | grade    | because        |
        | 1            | 2             | expected | Ben was first  |
        | 2            | 1             | expected | Cleo was first |

  @TLBC-06
  Rule: The smallest free index is the next to be given
    That keeps arrays as short as they can be, and gives the copies of the dead to the next who comes.

    @TLBC-06.1
    Example: Indices that were given back in any order are given again from the smallest on
      Given Ben, Cleo, Dan, Eve and Finn are attached
      And Eve, Ben and Cleo have exited
      When Gus, Hal, Ida and Jon are attached
      Then Gus has index 1
      And Hal has index 2
      And Ida has index 4
      And Jon has index 6

    @TLBC-06.10
    Example: However many are free, and in whatever order they were given back
      Given Ben, Cleo, Dan, Eve and Finn are attached
      And Ben, Dan, Cleo and Eve have exited
      When Gus, Hal, Ida and Jon are attached
      Then Gus has index 1
      And Hal has index 2
      And Ida has index 3
      And Jon has index 4

    @TLBC-06.2
    Example: Threads that live one after the other have the same index
      Given Ben is attached
      Then Ben has index 1
      When Ben exits
      And Cleo is attached
      Then Cleo has index 1

    @TLBC-06.3
    Example: The index of a thread that was made and never started is free again
      Given Ada makes a thread state for Ben
      And Ada discards the thread state of Ben
      And Ada makes a thread state for Cleo
      And Ada discards the thread state of Cleo
      When Dan is attached
      Then Dan has index 1

    @TLBC-06.4
    Example: The index is free as soon as the thread state is cleared, before that is deleted
      Given Ben is attached
      When Ben clears his thread state
      And Cleo is attached
      Then Cleo has index 1

    @TLBC-06.5 @sees:copied
    Example: The first index is given again when the first thread is gone
      Given Ben is attached
      And Ben runs this program:
        """
        def f(a, b):
            return a + b
        """
      And Ada has exited
      When Cleo is attached
      And Cleo calls f(1, 2) 10 times
      Then Cleo has index 0
      And Cleo runs the main copy of f
      And the operation of f is specialized for int addition in Cleo's copy

    @TLBC-06.6
    Example: Giving an index back needs no memory
      Given Ben, Cleo and Dan are attached
      And there is no more memory for Ada
      When Cleo exits
      And Ben exits
      And there is memory again for Ada
      And Eve is attached
      Then Eve has index 1

    @TLBC-06.7
    Example: A thread that could not be made for lack of memory has taken no index
      When Ada makes a thread state for Ben, with memory for one allocation more at each attempt
      Then every attempt that failed left the free slots as they were
      And Ben has index 1

    @TLBC-06.8 @bound:2
    Example: A thread leaves while another comes
      Given Ben is attached
      When these race:
        | Ben  | exits                  |
        | Cleo | enters the interpreter |
      Then the outcomes are:
        | index of Cleo | grade    | because                |
        | 1             | expected | Ben had given his back |
        | 2             | expected | Ben still had his      |
