/**
 * Critical sections: locks that a thread gives up whenever it detaches.
 *
 * A thread that holds an object's lock and then blocks on another could deadlock with one that
 * does the same the other way round. A critical section avoids that by promising less: it holds
 * only while the thread stays attached. Detaching gives up all sections; attaching takes the
 * innermost one again, and each outer one follows when the one inside it ends.
 *
 * @see CPython Python/critical_section.c
 */
import type { Chunks } from '../memory/chunks.ts'
import { type Address, type Memory, NULL } from '../memory/memory.ts'
import { OutOfMemory } from '../memory/out-of-memory.ts'
import { array, cell, type Opened, record } from '../memory/record.ts'
import { lock, unlock } from '../sync/mutex.ts'
import type { Parker, ParkingLot } from '../sync/parking-lot.ts'
import { ThreadMisuse } from './thread-state.ts'

/** Sections of one block. */
const IN_BLOCK = 16

/** What a thread has of a section that it is in. */
const GIVEN_UP = 0
const HELD = 1
/** It is sleeping on one of the locks, perhaps: attaching meanwhile must not take them a second time. */
const BEING_TAKEN = 2

/** A section's locks. A section of one has NULL as its second. */
const Section = record('critical section', {
  first: cell,
  second: cell,
  /** Given up, held or being taken. */
  hold: cell,
})

const Block = record('sections', {
  /** The block of those inside these; NULL while there is none. */
  next: cell,
  sections: array(Section, IN_BLOCK),
})

/** A thread's sections, the outermost first. Only the thread itself looks at them. */
export const CriticalSections = record('critical sections', {
  depth: cell,
  /** Deeper ones lie in blocks that come and go. */
  first: Block,
})
export type CriticalSections = Opened<typeof CriticalSections>

/** A thread, as far as its sections are concerned. */
export interface SectionUser {
  readonly sections: CriticalSections
  /** Detaches while it sleeps. */
  readonly detaching: Parker
  /** Where room for very deep sections comes from. */
  readonly chunks: Chunks
}

/**
 * Enters a section. Sleeps, and detaches meanwhile, while another thread holds a lock.
 * @param other NULL for a section of one lock. Code that locks two objects may be given the same one twice.
 * @throws OutOfMemory, and then nothing was entered.
 */
export function begin({ detaching, sections, chunks }: SectionUser, one: Address, other: Address): void {
  const { memory } = detaching
  const depth = memory.get(sections.depth)
  if (beginsBlock(depth)) addBlock(memory, chunks, blockOf(memory, sections, depth - 1))
  const section = sectionAt(memory, sections, depth)
  // One lock that is named twice is a section of one: a thread that holds a lock cannot take it again.
  const second = other === one ? NULL : other
  // In order of address, so that two threads that want the same two cannot wait for each other.
  memory.set(section.first, second !== NULL && second < one ? second : one)
  memory.set(section.second, second !== NULL && second < one ? one : second)
  memory.set(sections.depth, depth + 1)
  take(detaching, section)
}

/** Leaves the innermost section, and takes up the one around it. */
export function end({ detaching, sections, chunks }: SectionUser): void {
  const { memory, lot } = detaching
  const depth = memory.get(sections.depth)
  if (depth === 0) throw new ThreadMisuse('a critical section was left that nobody entered')
  giveUp(memory, lot, sectionAt(memory, sections, depth - 1))
  memory.set(sections.depth, depth - 1)
  if (beginsBlock(depth - 1)) removeBlock(memory, chunks, blockOf(memory, sections, depth - 2))
  takeUp(detaching, sections)
}

/** Gives up every section, because the thread is about to detach. */
export function suspendAll(memory: Memory, lot: ParkingLot, sections: CriticalSections): void {
  for (let depth = memory.get(sections.depth); depth > 0; depth--) {
    giveUp(memory, lot, sectionAt(memory, sections, depth - 1))
  }
}

/** Takes up the innermost section, because the thread has attached or left the one inside it. */
export function takeUp(parker: Parker, sections: CriticalSections): void {
  const { memory } = parker
  const depth = memory.get(sections.depth)
  if (depth === 0) return
  const section = sectionAt(memory, sections, depth - 1)
  if (memory.get(section.hold) === GIVEN_UP) take(parker, section)
}

type Section = Opened<typeof Section>
type Block = Opened<typeof Block>

/** Whether the section at a depth is the first of a block that is not the first. */
const beginsBlock = (depth: number): boolean => depth > 0 && depth % IN_BLOCK === 0

function blockOf(memory: Memory, sections: CriticalSections, depth: number): Block {
  let block = sections.first
  for (let outside = depth; outside >= IN_BLOCK; outside -= IN_BLOCK) block = Block.at(memory.get(block.next))
  return block
}

const sectionAt = (memory: Memory, sections: CriticalSections, depth: number): Section =>
  Section.at(blockOf(memory, sections, depth).sections + (depth % IN_BLOCK) * Section.size)

function addBlock(memory: Memory, chunks: Chunks, last: Block): void {
  const block = chunks.allocate(Block.size, Block.name)
  if (block === NULL) throw new OutOfMemory('no memory for critical sections')
  memory.set(last.next, block)
}

function removeBlock(memory: Memory, chunks: Chunks, last: Block): void {
  chunks.free(memory.get(last.next))
  memory.set(last.next, NULL)
}

function take(parker: Parker, section: Section): void {
  const { memory } = parker
  memory.set(section.hold, BEING_TAKEN)
  lock(parker, memory.get(section.first))
  const second = memory.get(section.second)
  if (second !== NULL) lock(parker, second)
  memory.set(section.hold, HELD)
}

function giveUp(memory: Memory, lot: ParkingLot, section: Section): void {
  if (memory.get(section.hold) !== HELD) return
  memory.set(section.hold, GIVEN_UP)
  const second = memory.get(section.second)
  if (second !== NULL) unlock(memory, lot, second)
  unlock(memory, lot, memory.get(section.first))
}
