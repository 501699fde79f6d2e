"""Takes log lines as Loki does, from one host. Reads one object of JSON, prints what came with one of the words in it.

{"authority": {"url", "arn", "region", "trusted"}, "name": DOMAIN, "addresses": [ADDRESS], "port": PORT,
 "from": {"address", "name"}, "words": [WORD], "seconds": SECONDS}

Ends when a line with each word has come, or the seconds are over: {"lines": [{"stream", "time", "line"}], "strangers": [WHY]}
with whoever came from the address without the certificate of its name.
"""

import http.server
import json
import socketserver
import ssl
import sys
import tempfile
import threading

import boto3
from issuing import issue

asked = json.load(sys.stdin)
lines: list[dict] = []
strangers: list[str] = []
complete = threading.Event()


def take(streams: list[dict]) -> None:
    """Keeps lines that were asked for."""
    for each in streams:
        for time, line in each["values"]:
            if any(word in line for word in asked["words"]):
                lines.append({"stream": each["stream"], "time": time, "line": line})
    if all(any(word in one["line"] for one in lines) for word in asked["words"]):
        complete.set()


class Push(http.server.BaseHTTPRequestHandler):
    """POST /loki/api/v1/push"""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        names = {name for _, name in self.connection.getpeercert().get("subjectAltName", ())}
        if asked["from"]["name"] not in names:
            strangers.append(f"a certificate of {', '.join(sorted(names))}")
        status = 204 if self.path == "/loki/api/v1/push" else 404
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
        if status == 204:
            take(body["streams"])

    def log_message(self, *_: object) -> None:
        """The answer says all."""


class Server(socketserver.ThreadingTCPServer):
    """TLS with certificates of both sides; other hosts than the one find nobody, and go on waiting."""

    allow_reuse_address = True
    daemon_threads = True
    context: ssl.SSLContext

    def verify_request(self, _request: object, client: tuple) -> bool:
        return client[0] == asked["from"]["address"]

    def finish_request(self, request, client) -> None:
        try:
            with self.context.wrap_socket(request, server_side=True) as secure:
                self.RequestHandlerClass(secure, client, self)
        except ssl.SSLError as error:
            strangers.append(str(error))
        except ConnectionError:
            pass


def context(folder: str) -> ssl.SSLContext:
    authority = asked["authority"]
    pca = boto3.client("acm-pca", endpoint_url=authority["url"], region_name=authority["region"])
    path = f"{folder}/loki.pem"
    issue(pca, authority["arn"], asked["name"], 3600, path, (asked["name"],))
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority["trusted"])
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_cert_chain(path)
    return made


with tempfile.TemporaryDirectory() as folder:
    Server.context = context(folder)
for address in asked["addresses"]:
    threading.Thread(target=Server((address, asked["port"]), Push).serve_forever, daemon=True).start()
complete.wait(asked["seconds"])
print(json.dumps({"lines": lines, "strangers": strangers}))
