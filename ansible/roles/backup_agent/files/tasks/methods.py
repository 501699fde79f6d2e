"""How each kind of copy is made."""

from __future__ import annotations

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

from . import mirror, stream, turn
from .settings import Refused, Settings

COMPRESS = ["zstd", "--quiet", "--stdout", "-3"]


def pg_dump(settings: Settings, does: dict, environment: dict[str, str]) -> tuple[list[stream.Step], str]:
    """From this member's own server, whose certificate is verified as a client elsewhere would (TKT-7.1)."""
    connection = (
        f"host={settings.domain} port={does['port']} dbname={does['database']} user={does['user']} "
        f"sslmode=verify-full sslrootcert={does['authority']} connect_timeout=10"
    )
    command = ["pg_dump", "--format=custom", "--compress=zstd", "--no-password", f"--dbname={connection}"]
    return [stream.Step(command, stream.variables(environment))], "dump"


def mysqldump(_settings: Settings, does: dict, environment: dict[str, str]) -> tuple[list[stream.Step], str]:
    """One transaction, with procedures, triggers and events; the login stands in a file (BRK-25.2, BRK-SEC.12)."""
    command = ["mariadb-dump", f"--defaults-extra-file={does['option_file']}", "--single-transaction", "--quick"]
    command += ["--skip-lock-tables", "--routines", "--triggers", "--events", "--hex-blob", does["database"]]
    return [stream.Step(command, stream.variables(environment)), stream.Step(COMPRESS, stream.variables({}))], "sql.zst"


def redis_snapshot(settings: Settings, does: dict, environment: dict[str, str]) -> tuple[list[stream.Step], str]:
    """What a replica would be sent (TKT-6.3); this host's own member sends it."""
    command = [*turn.redis_command(does, settings.domain, does["user"]), "--rdb", "-"]
    return [stream.Step(command, stream.variables(environment)), stream.Step(COMPRESS, stream.variables({}))], "rdb.zst"


def archive(_settings: Settings, does: dict, _environment: dict[str, str]) -> tuple[list[stream.Step], str]:
    """Paths of this host. Certificates lie behind links, so these are followed there; their keys stay (BRK-25.3)."""
    options = ["--dereference", "--exclude=*.key", "--exclude=.*.d"] if does["without_keys"] else []
    missing = [path for path in does["paths"] if not os.path.exists(path)]
    if missing:
        raise Refused(f"{', '.join(missing)}: must be there to be copied")
    paths = [path.lstrip("/") for path in does["paths"]]
    command = ["tar", "--create", "--file=-", "--directory=/", *options, "--", *paths]
    return [stream.Step(command, stream.variables({})), stream.Step(COMPRESS, stream.variables({}))], "tar.zst"


STREAMS = {"pg-dump": pg_dump, "mysqldump": mysqldump, "redis-snapshot": redis_snapshot, "archive": archive}


def copy(settings: Settings, does: dict, environment: dict[str, str]) -> tuple[int, int, str]:
    """Makes a copy. Bytes, files, and the name of what was stored."""
    if does["method"] == "pgbackrest":
        return _pgbackrest(does)
    if does["method"] == "file-sync":
        return mirror.run(settings, does)
    steps, ending = STREAMS[does["method"]](settings, does, environment)
    moment = datetime.datetime.now(datetime.timezone.utc)
    key = f"{does['prefix']}{moment:%Y/%m/%d}/{settings.host}-{moment:%Y%m%dT%H%M%S.%fZ}.{ending}"
    return stream.store(settings, steps, does["bucket"], key), 1, key


def _pgbackrest(does: dict) -> tuple[int, int, str]:
    """A whole base backup: the vault's lock counts on one that needs no other (`services/resolve/backups.ts`)."""
    base = ["pgbackrest", f"--stanza={does['stanza']}"]
    account = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run([*base, "--type=full", "backup"], check=True, env=stream.variables({}), **account)
    told = subprocess.run([*base, "--output=json", "info"], check=True, env=stream.variables({}), capture_output=True, **account)
    last = json.loads(told.stdout)[0]["backup"][-1]
    return last["info"]["repository"]["delta"], 1, last["label"]


def leave(settings: Settings, does: dict, command: list[str], run) -> tuple[int, int, str]:
    """Runs a job that leaves files in `BACKUP_DIR`, in memory, and stores each."""
    folder = tempfile.mkdtemp(prefix="platform-task-", dir="/dev/shm")
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, does["user"])
        run(command, {"BACKUP_DIR": folder})
        found = sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file() and not path.is_symlink())
        if not found:
            raise Refused("BACKUP_DIR: the job must leave a file, got none")
        moment = datetime.datetime.now(datetime.timezone.utc)
        leaves, size, key = does["leaves"], 0, ""
        for path in found:
            key = f"{leaves['prefix']}{moment:%Y/%m/%d}/{settings.host}-{moment:%Y%m%dT%H%M%S.%fZ}-{path.name}"
            size += stream.store(settings, [stream.Step(["cat", "--", str(path)])], leaves["bucket"], key)
        return size, len(found), key
    finally:
        shutil.rmtree(folder, ignore_errors=True)
