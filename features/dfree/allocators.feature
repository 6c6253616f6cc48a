Feature: Blocks go back where they came from
  A delayed free is a free: only later. The runtime has one allocator for raw memory and one for
  objects, and a block that went to the wrong one would corrupt both. By the time a block is freed
  its origin cannot be seen any more, so the queue remembers it. No destructor runs: what is
  retired is memory, whatever stood in it is gone already.

  Background:
    Given Ada and Ben are attached
    And Ben has detached

  @DFREE-02
  Rule: A retired block goes back to the allocator it came from, once
    Each allocator knows its own blocks by where they lie. One that is given a foreign block
    takes its neighbours for something they are not.

    @DFREE-02.1 @sees:retired @sees:freed
    Scenario Outline: A retired block of <allocator> goes back there
      Given Ada has block b from <allocator>
      And Ada retires block b
      And the blocks of both allocators are counted
      When Ada advances
      And Ada reports a quiescent state and processes the delayed frees
      Then <allocator> has 1 block fewer than counted
      And <the other> has as many blocks as counted

      Examples:
        | allocator                 | the other                 |
        | the allocator for memory  | the allocator for objects |
        | the allocator for objects | the allocator for memory  |

    @DFREE-02.2 @sees:freed
    Scenario Outline: An ordinary free of a block of <allocator> does the same
      Given Ada has block b from <allocator>
      And the blocks of both allocators are counted
      When Ada frees block b
      Then <allocator> has 1 block fewer than counted
      And <the other> has as many blocks as counted

      Examples:
        | allocator                 | the other                 |
        | the allocator for memory  | the allocator for objects |
        | the allocator for objects | the allocator for memory  |

    @DFREE-02.3 @sees:retired @sees:freed
    Example: Blocks of both allocators wait in one queue and go back each to its own
      Given Ada has block one from the allocator for objects
      And Ada has block two from the allocator for memory
      And Ada retires blocks one and two
      And the blocks of both allocators are counted
      When Ada advances
      And Ada reports a quiescent state and processes the delayed frees
      Then each allocator has 1 block fewer than counted

    @DFREE-02.4 @sees:retired @sees:abandoned @sees:freed
    Example: A block goes back to its allocator also when another thread frees it after an exit
      Given Ada has block b from the allocator for objects
      And Ada retires block b
      And the blocks of both allocators are counted
      When Ben attaches
      And Ada exits
      And Ben runs the collector
      Then the allocator for objects has 1 block fewer than counted

    @DFREE-02.5 @sees:stopped @sees:freed
    Scenario Outline: A block of <allocator> that is freed at once goes back there
      Given Ada has block b from <allocator>
      And the blocks of both allocators are counted
      And Ada stops the world
      When Ada retires block b
      Then <allocator> has 1 block fewer than counted
      And <the other> has as many blocks as counted

      Examples:
        | allocator                 | the other                 |
        | the allocator for memory  | the allocator for objects |
        | the allocator for objects | the allocator for memory  |
