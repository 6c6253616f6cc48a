#: An attribute is looked up in the object, then in its class, then in what that is based on
class Base:
    where = 'base'
    other = 'base'


class Thing(Base):
    where = 'class'


thing = Thing()
out = [(thing.where, thing.other, Thing.where, Thing.other, Base.where)]
thing.where = 'object'
Base.other = 'changed'
out.append((thing.where, thing.other, Thing.where, Thing.other))
del thing.where
Thing.other = 'class'
out.append((thing.where, thing.other, Base.other))
del Thing.other
out.append(thing.other)
#= ('class', 'base', 'class', 'base', 'base')
#= ('object', 'changed', 'class', 'changed')
#= ('class', 'class', 'changed')
#= 'changed'

#: A function in a class becomes a method of the object; one in the object does not
class Thing:
    def method(self, *values):
        return ('method', values)

    builtin = len
    table = [1]


thing = Thing()
held = thing.method
thing.own = lambda *values: ('own', values)
out = [thing.method(1), held(2), Thing.method(thing, 3), thing.own(4), thing.builtin([5]), thing.table is Thing.table]
thing.method = lambda *values: ('instead', values)
out.append((thing.method(6), held(7), held.__class__.__name__, Thing.method is Thing.method, thing.own is thing.own))
#= ('method', (1,))
#= ('method', (2,))
#= ('method', (3,))
#= ('own', (4,))
#= 1
#= True
#= (('instead', (6,)), ('method', (7,)), 'method', True, True)

#: A method of a built-in class is bound to its object, and can be had from the class
append = [].append
values = [1]
add = values.append
add(2)
list.append(values, 3)
out = [values, 'a-b'.split('-'), str.split('c d'), append(1), {}.get('x', 5), dict.get({'x': 6}, 'x'), 'x'.upper.__name__]
#= [1, 2, 3]
#= ['a', 'b']
#= ['c', 'd']
#= None
#= 5
#= 6
#= 'upper'

#: What is missing is named, with whose it is
class Thing:
    pass


def delete(target, name):
    delattr(target, name)


def f():
    pass


thing = Thing()
out = []
for attempt in [
    lambda: thing.missing,
    lambda: Thing.missing,
    lambda: int.missing,
    lambda: (5).missing,
    lambda: None.missing,
    lambda: f.missing,
    lambda: len.missing,
    lambda: [].missing,
    lambda: delete(thing, 'missing'),
    lambda: delete(Thing, 'missing'),
    lambda: delete(5, 'real_'),
    lambda: thing.missing(),
    lambda: Thing.missing(),
    lambda: ValueError().missing,
]:
    try:
        attempt()
    except AttributeError as error:
        out.append(str(error))
#= "'Thing' object has no attribute 'missing'"
#= "type object 'Thing' has no attribute 'missing'"
#= "type object 'int' has no attribute 'missing'"
#= "'int' object has no attribute 'missing'"
#= "'NoneType' object has no attribute 'missing'"
#= "'function' object has no attribute 'missing'"
#= "'builtin_function_or_method' object has no attribute 'missing'"
#= "'list' object has no attribute 'missing'"
#= "'Thing' object has no attribute 'missing'"
#= "type object 'Thing' has no attribute 'missing'"
#= "'int' object has no attribute 'real_' and no __dict__ for setting new attributes"
#= "'Thing' object has no attribute 'missing'"
#= "type object 'Thing' has no attribute 'missing'"
#= "'ValueError' object has no attribute 'missing'"

#: What cannot be set is refused, with the reason
def assign(target, name, value=1):
    setattr(target, name, value)


def f():
    pass


class Thing:
    pass


out = []
for attempt in [
    lambda: assign(5, 'x'),
    lambda: assign([], 'append'),
    lambda: assign(int, 'x'),
    lambda: assign(object, 'x'),
    lambda: assign(ValueError, 'x'),
    lambda: assign(None, 'x'),
    lambda: assign('a', 'upper'),
    lambda: delattr([], 'append'),
    lambda: delattr(int, 'x'),
]:
    try:
        attempt()
    except (AttributeError, TypeError) as error:
        out.append((type(error).__name__, str(error)))
assign(f, 'mark', [1])
assign(Thing, 'mark', 2)
out.append((f.mark, Thing.mark, Thing().mark))
del f.mark
out.append(hasattr(f, 'mark'))
#= ('AttributeError', "'int' object has no attribute 'x' and no __dict__ for setting new attributes")
#= ('AttributeError', "'list' object attribute 'append' is read-only")
#= ('TypeError', "cannot set 'x' attribute of immutable type 'int'")
#= ('TypeError', "cannot set 'x' attribute of immutable type 'object'")
#= ('TypeError', "cannot set 'x' attribute of immutable type 'ValueError'")
#= ('AttributeError', "'NoneType' object has no attribute 'x' and no __dict__ for setting new attributes")
#= ('AttributeError', "'str' object attribute 'upper' is read-only")
#= ('AttributeError', "'list' object attribute 'append' is read-only")
#= ('TypeError', "cannot set 'x' attribute of immutable type 'int'")
#= ([1], 2, 2)
#= False

#: A class may answer for attributes that it does not have
class Answering:
    there = 1

    def __getattr__(self, name):
        if name == 'none':
            raise AttributeError('own words')
        return ('asked', name)


answering = Answering()
answering.own = 2
out = [answering.there, answering.own, answering.else_, hasattr(answering, 'none'), getattr(answering, 'none', 3)]
try:
    answering.none
except AttributeError as error:
    out.append(str(error))
try:
    Answering.missing
except AttributeError as error:
    out.append(str(error))
#= 1
#= 2
#= ('asked', 'else_')
#= False
#= 3
#= 'own words'
#= "type object 'Answering' has no attribute 'missing'"

#: What is computed prevails over what stands in the object
def f(a, b=2, *, c=3):
    return a


def outer():
    captured = 1

    def inner():
        return captured

    return inner


error = ValueError(1, 2)
out = [
    (f.__name__, f.__qualname__, f.__defaults__, f.__kwdefaults__, f.__closure__),
    (outer().__qualname__, len(outer().__closure__), f.__code__.co_name, f.__code__.co_argcount),
    (error.args, error.__cause__, error.__context__, error.__class__.__name__),
    (int.__name__, bool.__bases__ == (int,), [c.__name__ for c in bool.__mro__], type(type).__name__, len.__name__),
    ((5).__class__ is int, int.__class__ is type, type.__class__ is type, f.__globals__ is outer.__globals__),
]
#= ('f', 'f', (2,), {'c': 3}, None)
#= ('outer.<locals>.inner', 1, 'f', 2)
#= ((1, 2), None, None, 'ValueError')
#= ('int', True, ['bool', 'int', 'object'], 'type', 'len')
#= (True, True, True, True)

#: Methods of one object from one function are called with it, and hold it
class Counter:
    def __init__(self):
        self.count = 0

    def increase(self, by=1):
        self.count += by
        return self.count


counter = Counter()
increase = counter.increase
del counter
out = [increase(), increase(5), increase(by=2)]
#= 1
#= 6
#= 8

#: A class body's namespace is the class's, and later changes show
class Thing:
    value = 1
    doubled = value * 2

    def get(self):
        return self.value

    again = get


thing = Thing()
Thing.value = 7
Thing.get = lambda self: ('new', self.value)
out = [thing.doubled, thing.get(), thing.again()]
#= 2
#= ('new', 7)
#= 7
