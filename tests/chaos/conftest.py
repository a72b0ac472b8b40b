"""The arena of the long part, made once: `pytest -m chaos --seeds 100`, as `make chaos` does."""

import pytest

from tests.chaos.arena import Arena, make_arena


@pytest.fixture(scope="session")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Arena:
    """A prepared home and its undisturbed successor."""
    return make_arena(tmp_path_factory.mktemp("arena"))


@pytest.fixture
def seeds(request: pytest.FixtureRequest) -> int:
    """How many seeds were asked for."""
    return int(request.config.getoption("--seeds"))
