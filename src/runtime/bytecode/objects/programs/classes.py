#: Names are looked up in an order in which each class comes before what it is based on
class A:
    def who(self):
        return 'A'


class B(A):
    pass


class C(A):
    def who(self):
        return 'C'


class D(B, C):
    pass


class E(D, Exception):
    pass


out = [
    D().who(),
    [c.__name__ for c in D.__mro__],
    [c.__name__ for c in E.__mro__],
    (D.__bases__ == (B, C), A.__bases__ == (object,)),
    (E(1).args, isinstance(E(), Exception), isinstance(E(), C), issubclass(E, A)),
]
try:
    raise E('text')
except Exception as error:
    out.append((str(error), isinstance(error, D)))
#= 'C'
#= ['D', 'B', 'C', 'A', 'object']
#= ['E', 'D', 'B', 'C', 'A', 'Exception', 'BaseException', 'object']
#= (True, True)
#= ((1,), True, True, True)
#= ('text', True)

#: A class that cannot be is refused
class A:
    pass


class B(A):
    pass


class X:
    pass


class Y:
    pass


class XY(X, Y):
    pass


class YX(Y, X):
    pass


def derive(*bases):
    return type('Derived', bases, {})


out = []
for bases in [(A, A), (A, B), (XY, YX), (bool,), (type(None),), (type(len),)]:
    try:
        derive(*bases)
    except TypeError as error:
        out.append(str(error).split('\n')[0][:48])
#= 'duplicate base class A'
#= 'Cannot create a consistent method resolution ord'
#= 'Cannot create a consistent method resolution ord'
#= "type 'bool' is not an acceptable base type"
#= "type 'NoneType' is not an acceptable base type"
#= "type 'builtin_function_or_method' is not an acce"

#: A class can be made by a call, and keeps a namespace of its own
namespace = {'value': 1, 'get': lambda self: self.value}
Made = type('Made', (), namespace)
namespace['value'] = 2
Made.added = 3
out = [(Made.__name__, Made().get(), Made.value, sorted(namespace))]
for arguments in [(1, (), {}), ('X', 1, {}), ('X', (), 1), ('X', ())]:
    try:
        type(*arguments)
    except TypeError as error:
        out.append(str(error))
#= ('Made', 1, 1, ['get', 'value'])
#= 'type.__new__() argument 1 must be str, not int'
#= 'type.__new__() argument 2 must be tuple, not int'
#= 'type.__new__() argument 3 must be dict, not int'
#= 'type() takes 1 or 3 arguments'

#: What is made begins with what `__new__` makes, and `__init__` gets the same values
log = []


class Thing:
    def __new__(cls, *values, **named):
        log.append(('new', cls.__name__, values, sorted(named)))
        return object.__new__(cls)

    def __init__(self, *values, **named):
        log.append(('init', values, sorted(named)))


class Elsewhere:
    def __new__(cls):
        return 'not one'

    def __init__(self):
        log.append('never')


class Silent:
    pass


class Two:
    def __init__(self, one, two=2):
        self.both = (one, two)


Thing(1, x=2)
out = [log, Elsewhere(), Two(1).both, Two(two=4, one=3).both]
for attempt in [lambda: Silent(1), lambda: Two(), lambda: Two(1, 2, 3), lambda: Silent(x=1), lambda: object(1)]:
    try:
        attempt()
    except TypeError as error:
        out.append(str(error))
#= [('new', 'Thing', (1,), ['x']), ('init', (1,), ['x'])]
#= 'not one'
#= (1, 2)
#= (3, 4)
#= 'Silent() takes no arguments'
#= "Two.__init__() missing 1 required positional argument: 'one'"
#= 'Two.__init__() takes from 2 to 3 positional arguments but 4 were given'
#= 'Silent() takes no arguments'
#= 'object() takes no arguments'

#: Everything has a class
def f():
    pass


def g():
    yield


class A:
    def m(self):
        pass


values = [None, True, 1, 1.5, 'a', b'a', ..., NotImplemented, (), [], {}, set(), frozenset(), slice(1), range(1), f, len, A().m, [].append, g(), A, A(), ValueError(), f.__code__]
out = [[type(value).__name__ for value in values]]
#= ['NoneType', 'bool', 'int', 'float', 'str', 'bytes', 'ellipsis', 'NotImplementedType', 'tuple', 'list', 'dict', 'set', 'frozenset', 'slice', 'range', 'function', 'builtin_function_or_method', 'method', 'builtin_function_or_method', 'generator', 'type', 'A', 'ValueError', 'code']

#: What an object is an instance of may be asked of several classes at once
class A:
    pass


class B(A):
    pass


out = [
    (isinstance(B(), A), isinstance(A(), B), isinstance(B(), (int, (str, A))), isinstance(1, object), isinstance(True, int)),
    (issubclass(B, A), issubclass(A, B), issubclass(B, (int, A)), issubclass(bool, int), issubclass(A, object), issubclass(A, A)),
]
for attempt in [lambda: isinstance(1, 1), lambda: issubclass(1, int), lambda: issubclass(A, 1)]:
    try:
        attempt()
    except TypeError as error:
        out.append(str(error))
#= (True, False, True, True, True)
#= (True, False, True, True, True, True)
#= 'isinstance() arg 2 must be a type, a tuple of types, or a union'
#= 'issubclass() arg 1 must be a class'
#= 'issubclass() arg 2 must be a class, a tuple of classes, or a union'

#: Objects of one class have attributes of their own
class Thing:
    shared = []


one = Thing()
two = Thing()
one.own = 1
one.shared.append('both')
two.shared = ['own']
out = [hasattr(two, 'own'), one.shared, two.shared, Thing.shared]
for each in range(20):
    setattr(one, 'n' + str(each), each)
out.append(sum(getattr(one, 'n' + str(each)) for each in range(20)))
#= False
#= ['both']
#= ['own']
#= ['both']
#= 190
