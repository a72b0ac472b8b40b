"""A scorecard's page: complete in itself, readable without colour, and safe whatever the data say."""

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from orchestration.scorecards.publish import publish_scorecards
from orchestration.settings import Settings
from tests.publishing.synthetic import NOW, build_and_publish, settings_in

VOID = {"meta", "line", "path", "circle", "col", "br"}
HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %}\"'&"


class Outline(HTMLParser):
    """Collects tags and text, and fails on tags that are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data.strip())


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    assert parser.open == []
    return parser


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings: Settings = settings_in(tmp_path_factory.mktemp("pages"))
    quoted = HOSTILE.replace("'", "''")
    sql = f"""
    update scorecards.rpt_scorecard_lines set member_name = '{quoted}' where member_key = 'crm:TEAM0';
    update raw.source_status set is_stale = true; update core.dim_sources set is_stale = true;
    """
    build_and_publish(settings, "b1", sql=sql)
    for cadence in ("monthly", "weekly"):
        publish_scorecards(settings, "monthly" if cadence == "monthly" else "weekly", NOW)
    return settings.published


def page(published: Path, path: str) -> str:
    return (published / "scorecards" / path).read_text(encoding="utf-8")


def test_every_page_is_well_formed_and_complete_in_itself(published: Path) -> None:
    pages = [*published.rglob("*.html")]
    assert len(pages) == 3 * 26 + 3
    for path in pages:
        html = path.read_text(encoding="utf-8")
        tags = outline(html).tags
        assert not [tag for tag, _ in tags if tag in {"script", "link", "img", "iframe", "object"}]
        links = [attributes.get("href") or "" for tag, attributes in tags if tag == "a"]
        assert not re.search(r"https?://|@import|url\(", html)
        base = path.parent if "versions" not in path.parts else published
        assert [link for link in links if not (base / link).exists()] == []


def test_hostile_text_is_shown_as_text(published: Path) -> None:
    html = page(published, "team/crm.TEAM0/2026-10/v1/scorecard.html")
    assert HOSTILE in outline(html).text
    assert "<script>alert" not in html + page(published, "index.html")
    assert HOSTILE in outline(page(published, "index.html")).text


def test_every_status_is_said_in_words(published: Path) -> None:
    parser = outline(page(published, "executive/2026-10/v1/scorecard.html"))
    states = [
        attributes["class"] for tag, attributes in parser.tags if "state" in (attributes.get("class") or "")
    ]
    words = [
        text
        for text in parser.text
        if text in {"At target", "Close to target", "Off target", "No target", "No data", "Too few answers"}
    ]
    scored = [text for text in parser.text if text in {"good", "fair", "poor", "Good", "Fair", "Poor"}]
    assert (len(words), len(scored)) == (9, 7)
    assert len(states) == len(words) + len(scored)


def test_tables_have_headers_and_drawings_have_words(published: Path) -> None:
    tags = outline(page(published, "executive/2026-10/v1/scorecard.html")).tags
    assert {attributes["scope"] for tag, attributes in tags if tag == "th"} == {"col", "row", "rowgroup"}
    drawings = [attributes for tag, attributes in tags if tag == "svg"]
    assert drawings
    assert all("lowest" in (attributes["aria-label"] or "") for attributes in drawings)


def test_too_few_answers_are_not_shown(published: Path) -> None:
    cards = [path.read_text(encoding="utf-8") for path in published.rglob("scorecard.html")]
    suppressed = [html for html in cards if "Too few answers" in html]
    assert 0 < len(suppressed) < len(cards)
    assert all("n = 3, shown from 5" in html for html in suppressed)
    data = [json.loads(path.read_text(encoding="utf-8")) for path in published.rglob("scorecard.json")]
    hidden = [kpi for card in data for kpi in card["kpis"] if kpi["is_suppressed"]]
    assert {(kpi["value"], kpi["numerator"]) for kpi in hidden} == {(None, None)}


def test_stale_sources_warnings_and_provisional_values_are_said(published: Path) -> None:
    html = page(published, "executive/2026-10/v1/scorecard.html")
    assert "Stale source 数据未更新: crm." in html
    assert "data until 2026-10-31 23:10 UTC" in html
    assert "core.dim_sources: topic is known" in html
    assert "Reopened tickets. Its cohort is not mature yet" in html
    assert "Its cohort is not mature yet" not in page(published, "executive/2026-09/v1/scorecard.html")


def test_an_auditor_finds_the_build_and_its_evidence(published: Path) -> None:
    html = page(published, "team/crm.TEAM1/2026-W43/v1/scorecard.html")
    assert 'href="../../../../../versions/b1/evidence.json"' in html
    assert "Week 43 of 2026" in html
    assert "2026年第43周" in html


def test_what_others_report_stands_beside_the_target_while_it_is_valid(published: Path) -> None:
    october = outline(page(published, "executive/2026-10/v1/scorecard.html")).text
    assert "others 基准 75.0%, 88.0%, unverified 未核实" in october
    assert {"Handbook <B>", "Handbook <B>, 2025"} <= set(october)
    assert "effect of: Training" not in october
    september = outline(page(published, "executive/2026-09/v1/scorecard.html")).text
    assert {"effect of: Training", "+15% to +25%"} <= set(september)
    assert not [text for text in september if text.startswith("others 基准")]


def test_a_page_shows_the_composite_and_what_moved_it(published: Path) -> None:
    data = json.loads((published / "scorecards/team/crm.TEAM1/2026-10/v1/scorecard.json").read_text())
    (whole,) = [score for score in data["composites"] if score["part_type"] == "overall"]
    text = " ".join(outline(page(published, "team/crm.TEAM1/2026-10/v1/scorecard.html")).text)
    assert str(Decimal(whole["value"]).quantize(Decimal("0.1"), ROUND_HALF_UP)) in text
    assert "82% of weight present" in text
    assert [driver["kpi_code"] for driver in data["drivers"]] == ["qa_score", "nps"]
    assert "score 70.0 → 80.0" in text
    assert "score 20.0 before, no final one now" in text
