"""Reads a delivered company back, row by row in plain Python: it shares nothing with the generator."""

import csv
import gzip
import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

Row = dict[str, Any]
SHANGHAI = timedelta(hours=8)


@dataclass
class Company:
    """Final state by key, and what could not be read: rows by table."""

    tickets: dict[str, Row] = field(default_factory=dict)
    events: dict[str, dict[int, Row]] = field(default_factory=lambda: defaultdict(dict))
    agents: dict[str, list[tuple[datetime, str]]] = field(default_factory=lambda: defaultdict(list))
    department_of: dict[str, str] = field(default_factory=dict)
    surveys: dict[str, Row] = field(default_factory=dict)
    complaints: dict[str, Row] = field(default_factory=dict)
    stages: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    answers: dict[tuple[str, str], int] = field(default_factory=dict)
    orders: dict[str, Row] = field(default_factory=dict)
    reviews: dict[str, Row] = field(default_factory=dict)
    items: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    customers: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    questions: list[Row] = field(default_factory=list)
    planned: list[Row] = field(default_factory=list)
    calls: list[Row] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    delivered: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)

    def team(self, agent: str | None, at: datetime) -> str | None:
        """The agent's team at a time."""
        teams = [team for since, team in self.agents.get(agent or "", []) if since <= at]
        return teams[-1] if teams else None


def local(text: str, pattern: str = "%Y-%m-%d %H:%M:%S") -> datetime | None:
    """A Shanghai stamp as naive UTC."""
    return datetime.strptime(text, pattern) - SHANGHAI if text else None  # noqa: DTZ007 - naive UTC throughout


def slashed(text: str) -> datetime | None:
    return local(text, "%Y/%m/%d %H:%M:%S")


def zulu(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None) if text else None


def plausible(stamp: datetime | None) -> datetime:
    if stamp is None or not 2000 <= stamp.year < 2100:
        raise ValueError(stamp)
    return stamp


def required(text: str | None) -> str:
    if not text:
        raise ValueError("missing")
    return text


def csv_rows(data: bytes, encoding: str, delimiter: str = ",") -> Iterator[Row | None]:
    """Rows by header; None for a row that is ragged or does not decode."""
    text = data.decode(encoding, errors="surrogateescape")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = next(reader)
    for row in reader:
        decodes = not any(0xDC80 <= ord(character) <= 0xDCFF for cell in row for character in cell)
        yield dict(zip(header, row, strict=True)) if len(row) == len(header) and decodes else None


def json_rows(data: bytes) -> Iterator[Row | None]:
    for line in data.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            yield None


class Reader:
    """Fills a company from an inbox."""

    def __init__(self, inbox: Path) -> None:
        self.inbox, self.company = inbox, Company()

    def read(self) -> Company:
        company = self.company
        for row in csv_rows((self.inbox / "crm/teams.csv").read_bytes(), "utf-8-sig"):
            assert row is not None
            company.department_of[row["team_id"]] = row["department_id"]
        self._each("crm", "crm_agents", "agents*", self._agent)
        self._each("crm", "crm_customers", "customers*", self._customer)
        self._each("crm", "crm_department_questions", "department_questions_*", company.questions.append)
        self._each("crm", "crm_planned_contacts", "planned_contacts*", company.planned.append)
        self._each("crm", "crm_products", "products*", lambda row: required(row["product_id"]))
        self._each("crm", "crm_tickets", "tickets_*", self._ticket)
        self._each("crm", "crm_ticket_events", "ticket_events_*", self._event)
        self._each("survey", "survey_surveys", "surveys_*", self._survey)
        self._each("complaint", "complaint_complaints", "complaints_*", self._complaint)
        self._each("complaint", "complaint_complaint_events", "complaint_events_*", self._stage)
        self._each("survey", "survey_survey_answers", "survey_answers_*", self._answer)
        self._each("shop", "shop_orders", "orders_*", self._order)
        self._each("bot", "bot_bot_sessions", "bot_sessions_*", lambda row: required(row["session_id"]))
        self._each("telephony", "telephony_calls", "calls_*", self.company.calls.append)
        self._reviews()
        return company

    def _each(self, source: str, table: str, pattern: str, take: Callable[[Row], object]) -> None:
        for path in sorted((self.inbox / source).glob(pattern)):
            data = path.read_bytes()
            if path.suffix == ".gz":
                rows = csv_rows(gzip.decompress(data), "utf-8", ";")
            elif source == "telephony":
                rows = csv_rows(data, "utf-8", ";")
            elif path.suffix == ".jsonl":
                rows = json_rows(data)
            else:
                rows = csv_rows(data, "gb18030" if source == "complaint" else "utf-8-sig")
            for row in rows:
                self.company.delivered[f"{source}/{path.name}"] += 1
                try:
                    take(row if row is not None else {})
                except (ValueError, KeyError):
                    self.company.refused[table] += 1

    def _keep(self, known: dict[str, Row], table: str, key: str, row: Row) -> None:
        """The row of the newest update wins, in whatever order they come."""
        if key in known:
            self.company.repeated[table] += 1
        if key not in known or known[key]["updated_at"] < row["updated_at"]:
            known[key] = row

    def _agent(self, row: Row) -> None:
        since = local(row["effective_from"])
        assert since is not None
        self.company.agents[row["agent_id"]].append((since, row["team_id"]))

    def _ticket(self, row: Row) -> None:
        key = required(row["ticket_id"])
        stamps = {name: local(row[name]) for name in ("first_reply", "resolved", "closed", "updated_at")}
        ticket = {**row, **stamps, "created": plausible(local(row["created"]))}
        self._keep(self.company.tickets, "crm_tickets", key, ticket)

    def _event(self, row: Row) -> None:
        events = self.company.events[required(row["ticket_id"])]
        number = int(row["event_no"])
        event = {**row, "at": plausible(local(row["at"]))}
        if number in events:
            assert events[number] == event
            self.company.repeated["crm_ticket_events"] += 1
        events[number] = event

    def _survey(self, row: Row) -> None:
        stamps = {
            name: zulu(row[name]) for name in ("responded_at", "reply_due_at", "replied_at", "updated_at")
        }
        survey = {**row, **stamps, "sent_at": plausible(zulu(row["sent_at"]))}
        self._keep(self.company.surveys, "survey_surveys", required(row["survey_id"]), survey)

    def _complaint(self, row: Row) -> None:
        self.company.complaints[required(row["投诉编号"])] = {
            "received": plausible(slashed(row["受理时间"])),
            "promised": slashed(row["承诺时间"]),
            "responded": slashed(row["答复时间"]),
            "resolved": slashed(row["解决时间"]),
            "agent": row["责任坐席"],
            "team": row["责任班组"],
            "department": row["责任部门"],
            "channel": row["渠道"],
            "id": row["投诉编号"],
            "acknowledged": slashed(row["确认时间"]),
            "customer": row["客户编号"],
            "category": row["类别"],
            "closed": slashed(row["关闭时间"]),
            "agreed": row["客户同意关闭"],
        }

    def _customer(self, row: Row) -> None:
        self.company.customers[required(row["customer_id"])].append(row)

    def _stage(self, row: Row) -> None:
        self.company.stages[row["投诉编号"]].add(row["阶段"])

    def _answer(self, row: Row) -> None:
        self.company.answers[row["survey_id"], row["item"]] = row["score"]

    def _order(self, row: Row) -> None:
        order = {**row, "at": plausible(zulu(row["ordered_at"])), "updated_at": zulu(row["updated_at"])}
        self._keep(self.company.orders, "shop_orders", required(row["order_id"]), order)

    def _reviews(self) -> None:
        for path in sorted((self.inbox / "qa").glob("*.xlsx")):
            book = openpyxl.load_workbook(path, read_only=True)
            for name in ("Reviews", "Items"):
                header, *rows = book[name].iter_rows(values_only=True)
                for values in rows:
                    row: Row = dict(zip(map(str, header), values, strict=True))
                    if name == "Items":
                        self.company.items[row["review_id"]].append(row)
                    else:
                        row["at"] = row["reviewed"] - SHANGHAI
                        self.company.reviews[row["review_id"]] = row
