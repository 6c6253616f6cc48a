count = 0
def increment():
    global count, other
    count += 1
    other = count
    return builtin(count)
def outer(a, b):
    c = d = 0
    def inner(e):
        nonlocal c
        c += a + e
        def innermost():
            nonlocal d
            d = c
            return a
        return innermost
    b = d
    return inner
def shadow(x):
    def f():
        x = 1
        return x
    def g():
        return x
    return f, g
def deleting():
    x = 1
    def f(): return x
    del x
    return f
