(a,
 b)
