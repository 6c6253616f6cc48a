def truth(a, b, c):
    x = a and b or c
    y = a and (b or c)
    z = (a or b) and (b or c)
    if a and b or not c:
        return x
    if not (a or b and c):
        return y
    if (a if b else c) or (a and b if c else not a):
        return z
    return not a, not (not a), a or b and not c, bool(a) and b
