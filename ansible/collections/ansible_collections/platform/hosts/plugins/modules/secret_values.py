#!/usr/bin/python
"""Puts new random values into secrets, made in memory and shown nowhere."""

from __future__ import annotations

DOCUMENTATION = r"""
module: secret_values
short_description: Puts new values into secrets of Secrets Manager
description:
  - Runs on the controller, with credentials of the role C(operator), which puts values and cannot read them.
  - All are judged, and their values made, before the first is put. What ended in between would leave stores without values
    that are out.
  - A value is random and made of letters, digits, C(-) and C(_), since it may stand in an address.
options:
  secrets:
    description: The secrets.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: What its service calls it.
        type: str
      full_name:
        description: Name in Secrets Manager.
        type: str
        required: true
      rotation:
        description:
          - How it is renewed. C(platform) gets a new value. C(versioning) gets a new key in front of all it holds, which
            wants a role that may read it. C(runbook) is refused, for a third party issues it.
        type: str
        choices: [platform, versioning, runbook]
        required: true
      overlap_seconds:
        description: How long the value before stays good. A secret that changed less long ago is refused.
        type: int
        default: 0
  region:
    description: Region of the secrets.
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
  platform.hosts.secret_values:
    secrets:
      - full_name: dev/ticketing/redis-app
        rotation: platform
        overlap_seconds: 86400
    region: eu-central-1
"""

RETURN = r"""
versions:
  description: Ids of the new versions, by full name.
  returned: when values were put
  type: dict
"""

import secrets
import time

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.platform.hosts.plugins.module_utils import aws
from ansible_collections.platform.hosts.plugins.module_utils.refusals import Refused

BYTES = 36


def require_settled(client, secret):
    """Refuses a secret in its overlap: consumers of the value before the last would be shut out."""
    name, overlap = secret["full_name"], secret["overlap_seconds"]
    described = client.describe_secret(SecretId=name)
    stages = [stage for each in described.get("VersionIdsToStages", {}).values() for stage in each]
    if "AWSPREVIOUS" not in stages:
        return  # nobody holds a value before the present one
    changed = described.get("LastChangedDate")
    age = time.time() - changed.timestamp() if changed else overlap
    if age < overlap:
        raise Refused(
            f"{name}: must not change before its overlap is over, {int(overlap - age)} s are left; "
            "rotate_secret=none brings readers in step"
        )


def new_value(client, secret):
    """The whole new text: a value, or a key before those that old data still needs."""
    name = secret["full_name"]
    made = secrets.token_urlsafe(BYTES)
    if secret["rotation"] == "platform":
        return made
    try:
        before = client.get_secret_value(SecretId=name)["SecretString"]
    except client.exceptions.ResourceNotFoundException:
        return made
    except Exception as error:  # botocore's exceptions are made at run time
        raise Refused(
            f"{name}: is versioned, its old keys must stay, and this role may not read them "
            f"({type(error).__name__}): take break-glass"
        ) from error
    return f"{made},{before}"


def new_values(client, chosen):
    """New texts by full name, of secrets that may change now."""
    for secret in chosen:
        if secret["rotation"] == "runbook":
            raise Refused(f"{secret['full_name']}: is issued by a third party and cannot be made here; its runbook says how")
        require_settled(client, secret)
    return {secret["full_name"]: new_value(client, secret) for secret in chosen}


def main():
    """Judges, makes, puts."""
    module = AnsibleModule(
        argument_spec={
            "secrets": {
                "type": "list",
                "elements": "dict",
                "required": True,
                "no_log": False,
                "options": {
                    "name": {"type": "str"},
                    "full_name": {"type": "str", "required": True},
                    "rotation": {"type": "str", "choices": ["platform", "versioning", "runbook"], "required": True},
                    "overlap_seconds": {"type": "int", "default": 0},
                },
            },
            "region": {"type": "str", "required": True},
            "profile": {"type": "str"},
        },
        supports_check_mode=True,
    )
    params = module.params
    versions = {}
    try:
        client = aws.client("secretsmanager", params["region"], params["profile"])
        values = new_values(client, params["secrets"])
        if not module.check_mode:
            for name, value in values.items():
                versions[name] = client.put_secret_value(SecretId=name, SecretString=value)["VersionId"]
        module.exit_json(changed=bool(values), versions=versions)
    except Refused as refused:
        module.fail_json(msg=str(refused))
    except Exception as error:  # botocore's exceptions are made at run time
        module.fail_json(msg=f"{type(error).__name__}: {error}", versions=versions)


if __name__ == "__main__":
    main()
