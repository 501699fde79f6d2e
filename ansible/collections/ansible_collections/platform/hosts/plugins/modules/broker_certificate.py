#!/usr/bin/python
"""Has the broker's authority sign or revoke, in the role of whoever may: people with the role `issuer`."""

from __future__ import annotations

DOCUMENTATION = r"""
module: broker_certificate
short_description: Has a request signed by the message broker's authority, or revokes a certificate
description:
  - Runs on the controller, with credentials of the role C(issuer). A request is signed by the procedure that holds purpose
    and lifetime (C(docs/PRODUCTION_SETUP.md)); C(authority) asks the authority itself, where there is no procedure.
options:
  request:
    description: The request to sign, PEM.
    type: str
  serial:
    description: Serial number of the certificate to revoke, hexadecimal.
    type: str
  reason:
    description: Why it is revoked, as AWS Private CA spells it.
    type: str
    default: UNSPECIFIED
  procedure:
    description: Name of the procedure that signs.
    type: str
  authority:
    description: ARN of the authority. Found by C(common_name) if absent.
    type: str
  common_name:
    description: Common name of the authority.
    type: str
  days:
    description: Days that a certificate lives which no procedure signs.
    type: int
    default: 90
  region:
    description: Region of the authority.
    type: str
    required: true
  profile:
    description: Profile with the credentials of the role C(issuer). Those of the environment if absent.
    type: str
author:
  - platform
"""

EXAMPLES = r"""
- name: Revoke the certificate of a client
  platform.hosts.broker_certificate:
    serial: 0a1b2c
    reason: KEY_COMPROMISE
    common_name: Message broker authority dev
    region: eu-central-1
"""

RETURN = r"""
certificate:
  description: The signed certificate, PEM.
  returned: when a request was signed
  type: str
"""

import functools
import time

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.platform.hosts.plugins.module_utils import aws
from ansible_collections.platform.hosts.plugins.module_utils.refusals import Refused

TEMPLATE = "arn:aws:acm-pca:::template/EndEntityCertificate/V1"
SECONDS = 180


def colons(serial):
    """`0a1b2c` as AWS takes it: `0a:1b:2c`."""
    digits = serial.replace(":", "").lower()
    digits = digits.zfill(len(digits) + len(digits) % 2)
    return ":".join(digits[index : index + 2] for index in range(0, len(digits), 2))


def authority_of(pca, params):
    """ARN of the authority: as given, or the one active authority of that name."""
    if params["authority"]:
        return params["authority"]
    found = [
        each["Arn"]
        for page in pca.get_paginator("list_certificate_authorities").paginate()
        for each in page["CertificateAuthorities"]
        if each["Status"] == "ACTIVE"
        and each["CertificateAuthorityConfiguration"]["Subject"].get("CommonName") == params["common_name"]
    ]
    if len(found) != 1:
        raise Refused(f"common_name: must be that of one active authority, got {len(found)} of {params['common_name']!r}")
    return found[0]


def revoke(pca, params):
    """True when it was not revoked before."""
    arn, serial = authority_of(pca, params), colons(params["serial"])
    try:
        pca.revoke_certificate(CertificateAuthorityArn=arn, CertificateSerial=serial, RevocationReason=params["reason"])
    except pca.exceptions.RequestAlreadyProcessedException:
        return False
    except pca.exceptions.ResourceNotFoundException as error:
        # It may be the authority, too, that is not there: AWS says which.
        why = error.response["Error"]["Message"]
        raise Refused(f"serial: must be that of a certificate of {arn}, got {params['serial']} ({why})") from error
    return True


def by_procedure(ssm, params):
    """Certificate that the procedure gave."""
    run = ssm.start_automation_execution(DocumentName=params["procedure"], Parameters={"Request": [params["request"]]})
    for _ in range(SECONDS):
        told = ssm.get_automation_execution(AutomationExecutionId=run["AutomationExecutionId"])["AutomationExecution"]
        if told["AutomationExecutionStatus"] == "Success":
            return told["Outputs"]["Issue.Certificate"][0]
        if told["AutomationExecutionStatus"] not in ("Pending", "InProgress", "Waiting"):
            raise Refused(f"{params['procedure']}: must succeed, ended as {told['AutomationExecutionStatus']}")
        time.sleep(1)
    raise Refused(f"{params['procedure']}: must end within {SECONDS} s")


def by_authority(pca, params):
    """Certificate that the authority gave, asked by itself."""
    arn = authority_of(pca, params)
    issued = pca.issue_certificate(
        CertificateAuthorityArn=arn,
        Csr=params["request"].encode(),
        SigningAlgorithm="SHA256WITHECDSA",
        TemplateArn=TEMPLATE,
        Validity={"Type": "DAYS", "Value": params["days"]},
    )["CertificateArn"]
    waiter = pca.get_waiter("certificate_issued")
    waiter.wait(CertificateAuthorityArn=arn, CertificateArn=issued, WaiterConfig={"Delay": 1, "MaxAttempts": SECONDS})
    return pca.get_certificate(CertificateAuthorityArn=arn, CertificateArn=issued)["Certificate"]


def main():
    """Signs or revokes."""
    module = AnsibleModule(
        argument_spec={
            "request": {"type": "str"},
            "serial": {"type": "str"},
            "reason": {"type": "str", "default": "UNSPECIFIED"},
            "procedure": {"type": "str"},
            "authority": {"type": "str"},
            "common_name": {"type": "str"},
            "days": {"type": "int", "default": 90},
            "region": {"type": "str", "required": True},
            "profile": {"type": "str"},
        },
        required_one_of=[["request", "serial"], ["procedure", "authority", "common_name"]],
        mutually_exclusive=[["request", "serial"]],
        supports_check_mode=True,
    )
    params = module.params
    if module.check_mode:
        module.exit_json(changed=True)
    try:
        of = functools.partial(aws.client, region=params["region"], profile=params["profile"])
        if params["serial"]:
            module.exit_json(changed=revoke(of("acm-pca"), params))
        made = by_procedure(of("ssm"), params) if params["procedure"] else by_authority(of("acm-pca"), params)
        module.exit_json(changed=True, certificate=made)
    except Refused as refused:
        module.fail_json(msg=str(refused))
    except Exception as error:  # botocore's exceptions are made at run time
        module.fail_json(msg=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
