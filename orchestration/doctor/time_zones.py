"""Time zones: Python and DuckDB both know the zones in use, and agree about them on every half day."""

from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

from orchestration.doctor.calendars import read_seed
from orchestration.doctor.finding import Finding, fault, ok
from orchestration.settings import Settings
from orchestration.sources.contract import ContractError, load_contracts

YEARS_BACK = 3


def zones_in_use(settings: Settings) -> list[str]:
    """The zones of reports, contracts and business calendars."""
    zones = {settings.reporting_time_zone}
    try:
        contracts = load_contracts(settings.contracts_dir).values()
    except ContractError:
        contracts = {}.values()  # the configuration's check says so
    for contract in contracts:
        zones |= {column.zone for table in contract.tables.values() for column in table.columns}
    zones |= {row["time_zone"] for row in read_seed(settings, "business_calendars")}
    return sorted(zones)


def check_time_zones(settings: Settings, today: date) -> list[Finding]:
    """A finding per zone that is unknown, or that the two libraries read differently."""
    zones = zones_in_use(settings)
    findings = [finding for zone in zones for finding in check_zone(zone, today)]
    said = f"{', '.join(zones)}: Python and DuckDB agree until the end of {today.year + 1}"
    return findings or [ok("time zones", said)]


def check_zone(zone: str, today: date) -> list[Finding]:
    """Nothing when both libraries know the zone and agree about it."""
    mend = "install the locked environment anew (make install): it brings tzdata and DuckDB's own rules"
    stamps = half_days(today)
    try:
        ours = [stamp.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) for stamp in stamps]
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return [fault("time zones", f"Python does not know {zone}", mend)]
    try:
        theirs = local_in_duckdb(zone, stamps)
    except duckdb.Error:
        return [fault("time zones", f"DuckDB does not know {zone} (its ICU extension is missing)", mend)]
    different = [stamp for stamp, one, other in zip(stamps, ours, theirs, strict=True) if one != other]
    if not different:
        return []
    said = f"{zone}: tzdata {version('tzdata')} and DuckDB differ on {different[0]:%Y-%m-%d %H:%M} UTC"
    return [fault("time zones", said, mend)]


def half_days(today: date) -> list[datetime]:
    """Naive UTC stamps, twelve hours apart, of the years that matter: three back to the end of the next."""
    first, last = datetime(today.year - YEARS_BACK, 1, 1), datetime(today.year + 2, 1, 1)  # noqa: DTZ001 - UTC
    return [first + timedelta(hours=12 * step) for step in range((last - first).days * 2)]


def local_in_duckdb(zone: str, stamps: list[datetime]) -> list[datetime]:
    """The stamps as DuckDB shows them in a zone. It never fetches an extension: a run would not either."""
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        rows = connection.execute(
            "select (stamp at time zone 'UTC') at time zone ?"
            " from (select unnest(?::timestamp[]) as stamp, generate_subscripts(?::timestamp[], 1) as place)"
            " order by place",
            [zone, stamps, stamps],
        ).fetchall()
    return [stamp for (stamp,) in rows]
