Feature: Pending calls
  Any thread may ask an interpreter to make a call: a library that was called back on a foreign thread
  does so. The call is made at the safe point of some thread of that interpreter, as if the program
  had called it there. One thread at a time is at it, and others pass by.

  Background:
    Given Ada and Ben are attached

  @THREAD-05
  Rule: One thread of an interpreter at a time handles pending calls
    Pending calls are made in the order in which they were asked for. Two threads at it would
    make them in any order, or make one of them twice.

    @THREAD-05.12 @sees:parked
    Example: A thread that finds another one handling pending calls leaves the call to that one
      Given Ben is in the midst of a pending call
      And Ada handles the pending calls request by setting her own merge request
      When Ada sets her own pending calls request
      And Ada reaches a safe point
      Then the merge request of Ada is not set
      And the pending calls request of Ada is not set
      And the pending calls request of Ben is still set

    @THREAD-05.60 @sees:parked @sees:served
    Example: The thread in the midst of a call goes on, though another has passed by
      Given Ben is in the midst of a pending call
      And Ada sets her own pending calls request
      And Ada reaches a safe point
      When Ada lets the pending call end
      Then Ben goes on

    @THREAD-05.13 @sees:served
    Example: A thread that finds nobody handling pending calls handles its own
      Given Ben sets his own pending calls request
      And Ben reaches a safe point
      When Ada sets her own pending calls request
      And Ada reaches a safe point
      Then she serves the pending calls request
      And the pending calls request of Ben is not set
