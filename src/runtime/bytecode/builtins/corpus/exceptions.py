out = []


def handle(x):
    try:
        if x == 0:
            raise ValueError('zero')
        if x == 1:
            return 'one'
        if x == 2:
            raise KeyError('k')
        out.append('body')
    except ValueError as e:
        out.append(('caught', str(e), repr(e)))
        return 'v'
    except (KeyError, TypeError) as e:
        raise RuntimeError('again') from e
    else:
        out.append('else')
    finally:
        out.append('finally')
    return 'end'


for i in range(4):
    try:
        out.append(handle(i))
    except RuntimeError as e:
        out.append((str(e), repr(e.__cause__), repr(e.__context__)))


def inner_context():
    try:
        1 / 0
    except ZeroDivisionError:
        try:
            raise
        except ZeroDivisionError as e:
            out.append(str(e))
            [][1]


try:
    inner_context()
except IndexError as e:
    out.append((str(e), repr(e.__context__)))
try:
    raise
except RuntimeError as e:
    out.append(str(e))


def leave_loops():
    seen = []
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            seen.append(i)
        finally:
            seen.append(('finally', i))
    else:
        seen.append('never')
    while True:
        try:
            return seen
        finally:
            seen.append('last')


out.append(leave_loops())


def swallow():
    try:
        raise ValueError
    finally:
        return 'swallowed'


out.append(swallow())


def chained():
    try:
        try:
            raise ValueError(1)
        except ValueError:
            raise KeyError(2)
    except KeyError as e:
        return repr(e), repr(e.__context__), repr(e.__cause__)


out.append(chained())


def from_none():
    try:
        try:
            raise ValueError(1)
        except ValueError:
            raise KeyError(2) from None
    except KeyError as e:
        return repr(e.__context__), e.__cause__


out.append(from_none())


class Odd(Exception):
    def __new__(cls):
        return 5


class Own(ValueError):
    pass


def made_by_function():
    return Own()


for text in [
    'raise 1',
    'raise int',
    'raise ValueError from 1',
    'raise ValueError from Odd',
    'raise Odd',
    'raise ValueError(1) from KeyError',
    'raise Own',
    'raise Own(1, 2)',
    'assert 1 == 2, "why"',
    'assert 0',
]:
    try:
        exec(text)
    except Exception as e:
        out.append((text, type(e).__name__, str(e), e.args, repr(e.__cause__)))
try:
    try:
        1 / 0
    except 5:
        pass
except TypeError as e:
    out.append(str(e))
try:
    try:
        1 / 0
    except (ValueError, 5):
        pass
except TypeError as e:
    out.append(str(e))


def deep(n):
    return deep(n + 1)


try:
    deep(0)
except RecursionError as e:
    out.append(str(e))


class Calls:
    def __getitem__(self, n):
        return self[n + 1]


try:
    Calls()[0]
except RecursionError as e:
    out.append(str(e))


def same_twice():
    error = ValueError('one')
    try:
        try:
            raise error
        except ValueError:
            raise error
    except ValueError as e:
        return e.__context__


out.append(same_twice())
