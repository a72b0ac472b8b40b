"""Make the table of `docs/reliability.md` from the lists: `python -m tests.chaos.reliability_page`."""

import sys

from orchestration.settings import PROJECT_ROOT
from tests.chaos import protections, protections_of_people
from tests.chaos.protections import Protection

PAGE = PROJECT_ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- made by tests/chaos/reliability_page.py -->\n", "<!-- end of what is made -->\n"
GROUPS: dict[str, list[Protection]] = {
    "killed": protections.KILLED,
    "space, rights": protections.SPACE,
    "files": protections.DELIVERED,
    "content": protections.CONTENT,
    "time": protections.TIME,
    "hostile": protections_of_people.HOSTILE,
    "together": protections_of_people.TOGETHER,
    "gates": protections_of_people.GATES,
    "tampering": protections_of_people.TAMPERING,
}
ALL = [protection for group in GROUPS.values() for protection in group]


def table() -> str:
    """One row per fault: group, fault, what the user gets, test, protection."""
    rows = ["| group | fault | what the user gets | test | protection |", "| --- | --- | --- | --- | --- |"]
    for group, listed in GROUPS.items():
        for item in listed:
            file, _, name = item.test.partition("::")
            test = f"`{file}`" + (f" {name.partition('[')[0].removeprefix('test_')}" if name else "")
            rows.append(f"| {group} | {item.fault} | {item.gets} | {test} | `{item.file}` {item.function} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    """The page with its table made anew."""
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{len(ALL)} faults in {PAGE.name}\n")
