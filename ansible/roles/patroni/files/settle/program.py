"""Command line `patroni-settle`: shared settings, logins and archive as declared. Runs as postgres, and says what it changed.

Waits until this member serves. On a replica that is all. A second run changes nothing.
"""

import json
import os
import subprocess

from . import append_only, archive, cluster, logins, rights, scram
from .server import Server

# Complaints of Patroni's check that are none: it knows quorum replication and absent peers of etcd not as valid.
NO_FAULTS = ("synchronous_mode quorum is not a boolean", "is not reachable")


def settle(path):
    """All of it, on the primary."""
    with open(path, encoding="utf-8") as file:
        facts = json.load(file)
    api = cluster.Api(facts)
    if cluster.serving(api, facts["seconds"]) == "replica":
        return
    cluster.keep_settings(api, facts["dynamic"])
    known, declared = scram.passwords(facts["passwords"]), facts["logins"]
    server = Server(facts, "postgres")
    for login in declared:
        logins.keep_login(server, login, known[login["name"]])
    logins.keep_strangers_out(server, known)
    rights.keep_database(server, facts)
    rights.keep_functions(server, facts)
    append_only.keep_append_only(Server(facts, facts["database"]), declared)
    archive.keep_archive(facts["stanza"])
    if cluster.member(api).get("pending_restart"):
        print("waits: some settings hold after a restart (README of the role)")


def check(path):
    """Patroni's own check of its configuration, without what it holds wrongly for a fault."""
    told = subprocess.run(
        ["patroni", "--validate-config", "--ignore-listen-port", path], capture_output=True, text=True, check=False
    )
    faults = [line for line in (told.stdout + told.stderr).splitlines() if line and not line.endswith(NO_FAULTS)]
    if faults:
        raise SystemExit("\n".join(faults))


def main(arguments):
    """`run FACTS` or `check CONFIGURATION`."""
    os.environ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
    command, path = arguments
    {"run": settle, "check": check}[command](path)
