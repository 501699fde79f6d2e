#!/usr/bin/python3 -B
"""See certificates/register.py."""

import sys

sys.path.insert(0, "/usr/local/lib/platform")

from certificates.register import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
