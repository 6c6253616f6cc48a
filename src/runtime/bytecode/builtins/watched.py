"""
Writes down what tools are told by CPython while watched/program.py runs, as a test compares it.

    python3.14t watched.py       watched/program.py -> watched/expected.jsonl, one set of events a line

Of exceptions the line is written down, of jumps where from and where to, of everything else the place in units. Run it with
CPython at the commit that the specification is pinned to.
"""

import json
import pathlib
import sys

NAMES = (
    "PY_START PY_RESUME PY_RETURN PY_YIELD CALL LINE INSTRUCTION JUMP BRANCH STOP_ITERATION"
    " RAISE EXCEPTION_HANDLED PY_UNWIND PY_THROW RERAISE C_RETURN C_RAISE"
).split()
EXCEPTIONS = ["RAISE", "EXCEPTION_HANDLED", "PY_UNWIND", "PY_THROW", "RERAISE"]
SETS = [
    ["PY_START", "PY_RESUME", "PY_RETURN", "PY_YIELD"],
    ["LINE"],
    ["CALL"],
    ["INSTRUCTION"],
    ["JUMP", "BRANCH"],
    ["STOP_ITERATION"],
    EXCEPTIONS,
    ["PY_START", "LINE", "CALL", "JUMP", "BRANCH", "INSTRUCTION", "PY_RETURN", "STOP_ITERATION"],
]

folder = pathlib.Path(__file__).parent / "watched"
code = compile((folder / "program.py").read_text(), "program.py", "exec")
names = {"__name__": "__main__"}
exec(code, names)
monitoring = sys.monitoring
monitoring.use_tool_id(1, "watched")
told = []


def line_of(code, offset):
    return next(line for start, end, line in code.co_lines() if start <= offset < end)


def callback(name):
    def tell(code, *details):
        if code.co_filename != "program.py":
            return
        if name in EXCEPTIONS:
            place = [line_of(code, details[0])]
        elif name == "LINE":
            place = [details[0]]
        elif name in ("JUMP", "BRANCH"):
            place = [details[0] // 2, details[1] // 2]
        else:
            place = [details[0] // 2]
        told.append([name, code.co_name, *place])

    return tell


lines = []
for name in NAMES:
    monitoring.register_callback(1, getattr(monitoring.events, name), callback(name))
for events in SETS:
    told.clear()
    monitoring.set_events(1, sum(getattr(monitoring.events, name) for name in events))
    names["main"]()
    monitoring.set_events(1, 0)
    lines.append(json.dumps({"events": events, "told": told}))
(folder / "expected.jsonl").write_text("\n".join(lines) + "\n")
