"""What Terraform would have made, in moto: hosts as instances, secrets with values, parameters, buckets."""

import base64
import functools
import json
import os
import pathlib
import secrets

import boto3


class Clients:
    """Clients of moto, by service."""

    def __init__(self, facts: dict) -> None:
        self.region = facts["region"]
        self.endpoint = f"http://127.0.0.1:{facts['ports']['moto']}"

    @functools.cache  # noqa: B019
    def of(self, service: str):
        return boto3.client(service, region_name=self.region, endpoint_url=self.endpoint)


def instances(aws: Clients, facts: dict) -> dict[str, str]:
    """Makes an instance for each host; instance ids by Name tag."""
    made = {}
    for host in facts["hosts"]:
        answer = aws.of("ec2").run_instances(
            ImageId=host["image"],
            InstanceType=host["machine"],
            MinCount=1,
            MaxCount=1,
            PrivateIpAddress=host["address"],
            Placement={"AvailabilityZone": host["zone"]},
            TagSpecifications=[
                {
                    "ResourceType": "instance",
                    "Tags": [{"Key": key, "Value": value} for key, value in host["tags"].items()],
                }
            ],
        )
        made[host["tag"]] = answer["Instances"][0]["InstanceId"]
    return made


def stores(aws: Clients, facts: dict) -> None:
    """Secrets get random values that are safe in URLs; they are kept in the lab's state for whoever tests."""
    values = {name: secrets.token_urlsafe(32) for name in facts["secrets"]}
    with open(facts["files"]["secrets"], "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        json.dump(values, file, indent=2)
    for name, value in values.items():
        aws.of("secretsmanager").create_secret(Name=name, SecretString=value)
    encoded = {
        name: base64.b64encode(pathlib.Path(path).read_bytes()).decode() for name, path in facts["encoded"].items()
    }
    for name, value in {**facts["parameters"], **encoded}.items():
        aws.of("ssm").put_parameter(Name=name, Value=value, Type="String")
    for name in facts["buckets"]:
        aws.of("s3").create_bucket(
            Bucket=name,
            CreateBucketConfiguration={"LocationConstraint": facts["region"]},
            ObjectLockEnabledForBucket=True,
        )
    pathlib.Path(facts["files"]["authorities"]).mkdir(parents=True, exist_ok=True)
