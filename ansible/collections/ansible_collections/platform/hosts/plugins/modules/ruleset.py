#!/usr/bin/python
"""Puts a whole nftables table in place, and the old one back unless somebody confirms it."""

from __future__ import annotations

DOCUMENTATION = r"""
module: ruleset
short_description: Replaces an nftables table, with a way back when the controller loses the host
description:
  - C(applied) compares what the kernel has with what the ruleset says, both as the kernel shows them, without counters.
    Where they differ it arms a timer that restores the old table, then replaces the table in one transaction.
  - C(confirmed), which only reaches a host that is still reached, opens new connections to what the host must reach,
    disarms the timer and only then writes the file that is loaded at boot. A host that is lost, or reboots
    meanwhile, has its old rules again.
options:
  content:
    description: The whole ruleset of the table, in nft's language; it replaces the table by itself. For C(applied).
    type: str
  path:
    description: File that is loaded at boot.
    type: path
    required: true
  table:
    description: Family and name of the table.
    type: str
    required: true
  state:
    description: What to do.
    type: str
    choices: [applied, confirmed]
    required: true
  rollback_seconds:
    description: How long the old table is waited with.
    type: int
    default: 60
  probes:
    description: What the host must reach, each at one of its addresses at least.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: Name for messages.
        type: str
        required: true
      addresses:
        description: IPv4 addresses.
        type: list
        elements: str
        required: true
      port:
        description: TCP port.
        type: int
        required: true
  accounts:
    description: Accounts that the ruleset names by number, and those numbers.
    type: dict
    default: {}
author:
  - platform
"""

EXAMPLES = r"""
- name: Apply the ruleset
  platform.hosts.ruleset:
    content: "{{ lookup('ansible.builtin.file', 'nftables.conf', rstrip=false) }}"
    path: /etc/nftables.conf
    table: inet platform
    state: applied
"""

RETURN = r"""
pending:
  description: Whether the new table waits for its confirmation.
  returned: always
  type: bool
"""

import json
import os
import pwd
import shutil
import socket
import tempfile

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.platform.hosts.plugins.module_utils.refusals import Refused

UNIT = "platform-firewall-rollback"
FOLDER = "/run/platform-firewall"
PREVIOUS = f"{FOLDER}/previous.nft"
WANTED = f"{FOLDER}/wanted.nft"
PROBE_SECONDS = 5


def content(path):
    """Bytes of a file; None where there is none."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def replace(path, data):
    """Writes a file so that nobody reads half of it, not even after a loss of power."""
    handle, staged = tempfile.mkstemp(prefix=".platform-", dir=os.path.dirname(path))
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(staged, 0o644)
    os.replace(staged, path)


def plain(value):
    """A listing without what the kernel counts and numbers, its sets in one order."""
    if isinstance(value, dict):
        kept = {key: plain(item) for key, item in value.items() if key not in ("handle", "packets", "bytes")}
        for unordered in ("elem", "set"):
            if isinstance(kept.get(unordered), list):
                kept[unordered] = sorted(kept[unordered], key=json.dumps)
        return kept
    return [plain(item) for item in value] if isinstance(value, list) else value


def shown(listing):
    """The objects of a listing in JSON."""
    return [plain(item) for item in json.loads(listing)["nftables"] if "metainfo" not in item]


class Ruleset:
    """One table: what it is, what it should be, and the way back."""

    def __init__(self, module):
        self.module = module
        self.path = module.params["path"]
        self.table = module.params["table"]

    def run(self, *command, data=None):
        """Output of a command that must succeed."""
        code, out, err = self.module.run_command(list(command), data=data)
        if code != 0:
            raise Refused(f"{' '.join(command)}: exit code {code}: {(err or out).strip()}")
        return out

    def listed(self):
        """The table as the kernel shows it; None where there is none."""
        listing = ["nft", "--json", "--stateless", "list", "table", *self.table.split()]
        code, out, err = self.module.run_command(listing)
        if code != 0 and "No such file or directory" in err:
            return None
        if code != 0:
            raise Refused(f"{' '.join(listing)}: {err.strip()}")
        return shown(out)

    def wanted(self, text):
        """The table that a ruleset makes, as the kernel shows it in a network of its own."""
        load = f"nft --file - && exec nft --json --stateless list table {self.table}"
        return shown(self.run("unshare", "--net", "sh", "-c", load, data=text))

    def is_armed(self):
        """Whether the way back waits."""
        code, _, _ = self.module.run_command(["systemctl", "is-active", "--quiet", f"{UNIT}.timer"])
        return code == 0

    def disarm(self):
        """Forgets the way back."""
        self.run("systemctl", "stop", f"{UNIT}.timer")
        shutil.rmtree(FOLDER, ignore_errors=True)

    def restore(self):
        """Goes back at once."""
        self.run("nft", "--file", PREVIOUS)
        self.disarm()

    def arm(self, text, seconds):
        """Keeps the present table and the new one, and starts the timer that brings the present one back."""
        gone = f"table {self.table} {{}}\ndelete table {self.table}\n"
        present = "" if self.listed() is None else self.run("nft", "--stateless", "list", "table", *self.table.split())
        os.makedirs(FOLDER, mode=0o700, exist_ok=True)
        replace(PREVIOUS, (gone + present).encode())
        replace(WANTED, text.encode())
        timer = ["--timer-property=AccuracySec=1s", f"--on-active={seconds}", f"--unit={UNIT}", "--collect"]
        self.run("systemd-run", *timer, self.module.get_bin_path("nft", required=True), "--file", PREVIOUS)

    def apply(self, text, seconds):
        """Makes the kernel's table that of the ruleset. Returns whether anything changed, and whether it waits."""
        if self.is_armed() and not self.module.check_mode:
            # A run was lost before it confirmed: what it found is what this one goes back to.
            self.restore()
        if self.wanted(text) == self.listed():
            changed = content(self.path) != text.encode()
            if changed and not self.module.check_mode:
                replace(self.path, text.encode())
            return changed, False
        if self.module.check_mode:
            return True, False
        self.arm(text, seconds)
        try:
            self.run("nft", "--file", WANTED)
        except Refused:
            self.disarm()
            raise
        return True, True

    def confirm(self, probes):
        """Keeps the new table when the host reaches what it must. Returns whether the file of the boot changed."""
        late = Refused("the new rules were not confirmed in time, the old ones are back")
        if not self.is_armed():
            raise late
        closed = [probe for probe in probes if not any(reaches(address, probe["port"]) for address in probe["addresses"])]
        if closed:
            self.restore()
            names = "; ".join(f"{probe['name']} ({', '.join(probe['addresses'])}, port {probe['port']})" for probe in closed)
            raise Refused(f"with the new rules the host must reach {names}, got no connection; the old ones are back")
        text = content(WANTED)
        self.disarm()
        if text is None or self.listed() != self.wanted(text.decode()):
            raise late
        changed = content(self.path) != text
        replace(self.path, text)
        return changed


def reaches(address, port):
    """Whether a new connection succeeds."""
    try:
        with socket.create_connection((address, port), timeout=PROBE_SECONDS):
            return True
    except OSError:
        return False


def check_accounts(accounts):
    """A rule that names another account's number would let the wrong one out."""
    for name, number in accounts.items():
        try:
            got = pwd.getpwnam(name).pw_uid
        except KeyError:
            got = "no account"
        if got != int(number):
            raise Refused(f"{name}: must be the account with number {number}, got {got}")


def main():
    """Applies, or confirms."""
    probe = {
        "name": {"type": "str", "required": True},
        "addresses": {"type": "list", "elements": "str", "required": True},
        "port": {"type": "int", "required": True},
    }
    module = AnsibleModule(
        argument_spec={
            "content": {"type": "str"},
            "path": {"type": "path", "required": True},
            "table": {"type": "str", "required": True},
            "state": {"type": "str", "choices": ["applied", "confirmed"], "required": True},
            "rollback_seconds": {"type": "int", "default": 60},
            "probes": {"type": "list", "elements": "dict", "default": [], "options": probe},
            "accounts": {"type": "dict", "default": {}},
        },
        required_if=[("state", "applied", ["content"])],
        supports_check_mode=True,
    )
    ruleset = Ruleset(module)
    if module.check_mode and module.get_bin_path("nft") is None:
        # Before a first run there is no program, and all would change.
        module.exit_json(changed=True, pending=False)
    try:
        if module.params["state"] == "confirmed":
            module.exit_json(changed=ruleset.confirm(module.params["probes"]), pending=False)
        if not module.check_mode:
            check_accounts(module.params["accounts"])
        changed, pending = ruleset.apply(module.params["content"], module.params["rollback_seconds"])
        module.exit_json(changed=changed, pending=pending)
    except Refused as error:
        module.fail_json(msg=str(error))


if __name__ == "__main__":
    main()
