total = 0
for i in range(10):
    total = total + i
    if total > 20:
        break
else:
    total = None
del i
while total:
    total -= 1
