"""The instance metadata service, version 2 alone: a token by PUT, then facts and the credentials of the caller's role."""

import datetime
import json
import secrets

from werkzeug import Request, Response


class Metadata:
    """Answers each host by its address."""

    def __init__(self, facts: dict, instances: dict[str, str]) -> None:
        self.region = facts["region"]
        self.account = facts["account"]
        self.hosts = {host["address"]: {**host, "id": instances[host["tag"]]} for host in facts["hosts"]}
        self.tokens: set[str] = set()

    def __call__(self, environ: dict, start_response: object):
        return self.answer(Request(environ))(environ, start_response)

    def answer(self, request: Request) -> Response:
        host = self.hosts.get(request.remote_addr or "")
        if host is None:
            return Response("no such instance", 404)
        if request.path == "/latest/api/token":
            # Through a proxy nobody gets a token, as at AWS.
            if request.method != "PUT" or "X-Forwarded-For" in request.headers:
                return Response("method not allowed", 405)
            token = secrets.token_urlsafe(32)
            self.tokens.add(token)
            headers = {"X-aws-ec2-metadata-token-ttl-seconds": "21600"}
            return Response(token, 200, headers, content_type="text/plain")
        if request.headers.get("X-aws-ec2-metadata-token") not in self.tokens:
            return Response("unauthorized", 401)
        found = self.facts(host).get(request.path.rstrip("/"))
        return Response("not found", 404) if found is None else Response(found, content_type="text/plain")

    def facts(self, host: dict) -> dict[str, str]:
        meta = "/latest/meta-data"
        ends = datetime.datetime.now(datetime.timezone.utc)
        ends = (ends + datetime.timedelta(hours=6)).strftime("%Y-%m-%dT%H:%M:%SZ")
        role = host["role"]
        return {
            f"{meta}/instance-id": host["id"],
            f"{meta}/instance-type": host["machine"],
            f"{meta}/ami-id": host["image"],
            f"{meta}/local-ipv4": host["address"],
            f"{meta}/hostname": host["tag"],
            f"{meta}/placement/region": self.region,
            f"{meta}/placement/availability-zone": host["zone"],
            f"{meta}/tags/instance": "\n".join(host["tags"]),
            **{f"{meta}/tags/instance/{key}": value for key, value in host["tags"].items()},
            f"{meta}/iam/security-credentials": role,
            f"{meta}/iam/security-credentials/{role}": json.dumps(
                {
                    "Code": "Success",
                    "LastUpdated": "2026-01-01T00:00:00Z",
                    "Type": "AWS-HMAC",
                    "AccessKeyId": f"ASIA{host['id'][2:].upper()[:16]}",
                    "SecretAccessKey": "lab",
                    "Token": f"{role}/{host['id']}",
                    "Expiration": ends,
                }
            ),
            "/latest/dynamic/instance-identity/document": json.dumps(
                {
                    "accountId": self.account,
                    "region": self.region,
                    "availabilityZone": host["zone"],
                    "instanceId": host["id"],
                    "privateIp": host["address"],
                }
            ),
        }
