"""A release of a Python service as it lies in the package bucket."""

from __future__ import annotations

import hashlib
import os
import tempfile

from ansible_collections.platform.hosts.plugins.module_utils import aws
from ansible_collections.platform.hosts.plugins.module_utils.refusals import Refused

MANIFEST = "manifest.json"


class Source:
    """One release in the bucket. Nothing of it is believed before its digest, and the manifest's signature, are right."""

    def __init__(self, module):
        params = module.params
        self.module = module
        self.bucket = params["bucket"]
        self.prefix = f"{params['service']}/releases/{params['version']}"
        self.region = params["region"]
        self.keyring = params["keyring"]
        self.client = None

    def address(self, path):
        """A file as errors name it."""
        return f"s3://{self.bucket}/{self.prefix}/{path}"

    def fetch(self, path):
        """Content of a file, whatever it is."""
        if self.client is None:
            retries = {"max_attempts": 4, "mode": "standard"}
            self.client = aws.client("s3", self.region, connect_timeout=10, read_timeout=60, retries=retries)
        try:
            return self.client.get_object(Bucket=self.bucket, Key=f"{self.prefix}/{path}")["Body"].read()
        except Exception as error:  # botocore's exceptions are made at run time
            raise Refused(f"{self.address(path)}: could not be read by this host: {error}") from error

    def read(self, path, digest):
        """Content of a file. It must have the digest that was announced."""
        content = self.fetch(path)
        got = hashlib.sha256(content).hexdigest()
        if got != digest:
            raise Refused(f"{self.address(path)}: must have the SHA-256 {digest}, got {got}")
        return content

    def manifest(self, digest):
        """The manifest. Whoever releases gives its digest, and whoever built it has signed it."""
        content = self.read(MANIFEST, digest)
        with tempfile.TemporaryDirectory(dir=self.module.tmpdir) as folder:
            paths = [os.path.join(folder, name) for name in ("signature", "manifest")]
            for path, text in zip(paths, (self.fetch(f"{MANIFEST}.asc"), content)):
                with open(path, "wb") as file:
                    file.write(text)
            # What apt verifies with: every host of Debian 13 has it.
            verify = self.module.get_bin_path("sqv", required=True)
            code, out, err = self.module.run_command([verify, f"--keyring={self.keyring}", *paths])
        if code != 0:
            said = " ".join((err or out).replace(f"{folder}/", "").split())
            raise Refused(f"{self.address(MANIFEST)}: must be signed by a key of {self.keyring}: {said}")
        return content
