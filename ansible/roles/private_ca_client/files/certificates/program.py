"""Command line `platform-certificates`."""

from __future__ import annotations

import argparse
import contextlib
import pathlib
import sys
import time

import textfile

from . import places, renewal
from .settings import Refused, Settings, Wanted, alone, load


def metrics(settings: Settings, failed: dict[str, bool], awaiting: set[str]) -> None:
    """Ends of certificates and how the run went; a run that failed keeps the day of the last success."""
    labels = {each.name: {"authority": each.name, "path": str(each.certificate)} for each in settings.certificates}
    ends, successes = [], []
    for wanted in settings.certificates:
        certificate = places.Installed(wanted).certificate
        if certificate is not None:
            ends.append((labels[wanted.name], certificate.not_valid_after_utc.timestamp()))
        stamp = settings.state / f"{wanted.name}.success"
        if not failed[wanted.name]:
            stamp.touch()
        if stamp.exists():
            successes.append((labels[wanted.name], stamp.stat().st_mtime))
    of_each = [(labels[name], name) for name in labels]
    textfile.write(
        settings.metrics,
        "platform-certificates",
        [
            ("platform_certificate_not_after_timestamp_seconds", "End of the installed certificate.", ends),
            ("platform_certificate_last_success_timestamp_seconds", "Last check that found or made it good.", successes),
            ("platform_certificate_failed", "Whether the last check failed.", [(of, failed[name]) for of, name in of_each]),
            (
                "platform_certificate_awaits_signature",
                "Whether people must have a request signed.",
                [(of, name in awaiting) for of, name in of_each],
            ),
            ("platform_certificate_run_timestamp_seconds", "Last run.", [({}, int(time.time()))]),
        ],
    )


def _one(settings: Settings, wanted: Wanted, awaiting: set[str]) -> bool:
    mended = places.mend(wanted)
    if wanted.issued_by == "host":
        return renewal.renew(settings, wanted) or mended
    if renewal.prepare(settings, wanted) is not None:
        awaiting.add(wanted.name)
    return mended


def _renew(settings: Settings) -> int:
    failed, awaiting, changed = {}, set(), False
    for wanted in settings.certificates:
        try:
            changed = _one(settings, wanted, awaiting) or changed
            failed[wanted.name] = False
        except Exception as error:  # botocore's exceptions are made at run time; one authority must not stop the other
            failed[wanted.name] = True
            print(f"{wanted.name}: {type(error).__name__}: {error}", file=sys.stderr)
    told = _tell(settings, changed)
    metrics(settings, {name: bad or not told for name, bad in failed.items()}, awaiting)
    return 0 if told and not any(failed.values()) else 1


def _tell(settings: Settings, changed: bool) -> bool:
    """Whether programs have what is installed. One that did not take it serves the old one until that ends."""
    try:
        renewal.reload_programs(settings, changed)
    except (Refused, OSError) as refused:
        print(refused, file=sys.stderr)
        return False
    return True


def _install(settings: Settings, name: str, source: str) -> int:
    text = sys.stdin.buffer.read() if source == "-" else pathlib.Path(source).read_bytes()
    renewal.reload_programs(settings, renewal.take(settings, settings.wanted(name), text))
    return _renew(settings)


def _request(settings: Settings, name: str) -> int:
    wanted = settings.wanted(name)
    request_file = renewal.pending(settings, wanted)[1]
    with contextlib.redirect_stdout(sys.stderr):
        why = renewal.prepare(settings, wanted)
    if why is None:
        raise Refused(f"{name}: needs no signature")
    print(request_file.read_text(encoding="ascii"), end="")
    return 0


def main(arguments: list[str]) -> int:
    """Exit code 0: all is as it must be, or awaits people; 1: something failed, and what served before still serves."""
    parser = argparse.ArgumentParser(prog="platform-certificates", description=__doc__)
    parser.add_argument("--configuration", default="/etc/platform/certificates.json")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--install", metavar="FILE", help="take a certificate that people had signed; - reads it from standard input")
    group.add_argument("--request", action="store_true", help="show the request that people have signed")
    parser.add_argument("--name", default="broker", help="which certificate, for --install and --request")
    given = parser.parse_args(arguments)
    settings = load(given.configuration)
    try:
        with alone(settings):
            if given.install is not None:
                return _install(settings, given.name, given.install)
            return _request(settings, given.name) if given.request else _renew(settings)
    except (Refused, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
