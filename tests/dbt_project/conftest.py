"""The manifest of the dbt project, parsed once for all convention tests."""

import json
from typing import Any

import pytest

from orchestration.settings import load_settings
from orchestration.warehouse.dbt_build import ensure_manifest

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
