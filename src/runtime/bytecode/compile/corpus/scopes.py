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
def global_between():
    x = 1
    def middle():
        global x
        def inner():
            return x
        class Inner:
            y = x
            def method(self): return x
        return inner
    class Declares:
        global x
        x = 2
        def method(self): return x
    return middle
