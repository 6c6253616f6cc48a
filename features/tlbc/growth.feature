Feature: Arrays of copies grow
  An array begins with a few places. A thread with an index beyond the end makes the array longer, while
  others look into it without a lock.

  Background:
    Given Ada is attached
    And Ada runs this program:
      """
      def f(x):
          return x
      """
    And Ada has detached

  @TLBC-16
  Rule: An array is doubled until it has a place for the index
    Growing by one place at a time would copy the array for each new thread.

    @TLBC-16.1
    Scenario Outline: A thread with <index> calls
      Given so many threads have come that the next index is <index>
      And Ben is attached
      When Ben calls f(1)
      Then the array of copies of f has <size>
      And there are 2 copies of f
      And Ben runs a copy of f of his own

      Examples:
        | index                                   | size                        |
        | the last of as many entries as at first | as many entries as at first |
        | one beyond as many entries as at first  | twice as many entries       |
        | the last of twice as many entries       | twice as many entries       |
        | one beyond twice as many entries        | four times as many entries  |
        | one beyond four times as many entries   | eight times as many entries |

    @TLBC-16.2 @sees:copies-grown @sees:copied
    Example: Copies that are there stay where they are
      Given so many threads have come that the next index is the last of as many entries as at first
      And Ben and Cleo are attached
      And Ben calls f(1)
      And Ben remembers his copy of f
      When Cleo calls f(1)
      Then Ben runs the copy of f that was remembered
      And there are 3 copies of f

    @TLBC-16.3 @sees:copies-grown
    Example: The old array is freed later, when nobody can be looking into it any more
      Given so many threads have come that the next index is one beyond as many entries as at first
      And Ben is attached
      When Ben calls f(1)
      Then Ben has 1 block pending

    @TLBC-16.4
    Example: An array grows under somebody who looks for a copy
      Given so many threads have come that the next index is the last of as many entries as at first
      And Ben and Cleo are attached
      And Ben calls f(1)
      When these race:
        | Ben  | calls f(1) |
        | Cleo | calls f(2) |
      Then the outcomes are:
        | Ben | Cleo | copies of f | grade    | because                                  |
        | 1   | 2    | 3 copies    | expected | Ben's copy stands in the old and the new |

    @TLBC-16.5 @bound:2
    Example: One thread adds its copy while another makes the array longer
      Given so many threads have come that the next index is the last of as many entries as at first
      And Ben and Cleo are attached
      When these race:
        | Ben  | calls f(1) |
        | Cleo | calls f(2) |
      Then the outcomes are:
        | Ben | Cleo | copies of f | grade     | because                                     |
        | 1   | 2    | 3 copies    | expected  | either waits for the other                  |
        | 1   | 2    | 2 copies    | forbidden | a copy would have been written into the old |

    @TLBC-16.6 @bound:2
    Example: One thread puts in what a tool has asked for while another makes the array longer
      Given so many threads have come that the next index is the last of as many entries as at first
      And Ben is attached
      And Ben calls f(1)
      And Ben takes tool 1 into use
      And Ben lets tool 1 watch start events
      And Cleo is attached
      When these race:
        | Ben  | calls f(1) |
        | Cleo | calls f(2) |
      Then the outcomes are:
        | Ben | Cleo | the entry of f for Ben | the entry of f for Cleo | grade    | because                        |
        | 1   | 2    | watched                | watched                 | expected | either waits for the other     |

  @TLBC-16
  Rule: An array that cannot grow stays as it is
    Others look into the array. What they find there has to be whole at any time.

    @TLBC-16.50
    Example: The call of the thread with the high index fails, and the copies of others stay
      Given so many threads have come that the next index is the last of as many entries as at first
      And Cleo and Dan are attached
      And Cleo calls f(1)
      And there is no more memory for Dan
      When Dan calls f(1)
      Then that fails with MemoryError
      And the array of copies of f has as many entries as at first
      And Cleo runs a copy of f of her own

    @TLBC-16.51 @sees:copies-grown @sees:copied
    Example: Whatever there is no memory for, the copies that there were stay
      Given so many threads have come that the next index is the last of as many entries as at first
      And Cleo and Dan are attached
      And Cleo calls f(1)
      And Cleo has detached
      And Dan calls f()
      And that fails with TypeError
      When Dan calls f(2), with memory for one allocation more at each attempt
      Then every attempt that failed left the copies that there were
