def method_calls(a, b):
    a.method()
    a.method(b, 1)
    a.method(b, key=1)
    a.method(*b)
    a.method(**b)
    a.b.c(1).d(2)
    a[0].method(b)
    (a.method)(b)
    return (a
        .first(b)
        .second(key=b)
        .third)
