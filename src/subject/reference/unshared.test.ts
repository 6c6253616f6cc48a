import { expect, test } from 'vitest'
import { Unshared } from './unshared.ts'

test('whoever is alone never sleeps, and is told where that would have been for ever', () => {
  const memory = new Unshared(new SharedArrayBuffer(64))
  memory.store(8, 1)
  expect(memory.wait(8, 0)).toBe('changed')
  expect(() => memory.wait(8, 1)).toThrow('nobody else runs who could end the sleep on the cell at 8')
})
