Feature: Lists that others read
  A list's items stand in a block of their own, which is replaced when the list outgrows it. Most
  lists are only ever used by the thread that made them, and for those the old block can go at
  once. Others are read by threads that take no lock. Nobody tells the owner, so the first foreign
  access marks the list, and from then on every old block is retired.

  Background:
    Given Ada and Ben are attached
    And Ada owns a list

  @DFREE-01
  Rule: Only what no other thread has ever looked at is freed at once
    Most lists never leave their thread, and those should not pay. But one look from elsewhere
    is enough, and the owner cannot know whether it is over.

    @DFREE-01.9 @sees:freed
    Example: The old items of a list that only its owner has used are freed at once
      When Ada resizes the list
      Then the old items are freed at once

    @DFREE-01.10 @sees:freed
    Example: The owner may read the list, and its old items are still freed at once
      Given Ada reads the list
      When Ada resizes the list
      Then the old items are freed at once

    @DFREE-01.11 @sees:retired
    Example: The old items of a list that another thread is reading wait
      Given Ben reads the list
      When Ada resizes the list
      Then the old items wait
      And Ben still finds the items as they were

    @DFREE-01.12 @sees:retired
    Example: The old items of a list that another thread resizes wait
      When Ben resizes the list
      Then the old items wait

    @DFREE-01.90 @sees:retired
    Example: The items that the owner is reading wait when another thread resizes the list
      Given Ada reads the list
      When Ben resizes the list
      Then the old items wait
      And Ada still finds the items as they were

    @DFREE-01.13 @sees:retired
    Example: A list that was once shared stays shared
      Given Ben reads the list
      And Ben exits
      When Ada resizes the list
      And Ada resizes the list
      Then the old items wait

  @DFREE-01
  Rule: A reader's items stay as they are, however often the list is resized
    A reader that walks the items takes no lock and counts nothing, so nothing but the delay
    protects what it walks on.

    @DFREE-01.14 @sees:retired @sees:advanced
    Example: A reader's items stay when the list is resized more often than a chunk holds
      Given Ben reads the list
      When Ada resizes the list more often than a chunk holds
      And Ada reports a quiescent state and processes the delayed frees
      Then the items that Ben read wait
      And Ben still finds the items as they were

    @DFREE-01.15 @sees:retired @sees:freed
    Example: A reader's items are freed when the reader has let go
      Given Ben reads the list
      And Ada resizes the list
      And Ada advances
      When Ben reaches a safe point
      And Ada reports a quiescent state and processes the delayed frees
      Then the items that Ben read are freed
