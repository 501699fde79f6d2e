"""The linear strategy with one Python that stays on each host and runs all modules there, for labs of ten hosts on two cores."""

from __future__ import annotations

DOCUMENTATION = r"""
name: lab
short_description: Runs the tasks of a play in order, by one Python for each host
description:
  - The builtin linear strategy over Mitogen, which starts no Python for a task and sends no archive with it.
  - Mitogen would keep one of two cores for itself and put all workers, and what they start, on the other; here the kernel
    decides.
author:
  - platform
"""

import ansible_mitogen.affinity
import ansible_mitogen.strategy
from ansible.plugins.strategy.linear import StrategyModule as Linear

ansible_mitogen.affinity.policy = ansible_mitogen.affinity.Policy()


class StrategyModule(ansible_mitogen.strategy.StrategyMixin, Linear):
    """See the documentation."""
