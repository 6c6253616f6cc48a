import { expect, test } from 'vitest'
import { programs } from '../../../testing/programs.ts'

test.for([
  ['repr(nested())', 'while getting the repr of an object'],
  ['nested() == nested()', 'in comparison'],
])('dictionaries that are nested too deep are refused, as other containers are: %s', ([attempt, where]) => {
  const { told } = programs()
  const source = `
def nested():
    value = {}
    for _ in range(1000):
        value = {1: value}
    return value
try:
    out = ${attempt}
except RecursionError as error:
    out = str(error)`
  expect(told(source)).toBe(`'maximum recursion depth exceeded ${where}'`)
})
