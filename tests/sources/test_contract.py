"""Every rule of a feed contract, seen failing, and the project's own contracts, seen loading."""

from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import CONTRACTS_DIR
from orchestration.sources.contract import ContractError, load_contracts
from orchestration.sources.document import sources_markdown
from tests.sources.landing_room import TICKETS, LandingRoom


def column(**changes: Any) -> list[dict[str, Any]]:
    """The table's columns with the first one changed; None takes a key away."""
    first, *others = TICKETS["columns"]
    return [{key: value for key, value in (first | changes).items() if value is not None}, *others]


BROKEN_TABLES: list[tuple[dict[str, Any], str]] = [
    ({"description": None}, "table tickets: key `description` is missing"),
    ({"colour": "red"}, "table tickets: unknown key `colour`"),
    ({"key": ["ticket"]}, "names 'ticket', which is no landed column"),
    ({"key": []}, "`key` names at least one column"),
    ({"updated_at": "touched"}, "names 'touched'"),
    ({"deleted_when": {"column": "score", "equals": "D"}}, "`deleted_when` belongs to upsert feeds"),
    (
        {"delivery": "upsert", "updated_at": "score", "deleted_when": {"column": "op", "equals": "D"}},
        "names 'op'",
    ),
    ({"delivery": "upsert", "deleted_when": {"column": "score", "equals": "D"}}, "needs `updated_at`"),
    ({"format": "pdf"}, "`format` is 'pdf'; allowed are csv"),
    ({"encoding": "utf-9"}, "`encoding` 'utf-9' is not a text encoding"),
    ({"encoding": "utf-16"}, "does not extend ASCII"),
    ({"delimiter": ",,"}, "`delimiter` is one ASCII character"),
    ({"sheet": "Tickets"}, "`sheet` belongs to xlsx"),
    ({"format": "xlsx"}, "xlsx needs it"),
    ({"file": "../tickets.csv"}, "without folders"),
    ({"file_date": "%Q"}, "`file_date` is made of"),
    ({"minimum_rows": "many"}, "`minimum_rows` must be a whole number"),
    ({"minimum_rows": -1}, "must not be negative"),
    ({"minimum_rows": True}, "`minimum_rows` must be a whole number"),
    ({"missing_trailing_columns": 5}, "leaves no column"),
    ({"plausible": {"from": "soon", "until": "later"}}, "must be a date"),
    ({"columns": []}, "must be a list of columns"),
    ({"columns": column(type="money")}, "column 'ticket_id': `type` is 'money'"),
    ({"columns": column(type=None)}, "column 'ticket_id': key `type` is missing"),
    ({"columns": column(colour="red")}, "column 'ticket_id': unknown key `colour`"),
    ({"columns": column(name="Ticket id")}, "column 'Ticket id': its landed name"),
    ({"columns": column(**{"as": "score"})}, "column 'score' is given twice"),
    ({"columns": column(missing=["?"])}, "`missing` belongs to typed columns"),
    ({"columns": column(format="%Y")}, "`format` belongs to dates"),
    ({"columns": column(data_until=True)}, "`data_until` belongs to dates"),
    ({"columns": column(required="yes")}, "`required` must be true or false"),
    ({"columns": column(zone="Mars/Phobos")}, "`zone` is 'Mars/Phobos'"),
    ({"columns": column(type="timestamp", format="%Y%z")}, "needs `zone: UTC`"),
    ({"columns": column(type="date", missing=[False])}, "must be a list of texts"),
    ({"columns": column(personal="direct")}, "needs a `purpose`"),
    ({"columns": column(personal="direct", purpose="calls")}, "needs `retention_days`"),
    ({"columns": column(personal="direct", type="integer", purpose="x", retention_days=1)}, "column is text"),
]


@pytest.mark.parametrize(("changes", "message"), BROKEN_TABLES, ids=[message for _, message in BROKEN_TABLES])
def test_a_broken_rule_is_named_with_file_table_and_column(
    room: LandingRoom, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ContractError) as error:
        room.contract(**changes)
    assert str(error.value).startswith("desk.yaml")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source: other\nversion: 1\ntime_zone: UTC\ntables: {}", "must be the file's name"),
        ("source: desk\nsource: desk", "is given twice"),
        ("source: [", "is not valid YAML"),
        ("- a list", "must be a mapping"),
        ("source: desk\nversion: 0\ntime_zone: UTC", "starts at 1"),
        ("source: desk\nversion: 1\ntime_zone: Nowhere", "`time_zone` is 'Nowhere'"),
        ("source: desk\nversion: 1\ntime_zone: UTC\ntables: {}", "`tables` must be a mapping"),
        ("source: desk\nversion: '1'", "`version` must be a whole number"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "desk.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContractError, match=r"desk\.yaml") as error:
        load_contracts(tmp_path)
    assert message in str(error.value)


def test_two_tables_may_share_a_workbook_but_not_a_file(room: LandingRoom) -> None:
    with pytest.raises(ContractError, match="two tables take the same file"):
        room.contract_of({"tickets": TICKETS, "others": TICKETS})
    workbook = TICKETS | {"format": "xlsx", "file": "desk.xlsx"}
    both = room.contract_of({"a": workbook | {"sheet": "A"}, "b": workbook | {"sheet": "B"}})
    assert list(both.tables) == ["a", "b"]


def test_the_projects_own_contracts_load_and_are_documented() -> None:
    contracts = load_contracts(CONTRACTS_DIR)
    assert {"uci_incident", "flipkart_csat", "cfpb", "olist", "crm"} <= set(contracts)
    page = sources_markdown(contracts)
    for contract in contracts.values():
        for table in contract.tables.values():
            assert f"### {table.raw_name}\n" in page
            assert table.file in page
            assert all(f"| `{item.landed_name}` |" in page for item in table.columns)


def test_a_column_takes_zone_and_plausible_range_from_its_surroundings(room: LandingRoom) -> None:
    columns = [*TICKETS["columns"], {"name": "seen_at", "type": "timestamp", "zone": "UTC"}]
    table = room.contract(columns=columns).tables["tickets"]
    assert [item.zone for item in table.columns][-2:] == ["Asia/Shanghai", "UTC"]
    assert table.raw_name == "desk_tickets"
    assert table.columns[1].plausible_from.year == 2000
