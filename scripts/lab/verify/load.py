"""Requests without pause until its input ends; then prints how many were answered, how many of them were sent again, and each
that was not answered.

Usage: load.py URL STATUS NEW KEPT [SOURCE CERTIFICATE], STATUS being what counts as an answer. With a certificate requests are
messages by POST, and who answers is not asked. NEW clients have a connection for each request. KEPT ones keep theirs and look, as
HTTP clients do, whether it was ended before they send on it. A server may end it just then, and NGINX 1.26 can't wait a moment
longer: what went out on a kept connection and got no byte of an answer is sent again, once and on a new one (RFC 9112, 9.3.1).
For a message, too, which its nonce allows (RFC 9110, 9.2.2): one that was taken before is told by 409, and counts as answered.
Slower than the rate limits of a client allow.
"""

import http.client
import json
import select
import ssl
import sys
import threading
import time
import uuid
from urllib.parse import urlsplit, urlunsplit

PAUSE_SECONDS = 0.25

# What an ended connection says before any byte of an answer; http.client.RemoteDisconnected is one of them.
ENDED = (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError, ssl.SSLZeroReturnError)


class Load:
    def __init__(self, url, status, source=None, certificate=None):
        self.url, self.status, self.certificate = urlsplit(url), int(status), certificate
        self.source = None if source is None else (source, 0)
        self.context = ssl.create_default_context()
        if certificate is not None:
            self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE
            self.context.load_cert_chain(certificate)
        self.ended = threading.Event()
        self.lock = threading.Lock()
        self.answered, self.again, self.lost = 0, 0, []

    def connect(self):
        return http.client.HTTPSConnection(
            self.url.hostname, self.url.port or 443, timeout=20, context=self.context, source_address=self.source
        )

    def send(self, connection, nonce):
        if self.certificate is None:
            connection.request("GET", urlunsplit(("", "", self.url.path or "/", self.url.query, "")))
        else:
            message = {"body": "load", "nonce": nonce, "timestamp": time.time()}
            connection.request("POST", self.url.path, json.dumps(message), {"Content-Type": "application/json"})
        return connection.getresponse()

    def client(self, keeps):
        connection = None
        while not self.ended.wait(PAUSE_SECONDS):
            kept = connection is not None and not select.select([connection.sock], [], [], 0)[0]
            if not kept:
                if connection is not None:
                    connection.close()
                connection = self.connect()
            again, nonce = False, str(uuid.uuid4())
            try:
                try:
                    answer = self.send(connection, nonce)
                except ENDED:
                    if not kept:
                        raise
                    connection.close()
                    connection, again = self.connect(), True
                    answer = self.send(connection, nonce)
                answer.read()
                problem = None if answer.status == self.status or again and answer.status == 409 else f"status {answer.status}"
            except (OSError, http.client.HTTPException) as error:
                problem = f"{type(error).__name__}: {error}"
            with self.lock:
                if problem is None:
                    self.answered += 1
                    self.again += again
                else:
                    self.lost.append(f"{time.strftime('%H:%M:%S')} {problem}")
            if problem or not keeps or connection.sock is None:
                connection.close()
                connection = None


def main(url, status, new, kept, *arguments):
    load = Load(url, status, *arguments)
    kinds = [False] * int(new) + [True] * int(kept)
    clients = [threading.Thread(target=load.client, args=(keeps,)) for keeps in kinds]
    for client in clients:
        client.start()
    sys.stdin.read()
    load.ended.set()
    for client in clients:
        client.join()
    print(json.dumps({"answered": load.answered, "again": load.again, "lost": load.lost}))


main(*sys.argv[1:])
