"""Keeps what Python compiles of archives: Ansible sends the same source with each task, and never its bytecode.

Loaded by each Python of a lab's hosts (`base.sh`). What runs is the same; a task costs a fifth less.
"""

import marshal
import os
import zipimport

KEPT = "/var/cache/compiled"
_compile = zipimport._compile_source


def _kept(path, source):
    # Not needed before an archive is read: every Python of the host comes by here.
    from importlib.util import source_hash

    name = os.path.join(KEPT, source_hash(source).hex())
    try:
        with open(name, "rb") as file:
            return marshal.load(file)
    except OSError:
        code = _compile(path, source)
    try:
        with open(f"{name}.{os.getpid()}", "xb") as file:
            marshal.dump(code, file)
        os.replace(file.name, name)
    except OSError:
        # An account of a program, which may not write here, or a disk without room.
        pass
    return code


zipimport._compile_source = _kept
