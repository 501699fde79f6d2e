"""Timers of this host: those of its tasks run, those of tasks that are gone do not stay, and nothing of these does."""

from __future__ import annotations

import pathlib
import subprocess

from .settings import Settings

UNITS = pathlib.Path("/etc/systemd/system")
PREFIX = "platform-task-"


def _systemctl(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(["systemctl", *words], capture_output=True, text=True, check=False)


def _must(*words: str) -> None:
    subprocess.run(["systemctl", *words], check=True)


def _stop(timer: str) -> None:
    """Stops a task that is gone, also under way, so that it leaves nothing later."""
    _must("disable", "--now", "--quiet", timer)
    _must("stop", timer.replace(".timer", ".service"))
    for ending in (".timer", ".service"):
        (UNITS / timer).with_suffix(ending).unlink(missing_ok=True)


def _remains(settings: Settings) -> list[pathlib.Path]:
    """Secrets, metrics, records and locks of tasks that this host has no more."""
    places = ((settings.secrets, "*.env"), (pathlib.Path(settings.metrics), f"{PREFIX}*.prom"))
    places += ((settings.state, "*.json"), (settings.state, "*.lock"))
    found = (path for folder, pattern in places for path in folder.glob(pattern))
    return sorted(path for path in found if path.stem.removeprefix(PREFIX) not in settings.timers)


def arm(settings: Settings) -> int:
    """Says `changed` for each timer that it started or removed, and for each file of a task that is gone."""
    wanted = {f"{PREFIX}{name}.timer" for name in settings.timers}
    stale = sorted(path.name for path in UNITS.glob(f"{PREFIX}*.timer") if path.name not in wanted)
    for name in stale:
        _stop(name)
        print(f"changed: {name} is gone")
    for path in _remains(settings):
        path.unlink()
        print(f"changed: {path} is gone")
    # Of services, too: a timer starts them as systemd knows them.
    units = sorted(wanted | {name.replace(".timer", ".service") for name in wanted})
    if stale or (units and "yes" in _systemctl("show", "--property=NeedDaemonReload", "--value", *units).stdout):
        _must("daemon-reload")
    idle = [
        name
        for name in sorted(wanted)
        if _systemctl("is-enabled", name).stdout.strip() != "enabled" or _systemctl("is-active", name).stdout.strip() != "active"
    ]
    if idle:
        _must("enable", "--now", "--quiet", *idle)
        print("\n".join(f"changed: {name} is started" for name in idle))
    return 0
