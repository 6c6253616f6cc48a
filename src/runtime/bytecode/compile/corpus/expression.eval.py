a + [x for x in b][0] if c else (lambda: d)()
