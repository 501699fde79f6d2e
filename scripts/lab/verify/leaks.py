"""Looks for values of secrets on a host, where others than those who read them come by.

Reads {"values": {name: [text, ...]}, "folders": [path, ...]} on standard input: the values are on no command line and on no
disk. Prints {"processes": N, "entries": N, "files": N, "found": [[where, name], ...]}: how much was searched, and no value.
"""

import concurrent.futures
import glob
import json
import pathlib
import subprocess
import sys
import time

# An account of no program: what it may read, anybody may.
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []}
# Messages, and with what command line whoever wrote them was called, as they are.
JOURNAL = "journalctl --no-pager --quiet --all --output=export --output-fields=MESSAGE,_CMDLINE,SYSLOG_IDENTIFIER".split()
# Seconds between two looks at processes.
PAUSE = 0.1


class Values:
    """What is looked for."""

    def __init__(self, values: dict[str, list[str]]) -> None:
        self.names = {text.encode(): name for name, texts in values.items() for text in texts}

    def within(self, content: bytes) -> set[str]:
        """Names of the secrets whose values these bytes hold."""
        return {name for text, name in self.names.items() if text in content}

    def without(self, place: str) -> str:
        """A place as it may be told: a path may hold a value itself."""
        for text in self.names:
            place = place.replace(text.decode(), "...")
        return place


def read(path: str) -> bytes:
    """Content of a file; nothing of one that is gone."""
    try:
        return pathlib.Path(path).read_bytes()
    except OSError:
        return b""


def in_commands(values: Values) -> tuple[set[str], set[tuple[str, str]]]:
    """The processes that run now, and those that have a value on their command line."""
    folders, found = glob.glob("/proc/[0-9]*"), set()
    for folder in folders:
        for name in values.within(read(f"{folder}/cmdline")):
            found.add((f"process {read(f'{folder}/comm').decode(errors='replace').strip()}", name))
    return set(folders), found


def in_journal(values: Values) -> tuple[int, set[tuple[str, str]]]:
    """How many entries the journal has, and who wrote those with a value."""
    told = subprocess.run(JOURNAL, stdout=subprocess.PIPE, check=True).stdout
    found = set()
    if values.within(told):
        for entry in told.split(b"\n\n"):
            writer = entry.partition(b"SYSLOG_IDENTIFIER=")[2].partition(b"\n")[0].decode(errors="replace")
            found |= {(f"journal of {writer}", name) for name in values.within(entry)}
    return told.count(b"__CURSOR="), found


def in_files(values: Values, folders: list[str]) -> tuple[int, set[tuple[str, str]]]:
    """How many files anybody may read, and those of them that hold a value."""
    search = "grep --recursive --devices=skip --no-messages --fixed-strings --text --count --null --file=- --".split()
    done = subprocess.run(
        [*search, *folders], input=b"\n".join(values.names), stdout=subprocess.PIPE, env={"LC_ALL": "C"}, **NOBODY
    )
    counted = [line.split(b"\0") for line in done.stdout.split(b"\n") if b"\0" in line]
    found = set()
    for path in (path.decode(errors="surrogateescape") for path, count in counted if count != b"0"):
        found |= {(path, name) for name in values.within(read(path)) or {"a secret, which is gone from it again"}}
    return len(counted), found


def main(values: Values, folders: list[str]) -> None:
    """Searches all, and looks at processes for as long as that takes: many live for a moment only."""
    processes, found = in_commands(values)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        searches = [pool.submit(in_journal, values), pool.submit(in_files, values, folders)]
        while not all(search.done() for search in searches):
            time.sleep(PAUSE)
            now, more = in_commands(values)
            processes, found = processes | now, found | more
    entries, files = (search.result() for search in searches)
    told = sorted((values.without(where), name) for where, name in found | entries[1] | files[1])
    print(json.dumps({"processes": len(processes), "entries": entries[0], "files": files[0], "found": told}))


asked = json.load(sys.stdin)
main(Values(asked["values"]), asked["folders"])
