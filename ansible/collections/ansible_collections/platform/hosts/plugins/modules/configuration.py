#!/usr/bin/python
"""Writes rendered configuration files on the host, with secrets that only the host may read."""

from __future__ import annotations

DOCUMENTATION = r"""
module: configuration
short_description: Makes folders and writes configuration files from templates, secrets included
description:
  - Renders templates on the controller. Where a marker stands (C(%%secret:NAME%%), C(%%sha256:NAME%%),
    C(%%parameter:NAME%%)) the host puts the value from Secrets Manager or Parameter Store, with its own role.
  - C(%%secret-previous:NAME:SECONDS%%) and C(%%sha256-previous:NAME:SECONDS%%) stand for the value before the current
    one while that is younger than so many seconds, then for the current one; so both open a store while it is rotated.
  - No value leaves the host. Files are checked, then moved into place.
  - A task of a role that notifies handlers notes on the host, before it moves a file, that they are owed, and is changed as
    long as that note is there (C(platform_owed)/ROLE/HANDLER). The role's last handler removes it. So handlers of a run that
    ended before them run in the next one.
options:
  files:
    description:
      - The files. Each has C(src) (a template) and C(dest) (an absolute path), and may have C(owner), C(group), C(mode),
        C(validate) (a command with C(%s) in place of the path) and C(once) (true writes only where no file is, for state
        that a program rewrites). Required unless there are C(folders).
    type: list
    elements: dict
  folders:
    description:
      - Folders that are made first, in this order. Each is a path, or has C(path) and may have C(owner) (default C(root)),
        C(group) (default the owner's name) and C(mode) (default C(0755)).
    type: list
    elements: raw
  owner:
    description: Owner of files that name none.
    type: str
    default: root
  group:
    description: Group of files that name none.
    type: str
    default: root
  mode:
    description: Mode of files that name none, a quoted octal number.
    type: str
    default: "0644"
  validate:
    description: Command with C(%s) that checks files that name none.
    type: str
author:
  - platform
"""

EXAMPLES = r"""
- name: Write the configuration of Redis
  platform.hosts.configuration:
    owner: redis
    group: redis
    mode: "0640"
    folders:
      - /etc/systemd/system/redis-server.service.d
      - { path: /srv/data/redis, owner: redis, mode: "0750" }
    files:
      - { src: redis.conf.j2, dest: /etc/redis/redis.conf }
      - { src: users.acl.j2, dest: /etc/redis/users.acl, mode: "0600" }
"""

RETURN = r"""
written:
  description: Paths that were not as they should be. Their content is never shown.
  returned: always
  type: list
  elements: str
owed:
  description: Notes of handlers that an earlier run notified and did not come to.
  returned: always
  type: list
  elements: str
"""

import grp
import hashlib
import os
import pwd
import re
import shlex
import stat
import tempfile
import time

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.platform.hosts.plugins.module_utils import aws
from ansible_collections.platform.hosts.plugins.module_utils.refusals import NotYet, Refused

MARKER = re.compile(
    r"%%(?:(secret|sha256|parameter):([A-Za-z0-9/_.+=@-]+)|(secret|sha256)-previous:([A-Za-z0-9/_.+=@-]+):([0-9]+))%%"
)


class Values:
    """Values of markers, each fetched once."""

    def __init__(self, region):
        self.region = region
        self.known = {}
        self.since = {}
        self.clients = {}

    def client(self, service):
        """Made only where a file has a marker."""
        if service not in self.clients:
            self.clients[service] = aws.client(service, self.region)
        return self.clients[service]

    def fetched(self, kind, name):
        """The secret or parameter itself, as its store has it; the age of a secret's version is kept."""
        try:
            if kind == "parameter":
                return self.client("ssm").get_parameter(Name=name)["Parameter"]["Value"]
            found = self.client("secretsmanager").get_secret_value(SecretId=name)
            self.since[name] = found["CreatedDate"].timestamp()
            return found["SecretString"]
        except Refused:
            raise
        except Exception as error:  # botocore's exceptions are made at run time
            raise Refused(f"{kind} {name}: could not be read by this host: {type(error).__name__}: {error}") from error

    def previous(self, name, seconds):
        """The value before the current one, while that is younger than so many seconds; else the current one."""
        current = self.value("secret", name)
        if time.time() - self.since[name] >= seconds:
            return current
        client = self.client("secretsmanager")
        try:
            return client.get_secret_value(SecretId=name, VersionStage="AWSPREVIOUS")["SecretString"] or current
        except client.exceptions.ResourceNotFoundException:
            return current  # its first value
        except Exception as error:  # botocore's exceptions are made at run time
            raise Refused(f"secret {name}: its previous value could not be read by this host: {type(error).__name__}") from error

    def value(self, source, name):
        """A secret or parameter, fetched once. An empty one is refused (BRK-SEC.5)."""
        if (source, name) not in self.known:
            self.known[(source, name)] = self.fetched(source, name)
        value = self.known[(source, name)]
        if value == "":
            raise Refused(f"{source} {name}: must have a value, got an empty one")
        return value

    def of(self, match):
        """Text that takes the place of one marker."""
        kind, name, before, name_before, seconds = match.groups()
        if before:
            value = self.previous(name_before, int(seconds))
        else:
            value = self.value("parameter" if kind == "parameter" else "secret", name)
        return hashlib.sha256(value.encode()).hexdigest() if "sha256" in (kind, before) else value


def ids(path, entry):
    """Numbers of owner and group; before a first run the users of a program are not there."""
    try:
        return pwd.getpwnam(entry["owner"]).pw_uid, grp.getgrnam(entry["group"]).gr_gid
    except KeyError as error:
        raise NotYet(f"{path}: owner and group must exist, got {entry['owner']}:{entry['group']}") from error


def make_folder(module, folder):
    """Makes a folder, and those above it, with its owner and mode; whether the host had it otherwise."""
    path, mode = folder["path"], int(folder["mode"], 8)
    try:
        owner = ids(path, folder)
    except NotYet:
        if module.check_mode:
            return True
        raise
    status = os.stat(path) if os.path.exists(path) else None
    if status is not None and not stat.S_ISDIR(status.st_mode):
        raise Refused(f"{path}: must be a folder, got a file")
    if status is not None and (stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid) == (mode, *owner):
        return False
    if not module.check_mode:
        os.makedirs(path, exist_ok=True)
        os.chown(path, *owner)
        os.chmod(path, mode)
    return True


def is_as_wanted(file, content, owner):
    """Whether a file has its content, owner, group and mode already."""
    try:
        status = os.stat(file["dest"], follow_symlinks=False)
        with open(file["dest"], "rb") as present:
            same = present.read() == content
    except (FileNotFoundError, NotADirectoryError):
        return False
    return (
        same
        and stat.S_ISREG(status.st_mode)
        and stat.S_IMODE(status.st_mode) == int(file["mode"], 8)
        and (status.st_uid, status.st_gid) == owner
    )


def is_there(path):
    """Whether a path exists, be it a link to nowhere."""
    return os.path.lexists(path)


def would_change(module, values, file):
    """Completes a file with what only the host may know; whether the host has it otherwise."""
    file["secret"] = MARKER.search(file["content"]) is not None
    try:
        file["bytes"] = MARKER.sub(values.of, file["content"]).encode()
        file["ids"] = ids(file["dest"], file)
    except NotYet:
        if module.check_mode:
            return True
        raise
    return not is_as_wanted(file, file["bytes"], file["ids"])


def stage(module, file):
    """Writes beside the destination, checks, and returns the staged path."""
    folder = os.path.dirname(file["dest"])
    if not os.path.isdir(folder):
        raise Refused(f"{file['dest']}: its folder must exist, got none at {folder}")
    handle, path = tempfile.mkstemp(prefix=".platform-", suffix=os.path.basename(file["dest"]), dir=folder)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(file["bytes"])
            target.flush()
            os.fsync(target.fileno())
        os.chown(path, *file["ids"])
        os.chmod(path, int(file["mode"], 8))
        check(module, file, path)
    except BaseException:
        os.unlink(path)
        raise
    return path


def check(module, file, path):
    """Runs the program's own check on a staged file. Its output may quote the file: it is shown only without secrets."""
    if not file.get("validate"):
        return
    command = [part.replace("%s", path) for part in shlex.split(file["validate"])]
    code, out, err = module.run_command(command)
    if code != 0:
        said = "its output is kept back, for it may quote secrets" if file["secret"] else (err or out).strip()
        raise Refused(f"{file['dest']}: refused by {command[0]} with exit code {code}: {said}")


def note(path):
    """Makes an empty file that is there after a loss of power, too."""
    folder = os.path.dirname(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    with open(path, "w", encoding="utf-8"):
        pass
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def main():
    """Makes folders; decides which files differ, stages and checks all of these, then moves all of them."""
    module = AnsibleModule(
        argument_spec={
            "folders": {
                "type": "list",
                "elements": "dict",
                "default": [],
                "options": {name: {"type": "str", "required": True} for name in ("path", "owner", "group", "mode")},
            },
            "files": {
                "type": "list",
                "elements": "dict",
                "default": [],
                "options": {
                    "dest": {"type": "str", "required": True},
                    "content": {"type": "str", "required": True},
                    "owner": {"type": "str", "required": True},
                    "group": {"type": "str", "required": True},
                    "mode": {"type": "str", "required": True},
                    "validate": {"type": "str"},
                    "once": {"type": "bool", "default": False},
                },
            },
            "owed": {"type": "list", "elements": "str", "default": []},
            "region": {"type": "str"},
        },
        supports_check_mode=True,
    )
    values = Values(module.params["region"])
    staged, made = [], []
    owed = [path for path in module.params["owed"] if is_there(path)]
    try:
        made.extend(folder["path"] for folder in module.params["folders"] if make_folder(module, folder))
        # Copies: what Ansible knows of a call it shows, and these get values of secrets.
        for file in [dict(file) for file in module.params["files"]]:
            if file["once"] and is_there(file["dest"]):
                continue
            if not would_change(module, values, file):
                continue
            staged.append((None if module.check_mode else stage(module, file), file["dest"]))
        if staged and not module.check_mode:
            for path in module.params["owed"]:
                note(path)
        for path, dest in staged:
            if path is not None:
                os.replace(path, dest)
    except Refused as error:
        for path, _ in staged:
            if path is not None and os.path.exists(path):
                os.unlink(path)
        module.fail_json(msg=str(error))
    module.exit_json(changed=bool(made or staged or owed), written=made + [dest for _, dest in staged], owed=owed)


if __name__ == "__main__":
    main()
