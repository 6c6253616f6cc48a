import { expect, test } from 'vitest'
import { versionsPage } from './versions-page.ts'

test('whatever a version declares is shown in words, also what lies within something else', () => {
  const page = versionsPage()
  expect(page).not.toMatch(/\[object|undefined/)
  expect(page).toContain('warmUp (value 1, backoff 1), coolDown (value 52, backoff 0), restarts (0, 1, 3, 7, ')
})

test('what a version does not have is absent', () => {
  expect(versionsPage()).toMatch(/^\| `tlbc\.entries` \| [^|]+ \| absent \| 16 \|/m)
})
