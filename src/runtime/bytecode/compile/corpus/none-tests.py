def none_tests(a, b):
    if a is None:
        return 1
    if a is not None:
        return 2
    if not b is None:
        return 3
    while b is not None and a is None:
        b = a
    return a is None, None is a, [x for x in b if x is not None]
def at_the_end(a, b, c):
    x = b if c else a is None
    y = not (a is None is b)
    return x, y
def jumping(a, b):
    if a is None or b:
        return 1
    if a is not None or b:
        return 2
    if a is b:
        return 3
    while a not in b:
        a()
