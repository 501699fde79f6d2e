#!/usr/bin/python
"""Documents the action of the same name, which does all of it on the controller."""

from __future__ import annotations

DOCUMENTATION = r"""
module: programs
short_description: Writes program files of a role, unchanged, in one call
description:
  - Files go to the host as they are, owned by root, moved into place. Nothing is written with C(render_root).
options:
  files:
    description:
      - Each has C(src) (a file below C(files/), or a folder whose Python files are meant), C(dest) (an absolute path) and
        may have C(mode) (default C(0644)). The folder of a destination must exist, or be one of C(folders).
    type: list
    elements: dict
    required: true
  folders:
    description: Folders that are made first, as C(platform.hosts.configuration) takes them.
    type: list
    elements: raw
author:
  - platform
"""

EXAMPLES = r"""
- name: Install the programs
  platform.hosts.programs:
    files:
      - { src: certificates, dest: /usr/local/lib/platform/certificates }
      - { src: platform-certificates.py, dest: /usr/local/sbin/platform-certificates, mode: "0755" }
"""

RETURN = r"""
written:
  description: Paths that were not as they should be.
  returned: always
  type: list
  elements: str
"""
