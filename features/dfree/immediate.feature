Feature: Frees that need no delay
  Delay is for readers. While a thread has stopped its interpreter's world no other thread of that
  interpreter holds anything, and while the interpreter ends nobody will read again: then a block
  is freed at once. This is not only quicker. What is queued while an interpreter ends might never
  be looked at. A pause of all interpreters does not count as the interpreter's own.

  Background:
    Given Ada and Ben are attached
    And Ben has detached

  @DFREE-06
  Rule: In the pause of its own interpreter a thread frees at once
    The others are at rest, and at rest nobody holds an unprotected pointer. Delay would only
    cost memory.

    @DFREE-06.1 @sees:stopped @sees:freed
    Example: While the world is stopped, a block is freed at once
      Given Ada has block b
      And Ada stops the world
      When Ada retires block b
      Then block b is freed
      And block b was not retired
      When Ada starts the world
      Then Ada has nothing pending

    @DFREE-06.2 @sees:stopped @sees:started @sees:retired
    Example: When the world runs again, a block waits again
      Given Ada has block b
      And Ada stops the world
      And Ada starts the world
      When Ada retires block b
      Then block b waits

    @DFREE-06.3 @sees:stopped @sees:retired
    Example: What was retired before the pause waits on
      Given Ada has retired block b
      When Ada stops the world
      Then block b waits
      When Ada starts the world
      Then block b waits

    @DFREE-06.4 @sees:stopped @sees:retired
    Example: A pause of all interpreters is not one of its own, so a block waits
      Given Ada has block b
      And Ada stops all interpreters
      When Ada retires block b
      Then block b waits
      When Ada starts all interpreters
      Then Ada has 1 block pending

    @DFREE-06.5 @sees:stopped @sees:retired
    Example: In the pause of another interpreter a block waits
      Given Cleo is attached in another interpreter
      And Cleo stops the world
      And Ada has block b
      When Ada retires block b
      Then block b waits
      When Cleo starts the world
      Then Ada has 1 block pending

  @DFREE-06
  Rule: In an interpreter that ends, frees are immediate and nothing waits on
    What is queued now might never be looked at: there are no more safe points and no more
    collections to come.

    @DFREE-06.6 @sees:freed
    Example: Once its interpreter has begun to end, a block is freed at once
      Given Cleo is attached in another interpreter
      And Cleo has block c
      And Cleo begins to end the interpreter
      When Cleo retires block c
      Then block c is freed
      And block c was not retired

    @DFREE-06.7 @sees:retired
    Example: When another interpreter has begun to end, a block waits
      Given Cleo is attached in another interpreter
      And Cleo begins to end the interpreter
      And Ada has block b
      When Ada retires block b
      Then block b waits
      And the interpreter is not ending

    @DFREE-06.8 @sees:retired @sees:freed
    Example: What waits when the interpreter ends is freed, though nobody advanced
      Given Cleo is attached in another interpreter
      And Cleo has retired block c
      When Cleo begins to end the interpreter
      Then block c waits
      When Cleo ends the interpreter
      Then block c is freed

    @DFREE-06.9 @sees:abandoned @sees:freed
    Example: What exited threads left is freed, though nobody advanced
      Given Cleo and Dan are attached in another interpreter
      And Dan has retired block c
      And Dan exits
      When Cleo ends the interpreter
      Then block c is freed

  @DFREE-06
  Rule: Without memory for the queue, a block is freed in a pause
    The block is out of the shared structure already and has to go somewhere, and freed at once
    it would go from under a reader. Once everybody is at rest, nobody reads.

    @DFREE-06.10 @sees:refused @sees:stopped @sees:freed
    Example: A block for which no chunk can be had is freed before anybody goes on
      Given Ada has block b
      And there is no more memory for Ada
      When Ada retires block b
      Then block b is freed
      And block b was not retired

    @DFREE-06.11 @sees:refused @sees:stopping
    Example: The pause waits for a reader, who still finds the block as it was
      Given Ben attaches
      And Ada has block b
      And there is no more memory for Ada
      When Ada retires block b
      Then Ada waits
      And Ben still reads block b as it was

    @DFREE-06.60 @sees:refused @sees:stopping @sees:freed
    Example: The block is freed once the reader is at rest
      Given Ben attaches
      And Ada has block b
      And there is no more memory for Ada
      And Ada retires block b
      When Ben reaches a safe point
      Then block b is freed

    @DFREE-06.80 @sees:refused @sees:stopped @sees:freed
    Example: All interpreters are stopped already, by the thread itself
      Given Ada has block b
      And there is no more memory for Ada
      And Ada stops all interpreters
      When Ada retires block b
      Then block b is freed
      And block b was not retired

    @DFREE-06.12 @sees:retired
    Example: A chunk with room needs no memory
      Given Ada has blocks one and two
      And Ada has retired block three
      And there is no more memory for Ada
      When Ada retires blocks one and two
      Then blocks one and two wait

  @DFREE-06
  Rule: Whoever has to pause to free a block waits its turn, detached
    Another thread may be stopping the world at that moment. It waits for everybody, and would
    wait for ever for one that waits for it.

    Background:
      Given Ada has block b
      And Ada has mutexes m and n
      And Ada begins a section on mutex m
      And there is no more memory for Ada
      And Ben attaches
      And Ben stops the world

    @DFREE-06.81 @sees:refused @sees:parked @sees:stopped
    Example: A thread that waits to free a block lets go of its critical section
      When Ada retires block b
      And a moment longer than the polling interval passes
      Then the world is stopped by Ben
      And mutex m is free

    @DFREE-06.82 @sees:refused @sees:stopped @sees:freed
    Example: The block is freed when the other pause is over, and the section is taken again
      Given Ada retires block b
      And a moment longer than the polling interval passes
      And Ben starts the world
      When Ben reaches a safe point
      Then Ada goes on
      And block b is freed
      And mutex m is held
