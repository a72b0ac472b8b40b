"""The asset specs, loaded once."""

from typing import Any

import pytest

from tests.defs.asset_specs import asset_specs


@pytest.fixture(scope="session")
def specs() -> dict[str, dict[str, Any]]:
    return asset_specs()
