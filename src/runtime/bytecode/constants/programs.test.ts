/** What becomes of the constants of programs that are run: by exec, eval and compile, one inside another, and on two threads. */
import { expect, test } from 'vitest'
import { type Maker, stage } from '../../../testing/explored-threads.ts'
import { collect } from '../../interpreter/collect.ts'
import { type Address, NULL } from '../../memory/memory.ts'
import { SharedMemory } from '../../memory/shared-memory.ts'
import { decref } from '../../refcount/biased.ts'
import { isImmortal } from '../../refcount/object-header.ts'
import { loadText } from '../builtins/code.ts'
import { prepareInterpreter } from '../builtins/prepare.ts'
import { runner } from '../evaluate/execution.ts'
import { runCode } from '../evaluate/module.ts'
import { newDict } from '../objects/dict.ts'
import { getName } from '../objects/names.ts'
import { Raised } from '../objects/raise.ts'
import { internText } from './intern.ts'
import { isSuppressed, suppressed } from './suppression.ts'

const BYTES = 1 << 20

function begun() {
  const { threads, runtime } = stage(new SharedMemory(new SharedArrayBuffer(BYTES)), BYTES)
  const [ada, ben] = threads
  prepareInterpreter(ada)
  return { ada, ben, runtime, memory: ada.memory }
}

/** Runs a program. @returns its globals. */
function run(thread: Maker, source: string): Address {
  const globals = newDict(thread)
  const code = loadText(thread, source, 'program.py', 'exec')
  decref(thread, runCode(runner(thread), code, globals, globals))
  decref(thread, code)
  return globals
}

/** What a program leaves in a variable. */
function value(thread: Maker, globals: Address, name: string): Address {
  const found = getName(thread, globals, internText(thread, name))
  expect(found).not.toBe(NULL)
  return found
}

const xOf = (thread: Maker, source: string): Address => value(thread, run(thread, source), 'x')

test.for(['5000', '2.5', "b'bytes'", '(0.0, (1, 2, "hello"))', '"two words"'])(
  'the same literal in two programs is the same object, on two threads as well: %s',
  (literal) => {
    const { ada, ben, memory } = begun()
    const first = xOf(ada, `x = ${literal}`)
    expect(isImmortal(memory, first)).toBe(true)
    expect([xOf(ada, `x = ${literal}`), xOf(ben, `x = ${literal}`)]).toEqual([first, first])
  },
)

test.for([
  ['exec', "exec('x = (5000, 2.5)')", true],
  ['eval', "x = eval('(5000, 2.5)')", false],
  ['eval of code that was compiled', "x = eval(compile('(5000, 2.5)', 'f', 'eval'))", false],
  ['exec of code that was compiled', "exec(compile('x = (5000, 2.5)', 'f', 'exec'))", false],
  ['exec inside of eval', "d = {}\neval(\"exec('x = (5000, 2.5)', d)\")\nx = d['x']", false],
  ['eval inside of exec', 'exec("x = eval(\'(5000, 2.5)\')")', false],
  ['exec after eval', "eval('1')\nexec('x = (5000, 2.5)')", true],
] as const)('whether a constant becomes immortal that is run by %s', ([, source, immortal]) => {
  const { ada, memory } = begun()
  expect(isImmortal(memory, xOf(ada, source))).toBe(immortal)
})

test('strings are interned wherever they are made', () => {
  const { ada } = begun()
  const string = internText(ada, 'two words')
  for (const source of ["x = 'two words'", 'x = eval("\'two words\'")', 'x = eval("(\'two words\', 5000)")[0]']) {
    expect(xOf(ada, source)).toBe(string)
  }
})

test.for([
  'eval("1 +")',
  'eval("1 // 0")',
  'compile("1 +", "f", "eval")',
  "eval(\"compile('1 +', 'f', 'eval')\")",
  'eval("eval(\'unknown\')")',
])('a failure ends the suppression: %s', (source) => {
  const { ada, memory } = begun()
  expect(() => run(ada, source)).toThrow(Raised)
  expect(isSuppressed(ada)).toBe(false)
  expect(isImmortal(memory, xOf(ada, 'x = 5000'))).toBe(true)
})

test('what a generator makes counts by where it is advanced, not by where it was made', () => {
  const { ada, memory } = begun()
  const source = `
def make():
    while True:
        d = {}
        exec('x = (5000, 2.5)', d)
        yield d['x']
g = eval('make()')
outside = next(g)
inside = eval('next(g)')
`
  const globals = run(ada, source)
  const [outside, inside] = ['outside', 'inside'].map((name) => isImmortal(memory, value(ada, globals, name)))
  expect([outside, inside]).toEqual([true, false])
})

test('while one thread evaluates another is not concerned', () => {
  const { ada, ben, memory } = begun()
  const made = suppressed(ada, () => xOf(ben, 'x = 5000'))
  expect(isImmortal(memory, made)).toBe(true)
})

test('an evaluation that is repeated leaves nothing behind', () => {
  const { ada, ben, memory, runtime } = begun()
  ben.detach()
  const evaluate = () => {
    const globals = run(ada, "eval('(5000, 2.5)')\neval('5000 in {5000, 6000}')")
    decref(ada, globals)
    // Code ends in a collection.
    collect(ada)
    return [memory.get(ada.shared.constants.count), runtime.inUse().objects]
  }
  const first = evaluate()
  expect([evaluate(), evaluate()]).toEqual([first, first])
})
