out = []


def add(a, b):
    return a + b


def subtract(a, b):
    return a - b


def multiply(a, b):
    return a * b


def within(a, b):
    return a in b


def not_within(a, b):
    return a not in b


def append(parts):
    s = ''
    for part in parts:
        s += part
    return s


def append_to_all(parts):
    s = t = 'x'
    for part in parts:
        s += part
    return s, t


def append_itself(n):
    s = 'ab'
    for i in range(n):
        s = s + s
    return s


def append_then_number(parts):
    s = parts[0]
    for part in parts[1:]:
        s += part
    return s


# Each is run often enough to be specialized for the first kind, and then given the others.
PAIRS = [(1, 2), (2**70, 3), (1.5, 2.5), ('a', 'b'), ([1], [2]), (True, 1), (1, 2.0), ('x', 2), (2, 'x')]
for act in [add, subtract, multiply]:
    for first in PAIRS[:5]:
        for pair in [first] * 4 + PAIRS:
            try:
                out.append(act(*pair))
            except TypeError as e:
                out.append(str(e))
HOLDERS = [{1: 2}, {1, 2}, frozenset([1]), [1], (1,), 'abc', range(3), {}]
for act in [within, not_within]:
    for first in HOLDERS[:4]:
        for holder in [first] * 4 + HOLDERS:
            try:
                out.append(act(1, holder))
            except TypeError as e:
                out.append(str(e))
out.append((append('abcdef'), append_to_all('abcdef'), append_itself(6), append_then_number([1, 2, 3]), append(['a', 'b', 'c', 'd'])))
try:
    append(['a', 'b', 'c', 5])
except TypeError as e:
    out.append(str(e))


def rebinds(n):
    s = 'a'
    for i in range(n):
        t = s + 'b'
        s = 'c' if i % 2 else t
    return s, t


out.append(rebinds(9))
