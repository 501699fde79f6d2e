"""A mirror of a folder, one object for each file (TKT-7.5). S3 keeps what a deletion or a change leaves, as versions."""

from __future__ import annotations

import os
import pathlib

from .settings import Refused, Settings, s3
from .stream import Counted, upload


def present(client, bucket: str, prefix: str) -> dict[str, tuple[int, float]]:
    """Size and time of each object; its writer may list and not read."""
    found = {}
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for each in page.get("Contents", []):
            found[each["Key"].removeprefix(prefix)] = (each["Size"], each["LastModified"].timestamp())
    return found


def files(folder: pathlib.Path) -> dict[str, os.stat_result]:
    """All regular files below a folder, by relative path; links are not followed, so that none leads out of it."""
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = pathlib.Path(root, name)
            if path.is_file() and not path.is_symlink():
                found[str(path.relative_to(folder))] = path.stat()
    return found


def changed(local: dict[str, os.stat_result], remote: dict[str, tuple[int, float]]) -> list[str]:
    """Files that the bucket lacks, or has in another size or from before their last change."""
    return sorted(
        name for name, stat in local.items() if name not in remote or remote[name][0] != stat.st_size or remote[name][1] < stat.st_mtime
    )


def run(settings: Settings, does: dict) -> tuple[int, int, str]:
    """Sends what changed, then marks what is gone. Refuses an empty folder while the mirror is not: then a mount is missing."""
    folder = pathlib.Path(does["path"])
    client, bucket, prefix = s3(settings), does["bucket"], does["prefix"]
    local, remote = files(folder), present(client, bucket, prefix)
    if remote and not local:
        raise Refused(f"{folder}: must hold files, since its mirror holds {len(remote)}; got none")
    for name in changed(local, remote):
        try:
            with open(folder / name, "rb") as source:
                upload(settings, Counted(source, lambda: None), bucket, prefix + name)
        except FileNotFoundError:
            continue  # deleted since: the next run marks it
    for name in sorted(set(remote) - set(local)):
        client.delete_object(Bucket=bucket, Key=prefix + name)
    return sum(stat.st_size for stat in local.values()), len(local), prefix
