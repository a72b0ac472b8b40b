"""A home of its own for every test."""

from pathlib import Path

import pytest

from orchestration.settings import Settings
from tests.publishing.synthetic import settings_in


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "home")
