def f(n):
    t = 0
    for i in range(n):
        if i % 2:
            t += i
        else:
            t -= 1
    return t
def g():
    try:
        yield 1
        got = yield 2
    finally:
        len('x')
def h():
    yield from g()
    return 5
class A:
    def m(self):
        return super().__init__()
def boom():
    try:
        raise ValueError('x')
    except ValueError:
        try:
            raise
        except ValueError:
            pass
    [][0]
def main():
    f(3)
    for x in g():
        pass
    list(h())
    it = h()
    next(it)
    it.close()
    it = g()
    next(it)
    try:
        it.throw(KeyError)
    except KeyError:
        pass
    A().m()
    try:
        boom()
    except IndexError:
        pass
    len(*['a'])
    f(n=1)
    while True:
        break
    x = None
    if x is None: pass
    if x is not None: pass
    try: int('z')
    except ValueError: pass
