def collatz(n):
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n //= 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps
def primes(limit):
    found = []
    for candidate in range(2, limit):
        for prime in found:
            if candidate % prime == 0:
                break
        else:
            found.append(candidate)
    return found
