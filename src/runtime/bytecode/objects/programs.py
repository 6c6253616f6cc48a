"""
Writes below each program in programs/ what it comes to in CPython, as a test compares it.

    python3.14t programs.py

A program begins with `#: ` and what it shows, and leaves a list named `out`. Below it stands, after `#= `, what repr makes of each
of its elements. Run this with CPython at the commit that the specification is pinned to.
"""

import pathlib
import warnings

warnings.simplefilter("ignore")
for path in sorted((pathlib.Path(__file__).parent / "programs").glob("*.py")):
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#= ")]
    programs = "\n".join(lines).split("\n#: ")
    programs[0] = programs[0].removeprefix("#: ")
    written = []
    for program in programs:
        title, _, source = program.partition("\n")
        names = {"__name__": "__main__"}
        exec(compile(source, path.name, "exec"), names)
        told = "".join(f"#= {each!r}\n" for each in names["out"])
        written.append(f"#: {title}\n{source.rstrip()}\n{told}")
    path.write_text("\n".join(written))
