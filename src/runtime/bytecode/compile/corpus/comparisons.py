def comparisons(a, b, c):
    one = a < b, a <= b, a == b, a != b, a > b, a >= b, a is b, a is not b, a in b, a not in b
    chain = a < b < c, a == b is not c in a, (a < b) < c
    if a < b <= c:
        return chain
    if not a < b < c:
        return one
    while a < b != c > a:
        a = b
    return not a is b, not a is not b, not a in b, not a not in b, not a == b
