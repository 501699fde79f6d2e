"""Hands program files of a role to the host as they are, all in one call of the module that writes configuration."""

from __future__ import annotations

import os

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

from ansible_collections.platform.hosts.plugins.action.configuration import folders_of

OF_A_FILE = {"src", "dest", "mode"}


class ActionModule(ActionBase):
    """See the documentation of the module."""

    _supports_check_mode = True

    def run(self, tmp=None, task_vars=None):
        super().run(tmp, task_vars)
        task_vars = task_vars or {}
        if task_vars.get("render_root"):
            return {"changed": False, "skipped": True}
        files = self._task.args.get("files")
        if not isinstance(files, list):
            raise AnsibleActionFail(f"files: must be a list, got {files!r}")
        return self._execute_module(
            module_name="platform.hosts.configuration",
            module_args={
                "folders": folders_of(self._task.args),
                "files": [entry for index, file in enumerate(files) for entry in self._entries(index, file)],
                "owed": [],
                "region": None,
            },
            task_vars=task_vars,
        )

    def _entries(self, index, file):
        """A file, or each file of a folder, with its content."""
        if not isinstance(file, dict) or not {"src", "dest"} <= set(file) <= OF_A_FILE:
            raise AnsibleActionFail(f"files[{index}]: must be a mapping with src, dest and no more than mode, got {file!r}")
        source = self._find_needle("files", file["src"])
        names = sorted(name for name in os.listdir(source) if name.endswith(".py")) if os.path.isdir(source) else [""]
        return [self._entry(os.path.join(source, name).rstrip("/"), os.path.join(file["dest"], name).rstrip("/"), file) for name in names]

    def _entry(self, source, dest, file):
        content = self._loader.get_text_file_contents(source)
        return {"dest": dest, "content": content, "owner": "root", "group": "root", "mode": file.get("mode", "0644")}
