"""The arena of the long part, made once: `pytest -m chaos --seeds 100`, as `make chaos` does."""

from pathlib import Path

import pytest

from tests.chaos.arena import Arena, make_arena
from tests.sources.landing_room import LandingRoom


@pytest.fixture(scope="session")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Arena:
    """A prepared home and its undisturbed successor."""
    return make_arena(tmp_path_factory.mktemp("arena"))


@pytest.fixture
def room(tmp_path: Path) -> LandingRoom:
    """An inbox and a landing for small files."""
    return LandingRoom(tmp_path)


@pytest.fixture
def seeds(request: pytest.FixtureRequest) -> int:
    """How many seeds were asked for."""
    return int(request.config.getoption("--seeds"))
