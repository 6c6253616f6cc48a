#: Built-in functions count their arguments and know their names
class Thing:
    there = 1

    def __getattr__(self, name):
        raise ValueError(name)


class A:
    pass


thing = Thing()
counted = {}
out = [getattr(thing, 'there', 2), counted.setdefault('x'), counted]
for attempt in [
    lambda: hasattr(thing),
    lambda: hasattr(thing, 'x', 1),
    lambda: hasattr(thing, 'absent'),
    lambda: getattr(thing, 'absent', 3),
    lambda: int(**5),
    lambda: A(**5),
    lambda: len(**5),
    lambda: len(*5),
    lambda: int('x'),
    lambda: int('0b12', 2),
]:
    try:
        attempt()
    except (TypeError, ValueError) as error:
        out.append((type(error).__name__, str(error)))
#= 1
#= None
#= {'x': None}
#= ('TypeError', 'hasattr expected 2 arguments, got 1')
#= ('TypeError', 'hasattr expected 2 arguments, got 3')
#= ('ValueError', 'absent')
#= ('ValueError', 'absent')
#= ('TypeError', 'int() argument after ** must be a mapping, not int')
#= ('TypeError', '__main__.A() argument after ** must be a mapping, not int')
#= ('TypeError', 'len() argument after ** must be a mapping, not int')
#= ('TypeError', 'len() argument after * must be an iterable, not int')
#= ('ValueError', "invalid literal for int() with base 10: 'x'")
#= ('ValueError', "invalid literal for int() with base 2: '0b12'")

#: What a delegate says when an exception is thrown into it is the value of the delegation
class Delegate:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def throw(self, error):
        raise StopIteration(('thrown', str(error)))


def delegating():
    value = yield from Delegate()
    yield ('got', value)


generator = delegating()
out = [next(generator), generator.throw(ValueError('x'))]
#= 1
#= ('got', ('thrown', 'x'))

#: A class's body finds names that it made itself, however it did, before those of functions around it
def around():
    x = 1

    class Inside:
        before = x
        exec('x = 2')
        after = x

    return Inside.before, Inside.after, x


out = [around()]
#= (1, 2, 1)

#: The variable that leads methods to their class is the class, whatever it was before
class Thing:
    def set():
        nonlocal __class__
        __class__ = 5

    def get(self):
        return __class__.__name__

    set()


out = [Thing().get()]
#= 'Thing'

#: A method that is a generator makes iterators
class Counting:
    def __iter__(self):
        yield 1
        yield 2


out = [list(Counting()), 2 in Counting(), [*Counting()]]
#= [1, 2]
#= True
#= [1, 2]

#: A class statement takes no keywords
out = []
try:

    class Keyed(x=1):
        pass

except TypeError as error:
    out.append(str(error))
#= 'Keyed.__init_subclass__() takes no keyword arguments'
