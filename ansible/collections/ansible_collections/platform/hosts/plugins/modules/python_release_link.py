#!/usr/bin/python
"""Points a Python service at a release that is installed already."""

from __future__ import annotations

DOCUMENTATION = r"""
module: python_release_link
short_description: Switches a Python service to an installed release
description:
  - Replaces the link in one step, and remembers which releases led to the one that it names. Switching to one of these
    forgets those after it. Restarts nothing.
options:
  root:
    description: Folder of the service on the host.
    type: str
    required: true
  version:
    description: The release, which must be complete on the host.
    type: str
    required: true
  earlier:
    description: What to remember as the releases that led to it. Default is the one that is left, and what led to that.
    type: list
    elements: str
author:
  - platform
"""

EXAMPLES = r"""
- name: Switch to a release
  platform.hosts.python_release_link:
    root: /opt/ticketing
    version: 1.4.0
"""

RETURN = r"""
before:
  description: Version that the link named, empty when none.
  returned: always
  type: str
current:
  description: Version that the link names.
  returned: always
  type: str
"""

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.platform.hosts.plugins.module_utils.releases import Releases


def main():
    """Switches where needed."""
    module = AnsibleModule(
        argument_spec={
            "root": {"type": "str", "required": True},
            "version": {"type": "str", "required": True},
            "earlier": {"type": "list", "elements": "str"},
        },
        supports_check_mode=True,
    )
    releases = Releases(module.params["root"])
    version, before = module.params["version"], releases.current()
    if not releases.digest(version) and not module.check_mode:
        found = ", ".join(releases.installed()) or "none"
        module.fail_json(msg=f"version: must be a release on this host, got {version!r}; installed are {found}")
    changed = before != version
    if changed and not module.check_mode:
        releases.switch(version, module.params["earlier"])
    module.exit_json(changed=changed, before=before, current=version)


if __name__ == "__main__":
    main()
