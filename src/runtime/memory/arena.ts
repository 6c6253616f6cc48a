/**
 * The arena: hands out blocks of one Memory and takes them back.
 *
 * Every block has a header in front of it that names what it holds and says whether it is in use,
 * so that freeing twice, or freeing what is no block, is reported by name at the moment it
 * happens. A block starts on a cache line of its own. New blocks hold zeros; freed ones are
 * overwritten, so that nobody reads on unnoticed.
 *
 * Blocks of one size and tag wait for reuse on one list, the last freed first. Memory therefore
 * never changes its tag: a thread that looks at a block which was freed under it finds a block of
 * the same kind, or what is left of one.
 */
import { acquire, release, reset } from './futex.ts'
import { type Address, CACHE_LINE, CELL, type Memory, NULL } from './memory.ts'
import { alone, array, cell, type Opened, record } from './record.ts'

/**
 * Up to so many cache lines a block is exactly as large as it has to be. Beyond, there are eight sizes from each power of two to the next: so
 * what grows step by step, as a string does, finds blocks again that were freed, and no block is an eighth larger than it has to be.
 */
const EXACT_SHIFT = 4
const EXACT = 1 << EXACT_SHIFT
const STEP_SHIFT = 3
/** Free lists: one per size, up to the largest that an address leads to. */
const SIZES = EXACT + ((31 - EXACT_SHIFT) << STEP_SHIFT) + 1
/** Letters of a name. */
const LETTERS = 16
/** Tags are smaller than this. */
const TAGS = 4

/** A cache line as a power of two. */
const LINE_SHIFT = Math.log2(CACHE_LINE)

/** What freed memory is overwritten with: 0xDDDDDDDD. */
export const POISON = 0xdddddddd | 0

const IN_USE = 0x0a11_0ca7
const FREED = 0x0f12_eed0

/** At the start of the memory, behind one cache line that belongs to nobody, so that no block has address 0. */
const Arena = record('arena', {
  lock: alone(cell),
  /** Where memory that was never handed out begins. */
  fresh: cell,
  /** How many more blocks may be handed out; negative for no limit. Written under the lock, read without. */
  allowance: cell,
  /** Blocks in use or set aside, and requests for one that were refused. */
  blocks: cell,
  refused: cell,
  free: array(cell, TAGS * SIZES),
})

/** In front of each block. */
const Header = record('header', {
  /** Cache lines that the block and its header take. */
  lines: cell,
  /** In use or freed; anything else is no block. */
  use: cell,
  /** A small number for whoever allocates from the arena: 0 to 3. */
  tag: cell,
  /** While freed: the next block of the list that it is on, or NULL. */
  next: cell,
  /** What the block holds, or held: ASCII letters. */
  name: array(cell, LETTERS / CELL),
})
const { lines: LINES, use: USE, tag: TAG, next: NEXT, name: NAME } = Header.offset

const ALLOWANCE: Address = CACHE_LINE + Arena.offset.allowance
/** Where every arena counts the requests that it refused. */
export const REFUSALS: Address = CACHE_LINE + Arena.offset.refused

/** Why an arena refused: the caller freed what is not a block in use. */
export class BlockMisuse extends Error {
  override readonly name = 'BlockMisuse'
}

export interface Block {
  readonly address: Address
  readonly name: string
  readonly bytes: number
  readonly tag: number
}

/** Where the first record lies that its user allocates: always the same, so that whoever is given the memory finds it. */
export const FIRST_BLOCK: Address = firstBlock()

export class BlockArena {
  readonly memory: Memory
  readonly #end: Address
  readonly #at: Opened<typeof Arena>

  /** @param bytes of the whole memory. */
  constructor(memory: Memory, bytes: number) {
    this.memory = memory
    this.#end = bytes
    this.#at = Arena.at(CACHE_LINE)
  }

  /** Makes an empty arena of a memory that holds zeros. */
  static create(memory: Memory, bytes: number): BlockArena {
    const arena = new BlockArena(memory, bytes)
    memory.set(arena.#at.fresh, FIRST_BLOCK)
    memory.set(ALLOWANCE, -1)
    return arena
  }

  /**
   * @param name what the block holds, at most sixteen ASCII letters, for messages.
   * @param tag 0 to 3, kept with the block for its user. Memory is only used again under the same tag.
   * @param kept bytes at its start that late readers of a block freed before may still be looking at, as given to `free`.
   * @param count where the caller counts its blocks in use, if it does. Written under the lock, so nobody contends for it.
   * @returns a block of zeros on a cache line of its own, or NULL if there is no room.
   */
  allocate(bytes: number, name: string, tag = 0, kept = 0, count = NULL): Address {
    const { memory } = this
    const lines = this.linesFor(bytes)
    acquire(memory, this.#at.lock)
    const address = this.#allowed() ? this.#take(lines, tag) : NULL
    if (address !== NULL) {
      const header = address - Header.size
      memory.set(header + LINES, lines)
      memory.set(header + USE, IN_USE)
      memory.set(header + TAG, tag)
      this.#write(header, packedName(name))
      memory.set(this.#at.blocks, memory.get(this.#at.blocks) + 1)
      this.#count(count, 1)
    } else memory.set(this.#at.refused, memory.get(this.#at.refused) + 1)
    release(memory, this.#at.lock)
    if (address !== NULL) this.#begin(address, lines * CACHE_LINE - Header.size, kept)
    return address
  }

  /**
   * Takes a block back.
   * @param tag as it was handed out under.
   * @param kept bytes at its start that keep their content: what late readers may still look at.
   * @param count as in `allocate`.
   * @throws BlockMisuse if it is not in use, or tagged otherwise.
   */
  free(address: Address, tag = 0, kept = 0, count = NULL): void {
    acquire(this.memory, this.#at.lock)
    try {
      // Under the lock: of two threads that free one block at once, the second finds it freed.
      const { bytes } = this.#taggedBlock(address, tag)
      this.#poison(address, bytes, kept)
      this.memory.set(address - Header.size + USE, FREED)
      this.#shelve(address)
      this.#count(count, -1)
    } finally {
      release(this.memory, this.#at.lock)
    }
  }

  /**
   * Takes a block back, as `free` does, and leaves it to the caller to keep it for reuse. Takes no lock, so
   * only one thread may do this with a block; another must not free it meanwhile.
   * @param next what the block is chained to: another one set aside, or NULL.
   * @throws BlockMisuse as `free`.
   */
  setAside(address: Address, tag: number, kept: number, next: Address): void {
    const { memory } = this
    const header = address - Header.size
    if (memory.get(header + USE) !== IN_USE || memory.get(header + TAG) !== tag) this.#taggedBlock(address, tag)
    this.#poison(address, memory.get(header + LINES) * CACHE_LINE - Header.size, kept)
    memory.set(header + USE, FREED)
    memory.set(header + NEXT, next)
  }

  /** What a block that was set aside is chained to. */
  chainedTo(address: Address): Address {
    return this.memory.get(address - Header.size + NEXT)
  }

  /** Hands out a block that the caller has set aside, under the same tag. @param kept as in `allocate`. */
  takeUp(address: Address, name: PackedName, kept: number): void {
    const { memory } = this
    const header = address - Header.size
    memory.set(header + USE, IN_USE)
    this.#write(header, name)
    this.#begin(address, memory.get(header + LINES) * CACHE_LINE - Header.size, kept)
  }

  /** Puts a chain of blocks that the caller has set aside on the free lists. @param count as in `allocate`. */
  putBack(first: Address, count = NULL): void {
    const { memory } = this
    acquire(memory, this.#at.lock)
    for (let address = first; address !== NULL; ) {
      const next = this.chainedTo(address)
      this.#shelve(address)
      this.#count(count, -1)
      address = next
    }
    release(memory, this.#at.lock)
  }

  /** @throws BlockMisuse if there is no block in use at the address. */
  block(address: Address): Block {
    const { memory } = this
    const header = address - Header.size
    const use = memory.get(header + USE)
    if (use !== IN_USE && use !== FREED) throw new BlockMisuse(`no block lies at ${address}`)
    if (use === FREED) throw new BlockMisuse(`freed twice: the ${this.nameAt(address)} at ${address}`)
    return this.#blockAt(address)
  }

  /** Whether a block is in use that was handed out at this address, now or ever. */
  isInUse(address: Address): boolean {
    return this.memory.get(address - Header.size + USE) === IN_USE
  }

  /** Bytes of a block, in use or freed. */
  sizeAt(address: Address): number {
    return this.memory.get(address - Header.size + LINES) * CACHE_LINE - Header.size
  }

  /** Cache lines of a block that has room for so many bytes, its header included. */
  linesFor(bytes: number): number {
    const lines = (bytes + Header.size + CACHE_LINE - 1) >>> LINE_SHIFT
    return lines <= EXACT ? lines : roundedUp(lines)
  }

  /** Cache lines that a block takes, in use or freed; of what is no block, nothing sensible. */
  linesAt(address: Address): number {
    return this.memory.get(address - Header.size + LINES)
  }

  /** What a block is tagged with, or was last. */
  tagAt(address: Address): number {
    return this.memory.get(address - Header.size + TAG)
  }

  /** What a block holds, or held last. */
  nameAt(address: Address): string {
    const from = address - Header.size + NAME
    let name = ''
    for (let at = from; at < from + LETTERS; at += CELL) name += unpacked(this.memory.get(at))
    return name.trimEnd()
  }

  /** Every block in use, by address. Nobody allocates or frees meanwhile. */
  *blocks(): Generator<Block> {
    for (const block of this.#all()) if (this.isInUse(block.address)) yield block
  }

  /** Calls back with every block in use that has a tag, while nobody can allocate or free. The callback must not either. */
  visit(tag: number, each: (address: Address) => void): void {
    const { memory } = this
    acquire(memory, this.#at.lock)
    try {
      const end = memory.get(this.#at.fresh)
      for (let address = FIRST_BLOCK; address < end; address += this.linesAt(address) * CACHE_LINE) {
        if (this.isInUse(address) && this.tagAt(address) === tag) each(address)
      }
    } finally {
      release(this.memory, this.#at.lock)
    }
  }

  /** The block, in use or freed, that an address lies in or in whose header. Nobody allocates or frees meanwhile. */
  around(address: Address): Block | undefined {
    for (const block of this.#all()) {
      if (address >= block.address - Header.size && address < block.address + block.bytes) return block
    }
    return undefined
  }

  /** Lets that many more blocks be handed out, for programs that must survive running out; null for no limit. */
  limit(blocks: number | null): void {
    acquire(this.memory, this.#at.lock)
    this.memory.storeRelaxed(ALLOWANCE, blocks ?? -1)
    release(this.memory, this.#at.lock)
  }

  /** Whether a limit is in force. Relaxed: who limits other threads sees to it that they take note. */
  get isLimited(): boolean {
    return this.memory.loadRelaxed(ALLOWANCE) >= 0
  }

  /** Makes the lock free: for a fork's child. */
  afterFork(): void {
    reset(this.memory, this.#at.lock)
  }

  *#all(): Generator<Block> {
    const end = this.memory.get(this.#at.fresh)
    for (let address = FIRST_BLOCK; address < end; ) {
      const block = this.#blockAt(address)
      yield block
      address += block.bytes + Header.size
    }
  }

  #blockAt(address: Address): Block {
    return { address, name: this.nameAt(address), bytes: this.sizeAt(address), tag: this.tagAt(address) }
  }

  #taggedBlock(address: Address, tag: number): Block {
    const block = this.block(address)
    if (block.tag !== tag) throw new BlockMisuse(`the ${block.name} at ${address} was freed by an allocator that did not hand it out`)
    return block
  }

  #begin(address: Address, size: number, kept: number): void {
    const { memory } = this
    memory.expect(address, size, 'live')
    // Relaxed where somebody may be reading: what they find are zeros, or what stood there before.
    for (let at = address; at < address + kept; at += CELL) memory.storeRelaxed(at, 0)
    memory.fill(address + kept, size - kept, 0)
  }

  #poison(address: Address, size: number, kept: number): void {
    const { memory } = this
    memory.fill(address + kept, size - kept, POISON)
    if (kept > 0) memory.expect(address, kept, 'dead')
    memory.expect(address + kept, size - kept, 'freed')
  }

  /** Puts a freed block on its free list. The caller holds the lock. */
  #shelve(address: Address): void {
    const { memory } = this
    const header = address - Header.size
    const list = this.#list(memory.get(header + LINES), memory.get(header + TAG))
    memory.set(header + NEXT, memory.get(list))
    memory.set(list, address)
    memory.set(this.#at.blocks, memory.get(this.#at.blocks) - 1)
  }

  /** Moves a count of blocks in use. The caller holds the lock, which orders the writers; relaxed, since it is read without. */
  #count(count: Address, by: number): void {
    const { memory } = this
    if (count !== NULL) memory.storeRelaxed(count, memory.loadRelaxed(count) + by)
  }

  #write(header: Address, { letters }: PackedName): void {
    for (let index = 0; index < letters.length; index++) this.memory.set(header + NAME + index * CELL, letters[index] as number)
  }

  #allowed(): boolean {
    const allowance = this.memory.loadRelaxed(ALLOWANCE)
    if (allowance > 0) this.memory.storeRelaxed(ALLOWANCE, allowance - 1)
    return allowance !== 0
  }

  #take(lines: number, tag: number): Address {
    const { memory } = this
    const list = this.#list(lines, tag)
    const reused = memory.get(list)
    if (reused !== NULL) {
      memory.set(list, memory.get(reused - Header.size + NEXT))
      return reused
    }
    const address = memory.get(this.#at.fresh)
    const next = address + lines * CACHE_LINE
    if (next > this.#end) return NULL
    memory.set(this.#at.fresh, next)
    return address
  }

  #list(lines: number, tag: number): Address {
    return this.#at.free + (tag * SIZES + (lines <= EXACT ? lines : sizeNumber(lines))) * CELL
  }
}

/** Of more than EXACT lines: what the power of two is the power of that is smaller than they are. */
const powerBelow = (lines: number): number => 31 - Math.clz32(lines - 1)

/** The smallest size of so many cache lines at least. @param lines more than EXACT. */
function roundedUp(lines: number): number {
  const step = 1 << (powerBelow(lines) - STEP_SHIFT)
  return (lines + step - 1) & -step
}

/** The number of a size among all. @param lines more than EXACT, rounded up. */
function sizeNumber(lines: number): number {
  const power = powerBelow(lines)
  return EXACT + ((power - EXACT_SHIFT) << STEP_SHIFT) + ((lines - (1 << power)) >>> (power - STEP_SHIFT))
}

function firstBlock(): Address {
  const arena = CACHE_LINE + Arena.size
  return Math.ceil((arena + Header.size) / CACHE_LINE) * CACHE_LINE
}

/** A name as it stands in memory, for whoever hands out many blocks of one name. */
export interface PackedName {
  readonly name: string
  readonly letters: readonly number[]
}

export function packedName(name: string): PackedName {
  return { name, letters: [0, 4, 8, 12].map((from) => packed(name, from)) }
}

const packed = (name: string, from: number): number =>
  [0, 1, 2, 3].reduce((letters, i) => letters | ((name.charCodeAt(from + i) || 0x20) << (8 * i)), 0)

const unpacked = (letters: number): string => String.fromCharCode(...[0, 8, 16, 24].map((shift) => (letters >>> shift) & 0xff))
