"""Patroni's API of this member, and the settings that all members share."""

import json
import ssl
import time
import urllib.error
import urllib.request

from .told import changed


class Api:
    """Patroni's API of this member."""

    def __init__(self, facts):
        self.base = facts["api"]
        self.context = ssl.create_default_context(cafile=facts["authority"])
        self.context.load_cert_chain(facts["certificate"], facts["key"])

    def call(self, path, body=None):
        """GET, or PUT with a body. A status of an unhealthy member is an answer too; etcd gets a minute to find its leader."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, method="GET" if data is None else "PUT")
        end = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(request, timeout=10, context=self.context) as answer:
                    return json.loads(answer.read())
            except urllib.error.HTTPError as error:
                if error.code == 503 and data is None:
                    return json.loads(error.read())
                if error.code != 502 or time.monotonic() > end:
                    raise SystemExit(f"{path}: Patroni answered {error.code}: {error.read().decode()[:300]}") from error
            time.sleep(1)


def member(api):
    """What this member says of itself; nothing while it does not answer."""
    try:
        return api.call("/patroni")
    except (OSError, ValueError):
        return {"state": "not answering"}


def serving(api, seconds):
    """Waits until this member is primary or follows one. A replica that still copies is left to it."""
    end = time.monotonic() + seconds
    while True:
        said = member(api)
        if said.get("role") in ("primary", "master") and said.get("state") == "running":
            return "primary"
        if said.get("replication_state") == "streaming":
            return "replica"
        if time.monotonic() > end:
            if said.get("state") == "creating replica":
                print("waits: this replica still copies the primary")
                return "replica"
            raise SystemExit(f"this member must be primary or follow one within {seconds} s, got {json.dumps(said)}")
        time.sleep(1)


def keep_settings(api, wanted):
    """Shared settings in etcd, whole: what was added by hand goes."""
    if api.call("/config") != wanted:
        api.call("/config", wanted)
        changed("shared settings")
        time.sleep(2)
