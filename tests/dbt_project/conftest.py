"""The manifest of the dbt project, and two builds of it: nothing delivered, and a small demo company."""

import json
from typing import Any

import pytest

from orchestration.demo.generate import write_company
from orchestration.settings import load_settings
from orchestration.warehouse.dbt_build import ensure_manifest
from orchestration.warehouse.stages import STAGES
from tests.dbt_project.builds import Build, landed

Node = dict[str, Any]


@pytest.fixture(scope="session")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(ensure_manifest(load_settings()).read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="session")
def models(manifest: dict[str, Any]) -> list[Node]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


@pytest.fixture(scope="session")
def data_tests(manifest: dict[str, Any]) -> list[Node]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]


@pytest.fixture(scope="session")
def empty_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, dict[str, str]]:
    """Everything, unit tests too, on a landing without a file; with the status of every node."""
    build = landed(tmp_path_factory.mktemp("empty"))
    return build, build.dbt("build", "--indirect-selection", "buildable")


@pytest.fixture(scope="session")
def demo_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The star of a demo company of 1,500 tickets in four months; its tests have not run."""
    home = tmp_path_factory.mktemp("demo")
    write_company(home / "inbox", tickets=1500, months=4)
    build = landed(home)
    statuses = build.dbt(
        "build",
        *("--exclude-resource-type", "unit_test", "test"),
        *("--select", *STAGES["core"].selection),
    )
    assert set(statuses.values()) == {"success"}, build.said
    return build
