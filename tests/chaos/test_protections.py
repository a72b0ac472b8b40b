"""The list of protections cannot rot: every text stands where it says, every test and the page are there."""

import ast

import pytest

from orchestration.settings import PROJECT_ROOT
from tests.chaos.protections import Protection
from tests.chaos.reliability_page import ALL, GROUPS, PAGE, page, table


@pytest.mark.parametrize("protection", ALL, ids=lambda item: item.fault)
def test_the_protection_stands_in_its_file_and_has_its_test(protection: Protection) -> None:
    text = (PROJECT_ROOT / protection.file).read_text(encoding="utf-8")
    assert text.count(protection.text) == 1
    assert protection.function in text
    if protection.file.endswith(".py"):
        ast.parse(text.replace(protection.text, protection.without))
    file, _, name = protection.test.partition("::")
    tests = (PROJECT_ROOT / file).read_text(encoding="utf-8")
    assert not name or f"def {name.partition('[')[0]}(" in tests


def test_every_fault_is_named_once_and_every_group_has_some() -> None:
    faults = [item.fault for item in ALL]
    assert sorted(set(faults)) == sorted(faults)
    assert all(GROUPS.values())
    assert set(GROUPS) == {
        *("killed", "space, rights", "files", "content", "time", "hostile", "together", "gates", "tampering")
    }


def test_the_page_lists_what_the_code_lists() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.chaos.reliability_page"
    assert table().count("\n") == len(ALL) + 2
