"""Four real exports, onboarded as any source: the known figures come out of the published snapshot."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from orchestration.settings import PROJECT_ROOT
from tests.end_to_end.project import REAL_DATA, Project

FIGURES = sorted((PROJECT_ROOT / "tests" / "real_figures").glob("*.sql"))
PAGE = PROJECT_ROOT / "docs" / "real_exports.md"
MONTHS = {  # first and last month of what each source's scorecards are about
    "cfpb": ("2014-10", "2014-11"),
    "uci_incident": ("2016-02", "2017-02"),
    "olist": ("2016-10", "2018-10"),
    "flipkart_csat": ("2023-07", "2023-08"),
}
KPI_FIGURES = [  # code, years whose parts are added, value, n
    ("resolution_minutes", (2016, 2017), Decimal("187.6825") * 60, 19350),
    ("csat_mean", (2023,), Decimal("4.247585"), 17182),
    ("csat_top2", (2023,), Decimal("0.827086"), 17182),
    ("first_response_minutes", (2023,), Decimal("173.515199"), 16547),
    ("complaint_timely", (2014,), Decimal("0.979031"), 6581),
    ("csat_mean", (2016, 2017, 2018), Decimal("3.271611"), 8225),
]
of_real_exports = pytest.mark.xdist_group("real")


def printed_figures(text: str) -> list[str]:
    found = re.search(r"^-- expected: (.+)$", text, re.MULTILINE)
    assert found, "the second line of a figure's file says what is expected"
    return found[1].split(", ")


def months_between(first: str, last: str) -> Iterator[str]:
    year, month = map(int, first.split("-"))
    while (shown := date(year, month, 1).strftime("%Y-%m")) <= last:
        yield shown
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


@of_real_exports
@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_a_known_figure_comes_out_exactly(real: Project, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = [Decimal(figure) for figure in printed_figures(text)]
    (row,) = real.query(text)
    found = [
        Decimal(str(value)).quantize(figure, ROUND_HALF_UP)
        for value, figure in zip(row, expected, strict=True)
    ]
    assert found == expected


@of_real_exports
@pytest.mark.parametrize(("code", "years", "value", "n"), KPI_FIGURES)
def test_a_figure_that_is_a_kpi_comes_out_as_one(
    real: Project, code: str, years: tuple[int, ...], value: Decimal, n: int
) -> None:
    (row,) = real.query(
        "select sum(numerator), sum(denominator), sum(n), any_value(multiplier), any_value(divisor)"
        " from kpis.fct_kpi_values inner join kpis.dim_kpi using (kpi_code)"
        f" where kpi_code = '{code}' and period_grain = 'year' and scope_type = 'organisation'"
        f" and year(period_start) in ({', '.join(map(str, years))})"
    )
    numerator, denominator, answers, multiplier, divisor = row
    found = numerator * multiplier / (denominator * divisor)
    assert abs(found - value) < Decimal("0.005" if code == "resolution_minutes" else "0.0000005")
    assert answers == n


@of_real_exports
def test_every_delivered_row_of_a_real_file_is_landed_or_in_quarantine(real: Project) -> None:
    files = real.query(
        "select file_name, delivered_rows, landed_rows, quarantined_rows from core.dim_deliveries"
        " where source_system <> 'unknown'"
    )
    assert [row for row in files if row[1] != row[2] + row[3]] == []
    assert len(files) == len(list((real.home / "inbox").glob("*/*.csv"))) == 10
    assert {row[0]: row[1] for row in files}["Consumer_Complaints.csv"] == 8340


@of_real_exports
@pytest.mark.parametrize("source", MONTHS)
def test_scorecards_exist_for_every_month_that_a_source_covers(real: Project, source: str) -> None:
    published = {path.name for path in (real.published / "scorecards" / "executive").iterdir()}
    assert set(months_between(*MONTHS[source])) - published == set()


@of_real_exports
def test_no_scorecard_exists_for_a_month_without_data(real: Project) -> None:
    published = {path.name for path in (real.published / "scorecards" / "executive").iterdir()}
    covered = {month for months in MONTHS.values() for month in months_between(*months)}
    assert {name for name in published if "W" not in name} == covered


@of_real_exports
def test_a_kpi_of_a_real_month_stands_on_the_scorecard(real: Project) -> None:
    kpis = real.scorecard("executive/2023-08")["kpis"]
    assert (kpis["csat_top2"]["value"], kpis["csat_top2"]["n"]) == ("0.827086", 17182)
    assert kpis["csat_mean"]["value"] == "4.247585"


@of_real_exports
def test_nothing_of_the_demo_company_is_among_the_real_exports(real: Project) -> None:
    systems = real.query("select source_system from core.dim_sources where has_landed order by all")
    assert [name for (name,) in systems] == sorted(MONTHS)


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_the_page_on_real_exports_holds_the_query_and_its_figures(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    query = "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()
    assert f"```sql\n{query}\n```" in page
    row = next(line for line in page.splitlines() if line.startswith("|") and f"`{path.stem}`" in line)
    assert [figure for figure in printed_figures(text) if f" {figure} " not in row.replace(",", " ")] == []


def test_the_folder_of_real_data_states_the_figures_that_are_checked() -> None:
    if not REAL_DATA.is_dir():
        pytest.skip("the real exports are not here: ../shared/data/real is looked for beside the project")
    stated = (REAL_DATA / "README.md").read_text(encoding="utf-8").replace(",", "")
    for path in FIGURES:
        for figure in printed_figures(path.read_text(encoding="utf-8")):
            assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d])", stated), (path.name, figure)
