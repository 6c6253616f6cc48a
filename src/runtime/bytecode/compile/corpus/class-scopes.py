x = 'global'
def outer():
    x = 'outer'
    class C:
        print(x)
        x = 'class'
        print(x)
        def f(self): return x
        global g
        g = 1
        nonlocal_free = lambda: x
    class D:
        nonlocal x
        x = 1
        def f(self): return __class__, x
    return C, D
class Meta:
    def f(self):
        class Inner:
            z = __class__
        return Inner
