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
