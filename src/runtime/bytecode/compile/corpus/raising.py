def raising(a, b):
    if a: raise
    if b: raise a
    if a.b: raise ValueError(a) from b
    raise ValueError from None
def rethrow(f):
    try:
        f()
    except:
        raise
def assertions(a, b):
    assert a
    assert a, b
    assert a < b < 3, 'order'
    assert not a or b
    assert True
    assert 0, 'never'
