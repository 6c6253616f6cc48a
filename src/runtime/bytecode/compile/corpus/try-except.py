def handlers(f, g):
    try:
        f()
    except ValueError:
        g(1)
    except (TypeError, KeyError) as error:
        g(error)
    except:
        g(2)
    else:
        g(3)
    try: f()
    except Exception as e: pass
    try:
        return f()
    except ValueError as e:
        return g(e)
try:
    import_me()
except Exception as problem:
    print(problem)
