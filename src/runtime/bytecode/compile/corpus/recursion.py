def factorial(n):
    """The product of 1 to n."""
    if n <= 1:
        return 1
    return n * factorial(n - 1)

def fibonacci(n):
    a, b = 0, 1
    while n > 0:
        a, b = b, a + b
        n -= 1
    return a

print(factorial(10), fibonacci(10))
