whole = 1, 255, 256, 1_000_000, 0xFF, 0o17, 0b101, 12345678901234567890123
fractions = 1.5, .5, 5., 1e3, 1E-3, 1_0.0_1, 5.e1, 5.e-1, 5..real, 1.5.real, 1e5.real, 5.if 1.else 2.
texts = 'single', "double", '''three
lines''', r'raw\n', 'joined' "up", u'old', 'é ñ'
escapes = '\a\b\f\n\r\t\v\\\'\"', '\101\x41\u0041\U00000041', 'a\
b', '\q'
raw = b'bytes', b'\x00\xff\101\n\u', rb'\n', Rb'x' b'y'
others = None, True, False, ..., Ellipsis, __debug__
zeros = 0, 0.0, 00, -0.0
1.
apart = [0.0, -0.0, 0, False, x, 1, 1.0, True], (0.0,), (-0.0,), (0,), (False,)
