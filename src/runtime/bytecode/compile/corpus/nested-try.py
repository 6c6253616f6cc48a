def nested(f):
    try:
        try:
            f(1)
        except ValueError:
            try:
                f(2)
            finally:
                f(3)
        finally:
            f(4)
    except KeyError as outer:
        try:
            f(outer)
        except TypeError as inner:
            return outer, inner
    return 5
