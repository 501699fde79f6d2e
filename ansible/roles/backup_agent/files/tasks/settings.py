"""What the host is told of its tasks (`/etc/platform/tasks.json`), and how it meets AWS."""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import pathlib


class Refused(Exception):
    """What is wrong, for whoever reads the journal. Never holds a secret."""


@dataclasses.dataclass(frozen=True)
class Settings:
    region: str
    host: str
    domain: str
    state: pathlib.Path
    metrics: str
    secrets: pathlib.Path
    tasks: dict[str, dict]
    timers: tuple[str, ...]

    def task(self, name: str) -> dict:
        if name not in self.tasks:
            raise Refused(f"{name}: is no task of this host; there are {', '.join(sorted(self.tasks))}")
        return self.tasks[name]

    def environment(self, name: str) -> dict[str, str]:
        """Variables of a task, from a file that only root reads."""
        path = self.secrets / f"{name}.env"
        if not path.exists():
            return {}
        lines = path.read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def load(path: str) -> Settings:
    """Reads the settings; the role has judged them already."""
    given = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    return Settings(
        region=given["region"],
        host=given["host"],
        domain=given["domain"],
        state=pathlib.Path(given["state"]),
        metrics=given["metrics"],
        secrets=pathlib.Path(given["secrets"]),
        tasks={task["name"]: task for task in given["tasks"]},
        timers=tuple(given["timers"]),
    )


@functools.cache
def _client(region: str):
    import boto3  # here, for it takes a second that jobs need not wait
    import botocore.config

    # The first answer of the metadata service may take longer than boto's one second, on a host that is busy.
    os.environ.setdefault("AWS_METADATA_SERVICE_TIMEOUT", "5")
    os.environ.setdefault("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "5")
    retries = botocore.config.Config(retries={"mode": "standard", "max_attempts": 8})
    return boto3.client("s3", region_name=region, config=retries)


def s3(settings: Settings):
    """The door of buckets, in the host's own role."""
    return _client(settings.region)
