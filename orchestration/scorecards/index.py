"""The list of all published scorecards, as a page and as data, kept without reading every scorecard."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from orchestration.publishing import audit
from orchestration.publishing.files import sha256_file
from orchestration.scorecards.labels import CADENCES
from orchestration.scorecards.model import AUDIENCES, Scorecard, content_hash
from orchestration.scorecards.render import environment
from orchestration.scorecards.summary import summarise
from orchestration.scorecards.wording import score_text

CONTENT = ("audience", "member", "period", "composites", "kpis")


@dataclass(frozen=True)
class Entry:
    """The newest version of one scorecard; `path` lies below `scorecards/`, without the version.

    `score` is the composite as the page shows it, None where there is none or it is n/a.
    """

    path: str
    version: int
    audience: str
    member_key: str
    member_name: str
    grain: str
    period: str
    content_sha256: str
    green: int
    amber: int
    red: int
    score: str | None = None

    @property
    def directory(self) -> str:
        """Where this version lies, below `scorecards/`."""
        return f"{self.path}/v{self.version}"


def entry_of(card: Scorecard, version: int, content_sha256: str) -> Entry:
    """The entry of a scorecard that is being published."""
    summary, whole = summarise(card), card.score()
    score = score_text(whole.value) if whole and whole.value is not None else None
    return Entry(
        card.path, version, card.audience, card.member.key, card.member.name, card.grain, card.period,
        content_sha256, summary.green, summary.amber, summary.red, score,
    )  # fmt: skip


def read_index(published: Path) -> dict[str, Entry]:
    """The newest version of each scorecard by path: from `index.json` if the log knows it, else from all."""
    lines = [line for line in audit.read(published) if line.kind == audit.SCORECARDS_PUBLISHED]
    path = published / "scorecards" / "index.json"
    if lines and path.is_file() and sha256_file(path) == lines[-1].payload["replaced"].get(path.name):
        entries = [Entry(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))["scorecards"]]
    else:
        listed = (name for line in lines for name in line.payload["scorecards"])
        entries = [_entry_from(path.parent, path.parent / name / "scorecard.json") for name in listed]
    return {entry.path: entry for entry in sorted(entries, key=lambda entry: entry.version)}


def _entry_from(scorecards: Path, path: Path) -> Entry:
    data = json.loads(path.read_text(encoding="utf-8"))
    counts = {name: sum(kpi["status"] == name for kpi in data["kpis"]) for name in ("green", "amber", "red")}
    return Entry(
        path=path.parents[1].relative_to(scorecards).as_posix(),
        version=data["version"], audience=data["audience"],
        member_key=data["member"]["key"], member_name=data["member"]["name"],
        grain=data["period"]["grain"], period=data["period"]["label"],
        content_sha256=content_hash({name: data[name] for name in CONTENT if name in data}), **counts,
        score=_score(data.get("composites", [])),
    )  # fmt: skip


def _score(composites: list[dict[str, Any]]) -> str | None:
    """The score of the whole, from the composites as JSON holds them."""
    whole = [score["value"] for score in composites if score["part_type"] == "overall" and score["value"]]
    return score_text(Decimal(whole[0])) if whole else None


def render_index(entries: Iterable[Entry]) -> dict[str, str]:
    """`index.json` and `index.html` by file name: by audience and member, newest period first."""
    ordered = sorted(entries, key=lambda entry: entry.period, reverse=True)
    ordered.sort(
        key=lambda entry: (AUDIENCES.index(entry.audience), entry.member_name, entry.member_key, entry.grain)
    )
    data = {"scorecards": [asdict(entry) for entry in ordered]}
    page = (
        environment().get_template("index.html").render(audiences=_by_audience(ordered), count=len(ordered))
    )
    return {"index.json": json.dumps(data, ensure_ascii=False, indent=1) + "\n", "index.html": page}


def _by_audience(entries: list[Entry]) -> Mapping[str, list[tuple[str, str, dict[str, list[Entry]]]]]:
    audiences: dict[str, list[tuple[str, str, dict[str, list[Entry]]]]] = {}
    for (audience, key), group in groupby(entries, lambda entry: (entry.audience, entry.member_key)):
        members = list(group)
        grains = {grain: [e for e in members if e.grain == grain] for grain in CADENCES}
        audiences.setdefault(audience, []).append((key, members[0].member_name, grains))
    return audiences
