import { expect, test } from 'vitest'
import { commandWords } from '../subject/program-command.ts'
import { faultyReference, reference } from './subject.ts'

test('the reference is started by the Node that runs this, as a program that serves', () => {
  expect(commandWords(reference())).toEqual([process.execPath, expect.stringMatching(/main\.ts$/), 'serve'])
})

test('the faulty reference is the same, after the fault was built in', () => {
  const [node, ...sound] = commandWords(reference())
  expect(commandWords(faultyReference())).toEqual([
    node,
    '--v8-pool-size=1',
    '--import',
    expect.stringMatching(/^file:.*preload\.js$/),
    ...sound,
  ])
})
