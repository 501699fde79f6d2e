#!/usr/bin/python3 -B
"""Runs the command that deletes old messages, and counts what it deleted as a metric (BRK-27.2, BRK-27.6).

Usage: broker-purge COMMAND...; the command prints the rows of sp_cleanup_old_messages as `mariadb --batch` does.
"""

import csv
import io
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, "/usr/local/lib/platform")

import textfile  # noqa: E402

NAME = "broker-purge"
COUNTER = "broker_cleanup_deleted_total"


def deleted(command: list[str]) -> int:
    """Messages that the command deleted. What it says of errors goes to the journal."""
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if told.returncode != 0:
        sys.exit(f"{command[0]}: must succeed, ended with exit code {told.returncode}")
    counts = [row.get("deleted_count") for row in csv.DictReader(io.StringIO(told.stdout), delimiter="\t")]
    if len(counts) != 1 or not re.fullmatch(r"\d+", counts[0] or ""):
        sys.exit(f"sp_cleanup_old_messages: must tell deleted_count once, told {counts}")
    return int(counts[0])


def before() -> int:
    """What was counted so far; a host that is new begins at nothing, as counters do."""
    path = pathlib.Path(textfile.FOLDER, f"{NAME}.prom")
    found = re.search(rf"^{COUNTER} (\d+)$", path.read_text() if path.exists() else "", re.MULTILINE)
    return int(found[1]) if found else 0


count = deleted(sys.argv[1:])
textfile.write(textfile.FOLDER, NAME, [(COUNTER, "Messages that the purge has deleted.", [({}, before() + count)])])
print(f"{count} messages deleted")
