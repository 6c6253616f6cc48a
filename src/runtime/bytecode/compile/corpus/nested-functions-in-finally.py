def duplicated(a):
    try:
        return a()
    finally:
        def cleanup(): return a
        class Cleaner:
            def clean(self): self.done = a
        g = (x for x in a)
        cleanup()
