"""Named points at which a test can have this process killed; unset, each costs one comparison."""

import os
import signal

from orchestration.settings import crash_point_of_environment

# Read once: a run does not change its mind, and processes beside it inherit the variable.
ARMED = crash_point_of_environment()


def crash_point(name: str) -> None:
    """Die as by `kill -9` when WAREHOUSE_CRASH_AT names this point; nothing is closed, flushed or told."""
    if name == ARMED:
        os.kill(os.getpid(), signal.SIGKILL)
