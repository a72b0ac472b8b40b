"""Writes the seed of public holidays: what the `holidays` library says of the calendars' regions and years.

The build never imports the library; it reads the seed, which is reviewed and committed like every other.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from orchestration.settings import DBT_PROJECT_DIR

SEEDS = DBT_PROJECT_DIR / "seeds"
HOLIDAYS = SEEDS / "holidays.csv"
HEADER = ("holiday_region", "holiday_date", "kind", "name")
Row = tuple[str, str, str, str]


def regions_and_years(calendars: Path = SEEDS / "business_calendars.csv") -> dict[str, range]:
    """The years that the calendars of each holiday region cover (`CN`, or `DE-BE` with a subdivision)."""
    years: dict[str, range] = {}
    with calendars.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if region := row["holiday_region"]:
                last_day = date.fromisoformat(row["valid_to"]) - timedelta(days=1)
                first, last = int(row["valid_from"][:4]), last_day.year
                known = years.get(region, range(first, last + 1))
                years[region] = range(min(first, known.start), max(last + 1, known.stop))
    return dict(sorted(years.items()))


def public_holidays(region: str, years: range) -> Iterator[Row]:
    """Rows of the seed: `public` days off, and `make_up` weekend days that are worked instead."""
    import holidays  # noqa: PLC0415 - only this command needs the library

    country, _, subdivision = region.partition("-")
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=years, language="en_US")
    days = {day: ("public", name) for day, name in found.items()}
    days |= dict.fromkeys(found.weekend_workdays, ("make_up", "Make-up working day"))
    for day, (kind, name) in sorted(days.items()):
        if day.year in years:
            yield region, day.isoformat(), kind, name


def write_public_holidays(path: Path = HOLIDAYS) -> int:
    """Write the seed anew; returns its rows. Look at the difference before you commit it."""
    rows = [row for region, years in regions_and_years().items() for row in public_holidays(region, years)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)
    return len(rows)
