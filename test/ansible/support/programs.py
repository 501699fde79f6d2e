"""Runs Python programs one after the other, each in a process of its own that starts with its libraries loaded.

A line of input is a JSON object with `program`, `args`, `environment` and `input`; a line of output says `code`, `out` and `err`.
"""

import json
import os
import pathlib
import sys
import tempfile
import traceback

import boto3

sys.path[0:0] = sys.argv[1].split(":")
import certificates.program  # noqa: E402, F401
import certificates.register  # noqa: E402, F401
import certificates.revocation  # noqa: E402, F401
import tasks.program  # noqa: E402, F401

for service in ("s3", "ssm", "acm-pca"):
    boto3.client(service, region_name="eu-central-1")


def child(given: dict, files: list) -> None:
    """The program itself: its own variables, arguments and streams."""
    for number, file in enumerate(files):
        os.dup2(file.fileno(), number)
    sys.stdin, sys.stdout, sys.stderr = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8"), open(2, "w", encoding="utf-8")
    os.environ.clear()
    os.environ.update(given["environment"])
    sys.argv = ["-c", *given["args"]]
    code = 0
    try:
        exec(compile(given["program"], "program", "exec"), {"__name__": "__main__"})  # noqa: S102
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run(given: dict) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        streams = pathlib.Path(folder)
        (streams / "in").write_text(given["input"], encoding="utf-8")
        files = [open(streams / "in", "rb"), open(streams / "out", "wb"), open(streams / "err", "wb")]
        process = os.fork()
        if process == 0:
            child(given, files)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        out, err = ((streams / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return {"code": code, "out": out, "err": err}


print("{}", flush=True)
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
