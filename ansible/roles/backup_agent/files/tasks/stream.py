"""A copy on its way from programs to the bucket. Nothing of it touches a disk (BRK-25.6, BRK-SEC.14)."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import subprocess
from collections.abc import Iterator

from .settings import Refused, Settings, s3

MIB = 1024**2
# Parts of 32 MiB: 10,000 of them, the most that S3 takes, are 312 GiB, more than any volume of the catalogue.
PART = 32 * MIB
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


def variables(given: dict[str, str]) -> dict[str, str]:
    """All that a program gets: its own variables, none of this one's."""
    return {"PATH": PATH, "LANG": "C.UTF-8", "HOME": "/nonexistent", **given}


@dataclasses.dataclass(frozen=True)
class Step:
    """One program of a pipe."""

    command: list[str]
    environment: dict[str, str] | None = None
    user: str | None = None


class Counted(io.RawIOBase):
    """Reads a pipe, counts and digests. At its end it asks how the programs ended: a failure must not look like an end."""

    def __init__(self, source, finish) -> None:
        self.source, self.finish = source, finish
        self.digest, self.size = hashlib.sha256(), 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        if not data:
            self.finish()
        self.digest.update(data)
        self.size += len(data)
        return data


@contextlib.contextmanager
def piped(steps: list[Step]) -> Iterator[Counted]:
    """Runs programs one into the other; the last one's output is read. What still runs at the end is killed."""
    running: list[subprocess.Popen] = []

    def finish() -> None:
        for step, process in zip(steps, running, strict=True):
            if process.wait() != 0:
                raise Refused(f"{step.command[0]}: must succeed, ended with exit code {process.returncode}")

    try:
        for step in steps:
            source = running[-1].stdout if running else subprocess.DEVNULL
            account = {} if step.user is None else {"user": step.user, "group": step.user, "extra_groups": []}
            process = subprocess.Popen(step.command, stdin=source, stdout=subprocess.PIPE, env=step.environment, **account)
            if running:
                running[-1].stdout.close()
            running.append(process)
        yield Counted(running[-1].stdout, finish)
    finally:
        for process in running:
            process.kill()
            process.wait()


def upload(settings: Settings, source: io.RawIOBase, bucket: str, key: str) -> None:
    """Sends a stream in parts, each with its checksum; S3 shows the object only once all parts are there."""
    import boto3.s3.transfer

    parts = boto3.s3.transfer.TransferConfig(multipart_threshold=PART, multipart_chunksize=PART, max_concurrency=2)
    s3(settings).upload_fileobj(source, bucket, key, ExtraArgs={"ChecksumAlgorithm": "SHA256"}, Config=parts)


def store(settings: Settings, steps: list[Step], bucket: str, key: str) -> int:
    """Stores what the programs write, and beside it its checksum as `sha256sum` reads it. Bytes of the copy."""
    with piped(steps) as source:
        upload(settings, source, bucket, key)
        if source.size == 0:
            raise Refused(f"{key}: must not be empty")
        manifest = f"{source.digest.hexdigest()}  {key.rsplit('/', 1)[-1]}\n".encode()
    s3(settings).put_object(Bucket=bucket, Key=f"{key}.sha256", Body=manifest, ChecksumAlgorithm="SHA256")
    return source.size
