"""Programs that must be told of a change. A reload that fails is owed: each run tries it again until it succeeds."""

from __future__ import annotations

import pathlib
import shlex
import subprocess

from .settings import Refused, Settings


def owe(settings: Settings, name: str) -> None:
    """Remembers that programs of this name must be told, also if this run ends before they are."""
    _stamp(settings, name).touch(mode=0o600)


def settle(settings: Settings, name: str, commands: list[str] | tuple[str, ...]) -> None:
    """Tells programs what they are owed, if anything. Until all have taken it they serve the old one."""
    stamp = _stamp(settings, name)
    if not stamp.exists():
        return
    failed = [command for command in commands if subprocess.run(shlex.split(command), check=False).returncode != 0]
    if failed:
        raise Refused(f"reloads: must succeed, failed {'; '.join(failed)}")
    stamp.unlink()


def _stamp(settings: Settings, name: str) -> pathlib.Path:
    return settings.state / f"{name}-owed"
