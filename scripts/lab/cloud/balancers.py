"""Load balancers: moto keeps who is registered, HAProxy does the work; this thread makes one follow the other."""

import socket
import threading
import time

from moto.elbv2 import models

SECONDS = 0.2


class Balancers(threading.Thread):
    """Registers all targets, and from then on follows the API: what leaves is drained, what comes back is used again."""

    def __init__(self, facts: dict, aws: object, instances: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.socket = facts["files"]["balancers"]
        self.facts = facts["balancers"]
        self.tags = {instance: tag for tag, instance in instances.items()}
        self.backend = models.elbv2_backends[facts["account"]][facts["region"]]
        self.since: dict[tuple[str, str], float] = {}
        self.health: dict[tuple[str, str], tuple[str, int]] = {}
        network = aws.of("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
        for balancer in self.facts:
            web = balancer["kind"] == "web"
            made = aws.of("elbv2").create_target_group(
                Name=balancer["name"],
                VpcId=network,
                Protocol="HTTPS" if web else "TCP",
                Port=balancer["port"],
                TargetType="instance",
                **({"HealthCheckPath": balancer["health"]} if web else {}),
            )
            balancer["arn"] = made["TargetGroups"][0]["TargetGroupArn"]
            aws.of("elbv2").modify_target_group_attributes(
                TargetGroupArn=balancer["arn"],
                Attributes=[
                    {"Key": "deregistration_delay.timeout_seconds", "Value": str(balancer["drainSeconds"])},
                ],
            )
            targets = [{"Id": instances[tag]} for tag in balancer["targets"]]
            aws.of("elbv2").register_targets(TargetGroupArn=balancer["arn"], Targets=targets)
        # moto would call every registered target healthy.
        models.FakeTargetGroup.health_for = lambda group, target, _: self.health_for(group, target)

    def run(self) -> None:
        while True:
            try:
                self.follow()
            except OSError:
                # HAProxy is not up yet.
                pass
            time.sleep(SECONDS)

    def ask(self, command: str) -> str:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self.socket)
            connection.sendall(f"{command}\n".encode())
            return b"".join(iter(lambda: connection.recv(65536), b"")).decode()

    def follow(self) -> None:
        lines = [line.split(",") for line in self.ask("show stat").lstrip("# ").splitlines() if line]
        table = [dict(zip(lines[0], line, strict=False)) for line in lines[1:]]
        self.health = {(row["pxname"], row["svname"]): (row["status"], int(row["scur"] or 0)) for row in table}
        for balancer in self.facts:
            registered = {self.tags[each] for each in self.backend.target_groups[balancer["arn"]].targets}
            for tag in balancer["targets"]:
                self.steer(balancer, tag, tag in registered)

    def steer(self, balancer: dict, tag: str, registered: bool) -> None:
        place = (balancer["name"], tag)
        status, _ = self.health.get(place, ("", 0))
        name = "/".join(place)
        if registered:
            self.since.pop(place, None)
            if status.startswith(("DRAIN", "MAINT")):
                self.ask(f"set server {name} state ready")
            return
        since = self.since.setdefault(place, time.monotonic())
        if time.monotonic() - since > balancer["drainSeconds"]:
            if not status.startswith("MAINT"):
                self.ask(f"set server {name} state maint")
                self.ask(f"shutdown sessions server {name}")
        elif not status.startswith("DRAIN"):
            self.ask(f"set server {name} state drain")

    def health_for(self, group: object, target: dict) -> object:
        """What DescribeTargetHealth says: as HAProxy sees it."""
        place = (group.name, self.tags.get(target["Id"], ""))
        status, open_now = self.health.get(place, ("", 0))
        told = lambda *words: models.FakeHealthStatus(  # noqa: E731
            target["Id"], target.get("Port", group.port), group.health_check_port, *words
        )
        if target["Id"] in group.targets:
            # Until HAProxy has followed, a target that came back is not used.
            if status.startswith("UP"):
                return told("healthy")
            if status.startswith(("DRAIN", "MAINT")) or status == "":
                return told("initial", "Elb.RegistrationInProgress", "Target registration is in progress")
            return told("unhealthy", "Target.FailedHealthChecks", "Health checks failed")
        if status.startswith("MAINT") or (status.startswith("DRAIN") and open_now == 0):
            return told("unused", "Target.NotRegistered", "Target is not registered to the target group")
        return told("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress")
