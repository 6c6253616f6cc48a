Feature: Immortality and several threads
  Constants are made by all threads, at the same time, and there is one table of them. But a
  thread suppresses for itself alone.

  Background:
    Given Ada and Ben are attached

  @IMMORTAL-01
  Rule: Suppressing concerns one thread
    If it concerned all, what one thread gets would depend on what another happens to evaluate
    just then.

    @IMMORTAL-01.1
    Example: A program runs while another thread evaluates
      Given Ada has event "go"
      And Ada runs this program:
        """
        def evaluate():
            return eval("wait('go')")
        """
      And Ada calls evaluate()
      When Ben runs this program:
        """
        x = 5000
        """
      Then immortalizing is suppressed for Ada
      And immortalizing is not suppressed for Ben
      And x is an immortal object

    @IMMORTAL-01.2
    Example: An evaluation goes on to suppress, whatever others run meanwhile
      Given Ada has event "go"
      And Ada runs this program:
        """
        def evaluate():
            return eval("[wait('go'), exec('global x; x = 5000')]")
        """
      And Ada calls evaluate()
      When Ben runs this program:
        """
        y = 5000
        """
      And Ben sets event "go"
      Then Ada gets the result [None, None]
      And x is a mortal object
      And y is an immortal object

    @IMMORTAL-01.3
    Example: Two threads evaluate, and the first to end ends suppressing for itself only
      Given Ada has event "go"
      And Ada has event "on"
      And Ada runs this program:
        """
        def evaluate(event):
            return eval("wait(event)")
        """
      And Ada calls evaluate('go')
      And Ben calls evaluate('on')
      When Cleo sets event "go"
      Then immortalizing is not suppressed for Ada
      And immortalizing is suppressed for Ben

    @IMMORTAL-01.5
    Example: A thread that comes while another evaluates suppresses nothing
      Given Ada has event "go"
      And Ada runs this program:
        """
        def evaluate():
            return eval("wait('go')")
        """
      And Ada calls evaluate()
      When Cleo is attached
      And Cleo runs this program:
        """
        x = 5000
        """
      Then immortalizing is not suppressed for Cleo
      And x is an immortal object

    @IMMORTAL-01.6 @sees:queued @sees:finalized
    Example: A thread that is made within an evaluation does not begin by suppressing
      Given Ada has event "go"
      And Ada owns an object whose finalizer makes a thread state for Cleo
      And Ada runs this program:
        """
        def evaluate():
            return eval("[wait('go'), len('ab')]")
        """
      And Ada calls evaluate()
      When Ben drops a reference
      And Ben sets event "go"
      Then immortalizing is not suppressed for Cleo
      And Ada discards the thread state of Cleo

  @IMMORTAL-05
  Rule: Threads that meet with a new constant agree on one
    Each looks it up and finds nothing. If each then entered its own, there would be two, and the
    constants that contain it would not be equal any more either.

    @IMMORTAL-05.15 @bound:1
    Example: Two threads run the same text
      Given Ada runs this program:
        """
        a = b = None
        def ada():
            exec('global a; a = 5000')
        def ben():
            exec('global b; b = 5000')
        """
      When these race:
        | Ada | calls ada() |
        | Ben | calls ben() |
      Then the outcomes are:
        | value a        | value b        | a and b     | grade     | because                                 |
        | 5000, immortal | 5000, immortal | one object  | expected  | whoever was first, the other took it    |
        | 5000, immortal | 5000, immortal | two objects | forbidden | each would have looked before the other |

  @IMMORTAL-01
  Rule: A thread that suppresses and one that does not never share a new constant
    One has to be mortal, and the other immortal. If they met in one object, it would be counted
    by one thread and not by the other.

    @IMMORTAL-01.4 @bound:1
    Example: One thread evaluates a number while another makes it a constant
      Given Ada runs this program:
        """
        a = b = None
        def ada():
            global a
            a = eval('5000')
        def ben():
            exec('global b; b = 5000')
        """
      When these race:
        | Ada | calls ada() |
        | Ben | calls ben() |
      Then the outcomes are:
        | value a        | value b        | grade     | because                                    |
        | 5000, mortal   | 5000, immortal | expected  | each has what it asked for                 |
        | 5000, immortal | 5000, immortal | forbidden | what is evaluated once would stay for ever |
        | 5000, mortal   | 5000, mortal   | forbidden | Ada would have suppressed it for Ben       |

  @IMMORTAL-02
  Rule: Constants that several code objects share are exchanged when nobody loads them
    Whoever has just found one, and has not counted it yet, would count what is gone.

    @IMMORTAL-02.13 @bound:2
    Example: One thread makes a copy of the code that another runs
      Given Ada runs this program:
        """
        x = 5000
        again = None
        f = eval('lambda: 5000')
        """
      When these race:
        | Ada | makes a renamed copy of code f and keeps it as again |
        | Ada | detaches                                             |
        | Ben | calls f()                                            |
        | Ben | detaches                                             |
      Then the outcomes are:
        | Ben  | grade    | because                                      |
        | 5000 | expected | he has the old constant, or the one for ever |
