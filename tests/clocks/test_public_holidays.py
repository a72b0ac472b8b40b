"""The committed seed of public holidays is what the `holidays` library says of the calendars."""

import csv
from datetime import date
from pathlib import Path

from orchestration.clocks.public_holidays import (
    HOLIDAYS,
    public_holidays,
    regions_and_years,
    write_public_holidays,
)


def test_the_seed_is_what_the_library_says(tmp_path: Path) -> None:
    written = tmp_path / "holidays.csv"
    rows = write_public_holidays(written)
    assert rows > 500
    assert written.read_text(encoding="utf-8") == HOLIDAYS.read_text(encoding="utf-8")


def test_every_region_of_a_calendar_has_all_its_years() -> None:
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        known = {(row["holiday_region"], int(row["holiday_date"][:4])) for row in csv.DictReader(file)}
    due = {(region, year) for region, years in regions_and_years().items() for year in years}
    assert due == known
    assert {"CN", "DE"} <= {region for region, _ in due}


def test_make_up_working_days_and_subdivisions_are_known() -> None:
    china = {row[1]: row[2] for row in public_holidays("CN", range(2026, 2027))}
    assert china["2026-10-01"] == "public"
    assert (china["2026-10-10"], date(2026, 10, 10).isoweekday()) == ("make_up", 6)
    berlin = {row[1] for row in public_holidays("DE-BE", range(2026, 2027))}
    assert "2026-03-08" in berlin - {row[1] for row in public_holidays("DE", range(2026, 2027))}
