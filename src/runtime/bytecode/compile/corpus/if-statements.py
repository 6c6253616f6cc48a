def if_statements(a, b):
    if a:
        pass
    elif b:
        return 1
    elif a.b: return 2
    else:
        b = 3
    if a: b = 1; a = 2
    if b:
        if a:
            return a
        else:
            return b
    if a:
        pass
