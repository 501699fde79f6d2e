#!/usr/bin/python3 -B
"""See tasks/program.py."""

import sys

sys.path.insert(0, "/usr/local/lib/platform")

from tasks.program import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
