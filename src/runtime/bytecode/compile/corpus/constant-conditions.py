def constant_conditions(a):
    if 1:
        a()
    if 0:
        a(1)
    elif '':
        a(2)
    else:
        a(3)
    while True:
        if a:
            break
    while 0:
        a(4)
    x = 1 and a, 0 or a, a or 1, 1 or a, None and a, () or (a,), not 'x', 1 if 2 else a
    if None is None:
        a(5)
    if a and 1 or b'':
        a(6)
    if not ... or 0.0:
        return 7
    return x
