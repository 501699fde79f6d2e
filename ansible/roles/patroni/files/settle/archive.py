"""The repository of backups."""

import json
import subprocess
import time

from .told import changed

# Exit code of pgBackRest where another of its processes holds the lock of a stanza.
LOCKED = 50
# PostgreSQL pushes its log meanwhile, which fails until there is a stanza and holds the lock now and then.
PATIENCE = 60


def keep_archive(stanza):
    """The stanza in the repository, without which nothing is archived."""
    told = subprocess.run(
        ["pgbackrest", f"--stanza={stanza}", "info", "--output=json"], capture_output=True, text=True, check=False
    )
    if told.returncode != 0:
        raise SystemExit(f"the repository of backups must be readable, got: {(told.stderr or told.stdout).strip()}")
    found = [each for each in json.loads(told.stdout) if each["name"] == stanza]
    # 2: whole, and without a backup yet.
    if not found or found[0]["status"]["code"] not in (0, 2):
        made = make(stanza)
        if made.returncode != 0:
            raise SystemExit(f"stanza {stanza} could not be made: {(made.stderr or made.stdout).strip()}")
        changed(f"stanza {stanza}")


def make(stanza):
    """Makes a stanza, as soon as nobody else works on it."""
    end = time.monotonic() + PATIENCE
    while True:
        made = subprocess.run(["pgbackrest", f"--stanza={stanza}", "stanza-create"], capture_output=True, text=True, check=False)
        if made.returncode != LOCKED or time.monotonic() > end:
            return made
        time.sleep(1)
