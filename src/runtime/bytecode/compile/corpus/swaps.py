def swaps(a, b, c, d):
    a, b = b, a
    a, b, c = b, c, a
    a, b, c = c, b, a
    a, b, c, d = d, c, b, a
    a, a = b, c
    a, b.x = b.x, a
    (a, b), c = (b, a), c
    a, b, b = c, d, a
    return a, b, c, d
