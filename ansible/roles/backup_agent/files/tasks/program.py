"""Command line `platform-task`: runs a backup or job of the catalogue as its timer would."""

from __future__ import annotations

import argparse
import datetime
import fcntl
import os
import signal
import subprocess
import sys
import time

from . import arm, methods, record, turn
from .settings import Refused, Settings, load

BUSY = 75


def _command(task: dict, environment: dict[str, str]):
    """Runs a job's program as its user, with its variables alone."""
    does = task["does"]
    account = {} if does["user"] == "root" or os.geteuid() != 0 else {"user": does["user"], "group": does["user"], "extra_groups": []}

    def run(command: list[str], more: dict[str, str]) -> None:
        ambient = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG") or key.startswith("AWS_")}
        given = {**ambient, **environment, **more}
        code = subprocess.run(command, env=given, cwd=does["directory"], check=False, **account).returncode
        if code != 0:
            raise Refused(f"{command[0]}: must succeed, ended with exit code {code}")

    return run


def _do(settings: Settings, task: dict, done: record.Record) -> bool:
    """Does the task. False when it is another host's turn."""
    does, environment = task["does"], settings.environment(task["name"])
    if task["kind"] == "backup":
        if not turn.is_own(settings, does, environment):
            return False
        done.size, done.files, done.object = methods.copy(settings, does, environment)
    elif "leaves" in does:
        run = _command(task, environment)
        done.size, done.files, done.object = methods.leave(settings, does, does["command"], run)
    else:
        _command(task, environment)(does["command"], {})
    return True


def _is_made(settings: Settings, task: dict) -> bool:
    """
    Whether the copy is there that the unit starts for: later starts of its timer are for a missing one. Who runs this
    program by hand gets a new one. (What systemd tells of the timer does not say which of both it is: it stays.)
    """
    by_hand = os.environ.get("PLATFORM_TASK_START") != "schedule"
    if by_hand or task["kind"] != "backup" or task["schedule"]["every"] != "day":
        return False
    return record.is_done(settings, task["name"], task["schedule"], datetime.datetime.now(datetime.timezone.utc))


def run(settings: Settings, name: str) -> int:
    """One run, its record and its metrics. 0: done, made before or another host's turn; 1: failed; 75: runs already."""
    task = settings.task(name)
    settings.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(settings.state / f"{name}.lock", "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"{name}: runs already", file=sys.stderr)
            return BUSY
        if _is_made(settings, task):
            print(f"{name}: has been made")
            return 0
        done = record.read(settings, name)
        done.started = time.time()
        # Until it has succeeded it counts as failed: whoever kills it leaves that behind.
        done.failed = True
        record.keep(settings, task, done)
        signal.signal(signal.SIGTERM, _stopped)
        return _recorded(settings, task, done)


def _stopped(_signal: int, _frame: object) -> None:
    """systemd ends a task at its limit: that is a failure like another, and is recorded."""
    raise Refused("limit: must end within it, was stopped")


def _recorded(settings: Settings, task: dict, done: record.Record) -> int:
    name, begun = task["name"], done.started
    try:
        if task.get("after"):
            after = task["after"]
            record.require(settings, after["name"], after["schedule"], datetime.datetime.now(datetime.timezone.utc))
        if _do(settings, task, done):
            done.succeeded, done.succeeded_start = time.time(), begun
            print(f"{name}: succeeded" + (f", {done.size} bytes as {done.object}" if done.object else ""))
        done.failed = False
    except Exception as error:  # botocore's exceptions are made at run time
        print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
    done.seconds = round(time.time() - begun, 3)
    record.keep(settings, task, done)
    record.show(settings, task, done)
    return 1 if done.failed else 0


def show(settings: Settings) -> int:
    """Each task with its last success."""
    for name in sorted(settings.tasks):
        done = record.read(settings, name)
        state = "failed" if done.failed else "good"
        last = datetime.datetime.fromtimestamp(done.succeeded, datetime.timezone.utc)
        when = f"{last:%Y-%m-%d %H:%M} UTC" if done.succeeded else "no success yet"
        print(f"{name:<24} {state if done.started else 'never ran':<10} {when}")
    return 0


def main(arguments: list[str]) -> int:
    """Exit codes are those of `run`; 1 also for a task that is none."""
    parser = argparse.ArgumentParser(prog="platform-task", description=__doc__)
    parser.add_argument("--configuration", default="/etc/platform/tasks.json")
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("run", help="run a task now").add_argument("name")
    what.add_parser("require", help="fail unless a task succeeded since its last scheduled start").add_argument("name")
    what.add_parser("list", help="tasks of this host, and how their last runs went")
    what.add_parser("arm", help="start the timers of all tasks, and remove those of tasks that are gone")
    given = parser.parse_args(arguments)
    settings = load(given.configuration)
    try:
        if given.what == "run":
            return run(settings, given.name)
        if given.what == "require":
            now = datetime.datetime.now(datetime.timezone.utc)
            record.require(settings, given.name, settings.task(given.name)["schedule"], now)
            return 0
        return show(settings) if given.what == "list" else arm.arm(settings)
    except (Refused, OSError, subprocess.CalledProcessError) as refused:
        print(refused, file=sys.stderr)
        return 1
