def returning(a):
    for i in a:
        try:
            try:
                return i + 1
            finally:
                a(i)
        except ValueError as e:
            return 0
        except TypeError:
            return
    try:
        a()
    finally:
        try:
            return 'x'
        finally:
            a(2)
def expression_in_handler(a):
    try:
        a()
    except Exception as e:
        for x in e:
            return x + 1
