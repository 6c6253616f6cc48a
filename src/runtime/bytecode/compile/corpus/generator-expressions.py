def expressions(a, b):
    one = (x for x in a)
    two = (x + y for x in a if x for y in b if y if x)
    three = sum(x * b for x in a)
    four = ((x, y) for x, y in a for z in [x] for w in (y,))
    five = (lambda: x for x in a)
    six = (a for a in a)
    return one, two, three, four, five, six
squares = list(n * n for n in range(10))
