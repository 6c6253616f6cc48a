def unbound(a):
    if a:
        x = 1
    print(x)
    print(x)
    for i in a:
        y = i
    while y:
        z = y
        del y
        try:
            w = a()
        except Exception:
            print(w)
        print(w)
    return z, y, i
