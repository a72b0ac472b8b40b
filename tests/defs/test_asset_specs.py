"""Every asset is where, whose and what it was; a wanted change is seen in the diff of one page."""

import json
from typing import Any

import dagster as dg
import pytest

from orchestration.definitions import definitions
from orchestration.scorecards.model import GRAINS
from tests.defs.asset_specs import PAGE, page

pytestmark = pytest.mark.xdist_group("code_location")
Specs = dict[str, dict[str, Any]]
LAYERS = ["raw", "staging", "intermediate", "core", "kpis", "scorecards", "published"]
RENEW = "a wanted change? `python -m tests.defs.asset_specs` writes the page anew"


def test_the_assets_are_those_of_the_page(specs: Specs) -> None:
    known: Specs = json.loads(PAGE.read_text(encoding="utf-8"))
    assert set(specs) == set(known), RENEW
    assert {key: spec for key, spec in specs.items() if known[key] != spec} == {}, RENEW
    assert page(specs) == PAGE.read_text(encoding="utf-8"), RENEW


def test_every_asset_has_a_layer_an_owner_and_a_kind(specs: Specs) -> None:
    assert {spec["group"] for spec in specs.values()} == set(LAYERS)
    assert [key for key, spec in specs.items() if not spec["owners"]] == []
    assert [key for key, spec in specs.items() if not spec["kinds"]] == []


def test_every_asset_and_check_is_described() -> None:
    loaded = definitions()
    assert [spec.key for spec in loaded.resolve_all_asset_specs() if not spec.description] == []
    graph = loaded.resolve_asset_graph()
    checks = [graph.get_check_spec(key) for key in graph.asset_check_keys]
    assert [check.name for check in checks if not check.description] == []


def test_data_flow_only_from_layer_to_later_layer(specs: Specs) -> None:
    """Seeds read nothing: reference data of the core that any layer may look up."""
    backwards = [
        f"{dependency} -> {key}"
        for key, spec in specs.items()
        for dependency in spec["deps"]
        if specs[dependency]["deps"]
        and LAYERS.index(specs[dependency]["group"]) > LAYERS.index(spec["group"])
    ]
    assert backwards == []


def test_every_kpi_table_waits_for_the_verdict_on_the_star(specs: Specs) -> None:
    assert [
        k for k, spec in specs.items() if spec["group"] == "kpis" and "core_verdict" not in spec["deps"]
    ] == []
    assert specs["published/warehouse"]["deps"] == ["core_verdict", "scorecards_verdict"]


def test_every_asset_is_made_by_one_of_the_jobs(specs: Specs) -> None:
    loaded = definitions()
    jobs = ("refresh_warehouse", *(f"publish_scorecards_{cadence}" for cadence in GRAINS))
    made = [key for job in jobs for key in _made_by(loaded, job)]
    assert sorted(made) == sorted(specs)


def test_jobs_say_what_they_do_and_schedules_know_their_zone() -> None:
    loaded = definitions()
    repository = loaded.get_repository_def()
    jobs = [job for job in repository.get_all_jobs() if not job.name.startswith("__")]
    assert {job.name for job in jobs} == {
        "refresh_warehouse",
        "publish_scorecards_weekly",
        "publish_scorecards_monthly",
        "publish_scorecards_quarterly",
        "publish_scorecards_half_yearly",
        "publish_scorecards_yearly",
    }
    assert all(job.description for job in jobs)
    assert repository.schedule_defs
    assert all(schedule.execution_timezone for schedule in repository.schedule_defs)
    assert [sensor.name for sensor in repository.sensor_defs] == ["inbox_sensor"]


def _made_by(loaded: dg.Definitions, job: str) -> list[str]:
    keys = loaded.resolve_job_def(job).asset_layer.executable_asset_keys
    return [key.to_user_string() for key in keys]
