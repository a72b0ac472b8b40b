"""Counts what customers met at the telephone for the ground truth."""

import numpy as np

from orchestration.demo.cube import Cube, Scopes
from orchestration.demo.plan import NEVER
from orchestration.demo.staff import Staff
from orchestration.demo.telephony import PHONE, Calls
from orchestration.demo.vocabulary import DEPARTMENT_OF_TEAM

ANSWER_WITHIN = 20  # seconds


class ContactTruth:
    """Adds calls chunk by chunk."""

    def __init__(self, cube: Cube, staff: Staff) -> None:
        """Add to `cube`."""
        self.cube, self.staff = cube, staff

    def add_calls(self, calls: Calls) -> None:
        """A call is the queue's team's; one given up at once is in no service level."""
        channel = np.full(len(calls.number), PHONE)
        scopes = Scopes(DEPARTMENT_OF_TEAM[calls.team], calls.team, calls.agent, channel)
        course, offered = calls.course, calls.offered
        answered, abandoned = course.answered < NEVER, course.abandoned < NEVER
        in_time = course.wait <= ANSWER_WITHIN
        handled = course.talk + course.hold + course.wrap
        counted = answered | (abandoned & ~in_time)
        self.cube.add("phone_service_level", scopes, offered, answered & in_time, counted)
        self.cube.add("phone_abandon_rate", scopes, offered, abandoned, answered | abandoned)
        self.cube.add("phone_asa_seconds", scopes, offered, course.wait, answered)
        self.cube.add("phone_aht_seconds", scopes, offered, handled, course.wrap >= 0)
