def comprehensions(a, b):
    one = [x for x in a]
    two = [x + y for x in a if x for y in b if not y]
    three = {x for x in a}, {x: b for x in a}, {x: y for x, y in a if x}
    four = [[y for y in x] for x in a]
    five = [x for x in [1, 2, 3]], [x for x in {1, 2}], [y for x in a for y in [x + 1]]
    six = [lambda: x for x in a], [lambda: (x, b) for x in a]
    x = [x for x in a]
    seven = [a for a in a]
    eight = [(i, j, k) for i in a for j in (i, 1) for k in [*j]]
    try:
        return [x for x in a]
    except ValueError:
        return x, one, two, three, four, five, six, seven, eight
