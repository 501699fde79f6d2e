"""S3, Parameter Store and the private authorities on loopback, for programs of hosts. Prints where, ends with its input.

Usage: cloud.py FOLDER. The authorities are those of the lab; their certificates are left in the folder.
"""

import json
import os
import pathlib
import sys
import threading

os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="eu-central-1")
sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "scripts/lab/cloud"))

import boto3  # noqa: E402
from authorities import Authorities  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

REGION = "eu-central-1"
folder = pathlib.Path(sys.argv[1])
moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
moto.start()
endpoint = "http://%s:%d" % moto.get_host_and_port()
arn = f"arn:aws:acm-pca:{REGION}:111111111111:certificate-authority/"
s3 = boto3.client("s3", region_name=REGION, endpoint_url=endpoint)
for bucket in ("crl", "vault"):
    s3.create_bucket(
        Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION}, ObjectLockEnabledForBucket=bucket == "vault"
    )
facts = {
    "region": REGION,
    "files": {"authorities": str(folder)},
    "authorities": [
        {"name": "internal", "arn": f"{arn}internal", "organization": "example", "commonName": "Internal authority", "mostDays": 7},
        {
            "name": "broker",
            "arn": f"{arn}broker",
            "organization": "example",
            "commonName": "Broker authority",
            "list": {"bucket": "crl", "key": "crl/broker.crl", "days": 7},
        },
    ],
}
authorities = Authorities(facts, s3)
authorities.publish_lists()
server = make_server("127.0.0.1", 0, authorities, threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
ssm = boto3.client("ssm", region_name=REGION, endpoint_url=endpoint)
for name, value in {
    "/dev/pki/internal-authority": f"{arn}internal",
    "/dev/pki/broker-authority": f"{arn}broker",
    "/dev/pki/broker-crl": "crl/broker.crl",
}.items():
    ssm.put_parameter(Name=name, Value=value, Type="String")
print(json.dumps({"aws": endpoint, "authorities": f"http://127.0.0.1:{server.server_port}", "arn": arn}), flush=True)
sys.stdin.read()
