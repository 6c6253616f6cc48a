"""Small things that programs ask of iteration, sums, sets, views of dictionaries, names of classes and text."""
out = []
class G:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
out.append(list(G()))
out.append(20 in G())
out.append(5 in G())
it = iter(G())
out.append((next(it), next(it), next(it), next(it, 'end'), next(it, 'end')))
out.append(type(it).__name__)
class H:
    def __getitem__(self, i):
        if i == 1: raise StopIteration
        if i == 0: return 'a'
out.append(tuple(H()))
class B:
    def __getitem__(self, i): raise KeyError(i)
try:
    list(B())
except KeyError as e: out.append(repr(e))
class NN:
    __iter__ = None
    def __getitem__(self, i): return i
for f in (iter, list, sorted):
    try: f(NN())
    except TypeError as e: out.append(str(e))
try: 1 in NN()
except TypeError as e: out.append(str(e))
class C: pass
try: 1 in C()
except TypeError as e: out.append(str(e))
try: iter(C())
except TypeError as e: out.append(str(e))
out.append(sum([0.1] * 10))
out.append(sum([1e16, 1.0, -1e16]))
out.append(sum([1, 0.1, 0.2, True]))
out.append(sum([0.1, 0.2], 5))
out.append(sum([float('inf'), 1.0]))
out.append(sum([float('inf'), float('-inf')]))
out.append(sum([[1], [2]], []))
out.append(sum([], 1.5))
out.append(sum((2**70, 1)))
class N:
    def __init__(self, v): self.v = v
    def __add__(self, o): return self.v + o
    def __radd__(self, o): return o + self.v
out.append(sum([0.1] * 3 + [N(0.1)] + [0.1] * 6))
out.append(sum([1, N(0.5), 0.1, 0.2]))
out.append(sum([1e308, 1e308, -1e308]))
try: sum([0.5, 10**400])
except OverflowError as e: out.append(str(e))
try: sum([0.5, 'a'])
except TypeError as e: out.append(str(e))
try: sum([1, None])
except TypeError as e: out.append(str(e))
s = {1, 2}
out.append(s.isdisjoint([3]))
out.append(s.isdisjoint({2}))
out.append(frozenset([1]).isdisjoint('ab'))
s.update([3], (4,), {5: 1})
out.append(sorted(s))
s.update()
out.append(len(s))
try: s.isdisjoint([[]])
except TypeError as e: out.append(str(e))
d = {'a': 1, 'b': []}
e = {'b': [], 'a': 1}
out.append((d.keys() == e.keys(), d.items() == e.items(), d.items() != e.items(), d.values() == e.values()))
out.append((d.keys() <= {'a', 'b', 'c'}, d.keys() < {'a', 'b'}, d.keys() > {'a'}, d.keys() >= {'a', 'z'}, d.keys() > {'a', 'b'}))
out.append(({'a'} < d.keys(), frozenset('ab') == d.keys(), d.keys() == ['a', 'b'], {'a': 1}.items() < {('a', 1), 'x'}))
out.append(type(frozenset('a') | d.keys()).__name__)
out.append(sorted(d.keys() & 'abc')); out.append(sorted('abc' & d.keys())); out.append(sorted(['z'] - d.keys()))
out.append(sorted(d.keys() ^ ['a', 'q'])); out.append(sorted(d.keys() - 'a'))
k = d.keys()
k &= {'a'}
out.append(k)
out.append((('a', 1) in d.items(), ('a', 2) in d.items(), ('q', 2) in d.items(), 'a' in d.items(), ('a', 1, 2) in d.items(), 1 in d.values(), 5 in d.values(), 'a' in d.keys()))
for f in [lambda: d.items() & {1}, lambda: d.keys() + [1], lambda: d.keys() < [1], lambda: d.values() & {1}, lambda: {1} | d.values(), lambda: d.keys() | 5, lambda: hash(d.items()), lambda: [] in d.keys(), lambda: d.keys() * 2, lambda: ([], 1) in d.items()]:
    try: out.append(f())
    except TypeError as x: out.append(str(x))
held = d.values()
out.append(hash(held) == hash(held))
class A:
    class B:
        pass
def f():
    class C:
        def m(self): pass
    return C
out.append(repr(A.B)); out.append(repr(f()))
out.append(repr(f()()).split(' at ')[0]); out.append(repr(A.B()).split(' at ')[0])
out.append((A.B.__qualname__, f().__qualname__, f().__name__, A.__module__))
out.append(repr(type('D', (), {})))
out.append(repr(type('D', (), {'__qualname__': 'x.y', '__module__': 'mod'})))
out.append(repr(object()).split(' at ')[0])
class E(ValueError): pass
out.append(repr(E)); out.append(repr(E(1)))
class B:
    def __repr__(self): return None
for f in [lambda: str(B()), lambda: repr(B())]:
    try: out.append(f())
    except TypeError as e: out.append(str(e))
try: object().x
except AttributeError as e: out.append(str(e))
out.append('aaa'.replace('a', 'b', 2)); out.append('aaa'.replace('a', 'b', 0)); out.append('aaa'.replace('a', 'b', -1)); out.append('abc'.replace('', '-', 2))
try: 'a'.replace('a')
except TypeError as e: out.append(str(e))
try: 'a'.replace('a', 'b', 'c')
except TypeError as e: out.append(str(e))
out.append('a\U0001F600b'.replace('', '-'))
class Nested:
    def __init__(self, held): self.held = held
    def __hash__(self): return 1
    def __eq__(self, other): return self.held == other.held
one, other = {}, {}
for i in range(30): one, other = {Nested(one): 1}, {Nested(other): 1}
out.append(one == other)
d = {}
class Endless:
    def __hash__(self): return 1
    def __eq__(self, other): return Endless() in d
d[Endless()] = 1
try: Endless() in d
except RecursionError as e: out.append(type(e).__name__)
class Elsewhere: __module__ = 5
out.append(repr(Elsewhere)); out.append(repr(Elsewhere()).split(' at ')[0])
class Broken:
    def __getitem__(self, index): return 1 // (2 - index)
try: list(Broken())
except ZeroDivisionError as e: out.append(str(e))
