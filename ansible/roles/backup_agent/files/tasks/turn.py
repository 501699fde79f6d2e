"""Which member of a store makes its copy. All ask the same members and come to the same answer; none is told by another."""

from __future__ import annotations

import http.client
import json
import ssl
import subprocess
import time

from . import stream
from .settings import Refused, Settings

SECONDS = 5
# systemd calls Patroni started before it listens: on a host that starts, a task is earlier than its answers.
STARTING = 60


def _patroni(does: dict) -> list[tuple[str, bool, bool]]:
    """`(domain, leads, follows)` of each member, as the cluster's own record has them."""
    context = ssl.create_default_context(cafile=does["authority"])
    context.load_cert_chain(does["certificate"], does["key"])
    connection = http.client.HTTPSConnection(does["self"], does["rest_port"], context=context, timeout=SECONDS)
    end = time.monotonic() + STARTING
    while True:
        try:
            connection.connect()
            break
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(1)
    connection.request("GET", "/cluster")
    members = json.loads(connection.getresponse().read())["members"]
    return sorted(
        (
            member["host"],
            member["role"] in ("leader", "standby_leader"),
            member["role"] not in ("leader", "standby_leader") and member["state"] in ("running", "streaming"),
        )
        for member in members
    )


def redis_command(does: dict, host: str, user: str) -> list[str]:
    """The client, as one login at one member; the password comes by `REDISCLI_AUTH`."""
    tls = ["--tls", "--cacert", does["authority"], "--cert", does["certificate"], "--key", does["key"]]
    return ["redis-cli", *tls, "-h", host, "-p", str(does["port"]), "--user", user, "--no-auth-warning"]


def _redis(does: dict, environment: dict[str, str]) -> list[tuple[str, bool, bool]]:
    """`(domain, leads, follows)` of each member that answers."""
    asked = stream.variables({"REDISCLI_AUTH": environment["MONITOR_AUTH"]})
    found = []
    for domain in does["members"]:
        command = [*redis_command(does, domain, does["monitor"]), "INFO", "replication"]
        try:
            answer = subprocess.run(command, env=asked, capture_output=True, text=True, timeout=SECONDS, check=False).stdout
        except subprocess.TimeoutExpired:
            continue
        facts = dict(line.split(":", 1) for line in answer.splitlines() if ":" in line)
        leads = facts.get("role") == "master"
        found.append((domain, leads, facts.get("role") == "slave" and facts.get("master_link_status") == "up"))
    return found


def chosen(members: list[tuple[str, bool, bool]], turn: str) -> str | None:
    """The first member that follows and is whole, or the leader where that one is wanted or nobody follows."""
    followers = [domain for domain, _, follows in members if follows] if turn == "replica" else []
    leaders = [domain for domain, leads, _ in members if leads]
    return next(iter([*followers, *leaders]), None)


def is_own(settings: Settings, does: dict, environment: dict[str, str]) -> bool:
    """Whether this host makes the copy now. Refuses when nobody can be told to: then it is missing, and must be seen."""
    if "turn" not in does:
        return True
    members = (
        _redis(does, environment) if does["method"] == "redis-snapshot" else _patroni({**does, "self": settings.domain})
    )
    name = chosen(members, does["turn"])
    if name is None:
        raise Refused("members: one must lead, got none that says so")
    if name != settings.domain:
        print(f"{name} makes this copy")
    return name == settings.domain
