Feature: What tools themselves run
  A tool that is told of an event may run code of its own, which is reported to nobody. That code is not brought
  up to date before it runs. So another thread may begin to watch it while it is in the middle.

  Background:
    Given Ada is attached
    And Ada runs this program:
      """
      def f(a, b):
          return a + b

      def look():
          return f(1, 2)

      def g():
          return None
      """
    And Ada takes tool 1 into use
    And Ada lets tool 1 call look at every start event
    And Ada lets tool 1 watch start events of g

  @TLBC-17
  Rule: What a tool runs is reported to nobody
    It would otherwise be told of itself, and of that again, without an end.

    @TLBC-17.18
    Example: A tool watches what it calls itself
      Given Ada lets tool 1 watch start events
      And Ada calls look()
      And tool 1 was told of 2 "start" events
      When Ada calls g()
      Then tool 1 was told of 1 "start" events

    @TLBC-17.43
    Example: What only a tool has run is not watched yet by another that wants all there is
      Given Ada takes tool 2 into use
      And Ada lets tool 2 watch instruction events
      When Ada calls g()
      Then the operation of f is general in Ada's copy
      When Ada calls look()
      Then the operation of f is watched in Ada's copy

  @TLBC-13
  Rule: Specializing gives way to watching
    Both change the same instruction. Were the specialized one written last, the tool would miss whatever happens
    there, and could not know it.

    @TLBC-13.3
    Example: An operation is specialized for a tool while another thread begins to watch it
      Given Ada takes tool 2 into use
      And Ada lets tool 2 watch instruction events
      And Ada calls g()
      And Ben is attached
      When these race:
        | Ada | calls g()     |
        | Ben | calls f(1, 2) |
      Then the outcomes are:
        | Ben | the operation of f for Ada   | grade     | because                                            |
        | 3   | watched                      | expected  | whoever specializes finds it watched, or is undone |
        | 3   | specialized for int addition | forbidden | the tool would not be told what Ada does there     |
        | 3   | general                      | forbidden | the same                                           |

    @TLBC-13.4
    Example: An operation that cannot be specialized is tried for a tool while another thread begins to watch it
      Given Ada runs this program:
        """
        def other():
            return f(1, True)
        """
      And Ada lets tool 1 call other at every start event
      And Ada takes tool 2 into use
      And Ada lets tool 2 watch instruction events
      And Ada calls g()
      And Ben is attached
      When these race:
        | Ada | calls g()     |
        | Ben | calls f(1, 2) |
      Then the outcomes are:
        | Ben | the operation of f for Ada | grade     | because                                         |
        | 3   | watched                    | expected  | whoever gives up finds it watched, or is undone |
        | 3   | general                    | forbidden | the tool would not be told what Ada does there  |
