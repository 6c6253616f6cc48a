Feature: The thread state
  Every mechanism of the runtime keeps something for each thread: a queue, a sequence, a count.
  All of it stands in one record per thread, so that a thread finds what is its own without
  looking anything up. Code written against the runtime is shown only the beginning of that
  record, the public view; the mechanisms use the whole. Both are the same piece of memory,
  which is why a mechanism changes its part without anybody else noticing.

  Background:
    Given Ada is attached

  @THREAD-01
  Rule: Every thread state is really the larger private record
    Whoever is handed a thread state, from wherever, has to find the mechanisms' part without
    asking anybody. That works only if there is no thread state without it.

    @THREAD-01.1
    Example: A thread that entered by itself has one record, whichever way it looks
      When Ada goes from the public view of her thread state to the private record and back
      Then all three are the same record

    @THREAD-01.2
    Example: A thread state that another thread made is one record
      Given Ben runs on a thread state that Ada made
      When Ben goes from the public view of his thread state to the private record and back
      Then all three are the same record

    @THREAD-01.3
    Example: A thread state of another interpreter is one record
      Given Ben is attached in another interpreter
      When Ben goes from the public view of his thread state to the private record and back
      Then all three are the same record

    @THREAD-01.4
    Example: A thread state that comes after one that is gone is one record
      Given Ada has exited
      And Ben is attached
      When Ben goes from the public view of his thread state to the private record and back
      Then all three are the same record

  @THREAD-01
  Rule: No two threads share a record
    A thread changes its own record without a lock. Two threads in one would lose each other's
    counts and requests.

    @THREAD-01.5
    Example: Two threads of one interpreter have two records
      When Ben enters the interpreter
      Then the records of Ada and Ben are two

    @THREAD-01.6
    Example: Two threads of two interpreters have two records
      Given Ben is attached in another interpreter
      Then the records of Ada and Ben are two

    @THREAD-01.7
    Example: Two newcomers after one that is gone have two records
      A record that has become free is handed on to one of them, never to both.

      Given Ada has exited
      When Ben enters the interpreter
      And Cleo enters the interpreter
      Then the records of Ben and Cleo are two

    @THREAD-01.8 @bound:1
    Example: Two newcomers come at once after one that is gone
      Given Ada has exited
      When these race:
        | Ben  | enters the interpreter          |
        | Ben  | sets the signals request of Ben |
        | Cleo | enters the interpreter          |
      Then the outcomes are:
        | Ben is   | Cleo is  | requests of Ben | requests of Cleo | grade    | because                           |
        | attached | attached | signals         | none             | expected | what is asked of one is in no other |

  @THREAD-02
  Rule: The private record holds fields that the public view does not show
    What others cannot see they cannot depend on, so a mechanism may change its part from one
    version to the next.

    @THREAD-02.1
    Example: The mechanisms' fields are private
      Then the private record of Ada has fields of its own

    @THREAD-02.2 @sees:retired
    Example: What a mechanism keeps for one thread concerns no other
      Given Ben is attached
      And Ada has block b
      When Ada retires block b
      And Ben sets the merge request of Ada
      Then Ada has 1 block pending
      And the merge request of Ada is still set
      And nothing is left to do for Ben

    @THREAD-02.3 @sees:retired @sees:abandoned
    Example: A newcomer finds nothing of whoever had the record before
      Given Ada has block b
      And Ada retires block b
      And Ada sets her own signals request
      When Ada exits
      And Ben enters the interpreter under the thread id that Ada had
      Then nothing is left to do for Ben
