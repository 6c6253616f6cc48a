import { expect, test } from 'vitest'
import { Progress } from './progress.ts'
import type { Terminal } from './terminal.ts'

function terminal(live: boolean, width = 80): { told: string[]; terminal: Terminal } {
  const told: string[] = []
  const out = { write: (text: string) => told.push(text) }
  return { told, terminal: { out, err: out, live, color: live, width, folder: '/' } }
}

test('without a person who watches, each chapter is one plain line, from the worst to the best', () => {
  const { told, terminal: piped } = terminal(false)
  const progress = new Progress(piped, 3)
  progress.begin('brc', 'BRC-01.1')
  progress.end('pass')
  progress.begin('brc', 'BRC-01.2')
  progress.end('fail')
  progress.begin('qsbr', 'QSBR-01.1')
  expect(told).toEqual(['brc: 1 fail, 1 pass\n'])
  progress.finish()
  expect(told).toEqual(['brc: 1 fail, 1 pass\n', 'qsbr: broke off\n'])
})

test('finishing twice says nothing twice', () => {
  const { told, terminal: piped } = terminal(false)
  const progress = new Progress(piped, 1)
  progress.begin('brc', 'BRC-01.1')
  progress.end('pass')
  progress.finish()
  progress.finish()
  expect(told).toEqual(['brc: 1 pass\n'])
})

test('a person sees one line that is written over and gone at the end', () => {
  const { told, terminal: screen } = terminal(true)
  const progress = new Progress(screen, 3)
  progress.begin('brc', 'BRC-01.1')
  progress.end('crash')
  progress.begin('qsbr', 'QSBR-01.1')
  progress.end('pass')
  progress.finish()
  const again = '\r\u001B[2K'
  expect(told).toEqual([`${again}0 of 3 scenarios, now BRC-01.1`, `${again}1 of 3 scenarios, 1 failed, now QSBR-01.1`, again])
})

test('the line is never broken', () => {
  const { told, terminal: narrow } = terminal(true, 12)
  new Progress(narrow, 3).begin('brc', 'BRC-01.1')
  expect(told).toEqual(['\r\u001B[2K0 of 3 scen'])
})
