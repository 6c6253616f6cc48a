#: What only says when it is equal is unequal otherwise
class Equal:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == other.value


class Odd:
    def __eq__(self, other):
        return []


out = [Equal(1) == Equal(1), Equal(1) != Equal(1), Equal(1) != Equal(2), Odd() == 1, Odd() != 1]
#= True
#= False
#= True
#= []
#= True

#: What has no answer about equality is equal to itself alone
class Silent:
    def __eq__(self, other):
        return NotImplemented


silent = Silent()
out = [Silent() == Silent(), Silent() != Silent(), silent == silent, silent != silent, silent == 1, 1 != silent]
#= False
#= True
#= True
#= False
#= False
#= True

#: A comparison answers whatever the class says, from either side
class Chatty:
    def __eq__(self, other):
        return 5

    def __ne__(self, other):
        return 'unequal'


out = [Chatty() == 1, Chatty() != 1, 1 == Chatty(), 1 != Chatty()]
#= 5
#= 'unequal'
#= 5
#= 'unequal'

#: What is derived from the left operand's class is asked first: always to compare, to calculate if it changes the operator
class Base:
    def __lt__(self, other):
        return 'Base.lt'

    def __gt__(self, other):
        return 'Base.gt'

    def __le__(self, other):
        return 'Base.le'

    def __ge__(self, other):
        return 'Base.ge'

    def __eq__(self, other):
        return 'Base.eq'

    def __add__(self, other):
        return 'Base.add'

    def __radd__(self, other):
        return 'Base.radd'


class Changed(Base):
    def __gt__(self, other):
        return 'Changed.gt'

    def __eq__(self, other):
        return 'Changed.eq'

    def __radd__(self, other):
        return 'Changed.radd'


class Same(Base):
    pass


class Refusing(Base):
    def __radd__(self, other):
        return NotImplemented

    def __gt__(self, other):
        return NotImplemented


out = [
    (Base() < Changed(), Changed() < Base(), Base() > Changed(), Base() <= Changed(), Base() >= Changed(), Base() == Changed()),
    (Base() < Same(), Same() < Base(), Base() < Refusing()),
    (Base() + Changed(), Changed() + Base(), Base() + Same(), Same() + Base(), Base() + Refusing()),
]
#= ('Changed.gt', 'Base.lt', 'Base.lt', 'Base.ge', 'Base.le', 'Changed.eq')
#= ('Base.gt', 'Base.lt', 'Base.lt')
#= ('Changed.radd', 'Base.add', 'Base.add', 'Base.add', 'Base.add')

#: The right operand answers if the left one does not, and nobody is asked twice
asked = []


class Left:
    def __add__(self, other):
        asked.append('add')
        return NotImplemented

    def __lt__(self, other):
        asked.append('lt')
        return NotImplemented


class Right:
    def __radd__(self, other):
        asked.append('radd')
        return type(other).__name__

    def __gt__(self, other):
        asked.append('gt')
        return type(other).__name__


class Unwilling(Exception):
    def __radd__(self, other):
        asked.append('radd')
        return NotImplemented


out = [(Left() + Right(), Left() < Right(), 1 + Right(), 1 < Right(), asked)]
asked = []
for attempt in [
    lambda: Left() + Left(),
    lambda: Left() < Left(),
    lambda: Left() + 1,
    lambda: 1 + Left(),
    lambda: Left() - Left(),
    lambda: 1 < Left(),
    lambda: Left() >= Left(),
    lambda: Left() + Unwilling(),
    lambda: Left() ** 2,
]:
    try:
        attempt()
    except TypeError as error:
        out.append(str(error))
out.append(asked)
#= ('Left', 'Left', 'int', 'int', ['add', 'radd', 'lt', 'gt', 'radd', 'gt'])
#= "unsupported operand type(s) for +: 'Left' and 'Left'"
#= "'<' not supported between instances of 'Left' and 'Left'"
#= "unsupported operand type(s) for +: 'Left' and 'int'"
#= "unsupported operand type(s) for +: 'int' and 'Left'"
#= "unsupported operand type(s) for -: 'Left' and 'Left'"
#= "'<' not supported between instances of 'int' and 'Left'"
#= "'>=' not supported between instances of 'Left' and 'Left'"
#= "unsupported operand type(s) for +: 'Left' and 'Unwilling'"
#= "unsupported operand type(s) for ** or pow(): 'Left' and 'int'"
#= ['add', 'lt', 'add', 'add', 'radd']

#: An operator in place falls back on the plain one
class Number:
    def __iadd__(self, other):
        return NotImplemented

    def __add__(self, other):
        return ('add', other)

    def __isub__(self, other):
        return ('isub', other)

    def __mul__(self, other):
        return ('mul', other)

    def __rmul__(self, other):
        return ('rmul', other)


out = []
x = Number()
x += 1
out.append(x)
x = Number()
x -= 1
out.append(x)
x = Number()
x *= 3
out.append(x)
x = 3
x *= Number()
out.append(x)
x = Number()
try:
    x /= 2
except TypeError as error:
    out.append(str(error))
try:
    x @= 2
except TypeError as error:
    out.append(str(error))
#= ('add', 1)
#= ('isub', 1)
#= ('mul', 3)
#= ('rmul', 3)
#= "unsupported operand type(s) for /=: 'Number' and 'int'"
#= "unsupported operand type(s) for @=: 'Number' and 'int'"

#: Every operator has its method
class All:
    def __and__(self, other):
        return 'and'

    def __or__(self, other):
        return 'or'

    def __xor__(self, other):
        return 'xor'

    def __lshift__(self, other):
        return 'lshift'

    def __rshift__(self, other):
        return 'rshift'

    def __floordiv__(self, other):
        return 'floordiv'

    def __truediv__(self, other):
        return 'truediv'

    def __mod__(self, other):
        return 'mod'

    def __pow__(self, other):
        return 'pow'

    def __matmul__(self, other):
        return 'matmul'

    def __sub__(self, other):
        return 'sub'

    def __invert__(self):
        return 'invert'

    def __neg__(self):
        return 'neg'

    def __pos__(self):
        return 'pos'


x = All()
out = [(x & 1, x | 1, x ^ 1, x << 1, x >> 1), (x // 1, x / 1, x % 1, x ** 1, x @ 1, x - 1), (~x, -x, +x)]
#= ('and', 'or', 'xor', 'lshift', 'rshift')
#= ('floordiv', 'truediv', 'mod', 'pow', 'matmul', 'sub')
#= ('invert', 'neg', 'pos')

#: What a class has no method for is refused
class Nothing:
    pass


def assign():
    Nothing()[0] = 1


def delete(key):
    del Nothing()[key]


out = []
for attempt in [
    lambda: -Nothing(),
    lambda: +Nothing(),
    lambda: ~Nothing(),
    lambda: Nothing()[0],
    assign,
    lambda: delete(0),
    lambda: delete('a'),
    lambda: len(Nothing()),
    lambda: iter(Nothing()),
    lambda: next(Nothing()),
    lambda: Nothing()(),
    lambda: 1 in Nothing(),
]:
    try:
        attempt()
    except TypeError as error:
        out.append(str(error))
#= "bad operand type for unary -: 'Nothing'"
#= "bad operand type for unary +: 'Nothing'"
#= "bad operand type for unary ~: 'Nothing'"
#= "'Nothing' object is not subscriptable"
#= "'Nothing' object does not support item assignment"
#= "'Nothing' object doesn't support item deletion"
#= "'Nothing' object does not support item deletion"
#= "object of type 'Nothing' has no len()"
#= "'Nothing' object is not iterable"
#= "'Nothing' object is not an iterator"
#= "'Nothing' object is not callable"
#= "argument of type 'Nothing' is not a container or iterable"

#: Texts are what classes say, or what they are made with
class Written:
    def __repr__(self):
        return 'repr'


class Said:
    def __str__(self):
        return 'str'


class Derived(Written):
    pass


class OwnText(Exception):
    def __str__(self):
        return 'own'


class OwnRepr(Exception):
    def __repr__(self):
        return 'own repr'


class Key(KeyError):
    pass


out = [
    (repr(Written()), str(Written()), str(Said()), [Written()], {1: Written()}, (Derived(),)),
    (repr(Said())[:26], repr(OwnText(1)), str(OwnText(1)), OwnRepr(1), str(OwnRepr(1))),
    (str(Exception()), str(Exception(1)), str(Exception(1, 'a')), str(Exception('a')), ValueError(1, [2])),
    (str(KeyError('a')), str(KeyError()), str(KeyError(1, 2)), KeyError('a'), str(Key('x')), Key('x')),
]
#= ('repr', 'repr', 'str', [repr], {1: repr}, (repr,))
#= ('<__main__.Said object at 0', 'OwnText(1)', 'own', own repr, '1')
#= ('', '1', "(1, 'a')", 'a', ValueError(1, [2]))
#= ("'a'", '', '(1, 2)', KeyError('a'), "'x'", Key('x'))

#: A text that is none is refused
class NoText:
    def __repr__(self):
        return 5

    def __str__(self):
        return None


class NoErrorText(Exception):
    def __str__(self):
        return 1


out = []
for attempt in [lambda: repr(NoText()), lambda: str(NoText()), lambda: str(NoErrorText())]:
    try:
        attempt()
    except TypeError as error:
        out.append(str(error))
#= '__repr__ returned non-string (type int)'
#= '__str__ returned non-string (type NoneType)'
#= '__str__ returned non-string (type int)'

#: What is true says so, or has a length, or is simply there
class Empty:
    def __len__(self):
        return 0


class Full:
    def __len__(self):
        return 3


class False_:
    def __bool__(self):
        return False


class Both:
    def __bool__(self):
        return True

    def __len__(self):
        return 0


class Plain:
    pass


class One:
    def __len__(self):
        return True


out = [(bool(Empty()), bool(Full()), bool(False_()), bool(Both()), bool(Plain())), (not Empty(), len(One()), len(Full()))]
#= (False, True, False, True, True)
#= (True, 1, 3)

#: A truth value or length that is none is refused
class Number:
    def __bool__(self):
        return 1


class Negative:
    def __len__(self):
        return -1


class Text:
    def __len__(self):
        return 'x'


class Huge:
    def __len__(self):
        return 2**70


out = []
for attempt in [
    lambda: bool(Number()),
    lambda: len(Negative()),
    lambda: bool(Negative()),
    lambda: len(Text()),
    lambda: bool(Text()),
    lambda: len(Huge()),
]:
    try:
        attempt()
    except (TypeError, ValueError, OverflowError) as error:
        out.append((type(error).__name__, str(error)))
#= ('TypeError', '__bool__ should return bool, returned int')
#= ('ValueError', '__len__() should return >= 0')
#= ('ValueError', '__len__() should return >= 0')
#= ('TypeError', "'str' object cannot be interpreted as an integer")
#= ('TypeError', "'str' object cannot be interpreted as an integer")
#= ('OverflowError', "cannot fit 'int' into an index-sized integer")

#: Hashes are what classes say, for equal objects alike
class Hashed:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return self.value

    def __eq__(self, other):
        return self.value == other.value


class Plain:
    pass


class Inheriting(Hashed):
    pass


plain = Plain()
found = {Hashed(1): 'a', Hashed(2): 'b', plain: 'plain'}
out = [
    (found[Hashed(1)], found[Hashed(2)], found[plain], Hashed(3) in found, Plain() in found),
    (hash(Hashed(5)), hash(Hashed(-1)), hash(Hashed(2**100)), hash(Hashed(True)), hash(plain) == hash(plain), hash(Inheriting(4))),
]
#= ('a', 'b', 'plain', False, False)
#= (5, -2, 549755813888, 1, True, 4)

#: What says when it is equal, or that it has no hash, has none unless it says which
class NoNumber:
    def __hash__(self):
        return 'x'


class Equal:
    def __eq__(self, other):
        return True


class Nothing:
    __hash__ = None


class Base:
    def __hash__(self):
        return 1


class Changed(Base):
    def __eq__(self, other):
        return False


class Again(Equal):
    def __hash__(self):
        return 3


out = [hash(Again()), Equal.__hash__]
for value in [NoNumber(), Equal(), Nothing(), Changed(), [], {}, set()]:
    for attempt in [lambda: hash(value), lambda: {value: 1}]:
        try:
            attempt()
        except TypeError as error:
            out.append(str(error))
#= 3
#= None
#= '__hash__ method should return an integer'
#= '__hash__ method should return an integer'
#= "unhashable type: 'Equal'"
#= "unhashable type: 'Equal'"
#= "unhashable type: 'Nothing'"
#= "unhashable type: 'Nothing'"
#= "unhashable type: 'Changed'"
#= "unhashable type: 'Changed'"
#= "unhashable type: 'list'"
#= "unhashable type: 'list'"
#= "unhashable type: 'dict'"
#= "unhashable type: 'dict'"
#= "unhashable type: 'set'"
#= "unhashable type: 'set'"

#: What is in a thing it says itself, or iterating over it shows
class Larger:
    def __contains__(self, item):
        return item > 5 and [1]


class Iterable:
    def __iter__(self):
        return iter([1, 2])


class Counting:
    def __init__(self):
        self.count = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.count += 1
        if self.count > 3:
            raise StopIteration
        return self.count


class Stop(StopIteration):
    pass


class Stopping(Counting):
    def __next__(self):
        raise Stop(1)


out = [(6 in Larger(), 5 in Larger(), 1 in Iterable(), 3 in Iterable()), (list(Counting()), 2 in Counting(), list(Stopping()))]
#= (True, False, True, False)
#= ([1, 2, 3], True, [])

#: Iterating over what is no iterator, or fails, is refused
class Number:
    def __iter__(self):
        return 5


class Itself:
    def __iter__(self):
        return self


class Failing:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError('next')


class OnlyNext:
    def __next__(self):
        return 1


class Losing:
    def __iter__(self):
        return self

    def __next__(self):
        del Losing.__next__
        return 1


def lose():
    for _ in Losing():
        pass


out = [next(OnlyNext())]
for attempt in [
    lose,
    lambda: list(Number()),
    lambda: list(Itself()),
    lambda: iter(OnlyNext()),
    lambda: list(Failing()),
]:
    try:
        attempt()
    except (TypeError, ValueError) as error:
        out.append(str(error))
#= 1
#= "'Losing' object is not iterable"
#= "iter() returned non-iterator of type 'int'"
#= "iter() returned non-iterator of type 'Itself'"
#= "'OnlyNext' object is not iterable"
#= 'next'

#: Items are whatever the class makes of keys
class Items:
    def __init__(self):
        self.log = []

    def __getitem__(self, key):
        return ('got', key)

    def __setitem__(self, key, value):
        self.log.append(('set', key, value))

    def __delitem__(self, key):
        self.log.append(('deleted', key))


items = Items()
items[1] = 2
del items[3]
items['a', 'b'] = 4
items[1:2] = 5
out = [items[1], items[1:2], items.log]
#= ('got', 1)
#= ('got', slice(1, 2, None))
#= [('set', 1, 2), ('deleted', 3), ('set', ('a', 'b'), 4), ('set', slice(1, 2, None), 5)]
