"""Calendar years: business calendars and public holidays cover the data, this year and the next."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from orchestration.doctor.finding import Finding, fault, ok, warning
from orchestration.settings import Settings
from orchestration.sources.contract import ContractError, load_contracts
from orchestration.sources.manifest import current_by_table, read_deliveries
from orchestration.sources.rejection import LandingError

RENEW = "python -m orchestration calendars, review the difference and commit it"
Row = dict[str, str]


def read_seed(settings: Settings, name: str) -> list[Row]:
    """The rows of a seed as text."""
    path = settings.dbt_project_dir / "seeds" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_calendars(settings: Settings, today: date) -> list[Finding]:
    """Every gap in the calendars' years; years that nobody asks for yet are not looked at."""
    calendars = read_seed(settings, "business_calendars")
    findings = [
        *_end_too_soon(calendars, today),
        *_without_data_years(settings, calendars),
        *missing_holidays(calendars, read_seed(settings, "holidays"), today),
    ]
    said = f"{len(calendars)} business calendars and their holidays reach to the end of {today.year + 1}"
    return findings or [ok("calendar years", said)]


def _end_too_soon(calendars: list[Row], today: date) -> Iterator[Finding]:
    for row in calendars:
        until = date.fromisoformat(row["valid_to"])
        if until < date(today.year + 2, 1, 1):
            said = f"calendar {row['calendar_code']} ends on {until}, before the end of {today.year + 1}"
            mend = f"move valid_to in business_calendars.csv, then {RENEW}"
            yield (
                fault("calendar years", said, mend)
                if until <= today
                else warning("calendar years", said, mend)
            )


def _without_data_years(settings: Settings, calendars: list[Row]) -> Iterator[Finding]:
    """Sources with a calendar whose data begin before it or end after it: no business time there."""
    assigned = defaultdict(set)
    for row in read_seed(settings, "calendar_assignments"):
        assigned[row["source_system"]].add(row["calendar_code"])
    spans = {row["calendar_code"]: (row["valid_from"], row["valid_to"]) for row in calendars}
    for source, (first, last) in sorted(data_spans(settings).items()):
        for code in sorted(assigned[source] & spans.keys()):
            begins, ends = (date.fromisoformat(day) for day in spans[code])
            said = f"data of {source} reach from {first} to {last}, calendar {code} from {begins} to {ends}"
            mend = f"widen the calendar in business_calendars.csv, then {RENEW}"
            if last >= ends:
                yield fault("calendar years", said, mend)
            elif first < begins:
                yield warning("calendar years", said, mend)


def data_spans(settings: Settings) -> dict[str, tuple[date, date]]:
    """First and last day (UTC) of the current data of each source that has delivered stamps."""
    try:
        contracts = load_contracts(settings.contracts_dir)
        deliveries = read_deliveries(settings.landing)
    except (ContractError, LandingError):
        return {}  # the configuration's check says so
    spans: dict[str, tuple[date, date]] = {}
    for current in current_by_table(contracts, deliveries).values():
        for item in current:
            if item.data_from and item.data_until:
                first, last = item.data_from.date(), item.data_until.date()
                known = spans.get(item.source, (first, last))
                spans[item.source] = (min(first, known[0]), max(last, known[1]))
    return spans


def missing_holidays(calendars: list[Row], holidays: list[Row], today: date) -> Iterator[Finding]:
    """Regions without public holidays in a year, and without the make-up days that they have as a rule."""
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in holidays:
        years[row["holiday_region"], row["kind"]].add(int(row["holiday_date"][:4]))
    for region in sorted({row["holiday_region"] for row in calendars} - {""}):
        own = [row for row in calendars if row["holiday_region"] == region]
        first = min(int(row["valid_from"][:4]) for row in own)
        gaps = [year for year in range(first, today.year + 2) if year not in years[region, "public"]]
        if gaps:
            said = f"no public holidays of {region} in {', '.join(map(str, gaps))}"
            yield fault("calendar years", said, RENEW)
        worked = years[region, "make_up"]
        if worked and today.year not in worked:
            said = f"no make-up working days of {region} in {today.year}, though every year has some"
            yield fault("calendar years", said, f"update the `holidays` package, then {RENEW}")
        elif worked and today.year + 1 not in worked:
            said = f"make-up working days of {region} in {today.year + 1} are not known yet"
            mend = f"when they are announced (China: November): update the `holidays` package, then {RENEW}"
            yield warning("calendar years", said, mend)
