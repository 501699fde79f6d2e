"""Timers of this host: those of its tasks run, those of tasks that are gone do not stay."""

from __future__ import annotations

import pathlib
import subprocess

from .settings import Settings

UNITS = pathlib.Path("/etc/systemd/system")


def _systemctl(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(["systemctl", *words], capture_output=True, text=True, check=False)


def _must(*words: str) -> None:
    subprocess.run(["systemctl", *words], check=True)


def arm(settings: Settings) -> int:
    """Says `changed` for each timer that it started or removed."""
    wanted = {f"platform-task-{name}.timer" for name in settings.timers}
    stale = sorted(path.name for path in UNITS.glob("platform-task-*.timer") if path.name not in wanted)
    for name in stale:
        _must("disable", "--now", "--quiet", name)
        for ending in (".timer", ".service"):
            (UNITS / name).with_suffix(ending).unlink(missing_ok=True)
        print(f"changed: {name} is gone")
    reload_needed = "yes" in _systemctl("show", "--property=NeedDaemonReload", "--value", *wanted).stdout if wanted else False
    if stale or reload_needed:
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
