x = 1; y = 2; x, y = y, x;
if x: y = 1; x = 2
for i in x: y = i; continue
