"""
Writes down what the programs in corpus/ come to in CPython, as a test compares it.

    python3.14t corpus.py        corpus/*.py -> corpus/expected.jsonl, one program a line

Every program leaves a list named `out`; written down is what repr makes of each of its elements. Run it with CPython at
the commit that the specification is pinned to.
"""

import json
import pathlib
import warnings

warnings.simplefilter("ignore")
folder = pathlib.Path(__file__).parent / "corpus"
lines = []
for path in sorted(folder.glob("*.py")):
    names = {"__name__": "__main__"}
    exec(compile(path.read_text(), path.name, "exec"), names)
    lines.append(json.dumps({"program": path.name, "out": [repr(each) for each in names["out"]]}))
(folder / "expected.jsonl").write_text("\n".join(lines) + "\n")
