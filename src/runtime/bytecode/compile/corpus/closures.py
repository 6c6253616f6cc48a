def make(a, *rest, key=1, **more):
    local = 1
    def default(b=a, *, c=local):
        return b, c, rest, key, more, local
    return default, lambda: (a, local), [lambda: i for i in rest]
def late():
    def f(): return later
    later = 1
    return f
def global_inside():
    global g
    def g(): return 1
    class g: pass
def two_levels(x):
    def middle():
        def bottom():
            return x
        return bottom
    return middle
