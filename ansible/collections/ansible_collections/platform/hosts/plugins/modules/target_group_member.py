#!/usr/bin/python
"""Takes a host out of a load balancer's target group, or brings it back, and waits until that is so."""

from __future__ import annotations

DOCUMENTATION = r"""
module: target_group_member
short_description: Takes a host out of a target group, or brings it back
description:
  - Runs on the controller with the operator's credentials. The target group is found by its name.
  - A host leaves only while another healthy one stays, so that somebody always answers.
options:
  state:
    description: C(drained) ends when no request can come any more, C(serving) when the load balancer calls it healthy.
    choices: [drained, serving]
    type: str
    required: true
  name:
    description: Name of the target group.
    type: str
    required: true
  target:
    description: Instance id of the host.
    type: str
    required: true
  port:
    description: Port of the host in the group.
    type: int
    required: true
  region:
    description: Region of the load balancer.
    type: str
    required: true
  seconds:
    description: How long to wait.
    type: int
    default: 300
author:
  - platform
"""

EXAMPLES = r"""
- name: Leave the load balancer
  platform.hosts.target_group_member:
    state: drained
    name: prd-tkt-web
    target: i-0123456789abcdef0
    port: 443
    region: eu-central-1
  delegate_to: localhost
"""

RETURN = r"""
health:
  description: What the load balancer says of the target.
  returned: always
  type: str
"""

import time

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.platform.hosts.plugins.module_utils import aws
from ansible_collections.platform.hosts.plugins.module_utils.refusals import Refused

PAUSE_SECONDS = 1


class Group:
    """A target group by name."""

    def __init__(self, params):
        self.name = params["name"]
        self.client = aws.client("elbv2", params["region"])
        self.target = {"Id": params["target"], "Port": params["port"]}
        try:
            self.arn = self.client.describe_target_groups(Names=[self.name])["TargetGroups"][0]["TargetGroupArn"]
        except Exception as error:  # botocore's exceptions are made at run time
            raise Refused(f"name: must be a target group, got {self.name}: {error}") from error

    def states(self):
        """State of every member, by instance id."""
        found = self.client.describe_target_health(TargetGroupArn=self.arn)["TargetHealthDescriptions"]
        return {each["Target"]["Id"]: each["TargetHealth"]["State"] for each in found}

    def health(self):
        """State of our target; `unused` when it is no member."""
        return self.states().get(self.target["Id"], "unused")

    def check_others(self):
        """Refuses to take the last one that works."""
        others = [target for target, state in self.states().items() if target != self.target["Id"] and state == "healthy"]
        if not others:
            raise Refused(f"{self.name}: has no other healthy target than {self.target['Id']}; nobody would answer")

    def leave(self):
        """Begins to drain."""
        self.client.deregister_targets(TargetGroupArn=self.arn, Targets=[self.target])

    def join(self):
        """Begins to be checked."""
        self.client.register_targets(TargetGroupArn=self.arn, Targets=[self.target])

    def wait_for(self, state, seconds):
        """Until the load balancer says so."""
        end = time.monotonic() + seconds
        while (health := self.health()) != state:
            if time.monotonic() > end:
                raise Refused(f"{self.name}: {self.target['Id']} must be {state} within {seconds} s, got {health}")
            time.sleep(PAUSE_SECONDS)


def change(group, params, check_mode):
    """Brings the target to the wanted state; whether it was not there before."""
    drained = params["state"] == "drained"
    wanted = "unused" if drained else "healthy"
    before = group.health()
    if before == wanted:
        return False
    if drained:
        group.check_others()
    if check_mode:
        return True
    if drained:
        group.leave()
    else:
        group.join()
    group.wait_for(wanted, params["seconds"])
    return True


def main():
    """Asks, changes, waits."""
    module = AnsibleModule(
        argument_spec={
            "state": {"type": "str", "choices": ["drained", "serving"], "required": True},
            "name": {"type": "str", "required": True},
            "target": {"type": "str", "required": True},
            "port": {"type": "int", "required": True},
            "region": {"type": "str", "required": True},
            "seconds": {"type": "int", "default": 300},
        },
        supports_check_mode=True,
    )
    try:
        group = Group(module.params)
        changed = change(group, module.params, module.check_mode)
        module.exit_json(changed=changed, health=group.health())
    except Refused as error:
        module.fail_json(msg=str(error))
    except Exception as error:  # botocore's exceptions are made at run time
        module.fail_json(msg=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
