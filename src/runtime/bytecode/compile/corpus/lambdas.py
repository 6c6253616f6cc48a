nothing = lambda: None
one = lambda x: x + 1
more = lambda a, /, b=1, *c, d, e=2, **f: (a, b, c, d, e, f)
nested = lambda x: lambda y: x + y
conditional = lambda x: 1 if x else 2
generator = lambda: (yield)
def f(k): return sorted(k, key=lambda pair: pair[1])
trailing_slash = lambda a, /,: a
