"""Says in one line of JSON what this interpreter is, and where lies what it takes to embed it."""

import json
import os
import sys
import sysconfig


def setting(name):
    return sysconfig.get_config_var(name) or ""


LIBRARY = setting("LIBRARY")
FOLDERS = [setting("LIBDIR"), setting("LIBPL")]

print(
    json.dumps(
        {
            "implementation": sys.implementation.name,
            "version": sys.version.split()[0],
            "hexversion": sys.hexversion,
            "freeThreaded": bool(setting("Py_GIL_DISABLED")),
            "debug": bool(setting("Py_DEBUG")),
            "include": sysconfig.get_path("include"),
            "libraries": [os.path.join(folder, LIBRARY) for folder in FOLDERS if folder and LIBRARY],
            "linked": (setting("LIBS") + " " + setting("SYSLIBS")).split(),
            "compiler": setting("CC").split(),
        }
    )
)
