"""How modules of the collection say what is wrong."""

from __future__ import annotations


class Refused(Exception):
    """What is wrong, for the user."""


class NotYet(Refused):
    """What an earlier task would have installed: nothing to complain of in check mode."""
