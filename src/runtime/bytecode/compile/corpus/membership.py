def membership(a, b):
    return a in [1, 2], a in (1, 2), a not in {1, 2, 3}, a in [b, 1], a in {b}, a in [*b], 1 in a in [2], a in 'text'
