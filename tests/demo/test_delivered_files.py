"""What is delivered: the same bytes for the same arguments, as the contracts say, everything promised."""

import gzip
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import yaml

from orchestration.demo.__main__ import main
from orchestration.demo.generate import write_company
from orchestration.settings import CONTRACTS_DIR
from tests.demo.conftest import Made
from tests.demo.delivered import Company, Reader, csv_rows, json_rows

SOURCES = ["crm", "survey", "complaint", "qa", "shop", "bot", "telephony", "workforce"]


@pytest.fixture(scope="module")
def company(small: Made) -> Company:
    return Reader(small.inbox).read()


def contents(inbox: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(inbox)): path.read_bytes() for path in sorted(inbox.rglob("*")) if path.is_file()
    }


def test_the_same_arguments_give_the_same_bytes_in_another_directory(small: Made, tmp_path: Path) -> None:
    path = write_company(tmp_path / "elsewhere" / "inbox", tickets=1500, months=4)
    assert contents(tmp_path / "elsewhere" / "inbox") == contents(small.inbox)
    assert path.read_bytes() == (small.inbox.parent / path.name).read_bytes()


def test_another_seed_gives_another_company(small: Made, tmp_path: Path) -> None:
    write_company(tmp_path / "inbox", tickets=1500, months=4, seed=8)
    other = contents(tmp_path / "inbox")
    assert other["crm/tickets_202610.csv"] != contents(small.inbox)["crm/tickets_202610.csv"]


def test_nothing_but_the_inbox_and_the_ground_truth_is_left(small: Made) -> None:
    assert sorted(path.name for path in small.inbox.parent.iterdir()) == ["demo_ground_truth.json", "inbox"]
    assert sorted(path.name for path in small.inbox.iterdir()) == sorted(SOURCES)


def test_every_file_is_in_the_ground_truth(small: Made) -> None:
    assert set(contents(small.inbox)) == set(small.truth["files"])


@pytest.mark.parametrize("source", SOURCES)
def test_headers_and_formats_are_the_contract_s(small: Made, source: str) -> None:
    contract = yaml.safe_load((CONTRACTS_DIR / f"{source}.yaml").read_text(encoding="utf-8"))
    for name, table in contract["tables"].items():
        folder = small.inbox / source
        paths = [*folder.glob(table["file"]), *folder.glob(table["file"] + ".gz")]
        assert paths, name
        for path in paths:
            assert header(path, table) == {column["name"] for column in table["columns"]}
            assert small.truth["files"][f"{source}/{path.name}"][f"{source}_{name}"] >= 0


def header(path: Path, table: dict[str, str]) -> set[str]:
    if table["format"] == "xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        return {str(cell) for cell in next(book[table["sheet"]].iter_rows(values_only=True))}
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") == (table["encoding"] == "utf-8-sig")
    rows = (
        json_rows(data)
        if table["format"] == "jsonl"
        else csv_rows(data, table["encoding"], table.get("delimiter", ","))
    )
    return set(next(row for row in rows if row is not None))


def test_sizes_are_what_was_asked_for(company: Company) -> None:
    assert len(company.tickets) == 1500
    assert len(company.agents) == 60
    assert len(company.department_of) == 6
    assert len(set(company.department_of.values())) == 3
    assert sum(len(teams) > 1 for teams in company.agents.values()) >= 10


def test_all_codes_of_the_catalogue_occur(make: Callable[..., Made]) -> None:
    company = Reader(make(tickets=4000, months=2).inbox).read()
    tickets = company.tickets.values()
    sizes = {
        "channel": 13,
        "request_type": 6,
        "priority": 3,
        "status": 4,
        "exclusion": 5,
        "topic": 8,
        "language": 2,
    }
    assert {name: len({ticket[name] for ticket in tickets}) for name in sizes} == sizes
    events = [event for numbered in company.events.values() for event in numbered.values()]
    assert len({event["event"] for event in events}) == 15
    assert {event["actor"] for event in events} == set("CABS")
    assert {survey["kind"] for survey in company.surveys.values()} == {
        "CSAT", "NPS", "CES", "CALLBACK", "COMPLAINT_CSAT", "SERVQUAL",
    }  # fmt: skip
    assert {survey["flag"] for survey in company.surveys.values()} == {None, "EMPTY", "DUP", "SPAM", "STAFF"}
    assert {order["status"] for order in company.orders.values()} == {"NEW", "SENT", "DONE", "CANCELLED"}


def test_life_is_not_tidy(company: Company) -> None:
    """Bots and notes before humans, unanswered and unassigned tickets, impossible stamps."""
    firsts = Counter[str]()
    for name in company.tickets:
        events = sorted(company.events[name].values(), key=lambda event: int(event["event_no"]))
        kinds = [event["event"] + event["actor"] for event in events]
        human = kinds.index("REPLYA") if "REPLYA" in kinds else len(kinds)
        firsts += Counter(kind for kind in ("REPLYB", "NOTEA") if kind in kinds[:human])
    assert firsts["REPLYB"] > 50
    assert firsts["NOTEA"] > 50
    tickets = company.tickets.values()
    assert any(not ticket["first_reply"] for ticket in tickets)
    assert any(not ticket["assignee"] for ticket in tickets)
    assert any(ticket["first_reply"] and ticket["first_reply"] < ticket["created"] for ticket in tickets)
    assert any(ticket["resolved"] and ticket["resolved"] < ticket["created"] for ticket in tickets)
    assert any(ticket["closed"] and ticket["closed"] < ticket["resolved"] for ticket in tickets)


def test_unknown_customers_are_few_but_there(company: Company, small: Made) -> None:
    rows = csv_rows((small.inbox / "crm" / "customers.csv").read_bytes(), "utf-8-sig")
    known = {row["customer_id"] for row in rows if row}
    unknown = [name for name, ticket in company.tickets.items() if ticket["customer_id"] not in known]
    assert 4 <= len(unknown) <= 20


def test_every_source_reaches_the_same_last_second(company: Company, small: Made) -> None:
    last = {
        max(ticket["created"] for ticket in company.tickets.values()),
        max(event["at"] for events in company.events.values() for event in events.values()),
        max(survey["sent_at"] for survey in company.surveys.values()),
        max(complaint["received"] for complaint in company.complaints.values()),
        max(order["at"] for order in company.orders.values()),
        max(review["at"] for review in company.reviews.values()),
    }
    assert {stamp.isoformat() for stamp in last} == {"2026-10-31T23:59:59"}


def test_every_canary_of_a_customer_is_delivered_and_most_of_those_in_comments(small: Made) -> None:
    text = (small.inbox / "crm" / "customers.csv").read_text(encoding="utf-8-sig")
    comments = "".join(
        path.read_text(encoding="utf-8") for path in (small.inbox / "survey").glob("surveys_*")
    )
    direct, free = small.truth["canaries"][:150], small.truth["canaries"][150:]
    assert [value for value in direct if value not in text] == []
    assert len(free) == 40
    assert sum(value in comments for value in free) >= 3
    assert free[2] in (small.inbox / "crm" / "tickets_202610.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("tickets", "months"), [(99, 1), (1000, 0), (1000, 121), (90_000_000, 14)])
def test_a_size_that_makes_no_company_is_refused(tmp_path: Path, tickets: int, months: int) -> None:
    with pytest.raises(ValueError, match="give"):
        write_company(tmp_path / "inbox", tickets=tickets, months=months)
    assert not (tmp_path / "inbox").exists()


def test_a_month_may_end_early(tmp_path: Path) -> None:
    write_company(tmp_path / "inbox", tickets=200, months=2, until=date(2024, 2, 29))
    names = sorted(path.name for path in (tmp_path / "inbox" / "crm").glob("tickets_*"))
    assert names == ["tickets_202401.csv", "tickets_202402.csv"]


def test_an_interrupted_delivery_leaves_the_inbox_empty_and_the_next_one_is_whole(
    small: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken, pytest.raises(OSError, match="disk full"):
        broken.setattr("orchestration.demo.generate.add_dirt", interrupted)
        write_company(tmp_path / "inbox", tickets=1500, months=4)
    assert not (tmp_path / "inbox").exists()
    write_company(tmp_path / "inbox", tickets=1500, months=4)
    assert contents(tmp_path / "inbox") == contents(small.inbox)


def interrupted(*_: object) -> None:
    raise OSError("disk full")


def test_the_command_line_writes_a_company(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["demo", "--home", str(tmp_path), "--tickets", "100", "--months", "1"])
    main()
    assert (tmp_path / "inbox" / "crm" / "tickets_202610.csv").exists()
    assert "100 tickets" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["demo", "--home", str(tmp_path), "--tickets", "99", "--months", "1"])
    with pytest.raises(SystemExit):
        main()
    assert "give 100 a month" in capsys.readouterr().err
