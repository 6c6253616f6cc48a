import { expect, test } from 'vitest'
import { programs } from '../../../testing/programs.ts'
import { decref } from '../../refcount/biased.ts'
import { raisedIn } from './exception.ts'

test('an exception tells the line of the innermost frame that it was raised in, and keeps it however often it is raised', () => {
  const { m, run, look } = programs()
  run(`
fresh = ValueError()
def inner():
    raise fresh
kept = ValueError()
def outer():
    inner()
try:
    outer()
except ValueError:
    try:
        raise fresh
    except ValueError:
        pass`)
  const lines = ['fresh', 'kept'].map((variable) => {
    const exception = look(variable)
    const line = raisedIn(m.memory, exception)
    decref(m, exception)
    return line
  })
  expect(lines).toEqual([4, 0])
})
