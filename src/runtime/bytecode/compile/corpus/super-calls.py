class Child(Parent):
    def __init__(self, a):
        super().__init__(a)
        self.x = super().attribute
        super().method(key=a)
        super(Child, self).method(a)
        y = super(Child, self).attribute
        super().__class__
        super(a).method
        super(*a, a).method
        super().other.more()
        (super()
            .spread())
        return __class__
    def without():
        return super().x
    def nested(self):
        def inner(a):
            return super().f(a)
        return inner, [super().g() for x in self]
def outside(self):
    return super().x
