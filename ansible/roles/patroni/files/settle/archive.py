"""The repository of backups."""

import json
import subprocess

from .told import changed


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
        made = subprocess.run(["pgbackrest", f"--stanza={stanza}", "stanza-create"], capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise SystemExit(f"stanza {stanza} could not be made: {(made.stderr or made.stdout).strip()}")
        changed(f"stanza {stanza}")
