"""Clients of AWS, in the role of the host or of whoever runs Ansible."""

from __future__ import annotations

import os

from ansible_collections.platform.hosts.plugins.module_utils.refusals import NotYet


def client(service, region, profile=None, **settings):
    """Client of a service; `settings` are those of botocore. Raises NotYet where boto3 is missing."""
    try:
        import boto3
        from botocore.config import Config
    except ImportError as error:
        raise NotYet(
            "boto3 is missing: on hosts the role baseline installs python3-boto3, on the controller npm run setup does"
        ) from error
    # The first answer of the metadata service may take longer than boto's one second, on a host that is busy.
    os.environ.setdefault("AWS_METADATA_SERVICE_TIMEOUT", "5")
    os.environ.setdefault("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "5")
    return boto3.Session(profile_name=profile, region_name=region).client(service, config=Config(**settings))
