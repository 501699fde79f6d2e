"""What became of the runs of a task: for tasks that wait for it, and as metrics."""

from __future__ import annotations

import dataclasses
import datetime
import json
import pathlib

import textfile

from . import schedule
from .settings import Refused, Settings


@dataclasses.dataclass
class Record:
    """The last run, and the last that succeeded. Times are seconds since 1970."""

    started: float = 0
    failed: bool = False
    seconds: float = 0
    succeeded: float = 0
    # When the run began that succeeded: what it copied is of that time.
    succeeded_start: float = 0
    size: int = 0
    files: int = 0
    object: str = ""


def _path(settings: Settings, name: str) -> pathlib.Path:
    return settings.state / f"{name}.json"


def read(settings: Settings, name: str) -> Record:
    """The record of a task; an empty one before its first run."""
    try:
        return Record(**json.loads(_path(settings, name).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Record()


def keep(settings: Settings, task: dict, record: Record) -> None:
    """Keeps a record for tasks that wait for it."""
    textfile.replace_file(_path(settings, task["name"]), json.dumps(dataclasses.asdict(record)).encode(), 0o600)


def show(settings: Settings, task: dict, record: Record) -> None:
    """Shows a record as metrics, once a run has ended: one under way has not failed."""
    of = {"task": task["name"], "kind": task["kind"]}
    done = record.succeeded > 0
    copied = done and record.object != ""
    textfile.write(
        settings.metrics,
        f"platform-task-{task['name']}",
        [
            ("platform_task_last_start_timestamp_seconds", "Start of the last run.", [(of, record.started)]),
            ("platform_task_failed", "Whether the last run failed.", [(of, record.failed)]),
            ("platform_task_duration_seconds", "How long the last run took.", [(of, record.seconds)]),
            ("platform_task_last_success_timestamp_seconds", "End of the last success.", [(of, record.succeeded)] if done else []),
            ("platform_backup_size_bytes", "Bytes of the last copy.", [(of, record.size)] if copied else []),
            ("platform_backup_files", "Files of the last copy.", [(of, record.files)] if copied else []),
        ],
    )


def is_done(settings: Settings, name: str, given: dict, now: datetime.datetime) -> bool:
    """Whether a task succeeded here since its last scheduled start."""
    return read(settings, name).succeeded_start >= schedule.last_start(given, now).timestamp()


def require(settings: Settings, name: str, given: dict, now: datetime.datetime) -> None:
    """Refuses unless a task succeeded since its last scheduled start (BRK-27.5): a run of the night before is not enough."""
    if is_done(settings, name, given, now):
        return
    due = schedule.last_start(given, now)
    start = read(settings, name).succeeded_start
    got = "none" if start == 0 else f"one that began {datetime.datetime.fromtimestamp(start, datetime.timezone.utc):%Y-%m-%d %H:%M} UTC"
    raise Refused(f"{name}: must have succeeded since its start of {due:%Y-%m-%d %H:%M %Z}, got {got}")
