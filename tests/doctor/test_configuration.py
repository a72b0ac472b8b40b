"""The doctor on what people set and write: calendars, settings, key, contracts, packages, the instance."""

import csv
import json
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import pytest

from orchestration.doctor import configuration, dagster_home, report
from orchestration.doctor.calendars import check_calendars, missing_holidays, read_seed
from orchestration.doctor.finding import Finding, fault, ok, warning
from orchestration.operations.layout import LAYOUT
from orchestration.settings import PROJECT_ROOT, Settings, SettingsError, load_settings, unknown_variables
from orchestration.sources.manifest import Delivery, write_delivery
from orchestration.sources.personal import key_fingerprint

TODAY = date(2026, 11, 22)
KEY = "a key that is long enough"


def stamp(year: int, month: int, day: int, hour: int = 0) -> datetime:
    """A naive UTC stamp, as the manifest holds it."""
    return datetime(year, month, day, hour, tzinfo=UTC).replace(tzinfo=None)


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.state, finding.found) for finding in findings]


def change_seed(settings: Settings, name: str, **changes: str) -> None:
    """Give every row of a seed other values."""
    rows = [row | changes for row in read_seed(settings, name)]
    with (settings.dbt_project_dir / "seeds" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def deliver(settings: Settings, **values: object) -> None:
    """Leave the record of a delivery of crm tickets."""
    landing = settings.landing
    landing.mkdir(exist_ok=True)
    delivery = Delivery("crm", "crm_tickets", "tickets_20260101.csv", "landed", batch_id="b1")
    write_delivery(Delivery(**{**vars(delivery), **values}), landing, landing)


def test_the_seeds_reach_to_the_end_of_next_year(settings: Settings) -> None:
    assert {finding.state for finding in check_calendars(settings, TODAY)} <= {"ok", "warning"}


def test_a_calendar_that_ends_soon_is_warned_of_and_one_that_has_ended_is_a_fault(settings: Settings) -> None:
    change_seed(settings, "business_calendars", valid_to="2027-12-31")
    ends = [finding for finding in check_calendars(settings, TODAY) if "ends on" in finding.found]
    assert {finding.state for finding in ends} == {"warning"}
    assert "calendar cn_office ends on 2027-12-31, before the end of 2027" in [item.found for item in ends]
    change_seed(settings, "business_calendars", valid_to="2026-11-22")
    ends = [finding for finding in check_calendars(settings, TODAY) if "ends on" in finding.found]
    assert {finding.state for finding in ends} == {"fault"}


def test_data_outside_their_calendar_are_found(settings: Settings) -> None:
    deliver(settings, data_from=stamp(2012, 1, 1), data_until=stamp(2030, 12, 31, 23))
    assert not [item for item in check_calendars(settings, TODAY) if "data of" in item.found]
    deliver(settings, data_from=stamp(2011, 12, 31), data_until=stamp(2030, 12, 31, 23))
    early = [item for item in check_calendars(settings, TODAY) if "data of" in item.found]
    assert {item.state for item in early} == {"warning"}
    deliver(settings, data_from=stamp(2012, 1, 1), data_until=stamp(2031, 1, 1))
    (late, *_) = [item for item in check_calendars(settings, TODAY) if "data of" in item.found]
    assert late.state == "fault"
    assert late.found.startswith("data of crm reach from 2012-01-01 to 2031-01-01, calendar cn_")


def holidays(*rows: tuple[str, str]) -> list[dict[str, str]]:
    return [{"holiday_region": "CN", "holiday_date": day, "kind": kind} for day, kind in rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("2026-01-01", "public"), ("2027-01-01", "public")], []),
        ([("2026-01-01", "public")], [("fault", "no public holidays of CN in 2027")]),
        ([], [("fault", "no public holidays of CN in 2026, 2027")]),
        (
            [("2026-01-01", "public"), ("2027-01-01", "public"), ("2026-01-04", "make_up")],
            [("warning", "make-up working days of CN in 2027 are not known yet")],
        ),
        (
            [("2026-01-01", "public"), ("2027-01-01", "public"), ("2025-01-26", "make_up")],
            [("fault", "no make-up working days of CN in 2026, though every year has some")],
        ),
    ],
)
def test_every_year_of_a_region_has_its_holidays(
    rows: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    calendars = [{"holiday_region": "CN", "valid_from": "2026-01-01"}]
    assert said(list(missing_holidays(calendars, holidays(*rows), TODAY))) == expected


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("WAREHOUSE_AS_OF", "tomorrow"),
        ("WAREHOUSE_MINIMUM_N", "five"),
        ("WAREHOUSE_MINIMUM_N", "-1"),
        ("WAREHOUSE_MEMORY", "lots"),
        ("WAREHOUSE_MEMORY", "0GB"),
        ("WAREHOUSE_REPORTING_TIME_ZONE", "Asia/Peking"),
        ("WAREHOUSE_REPORTING_TIME_ZONE", "../etc"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{variable} is '{value}'; give a"):
        load_settings({variable: value})


def test_misspelt_settings_are_found() -> None:
    assert unknown_variables({"WAREHOUSE_HOME": "x", "WAREHOUSE_TIMEZONE": "y", "PATH": "z"}) == [
        "WAREHOUSE_TIMEZONE"
    ]


@pytest.mark.parametrize(
    ("layout", "state"),
    [(LAYOUT, "ok"), (LAYOUT - 1, "warning"), (LAYOUT + 1, "fault"), ("none", "fault"), (None, "ok")],
)
def test_the_layout_of_the_home_is_that_of_the_program(
    settings: Settings, layout: object, state: str
) -> None:
    if layout is not None:
        (settings.home / "layout.json").write_text(json.dumps({"layout": layout}))
    assert [item.state for item in configuration.check_layout(settings)] == [state]
    (settings.home / ".restoring").mkdir()
    assert [item.state for item in configuration.check_layout(settings)] == ["fault"]


def test_a_key_in_the_home_is_warned_of(settings: Settings) -> None:
    assert [state for state, _ in said(configuration.check_variables(settings, []))] == ["ok"]
    in_home = Settings(home=settings.home)
    (finding,) = configuration.check_variables(in_home, [])
    assert (finding.state, str(in_home.key_file) in finding.mend) == ("warning", True)


def test_looking_at_the_key_makes_none(settings: Settings) -> None:
    in_home = Settings(home=settings.home)
    assert said(configuration.check_key(in_home)) == [("ok", "the first run makes it")]
    assert not in_home.key_file.exists()


def test_the_key_is_that_of_the_landing(settings: Settings) -> None:
    deliver(settings, key_fingerprint=key_fingerprint(KEY.encode()))
    (finding,) = configuration.check_key(settings)
    assert (finding.state, finding.found.endswith("as in the landing")) == ("ok", True)
    other = Settings(home=settings.home, key_from_environment="another key of some length")
    assert [finding.state for finding in configuration.check_key(other)] == ["fault"]
    short = Settings(home=settings.home, key_from_environment="short")
    assert [finding.state for finding in configuration.check_key(short)] == ["fault"]


def test_a_contract_that_breaks_a_rule_is_a_fault(settings: Settings, tmp_path: Path) -> None:
    assert configuration.check_contracts(settings)[0].state == "ok"
    (tmp_path / "crm.yaml").write_text("source: crm\n")
    broken = Settings(home=settings.home, contracts_dir=tmp_path)
    (finding,) = configuration.check_contracts(broken)
    assert (finding.state, "crm.yaml" in finding.found) == ("fault", True)


def test_a_damaged_record_of_a_delivery_is_a_fault(settings: Settings) -> None:
    deliver(settings)
    (settings.landing / "manifest" / "crm_tickets" / "b1.json").write_text("{}")
    (finding,) = configuration.check_contracts(settings)
    assert (finding.state, "b1.json is damaged" in finding.found) == ("fault", True)


def test_a_dbt_project_that_does_not_parse_is_a_fault(settings: Settings, tmp_path: Path) -> None:
    project = tmp_path / "dbt_project"
    for name in ("dbt_project.yml", "profiles.yml"):
        (project / name).write_bytes((PROJECT_ROOT / "dbt_project" / name).read_bytes())
    (project / "models").mkdir()
    (project / "models" / "broken.sql").write_text("select * from {{ ref('nothing') }}")
    (finding,) = configuration.check_dbt_project(settings)
    assert finding.state == "fault"
    assert "nothing" in finding.found
    (project / "models" / "broken.sql").write_text("select 1 as one")
    assert said(configuration.check_dbt_project(settings)) == [("ok", "parses")]


def test_packages_of_other_versions_are_named() -> None:
    lock = "pytest==0.1 \\\n    --hash=sha256:00\nnothing-like-it==1.0\n"
    (finding,) = configuration.check_packages(lock)
    assert (finding.state, "(locked 0.1)" in finding.found) == ("warning", True)
    assert said(configuration.check_packages("nothing-like-it==1.0\n")) == [("ok", "as locked")]
    both = "pytest==0.1 ; python_version < '3'\npytest==" + version("pytest") + "\n"
    assert said(configuration.check_packages(both)) == [("ok", "as locked")]


@pytest.mark.parametrize(
    "text", ["run_monitoring: {enabled: maybe}\n", "storage: {module: nowhere, class: A}\n"]
)
def test_an_instance_file_that_is_not_understood_is_a_fault(settings: Settings, text: str) -> None:
    assert said(dagster_home.check_dagster_home(settings)) == [
        ("ok", "no instance yet; the first run makes it")
    ]
    settings.dagster_home.mkdir()
    (settings.dagster_home / "dagster.yaml").write_text(text)
    (finding,) = dagster_home.check_dagster_home(settings)
    assert (finding.state, "is not understood" in finding.found) == ("fault", True)


def test_the_exit_code_tells_of_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.tell([ok("a", "fine"), warning("b", "odd", "look")]) == 0
    assert report.tell([ok("a", "fine"), fault("c", "broken", "repair")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:3] == ["WARNING b               odd", "                        mend: look"]
    assert lines[-1] == "Looked at 2 things: 1 faults, 0 warnings."
