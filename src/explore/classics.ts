/**
 * Programs whose answers are known: what the explorer is tried on.
 */
import { type Address, CACHE_LINE, type Memory } from '../runtime/memory/memory.ts'
import type { Body, Program } from './program.ts'

/** Cells of their own lines, from which the programs below make what they need. */
const cell = (index: number): Address => CACHE_LINE * (1 + index)
const BYTES = CACHE_LINE * 64

/** What locks protect here: a count that is read and written plainly. */
const COUNT = cell(0)

const none = (): void => {}

/** A program whose threads all do something on a memory of zeros. */
const program = (bodies: readonly Body<void>[], observe?: (memory: Memory) => string): Program<void> => ({
  bytes: BYTES,
  setup: none,
  bodies,
  ...(observe ? { observe } : {}),
})

const increment = (memory: Memory): void => memory.set(COUNT, memory.get(COUNT) + 1)
const count = (memory: Memory): string => `${memory.load(COUNT)}`

/** Threads that do so many atomic additions each: nothing but steps. */
export const steps = (...counts: readonly number[]): Program<void> =>
  program(
    counts.map((times, thread) => (memory) => {
      for (let i = 0; i < times; i++) memory.add(cell(thread), 1)
    }),
  )

/**
 * Peterson's lock for two threads.
 * @param order in which a thread says that it wants to enter and that the other may go first. The wrong one lets both in.
 */
export const peterson = (order: 'flag first' | 'turn first', rounds = 1): Program<void> => {
  const flag = [cell(1), cell(2)] as const
  const turn = cell(3)
  const body = (me: 0 | 1): Body<void> => {
    const other = me === 0 ? 1 : 0
    return (memory) => {
      for (let round = 0; round < rounds; round++) {
        if (order === 'turn first') memory.store(turn, other)
        memory.store(flag[me], 1)
        if (order === 'flag first') memory.store(turn, other)
        while (memory.load(flag[other]) === 1 && memory.load(turn) === other) memory.pause()
        increment(memory)
        memory.store(flag[me], 0)
      }
    }
  }
  return program([body(0), body(1)], count)
}

/** Dekker's lock. @param asks whether a thread says that it wants to enter before it looks at the other, or after. */
export const dekker = (asks: 'before looking' | 'after looking'): Program<void> => {
  const wants = [cell(1), cell(2)] as const
  const turn = cell(3)
  const body = (me: 0 | 1): Body<void> => {
    const other = me === 0 ? 1 : 0
    return (memory) => {
      if (asks === 'before looking') memory.store(wants[me], 1)
      while (memory.load(wants[other]) === 1) {
        if (memory.load(turn) !== me) {
          memory.store(wants[me], 0)
          while (memory.load(turn) !== me) memory.pause()
          memory.store(wants[me], 1)
        } else memory.pause()
      }
      if (asks === 'after looking') memory.store(wants[me], 1)
      increment(memory)
      memory.store(turn, other)
      memory.store(wants[me], 0)
    }
  }
  return program([body(0), body(1)], count)
}

/** Each thread writes one cell and reads the other's: at least one of them sees the other's write. */
export const storeBuffering = (): Program<void> =>
  program(
    [0, 1].map((me) => (memory) => {
      memory.store(cell(me), 1)
      return memory.load(cell(1 - me))
    }),
  )

/** One thread writes data and then raises a flag; the other waits for the flag and reads. @param flag how it is written and read. */
export const messagePassing = (flag: 'release and acquire' | 'relaxed' | 'plain'): Program<void> => {
  const data = cell(0)
  const ready = cell(1)
  const raise = { 'release and acquire': 'storeRelease', relaxed: 'storeRelaxed', plain: 'set' } as const
  const look = { 'release and acquire': 'loadAcquire', relaxed: 'loadRelaxed', plain: 'get' } as const
  return program([
    (memory) => {
      memory.set(data, 42)
      memory[raise[flag]](ready, 1)
    },
    (memory) => {
      while (memory[look[flag]](ready) === 0) memory.pause()
      return memory.get(data)
    },
  ])
}

/** Threads that count under a lock. */
const counting = (threads: number, lock: (memory: Memory) => void, unlock: (memory: Memory) => void): Program<void> =>
  program(
    Array.from({ length: threads }, () => (memory) => {
      lock(memory)
      increment(memory)
      unlock(memory)
    }),
    count,
  )

/** @param draws how a thread draws its ticket: one that reads and then writes may give the same to two. */
export const ticketLock = (threads: number, draws: 'atomically' | 'in two steps'): Program<void> => {
  const next = cell(1)
  const serving = cell(2)
  const draw = (memory: Memory): number => {
    if (draws === 'atomically') return memory.add(next, 1)
    const ticket = memory.load(next)
    memory.store(next, ticket + 1)
    return ticket
  }
  return counting(
    threads,
    (memory) => {
      const ticket = draw(memory)
      while (memory.load(serving) !== ticket) memory.pause()
    },
    (memory) => memory.store(serving, memory.load(serving) + 1),
  )
}

/** @param takes how the lock is taken. */
export const testAndSetLock = (threads: number, takes: 'atomically' | 'in two steps'): Program<void> => {
  const lock = cell(1)
  return counting(
    threads,
    (memory) => {
      if (takes === 'atomically') while (memory.exchange(lock, 1) === 1) memory.pause()
      else {
        while (memory.load(lock) === 1) memory.pause()
        memory.store(lock, 1)
      }
    },
    (memory) => memory.store(lock, 0),
  )
}

const HEAD = cell(1)
/** A node of the stack: its value, and where the next is. */
const node = (index: number): Address => cell(8 + index)
const NEXT = 4

function push(memory: Memory, item: Address): void {
  for (;;) {
    const head = memory.load(HEAD)
    memory.set(item + NEXT, head)
    if (memory.compareExchange(HEAD, head, item) === head) return
  }
}

function pop(memory: Memory): Address {
  for (;;) {
    const head = memory.load(HEAD)
    if (head === 0 || memory.compareExchange(HEAD, head, memory.get(head + NEXT)) === head) return head
  }
}

/** Treiber's stack: each thread pushes an item of its own and pops one. */
export const treiber = (threads: number): Program<void> =>
  program(
    Array.from({ length: threads }, (_, thread) => (memory) => {
      memory.set(node(thread), 10 + thread)
      push(memory, node(thread))
      return memory.get(pop(memory))
    }),
  )

/**
 * Treiber's stack with items 0 and 1 on it, used again: one thread pops once while another pops
 * both and pushes item 0 back. Without protection the first may find item 0 on top again and take
 * it for the same stack, so that it makes item 1, which was taken, the top.
 * @param protection a count beside the top that changes with each change, or none.
 */
export const reusing = (protection: 'count' | 'none'): Program<void> => {
  // The top in the low 16 bits, the count above. Links are atomic: they are read while others may write.
  const top = (word: number) => word & 0xffff
  const word = (item: Address, before: number) => (protection === 'count' ? ((before & ~0xffff) + 0x1_0000) | item : item)
  const take = (memory: Memory): Address => {
    for (;;) {
      const head = memory.load(HEAD)
      if (top(head) === 0) return 0
      const next = memory.load(top(head) + NEXT)
      if (memory.compareExchange(HEAD, head, word(next, head)) === head) return top(head)
    }
  }
  const put = (memory: Memory, item: Address): void => {
    for (;;) {
      const head = memory.load(HEAD)
      memory.store(item + NEXT, top(head))
      if (memory.compareExchange(HEAD, head, word(item, head)) === head) return
    }
  }
  return {
    bytes: BYTES,
    setup: (memory) => {
      put(memory, node(1))
      put(memory, node(0))
    },
    bodies: [
      take,
      (memory) => {
        const first = take(memory)
        const second = take(memory)
        if (first !== 0) put(memory, first)
        return second
      },
    ],
    observe: (memory, [mine, theirs]) => {
      const left: Address[] = []
      for (let item = top(memory.load(HEAD)); item !== 0; item = memory.load(item + NEXT)) left.push(item)
      const all = [mine as Address, theirs as Address, ...left].filter((item) => item !== 0).sort((one, other) => one - other)
      if (all.join() !== [node(0), node(1)].join()) throw new Error('an item is lost or taken twice')
      return `${left.length} left`
    },
  }
}

/** One thread sleeps until another has set a cell. @param looks whether it looks once more under the protection of the sleep, or before. */
export const wakeUp = (looks: 'while falling asleep' | 'before'): Program<void> => {
  const bell = cell(1)
  const set = cell(2)
  return program([
    (memory) => {
      if (looks === 'while falling asleep') memory.wait(set, 0)
      else if (memory.load(set) === 0) memory.wait(bell, 0)
    },
    (memory) => {
      memory.store(set, 1)
      memory.notify(looks === 'while falling asleep' ? set : bell, 1)
    },
  ])
}

/** Two threads take two locks. @param order of the second. */
export const twoLocks = (order: 'same' | 'reversed'): Program<void> => {
  const [one, other] = [cell(1), cell(2)] as const
  const lock = (memory: Memory, at: Address): void => {
    while (memory.compareExchange(at, 0, 1) !== 0) memory.wait(at, 1)
  }
  const unlock = (memory: Memory, at: Address): void => {
    memory.store(at, 0)
    memory.notify(at, 1)
  }
  const body =
    (first: Address, second: Address): Body<void> =>
    (memory) => {
      lock(memory, first)
      lock(memory, second)
      unlock(memory, second)
      unlock(memory, first)
    }
  return {
    ...program([body(one, other), order === 'same' ? body(one, other) : body(other, one)]),
    locate: (at) => (at === one ? 'left' : 'right'),
  }
}

/** Two threads count. @param how the count is raised. */
export const counter = (how: 'plainly' | 'by load and store' | 'by addition'): Program<void> =>
  program(
    [0, 1].map(() => (memory) => {
      if (how === 'plainly') increment(memory)
      else if (how === 'by addition') memory.add(COUNT, 1)
      else memory.store(COUNT, memory.load(COUNT) + 1)
    }),
    count,
  )
