import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { pageOf } from './html/page.ts'
import { junitOf } from './junit.ts'
import { writeSample } from './sample/sample-log.ts'
import { writeReports } from './write-reports.ts'

test('page and JUnit XML are written into a folder that need not be there', () => {
  const log = writeSample()
  onTestFinished(() => rmSync(dirname(log), { recursive: true }))
  const folder = join(dirname(log), 'a b', 'é')
  const { results, page, junit } = writeReports(log, folder)
  expect([page, junit]).toEqual([join(folder, 'index.html'), join(folder, 'junit.xml')])
  expect(readFileSync(page, 'utf8')).toBe(pageOf(results))
  expect(readFileSync(junit, 'utf8')).toBe(junitOf(results))
})
