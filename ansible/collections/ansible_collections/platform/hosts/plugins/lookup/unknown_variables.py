"""Variables that a run was given and nobody reads: misspelt, they would leave defaults in force without a word."""

from __future__ import annotations

DOCUMENTATION = r"""
name: unknown_variables
short_description: Names what C(-e) gave that is neither an option of a playbook, nor a variable of a role, nor one of Ansible
description:
  - Reads what the command line gave itself, for a variable does not tell whether it comes from there or from an inventory.
options:
  _terms:
    description: Names of options of playbooks.
    required: true
author:
  - platform
"""
RETURN = r"""
_raw:
  description: Each unknown name, with the known one that is most like it.
  type: list
  elements: str
"""

import difflib
from pathlib import Path

from ansible import constants
from ansible.plugins.lookup import LookupBase
from ansible.utils.vars import load_extra_vars

#: Where Ansible puts words of `-e` that are no NAME=VALUE: a value with a space and without quotation marks.
WORDS = "_raw_params"


class LookupModule(LookupBase):
    """See the documentation."""

    def run(self, terms, variables=None, **kwargs):
        options, given = self._flatten(terms), load_extra_vars(self._loader)
        names = (str(name) for name in sorted(given, key=str))
        return [
            f'words without a name ("{given[name]}")' if name == WORDS else self._told(name, options)
            for name in names
            if not name.startswith("ansible_") and name not in options and name not in self._of_roles(name)
        ]

    def _told(self, name, options):
        """A name, with the known one that is most like it."""
        alike = difflib.get_close_matches(name, [*options, *self._of_roles(name)], n=1, cutoff=0.75)
        return f"{name} ({alike[0]}?)" if alike else name

    def _of_roles(self, name):
        """Variables of the role that a name begins with: what it is told, and what it says itself."""
        roles = (role for path in constants.DEFAULT_ROLES_PATH for role in Path(path).glob("*/") if name.startswith(f"{role.name}_"))
        return [variable for role in roles for variable in self._of_role(role)]

    def _of_role(self, role):
        specs = self._loader.load_from_file(str(role / "meta/argument_specs.yml"))["argument_specs"]
        own = role / "vars/main.yml"
        return [*specs["main"]["options"], *(self._loader.load_from_file(str(own)) if own.exists() else {})]
