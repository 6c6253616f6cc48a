import { expect, test } from 'vitest'
import { RaceProgress } from './race-progress.ts'
import type { Terminal } from './terminal.ts'

function watched({ live = true, width = 100 } = {}) {
  const told: string[] = []
  const out = { write: (text: string) => told.push(text) }
  const terminal: Terminal = { out, err: out, live, color: live, width, folder: '/' }
  const clock = { now: 1000 }
  return { told, clock, progress: new RaceProgress(terminal, 2, () => clock.now) }
}
const AGAIN = '\r\u001B[2K'
const COME = { schedules: 3138, states: 73_329, steps: 117_851, depth: 312 }

test('the race that is explored is told with how far it has come and how fast, in one line that is written over', () => {
  const { told, clock, progress } = watched()
  progress.begin('THREAD-06.17')
  clock.now += 250
  progress.tell(COME)
  progress.clear()
  expect(told).toEqual([
    `${AGAIN}1 of 2: THREAD-06.17`,
    `${AGAIN}1 of 2: THREAD-06.17, 3,138 orders, 73,329 states, 117,851 steps, 471,404 steps/s, depth 312`,
    AGAIN,
  ])
})

test('it is told ten times a second at most', () => {
  const { told, clock, progress } = watched()
  progress.begin('QSBR-02.7')
  for (let times = 0; times < 25; times++) {
    clock.now += 10
    progress.tell(COME)
  }
  expect(told).toHaveLength(3)
})

test('what is drawn by lot has neither states nor a depth', () => {
  const { told, clock, progress } = watched()
  progress.begin('QSBR-02.7')
  clock.now += 1000
  progress.tell({ ...COME, states: 0, depth: 0 })
  expect(told.at(-1)).toBe(`${AGAIN}1 of 2: QSBR-02.7, 3,138 orders, 117,851 steps, 117,851 steps/s`)
})

test('the line is never broken, and nobody sees it who does not watch', () => {
  const narrow = watched({ width: 12 })
  narrow.progress.begin('THREAD-06.17')
  expect(narrow.told).toEqual([`${AGAIN}1 of 2: THR`])
  const piped = watched({ live: false })
  piped.progress.begin('THREAD-06.17')
  piped.clock.now += 1000
  piped.progress.tell(COME)
  piped.progress.clear()
  expect(piped.told).toEqual([])
})
