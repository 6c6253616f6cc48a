#: What is within itself is written as dots
shown = {}
view = shown.values()
shown['self'] = view
within = {}
within['a'] = [within]
held = {}
itself = {held.values()}
held['set'] = itself
out = [itself, len(view), repr(shown.keys()), repr({1: 2}.items()), repr(view), repr(within)]
try:
    del shown[5]
except KeyError as error:
    out.append(error)
#= {dict_values([set(...)])}
#= 1
#= "dict_keys(['self'])"
#= 'dict_items([(1, 2)])'
#= 'dict_values([...])'
#= "{'a': [{...}]}"
#= KeyError(5)

#: A dictionary keeps the order in which keys came, and tells when it changes while it is gone over
numbers = {'b': 1, 'a': 2}
numbers['c'] = 3
numbers['b'] = 4
out = [numbers, list(numbers), list(numbers.values()), list(numbers.items()), len(numbers), 'a' in numbers, 'd' in numbers]
del numbers['b']
numbers['b'] = 5
out.append(numbers)
for change in [lambda: numbers.update({'z': 1}), lambda: numbers.pop('a')]:
    try:
        for each in numbers:
            change()
    except RuntimeError as error:
        out.append(str(error))
out.append({1: 2, **numbers} | {3: 4})
numbers |= {'y': 0}
out.append((numbers, numbers == {'z': 1, 'c': 3, 'b': 5, 'y': 0}, numbers != {}, {1: 1} == {1: 2}, {1: 1} == {2: 1}, {1: 1} == [1]))
for attempt in [lambda: {} | [], lambda: {} < {}, lambda: {}['x'], lambda: {[]: 1}, lambda: {} + {}]:
    try:
        attempt()
    except (TypeError, KeyError) as error:
        out.append((type(error).__name__, str(error)))
#= {'c': 3, 'b': 5, 'z': 1, 'y': 0}
#= ['b', 'a', 'c']
#= [4, 2, 3]
#= [('b', 4), ('a', 2), ('c', 3)]
#= 3
#= True
#= False
#= {'c': 3, 'b': 5, 'z': 1, 'y': 0}
#= 'dictionary changed size during iteration'
#= 'dictionary changed size during iteration'
#= {1: 2, 'c': 3, 'b': 5, 'z': 1, 3: 4}
#= ({'c': 3, 'b': 5, 'z': 1, 'y': 0}, True, True, False, False, False)
#= ('TypeError', "unsupported operand type(s) for |: 'dict' and 'list'")
#= ('TypeError', "'<' not supported between instances of 'dict' and 'dict'")
#= ('KeyError', "'x'")
#= ('TypeError', "unhashable type: 'list'")
#= ('TypeError', "unsupported operand type(s) for +: 'dict' and 'dict'")

#: Keys that are equal are one key, whatever they are
class Key:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return 1

    def __eq__(self, other):
        return isinstance(other, Key) and self.value == other.value


keyed = {Key(1): 'a', Key(2): 'b', 1: 'c', True: 'd', 1.0: 'e'}
out = [len(keyed), keyed[Key(1)], keyed[Key(2)], keyed[1], Key(3) in keyed]
del keyed[Key(1)]
out.append((len(keyed), Key(1) in keyed, keyed.get(Key(1)), keyed.setdefault(Key(1), 'f'), keyed.setdefault(Key(2), 'g'), list(keyed.values())))
out.append(({Key(1), Key(1), Key(2)} == {Key(2), Key(1)}, len({Key(1), Key(1), Key(2)}), Key(5) in {Key(1)}))
#= 3
#= 'a'
#= 'b'
#= 'e'
#= False
#= (2, False, None, 'f', 'b', ['b', 'e', 'f'])
#= (True, 2, False)

#: A comparison that fails leaves a dictionary as it was
class Failing:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        raise ValueError('not compared')


kept = {Failing(): 1}
out = []


def assign():
    kept[Failing()] = 2


def remove():
    del kept[Failing()]


for attempt in [assign, remove, lambda: kept[Failing()], lambda: Failing() in kept, lambda: kept.setdefault(Failing(), 3), lambda: {Failing(), Failing()}]:
    try:
        attempt()
    except ValueError as error:
        out.append((str(error), len(kept)))
#= ('not compared', 1)
#= ('not compared', 1)
#= ('not compared', 1)
#= ('not compared', 1)
#= ('not compared', 1)
#= ('not compared', 1)
