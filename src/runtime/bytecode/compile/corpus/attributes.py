def attributes(a):
    a.b = 1
    a.b.c = a.d
    del a.e
    return a.b.c.d, 'text'.upper, (1).real, [].append
