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
import { type Address, type Memory, NULL } from '../memory/memory.ts'
import { array, cell, type Opened, record } from '../memory/record.ts'
import { lock, unlock } from '../sync/mutex.ts'
import type { Parker, ParkingLot } from '../sync/parking-lot.ts'
import { ThreadMisuse } from './thread-state.ts'

const DEEPEST = 16

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

/** A thread's sections, the outermost first. Only the thread itself looks at them. */
export const CriticalSections = record('critical sections', { depth: cell, sections: array(Section, DEEPEST) })
export type CriticalSections = Opened<typeof CriticalSections>

/**
 * Enters a section. Sleeps, and detaches meanwhile, while another thread holds a lock.
 * @param other NULL for a section of one lock. Code that locks two objects may be given the same one twice.
 */
export function begin(parker: Parker, sections: CriticalSections, one: Address, other: Address): void {
  const { memory } = parker
  const depth = memory.get(sections.depth)
  if (depth === DEEPEST) throw new ThreadMisuse(`more than ${DEEPEST} critical sections inside one another`)
  const section = Section.at(sections.sections + depth * Section.size)
  // One lock that is named twice is a section of one: a thread that holds a lock cannot take it again.
  const second = other === one ? NULL : other
  // In order of address, so that two threads that want the same two cannot wait for each other.
  memory.set(section.first, second !== NULL && second < one ? second : one)
  memory.set(section.second, second !== NULL && second < one ? one : second)
  memory.set(sections.depth, depth + 1)
  take(parker, section)
}

/** Leaves the innermost section, and takes up the one around it. */
export function end(parker: Parker, sections: CriticalSections): void {
  const { memory } = parker
  const depth = memory.get(sections.depth)
  if (depth === 0) throw new ThreadMisuse('a critical section was left that nobody entered')
  giveUp(memory, parker.lot, Section.at(sections.sections + (depth - 1) * Section.size))
  memory.set(sections.depth, depth - 1)
  takeUp(parker, sections)
}

/** Gives up every section, because the thread is about to detach. */
export function suspendAll(memory: Memory, lot: ParkingLot, sections: CriticalSections): void {
  for (let depth = memory.get(sections.depth); depth > 0; depth--) {
    giveUp(memory, lot, Section.at(sections.sections + (depth - 1) * Section.size))
  }
}

/** Takes up the innermost section, because the thread has attached or left the one inside it. */
export function takeUp(parker: Parker, sections: CriticalSections): void {
  const { memory } = parker
  const depth = memory.get(sections.depth)
  if (depth === 0) return
  const section = Section.at(sections.sections + (depth - 1) * Section.size)
  if (memory.get(section.hold) === GIVEN_UP) take(parker, section)
}

type Section = Opened<typeof Section>

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
