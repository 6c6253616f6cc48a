def many_locals(a):
    if a: (l00, l01, l02, l03, l04, l05, l06, l07, l08, l09, l10, l11, l12, l13, l14, l15, l16, l17, l18, l19) = a
    if a: (l20, l21, l22, l23, l24, l25, l26, l27, l28, l29, l30, l31, l32, l33, l34, l35, l36, l37, l38, l39) = a
    if a: (l40, l41, l42, l43, l44, l45, l46, l47, l48, l49, l50, l51, l52, l53, l54, l55, l56, l57, l58, l59) = a
    if a: (l60, l61, l62, l63, l64, l65, l66, l67, l68, l69) = a
    print(l00, l01, l59, l68, l69, l69)
    l66 = l67 = 1
    print(l66, l67)
    del l66
    print(l66, l14, l15, l16, l17)
    l67, l68 = l68, l67
def followed(a):
    (m00, m01, m02, m03, m04, m05, m06, m07, m08, m09, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32, m33, m34, m35, m36, m37, m38, m39, m40, m41, m42, m43, m44, m45, m46, m47, m48, m49, m50, m51, m52, m53, m54, m55, m56, m57, m58, m59, m60, m61, m62, m63, m64, m65) = a
    if a:
        pass
    print(m61, m62, m63, m64)
