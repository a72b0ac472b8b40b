"""Personal values of the demo company are found where they are delivered and kept, and nowhere behind."""

import pytest

from tests.end_to_end.leaks import places_of
from tests.end_to_end.project import Project

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("demo")]
ALLOWED = {"inbox", "vault", "quarantine", "demo_ground_truth.json"}


def test_no_personal_value_leaves_inbox_vault_and_quarantine(demo: Project) -> None:
    canaries = demo.truth()["canaries"]
    assert len(canaries) >= 150
    places = places_of(demo.home, canaries)
    assert {place for place in places if place.partition("/")[0] not in ALLOWED} == set()
    assert {"inbox", "vault"} <= {place.partition("/")[0] for place in places}


def test_the_search_sees_into_databases_parquet_and_logs(demo: Project) -> None:
    (team, *_) = demo.query("select team_name from core.dim_teams where team_key = 'crm:T5'")
    places = places_of(demo.home, [str(team[0])])
    build = (demo.published / "current").resolve().name
    assert f"published/versions/{build}/warehouse.duckdb" in places
    assert f"published/versions/{build}/parquet/core/dim_teams.parquet" in places
    assert "warehouse/build.duckdb" in places
