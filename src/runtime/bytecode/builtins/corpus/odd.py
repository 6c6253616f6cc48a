out = []


class Steps:
    def __init__(self, n):
        self.n = n

    def __next__(self):
        self.n -= 1
        if self.n < 0:
            raise StopIteration
        return self.n


class Silent:
    pass


out.append((next(Steps(2)), next(Steps(0), 'otherwise')))
for text in ['next(Silent())', 'next(Steps(0))', 'setattr(1, 2, 3)', 'sum([1], 2, 3)', 'eval("1", {}, {}, 5)', 'int("  ")', 'int("-")', 'max(1, key=2)', 'len(Silent())', 'Silent()()', 'Silent().m()', 'bytes([1.5])']:
    try:
        out.append(eval(text))
    except Exception as e:
        out.append((text, type(e).__name__, str(e)))


def slices(values, a, b, c):
    return values[a:b:c], values[a:b], values[slice(a, b)]


def set_slices(values, a, b):
    values[a:b] = [9]
    del values[a:b]
    return values


class Sliced:
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        out.append((key, value))


sliced = Sliced()
sliced[1:2] = 3
out.append((slices([0, 1, 2, 3, 4], 1, 4, 2), set_slices([0, 1, 2, 3], 1, 3), sliced[1:2], sliced[1:2:3], sliced[:]))
for text in ['[][1:"a"]', '5[1:2]']:
    try:
        eval(text)
    except TypeError as e:
        out.append(str(e))


def fails_slice(values):
    values[1:2] = 5


try:
    fails_slice([1, 2])
except TypeError as e:
    out.append(str(e))


def spread(*a, **k):
    return a, k


def merge(one, other):
    return {**one, **other}


out.append((merge({1: 2}, {3: 4}), spread(*[1], **{'a': 2}, **{'b': 3}), [*{1: 2}], {*[1], *(2,)}))
for act in [lambda: merge({}, 5), lambda: [*5], lambda: {*5}, lambda: spread(**{'a': 1}, **{'a': 2}), lambda: spread(**5), lambda: spread(*5), lambda: Silent()(**5), lambda: Silent()(*5)]:
    try:
        out.append(act())
    except TypeError as e:
        text = str(e)
        out.append(text if ' at 0x' not in text else text[-20:])


class Init:
    def __init__(self):
        super().__init__(1)


class InitOfError(ValueError):
    def __init__(self, x):
        super().__init__(x, 'more')


for text in ['Init()', 'InitOfError(1).args', 'ValueError(x=1)', 'ValueError(1).__init__(2)', 'object.__init__(5)', 'object().__init__()']:
    try:
        out.append(eval(text))
    except TypeError as e:
        out.append(str(e))


class Own:
    x = 'own'

    def __init__(self, *a):
        self.a = len(a)


class Derived(Own):
    def up(self):
        return super().x

    def up_method(self):
        return super().method()

    def made(cls):
        return super().__new__(cls)

    def __new__(cls, *a):
        return super().__new__(cls)


class Method(Own):
    def method(self):
        return 'method', self.a


derived = Derived(1, 2)
out.append((derived.up(), derived.a, Derived.made(Derived).x))
exec('super = Method')
out.append((derived.up(), derived.up_method()))
try:
    exec('super = 5')
    derived.up()
except TypeError as e:
    out.append(str(e))
exec('del super')


def gone(a):
    a.missing = 1
    del a.missing
    try:
        del a.missing
    except AttributeError as e:
        return str(e)


out.append(gone(Silent()))


def outer():
    value = 'enclosing'

    class C:
        found = value
        value = 'own'
        again = value

    return C.found, C.again


try:
    out.append(outer())
except NameError as e:
    out.append(str(e))


def enclosing():
    value = 1

    class C:
        def m(self):
            return value

        x = [value for _ in range(2)]

        class D:
            y = value
            value = 5
            z = value if False else 0

    return C().m(), C.x, C.D.z


try:
    out.append(enclosing())
except NameError as e:
    out.append(str(e))
for i in range(3):
    try:
        raise ValueError(i)
    except ValueError as e:
        out.append(e.args[0])
        continue


def matches(value, wanted):
    if value is wanted:
        return 'same'
    if value is not None:
        return 'something'
    return 'nothing'


out.append((matches(1, 1), matches(2, 1), matches(None, 1), None if matches is None else 1))


def loop_forever():
    n = 0
    while 1:
        n += 1
        if n > 3:
            return n


out.append(loop_forever())


def interrupted():
    for x in [1, 2]:
        for y in [3, 4]:
            try:
                if y == 4:
                    break
            finally:
                out.append((x, y))
    return 'done'


out.append(interrupted())
name_of_code = loop_forever.__code__
out.append(str(name_of_code)[:26])
out.append((str(len), str([].append)[:34], str(str.join), str(int), str(Silent), str(Silent().__class__), str(Exception), str(loop_forever)[:22], str(Method(1).method)[:28]))


def keywords_in_calls(**k):
    return sorted(k.items())


key = ''.join(['dy', 'namic'])
out.append((keywords_in_calls(**{key: 1}), (lambda dynamic: dynamic)(**{key: 2})))


def deleted_in_handler():
    try:
        1 / 0
    except ZeroDivisionError as e:
        pass
    try:
        e
    except UnboundLocalError as error:
        return str(error)


out.append(deleted_in_handler())


class Refuses:
    def __getattr__(self, name):
        raise AttributeError('no ' + name)

    def __add__(self, o):
        return NotImplemented


for act in [lambda: Refuses().x, lambda: Refuses() + 1, lambda: hasattr(Refuses(), 'x'), lambda: getattr(Refuses(), 'x', 5)]:
    try:
        out.append(act())
    except (AttributeError, TypeError) as e:
        out.append(str(e))
