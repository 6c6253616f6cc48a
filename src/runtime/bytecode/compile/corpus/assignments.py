def assignments(a, b):
    x = y = z = a
    a.b = a.b.c = b[0] = b[x:y] = b[x:y:z] = b[:] = b[1:] = b[1:2, ..., x:] = a
    (x), [y, z] = a
    x, *y = a
    *x, y = [*z, z] = a
    (x, (y, *z)), [] = a, ()
    x, y = y, x
    x, y, z = z, y, x
    x, y, z = a, b, 1
    x, = a
    x, x = a
    a.b, b[0] = b[0], a.b
    x, y, z, a = a, z, y, x
    return x, y, z
def packed(a):
    x, = a,
    x, = (a,)
    return x
