"""Counts equipment, emergencies, reviews and improvement actions for the ground truth."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from orchestration.demo.operations import Operations
from orchestration.demo.periods import GRAINS, Calendar
from orchestration.demo.plan import SHANGHAI
from orchestration.demo.tally import Members, Places, Tally, cells, periods_of

RESPONSE_MINUTES = {1: 120, 2: 240, 3: 360, 4: 480}
GRADES = {"重大": "major", "较大": "larger", "一般": "general", "轻微": "minor"}
DRILLS = {
    "断电": "power_failure",
    "系统故障": "system_failure",
    "疏散": "evacuation",
    "舆情": "public_opinion",
}
POSTS = {"热线": "hotline", "在线": "online", "现场": "on_site"}
IN_SERVICE, SPARE, FAILURE, CHECK = "启用", "备用", "故障", "检查"
Item = tuple[str, Members, date, date | None]  # what, of whom, from, until (the day after the last)


class OperationsTruth:
    """The rows of the operations' workbook, counted."""

    def __init__(self, tally: Tally, places: Places, calendar: Calendar, operations: Operations) -> None:
        """Count everything."""
        self.tally, self.places, self.calendar = tally, places, calendar
        self.until = self._day(places.reach)
        self.last_day = min(self._day(places.reach - 1), calendar.days[calendar.last_data_day])
        self._equipment(cells(operations.equipment))
        for row in cells(operations.emergencies):
            self._emergency(row)
        for _, kind, due, done in cells(operations.reviews):
            if due <= self.until:
                on_time = done is not None and done <= due
                tally.add("reviews_due_on_time", {"review_kind": kind}, due, on_time)
        self._actions(cells(operations.actions))

    def _day(self, stamp: int) -> date:
        moment = datetime.fromtimestamp(stamp, UTC)
        return moment.astimezone(self.calendar.zone).date()

    def _emergency(self, row: list[Any]) -> None:
        _, grade, level, is_drill, kind, post, due, started, graded, handled, *others = row
        members = {"emergency_grade": GRADES[grade], "post": POSTS[post]}
        if is_drill == "Y":
            if due <= self.until:
                self.tally.add(
                    "drills_done", members | {"drill_kind": DRILLS[kind]}, due, started is not None
                )
            return
        if started is None:
            return
        began = int(started.replace(tzinfo=UTC).timestamp()) - SHANGHAI
        day = self._day(began)
        whole = all(step is not None for step in (graded, handled, *others))
        self.tally.add("emergency_closed_with_review", members, day, whole)
        allowed = timedelta(minutes=RESPONSE_MINUTES[level])
        if handled is not None:
            self.tally.add("emergency_response_on_time", members, day, handled - started <= allowed)
        elif self.places.reach - began > allowed.total_seconds():
            self.tally.add("emergency_response_on_time", members, day, 0)

    def _equipment(self, rows: list[list[Any]]) -> None:
        """The demo's devices stay as they began; one that fails is still in service."""
        devices: list[tuple[str, Item]] = []
        failures: list[tuple[str, Members, date]] = []
        for _, device, _, team, event, due, on in rows:
            members = self.places.team(team)
            if event in (IN_SERVICE, SPARE):
                devices.append((event, (device, members, on, None)))
            elif event == FAILURE:
                failures.append((device, members, on))
            elif event == CHECK and due <= self.until:
                on_time = on is not None and on <= due
                self.tally.add("equipment_checks_on_time", members, due, on_time)
        serving = [item for event, item in devices if event == IN_SERVICE]
        spare = [item for event, item in devices if event == SPARE]
        self._stock("equipment_spare_rate", spare, serving)
        self._failures({item[0] for item in serving}, failures, serving)

    def _failures(
        self, in_service: set[str], failures: list[tuple[str, Members, date]], serving: list[Item]
    ) -> None:
        failed = {
            (device, period): members
            for device, members, day in failures
            if device in in_service and day <= self.last_day
            for period in periods_of(day)
        }
        for (_, (grain, start)), members in failed.items():
            for scope in (("organisation", "all"), *members.items()):
                self.tally.put("equipment_failure_rate", (*scope, grain, start), 1, 0, 0)
        self._stock("equipment_failure_rate", [], serving)

    def _actions(self, rows: list[list[Any]]) -> None:
        open_ones: list[Item] = []
        late: list[Item] = []
        for number, _, scope_type, scope, _, _, _, _, opened, due, closed, _ in rows:
            members = self._scope(scope_type, scope, opened)
            open_ones.append((number, members, opened, closed))
            if closed is None or due + timedelta(days=1) < closed:
                late.append((number, members, due + timedelta(days=1), closed))
        self._stock("actions_overdue", late, open_ones)

    def _scope(self, scope_type: str, scope: str, day: date) -> Members:
        if scope_type == "agent":
            return self.places.agent(scope, day)
        if scope_type == "team":
            return self.places.team(scope)
        if scope_type == "department":
            return {"department": f"crm:{scope}"}
        return {"channel": scope} if scope_type == "channel" else {}

    def _stock(self, kpi: str, above: list[Item], below: list[Item]) -> None:
        """What stood at the end of each period: the numerator's items and the denominator's."""
        first = min(item[2] for item in below + above)
        for grain, start, end in self._closings(first):
            for items, part in ((above, (1, 0, 0)), (below, (0, 1, 1))):
                for _, members, since, until in items:
                    if since <= end and (until is None or until > end):
                        for scope in (("organisation", "all"), *members.items()):
                            self.tally.put(kpi, (*scope, grain, start), *part)

    def _closings(self, first: date) -> Iterator[tuple[str, str, date]]:
        """Every period from a day on, with its last day or the last one that the data reach."""
        ends: dict[tuple[str, str], date] = {}
        day = first
        while day <= self.last_day:
            ends.update(dict.fromkeys(periods_of(day), day))
            day += timedelta(days=1)
        assert {grain for grain, _ in ends} <= set(GRAINS)
        return ((grain, start, end) for (grain, start), end in ends.items())
