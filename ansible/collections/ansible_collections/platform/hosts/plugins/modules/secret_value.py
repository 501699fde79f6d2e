#!/usr/bin/python
"""Puts a new random value into a secret, made in memory and shown nowhere."""

from __future__ import annotations

DOCUMENTATION = r"""
module: secret_value
short_description: Puts a new value into a secret of Secrets Manager
description:
  - Runs on the controller, with credentials of the role C(operator), which puts values and cannot read them.
  - The value is random and made of letters, digits, C(-) and C(_), since it may stand in an address.
options:
  name:
    description: Full name of the secret.
    type: str
    required: true
  rotation:
    description:
      - How it is renewed. C(platform) gets a new value. C(versioning) gets a new key in front of all it holds, which wants a
        role that may read it. C(runbook) is refused, for a third party issues it.
    type: str
    choices: [platform, versioning, runbook]
    required: true
  overlap_seconds:
    description: How long the value before stays good. A secret that changed less long ago is refused.
    type: int
    default: 0
  region:
    description: Region of the secret.
    type: str
    required: true
  profile:
    description: Profile with the credentials. Those of the environment if absent.
    type: str
author:
  - platform
"""

EXAMPLES = r"""
- name: Put a new password
  platform.hosts.secret_value:
    name: dev/ticketing/redis-app
    rotation: platform
    overlap_seconds: 86400
    region: eu-central-1
"""

RETURN = r"""
version:
  description: Id of the new version.
  returned: when a value was put
  type: str
"""

import secrets
import time

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.platform.hosts.plugins.module_utils import aws
from ansible_collections.platform.hosts.plugins.module_utils.refusals import Refused

BYTES = 36


def require_settled(client, params):
    """Refuses a secret in its overlap: consumers of the value before the last would be shut out."""
    described = client.describe_secret(SecretId=params["name"])
    stages = [stage for each in described.get("VersionIdsToStages", {}).values() for stage in each]
    if "AWSPREVIOUS" not in stages:
        return  # nobody holds a value before the present one
    changed = described.get("LastChangedDate")
    age = time.time() - changed.timestamp() if changed else params["overlap_seconds"]
    if age < params["overlap_seconds"]:
        left = int(params["overlap_seconds"] - age)
        raise Refused(f"{params['name']}: must not change before its overlap is over, {left} s are left; rotate_secret=none brings readers in step")


def new_value(client, params):
    """The whole new text: a value, or a key before those that old data still needs."""
    made = secrets.token_urlsafe(BYTES)
    if params["rotation"] == "platform":
        return made
    try:
        before = client.get_secret_value(SecretId=params["name"])["SecretString"]
    except client.exceptions.ResourceNotFoundException:
        return made
    except Exception as error:  # botocore's exceptions are made at run time
        raise Refused(
            f"{params['name']}: is versioned, its old keys must stay, and this role may not read them "
            f"({type(error).__name__}): take break-glass"
        ) from error
    return f"{made},{before}"


def main():
    """Judges, makes, puts."""
    module = AnsibleModule(
        argument_spec={
            "name": {"type": "str", "required": True},
            "rotation": {"type": "str", "choices": ["platform", "versioning", "runbook"], "required": True},
            "overlap_seconds": {"type": "int", "default": 0},
            "region": {"type": "str", "required": True},
            "profile": {"type": "str"},
        },
        supports_check_mode=True,
    )
    params = module.params
    if params["rotation"] == "runbook":
        module.fail_json(msg=f"{params['name']}: is issued by a third party and cannot be made here; its runbook says how")
    try:
        client = aws.client("secretsmanager", params["region"], params["profile"])
        require_settled(client, params)
        if module.check_mode:
            module.exit_json(changed=True)
        put = client.put_secret_value(SecretId=params["name"], SecretString=new_value(client, params))
        module.exit_json(changed=True, version=put["VersionId"])
    except Refused as refused:
        module.fail_json(msg=str(refused))
    except Exception as error:  # botocore's exceptions are made at run time
        module.fail_json(msg=f"{params['name']}: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
