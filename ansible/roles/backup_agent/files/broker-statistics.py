#!/usr/bin/python3 -B
"""Messages of the last day, week and month as metrics, from the procedure of the main server (BRK-28.1, BRK-28.2, BRK-28.4)."""

import csv
import io
import re
import subprocess
import sys

sys.path.insert(0, "/usr/local/lib/platform")

import textfile  # noqa: E402

# Made by role `mariadb`, with the login that may execute this one procedure.
OPTION_FILE = "/etc/message-broker/metrics.cnf"
DATABASE = "message_system"  # BRK-13.2
PERIODS = ("day", "week", "month")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def rows(period: str) -> list[dict]:
    """Rows of the procedure, by the names of their columns. The login stands in a file (BRK-SEC.12)."""
    command = ["mariadb", f"--defaults-extra-file={OPTION_FILE}", "--batch", DATABASE]
    told = subprocess.run(
        [*command, f"--execute=CALL sp_get_stats('{period}', NULL)"], capture_output=True, text=True, check=False
    )
    if told.returncode != 0:
        sys.exit(f"sp_get_stats('{period}'): must succeed, ended with exit code {told.returncode}: {told.stderr.strip()}")
    return list(csv.DictReader(io.StringIO(told.stdout), delimiter="\t", quoting=csv.QUOTE_NONE))


def samples(period: str) -> list[tuple[dict, float]]:
    """A sample for each column that is a number; the others say what it is a number of."""
    found = []
    for row in rows(period):
        labels = {name: value for name, value in row.items() if not NUMBER.fullmatch(value or "")}
        numbers = {name: float(value) for name, value in row.items() if name not in labels}
        found += [({"period": period, "statistic": name, **labels}, value) for name, value in numbers.items()]
    if not found:
        sys.exit(f"sp_get_stats('{period}'): must tell a number, told none")
    return found


textfile.write(
    sys.argv[1] if len(sys.argv) > 1 else textfile.FOLDER,
    "broker-statistics",
    [("broker_messages", "What sp_get_stats tells of a period.", [one for period in PERIODS for one in samples(period)])],
)
