def nothing():
    pass
    1
    'text'
    ...
    None
    x
def more(): ...
def single_return(): return
def twice():
    return 1
    return 2
def values(a, b):
    1 if a else 2
    a or 1
    a and 1
    a if b else 'x'
    [a, b][0]
    a if 1 else b
