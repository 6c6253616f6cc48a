Feature: Safe points
  Others cannot interrupt a running thread, but they can leave it a note. Each thread carries a
  small set of requests, and now and then, where it holds nothing that anybody could take away,
  it looks at them: a safe point. It looks once and serves what it saw, always in the same
  order, because some requests do not wait for others: first of all whoever wants the world to
  stop.

  Background:
    Given Ada and Ben are attached

  @THREAD-05
  Rule: A safe point serves the requests that are set, in a fixed order
    Some requests make others pointless or dangerous: a thread that served anything before it
    stopped would touch objects in the middle of a pause.

    @THREAD-05.1 @sees:served
    Example: All requests are served, whatever the order in which they were set
      Given Ben has detached
      And Ada sets all her own requests, the last one first
      When Ada reaches a safe point
      Then she serves these requests, in this order:
        | stop          |
        | signals       |
        | pending calls |
        | merge         |
        | collect       |
        | cold code     |
        | drop lock     |
        | exception     |

    @THREAD-05.2 @sees:suspended @sees:stopped
    Example: A thread comes to rest before it serves anything else
      Given Ada sets the signals request of Ben
      And Ada stops the world
      When Ben reaches a safe point
      Then Ben is suspended
      And the signals request of Ben is still set

    @THREAD-05.62 @sees:suspended @sees:stopped @sees:served
    Example: A thread that came to rest serves its other requests when the pause is over
      Given Ada sets the signals request of Ben
      And Ada stops the world
      And Ben reaches a safe point
      When Ada starts the world
      Then Ben goes on
      And he serves the stop and signals requests

  @THREAD-05
  Rule: A request is served once, by the thread that it was set for
    What a request asks for touches the thread's own queue, stack and locks, which nobody else
    may do. So the thread itself does it, and takes the request back when it does.

    @THREAD-05.3
    Example: A thread that nothing was asked of serves nothing
      When Ada reaches a safe point
      Then she serves no request

    @THREAD-05.4 @sees:served
    Example: A request that was set twice is served once
      Given Ada sets the merge request of Ben
      And Ada sets the merge request of Ben
      When Ben reaches a safe point
      Then he serves the merge request
      When Ben reaches a safe point
      Then he serves no request

    @THREAD-05.5 @sees:served
    Example: A safe point of another thread does not serve the request
      Given Ada sets the merge request of Ben
      When Ada reaches a safe point
      Then she serves no request
      When Ben reaches a safe point
      Then he serves the merge request

    @THREAD-05.6 @sees:served
    Example: A thread that was away serves its requests when it is back
      Given Ben has detached
      And Ada sets the merge request of Ben
      When Ben attaches
      Then the merge request of Ben is still set
      When Ben reaches a safe point
      Then he serves the merge request

  @THREAD-05
  Rule: A request that is set after the look waits for the next safe point
    A thread that looked again until nothing was left might never get back to its work. One
    look, one round: what comes later is kept, and served later.

    @THREAD-05.7 @sees:served
    Scenario Outline: A thread that is asked for <later> while serving <served> serves it next time
      Given Ada handles the <served> request by setting her own <later> request
      And Ada sets her own <served> request
      When Ada reaches a safe point
      Then she serves the <served> request
      And the <later> request of Ada is still set
      When Ada reaches a safe point
      Then she serves the <later> request

      Examples: what would have been served later anyway
        | served        | later         |
        | signals       | pending calls |
        | pending calls | merge         |

      Examples: what would have been served earlier
        | served    | later   |
        | exception | signals |

      Examples: the same again
        | served  | later   |
        | signals | signals |

    @THREAD-05.8 @sees:suspended @sees:served
    Example: What a thread is asked while it is suspended waits for its next safe point
      Given Ada stops the world
      And Ben reaches a safe point
      And Ada sets the merge request of Ben
      When Ada starts the world
      Then Ben goes on
      And he serves the stop request

    @THREAD-05.63 @sees:suspended @sees:served
    Example: What a thread was asked while it was suspended is served at its next safe point
      Given Ada stops the world
      And Ben reaches a safe point
      And Ada sets the merge request of Ben
      And Ada starts the world
      When Ben reaches a safe point
      Then he serves the merge request

  @THREAD-05
  Rule: Passing a safe point reports a quiescent state, before anything is served
    At a safe point the thread holds no unprotected pointer, so it can say so. Handlers may pick
    up new ones, so it has to say so before they run.

    @THREAD-05.10 @sees:advanced
    Example: A safe point at which nothing was asked still reports
      Given Ada advances to goal g
      When Ben reaches a safe point
      Then he serves no request
      And Ben's read sequence is goal g

    @THREAD-05.11 @sees:advanced
    Example: A safe point whose first handler fails has already reported
      Given Ben handles the signals request by failing
      And Ben sets his own signals request
      And Ada advances to goal g
      When Ben reaches a safe point
      Then his handler of the signals request failed
      And Ben's read sequence is goal g
