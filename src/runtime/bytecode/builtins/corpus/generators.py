out = []


def count(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                out.append(('got', got))
    finally:
        out.append('done')
    return 'result'


out.append(list(count(3)))
it = count(2)
out.append(next(it))
out.append(it.send('hello'))
try:
    next(it)
except StopIteration as e:
    out.append(('stop', e.value, e.args))
try:
    next(it)
except StopIteration as e:
    out.append(('stop again', e.value, e.args))
try:
    it.throw(KeyError('after the end'))
except KeyError as e:
    out.append(str(e))
out.append(it.close())


def outer():
    result = yield from count(2)
    out.append(('result', result))
    yield 99


out.append(list(outer()))
it = outer()
next(it)
try:
    it.throw(ValueError('thrown'))
except ValueError as e:
    out.append(('thrown', str(e)))
it = count(5)
next(it)
out.append(it.close())
out.append(next(it, 'otherwise'))


def lets_out():
    yield 1
    raise StopIteration


try:
    list(lets_out())
except RuntimeError as e:
    out.append((str(e), repr(e.__cause__), repr(e.__context__)))


def handles():
    try:
        yield 1
    except ValueError as e:
        got = yield ('caught', str(e))
        yield ('after', got)
    yield 'end'


it = handles()
out.append(next(it))
out.append(it.throw(ValueError('v')))
out.append(it.send(9))
out.append(list(it))
it = handles()
try:
    it.throw(ValueError('before the start'))
except ValueError as e:
    out.append(str(e))
out.append(list(it))


def ignores():
    try:
        yield 1
    except GeneratorExit:
        yield 2


it = ignores()
next(it)
try:
    it.close()
except RuntimeError as e:
    out.append(str(e))


def returns_when_closed():
    try:
        yield 1
    except GeneratorExit:
        return 'bye'


it = returns_when_closed()
next(it)
out.append(it.close())


def fails_when_closed():
    try:
        yield 1
    finally:
        1 / 0


it = fails_when_closed()
next(it)
try:
    it.close()
except ZeroDivisionError as e:
    out.append(str(e))


def says_when_closed():
    try:
        yield 1
    finally:
        out.append('closed')


it = says_when_closed()
next(it)
del it
it = fails_when_closed()
next(it)
del it
it = says_when_closed()
out.append(it.close())
it = says_when_closed()
del it


def over(source):
    try:
        result = yield from source
        out.append(('over', result))
    except KeyError as e:
        yield ('outer', str(e))


out.append(list(over([1, 2])))
it = over(handles())
next(it)
out.append(it.throw(ValueError('in')))
out.append(it.throw(KeyError('k')))
it = over(handles())
next(it)
out.append(it.close())
it = over(handles())
next(it)
try:
    it.throw(GeneratorExit('leave'))
except GeneratorExit as e:
    out.append(repr(e))
it = over(handles())
next(it)
try:
    it.throw(GeneratorExit)
except GeneratorExit as e:
    out.append(repr(e))
it = over(fails_when_closed())
next(it)
try:
    it.close()
except ZeroDivisionError as e:
    out.append(('close', str(e)))
it = over(iter([1, 2]))
next(it)
try:
    it.throw(ValueError('to a list'))
except ValueError as e:
    out.append(str(e))
it = over(iter([1, 2]))
next(it)
it.close()
try:
    over(iter([1])).throw(KeyError)
except KeyError as e:
    out.append(repr(e))
it = over(iter([1, 2]))
next(it)
try:
    it.send(5)
except AttributeError:
    out.append('no send')


class Own:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration('value')
        return self.n

    def send(self, value):
        return ('sent', value)

    def throw(self, error):
        return ('threw', str(error))

    def close(self):
        out.append('own closed')


out.append(list(over(Own())))
out.append([x for x in Own()])
it = over(Own())
next(it)
out.append(it.send(7))
out.append(it.throw(ValueError('own')))
it.close()


class Failing(Own):
    def __next__(self):
        raise ValueError('failing')

    def close(self):
        raise KeyError('in close')

    def throw(self, error):
        raise KeyError('in throw')


try:
    list(over(Failing()))
except ValueError as e:
    out.append(str(e))
try:
    [x for x in Failing()]
except ValueError as e:
    out.append(str(e))


class FailingLater(Failing):
    def __next__(self):
        return 1


it = over(FailingLater())
next(it)
try:
    it.close()
except RuntimeError as e:
    out.append(('close', str(e)))
it = over(FailingLater())
next(it)
out.append(it.throw(ValueError('own')))
it = handles()
try:
    it.send(5)
except TypeError as e:
    out.append(str(e))
out.append(it.send(None))


def asks_itself():
    yield next(me)


me = asks_itself()
try:
    next(me)
except ValueError as e:
    out.append(str(e))


def delegates_to_itself():
    yield from me


me = delegates_to_itself()
try:
    next(me)
except ValueError as e:
    out.append(str(e))


def closes_itself():
    try:
        me.close()
    except ValueError as e:
        yield str(e)
    try:
        me.throw(KeyError)
    except ValueError as e:
        yield str(e)


me = closes_itself()
out.append(list(me))
it = handles()
next(it)
try:
    it.throw(5)
except TypeError as e:
    out.append(str(e))
out.append(next(it))
out.append(list(x * y for x in range(3) for y in range(2)))


def inner():
    try:
        raise KeyError('inner')
    except KeyError:
        yield 1
        try:
            raise
        except KeyError as e:
            yield repr(e)
    try:
        raise
    except ValueError as e:
        yield ('from outside', str(e))


def handling():
    try:
        raise ValueError('outer')
    except ValueError:
        for value in inner():
            out.append(value)
        try:
            raise
        except ValueError as e:
            out.append(('still', str(e)))


handling()


def holding():
    try:
        raise KeyError('held')
    except KeyError:
        yield 1


it = holding()
next(it)
it.close()
it = holding()
next(it)
del it


def waits():
    x = yield
    while x:
        x = yield x * 2


it = waits()
next(it)
out.append([it.send(1), it.send(2)])


def deep(n):
    if n:
        yield from deep(n - 1)
    yield n


out.append(list(deep(20)))


def too_deep(n):
    yield from too_deep(n + 1)


try:
    list(too_deep(0))
except RecursionError as e:
    out.append(str(e))
out.append(repr(count(1))[:24])
out.append([x for x in (y for y in range(3))])


def rethrows():
    try:
        yield 1
    except ValueError:
        raise KeyError('instead')


it = rethrows()
next(it)
try:
    it.throw(ValueError('first'))
except KeyError as e:
    out.append((repr(e), repr(e.__context__)))
