"""A small company, made once; tests only read it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from orchestration.demo.generate import write_company


@dataclass
class Made:
    """A delivered company and what it says about itself."""

    inbox: Path
    truth: dict[str, Any]


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Made]:
    """Make a company in a directory of its own, each combination of arguments once."""

    @cache
    def made(**arguments: Any) -> Made:
        inbox = tmp_path_factory.mktemp("company") / "inbox"
        path = write_company(inbox, **arguments)
        return Made(inbox, json.loads(path.read_text(encoding="utf-8")))

    return made


@pytest.fixture(scope="session")
def small(make: Callable[..., Made]) -> Made:
    """1,500 tickets in four months."""
    return make(tickets=1500, months=4)
