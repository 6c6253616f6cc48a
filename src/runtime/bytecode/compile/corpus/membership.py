def membership(a, b):
    return a in [1, 2], a in (1, 2), a not in {1, 2, 3}, a in [b, 1], a in {b}, a in [*b], 1 in a in [2], a in 'text'
def sets(a):
    return a in {(1, 2), (1, 2), (1,), 'a', 'a', b'a', b'a', None, None, ..., ..., True, 1, 1.0, 2, (1.0, 2)}
