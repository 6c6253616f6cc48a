def delegate(a, b):
    yield from a
    x = yield from b
    try:
        return (yield from x)
    finally:
        y = yield from a
def closure(n):
    def count():
        nonlocal n
        while n:
            yield n
            n -= 1
    return count()
