/** What programs leave behind when memory runs out in them, wherever that is: nothing. */
import { expect, test } from 'vitest'
import { beginPrograms, programs } from '../../../testing/programs.ts'
import { enter, QUIET } from '../../../testing/setting.ts'
import { collect } from '../../interpreter/collect.ts'
import type { Embedder, Thread } from '../../interpreter/thread.ts'
import { decref } from '../../refcount/biased.ts'
import { Event } from '../code/events.ts'
import { eventSet, registerCallback, setEvents, useTool } from '../instrument/tools.ts'
import { newInt } from '../objects/int.ts'
import { repr } from '../objects/operate/repr.ts'
import { exceptionOf } from './errors.ts'

const SETTING = `
def pairs():
    got = yield (1000, 2000)
    yield (3000, got)
    return [4000, 5000]
def cleaning():
    try:
        yield 1000
    finally:
        rest = [2000]
def delegating():
    result = yield from pairs()
    yield result
    yield from cleaning()
def over(iterator):
    return (yield from iterator)
def stopping():
    raise StopIteration([1000])
    yield
class Closing:
    def __iter__(self): return self
    def __next__(self): return 1000
    def close(self): return [1000]
    def throw(self, error): raise error([1000])
class Number:
    def __init__(self, n): self.n = n
    def __add__(self, other): return Number(self.n + other)
    def __radd__(self, other): return Number(self.n + other)
    def __eq__(self, other): return self.n == other.n
    def __hash__(self): return 100000 + self.n
    def __repr__(self): return 'number ' + str(self.n)
    def __getitem__(self, key): return [key]
    def __setitem__(self, key, value): self.n = [key, value][0]
    def __len__(self): return 3
    def __contains__(self, value): return [value] == [5]
    def __neg__(self): return Number(-self.n)
class Counting:
    def __init__(self, n): self.n = n; self.end = n + 3
    def __iter__(self): return self
    def __next__(self):
        if self.n == self.end: raise StopIteration
        self.n += 1
        return self.n
def take(a, b=1000, *rest, key=2000, **others):
    return (a, b, rest, key, others)
`

/** Bodies of functions. Numbers are large, so that each takes memory. */
const BODIES: readonly (readonly [does: string, body: string])[] = [
  ['goes through generators', 'g = pairs(); next(g); g.send(1000); list(g); next(g, 5); list(over(pairs()))'],
  ['delegates to generators', 'list(delegating())'],
  ['closes a generator', 'g = cleaning(); next(g); g.close()'],
  ['drops a generator', 'g = cleaning(); next(g); g = None'],
  ['closes a generator that delegates', 'g = delegating(); next(g); g.close()'],
  ['closes a generator that delegates to an object', 'g = over(Closing()); next(g); g.close()'],
  ['throws into a generator', 'g = pairs(); next(g)\ntry: g.throw(ValueError)\nexcept ValueError: pass'],
  ['throws into a generator that delegates', 'g = delegating(); next(g)\ntry: g.throw(ValueError)\nexcept ValueError: pass'],
  ['throws into one that delegates to an object', 'g = over(Closing()); next(g)\ntry: g.throw(KeyError)\nexcept KeyError: pass'],
  ['lets StopIteration out of a generator', 'try: next(stopping())\nexcept RuntimeError: pass'],
  ['works with ranges', 'hash(range(1000, 2000, 3)); range(10000)[1000:2000:3]; list(range(1000, 1010))'],
  ['works with texts', 's = "ab" * 3 + "cd"; "-".join(s.split("b")); s.replace("a", "zz"); str(12345); repr([1000, s])'],
  ['appends to a text', 's = "ab"\ns += "cd"\ns += "efgh"\ns += s'],
  ['makes lists longer', 'x = [1000]; x.extend(range(2000, 2020)); x += [3000] * 10; x *= 2; [i + 1000 for i in range(9)]'],
  ['inserts into a list and appends', 'x = []; y = []\nfor i in range(9): x.insert(0, i + 1000); y.append(i + 1000)'],
  ['replaces parts of a list', 'x = list(range(1000, 1010)); x[2:4] = [5000] * 9; x[::2] = x[1::2] + [7000]; y = x[:] + x; y.copy()'],
  ['sorts', 'x = [3000, 2000, 1000]; x.sort(key=lambda v: v * 7); sorted(x, key=lambda v: v * 9)'],
  ['works with sets', 'x = {1000, 2000}; y = frozenset([3000, 2000]); (x | y, x ^ y, x - y); x |= y; x.union([7000]); y in {y}; x in {y}'],
  [
    'works with dictionaries',
    'x = {1000: 2}; x | {3000: 4}; x |= {5: 6}; list(x.copy().items()); x.setdefault(7, [1]); dict([(1000, 2000)], a=1)',
  ],
  [
    'fills a dictionary',
    'x = {}\nfor i in range(9): x[i + 1000] = (i, i)\nx.pop(1000); x.pop(4, None); repr(x); x.keys() & [1001]; x.keys() | {5000}; x.items() == x.items()',
  ],
  ['unpacks', 'a, *b, c = range(1000, 1010); (d, e), f = (1000, 2000), 3000'],
  ['calls', 'take(1000, 2000, 3000, key=4000, other=5000); take(*range(1000, 1004), **{"key": 1}); take(*[1000], **{"x": 5}, **{"y": 6})'],
  ['calls wrongly', 'for f in (lambda: take(), lambda: take(1, a=5), lambda: None(1)):\n    try: f()\n    except TypeError: pass'],
  [
    'makes functions',
    'def f(a):\n    def g(b=1000, *, c=2000): return a + b + c\n    return g\nf(3000)(); list(i * 1000 for i in range(3))',
  ],
  [
    'makes classes',
    'class A:\n    def f(self): return 1000\nclass B(A):\n    def f(self): return super().f() + 1000\nB().f(); type("C", (A,), {"z": 1000})',
  ],
  ['sets attributes', 'x = Number(1000); x.y = [2000]; del x.y; take.attr = 1000; del take.attr; x.__add__; getattr(x, "none", None)'],
  [
    'operates on instances',
    'x = Number(1000); 5000 + x; x += 1; x == Number(1000); {x}; repr(x); x[5000]; x[5000] = 1; len(x); 7 in x; -x',
  ],
  [
    'iterates over instances',
    'list(Counting(1000)); x, y, z = Counting(1000); max(Counting(1000)); 1001 in Counting(1000); sum(Counting(1000)); sum([1.5, 1000, 2.5]); sum([[1000], [2000]], [])',
  ],
  [
    'raises from',
    'try:\n    try: 1 // 0\n    except ZeroDivisionError as e: raise ValueError("two words") from e\nexcept ValueError as e: e.args = [1000]; repr(e)',
  ],
  ['raises in a finally', 'try:\n    try: {}[1000]\n    finally: [][1000]\nexcept IndexError as e: str(e)'],
  ['raises again', 'try:\n    try: raise KeyError(1000)\n    except KeyError: raise\nexcept KeyError: pass'],
  [
    'works with numbers',
    '-(2 ** 100); 7.5 // 2; 7 / 3; ~(2 ** 70); 3 << 80; int("12345678901234567890"); float("1.5"); min([1000], default=3)',
  ],
  ['works with bytes', 'b"ab" + b"cd"; b"ab" * 3; bytes([1, 2]); b"abcd"[1:3]; "ab".encode(); b"ab".decode(); b"ab".hex()'],
  [
    'runs texts',
    'a = 1000; exec("q = (12345, 2.75)"); eval("(23456, a)"); compile("z = {34567, 5}", "f", "exec"); exec("def f(): return a")',
  ],
]

/** A function with that body, and how much memory is in use. */
function begun(body: string, setting = beginPrograms(), thread = enter(setting)) {
  const { run, look, m } = programs(setting, thread)
  run(`${SETTING}def act():\n    ${body.replaceAll('\n', '\n    ')}\n`)
  const called = look('act')
  return {
    m,
    act: () => decref(m, m.call(called, [])),
    inUse() {
      // The second one frees what the end of the first one's garbage has left for late readers.
      for (let time = 0; time < 2; time++) collect(m)
      return m.runtime.inUse()
    },
  }
}

/**
 * What the tool is not told of, since CPython does the same when a tool raises then: a generator whose handler is found again
 * and again never ends, and an exception stays the one being handled if its handler cannot even put back what was handled before.
 */
const UNTOLD: ReadonlySet<Event> = new Set([Event.HANDLED, Event.INSTRUCTION])

/** Runs a function with ever more memory until there is enough. */
function starve({ m, act, inUse }: ReturnType<typeof begun>): void {
  const { arena } = m.runtime
  // Copies, strings and dictionaries are made the first time.
  for (let time = 0; time < 3; time++) act()
  const before = inUse()
  for (let allowed = 0, enough = false; !enough; allowed++) {
    arena.limit(allowed)
    try {
      act()
      enough = true
    } catch (error) {
      expect(told(m, error), `with ${allowed} blocks`).toBe('MemoryError()')
    }
    arena.limit(null)
    expect(inUse(), `with ${allowed} blocks`).toEqual(before)
  }
}

test.for(BODIES)('a program that %s leaves nothing behind, wherever memory runs out', ([, body]) => {
  starve(begun(body))
})

test.for(BODIES)('nor does one that %s while a tool is told of almost everything, and what the tool runs needs memory too', ([, body]) => {
  const setting = beginPrograms()
  const heard = new Set<number>()
  const tell: Embedder['tell'] = (thread, _callback, { event }) => {
    heard.add(event)
    decref(thread, newInt(thread, 1_000_000))
    return false
  }
  const watched = begun(body, setting, enter(setting, { ...QUIET, tell }))
  useTool(watched.m, 1)
  for (const event of Object.values(Event)) registerCallback(watched.m, 1, event, 1)
  setEvents(watched.m, 1, eventSet(Object.values(Event).filter((event) => !UNTOLD.has(event))))
  starve(watched)
  expect(heard.size).toBeGreaterThan(4)
})

/** A failure as `repr` writes it. */
function told(m: Thread, failure: unknown): string {
  m.runtime.arena.limit(null)
  const exception = exceptionOf(m, failure)
  if (exception === undefined) throw failure
  const text = repr(m, exception)
  decref(m, exception)
  return text
}

test('nor does an exception that was to be thrown where no frame can run any more', () => {
  const { act, inUse } = begun(`
def dive(generator):
    try:
        dive(generator)
    except RecursionError:
        generator.throw(ValueError([1000]))
generator = pairs()
next(generator)
try:
    dive(generator)
except ValueError:
    pass`)
  for (let time = 0; time < 2; time++) act()
  const before = inUse()
  act()
  expect(inUse()).toEqual(before)
})
