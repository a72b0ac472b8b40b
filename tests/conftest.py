"""The dbt project is parsed once, before workers start: two that parse at once would write one file."""

import pytest

from orchestration.settings import load_settings
from orchestration.warehouse.dbt_build import ensure_manifest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=100, help="seeds of the long part of tests/chaos")


def pytest_sessionstart(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        ensure_manifest(load_settings())
