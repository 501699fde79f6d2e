"""Stand-ins for AWS of one lab: moto, the private authorities, instance metadata. Usage: server.py FACTS (facts.ts)."""

import json
import logging
import os
import pathlib
import sys
import threading

# Without Amazon's own images, of which moto would read thousands.
os.environ.update(AWS_ACCESS_KEY_ID="lab", AWS_SECRET_ACCESS_KEY="lab", MOTO_EC2_LOAD_DEFAULT_AMIS="false")
logging.getLogger("werkzeug").setLevel(logging.WARNING)

import seed  # noqa: E402
from authorities import Authorities  # noqa: E402
from balancers import Balancers  # noqa: E402
from metadata import Metadata  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402


def serve(address: str, port: int, application: object) -> None:
    """Answers in a thread of its own until the process ends."""
    server = make_server(address, port, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def main(facts: dict) -> None:
    os.environ["MOTO_ACCOUNT_ID"] = facts["account"]
    os.environ["AWS_DEFAULT_REGION"] = facts["region"]
    serve("127.0.0.1", facts["ports"]["moto"], DomainDispatcherApplication(create_backend_app))
    aws = seed.Clients(facts)
    instances = seed.instances(aws, facts)
    serve("169.254.169.254", 80, Metadata(facts, instances))
    seed.stores(aws, facts)
    authorities = Authorities(facts, aws.of("s3"))
    serve("127.0.0.1", facts["ports"]["authorities"], authorities)
    authorities.publish_lists()
    Balancers(facts, aws, instances).start()
    pathlib.Path(facts["files"]["ready"]).touch()
    threading.Event().wait()


main(json.loads(pathlib.Path(sys.argv[1]).read_text()))
