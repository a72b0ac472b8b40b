"""Bad files beside good ones: the run is green, each is named with its reason, and nothing good is lost."""

import csv
import io
import stat
from pathlib import Path
from typing import Any

import pytest

from orchestration.sources.manifest import Delivery, read_deliveries
from tests.end_to_end.bad_files import BadFile, bad_files
from tests.end_to_end.conftest import Shared
from tests.end_to_end.project import Project

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("bad_input")]
STALE = {"crm", "complaint", "shop", "survey"}
GOOD = "tickets_202611.csv"
ODD = ("T90001001", "T90001002", "T90001003", "T90001003")  # unknown customer, answered before asked, twice
FACTS = ("fct_ticket_events", "fct_complaints", "fct_complaint_events", "fct_orders", "fct_planned_contacts")


def is_usual(row: dict[str, str]) -> bool:
    """A ticket of a known customer whose stamps stand in their order."""
    stamps = [row["created"], row["first_reply"], row["resolved"], row["closed"]]
    return all(stamps) and stamps == sorted(set(stamps)) and row["customer_id"] < "C99"


def odd_tickets(project: Project) -> bytes:
    """Four rows of the newest month under new numbers, each odd in a way that must land."""
    text = (project.home / "inbox" / "crm" / "tickets_202610.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    usual = next(row for row in rows if is_usual(row))
    changes: tuple[dict[str, str], ...] = (
        {"customer_id": "C99999999"},
        {"created": usual["resolved"], "first_reply": usual["created"]},
        {},
        {},
    )
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, fieldnames=list(usual), lineterminator="\n")
    writer.writeheader()
    for number, change in zip(ODD, changes, strict=True):
        writer.writerow({**usual, "ticket_id": number, **change})
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


@pytest.fixture(scope="session")
def spoiled(shared: Shared, demo: Project) -> Project:
    """The published demo company after a run on which bad files were delivered."""

    def make(root: Path) -> Project:
        project = demo.copied(root)
        for bad in bad_files(demo.home / "inbox"):
            project.write(f"home/inbox/{bad.source}/{bad.name}", bad.content)
        project.write(f"home/inbox/crm/{GOOD}", odd_tickets(demo))
        project.write("run.log", project.run_green())
        return project

    return shared("spoiled", make)


@pytest.fixture(scope="session")
def delivered_badly(demo: Project) -> list[BadFile]:
    return bad_files(demo.home / "inbox")


def rejected(spoiled: Project) -> dict[str, Delivery]:
    deliveries = read_deliveries(spoiled.home / "landing")
    return {item.file_name: item for item in deliveries if item.status == "rejected"}


def test_each_bad_file_has_one_clear_line_in_the_summary(
    spoiled: Project, delivered_badly: list[BadFile]
) -> None:
    printed = (spoiled.root / "run.log").read_text(encoding="utf-8")
    _, _, summary = printed.partition("\nDelivered\n")
    for bad in delivered_badly:
        (line,) = [line for line in summary.splitlines() if f": {bad.name} rejected: " in line]
        assert line.startswith(f"{bad.table}: ")
        assert [word for word in bad.words if word not in line] == [], line


def test_only_the_bad_files_were_rejected(spoiled: Project, delivered_badly: list[BadFile]) -> None:
    assert set(rejected(spoiled)) == {bad.name for bad in delivered_badly}
    assert {bad.source for bad in delivered_badly} == STALE


def test_each_bad_file_lies_in_quarantine_for_nobody_else_to_read(
    spoiled: Project, delivered_badly: list[BadFile]
) -> None:
    for bad in delivered_badly:
        (kept,) = (spoiled.home / "quarantine" / bad.table).glob(f"*.{bad.name}")
        assert kept.read_bytes() == bad.content
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_rejected_files_are_known_to_the_star_with_their_reason(spoiled: Project) -> None:
    rows = spoiled.query("select file_name, reason from core.dim_deliveries where status = 'rejected'")
    assert dict(rows) == {name: item.reason for name, item in rejected(spoiled).items()}


def test_every_source_keeps_its_last_good_delivery(spoiled: Project, demo: Project) -> None:
    for fact in FACTS:
        counted = f"select count(*), max(source_row) from core.{fact}"
        assert spoiled.query(counted) == demo.query(counted)
        assert demo.query(counted)[0][0] > 0


def test_sources_with_a_rejected_newest_file_are_stale_and_the_others_are_not(
    spoiled: Project, demo: Project
) -> None:
    query = "select source_system, is_stale from core.dim_sources where has_landed"
    assert {name for name, is_stale in spoiled.query(query) if is_stale} == STALE
    assert {name for name, is_stale in spoiled.query(query) if not is_stale} == {
        "bot",
        "qa",
        "telephony",
        "workforce",
    }
    assert not any(is_stale for _, is_stale in demo.query(query))


def test_the_scorecard_says_which_sources_are_stale(spoiled: Project) -> None:
    card = spoiled.scorecard("executive/2026-10")
    stale = {source["source_system"] for source in card["provenance"]["sources"] if source["is_stale"]}
    assert stale == STALE
    (page,) = sorted((spoiled.published / "scorecards" / "executive" / "2026-10").glob("v2/scorecard.html"))
    text = page.read_text(encoding="utf-8")
    assert all(source in text for source in STALE)


def odd(spoiled: Project, column: str) -> list[Any]:
    rows = spoiled.query(
        f"select {column} from core.fct_tickets where ticket_id like 'T900010%' order by ticket_id"
    )
    return [value for (value,) in rows]


def test_a_ticket_of_an_unknown_customer_lands_and_is_counted(spoiled: Project, demo: Project) -> None:
    assert odd(spoiled, "customer_key")[0] == "unknown"
    assert "unknown" not in odd(spoiled, "customer_key")[1:]
    query = (
        "select unknown_customer_count from core.fct_unknown_members"
        " where fact_name = 'fct_tickets' and source_system = 'crm'"
    )
    ((before,),), ((after,),) = demo.query(query), spoiled.query(query)
    assert after == before + 1


def test_an_impossible_order_of_stamps_lands_and_is_flagged(spoiled: Project) -> None:
    flags = odd(spoiled, "stamp_issue")
    assert flags[1] is not None
    assert (flags[0], flags[2]) == (None, None)
    assert odd(spoiled, "is_first_response_measured")[1] is False


def test_a_key_delivered_twice_stands_once_and_is_told(spoiled: Project) -> None:
    assert odd(spoiled, "ticket_id") == sorted(set(ODD))
    printed = (spoiled.root / "run.log").read_text(encoding="utf-8")
    assert f"{GOOD} landed, 4 of 4 rows; duplicate keys: 1" in printed
