#!/usr/bin/python3 -B
"""See settle/program.py."""

import sys

sys.path.insert(0, "/usr/local/lib/platform")

from settle.program import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
