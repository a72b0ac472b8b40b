"""A home of its own for every test, and a copy of the seeds that a test may spoil."""

import shutil
from pathlib import Path

import pytest

from orchestration.settings import DBT_PROJECT_DIR, Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    project = tmp_path / "dbt_project"
    shutil.copytree(DBT_PROJECT_DIR / "seeds", project / "seeds")
    home = tmp_path / "home"
    home.mkdir()
    return Settings(home=home, dbt_project_dir=project, key_from_environment="a key that is long enough")
