/**
 * What the compiler refuses: text that is no Python, and Python that is not of the subset. What it
 * accepts is compared with CPython in corpus.test.ts.
 */
import { expect, test } from 'vitest'
import { compile } from './compile.ts'
import { CompileError } from './error.ts'

function refusal(source: string, mode: 'exec' | 'eval' = 'exec'): CompileError {
  try {
    compile(source, 'refused', mode)
  } catch (error) {
    if (error instanceof CompileError) return error
    throw error
  }
  throw new Error(`It was compiled: ${source}`)
}

test('a refusal says where it is, and what the reason is', () => {
  const error = refusal('x = 1\nif x:\n    with x: pass\n')
  expect(error).toMatchObject({
    name: 'CompileError',
    kind: 'unsupported',
    line: 3,
    column: 5,
    message: "'with' statements are not supported",
  })
})

test('every kind of line end counts as one', () => {
  expect(refusal('x = 1\r\ny = 2\rz = $\n')).toMatchObject({ kind: 'syntax', line: 3, column: 5 })
})

test.for([
  ['import x', "'import' statements"],
  ['from x import y', "'import' statements"],
  ['match x:\n  case 1: pass', "'match' statements"],
  ['@x\ndef f(): pass', 'decorators'],
  ['type X = int', "'type' statements"],
  ['x: int = 1', 'annotations'],
  ['def f(x: int): pass', 'annotations'],
  ['def f() -> int: pass', 'annotations'],
  ['def f[T](): pass', 'type parameters'],
  ['class C[T]: pass', 'type parameters'],
  ['async def f(): pass', 'coroutines'],
  ['async for x in y: pass', 'coroutines'],
  ['await x', 'coroutines'],
  ['x = [y async for y in z]', 'coroutines'],
  ['(x := 1)', 'assignment expressions'],
  ['f(x := 1)', 'assignment expressions'],
  ["f'{x}'", 'f-strings'],
  ["'a' f'b'", 'f-strings'],
  ['1j', 'complex numbers'],
  ['5.j', 'complex numbers'],
  ["'\\N{EN DASH}'", 'named characters'],
  ["'\\ud800'", 'surrogates'],
  ['try: pass\nexcept* X: pass', 'exception groups'],
  ['x[*y]', 'starred indices'],
  ['[x for *x, y in z]', 'starred targets'],
  ['{x: y for x, *y in z}', 'starred targets'],
  ['for x in *y, z: pass', 'loops over starred values'],
  ['with (x as y): pass', "'with' statements"],
  [`x = ${'-'.repeat(500)}1`, 'more than 500 things within one another'],
  [`if x:\n y\n${'elif x:\n y\n'.repeat(500)}`, 'more than 500 things within one another'],
  [`x = a${' and a'.repeat(1000)}`, 'so many operations in a row'],
  ['class C:\n  x = [lambda: __class__ for y in z]', "functions that use '__class__' here"],
] as const)('what is not of the subset is called by its name: %s', ([source, what]) => {
  const error = refusal(source)
  expect(error).toMatchObject({ kind: 'unsupported' })
  expect(error.message).toMatch(`${what}`)
  expect(error.message).toMatch(/are not supported$/)
})

test.for([
  'x = ',
  'x = (1',
  'x = 1 2',
  'f(a b)',
  'pass pass',
  'print x',
  'a <> b',
  'x = `y`',
  'if x: pass else: pass',
  'else: pass',
  "x = 'text",
  "x = '''text",
  "x = 'text\n",
  "x = b'text\\'\n",
  '*x -= 1',
  'x = 0777',
  'x = 1__0',
  'x = 5.real',
  "x = b'a' 'b'",
  "x = 'a' b'b'",
  "x = b'é'",
  "x = '\\x4'",
  "x = '\\u12'",
  "x = '\\U00110000'",
  "x = b'\\xg0'",
  "x = rr'a'",
  '  x = 1',
  'if x:\npass',
  'if x:\n    y\n  z',
  'if x:\n    y\n      z',
  'if x:\n\ty\n        z',
  'x = 1;; y = 2',
  '1 = x',
  'f() = 1',
  'None = 1',
  'x + y = 1',
  'x, 1 = y',
  '*x = y',
  '*x, *y = z',
  '(*x) = y',
  'x = *y',
  'return *x',
  '__debug__ = 1',
  'x.__debug__ = 1',
  'def __debug__(): pass',
  'class __debug__: pass',
  'def f(__debug__): pass',
  'f(__debug__=1)',
  'del __debug__',
  'del f()',
  'del (*x, y)',
  '(x, y) += 1',
  '[x] += 1',
  'x, y += 1',
  'x = 1 \\\n',
  'x = \\\n\n5',
  'x = 1 # \0',
  "x = '\0'",
  '\ufeffx = 1',
  'x² = 1',
  'x.y² = 1',
  `x = ${'('.repeat(201)}1${')'.repeat(201)}`,
  `${Array.from({ length: 101 }, (_, depth) => `${' '.repeat(depth)}if x:\n`).join('')}${' '.repeat(101)}y`,
  'x = 1 \\',
  'f() += 1',
  'for f() in x: pass',
  'for None in x: pass',
  '[x for 1 in y]',
  'x.None',
  'f(a=1, b)',
  'f(**a, b)',
  'f(**a, *b)',
  'f(a=1, a=2)',
  'f(True=1)',
  'f(x for x in y, 1)',
  'f(1, x for x in y)',
  'class C(x for x in y): pass',
  'async = 1',
  'f(a, b for a, b in c)',
  '[*x for x in y]',
  '{**x for x in y}',
  'def f(a=1, b): pass',
  'def f(a, a): pass',
  'def f(*): pass',
  'def f(*a, *b): pass',
  'def f(**k, a): pass',
  'def f(/, a): pass',
  'def f(a, /, b, /): pass',
  'def f(*a, /): pass',
  'def f(a, //, b): pass',
  'lambda a, a: 0',
  'lambda *: 0',
  'lambda a, *, /: 0',
  'global x,',
  'x = 1\nglobal x\nglobal x = 1',
  'def f():\n  x = 1\n  global x',
  'def f():\n  print(x)\n  nonlocal x',
  'def f(x):\n  global x',
  'def f(x):\n  nonlocal x',
  'nonlocal x',
  'def f():\n  nonlocal x',
  'def f():\n  x = 1\n  def g():\n    global x\n    nonlocal x',
  'return 1',
  'class C:\n  return 1',
  'yield 1',
  'x = yield from y',
  'class C:\n  yield',
  'def f(): return [(yield) for x in y]',
  'break',
  'continue',
  'if x: break',
  'def f():\n  while x:\n    def g(): break',
  'while x:\n  class C:\n    continue',
  'try: pass',
  'try: pass\nelse: pass',
  'try: pass\nexcept: pass\nexcept X: pass',
  'try: pass\nexcept X, Y: pass',
  'try: pass\nexcept X as __debug__: pass',
  'raise X, Y',
  'assert x,',
  'assert x, y, z',
  'lambda a, / b: 0',
  'x = a == not b',
  'x = a + not b',
  'x = not',
  'x = lambda: yield',
  'a -> b',
  'x = y = ',
  'x ! y',
])('what is no Python is no program: %s', (source) => {
  expect(refusal(source)).toMatchObject({ kind: 'syntax' })
})

test.for(['', 'x = 1', 'x\ny', 'x; y', ' x', 'pass', 'yield'])('what is not one expression cannot be evaluated: %s', (source) => {
  expect(refusal(source, 'eval')).toMatchObject({ kind: 'syntax' })
})

test('blocks may be inside each other, but not too deep', () => {
  const nested = (depth: number): string =>
    Array.from({ length: depth + 1 }, (_, level) => `${' '.repeat(level)}${level < depth ? 'while x:' : 'pass'}\n`).join('')
  expect(compile(nested(21), 'deep', 'exec').units.length).toBeGreaterThan(0)
  expect(refusal(nested(22)).message).toBe('too many blocks inside each other')
})

test('a program that unpacks more than an instruction can say is refused', () => {
  const names = Array.from({ length: 256 }, (_, index) => `x${index}`)
  expect(compile(`${names.slice(1).join()}, *y = z`, 'wide', 'exec').units.length).toBeGreaterThan(0)
  expect(refusal(`${names.join()}, *y = z`).message).toBe('there are too many targets before a starred one')
})

test.for([
  ['brackets, and such as are in texts and comments do not count', `x = ${'('.repeat(200)}1${')'.repeat(200)}`],
  ['brackets in a text', `x = '${'('.repeat(300)}' # ${'['.repeat(300)}`],
  ['brackets that end before they begin are left to the library', `x = '''a'b(''' "c\\"(" 'd\\'('`],
  ['alternatives', `if x:\n y\n${'elif x:\n y\n'.repeat(480)}`],
  ['alternatives that stand side by side', `if x:\n y\n${'elif x:\n y\n'.repeat(400)}`.repeat(2)],
  ['operations', `x = a${' and a'.repeat(300)}`],
  ['lines after a backslash in a text', "x = '''\\\n\n'''"],
  ['a backslash that ends a comment', 'x = 1 # \\\n\ny = 2'],
  ['names of any script', '名 = é = 1'],
] as const)('what is within the limits is compiled: %s', ([, source]) => {
  expect(compile(source, 'program.py', 'exec').name).toBe('<module>')
})
