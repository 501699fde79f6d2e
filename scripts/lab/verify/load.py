"""Requests without pause until its input ends; then prints how many were answered, and each that was not.

Usage: load.py URL STATUS [SOURCE CERTIFICATE BODY], STATUS being what counts as an answer. With a body, requests are POST; with
a certificate who answers is not asked. Three clients: one with a connection each time, two that keep theirs and look, as HTTP
clients do, whether it was ended before they send on it. Slower than the rate limits of a client allow.
"""

import http.client
import json
import select
import ssl
import sys
import threading
import time
from urllib.parse import urlsplit

PAUSE_SECONDS = 0.25


class Load:
    def __init__(self, url, status, source=None, certificate=None, body=None):
        self.url, self.status, self.body = urlsplit(url), int(status), body
        self.source = None if source is None else (source, 0)
        self.context = ssl.create_default_context()
        if certificate is not None:
            self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE
            self.context.load_cert_chain(certificate)
        self.ended = threading.Event()
        self.lock = threading.Lock()
        self.answered, self.lost = 0, []

    def ask(self, connection):
        if self.body is None:
            connection.request("GET", self.url.path or "/")
        else:
            connection.request("POST", self.url.path, self.body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def client(self, keeps):
        connection = None
        while not self.ended.wait(PAUSE_SECONDS):
            if connection is not None and select.select([connection.sock], [], [], 0)[0]:
                connection.close()
                connection = None
            if connection is None:
                connection = http.client.HTTPSConnection(
                    self.url.hostname, self.url.port or 443, timeout=20, context=self.context, source_address=self.source
                )
            try:
                status = self.ask(connection)
                problem = None if status == self.status else f"status {status}"
            except (OSError, http.client.HTTPException) as error:
                problem = f"{type(error).__name__}: {error}"
            with self.lock:
                if problem is None:
                    self.answered += 1
                else:
                    self.lost.append(f"{time.strftime('%H:%M:%S')} {problem}")
            if problem or not keeps or connection.sock is None:
                connection.close()
                connection = None


def main(*arguments):
    load = Load(*arguments)
    clients = [threading.Thread(target=load.client, args=(keeps,)) for keeps in (False, True, True)]
    for client in clients:
        client.start()
    sys.stdin.read()
    load.ended.set()
    for client in clients:
        client.join()
    print(json.dumps({"answered": load.answered, "lost": load.lost}))


main(*sys.argv[1:])
