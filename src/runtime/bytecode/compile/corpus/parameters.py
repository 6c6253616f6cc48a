def plain(a, b, c): pass
def defaults(a, b=1, c=None, *, d, e=2, f=a_global): return a
def star(*args, **kwargs): return args, kwargs
def only(a, /, b, *, c): return a
def slash_default(a=1, /, b=2): return a
def trailing(a, b,): return b
def last_slash(a, /): return a
def last_slash_comma(a, /,): return a
def rest_and_keyword(*rest, key=1, **more): return rest, key, more
def bare(*, key): return key
