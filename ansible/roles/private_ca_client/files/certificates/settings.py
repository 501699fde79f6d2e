"""What the host is told of its certificates (`/etc/platform/certificates.json`), and how it meets AWS."""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import functools
import json
import os
import pathlib
from collections.abc import Iterator


class Refused(Exception):
    """What is wrong, for whoever reads the journal. Never holds key material."""


@dataclasses.dataclass(frozen=True)
class Wanted:
    """One certificate as the catalogue wants it, and where its files lie."""

    name: str
    authority_parameter: str
    certificate: pathlib.Path
    key: pathlib.Path
    authority: pathlib.Path
    group: str
    owner: str
    days: int
    issued_by: str
    names: tuple[str, ...]
    unit: str


@dataclasses.dataclass(frozen=True)
class Settings:
    region: str
    state: pathlib.Path
    metrics: str
    certificates: tuple[Wanted, ...]
    reloads: tuple[str, ...]
    revocation: dict | None
    register: str | None

    def wanted(self, name: str) -> Wanted:
        for each in self.certificates:
            if each.name == name:
                return each
        raise Refused(f"{name}: is no certificate of this host; there are {', '.join(each.name for each in self.certificates)}")


def load(path: str) -> Settings:
    """Reads the settings; the role has judged them already."""
    given = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    return Settings(
        region=given["region"],
        state=pathlib.Path(given["state"]),
        metrics=given["metrics"],
        certificates=tuple(
            Wanted(
                name=each["name"],
                authority_parameter=each["authority_parameter"],
                certificate=pathlib.Path(each["certificate"]),
                key=pathlib.Path(each["key"]),
                authority=pathlib.Path(each["authority"]),
                group=each["group"],
                owner=each.get("owner", ""),
                days=each["days"],
                issued_by=each["issued_by"],
                names=tuple(given["names"]),
                unit=each.get("unit", ""),
            )
            for each in given["certificates"]
        ),
        reloads=tuple(given["reloads"]),
        revocation=given.get("revocation") or None,
        register=given.get("register") or None,
    )


@functools.cache
def _client(region: str, service: str):
    import boto3  # here, for it takes a second that a look at good certificates need not cost

    # The first answer of the metadata service may take longer than boto's one second, on a host that is busy.
    os.environ.setdefault("AWS_METADATA_SERVICE_TIMEOUT", "5")
    os.environ.setdefault("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "5")
    return boto3.client(service, region_name=region)


def client(settings: Settings, service: str):
    """A client of AWS in the host's own role."""
    return _client(settings.region, service)


@functools.cache
def _parameter(region: str, name: str) -> str:
    return _client(region, "ssm").get_parameter(Name=name)["Parameter"]["Value"]


def parameter(settings: Settings, name: str) -> str:
    """What only apply knows."""
    return _parameter(settings.region, name)


@contextlib.contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Waits until no other run changes certificates."""
    settings.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(settings.state / "lock", "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
