"""Talks to Redis as an application does: by Sentinel, over TLS, names checked. Asked in one line of JSON on standard input.

{"say": [[login, password, host, port, [word, ...]], ...]}: what each command was answered, errors as `ERR ...`, as a list.
{"write": {...}, "seconds": N}: writes key after key, each kept only once a replica has it (WAIT 1); prints `writing`, and once
writing was interrupted and goes on prints what was acknowledged, what of it is lost, and for how long nothing was.
"""

import json
import socket
import ssl
import sys
import time

AFTER = 20


class Refused(Exception):
    """An error that Redis answered."""


class Redis:
    def __init__(self, authority, login, password, host, port):
        context = ssl.create_default_context(cafile=authority)
        self.socket = context.wrap_socket(socket.create_connection((host, port), 2), server_hostname=host)
        self.socket.settimeout(2)
        self.reader = self.socket.makefile("rb")
        self("AUTH", login, password)

    def __call__(self, *words):
        words = [str(word).encode() for word in words]
        parts = [b"*%d\r\n" % len(words)] + [b"$%d\r\n%s\r\n" % (len(word), word) for word in words]
        self.socket.sendall(b"".join(parts))
        return self.answer()

    def answer(self):
        line = self.reader.readline()
        if not line.endswith(b"\r\n"):
            raise OSError("closed")
        kind, text = line[:1], line[1:-2].decode()
        if kind == b"-":
            raise Refused(text)
        if kind == b"*":
            return [self.answer() for _ in range(max(int(text), 0))]
        if kind == b"$":
            return self.reader.read(int(text) + 2)[:-2].decode() if int(text) >= 0 else None
        return text


def said(authority, login, password, host, port, words):
    try:
        return str(Redis(authority, login, password, host, port)(*words))
    except (OSError, Refused) as error:
        return f"ERR {error}"


class Writer:
    def __init__(self, asked):
        self.asked, self.connection = asked, None
        self.acknowledged, self.times, self.errors, self.number = [], [], [], 0

    def primary(self):
        for host in self.asked["members"]:
            try:
                found = Redis(self.asked["authority"], self.asked["login"], self.asked["password"], host, self.asked["sentinel"])(
                    "SENTINEL", "GET-MASTER-ADDR-BY-NAME", self.asked["master"]
                )
                return found[0]
            except (OSError, Refused):
                continue
        raise OSError("no Sentinel answers")

    def connect(self):
        if self.connection is None:
            host = self.primary()
            self.connection = Redis(self.asked["authority"], self.asked["login"], self.asked["password"], host, self.asked["port"])
        return self.connection

    def write(self):
        self.number += 1
        try:
            redis = self.connect()
            redis("SET", f"{self.asked['prefix']}{self.number}", self.number)
            if int(redis("WAIT", "1", "1000")) < 1:
                raise OSError("no replica has it")
        except (OSError, Refused) as error:
            self.errors.append(str(error))
            self.connection = None
            time.sleep(0.05)
            return
        self.acknowledged.append(self.number)
        self.times.append(time.monotonic())

    def run(self, seconds):
        end, since = time.monotonic() + seconds, None
        while time.monotonic() < end:
            self.write()
            if self.number == AFTER:
                print("writing", flush=True)
            if since is None and self.errors and self.acknowledged and self.acknowledged[-1] == self.number:
                since = len(self.acknowledged)
            if since is not None and len(self.acknowledged) >= since + AFTER:
                break
        redis = self.connect()
        lost = [number for number in self.acknowledged if redis("GET", f"{self.asked['prefix']}{number}") is None]
        for number in self.acknowledged:
            redis("DEL", f"{self.asked['prefix']}{number}")
        gaps = [after - before for before, after in zip(self.times, self.times[1:], strict=False)]
        return {
            "interrupted": since is not None,
            "acknowledged": len(self.acknowledged),
            "lost": lost,
            "seconds": round(max(gaps, default=0), 1),
            "errors": sorted(set(self.errors)),
        }


def main():
    asked = json.loads(sys.stdin.readline())
    if "say" in asked:
        print(json.dumps([said(asked["authority"], *each) for each in asked["say"]]))
    else:
        print(json.dumps(Writer(asked["write"]).run(asked["seconds"])), flush=True)


if __name__ == "__main__":
    main()
