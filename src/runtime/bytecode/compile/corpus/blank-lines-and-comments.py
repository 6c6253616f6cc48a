# first

x = 1  # behind


def f(a,  # first
      # between
      b):

    # inside
    return [  # open
        a,

        b]  # closed
	
if x:

    # comment
    y = 2

    z = 3
# last
