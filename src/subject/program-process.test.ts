import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ProgramProcess } from './program-process.ts'

/** Far more than anything takes here, in milliseconds. */
const GRACE = 10_000

test('a program that has ended is told nothing more, and nobody else is', async () => {
  const program = await ProgramProcess.start(['/bin/sh', '-c', 'exit 7'], GRACE)
  program.onOutput(() => undefined)
  expect(await program.closed).toEqual({ code: 7, signal: null })
  program.write('are you there?\n')
  await program.kill()
  await program.end()
})

test('a program that is ended may say goodbye', async () => {
  const program = await ProgramProcess.start(['/bin/sh', '-c', 'cat; echo goodbye; echo sorry >&2'], GRACE)
  let output = ''
  program.onOutput((chunk) => {
    output += chunk
  })
  program.write('hello\n')
  await program.end()
  expect([output, program.stderr]).toEqual(['hello\ngoodbye\n', 'sorry\n'])
  expect(await program.closed).toEqual({ code: 0, signal: null })
})

test('a program that is killed may say goodbye too', async () => {
  const program = await ProgramProcess.start(
    ['/bin/sh', '-c', 'trap "echo goodbye >&2; exit 0" TERM; echo ready; while :; do sleep 0.01; done'],
    GRACE,
  )
  await new Promise<void>((resolve) => program.onOutput(() => resolve()))
  await program.kill()
  expect(program.stderr).toMatch(/goodbye\n$/)
})

test('a program that takes more than its grace is killed', async () => {
  const program = await ProgramProcess.start(['/bin/sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 0.01; done'], 50)
  await new Promise<void>((resolve) => program.onOutput(() => resolve()))
  await program.end()
  expect(await program.closed).toEqual({ code: null, signal: 'SIGKILL' })
})

test('a program dies with the suite, however that ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftspec-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const socket = join(folder, 'alive')
  const server = createServer().listen(socket)
  onTestFinished(() => void server.close())
  const died = new Promise<void>((resolve) => {
    server.once('connection', (program) => program.resume().once('close', () => resolve()))
  })

  const program = 'require("node:net").connect(process.argv[1], () => console.log("connected"))'
  const suite = `
    import { ProgramProcess } from ${JSON.stringify(new URL('program-process.ts', import.meta.url).href)}
    const program = await ProgramProcess.start([process.execPath, '-e', ${JSON.stringify(program)}, process.argv[1]], ${GRACE})
    program.onOutput(() => process.exit(3))`
  const code = await new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', suite, socket], (error) => resolve(error?.code))
  })
  expect(code).toBe(3)
  await died
})
