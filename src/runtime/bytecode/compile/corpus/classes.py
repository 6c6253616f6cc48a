class Empty: pass
class Base(object):
    limit = 10
    def __init__(self, value, *, other=None):
        self.value = value
        self.other = other
        other.value = self.value.deep = 1
    def method(self):
        self.late, self.more = 1, 2
        return self.limit + self.__private
    def __mangled(self, __argument):
        __local = __argument
        return self.__mangled, __local, __not_mangled__
class Derived(Base, key=1):
    """Documented."""
    limit = Base.limit * 2
    if limit:
        def conditional(self): return self
    for i in range(limit):
        pass
    del i
class Starred(*bases, **options): pass
class _Private:
    __x = 1
    class Inner:
        __y = __z
        def f(self): return self.__w
class __:
    __kept = 1
def make(x):
    class Local:
        y = x
        def get(self): return x
        x = 2
    return Local
class Odd(1, 2, 3, **options): pass
class Nested:
    def method(self):
        def inner():
            self.deep = 1
        return inner
def no_class(self):
    self.x = 1
