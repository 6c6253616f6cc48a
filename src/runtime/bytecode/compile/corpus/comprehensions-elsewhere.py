squares = [n * n for n in range(10)]
pairs = {a: b for a, b in squares if a if b}
functions = [lambda: n for n in squares]
n = [n for n in n]
class Holder:
    size = 3
    items = [size for item in range(size)]
    nested = [[item for item in row] for row in items]
    captured = [lambda: item for item in items]
    def method(self):
        return [__class__ for x in self.items]
    called = [super for x in items]
def outer(a):
    b = 1
    def inner():
        return [b + x for x in a if [a for b in x]]
    class Local:
        y = [b for b in a]
        z = [a for c in y]
    return inner, Local
class OnlyComprehension:
    kept = [__class__ for x in items]
