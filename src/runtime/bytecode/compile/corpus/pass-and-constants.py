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
