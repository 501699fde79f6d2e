#!/usr/bin/python
"""Brings units of systemd to what they should be, all those of a role in one call."""

from __future__ import annotations

DOCUMENTATION = r"""
module: units
short_description: Starts or restarts units, now and at boot, or masks them
description:
  - Asks systemd once how all units are, and changes what is otherwise. The files of units, and of services that timers start,
    are read anew where systemd says that they changed, or where it does not know a unit.
options:
  names:
    description: Units, with their suffix.
    type: list
    elements: str
    required: true
  state:
    description:
      - C(started) runs them now and at boot, C(restarted) does so anew. C(masked) stops them, and nothing starts them any more; they need not exist.
    type: str
    choices: [started, restarted, masked]
    default: started
author:
  - platform
"""

EXAMPLES = r"""
- name: Run Redis and its Sentinel
  platform.hosts.units:
    names: [redis-main.service, redis-sentinel.service]
"""

RETURN = r"""
started:
  description: Units that did not run.
  returned: always
  type: list
  elements: str
"""

import os

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.platform.hosts.plugins.module_utils.refusals import Refused

OWN = "/etc/systemd/system"
ASKED = ("LoadState", "UnitFileState", "ActiveState", "NeedDaemonReload", "FragmentPath")
# What needs no enabling: it has nowhere to be enabled, or a generator made it.
AT_BOOT = ("enabled", "static", "generated", "indirect", "alias")


def with_triggered(names):
    """The units, and the services that timers among them start: systemd holds these, too, and runs them as it knows them."""
    return list(dict.fromkeys([*names, *(f"{name.removesuffix('.timer')}.service" for name in names if name.endswith(".timer"))]))


def is_stale(name, state):
    """Whether systemd knows other files of a unit than there are. It does not see that a file of ours took a package's place."""
    own = os.path.join(OWN, name)
    replaced = os.path.isfile(own) and not os.path.islink(own) and state["FragmentPath"] != own
    return replaced or state["NeedDaemonReload"] == "yes" or state["LoadState"] == "not-found"


class Systemd:
    """The service manager of the host."""

    def __init__(self, module):
        self.module = module

    def run(self, *arguments):
        """What systemctl prints. Raises Refused with what it says."""
        code, out, err = self.module.run_command(["systemctl", *arguments])
        if code != 0:
            raise Refused(f"systemctl {' '.join(arguments)}: exit code {code}: {(err or out).strip()}")
        return out

    def states(self, names):
        """Properties of each unit, by its name."""
        blocks = self.run("show", f"--property={','.join(ASKED)}", "--", *names).strip("\n").split("\n\n")
        return {name: dict(line.split("=", 1) for line in block.splitlines()) for name, block in zip(names, blocks)}

    def fresh(self, names, check_mode):
        """The same, after files of units were read anew where that is due."""
        states = self.states(with_triggered(names))
        if check_mode or not any(is_stale(name, state) for name, state in states.items()):
            return states
        self.run("daemon-reload")
        return self.states(names)


def started(systemd, names, check_mode, again):
    """Enables and starts, those that run only `again`; units that were not enabled, and units that did not run."""
    states = systemd.fresh(names, check_mode)
    missing = [name for name in names if states[name]["LoadState"] == "not-found"]
    if missing and not check_mode:
        raise Refused(f"names: units must exist, got {', '.join(missing)}")
    disabled = [name for name in names if states[name]["UnitFileState"] not in AT_BOOT]
    down = [name for name in names if states[name]["ActiveState"] not in ("active", "activating", "reloading")]
    if disabled and not check_mode:
        systemd.run("enable", "--", *disabled)
    due = names if again else down
    if due and not check_mode:
        systemd.run("restart", "--", *due)
    return disabled, down


def masked(systemd, names, check_mode):
    """Units that were not masked."""
    states = systemd.states(names)
    free = [name for name in names if states[name]["UnitFileState"] != "masked"]
    if free and not check_mode:
        systemd.run("mask", "--", *free)
    running = [name for name in names if states[name]["ActiveState"] not in ("inactive", "failed")]
    if running and not check_mode:
        systemd.run("stop", "--", *running)
    return sorted({*free, *running})


def main():
    """Asks, and changes what is otherwise."""
    module = AnsibleModule(
        argument_spec={
            "names": {"type": "list", "elements": "str", "required": True},
            "state": {"type": "str", "choices": ["started", "restarted", "masked"], "default": "started"},
        },
        supports_check_mode=True,
    )
    names, systemd = module.params["names"], Systemd(module)
    if not names:
        module.exit_json(changed=False, started=[])
    try:
        if module.params["state"] == "masked":
            module.exit_json(changed=bool(masked(systemd, names, module.check_mode)), started=[])
        again = module.params["state"] == "restarted"
        disabled, down = started(systemd, names, module.check_mode, again)
    except Refused as error:
        module.fail_json(msg=str(error))
    module.exit_json(changed=bool(again or disabled or down), started=down)


if __name__ == "__main__":
    main()
