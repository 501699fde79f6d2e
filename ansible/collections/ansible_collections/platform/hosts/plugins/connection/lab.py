"""Reaches a host of the lab through its namespaces: no packet, no address, no daemon on the host."""

from __future__ import annotations

DOCUMENTATION = r"""
name: lab
short_description: Runs commands in a container by entering its namespaces
description:
  - Enters the namespaces of the process that is a container's init, with C(nsenter), as root.
  - Sends no packet, so a host whose firewall refuses everything is reached like any other, and no rule has to admit the
    controller.
options:
  init:
    description: File on the controller whose first line is the number of the container's init process. It is read anew
      for every command, so a host that was rebooted is found again.
    type: path
    required: true
    vars:
      - name: ansible_lab_init
author:
  - platform
"""

import shlex
import signal
import subprocess

from ansible.errors import AnsibleConnectionFailure
from ansible.plugins.connection import ConnectionBase

NAMESPACES = ("--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup")
# What a login would have; nothing of the controller's own environment.
ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}


class Connection(ConnectionBase):
    """See the documentation."""

    transport = "platform.hosts.lab"
    has_pipelining = True

    def _connect(self):
        self._connected = True
        return self

    def _init(self):
        path = self.get_option("init")
        try:
            with open(path, encoding="ascii") as file:
                number = file.readline().strip()
        except OSError as error:
            raise AnsibleConnectionFailure(f"the host is not up: {path}: {error.strerror}") from error
        if not number.isdigit() or number == "0":
            raise AnsibleConnectionFailure(f"the host is not up: {path} must hold the number of a process, got {number!r}")
        return number

    def _run(self, command, **streams):
        arguments = ["nsenter", "--target", self._init(), *NAMESPACES, "--", "/bin/sh", "-c", command]
        try:
            # pylint: disable-next=consider-using-with
            return subprocess.Popen(arguments, env=ENVIRONMENT, cwd="/", stderr=subprocess.PIPE, **streams)
        except OSError as error:
            raise AnsibleConnectionFailure(f"nsenter: {error.strerror}") from error

    @staticmethod
    def _ended(process, in_data):
        """
        What a command wrote. A host that goes down stops all that runs in it before it ends it, nsenter then stops itself, and
        the host waits for it: it is told to go on.
        """
        while True:
            try:
                return process.communicate(in_data, timeout=1)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGCONT)
                in_data = None

    def exec_command(self, cmd, in_data=None, sudoable=True):
        """Runs a command; the environment of the controller stays outside."""
        super().exec_command(cmd, in_data=in_data, sudoable=sudoable)
        process = self._run(cmd, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        out, err = self._ended(process, in_data)
        if process.returncode != 0 and err.startswith(b"nsenter: "):
            raise AnsibleConnectionFailure(f"the host is not up: {err.decode(errors='replace').strip()}")
        return process.returncode, out, err

    def _copied(self, command, what, **streams):
        process = self._run(command, **streams)
        _, err = process.communicate()
        if process.returncode != 0:
            raise AnsibleConnectionFailure(f"{what}: {err.decode(errors='replace').strip()}")

    def put_file(self, in_path, out_path):
        """Copies a file to the host."""
        super().put_file(in_path, out_path)
        with open(in_path, "rb") as source:
            self._copied(f"cat > {shlex.quote(out_path)}", out_path, stdin=source, stdout=subprocess.DEVNULL)

    def fetch_file(self, in_path, out_path):
        """Copies a file from the host."""
        super().fetch_file(in_path, out_path)
        with open(out_path, "wb") as target:
            self._copied(f"cat {shlex.quote(in_path)}", in_path, stdin=subprocess.DEVNULL, stdout=target)

    def close(self):
        """Nothing stays open between commands."""
        self._connected = False

    def reset(self):
        """The next command asks anew where the host's init is."""
        self.close()
