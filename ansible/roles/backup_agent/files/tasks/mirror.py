"""A mirror of a folder, one object for each file (TKT-7.5). S3 keeps what a deletion or a change leaves, as versions."""

from __future__ import annotations

import os
import pathlib
import stat

from .settings import Refused, Settings, s3
from .stream import Counted, upload

# So many failures are said in full.
SHOWN = 10


def present(client, bucket: str, prefix: str) -> dict[str, tuple[int, float]]:
    """Size and time of each object; its writer may list and not read."""
    found = {}
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for each in page.get("Contents", []):
            found[each["Key"].removeprefix(prefix)] = (each["Size"], each["LastModified"].timestamp())
    return found


def files(folder: pathlib.Path) -> tuple[dict[str, os.stat_result], list[str]]:
    """Regular files below a folder, by relative path, and what cannot be read. Links are not followed: none leads out of it."""
    found, failures = {}, []

    def unread(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError) or pathlib.Path(error.filename) == folder:
            failures.append(_failure(error.filename, error))

    for root, _, names in os.walk(folder, onerror=unread):
        for name in names:
            path = pathlib.Path(root, name)
            try:
                told = path.lstat()
            except OSError as error:
                unread(error)
                continue
            if stat.S_ISREG(told.st_mode):
                found[str(path.relative_to(folder))] = told
    return found, failures


def _failure(path: object, error: Exception) -> str:
    """Names of files need not be UTF-8, and errors say them in full."""
    return f"{path}: {type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode()


def changed(local: dict[str, os.stat_result], remote: dict[str, tuple[int, float]]) -> list[str]:
    """Files that the bucket lacks, or has in another size or from before their last change."""
    return sorted(
        name for name, told in local.items() if name not in remote or remote[name][0] != told.st_size or remote[name][1] < told.st_mtime
    )


def _send(settings: Settings, does: dict, names: list[str]) -> list[str]:
    """Sends files; what cannot be sent stops no other. Says which."""
    failures = []
    for name in names:
        path = pathlib.Path(does["path"], name)
        try:
            with open(path, "rb") as source:
                upload(settings, Counted(source, lambda: None), does["bucket"], does["prefix"] + name)
        except FileNotFoundError:
            continue  # deleted since: the next run marks it
        except Refused:
            raise  # stopped at its limit
        except Exception as error:  # botocore's exceptions are made at run time
            failures.append(_failure(path, error))
    return failures


def run(settings: Settings, does: dict) -> tuple[int, int, str]:
    """
    Sends what changed, then marks what is gone. Refuses an empty folder while the mirror is not: then a mount is missing.
    While anything cannot be read or sent, nothing is marked: what is not seen need not be gone.
    """
    folder, client = pathlib.Path(does["path"]), s3(settings)
    # Before the files: what another host sends meanwhile is not taken for gone.
    remote = present(client, does["bucket"], does["prefix"])
    local, failures = files(folder)
    if remote and not local and not failures:
        raise Refused(f"{folder}: must hold files, since its mirror holds {len(remote)}; got none")
    failures += _send(settings, does, changed(local, remote))
    if failures:
        said = "; ".join(failures[:SHOWN])
        raise Refused(f"{folder}: all must be read and sent, {len(failures)} were not, nothing is marked as gone: {said}")
    for name in sorted(set(remote) - set(local)):
        client.delete_object(Bucket=does["bucket"], Key=does["prefix"] + name)
    return sum(told.st_size for told in local.values()), len(local), does["prefix"]
