def leaving(a, b):
    for i in a:
        try:
            if i:
                break
            if b:
                continue
            return i
        finally:
            b(i)
    while b:
        try:
            return a.b
        except ValueError as error:
            break
        except TypeError:
            continue
        finally:
            for j in a:
                continue
    for i in a:
        try:
            pass
        finally:
            return 1
