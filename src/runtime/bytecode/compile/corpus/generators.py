def simple():
    yield
    yield 1
    yield 1, 2
    x = yield x
    y = (yield), (yield 2)
    return 3
def with_argument(a, *, b=1):
    while a:
        a = yield a + b
def empty():
    return
    yield
def in_try(a):
    try:
        yield a
    except ValueError as e:
        yield e
    finally:
        yield 2
    for i in a:
        yield i
        try:
            x = yield i
        finally:
            pass
