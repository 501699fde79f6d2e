"""Tries to reach many places at once, by real packets.

Reads {"seconds": number, "source": address or null, "probes": [["tcp" or "udp", address, port], ...]} on standard input;
writes a list in the same order: "open" (somebody answered), "refused" (the packet passed, nobody listens), "silent" (no
answer: dropped on the way, or for UDP taken by somebody).
"""

import errno
import json
import selectors
import socket
import sys
import time

AT_ONCE = 700
# What a server needs to be asked for to answer. Where nobody listens, the host answers to any byte.
QUESTIONS = {53: b"\0\1\1\0\0\1\0\0\0\0\0\0\7invalid\0\0\1\0\1"}
# An ICMP refusal by a firewall is not an answer of the far host: only a reset is.
PASSED = {errno.ECONNREFUSED, errno.ECONNRESET}


def start(kind: str, address: str, port: int, source: str | None) -> tuple[socket.socket | None, str]:
    """A socket that waits for an answer, or what is known at once."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM)
    opened.setblocking(False)
    if source is not None:
        opened.bind((source, 0))
    try:
        code = opened.connect_ex((address, port))
        if kind == "udp":
            opened.send(QUESTIONS.get(port, b"\0"))
            code = errno.EINPROGRESS
    except OSError as error:
        code = error.errno or errno.EIO
    if code == errno.EINPROGRESS:
        return opened, ""
    opened.close()
    return None, said(code)


def said(code: int) -> str:
    if code == 0:
        return "open"
    return "refused" if code in PASSED else "silent"


def ended(kind: str, waiting: socket.socket) -> str:
    code = waiting.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    return "open" if kind == "udp" and code == 0 else said(code)


def main(asked: dict) -> list[str]:
    probes, seconds, source = asked["probes"], asked["seconds"], asked.get("source")
    results = ["silent"] * len(probes)
    selector = selectors.EpollSelector()
    running: dict[socket.socket, tuple[int, float]] = {}
    following = 0

    def close(done: socket.socket, word: str) -> None:
        results[running.pop(done)[0]] = word
        selector.unregister(done)
        done.close()

    while following < len(probes) or running:
        while following < len(probes) and len(running) < AT_ONCE:
            kind, address, port = probes[following]
            waiting, word = start(kind, address, port, source)
            if waiting is None:
                results[following] = word
            else:
                selector.register(waiting, selectors.EVENT_WRITE if kind == "tcp" else selectors.EVENT_READ)
                running[waiting] = (following, time.monotonic() + seconds)
            following += 1
        for key, _ in selector.select(0.05):
            close(key.fileobj, ended(probes[running[key.fileobj][0]][0], key.fileobj))
        now = time.monotonic()
        # In the order in which they began, so the first that has time left ends the search.
        for late in [each for each, (_, end) in running.items() if end <= now]:
            close(late, "silent")
    return results


json.dump(main(json.load(sys.stdin)), sys.stdout)
