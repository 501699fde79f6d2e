"""Says whether a repository of pgBackRest can bring PostgreSQL back to a moment, from which base backup, on which timeline.

Arguments: the stanza; the moment, `YYYY-MM-DD HH:MM:SS+00`; `latest` or the number of a timeline; the days that are kept.
Prints {"set": base backup, "timeline": number, "present": number of the newest one} and ends with 0; or says why not on standard error, and ends with 2.
Whatever pgBackRest would find out later, it would find out with every member stopped.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from typing import NamedTuple

DAY = 86_400


class Refused(Exception):
    """What was asked cannot be reached."""


class Branch(NamedTuple):
    """Where a timeline left another one: `child` begins in `parent` at a position of its log."""

    parent: int
    child: int
    position: int
    #: Time of the first commit that a restore left out. None: no restore to a moment, but a failover.
    left: float | None
    #: When it began.
    since: float


class Repository:
    """What pgBackRest has of one cluster."""

    def __init__(self, stanza: str) -> None:
        self.stanza = stanza
        found = json.loads(self._ask("info", "--output=json"))
        status = found[0]["status"] if found else {"code": 1, "message": "nothing"}
        if status["code"] != 0:
            raise Refused(f"the repository must have a base backup of {stanza}, it says {status['message']}")
        self.backups = found[0]["backup"]
        archive = found[0]["archive"][-1]
        self.folder = f"archive/{stanza}/{archive['id']}"
        listed = json.loads(self._ask("repo-ls", "--output=json", r"--filter=\.history$", self.folder))
        #: When each timeline but the first began.
        self.began = {int(name[:8], 16): entry["time"] for name, entry in listed.items() if name != "."}
        self.present = max([int(archive["max"][:8], 16), *self.began])

    def _ask(self, command: str, *options: str) -> str:
        arguments = ["pgbackrest", f"--stanza={self.stanza}", "--log-level-console=error", command, *options]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Refused(f"pgbackrest {command}: exit code {done.returncode}: {(done.stderr or done.stdout).strip()}")
        return done.stdout

    def branches(self, timeline: int) -> list[Branch]:
        """How a timeline came from the first one, in order."""
        if timeline == 1:
            return []
        lines = self._ask("repo-get", f"{self.folder}/{timeline:08X}.history").splitlines()
        found = [line.split("\t") for line in lines if re.match(r"[0-9]+\t", line)]
        children = [*(int(parent) for parent, *_ in found[1:]), timeline]
        return [
            Branch(int(parent), child, position(at), left_at(why), self.began.get(child, 0))
            for (parent, at, why), child in zip(found, children, strict=True)
        ]


def position(text: str) -> int:
    """A position of the log, as a number: `0/3000148`."""
    high, low = text.split("/")
    return int(high, 16) << 32 | int(low, 16)


def left_at(why: str) -> float | None:
    """The moment in PostgreSQL's words for a restore: `before 2026-11-21 09:30:00.5+00`."""
    try:
        return datetime.fromisoformat(why.removeprefix("before ")).timestamp() if why.startswith("before 2") else None
    except ValueError:
        return None


def told(seconds: float) -> str:
    """A moment as the playbook is told one."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S+00")


def moment_of(text: str) -> float:
    """Seconds since 1970."""
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S+00").replace(tzinfo=UTC).timestamp()
    except ValueError as error:
        raise Refused(f"restore_time must be YYYY-MM-DD HH:MM:SS+00, got {text}") from error


def timeline_of(text: str, repository: Repository) -> int:
    """The number of the timeline that is asked for."""
    if text == "latest":
        return repository.present
    if not re.fullmatch(r"[1-9][0-9]*", text) or int(text) > repository.present:
        raise Refused(f"restore_timeline must be latest or a number from 1 to {repository.present}, got {text}")
    return int(text)


def refuse_other_branch(moment: float, timeline: int, branches: list[Branch], repository: Repository) -> None:
    """What a restore left out is on the timeline that it left; what came after a timeline is on the next."""
    for branch in branches:
        if branch.left is not None and branch.left <= moment < branch.since:
            raise Refused(
                f"restore_time must not lie between {told(branch.left)} and {told(branch.since)}: a restore left that "
                f"out of timeline {timeline}; it is on timeline {branch.parent} (restore_timeline={branch.parent}), "
                f"got {told(moment)}"
            )
    later = [began for number, began in repository.began.items() if number > timeline]
    if later and moment >= min(later):
        raise Refused(
            f"restore_time must be before {told(min(later))}, when timeline {timeline} ended, got {told(moment)}; "
            "what came after it is on restore_timeline=latest"
        )


def base_backup(moment: float, timeline: int, branches: list[Branch], repository: Repository) -> str:
    """The newest one before the moment that the timeline comes from."""
    until = {branch.parent: branch.position for branch in branches}

    def is_before(backup: dict) -> bool:
        made_on = int(backup["archive"]["start"][:8], 16)
        end = until.get(made_on)
        on_the_way = made_on == timeline or (end is not None and position(backup["lsn"]["stop"]) <= end)
        return on_the_way and backup["timestamp"]["stop"] < moment

    found = [backup["label"] for backup in repository.backups if is_before(backup)]
    if not found:
        ends = ", ".join(told(backup["timestamp"]["stop"]) for backup in repository.backups) or "none"
        raise Refused(
            f"restore_time must be after the end of a base backup that timeline {timeline} comes from (base backups "
            f"ended {ends}), got {told(moment)}"
        )
    return found[-1]


def main() -> int:
    """See above."""
    stanza, text, timeline_text, days = sys.argv[1:]
    now = datetime.now(UTC).timestamp()
    try:
        moment = moment_of(text)
        if not now - int(days) * DAY <= moment < now:
            raise Refused(f"restore_time must be past and within {days} days, got {text}; now is {told(now)}")
        repository = Repository(stanza)
        timeline = timeline_of(timeline_text, repository)
        branches = repository.branches(timeline)
        refuse_other_branch(moment, timeline, branches, repository)
        chosen = base_backup(moment, timeline, branches, repository)
        print(json.dumps({"set": chosen, "timeline": timeline, "present": repository.present}))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


sys.exit(main())
