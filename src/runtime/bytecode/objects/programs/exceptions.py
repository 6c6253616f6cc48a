#: An exception knows what was being handled when it was raised, and what it was raised from
out = []
try:
    try:
        raise ValueError('first')
    except ValueError:
        raise KeyError('second')
except KeyError as error:
    out.append((error.__context__, error.__cause__, error.__context__.__context__))
try:
    try:
        raise ValueError('first')
    except ValueError as first:
        raise KeyError('second') from first
except KeyError as error:
    out.append((error.__context__, error.__cause__, error.__context__ is error.__cause__))
try:
    try:
        raise ValueError('first')
    except ValueError:
        raise KeyError('second') from None
except KeyError as error:
    out.append((error.__context__, error.__cause__))
#= (ValueError('first'), None, None)
#= (ValueError('first'), ValueError('first'), True)
#= (ValueError('first'), None)

#: A chain of contexts has an end: who is raised again leaves its place in it
out = []
first = ValueError('first')
second = KeyError('second')
third = TypeError('third')


def chained(error):
    chain = []
    while error is not None and len(chain) < 10:
        chain.append(str(error))
        error = error.__context__
    return chain


try:
    try:
        try:
            raise first
        except ValueError:
            raise second
    except KeyError:
        raise third
except TypeError:
    try:
        raise first
    except ValueError as error:
        out.append(chained(error))
        out.append(chained(second))
try:
    raise first
except ValueError:
    try:
        raise first
    except ValueError as error:
        out.append(chained(error))
#= ['first', 'third', "'second'"]
#= ["'second'"]
#= ['first', 'third', "'second'"]

#: Exceptions of every kind are caught by what they are based on
kinds = [
    ArithmeticError, FloatingPointError, OverflowError, ZeroDivisionError, AssertionError, AttributeError, BufferError, EOFError,
    ImportError, LookupError, IndexError, KeyError, MemoryError, NameError, UnboundLocalError, OSError, TimeoutError,
    ReferenceError, RuntimeError, NotImplementedError, RecursionError, StopIteration, SyntaxError, SystemError, TypeError,
    ValueError, UnicodeError, Warning, DeprecationWarning, RuntimeWarning, UserWarning, KeyboardInterrupt, SystemExit, GeneratorExit,
]
out = [[[base.__name__ for base in kind.__mro__] for kind in kinds]]
caught = []
for kind in kinds:
    try:
        raise kind
    except Exception as error:
        caught.append(type(error).__name__)
    except BaseException as error:
        caught.append('base ' + type(error).__name__)
out.append(caught)
#= [['ArithmeticError', 'Exception', 'BaseException', 'object'], ['FloatingPointError', 'ArithmeticError', 'Exception', 'BaseException', 'object'], ['OverflowError', 'ArithmeticError', 'Exception', 'BaseException', 'object'], ['ZeroDivisionError', 'ArithmeticError', 'Exception', 'BaseException', 'object'], ['AssertionError', 'Exception', 'BaseException', 'object'], ['AttributeError', 'Exception', 'BaseException', 'object'], ['BufferError', 'Exception', 'BaseException', 'object'], ['EOFError', 'Exception', 'BaseException', 'object'], ['ImportError', 'Exception', 'BaseException', 'object'], ['LookupError', 'Exception', 'BaseException', 'object'], ['IndexError', 'LookupError', 'Exception', 'BaseException', 'object'], ['KeyError', 'LookupError', 'Exception', 'BaseException', 'object'], ['MemoryError', 'Exception', 'BaseException', 'object'], ['NameError', 'Exception', 'BaseException', 'object'], ['UnboundLocalError', 'NameError', 'Exception', 'BaseException', 'object'], ['OSError', 'Exception', 'BaseException', 'object'], ['TimeoutError', 'OSError', 'Exception', 'BaseException', 'object'], ['ReferenceError', 'Exception', 'BaseException', 'object'], ['RuntimeError', 'Exception', 'BaseException', 'object'], ['NotImplementedError', 'RuntimeError', 'Exception', 'BaseException', 'object'], ['RecursionError', 'RuntimeError', 'Exception', 'BaseException', 'object'], ['StopIteration', 'Exception', 'BaseException', 'object'], ['SyntaxError', 'Exception', 'BaseException', 'object'], ['SystemError', 'Exception', 'BaseException', 'object'], ['TypeError', 'Exception', 'BaseException', 'object'], ['ValueError', 'Exception', 'BaseException', 'object'], ['UnicodeError', 'ValueError', 'Exception', 'BaseException', 'object'], ['Warning', 'Exception', 'BaseException', 'object'], ['DeprecationWarning', 'Warning', 'Exception', 'BaseException', 'object'], ['RuntimeWarning', 'Warning', 'Exception', 'BaseException', 'object'], ['UserWarning', 'Warning', 'Exception', 'BaseException', 'object'], ['KeyboardInterrupt', 'BaseException', 'object'], ['SystemExit', 'BaseException', 'object'], ['GeneratorExit', 'BaseException', 'object']]
#= ['ArithmeticError', 'FloatingPointError', 'OverflowError', 'ZeroDivisionError', 'AssertionError', 'AttributeError', 'BufferError', 'EOFError', 'ImportError', 'LookupError', 'IndexError', 'KeyError', 'MemoryError', 'NameError', 'UnboundLocalError', 'OSError', 'TimeoutError', 'ReferenceError', 'RuntimeError', 'NotImplementedError', 'RecursionError', 'StopIteration', 'SyntaxError', 'SystemError', 'TypeError', 'ValueError', 'UnicodeError', 'Warning', 'DeprecationWarning', 'RuntimeWarning', 'UserWarning', 'base KeyboardInterrupt', 'base SystemExit', 'base GeneratorExit']

#: What is no exception cannot be raised, nor be a cause, nor be caught
def uncatchable():
    try:
        raise ValueError
    except 5:
        pass


def strange_cause():
    raise ValueError from 5


def strange():
    raise 5


def strange_class():
    raise int


def nothing():
    raise


out = []
for attempt in [uncatchable, strange_cause, strange, strange_class, nothing]:
    try:
        attempt()
    except (TypeError, RuntimeError) as error:
        out.append((type(error).__name__, str(error)))
#= ('TypeError', 'catching classes that do not inherit from BaseException is not allowed')
#= ('TypeError', 'exception causes must derive from BaseException')
#= ('TypeError', 'exceptions must derive from BaseException')
#= ('TypeError', 'exceptions must derive from BaseException')
#= ('RuntimeError', 'No active exception to reraise')

#: A class of a program's own can say what it is made with
class Own(ValueError):
    def __init__(self, code, text='none'):
        super().__init__(code)
        self.text = text


class Plain(Own):
    pass


out = [(Own(1).args, Own(1, 'a').text, Own(2), str(Own(3)), Plain(4, text='b').text, Plain(4, text='b').args)]
try:
    raise Own
except TypeError as error:
    out.append(str(error))
try:
    raise Own(7) from Own(8)
except Own as error:
    out.append((error.args, error.__cause__.args))
try:
    ValueError(x=1)
except TypeError as error:
    out.append(str(error))
error = Own(9)
error.note = 'set'
out.append((error.note, hasattr(Own(9), 'note')))
#= ((1,), 'a', Own(2), '3', 'b', (4,))
#= "Own.__init__() missing 1 required positional argument: 'code'"
#= ((7,), (8,))
#= 'ValueError() takes no keyword arguments'
#= ('set', False)

#: The arguments of an exception can be told, and StopIteration has a value
out = [
    (ValueError().args, ValueError(1).args, ValueError(1, 2).args, StopIteration().value, StopIteration(3).value, StopIteration(3, 4).value),
]
try:
    {}['missing']
except KeyError as error:
    out.append((error.args, error))
try:
    [][1]
except IndexError as error:
    out.append(error.args)
#= ((), (1,), (1, 2), None, 3, 3)
#= (('missing',), KeyError('missing'))
#= ('list index out of range',)

#: What an exception is told with can be changed, but not to anything
class Own(Exception):
    pass


error = Own(1)
error.args = [2, 3]
error.__context__ = ValueError('context')
out = [(error.args, error, error.__context__, error.__suppress_context__)]
error.__cause__ = KeyError('cause')
out.append((error.__cause__, error.__suppress_context__))
error.__suppress_context__ = False
error.__cause__ = None
out.append((error.__cause__, error.__suppress_context__))
error.__context__ = None
error.__suppress_context__ = False
error.__suppress_context__ = True
out.append((error.__context__, error.__suppress_context__))
for name, value in [('args', 5), ('__cause__', 5), ('__context__', int), ('__suppress_context__', 1)]:
    for attempt in [lambda: setattr(error, name, value), lambda: delattr(error, name)]:
        try:
            attempt()
        except TypeError as refusal:
            out.append(str(refusal))
try:
    len.__name__ = 'x'
except AttributeError as refusal:
    out.append(str(refusal))
#= ((2, 3), Own(2, 3), ValueError('context'), False)
#= (KeyError('cause'), True)
#= (None, True)
#= (None, True)
#= "'int' object is not iterable"
#= 'args may not be deleted'
#= 'exception cause must be None or derive from BaseException'
#= '__cause__ may not be deleted'
#= 'exception context must be None or derive from BaseException'
#= '__context__ may not be deleted'
#= 'attribute value type must be bool'
#= "can't delete numeric/char attribute"
#= "attribute '__name__' of 'builtin_function_or_method' objects is not writable"
