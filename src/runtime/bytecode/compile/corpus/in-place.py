def in_place(a, b, i):
    a += 1; a -= 1; a *= 2; a /= 2; a //= 2; a %= 2; a **= 2; a @= b
    a <<= 1; a >>= 1; a &= 1; a |= 1; a ^= 1
    b.value += a
    b[i] += a
    b[i:i + 1] += a
    b[i::2] *= 2
    b[1:2] *= 2
    b.inner.value[i].deep -= (yield)
total = 0
total += 1
