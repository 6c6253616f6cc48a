def subscripts(a, b):
    return a[0], a[-1], a[b], a[1:2], a[b:], a[:b], a[b:1:2], a[::], a[:], a[1, 2], a[b,], a[1:2, b:], a[...], a['x'], a[b][1][:b]
