def displays(a, b):
    lists = [], [a], [1, 2], [1, 2, 3], [1, 2, a], [*a], [*a, b, *b], [1, 2, 3, *a]
    tuples = (), (a,), (1, 2, 3), (a, 1), (*a, b), (1, (2, (3, a)))
    sets = {a}, {1, 2}, {1, 2, 3}, {1, 2, 1.0, True, 'a', b'a', None, (1, 2)}, {*a, b}, {*a}
    maps = {}, {a: b}, {1: 2, 'a': 3}, {**a}, {1: 2, **a, 3: 4, **b}, {**a, 5: 6}
    return lists, tuples, sets, maps
