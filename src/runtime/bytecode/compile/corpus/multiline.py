value = (first
    + second *
    third)
result = call(
    one,
    two=
    2,
)
result.attribute \
    .other = [
    1,
    name,
]
text = ('a'
    'b')
if (value
        and result):
    value = (
        result if
        text else
        value
    )
assert (
    value), (
    text)
def two_lines(a):
    (x,
     x) = a
    (y,
     z) = z, y
    return x
