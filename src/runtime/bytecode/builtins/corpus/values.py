out = []
d = {'a': 1, 2: 'b'}
d['c'] = [1]
out.append((d, d.get('x'), d.get('x', 5), 'a' in d, 'z' not in d, list(d), list(d.items()), list(d.values()), list(d.keys()), len(d), d['a']))
out.append((d.pop('a'), d.pop('a', None), d.setdefault('n', 3), d.setdefault('n', 4), d.update({'u': 1}), d.update([('v', 2)], w=3), d, d.copy() == d, d | {'a': 1}))
d.clear()
e = {1: 2}
e |= {3: 4}
out.append((d, e, {**e, 'x': 1}, {1: 2} == {1: 2.0}, {1: 2} != {1: 3}, {} == [], {1: {}} == {1: {2: 3}}, {1: 1} == {2: 1}, e.keys(), e.values(), e.items(), len(e.keys())))
s = {1, 2} | {3}
out.append((sorted(s), 2 in s, 5 not in s, s & {1}, s - {1}, s ^ {1, 9}, {1} < s, {1} <= {1}, s > {1}, s >= s, {1} == {1}, {1} != {2}, {1} == 1, s.union([7]), s.intersection([1, 2]), s.difference([1]), s.symmetric_difference([1]), {1}.issubset(s), s.issuperset([1])))
s.add(5)
s.discard(5)
s.discard(99)
s.remove(1)
s.update([8, 9])
t = s.copy()
t.clear()
t2 = {4}
t2 |= {5}
t2 &= {5, 6}
out.append((s, t, t2, {7}.pop(), frozenset([1, 2]) | {3}, frozenset([1]), frozenset(), hash(frozenset([1, 2])) == hash(frozenset([2, 1])), {*[1], 2}, len(s)))
a, *b, c = range(5)
x, (y, *z) = 1, (2, 3, 4)
out.append((a, b, c, x, y, z))
for text in [
    'a, b = 1, 2, 3', 'a, b = 1', 'a, b = [1]', 'a, b = iter([1, 2, 3])', 'a, *b, c = [1]', 'a, *b = []', 'a, b = {1: 2, 3: 4, 5: 6}', 'a, b = {1, 2, 3}', 'a, b = BadIter()',
    '{}[1]', '{[]: 1}', '{[]}', 'del {}[1]', 'del {}[[]]', '[][0]', '[1, 2][5]', '"a"[3]', '1[0]', 'None.x', 'del None.x', 'None.x = 1', '1 + "a"', '[] + 1', '[] < 1', '-"a"', '+[]', '~1.5', '1 in 5',
    '{1: 2} | 5', '{} < {}', 'hash([])', 'hash({})', 'hash(set())', '{1}.pop() + set().pop()', '{}.pop(1)', 'set().remove(1)', '{}.update(5)', '{}.update([1])', '{}.update([(1, 2, 3)])', 'dict(5)', 'dict(1, 2)',
    'len(5)', 'len()', 'len(1, 2)', 'len(x=1)', 'abs("a")', 'iter(5)', 'next(5)', 'next()', 'next(1, 2, 3)', 'next(iter([]))', 'isinstance(1, 1)', 'issubclass(1, int)', 'issubclass(int, 1)', 'getattr(1)', 'getattr(1, 2)', 'setattr(1, "a", 2)',
    'max([])', 'max()', 'min(1)', 'max(1, 2, default=3)', 'sum(["a"], "")', 'sum(5)', 'sum()', 'sum([1], [])', 'sorted()', 'sorted(5)', 'sorted([1], key=5)', 'sorted([1, "a"])', 'int("x")', 'int([])', 'int("z", 36, 1)', 'int(1.5, 10)', 'int("1", 99)',
    'float("x")', 'float([])', 'int(float("nan"))', 'int(float("inf"))', 'bytes(-1)', 'bytes([256])', 'bytes("a")', 'bytes(["a"])', 'range()', 'range(1, 2, 0)', 'slice()', 'tuple(5)', 'bool(1, 2)', 'eval()', 'eval(5)', 'exec(5)', 'eval("1", 5)', 'eval("1", {}, 5)', 'eval("1", x=2)', 'wait_for_nothing',
    'd_changing()', 's_changing()', 'min([1], key=1, foo=2)', 'any(5)', 'id()', 'list(5)', 'set([[]])', 'frozenset(5)',
]:
    try:
        exec(text if text.startswith(('a', 'del', 'None.x =')) and not text.startswith(('abs', 'any')) else 'out.append((' + repr(text) + ', ' + text + '))')
    except Exception as e:
        out.append((text, type(e).__name__, str(e)))


class BadIter:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError('bad')


def d_changing():
    d = {1: 2}
    for k in d:
        d[k + 1] = 0


def s_changing():
    s = {1}
    for k in s:
        s.add(k + 1)


for act in [d_changing, s_changing]:
    try:
        act()
    except RuntimeError as e:
        out.append(str(e))
for values in [BadIter()]:
    try:
        a, b = values
    except ValueError as e:
        out.append(str(e))
l = [1, 2, 3, 4]
l[1:3] = ['x']
out.append((l[:], l[::-1], l[1:], l[-1], l[:2]))
del l[0]
l.append(l[0])
l += [9]
out.append((l, [*range(3), *'ab'], (*l, 1), [x for x in range(20) if x % 3 == 0 if x % 2], {k: v for k, v in [(1, 2)]}, {x for x in 'aa'}))
big = 2**100
out.append((big, -big // 7, big % 1000, big >> 90, 10**20 * 3, 7 // -2, -7 % 3, 1.5 * 2, 10 / 4, 2**-1, True + 1, 5 & 3 | 8 ^ 1, ~5, +5, -5))
n = 5
n -= 2
n *= 3
n //= 2
n **= 2
n <<= 1
n |= 1
out.append((n, 1 < 2 < 3, 1 < 3 < 2, not 1, 1 and 0 or 5, None is None, 1 is not None, 3 if 0 else 4, [] or 'empty'))
s = 'abc'
s += 'def'
out.append((s, s[1], s[::2], 'b' in s, s.upper(), s.split('c'), '-'.join('ab'), len(s)))
out.append((int(), int('12') + int(3.7), int(True), int('0x1f', 16), int('0b11', 0), int(' -1_0 '), int('z', 36), int('010', 10), float(), float(2), float('1e3'), float(' -inf '), float('Infinity'), float('1_0.5'), float(1.5), str(), str(5), str('a'), bool(), bool([]), bool(1)))
for text in ['int("0x", 16)', 'int("010", 0)', 'int("1__0")', 'int("")', 'int("9", 8)', 'float("1_")', 'float("")', 'float("nan") == float("nan")']:
    try:
        out.append(eval(text))
    except ValueError as e:
        out.append(str(e))
out.append((bytes(), bytes(2), bytes([1, 65]), bytes(b'x'), bytes((True,)), tuple(), tuple([1]), tuple((1,)), list(), list('ab'), set(), set([1]), frozenset([1]), frozenset(frozenset([2])), dict(), dict(a=1), dict({1: 2}, b=3), dict([[1, 2]]), range(3), range(1, 5, 2), slice(1), slice(1, 2, 3), list(range(2, 5))))
out.append((abs(-5), abs(2.5), abs(True), hash(1) == hash(1.0) == hash(True), id(1) == id(1), isinstance(True, int), any([0, 1]), any([]), all([0, 1]), all([]), min([3, 1]), min(3, 1), max([3, 1], key=lambda x: -x), max([], default=7), max([1], key=None), sum([1, 2]), sum([1], 5), sum([[1]], start=[]), sorted([3, 1, 2]), sorted([3, 1, 2], reverse=True), sorted('bca', key=lambda c: c != 'c'), repr('a'), len('abc'), next(iter([1])), next(iter([]), 2), getattr(1, 'zzz', 3)))
out.append((eval('1 + 2'), eval(' n'), eval('n', {'n': 5}), eval('n', {}, {'n': 6}), eval(compile('n * 2', 'f', 'eval')), exec('m = 7'), m, exec(compile('m = 8', 'f', 'exec')), m, eval('n', None, {'n': 9})))


def with_locals(a):
    b = 2

    def inner():
        return b

    del a
    return eval('b + 1'), eval('sorted(x for x in [b])') if False else 0


out.append(with_locals(1))
for text in ["compile('x +', 'f', 'eval')", "compile(5, 'f', 'eval')", "eval('1 +')", "exec('def f(:')"]:
    try:
        eval(text)
    except (SyntaxError, TypeError) as e:
        out.append((text, type(e).__name__))


def free():
    v = 1

    def inner():
        return v

    return inner


for run in [eval, exec]:
    try:
        run(free().__code__)
    except TypeError as e:
        out.append(str(e))
out.append((len, [].append, str.join, int, type, Exception, ..., NotImplemented)[:1])
out.append((int, type, Exception, ..., NotImplemented, None, frozenset({1}), {1: [2, (3,)]}, {'k': {'n': 1}}))
loop = {}
loop['me'] = loop
out.append(loop)
filled = {'a': 1}
for value in (3, None, [3], [(1, 2, 3)], {'b': 2}, [('c', 3), 'de'], filled):
    try:
        filled |= value
    except (TypeError, ValueError) as e:
        out.append((type(e).__name__, str(e)))
for value in (3, [('c', 3)]):
    try:
        filled | value
    except TypeError as e:
        out.append(str(e))
    try:
        value | filled
    except TypeError as e:
        out.append(str(e))
out.append(filled)
