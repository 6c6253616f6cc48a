import { describe, expect, test } from 'vitest'
import { isAlive } from '../../testing/objects.ts'
import { enter, QUIET } from '../../testing/setting.ts'
import { loadText } from '../bytecode/builtins/code.ts'
import { prepareInterpreter } from '../bytecode/builtins/prepare.ts'
import type { CodeSettings } from '../bytecode/copies/settings.ts'
import { runner } from '../bytecode/evaluate/execution.ts'
import { runCode } from '../bytecode/evaluate/module.ts'
import { isDeferred } from '../bytecode/objects/deferred.ts'
import { newDict } from '../bytecode/objects/dict.ts'
import { safeIntegerOf } from '../bytecode/objects/int.ts'
import { getName, setName } from '../bytecode/objects/names.ts'
import { newStr } from '../bytecode/objects/str.ts'
import { collect, freezeObjects, unfreezeObjects } from '../interpreter/collect.ts'
import { bind, createThread } from '../interpreter/lifecycle.ts'
import { Runtime } from '../interpreter/runtime.ts'
import { sleeper, type Thread } from '../interpreter/thread.ts'
import { type Address, NULL } from '../memory/memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { decref } from '../refcount/biased.ts'
import { isImmortal, MARKS, TRACKED } from '../refcount/object-header.ts'

const BYTES = 1 << 22

const DEFAULT_BUILD = { freeThreaded: false, copying: false }

/** Threads that run programs. Wherever one calls `wait`, the collector runs. */
function programs(settings?: CodeSettings) {
  const memory = new SharedMemory(new SharedArrayBuffer(BYTES))
  const runtime = Runtime.create(memory, BYTES, settings)
  const interpreter = runtime.createInterpreter(sleeper(runtime, runtime.createOsThread()))
  const setting = { memory, runtime, interpreter }
  const watching: { collected: () => unknown } = { collected: () => {} }
  const embedder = {
    ...QUIET,
    wait(thread: Thread) {
      collect(thread)
      watching.collected()
    },
  }
  const ada = enter(setting, embedder)
  prepareInterpreter(ada)
  const globalsOf = (thread: Thread) => {
    const globals = newDict(thread)
    const [name, main] = [newStr(thread, '__name__'), newStr(thread, '__main__')]
    setName(thread, globals, name, main)
    for (const text of [name, main]) decref(thread, text)
    return globals
  }
  const globals = globalsOf(ada)
  const run = (source: string, thread = ada, within = globals) => {
    const code = loadText(thread, source, 'program.py', 'exec')
    decref(thread, runCode(runner(thread), code, within, within))
    decref(thread, code)
  }
  /** What a global name stands for, borrowed; NULL if it stands for nothing. */
  const named = (text: string): Address => {
    const name = newStr(ada, text)
    const found = getName(ada, globals, name)
    decref(ada, name)
    if (found !== NULL) decref(ada, found)
    return found
  }
  const objects = () => runtime.inUse().objects
  return {
    ...setting,
    ada,
    watching,
    embedder,
    globalsOf,
    run,
    named,
    objects,
    number: (text: string) => safeIntegerOf(memory, named(text)),
    alive: (object: Address) => isAlive(setting, object),
    /** How many objects more there are than before, once the program has run, and once the collector has. */
    leaves: (source: string) => {
      // The constants of a program stay. What they are is not the question here.
      run(source)
      collect(ada)
      const before = objects()
      run(source)
      const after = objects() - before
      collect(ada)
      return { after: after > 0, collected: objects() - before }
    },
  }
}

describe('what only keeps itself alive ends', () => {
  test.for([
    ['a list that holds itself', 'a = []\na.append(a)\na = None'],
    ['a dictionary and a tuple', 'd = {}\nd["t"] = (d, 3)\nd = None'],
    ['a set of instances that know it', 'class C: pass\ns = set()\nc = C()\nc.s = s\ns.add(c)\ns = c = C = None'],
    ['a class', 'class C:\n  def method(self): return C\nC = None'],
    ['classes that are based on each other', 'class A: pass\nclass B(A): pass\nA.b = B\nA = B = None'],
    ['a function that nobody has any more', 'def f(): pass\nf = None'],
    ['a function with an attribute and a default', 'def f(x=[], *, y=()): pass\nf.f = f\nf = None'],
    ['functions that share a variable', 'def outer():\n  def inner(): return inner\n  return inner\nouter()\nouter = None'],
    ['a generator that holds itself', 'def f():\n  g = yield\n  yield g\ng = f()\nnext(g)\ng.send(g)\ng = f = None'],
    ['a method of an object that has it', 'class C:\n  def m(self): pass\nc = C()\nc.m = c.m\nc = C = None'],
    ['a built-in method of an object that has it', 'a = []\na.append(a.append)\na = None'],
    ['an exception that is an attribute of itself', 'e = ValueError()\ne.e = e\ne = None'],
    ['an iterator over what holds it', 'a = []\na.append(iter(a))\na = None'],
    ['a view of what holds it', 'd = {}\nd[1] = d.values()\nd = None'],
  ] as const)('%s', ([, source]) => {
    const { leaves } = programs()
    expect(leaves(source)).toEqual({ after: true, collected: 0 })
  })

  test('also when no memory is left', () => {
    const { ada, run, runtime, objects } = programs()
    const before = objects()
    run('a = [[] for _ in range(20)]\na.append(a)')
    const full = objects()
    run('a = None')
    runtime.arena.limit(0)
    collect(ada)
    runtime.arena.limit(null)
    expect(objects()).toBeLessThan(full - 20)
    expect(objects()).toBeLessThan(before + 10)
  })

  test('and what outlives it is dropped by it', () => {
    const { ada, run, number, named, memory } = programs()
    run('kept = []\na = [kept]\na.append(a)\na = None')
    collect(ada)
    run('kept.append(1)\nn = len(kept)')
    expect(number('n')).toBe(1)
    expect(memory.get(named('kept') + MARKS) & TRACKED).toBe(TRACKED)
  })
})

describe('a function', () => {
  const dropped = 'def f():\n  def g(): pass\n  return g\ng = f()\n'

  test('inside another ends with its last reference', () => {
    const { run, named, alive } = programs()
    run(dropped)
    const g = named('g')
    run('g = None')
    expect(alive(g)).toBe(false)
  })

  test('of a module is left to the collector', () => {
    const { ada, run, named, alive } = programs()
    run(dropped)
    const f = named('f')
    run('f = None')
    expect(alive(f)).toBe(true)
    collect(ada)
    expect(alive(f)).toBe(false)
  })

  test('of a module ends with its last reference in a build whose threads take turns', () => {
    const { run, named, alive } = programs(DEFAULT_BUILD)
    run(dropped)
    const f = named('f')
    run('f = None')
    expect(alive(f)).toBe(false)
  })
})

describe.for([
  ['a class', 'class C:\n  x = 5\nit = C\ndel C\n'],
  ['a code object', 'it = compile("5", "x", "eval")\n'],
] as const)('%s', ([, source]) => {
  test('is left to the collector', () => {
    const { ada, run, named, alive } = programs()
    run(source)
    const it = named('it')
    run('it = None')
    expect(alive(it)).toBe(true)
    collect(ada)
    expect(alive(it)).toBe(false)
  })

  test('does not end while a frame has it, counted or not', () => {
    const { ada, watching, run, named, alive } = programs()
    run(`${source}def f(own):\n  global it\n  del it\n  wait('collect')`)
    const it = named('it')
    const seen: boolean[] = []
    watching.collected = () => seen.push(alive(it))
    run('f(it)')
    expect(seen).toEqual([true])
    collect(ada)
    expect(alive(it)).toBe(false)
  })

  test('is counted like anything else in a build whose threads take turns', () => {
    const { run, named, memory } = programs(DEFAULT_BUILD)
    run(source)
    const it = named('it')
    expect(isDeferred(memory, it)).toBe(false)
  })
})

test.for([
  ['deferred where threads run at once', undefined, true],
  ['counted in a build whose threads take turns', DEFAULT_BUILD, false],
] as const)('what is built in is mortal, and %s', ([, settings, deferred]) => {
  const { ada, run, named, memory } = programs(settings)
  run('it = len\nbound = [].append')
  for (const builtin of [named('it'), memory.get(ada.shared.builtins)]) {
    expect([isImmortal(memory, builtin), isDeferred(memory, builtin)]).toEqual([false, deferred])
  }
  expect(isDeferred(memory, named('bound'))).toBe(false)
})

describe('a generator that nobody can reach', () => {
  const cyclic = `
log = []
def f(own):
  try:
    yield 1
  finally:
    log.append(own)
own = []
g = f(own)
own.append(g)
next(g)
`

  test('is closed once before it ends, and what it brings back stays whole', () => {
    const { ada, run, number, named, alive } = programs()
    run(cyclic)
    const g = named('g')
    run('f = own = g = None')
    collect(ada)
    run('n = len(log)\nk = len(log[0])\nis_closed = 0\nfor x in log[0][0]: is_closed = 1')
    expect([number('n'), number('k'), number('is_closed')]).toEqual([1, 1, 0])
    run('log.clear()')
    collect(ada)
    // What is made from here on may lie where the generator was.
    expect(alive(g)).toBe(false)
    run('n = len(log)')
    expect(number('n')).toBe(0)
  })

  test('ends in the same collection if it brings nothing back', () => {
    const { ada, run, named, alive, number } = programs()
    run(`${cyclic}log = [1]\n`.replace('log.append(own)', 'log[0] = log[0] + 1'))
    const g = named('g')
    run('f = own = g = None')
    collect(ada)
    run('n = log[0]')
    expect([alive(g), number('n')]).toEqual([false, 2])
  })

  test.for([
    ['may raise, which nobody hears of', 'raise ValueError(own)'],
    ['ends also if it does not let itself be closed', 'yield own'],
  ] as const)('%s', ([, last]) => {
    const { ada, run, named, alive } = programs()
    run(cyclic.replace('log.append(own)', last))
    const g = named('g')
    run('f = own = g = None')
    collect(ada)
    expect(alive(g)).toBe(false)
  })

  test('may bring back one that was never begun, whose function has no name any more', () => {
    const { ada, run, number } = programs()
    run(`
kept = []
def later():
  yield 41
def f(own):
  try:
    yield 1
  finally:
    kept.append(own[1])
own = []
g = f(own)
own.append(g)
own.append(later())
next(g)
later = f = own = g = None
`)
    collect(ada)
    collect(ada)
    run('n = next(kept[0])')
    expect(number('n')).toBe(41)
  })
})

describe('what is reachable stays', () => {
  test('from a name, through objects of every kind', () => {
    const { ada, run, number } = programs()
    run(`
class C:
  def m(self, x): return self.a[0]['k'] + x
c = C()
c.a = ({'k': 40}, c)
def outer():
  total = [0]
  def inner(x):
    total[0] += x
    return total[0]
  return inner
f = outer()
def generate(start):
  while True:
    start += 1
    yield start
g = generate(5)
next(g)
methods = [c.m, [].append]
del C, outer, generate
`)
    collect(ada)
    run('n = methods[0](2) + f(100) + next(g)')
    expect(number('n')).toBe(42 + 100 + 7)
  })

  test('from a frame alone, counted or not', () => {
    const { ada, watching, run, number, named, alive } = programs()
    run(`
def f(a):
  global f
  del f
  here = [a]
  here.append(here)
  wait('collect')
  return here[0] + len(here)
code = f.__code__
`)
    const f = named('f')
    const seen: boolean[] = []
    watching.collected = () => seen.push(alive(f))
    run('n = f(5)')
    expect([seen, number('n')]).toEqual([[true], 7])
    collect(ada)
    expect(alive(f)).toBe(false)
  })

  test('from a generator that is suspended, though its function has lost its name', () => {
    const { run, number } = programs()
    run(`
def helper(): return 3
def f():
  mine = helper
  yield 1
  yield mine()
g = f()
next(g)
del f, helper
wait('collect')
n = next(g)
`)
    expect(number('n')).toBe(3)
  })

  test('from a generator that runs', () => {
    const { run, number } = programs()
    run(`
def f():
  global f, g
  del f, g
  own = [1, 2]
  own.append(own)
  wait('collect')
  yield len(own)
def start():
  global g
  g = f()
  return g
n = next(start())
`)
    expect(number('n')).toBe(3)
  })

  test('from frames of other threads', () => {
    const around = programs()
    const { ada, run, number, memory } = around
    const ben = enter(around, {
      ...QUIET,
      wait: (thread) => {
        thread.detach()
        ada.attach()
        collect(ada)
        ada.detach()
        thread.attach()
      },
    })
    ada.detach()
    const globals = around.globalsOf(ben)
    run('def f():\n  global f\n  del f\n  wait("collect")\n  return 8\nn = f()', ben, globals)
    const name = newStr(ben, 'n')
    const found = getName(ben, globals, name)
    expect(safeIntegerOf(memory, found)).toBe(8)
    ben.detach()
    ada.attach()
    run('n = 9')
    expect(number('n')).toBe(9)
  })
})

describe('frozen objects', () => {
  test('are left alone until they are thawed', () => {
    const { ada, run, named, alive } = programs()
    run('a = []\na.append(a)')
    const list = named('a')
    freezeObjects(ada)
    run('a = None')
    collect(ada)
    expect(alive(list)).toBe(true)
    unfreezeObjects(ada)
    collect(ada)
    expect(alive(list)).toBe(false)
  })

  test('keep alive what they refer to', () => {
    const { ada, run, named, alive } = programs()
    run('a = []\na.append(a)')
    const list = named('a')
    freezeObjects(ada)
    run('b = []\nb.append(b)\na.append(b)')
    const later = named('b')
    run('a = b = None')
    collect(ada)
    expect([alive(list), alive(later)]).toEqual([true, true])
    unfreezeObjects(ada)
    collect(ada)
    expect([alive(list), alive(later)]).toEqual([false, false])
  })
})

test('an interpreter collects its own objects only', () => {
  const { runtime, ada, embedder, run, named, alive, globalsOf } = programs()
  run('a = []\na.append(a)')
  const list = named('a')
  run('a = None')
  const os = runtime.createOsThread()
  const interpreter = runtime.createInterpreter(sleeper(runtime, os))
  const ben = bind(runtime, os, createThread({ runtime, os }, interpreter), embedder)
  ben.attach()
  prepareInterpreter(ben)
  run('a = []\na.append(a)\na = None', ben, globalsOf(ben))
  collect(ben)
  expect(alive(list)).toBe(true)
  freezeObjects(ben)
  collect(ada)
  expect(alive(list)).toBe(false)
})
