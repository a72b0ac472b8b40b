"""Reads the README's how-to sections as steps: a path in backticks and the fenced block that follows it."""

import re
import textwrap
from dataclasses import dataclass

from tests.end_to_end.project import Project

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)\n(?P<block>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
PATH = re.compile(r"`([\w/.]+/[\w.]+\.\w+)`")
END_OF_LIST = '""")) }}{% endmacro %}'


@dataclass(frozen=True)
class Step:
    """What the README says belongs into a file; `language` is that of the fence."""

    path: str
    language: str
    block: str


def steps(readme: str, section: str) -> list[Step]:
    """The steps of one section, in order: each block with the last path named before it."""
    (text,) = re.findall(rf"^## {section}\n(.*?)(?=^## )", readme, re.MULTILINE | re.DOTALL)
    found, start = [], 0
    for fence in FENCE.finditer(text):
        path = PATH.findall(text[start : fence.start()])[-1]
        found.append(Step(path, fence["language"], textwrap.dedent(fence["block"])))
        start = fence.end()
    return found


def follow(project: Project, step: Step) -> None:
    """Do in the project what a person would who reads the step."""
    target = project.root / step.path
    if step.path.startswith("inbox/"):
        project.write(f"home/{step.path}", step.block)
    elif step.language == "diff":
        _apply(project, step)
    elif not target.exists():
        project.write(step.path, step.block)
    elif step.path.endswith(".csv"):
        project.write(step.path, target.read_text(encoding="utf-8") + step.block)
    else:
        project.edit(step.path, END_OF_LIST, step.block + END_OF_LIST)


def _apply(project: Project, step: Step) -> None:
    """Context lines must stand in the file, added lines go behind the one before."""
    before = ""
    for line in step.block.splitlines():
        if line.startswith("+"):
            project.edit(step.path, before, f"{before}{line[1:]}\n")
            before = f"{line[1:]}\n"
        else:
            before = f"{line[1:]}\n"
