/**
 * `--subject cpython` from end to end, without a CPython: programs of the shell stand in for the interpreter and the
 * compiler, and what the compiler makes starts the reference, as it is or with a lie in it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DESCRIPTION, embedding, interpreterSaying, program } from '../adapters/cpython/stand-ins.ts'
import { reference } from '../faults/subject.ts'
import { readLog } from '../report/log-reader.ts'
import { readFeatures } from '../requirements/features.ts'
import { commandOf } from '../subject/hostile/asking.ts'
import { HELLO } from '../subject/hostile/conduct.ts'
import { unmeasured } from '../testing/unmeasured.ts'
import { EXIT } from '../verdict/gate.ts'
import { formatKnownFailures, type KnownFailure, type Listed, parseKnownFailures } from '../verdict/known-failures.ts'
import { baselineCommand } from './baseline.ts'
import { judged } from './judging.ts'
import { ROOT } from './project.ts'
import { select } from './selection.ts'

const MEASURED = unmeasured()
const MAIN = join(ROOT, 'src', 'main.ts')
/** Programs start, workers start, all under measurement: none of this is a gate, only a net. */
const LONG = 60_000

let folder: string
let python: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-cpython-'))
  python = interpreterSaying(folder, 'python3.14t', { ...DESCRIPTION, ...embedding(folder) })
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** A compiler whose programs start that command. */
const compilerOf = (command: string): string =>
  program(
    folder,
    'compiler',
    `[ "$1" = --version ] && exit 0
for word; do [ "$before" = -o ] && out=$word; before=$word; done
cat > "$out" <<'END'
#!/bin/sh
exec ${command}
END
chmod +x "$out"`,
  )

/** The reference, which refuses safe points. BRC-12.10 does not expect that. */
const lying = (): string =>
  commandOf('lies', 'thread.safe-point', 'misuse')
    .map((word) => `'${word}'`)
    .join(' ')

const start = (compiler: string, args: readonly string[], env = {}) =>
  spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { ...process.env, CC: compiler, XDG_CACHE_HOME: join(folder, 'cache'), FTSPEC_PYTHON: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

async function run(compiler: string, args: readonly string[], env = {}) {
  const child = start(compiler, ['run', '--subject', 'cpython', '--python', python, ...args], env)
  const [code, out, err] = await Promise.all([ended(child), text(child.stdout), text(child.stderr)])
  return { code, out, err }
}

const ended = (child: ReturnType<typeof start>): Promise<number | null> => new Promise((resolve) => child.on('close', resolve))

test('an interpreter is found, its adapter is built once, and it is judged', { timeout: LONG }, async () => {
  const compiler = compilerOf(reference())
  const first = await run(compiler, ['--scenario', 'QSBR-01.1'])
  expect(first).toMatchObject({ code: EXIT.well, err: 'building the adapter for CPython 3.14.0a2+, once\n' })
  expect(first.out).toContain('1 scenario: 1 pass')
  expect(await run(compiler, ['--scenario', 'QSBR-01.1'])).toMatchObject({ code: EXIT.well, err: '' })
})

test('what an adapter claims and does not have is told before the run', { timeout: LONG }, async () => {
  const lies = commandOf('lies', 'mutex.lock', 'unsupported')
  const { code, err } = await run(compilerOf(lies.map((word) => `'${word}'`).join(' ')), ['--scenario', 'QSBR-01.1'], MEASURED)
  expect(code).toBe(EXIT.well)
  expect(err).toMatch(/\nthe adapter claims thread, and does not have the operation mutex\.lock \(.*\)\n$/)
})

// The command judges everything, which takes minutes. Its judge is the real one, over less.
test('what baseline writes down, run expects, and nothing else', { timeout: LONG }, async () => {
  const compiler = compilerOf(lying())
  const scenarios = ['BRC-12.10', 'QSBR-01.1']
  const request = { chapters: [], requirements: [], scenarios }
  const selected = select(request, readFeatures(ROOT))
  const told = { out: '', err: '' }
  const output = (name: 'out' | 'err') => ({ write: (text: string) => (told[name] += text) })
  const terminal = { out: output('out'), err: output('err'), live: false, color: false, width: 100, folder }
  vi.stubEnv('CC', compiler)
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'))
  const list = join(folder, 'known.txt')
  const baseline = baselineCommand((judging, ...rest) => judged({ ...judging, request, selected }, ...rest))
  expect(await baseline.run(['--subject', 'cpython', '--python', python, '--known', 'known.txt'], terminal)).toBe(EXIT.well)
  expect(told.out).toContain(`\n2 known to fail: 2 new, 0 that fail otherwise than before, 0 that fail no more\nList: ${list}\n`)
  expect(told.err).toContain('building the adapter for CPython 3.14.0a2+, once\n')
  const failures = [...parseKnownFailures(readFileSync(list, 'utf8')).values()]
  expect(failures.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['BRC-12.10#1', 'fail'],
    ['BRC-12.10#2', 'fail'],
  ])
  const [one, other] = failures as [Listed, Listed]

  const judgedBy = (entries: readonly KnownFailure[], env = {}) => {
    writeFileSync(list, formatKnownFailures([], entries))
    return run(compiler, ['--scenario', scenarios.join(), '--known', 'known.txt'], env)
  }
  const expected = await judgedBy([one, { ...other, reason: 'it has no safe points' }])
  expect(expected).toMatchObject({ code: EXIT.well, err: '' })
  expect(expected.out).toContain('3 scenarios: 1 pass, 2 expected-failure')
  expect(expected.out).toContain('\n  BRC-12.10#2  it has no safe points\n')
  expect(expected.out).toContain(`Held against the known failures in ${list}\n`)
  const { command, python: judgedOne } = readLog(join(folder, 'report', 'events.ndjson')).header
  expect({ command, python: judgedOne }).toEqual({ command: 'cpython', python })

  const passing = { ...one, id: 'QSBR-01.1', reason: 'it has no safe points' }
  const unexpected = await judgedBy([one, { ...other, fingerprint: '01234567' }, passing], MEASURED)
  expect(unexpected.code).toBe(EXIT.failed)
  expect(unexpected.out).toContain(`again     npx ftspec run --scenario BRC-12.10 --subject cpython --python ${python}\n`)
  expect(unexpected.out).toContain('3 scenarios: 1 expected-failure, 1 unexpected-pass, 1 fail')
  expect(unexpected.out).toContain('it passes, and is listed as failing: it has no safe points')
  expect(unexpected.out).toContain(`It is listed as failing otherwise: fail 01234567, not fail ${other.fingerprint}`)

  const nothing = await judgedBy([{ ...one, id: 'BRC-12.999' }])
  expect(nothing).toMatchObject({ code: EXIT.usage, out: '' })
  expect(nothing.err).toContain('known.txt, line 2: there is no scenario BRC-12.999')
})

/** A program that claims nothing and opens nothing, as the adapter for a default build does. */
const NOTHING = `
const hello = { ...${JSON.stringify(HELLO)}, name: 'CPython (default build)', version: '3.13.0', profiles: [] }
const error = { code: -32001, message: 'there is none of that here', data: { code: 'unsupported' } }
for await (const line of require('node:readline').createInterface({ input: process.stdin })) {
  const { id, method } = JSON.parse(line)
  console.log(JSON.stringify({ jsonrpc: '2.0', id, ...(method === 'hello' ? { result: hello } : { error }) }))
}
`

test('a default build claims nothing: all is unsupported, and nothing was found out', { timeout: LONG }, async () => {
  const script = join(folder, 'nothing.js')
  writeFileSync(script, `(async () => {${NOTHING}})()`)
  python = interpreterSaying(folder, 'python3', { ...DESCRIPTION, ...embedding(folder), version: '3.13.0', freeThreaded: false })
  const { code, out, err } = await run(compilerOf(`'${process.execPath}' '${script}'`), ['--requirement', 'QSBR-01'], MEASURED)
  expect(code).toBe(EXIT.incomplete)
  expect(err).toBe(
    'CPython 3.13.0 is a default build, which has none of what is judged here: it claims nothing, and all is unsupported\n' +
      'building the adapter for CPython 3.13.0, once\n',
  )
  expect(out).toMatch(/^qsbr: \d+ unsupported$/m)
  expect(out).toContain('\nCPython (default build) 3.13.0 claims nothing that this suite can check\n')
  const { hello, scenarios } = readLog(join(folder, 'report', 'events.ndjson'))
  expect(hello?.profiles).toEqual([])
  const reason = 'the subject does not claim this, and does not offer it: there is none of that here'
  expect(new Set(scenarios.map(({ end }) => end?.reason))).toEqual(new Set([reason]))
})

test('an adapter that ends at once is no subject, and that is told once', { timeout: LONG }, async () => {
  const { code, out, err } = await run(compilerOf('false'), ['--scenario', 'QSBR-01.1'], MEASURED)
  expect({ code, out }).toEqual({ code: EXIT.usage, out: '' })
  expect(err.split('the program ended by itself, with exit code 1')).toHaveLength(2)
})

test('an adapter that cannot be built is wrong usage, and says what the compiler said', { timeout: LONG }, async () => {
  const compiler = program(folder, 'compiler', '[ "$1" = --version ] && exit 0; echo "actors.c:3:1: error: no" >&2; exit 1')
  const { code, out, err } = await run(compiler, ['--scenario', 'QSBR-01.1'])
  expect({ code, out }).toEqual({ code: EXIT.usage, out: '' })
  expect(err).toContain('ended with 1:\nactors.c:3:1: error: no\n')
})

test('whoever interrupts the building leaves no compiler behind, and nothing in the cache', { timeout: LONG }, async () => {
  const pipe = join(folder, 'pipe')
  spawnSync('mkfifo', [pipe])
  const compiler = program(
    folder,
    'compiler',
    `[ "$1" = --version ] && exit 0
exec 3> '${pipe}'
echo begun >&3
tail -f /dev/null
exit 1`,
  )
  const child = start(compiler, ['run', '--subject', 'cpython', '--python', python, '--scenario', 'QSBR-01.1'], MEASURED)
  const [code, , err] = await Promise.all([ended(child), interruptedOnce(pipe, child), text(child.stderr)])
  expect(code).toBe(EXIT.incomplete)
  expect(err).toBe('building the adapter for CPython 3.14.0a2+, once\ninterrupted while the adapter was being built\n')
  expect(readdirSync(join(folder, 'cache', 'ftspec'))).toEqual([])
})

/** Interrupts a program when a compiler has begun. Resolves when no process has the pipe any more. */
async function interruptedOnce(pipe: string, child: ReturnType<typeof start>): Promise<void> {
  const begun = createReadStream(pipe)
  begun.once('data', () => child.kill('SIGINT'))
  for await (const _ of begun);
}
