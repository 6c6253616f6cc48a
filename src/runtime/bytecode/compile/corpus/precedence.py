def precedence(a, b, c):
    x = a + b * c, (a + b) * c, -a ** -b ** c, a ** b ** c, (a ** b) ** c
    y = not a or b and not c, not (a or b), not a == b, not not a
    z = a < b | c, a & b == c, a - b - c, a - (b - c), a or b or c, a and (b and c), (a or b) or c
    return a if not b or c else b if c else a, x, y, z, -a.b ** c[0], - +~a
