"""
Writes down what CPython's compiler makes of the programs in corpus/, as plain data that a test compares.

    python3.14t corpus.py        corpus/*.py -> corpus/expected.jsonl, one program a line

Run it with CPython at the commit that the specification is pinned to. Programs whose name ends in
.eval.py are single expressions.
"""

import json
import pathlib
import struct
import types


def constant(value):
    match value:
        case None:
            return {"kind": "none"}
        case bool():
            return {"kind": "bool", "value": value}
        case int():
            return {"kind": "int", "value": str(value)}
        case float():
            return {"kind": "float", "value": struct.pack(">d", value).hex()}
        case str():
            return {"kind": "str", "value": value}
        case bytes():
            return {"kind": "bytes", "value": list(value)}
        case tuple():
            return {"kind": "tuple", "items": [constant(item) for item in value]}
        case slice():
            return {"kind": "slice", "items": [constant(value.start), constant(value.stop), constant(value.step)]}
        case frozenset():
            # Its order is another one in every run.
            items = [constant(item) for item in value]
            return {"kind": "frozenset", "items": sorted(items, key=json.dumps)}
        case types.CodeType():
            return {"kind": "code", "code": code(value)}
        case _ if value is ...:
            return {"kind": "ellipsis"}
    raise TypeError(value)


def frame_variables(c):
    """Locals come first, free variables last; what is between are cells."""
    names = []
    try:
        while True:
            names.append(c._varname_from_oparg(len(names)))
    except IndexError:
        pass
    first_free = len(names) - len(c.co_freevars)

    def kind(slot):
        if slot >= first_free:
            return "free"
        if slot >= c.co_nlocals:
            return "cell"
        return "local cell" if names[slot] in c.co_cellvars else "local"

    return [{"name": name, "kind": kind(slot)} for slot, name in enumerate(names)]


def units(c):
    """The units as the compiler wrote them, before anything is specialized or has counters."""
    raw = c.co_code
    return [raw[at] | raw[at + 1] << 8 for at in range(0, len(raw), 2)]


def lines(c):
    found = []
    for start, end, line in c.co_lines():
        found += [line] * ((end - start) // 2)
    return found


def varint(table):
    byte = next(table)
    value = byte & 63
    while byte & 64:
        byte = next(table)
        value = value << 6 | byte & 63
    return value


def handlers(c):
    table, found = iter(c.co_exceptiontable), []
    try:
        while True:
            start = varint(table)
            length, target, depth = varint(table), varint(table), varint(table)
            found.append({"start": start, "end": start + length, "target": target, "depth": depth >> 1, "pushLast": bool(depth & 1)})
    except StopIteration:
        return found


def code(c):
    return {
        "name": c.co_name,
        "qualifiedName": c.co_qualname,
        "firstLine": c.co_firstlineno,
        "argumentCount": c.co_argcount,
        "positionalOnlyCount": c.co_posonlyargcount,
        "keywordOnlyCount": c.co_kwonlyargcount,
        "flags": c.co_flags,
        "locals": frame_variables(c),
        "names": list(c.co_names),
        "constants": [constant(value) for value in c.co_consts],
        "units": units(c),
        "lines": lines(c),
        "handlers": handlers(c),
        "stackSize": c.co_stacksize,
    }


def compiled(source, mode):
    return code(compile(source, "corpus", mode, dont_inherit=True, optimize=0))


def main():
    folder = pathlib.Path(__file__).parent / "corpus"
    with open(folder / "expected.jsonl", "w") as expected:
        for path in sorted(folder.glob("*.py")):
            mode = "eval" if path.name.endswith(".eval.py") else "exec"
            json.dump({"program": path.name, "code": compiled(path.read_text(encoding="utf-8"), mode)}, expected)
            expected.write("\n")


if __name__ == "__main__":
    main()
