"""The house style of the Python rooms, the documents and the tree: every rule worth stating is a test."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.settings import PROJECT_ROOT

ROOMS = ("orchestration", "expectations", "tests")
PLAIN = ("sources", "quality", "publishing", "scorecards", "demo", "warehouse", "governance", "clocks")
SOURCE_LINES = 250
# A test file is a list of sentences: read one at a time, it may be longer than a module.
TEST_LINES = 400
# The style says 30; keyword arguments, one per line, are a few more without one more idea.
FUNCTION_LINES = 40
# A table of cases is as long as it has cases.
TEST_FUNCTION_LINES = 100
GENERATED = {
    *(".git", ".venv", "var", "target", "logs", "__pycache__"),
    *(".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"),
}
# Files that whoever follows "Add a source" makes.
MADE_BY_THE_READER = ("hotline",)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((PROJECT_ROOT / room).rglob("*.py"))]


def relative(path: Path) -> str:
    return path.relative_to(PROJECT_ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The full names of what a module imports."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lines_without_docstring(node: Function) -> int:
    docstring = ast.get_docstring(node, clean=False)
    return (node.end_lineno or 0) - node.lineno + 1 - len((docstring or "").splitlines())


@pytest.mark.parametrize("path", python_files(*ROOMS), ids=relative)
def test_files_and_functions_are_small(path: Path) -> None:
    is_test = relative(path).startswith("tests/")
    assert len(path.read_text(encoding="utf-8").splitlines()) <= (TEST_LINES if is_test else SOURCE_LINES)
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, Function)]
    limit = TEST_FUNCTION_LINES if is_test else FUNCTION_LINES
    assert [node.name for node in functions if lines_without_docstring(node) > limit] == []


def test_the_code_location_is_found_by_its_folder_in_few_lines() -> None:
    assert len((PROJECT_ROOT / "orchestration/definitions.py").read_text(encoding="utf-8").splitlines()) <= 15


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        relative(path)
        for path in python_files("orchestration", "expectations")
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"})
        or (isinstance(node, ast.ImportFrom) and node.module == "os")
    }
    assert readers == {"orchestration/settings.py"}


def test_dagster_is_used_by_its_public_names() -> None:
    kept = {"orchestration/event_log.py", "tests/defs/test_event_log.py"}  # decision 0048
    wrong = [
        f"{relative(path)}: {name}"
        for path in python_files(*ROOMS)
        for name in imports(path)
        if relative(path) not in kept
        and (re.match(r"dagster\w*\.(\w+\.)*_", name) or name.startswith("dagster."))
    ]
    assert wrong == []


@pytest.mark.parametrize("room", PLAIN)
def test_a_plain_room_knows_nothing_of_dagster(room: str) -> None:
    wrong = [
        relative(path)
        for path in python_files(f"orchestration/{room}", "expectations")
        if any(name.split(".")[0].startswith("dagster") for name in imports(path))
        or any(name.startswith("orchestration.defs") for name in imports(path))
    ]
    assert wrong == []


def test_a_broad_except_stands_only_where_it_adds_context() -> None:
    broad = [
        relative(path)
        for path in python_files("orchestration", "expectations")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]
    assert broad == []


def test_no_rule_is_switched_off_without_its_reason() -> None:
    unreasoned = [
        f"{relative(path)}: {line.strip()}"
        for path in python_files(*ROOMS)
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"# noqa(?!: [A-Z0-9, ]+ - \w)", line) and "re.search" not in line
    ]
    assert unreasoned == []


def test_tests_are_named_after_the_rooms() -> None:
    rooms = {path.name for path in (PROJECT_ROOT / "orchestration").iterdir() if path.is_dir()}
    rooms |= {"dbt_project", "expectations", "kpis", "data", "end_to_end", "real_figures", "chaos"}
    folders = {path.name for path in (PROJECT_ROOT / "tests").iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} <= rooms


def documents() -> list[Path]:
    return [PROJECT_ROOT / "README.md", *sorted((PROJECT_ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", documents(), ids=relative)
def test_documents_name_only_what_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    named = [
        name.rstrip("/")
        for name in re.findall(r"`((?:orchestration|dbt_project|expectations|tests|docs)/[^`\s]*)`", prose)
        if not re.search(r"[<*{]", name) and not any(word in name for word in MADE_BY_THE_READER)
    ]
    named += re.findall(r"(?<![\w/])docs/[\w/-]+\.md", prose)
    assert [name for name in named if not (PROJECT_ROOT / name).exists()] == []
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", prose) if "://" not in link]
    assert [link for link in links if link and not (path.parent / link).exists()] == []


def test_the_make_targets_that_documents_name_are_there() -> None:
    makefile = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, flags=re.MULTILINE))
    named = {
        name for path in documents() for name in re.findall(r"`make (\w+)`", path.read_text(encoding="utf-8"))
    }
    assert named <= targets
    phony = re.findall(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)
    assert set(phony[0].split()) == targets


def test_every_decision_is_in_the_index() -> None:
    folder = PROJECT_ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- \[(\d{4} .+)\]\(([^)]+)\)", index, flags=re.MULTILINE)
    pages = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    titles = [path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for path in pages]
    assert listed == [(title, path.name) for title, path in zip(titles, pages, strict=True)]
    numbers = [path.name[:4] for path in pages]
    assert len(numbers) == len(set(numbers)), "a number is never used twice"


def test_no_file_names_this_machine_or_an_index_of_packages() -> None:
    forbidden = re.compile(
        "|".join(
            [
                re.escape(f"{PROJECT_ROOT}/"),
                r"(?<![\w.])/(?:home|root|Users)/\w",
                "py" + r"pi\.org",
                "python" + "hosted",
                "--(?:extra-)?" + "index-url",
            ]
        )
    )
    wrong = []
    for path in sorted(PROJECT_ROOT.rglob("*")):
        parts = path.relative_to(PROJECT_ROOT).parts
        if GENERATED.isdisjoint(parts) and path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            wrong += [f"{relative(path)}: {found[0]}" for found in forbidden.finditer(text)]
    assert wrong == []
