def deletions(a, b):
    del a.b, b[0], b[1:2], b[a:b]
    del (a), [b]
    x = 1
    del x
    return x, a
del deletions
