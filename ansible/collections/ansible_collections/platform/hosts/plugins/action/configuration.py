"""Renders templates on the controller and hands them to the module, which completes and writes them on the host."""

from __future__ import annotations

import json
import os

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase
from ansible.template import trust_as_template

DEFAULTS = {"owner": "root", "group": "root", "mode": "0644"}
OF_A_FILE = {"src", "dest", "owner", "group", "mode", "validate", "once"}
OF_A_FOLDER = {"path", "owner", "group", "mode"}
OF_THE_TASK = {"files", "folders", "owner", "group", "mode", "validate"}


def folders_of(args):
    """Complete folders of a task; a string is a path alone. Owner and mode of the task are those of its files."""
    folders = args.get("folders") or []
    if not isinstance(folders, list):
        raise AnsibleActionFail(f"folders: must be a list, got {folders!r}")
    complete = []
    for index, folder in enumerate(folders):
        folder = {"path": folder} if isinstance(folder, str) else folder
        if not isinstance(folder, dict) or not {"path"} <= set(folder) <= OF_A_FOLDER:
            allowed = ", ".join(sorted(OF_A_FOLDER))
            raise AnsibleActionFail(f"folders[{index}]: must be a path or a mapping with path, of {allowed}, got {folder!r}")
        owner = folder.get("owner", "root")
        folder = {"owner": owner, "group": owner, "mode": "0755", **folder}
        if not str(folder["path"]).startswith("/"):
            raise AnsibleActionFail(f"folders[{index}].path: must be an absolute path, got {folder['path']!r}")
        if not isinstance(folder["mode"], str):
            raise AnsibleActionFail(f"folders[{index}].mode: must be a quoted octal number, got {folder['mode']!r}")
        complete.append(folder)
    return complete


class ActionModule(ActionBase):
    """See the documentation of the module."""

    _supports_check_mode = True

    def run(self, tmp=None, task_vars=None):
        super().run(tmp, task_vars)
        task_vars = task_vars or {}
        folders = folders_of(self._task.args)
        files = [self._rendered(file, task_vars) for file in self._files()]
        root = task_vars.get("render_root")
        if root:
            return self._written_here(os.path.join(self._templar.template(root), task_vars["inventory_hostname"]), files)
        return self._execute_module(
            module_name="platform.hosts.configuration",
            module_args={
                "folders": folders,
                "files": files,
                "owed": self._owed(task_vars),
                "region": self._templar.template(task_vars.get("platform_region")),
            },
            task_vars=task_vars,
        )

    def _owed(self, task_vars):
        """Where the host remembers each handler that this task notifies, until the role's handlers are done."""
        if not self._task.notify:
            return []
        folder = self._templar.template(task_vars["platform_owed"])
        return [os.path.join(folder, self._task._role.get_name(), name) for name in self._task.notify]

    def _files(self):
        args = self._task.args
        unknown = sorted(set(args) - OF_THE_TASK)
        if unknown:
            raise AnsibleActionFail(f"{unknown[0]}: is unknown; allowed are {', '.join(sorted(OF_THE_TASK))}")
        files = args.get("files", [] if "folders" in args else None)
        if not isinstance(files, list):
            raise AnsibleActionFail(f"files: must be a list, got {files!r}")
        shared = {**DEFAULTS, **{key: value for key, value in args.items() if key not in ("files", "folders")}}
        return [self._complete(index, file, shared) for index, file in enumerate(files)]

    def _complete(self, index, file, shared):
        if not isinstance(file, dict) or not {"src", "dest"} <= set(file):
            raise AnsibleActionFail(f"files[{index}]: must be a mapping with src and dest, got {file!r}")
        unknown = sorted(set(file) - OF_A_FILE)
        if unknown:
            raise AnsibleActionFail(f"files[{index}].{unknown[0]}: is unknown; allowed are {', '.join(sorted(OF_A_FILE))}")
        complete = {**shared, **file}
        if not str(complete["dest"]).startswith("/"):
            raise AnsibleActionFail(f"files[{index}].dest: must be an absolute path, got {complete['dest']!r}")
        if not isinstance(complete["mode"], str):
            raise AnsibleActionFail(f"files[{index}].mode: must be a quoted octal number, got {complete['mode']!r}")
        return complete

    def _rendered(self, file, task_vars):
        source = self._find_needle("templates", file["src"])
        search = [
            path
            for place in [*task_vars.get("ansible_search_path", []), self._loader.get_basedir(), os.path.dirname(source)]
            for path in (os.path.join(place, "templates"), place)
        ]
        templar = self._templar.copy_with_new_env(searchpath=search, available_variables={**task_vars, "file": file})
        text = templar.template(
            trust_as_template(self._loader.get_text_file_contents(source)),
            escape_backslashes=False,
            overrides={"trim_blocks": True, "lstrip_blocks": True},
        )
        return {key: value for key, value in {**file, "content": text or ""}.items() if key != "src"}

    @staticmethod
    def _written_here(root, files):
        """Leaves what a host would get below a folder: the files, and beside them who may read and what judges them."""
        index_path = os.path.join(root, "files.json")
        index = {}
        if os.path.exists(index_path):
            with open(index_path, encoding="utf-8") as present:
                index = json.load(present)
        for file in files:
            path = os.path.join(root, file["dest"].lstrip("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as target:
                target.write(file["content"])
            index[file["dest"]] = {key: file[key] for key in ("owner", "group", "mode", "validate") if key in file}
        os.makedirs(root, exist_ok=True)
        with open(index_path, "w", encoding="utf-8") as target:
            json.dump(index, target, indent=2, sort_keys=True)
            target.write("\n")
        # Never changed: a handler would act on the machine that renders.
        return {"changed": False}
