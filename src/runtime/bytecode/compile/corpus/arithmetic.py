def all_operators(a, b):
    x = a + b - a * b / a // b % a ** b @ a
    y = a << b >> a & b | a ^ b
    z = -a, +b, ~a, not b
    return x, y, z
