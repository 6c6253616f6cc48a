print = 1
print; print + 2
match, case, type, _, exec, self = 5.  # a point at the end
match[case].type = match(type)
