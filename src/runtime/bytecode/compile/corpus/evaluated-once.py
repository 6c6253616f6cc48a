def once(a, b):
    a().b += 1
    a()[b()] -= 1
    a()[b():] = b() if a else b
    return a, b
