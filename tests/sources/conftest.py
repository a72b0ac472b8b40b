import os
from pathlib import Path

import pytest

from tests.sources.landing_room import LandingRoom

REAL_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "real"


@pytest.fixture
def room(tmp_path: Path) -> LandingRoom:
    return LandingRoom(tmp_path)


@pytest.fixture
def real_data() -> Path:
    if not REAL_DATA.is_dir():
        pytest.skip(f"the real exports are not at {os.path.relpath(REAL_DATA)}")
    return REAL_DATA
