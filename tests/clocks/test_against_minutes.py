"""Thousands of random tickets through the real models say what a reference says that counts minutes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from tests.clocks import random_company as company
from tests.clocks.calendars_by_minute import FIRST, LAST, MinuteCalendar, Shift
from tests.clocks.tickets_by_minute import URGENCY, Ticket, judge
from tests.dbt_project.builds import Build, landed

pytestmark = pytest.mark.xdist_group("dbt_builds")
COUNT, SEED = 2400, 20151025
KNOWN = company.known_answers()
ALL_CALENDARS = company.calendars() + company.calendars_of_known_answers()
WORDS = {
    "replied": "REPLY",
    "customer_replied": "CUSTOMER_REPLY",
    "noted": "NOTE",
    "waiting_started": "PENDING",
    "waiting_ended": "RESUME",
    "resolved": "RESOLVE",
    "reopened": "REOPEN",
    "closed": "CLOSE",
    "priority_changed": "PRIORITY",
    "acknowledged": "ACKNOWLEDGE",
    "exempted": "EXEMPT",
}
ACTORS = {"customer": "C", "agent": "A", "bot": "B"}
SIGNED = {"author": "a", "approved_by": "b", "approved_on": "2015-01-01", "reason": "property test"}
STAMPS = ("first_response_due_at", "resolution_due_at", "acknowledgement_due_at")


def shanghai(stamp: int) -> datetime:
    """As the CRM delivers it."""
    return datetime.fromtimestamp(stamp, ZoneInfo("Asia/Shanghai")).replace(tzinfo=None)


def fill(connection: Any, table: str, rows: list[dict[str, Any]]) -> None:
    """Put rows, and no others, into a table (a raw view becomes one)."""
    connection.execute(f"create or replace temp table filled as select * from {table} limit 0")
    connection.register("frame", pa.Table.from_pylist(rows))
    connection.execute("insert into filled by name select * from frame")
    kind = "view" if table.startswith("raw.") else "table"
    connection.execute(f"drop {kind} {table} cascade")
    connection.execute(f"create table {table} as select * from filled")
    connection.unregister("frame")


def rows_of_calendars(known: list[MinuteCalendar]) -> dict[str, list[dict[str, Any]]]:
    def shift_row(code: str, shift: Shift) -> dict[str, Any]:
        span = {"starts": shift.starts, "ends": shift.ends, "is_overnight": shift.is_overnight}
        return {"calendar_code": code, "weekday": shift.weekday, **span} | {
            "valid_from": shift.since,
            "valid_to": shift.until,
        }

    return {
        "business_calendars": [
            {"calendar_code": each.code, "time_zone": each.zone, "holiday_region": each.code, **SIGNED}
            | {
                "make_up_weekday": each.make_up_weekday,
                "valid_from": FIRST,
                "valid_to": LAST + timedelta(days=1),
            }
            for each in known
        ],
        "calendar_shifts": [shift_row(each.code, shift) for each in known for shift in each.shifts],
        "holidays": [
            {"holiday_region": each.code, "holiday_date": day, "kind": kind, "name": kind}
            for each in known
            for kind, days in (("public", each.public - each.make_up), ("make_up", each.make_up))
            for day in days
        ],
        "calendar_overrides": [
            {"calendar_code": each.code, "override_date": item.day, "kind": item.kind, **SIGNED}
            | {"starts": item.starts or None, "ends": item.ends or None, "like_weekday": item.like_weekday}
            for each in known
            for item in each.exceptions
        ],
        "calendar_assignments": [
            {"source_system": "crm", "department_key": f"crm:{each.code}", "calendar_code": each.code}
            | SIGNED
            for each in known
        ],
    }


def rows_of_policies() -> list[dict[str, Any]]:
    return [
        {
            "policy_id": row.policy_id,
            "request_type": row.request or None,
            "channel": row.channel or None,
            "complexity": row.complexity or None,
            "priority": row.priority or None,
            "first_response_minutes": row.first_response,
            "resolution_minutes": row.resolution,
            "acknowledgement_working_days": row.acknowledgement,
            "clock": row.clock,
            "valid_from": row.since,
            "valid_to": row.until,
        }
        for row in company.policies()
    ]


def header(ticket: Ticket) -> dict[str, Any]:
    """Only what the events do not tell, so that the events are what is measured."""
    return {
        "ticket_id": ticket.number,
        "team_id": f"team_{ticket.calendar.code}",
        "channel": company.CHANNELS[ticket.channel],
        "request_type": company.REQUESTS[ticket.request],
        "complexity": company.COMPLEXITIES[ticket.complexity],
        "priority": URGENCY[ticket.priority],
        "status": "已关闭" if ticket.last("closed") else "处理中",
        "created": shanghai(ticket.created),
        "needs_answer": "Y" if ticket.needs_answer else "N",
    }


def delivered_events(ticket: Ticket) -> list[dict[str, Any]]:
    def told(event: Any) -> str | None:
        if event.kind == "exempted":
            return "约定时间"
        return company.REASONS.get(event.after) or URGENCY.get(event.after)

    return [
        {"ticket_id": ticket.number, "event_no": number, "event_at": shanghai(event.at)}
        | {"event": WORDS[event.kind], "actor": ACTORS[event.actor]}
        | {"from_value": URGENCY.get(event.before), "to_value": told(event)}
        for number, event in enumerate(ticket.events, start=1)
    ]


def fill_build(build: Build, tickets: list[Ticket]) -> None:
    """The seeds and deliveries of the made-up company in the place of the project's."""
    known = ALL_CALENDARS
    with build.connect(read_only=False) as connection:
        for table, rows in rows_of_calendars(known).items():
            fill(connection, f"core.{table}", rows)
        fill(connection, "core.sla_policies", rows_of_policies())
        teams = [{"team_id": f"team_{each.code}", "department_id": each.code} for each in known]
        fill(connection, "raw.crm_teams", teams)
        fill(connection, "raw.crm_tickets", [header(ticket) for ticket in tickets])
        fill(connection, "raw.crm_ticket_events", [row for each in tickets for row in delivered_events(each)])
        until = datetime.fromtimestamp(company.DATA_UNTIL, UTC).replace(tzinfo=None)
        connection.execute("update raw.source_status set data_until = ? where source_system = 'crm'", [until])


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Ticket], dict[str, dict[str, Any]]]:
    """The random tickets, and what the fact says of them."""
    build = landed(tmp_path_factory.mktemp("minutes"))
    assert set(build.dbt("seed").values()) == {"success"}
    tickets = company.tickets(COUNT, SEED) + KNOWN
    fill_build(build, tickets)
    statuses = build.dbt("run", "--select", "+fct_tickets", "int_calendars__findings")
    assert set(statuses.values()) == {"success"}, build.said
    with build.connect() as connection:
        broken = connection.execute(
            "select * from work.intermediate.int_calendars__findings"
            " where rule <> 'a calendar without the year'"
        )
        assert broken.fetchall() == []
        found = connection.execute("select * from core.fct_tickets")
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return tickets, {str(row["ticket_id"]): row for row in rows}


def as_told(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in STAMPS:
        return int(value.replace(tzinfo=UTC).timestamp())
    return bool(value) if name.startswith("is_") else int(value)


def test_every_clock_of_every_ticket_equals_the_reference(
    measured: tuple[list[Ticket], dict[str, dict[str, Any]]],
) -> None:
    tickets, told = measured
    policies = company.policies()
    wrong = []
    for ticket in tickets:
        for name, expected in judge(ticket, policies, company.DATA_UNTIL).items():
            found = as_told(name, told[ticket.number][name])
            if found != expected:
                wrong.append((ticket.number, ticket.calendar.code, name, expected, found))
    assert len(told) == len(tickets) >= 2000
    assert wrong == [], len(wrong)


def test_the_models_give_the_known_answers_of_the_catalogue(
    measured: tuple[list[Ticket], dict[str, dict[str, Any]]],
) -> None:
    """Friday 16:00 to Monday 10:00 are 3 working hours; days of summer time have 23 and 25."""
    told = measured[1]
    found = {ticket.number: told[ticket.number]["resolution_business_seconds"] for ticket in KNOWN}
    assert found == {"K1": 3 * 3600, "K2": 23 * 3600, "K3": 25 * 3600}


def test_the_random_tickets_meet_every_case(
    measured: tuple[list[Ticket], dict[str, dict[str, Any]]],
) -> None:
    tickets, told = measured
    kinds = {event.kind for ticket in tickets for event in ticket.events}
    assert kinds == set(WORDS)
    assert {ticket.calendar.code for ticket in tickets} == {each.code for each in ALL_CALENDARS}
    rows = told.values()
    for name in ("paused_business_seconds", "reopen_gap_business_seconds", "on_hold_business_seconds"):
        assert sum((row[name] or 0) > 0 for row in rows) > 50, name
    for target in ("first_response", "resolution"):
        assert {row[f"{target}_clock"] for row in rows} == {"calendar", "business"}
        for flag in ("applicable", "met"):
            assert {row[f"is_{target}_sla_{flag}"] for row in rows} == {True, False}
    assert sum(row["sla_exemption_reason"] is not None for row in rows) > 20
    used = {row["first_response_policy_id"] for row in rows} | {row["resolution_policy_id"] for row in rows}
    assert used == {row.policy_id for row in company.policies()} - {"complex"}
