out = []


def f(a, b=2, *c, d=4, **e):
    return a, b, c, d, e


out.append((f(1), f(1, 2, 3, d=5, z=6), f(b=1, a=2), f(*[1, 2], 3, *(4,), x=1, **{'y': 2}), f(*'ab'), f(1, **{'q': 1})))


def kw(a, /, b, *, c):
    return a, b, c


def no():
    pass


def one(a):
    pass


def two(a, b):
    pass


def three(a, b, c):
    pass


def some(a, b=1):
    pass


def named(*, k, l, m):
    pass


def named_default(*, k=1, l):
    return k, l


def spelled(colour, flavour=1, Size=2):
    pass


class C:
    def m(self, a):
        pass


out.append(kw(1, b=2, c=3))
for text in [
    'kw()', 'kw(1)', 'kw(1, 2)', 'kw(1, 2, 3, c=4)', 'kw(a=1, b=2, c=3)', 'kw(1, 2, c=3, d=4)', 'kw(1, b=2, b2=3, c=3)',
    'kw(*1)', 'kw(**1)', 'kw(1, 2, c=3, **{"c": 1})', 'kw(1, 2, b=2, c=3)', 'kw(1, 2, **{3: 4})', 'no(1)', 'no(1, 2)', 'one()', 'one(1, 2)',
    'two()', 'three()', 'two(1)', 'some()', 'some(1, 2, 3)', 'named()', 'named(k=1)', 'named(1)', 'named(1, k=1, l=1, m=1)', 'named(1, 2, k=1, l=1)',
    'named_default(l=2)', 'named_default()', 'spelled(color=1)', 'spelled(1, flavor=1)', 'spelled(1, SIZE=1)', 'spelled(1, xxxxx=1)', 'spelled(1, flavourful=1)',
    'spelled(1, flavo=1)', 'spelled(1, asize=1)', 'spelled(1, flavourxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=1)',
    'C().m()', 'C().m(1, 2)', 'C().m(*5)', 'C.m()', 'len(*5)', 'C(*5)', '(5)(*5)', '5()', '"a"()', 'len(**{"x": 1, "y": 2})', '[].append(*5)', 'f(*1, **2)',
    'f(**{"a": 1}, **{"a": 2})', 'f(**5)', 'C().m(**{"a": 1, **{}})',
]:
    try:
        out.append(eval(text))
    except Exception as e:
        out.append((text, type(e).__name__, str(e)))


def remembers(a, b=[], *, c=None):
    b.append(a)
    return b


out.append((remembers(1), remembers(2)))


def counter():
    n = 0

    def increase(by=1):
        nonlocal n
        n += by
        return n

    return increase


step = counter()
step()
out.append((step(2), step(by=3), counter()()))


def unbound():
    a = 1
    del a
    try:
        a
    except UnboundLocalError as e:
        out.append(str(e))
    try:
        del a
    except UnboundLocalError as e:
        out.append(str(e))
    b = 2

    def inner():
        return b

    out.append(inner())
    del b
    for act in [inner, lambda: b]:
        try:
            act()
        except NameError as e:
            out.append((type(e).__name__, str(e)))
    try:
        del b
    except NameError as e:
        out.append((type(e).__name__, str(e)))
    try:
        b
    except NameError as e:
        out.append((type(e).__name__, str(e)))
    try:
        late = late + 1
    except UnboundLocalError as e:
        out.append(str(e))


unbound()
x = 5
del x
for text in ['del x', 'x', 'x + 1']:
    try:
        exec(text)
    except NameError as e:
        out.append(str(e))


def globals_too():
    global g
    g = 1
    del g
    try:
        del g
    except NameError as e:
        out.append(str(e))
    try:
        g
    except NameError as e:
        out.append(str(e))


globals_too()


def cell_argument(a, b=3):
    def inner():
        return a + b

    a += 1
    return inner


out.append((cell_argument(1)(), (lambda q, w=2: q * w)(4), [g() for g in [(lambda i=i: i) for i in range(3)]]))
out.append((f.__name__, f.__qualname__, C.m.__qualname__, f.__code__.co_name, f.__defaults__, f.__kwdefaults__, step.__closure__ is None, f.__closure__))
f.x = 1
out.append((f.x, f.__code__.co_argcount, f.__code__.co_filename[-3:], f.__code__.co_firstlineno, f.__code__.co_names, step.__qualname__, f.__globals__['x'] if 'x' in f.__globals__ else None))
bound = C().m
out.append((bound(5), callable(bound), callable(5), callable(C), callable(C()), callable(len), callable(f)))
many = 'def wide(): return ' + ' + '.join(['v%d' % 0] * 1) if False else 'def wide():\n' + ''.join([' v' + str(i) + ' = ' + str(i) + '\n' for i in range(300)]) + ' return v0 + v299, v280\n'
exec(many)
out.append(wide())
