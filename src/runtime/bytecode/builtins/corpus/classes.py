out = []


class A:
    z = 5

    def __init__(self, x):
        self.x = x

    def m(self, y=1):
        return self.x + y

    def __add__(self, o):
        return A(self.x + o.x)

    def __repr__(self):
        return 'A(' + str(self.x) + ')'

    def __eq__(self, o):
        return self.x == o.x

    def __call__(self, *a):
        return a

    def __getitem__(self, k):
        return k

    def __len__(self):
        return 7

    def __iter__(self):
        return iter([self.x])


class B(A):
    def __init__(self, x):
        super().__init__(x * 2)

    def m(self, y=2):
        return super().m(y) * 10

    def missing(self):
        return super().nothing

    def direct(self):
        return super(B, self).z


b = B(3)
out.append((b.x, b.m(), b.m(5), b.z, A.z, b + A(1), b == A(6), b(1, 2), b['k'], len(b), list(b), b.direct()))
out.append((isinstance(b, A), isinstance(b, (int, (str, A))), issubclass(B, A), issubclass(B, int), B.__name__, B.__bases__))
b.new = 1
out.append((hasattr(b, 'new'), hasattr(b, 'old'), getattr(b, 'old', None), getattr(b, 'new'), setattr(b, 'old', 2), b.old))
del b.new
for text in ['b.new', 'b.missing()', 'del b.new', 'delattr(b, "new")', 'A.nothing', 'b.z', 'A()', 'A(1, 2)', 'object(1)', 'object.x', 'int.x = 1', 'hash(b)']:
    try:
        exec('out.append(' + text + ')' if '=' not in text and 'del ' not in text else text)
    except Exception as e:
        out.append((text, type(e).__name__, str(e)))
out.append(delattr(b, 'old'))


class Who:
    def who(self):
        return 'W'


class Left(Who):
    def who(self):
        return 'L' + super().who()


class Right(Who):
    def who(self):
        return 'R' + super().who()


class Both(Left, Right):
    count = 0

    def who(self):
        return 'B' + super().who()

    def increase(self):
        self.count += 1
        Both.count += 10
        return self.count, Both.count


out.append((Both().who(), [c.__name__ for c in Both.__mro__], Both().increase(), Both.who(Both())))
for text in ['class X(Who, Both): pass', 'class X(Who, Who): pass']:
    try:
        exec(text)
    except TypeError as e:
        out.append(str(e)[:40])


class Rich:
    def __init__(self, v):
        self.v = v

    def __lt__(self, o):
        return self.v < o.v

    def __hash__(self):
        return 1

    def __eq__(self, o):
        return isinstance(o, Rich) and self.v == o.v

    def __bool__(self):
        return self.v > 0

    def __contains__(self, x):
        return x == self.v

    def __radd__(self, o):
        return ('radd', o)

    def __iadd__(self, o):
        self.v += o
        return self

    def __neg__(self):
        return -self.v

    def __setitem__(self, k, v):
        out.append(('set', k, v))

    def __delitem__(self, k):
        out.append(('del', k))

    def __str__(self):
        return 'text'


c = Rich(3)
c += 4
c['a'] = 1
del c['b']
out.append((c.v, [x.v for x in sorted([Rich(2), Rich(1)])], Rich(1) in [Rich(1)], {Rich(1): 'x'}[Rich(1)]))
out.append((bool(Rich(0)), not Rich(0), 3 in Rich(3), 5 + c, -c, str(c), max(Rich(1), Rich(5), key=lambda r: r.v).v))


class New:
    def __new__(cls, *a):
        o = object.__new__(cls)
        o.a = a
        return o


class Other:
    def __new__(cls):
        return 5


out.append((New(1, 2).a, Other()))


class Init:
    def __init__(self):
        return 5


try:
    Init()
except TypeError as e:
    out.append(str(e))


class FailingInit:
    def __init__(self):
        raise ValueError('init')


try:
    FailingInit()
except ValueError as e:
    out.append(str(e))


def in_function():
    x = 1

    class C:
        y = x
        x = 2

        def g(self):
            return __class__.__name__, x

        def h():
            return x

        k = h()

    return C.y, C.x, C().g(), C.k


try:
    out.append(in_function())
except NameError as e:
    out.append(str(e))


def in_function_again():
    x = 1

    class C:
        y = x

        class D:
            z = x

        def g(self):
            return __class__.__name__

    return C.y, C.D.z, C().g(), C.D.__qualname__


out.append(in_function_again())


class Body:
    a = 1
    del a
    b = [i for i in range(3)]
    try:
        a
    except NameError as e:
        out.append(str(e))


class BadSuper:
    def m(self):
        return super(5, self).x

    def n(self):
        return super(B, self).x

    def o(self):
        return super(B, BadSuper).x


for name in ['m', 'n', 'o']:
    try:
        getattr(BadSuper(), name)()
    except TypeError as e:
        out.append(str(e))


class OfClass(Who):
    def who(cls):
        return 'from class'

    def up():
        return super(OfClass, OfClass).who(OfClass)


out.append(OfClass.up())
T = type('T', (Who,), {'x': 1})
out.append((T.x, T().who(), T.__name__, type(T), type(5), type(T())is T))
for text in ['type()', 'type(1, 2)', 'type(1, (), {})', 'type("T", 1, {})', 'type("T", (), 1)', 'type(x=1)']:
    try:
        eval(text)
    except TypeError as e:
        out.append((text, type(e).__name__))


class E(ValueError):
    def __init__(self, a, *, b=1):
        self.b = b


class F(E):
    def __str__(self):
        return 'F!'

    def __repr__(self):
        return 'F?'


out.append((E(1, b=2).b, E(1).args, str(F(1)), repr(F(2)), str(KeyError('k')), str(ValueError(1, 2)), str(ValueError()), repr(ValueError('x', 1))))
for text in ['ValueError(a=1)', 'raise E(1, b=5)']:
    try:
        exec(text)
    except Exception as e:
        out.append((type(e).__name__, str(e)))
out.append((Who.who, Who().who, b.m)[1:1])
