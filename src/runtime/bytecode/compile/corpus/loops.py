def loops(a, b):
    while a:
        a = a.next
    else:
        b()
    for i in a:
        if i:
            continue
        if b:
            break
        print(i)
    else:
        print(b)
    for i, (j, *k) in a:
        for b.x in i:
            if j: break
        for b[0] in k: pass
    for x in 1, 2, a: print(x)
    for x in [1, 2, 3]: print(x)
    for x in {1, 2, 1}: print(x)
    for x in [a, b]: print(x)
    for x in [*a, b]: print(x)
    while 1:
        if a: continue
        while b:
            if a: break
            return a
