größe = 1
ﬁ = 2
def f(ñ): return ñ, größe, fi
