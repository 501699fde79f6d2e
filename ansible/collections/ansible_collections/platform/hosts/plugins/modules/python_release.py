#!/usr/bin/python
"""Installs a release of a Python service beside the one that runs, from the package bucket."""

from __future__ import annotations

DOCUMENTATION = r"""
module: python_release
short_description: Installs releases of a Python service side by side
description:
  - Fetches a release from the package bucket with the host's own role, checks every file, and installs its wheels
    into a virtual environment of its own below C(<root>/releases/<version>). What runs is not touched.
  - The manifest names all files with their SHA-256, and the caller names the SHA-256 of the manifest, which must be
    signed beside; nothing is listed, nothing comes from anywhere else, nothing is built.
  - The manifest is written last, so that an installation that was cut off is begun anew.
options:
  state:
    description:
      - C(present) installs; C(initial) installs and switches to it only on a host that runs no release yet; C(pruned)
        deletes all but the newest, the running and the previous ones; C(known) only tells.
    choices: [present, initial, pruned, known]
    default: present
    type: str
  root:
    description: Folder of the service on the host.
    type: str
    required: true
  service:
    description: Name of the service, and first part of the keys.
    type: str
  component:
    description: Which part of the release this host installs.
    type: str
  version:
    description: The release. Empty only where none is needed.
    type: str
    default: ""
  sha256:
    description: SHA-256 of the release's manifest.
    type: str
    default: ""
  bucket:
    description: The package bucket.
    type: str
  region:
    description: Region of the bucket.
    type: str
  keyring:
    description: Public keys of OpenPGP, one of which has signed the manifest.
    type: path
    default: /etc/apt/keyrings/platform.asc
  python:
    description: Interpreter of the virtual environment.
    type: str
    default: /usr/bin/python3
  keep:
    description: How many releases stay when pruning.
    type: int
    default: 3
author:
  - platform
"""

EXAMPLES = r"""
- name: Install a release beside the running one
  platform.hosts.python_release:
    root: /opt/ticketing
    service: ticketing
    component: api
    version: 1.4.0
    sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    bucket: prd-plt-packages-333333333333
    region: eu-central-1
"""

RETURN = r"""
current:
  description: Version that runs, empty when none does.
  returned: always
  type: str
sha256:
  description: SHA-256 of the manifest of the version that runs, empty when none does.
  returned: always
  type: str
earlier:
  description: Versions that led to it and are still there, the oldest first; none that was left by going back.
  returned: always
  type: list
  elements: str
previous:
  description: Version to go back to, the last of C(earlier); empty when there is none.
  returned: always
  type: str
installed:
  description: Versions on the host.
  returned: always
  type: list
  elements: str
"""

import json
import os
import re
import shutil

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.platform.hosts.plugins.module_utils.refusals import Refused
from ansible_collections.platform.hosts.plugins.module_utils.release_source import Source
from ansible_collections.platform.hosts.plugins.module_utils.releases import Releases

VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+]{0,63}")
NEEDED = ["service", "component", "bucket", "region"]
DIGEST = re.compile(r"[0-9a-f]{64}")
# A file of a release: folders and names of our own alphabet, none of which leads upwards.
PATH = re.compile(r"([0-9A-Za-z][0-9A-Za-z._+-]*/)?[0-9A-Za-z_][0-9A-Za-z._+-]*")


def wanted_files(manifest, params):
    """Paths and digests of what this host installs."""
    for name in ("service", "version"):
        if manifest.get(name) != params[name]:
            raise Refused(f"manifest of {params['version']}: {name} must be {params[name]}, got {manifest.get(name)}")
    paths = manifest.get("components", {}).get(params["component"])
    if not paths:
        known = ", ".join(sorted(manifest.get("components", {})))
        raise Refused(f"release {params['version']}: has nothing for {params['component']}, got parts for {known}")
    files = {path: manifest["files"].get(path, "") for path in paths}
    for path, digest in files.items():
        if not PATH.fullmatch(path) or not DIGEST.fullmatch(digest):
            raise Refused(f"manifest of {params['version']}: {path} must be a plain path with a SHA-256, got {digest!r}")
    return files


def run(module, command):
    """Runs a command that must succeed, without the settings of whoever called."""
    code, out, err = module.run_command(
        command, environ_update={"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INPUT": "1", "LC_ALL": "C.UTF-8"}
    )
    if code != 0:
        raise Refused(f"{' '.join(command[:6])}: exit code {code}: {(err or out).strip()[-2000:]}")


def install(module, releases, params):
    """Makes the release's folder; the manifest is its last file."""
    source = Source(module)
    manifest = source.manifest(params["sha256"])
    files = wanted_files(json.loads(manifest), params)
    folder = releases.folder(params["version"])
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder, 0o755)
    for path, digest in files.items():
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), 0o755, exist_ok=True)
        with open(target, "wb") as file:
            file.write(source.read(path, digest))
    venv = os.path.join(folder, "venv")
    # No pip in it: a service has no use for an installer, and a burglar has.
    run(module, [params["python"], "-I", "-m", "venv", "--without-pip", venv])
    run(
        module,
        # fmt: off
        [
            params["python"], "-I", "-m", "pip", "--isolated", "--disable-pip-version-check", "--no-cache-dir",
            "--python", f"{venv}/bin/python", "install", "--quiet", "--no-index", "--require-hashes",
            "--only-binary", ":all:", "--find-links", os.path.join(folder, "wheels"),
            "--requirement", os.path.join(folder, params["component"], "requirements.txt"),
        ],
        # fmt: on
    )
    shutil.rmtree(os.path.join(folder, "wheels"), ignore_errors=True)
    with open(releases.manifest(params["version"]), "wb") as file:
        file.write(manifest)


def check_given(params):
    """A version and digest that can be ones."""
    if not VERSION.fullmatch(params["version"]):
        raise Refused(f"version: must be letters, digits, dots, plus or underscores, got {params['version']!r}")
    if not DIGEST.fullmatch(params["sha256"]):
        raise Refused(f"sha256: must be the SHA-256 of manifest.json in hexadecimal digits, got {params['sha256']!r}")


def decide(module, releases, params):
    """Whether something was, or would be, changed."""
    if params["state"] == "known":
        return False
    if params["state"] == "pruned":
        return releases.prune(params["keep"], module.check_mode)
    if params["state"] == "initial" and releases.current():
        return False
    if params["state"] == "initial" and params["version"] == "":
        raise Refused(
            f"python_service_releases: must name a release of {params['service']} for a host that has none, got none; "
            "give version and sha256 in ansible/releases/<environment>.yaml"
        )
    check_given(params)
    complete = releases.digest(params["version"]) == params["sha256"]
    if not complete and params["version"] == releases.current():
        raise Refused(f"{params['version']}: runs with another manifest than {params['sha256']}; release a new version")
    if not complete and not module.check_mode:
        install(module, releases, params)
    if params["state"] == "initial" and not module.check_mode:
        releases.switch(params["version"], [])
    return not complete or params["state"] == "initial"


def main():
    """Installs, or prunes."""
    module = AnsibleModule(
        argument_spec={
            "state": {"type": "str", "choices": ["present", "initial", "pruned", "known"], "default": "present"},
            "root": {"type": "str", "required": True},
            "service": {"type": "str"},
            "component": {"type": "str"},
            "version": {"type": "str", "default": ""},
            "sha256": {"type": "str", "default": ""},
            "bucket": {"type": "str"},
            "region": {"type": "str"},
            "keyring": {"type": "path", "default": "/etc/apt/keyrings/platform.asc"},
            "python": {"type": "str", "default": "/usr/bin/python3"},
            "keep": {"type": "int", "default": 3},
        },
        required_if=[("state", state, NEEDED) for state in ("present", "initial")],
        supports_check_mode=True,
    )
    os.umask(0o022)
    releases = Releases(module.params["root"])
    try:
        changed = decide(module, releases, module.params)
    except Refused as error:
        module.fail_json(msg=str(error))
    module.exit_json(changed=changed, **releases.facts())


if __name__ == "__main__":
    main()
