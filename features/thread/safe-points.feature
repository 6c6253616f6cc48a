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

    @THREAD-05.1 @sees:served
    Example: All of them, whatever the order in which they were set
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
    Example: The thread comes to rest before it serves anything else
      Given Ada sets the signals request of Ben
      And Ada stops the world
      When Ben reaches a safe point
      Then Ben is suspended
      And the signals request of Ben is still set
      When Ada starts the world
      Then Ben goes on
      And he serves the stop and signals requests

  @THREAD-05
  Rule: A request is served once, by the thread that it was set for

    @THREAD-05.3
    Example: Nothing was asked
      When Ada reaches a safe point
      Then she serves no request

    @THREAD-05.4 @sees:served
    Example: The same was asked twice
      Given Ada sets the merge request of Ben
      And Ada sets the merge request of Ben
      When Ben reaches a safe point
      Then he serves the merge request
      When Ben reaches a safe point
      Then he serves no request

    @THREAD-05.5 @sees:served
    Example: Another thread passes a safe point first
      Given Ada sets the merge request of Ben
      When Ada reaches a safe point
      Then she serves no request
      When Ben reaches a safe point
      Then he serves the merge request

    @THREAD-05.6 @sees:served
    Example: A thread that is away serves its requests when it is back
      Given Ben has detached
      And Ada sets the merge request of Ben
      When Ben attaches
      Then the merge request of Ben is still set
      When Ben reaches a safe point
      Then he serves the merge request

  @THREAD-05
  Rule: A request that is set after the look waits for the next safe point

    @THREAD-05.7 @sees:served
    Scenario Outline: While serving <served> the thread is asked for <later>
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
    Example: The thread was asked while it was suspended
      Given Ada stops the world
      And Ben reaches a safe point
      And Ada sets the merge request of Ben
      When Ada starts the world
      Then Ben goes on
      And he serves the stop request
      When Ben reaches a safe point
      Then he serves the merge request
