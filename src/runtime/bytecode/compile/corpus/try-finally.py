def final(f, g):
    try:
        f()
    finally:
        g()
    try:
        return f()
    finally:
        g(1)
def everything(f, g):
    try:
        f(1)
    except ValueError as e:
        return e
    except KeyError:
        raise
    else:
        f(2)
    finally:
        g(3)
        h = lambda: f
    return h
try:
    x = 1
finally:
    x = 2
