Feature: Being alone with an object
  A thread that is alone with an object may change it in place, where it would otherwise have to make
  a copy. A single count answers that question: it is one. Two counts answer it for the owner only,
  and only while the shared field says that nobody else has ever been let in. Everybody else has to
  reckon with others.

  Background:
    Given Ada and Ben are attached

  @BRC-04
  Rule: Only the owner knows that there is one reference, and only while nobody else was let in
    Whoever believes itself alone changes the object in place. It has to be certain, and a wrong
    no costs a copy where a wrong yes costs the object.

    @BRC-04.6
    Example: The owner of a new object knows that it is alone
      Given Ada owns an object with one reference
      Then Ada holds the only reference

    @BRC-04.7
    Scenario Outline: <situation>, so the owner is not sure
      Given Ada owns an object with <references>
      When <deed>
      Then Ada does not know that there is only one reference

      Examples:
        | situation                              | references     | deed                                        |
        | The owner holds another                | one reference  | Ada takes a reference                       |
        | Another thread holds one               | one reference  | Ben takes a reference                       |
        | Lock-free attempts are allowed         | one reference  | Ada allows lock-free attempts on the object |
        | The owner is asked to merge            | one reference  | Ben drops a reference                       |
        | One is left, another thread dropped it | two references | Ben drops a reference                       |
        | The object is immortal                 | one reference  | Ada makes the object immortal               |

    @BRC-04.8
    Example: Another thread is never sure, though there is one reference
      Given Ada owns an object with one reference
      Then Ben does not know that there is only one reference

    @BRC-04.9 @sees:merged
    Example: Nobody is sure once the object is merged
      Given Ada owns an object with one reference
      And Ben takes a reference
      When Ada drops a reference
      Then Ada does not know that there is only one reference
      And Ben does not know that there is only one reference
