"""Weights from judgements: the known answer, refused contradictions, sums of exactly 1, spans of days."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.governance.ahp import priorities
from orchestration.governance.register import weights_and_findings
from orchestration.governance.tables import refuse_broken_seeds
from orchestration.governance.weights import rounded
from orchestration.quality.verdict import GateRefused
from tests.kpis.macros import call

SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds"
PILLARS = ("service_quality", "service_effect", "department_management")
HEADERS = {
    "audiences": "audience_code,takes_fixed_weights",
    "ahp_tables": "table_id,audience_code,parent_code,valid_from,valid_to",
    "ahp_judgements": "table_id,row_code,column_code,judgement",
    "kpi_targets": "kpi_code,scope_type,weight,valid_from,valid_to",
}
SOUND = {
    "audiences": ["boss,true", "desk,false"],
    "ahp_tables": ["top,,overall,2020-01-01,", "below,,quality,2020-01-01,"],
    "ahp_judgements": ["top,quality,nps,3", "below,a,b,3", "below,a,c,5", "below,b,c,3"],
    "kpi_targets": [],
}
Seeds = dict[str, list[str]]
Found = list[tuple[str, str, str, date, date | None]]


def computed(folder: Path, changes: Seeds) -> tuple[Found, list[tuple[str, str, str, str]]]:
    """Weights and findings of a small hierarchy with some seeds changed."""
    for name, lines in (SOUND | changes).items():
        (folder / f"{name}.csv").write_text("\n".join([HEADERS[name], *lines, ""]), encoding="utf-8")
    weights, findings = weights_and_findings(folder)
    listed = [(w.audience, w.kpi, str(w.weight), w.valid_from, w.valid_to) for w in weights]
    return listed, [(f.seed, f.row_key, f.rule, f.detail) for f in findings]


def of(audience: str, weights: Found, day: date) -> dict[str, str]:
    """The weights of an audience on a day."""
    return {
        kpi: weight
        for who, kpi, weight, begins, ends in weights
        if who == audience and begins <= day and (ends is None or day < ends)
    }


def test_the_known_table_has_its_known_priorities() -> None:
    three, five = Decimal(3), Decimal(5)
    found = priorities("abc", {("a", "b"): three, ("a", "c"): five, ("b", "c"): three})
    assert [f"{weight:.4f}" for weight in found.weights.values()] == ["0.6370", "0.2583", "0.1047"]
    assert f"{found.consistency_ratio:.4f}" == "0.0332"
    assert found.worst_pair == ("a", "c")


def test_consistent_judgements_give_their_ratios_and_a_ratio_of_zero() -> None:
    codes = "abcdefghij"
    shares = {code: Decimal(2) ** -place for place, code in enumerate(codes)}
    judged = {(a, b): shares[a] / shares[b] for a in codes for b in codes if a < b}
    found = priorities(codes, judged)
    whole = sum(shares.values())
    assert all(abs(found.weights[code] - shares[code] / whole) < Decimal("1e-18") for code in codes)
    assert abs(found.consistency_ratio) < Decimal("1e-18")


def test_the_order_of_codes_and_of_a_pair_does_not_matter() -> None:
    judged = {("a", "b"): Decimal(3), ("a", "c"): Decimal(5), ("b", "c"): Decimal(4)}
    turned = {("b", "a"): 1 / Decimal(3), ("a", "c"): Decimal(5), ("b", "c"): Decimal(4)}
    one, other = priorities("abc", judged), priorities("cba", turned)
    assert all(abs(one.weights[code] - other.weights[code]) < Decimal("1e-18") for code in "abc")


def test_priorities_are_multiplied_down_the_hierarchy(tmp_path: Path) -> None:
    weights, findings = computed(tmp_path, {})
    assert findings == []
    # 3 : 1 at the top; .6370, .2583 and .1047 of three quarters below.
    expected = {"a": "0.477739", "b": "0.193714", "c": "0.078547", "nps": "0.250000"}
    assert of("boss", weights, date(2026, 1, 1)) == of("desk", weights, date(2026, 1, 1)) == expected
    assert of("boss", weights, date(2019, 12, 31)) == {}


def test_an_audience_s_own_table_comes_before_everybody_s(tmp_path: Path) -> None:
    own = {
        "ahp_tables": [*SOUND["ahp_tables"], "desk,desk,overall,2020-01-01,"],
        "ahp_judgements": [*SOUND["ahp_judgements"], "desk,c,nps,4"],
    }
    weights, findings = computed(tmp_path, own)
    assert findings == []
    assert of("desk", weights, date(2026, 1, 1)) == {"c": "0.800000", "nps": "0.200000"}
    assert "a" in of("boss", weights, date(2026, 1, 1))


def test_a_new_table_holds_from_its_first_day_on(tmp_path: Path) -> None:
    newer = {
        "ahp_tables": [
            "top,,overall,2020-01-01,2026-07-01",
            SOUND["ahp_tables"][1],
            "new,,overall,2026-07-01,",
        ],
        "ahp_judgements": [*SOUND["ahp_judgements"], "new,nps,quality,1"],
    }
    weights, findings = computed(tmp_path, newer)
    assert findings == []
    assert of("boss", weights, date(2026, 6, 30))["nps"] == "0.250000"
    assert of("boss", weights, date(2026, 7, 1))["nps"] == "0.500000"
    assert ("boss", "nps", "0.250000", date(2020, 1, 1), date(2026, 7, 1)) in weights


def test_a_weight_by_hand_takes_its_share_from_the_others(tmp_path: Path) -> None:
    weights, findings = computed(tmp_path, {"kpi_targets": ["made_up,organisation,0.1,2026-07-01,"]})
    assert findings == []
    assert of("boss", weights, date(2026, 6, 30)) == of("desk", weights, date(2026, 7, 1))
    after = of("boss", weights, date(2026, 7, 1))
    assert after["made_up"] == "0.100000"
    assert after["nps"] == "0.225000"
    assert sum(Decimal(weight) for weight in after.values()) == 1


REFUSED: list[tuple[Seeds, tuple[str, str, str, str]]] = [
    (
        {"ahp_judgements": ["top,quality,nps,3", "below,a,b,9", "below,c,a,9", "below,b,c,9"]},
        (
            "ahp_judgements",
            "below a/b",
            "the consistency ratio of a table is at most 0.10",
            "it is 6.1303; the most inconsistent pair is a and b,"
            " judged 9 where the other judgements lead to 1.00",
        ),
    ),
    (
        {"ahp_judgements": ["top,quality,nps,3", "below,a,b,3", "below,a,c,5"]},
        ("ahp_judgements", "below", "every pair of a table is judged once", "b and c are not compared"),
    ),
    (
        {"ahp_judgements": [*SOUND["ahp_judgements"], "below,b,a,2"]},
        ("ahp_judgements", "below b/a", "a pair is judged once", "it is judged twice"),
    ),
    (
        {"ahp_judgements": [*SOUND["ahp_judgements"][:3], "below,b,c,0.2"]},
        (
            "ahp_judgements",
            "below b/c",
            "a judgement is a number from 1 to 9; the more important code stands in row_code",
            "it is '0.2'",
        ),
    ),
    (
        {"ahp_judgements": [*SOUND["ahp_judgements"], "gone,a,b,2"]},
        ("ahp_judgements", "gone a/b", "its table stands in ahp_tables", "there is no such table"),
    ),
    (
        {"ahp_judgements": [f"top,k{a:02},k{b:02},1" for a in range(11) for b in range(a + 1, 11)]},
        (
            "ahp_judgements",
            "top",
            "every pair of a table is judged once",
            "11 codes are compared, at most 10 can be",
        ),
    ),
    (
        {"ahp_tables": ["top,,overall,01.01.2020,", SOUND["ahp_tables"][1]]},
        (
            "ahp_tables",
            "top",
            "a date is written yyyy-mm-dd",
            "Invalid isoformat string: '01.01.2020'",
        ),
    ),
    (
        {"ahp_tables": [*SOUND["ahp_tables"], SOUND["ahp_tables"][0]]},
        ("ahp_tables", "top", "a table stands once", "it stands twice"),
    ),
    (
        {"ahp_tables": [*SOUND["ahp_tables"], "empty,desk,overall,2020-01-01,"]},
        ("ahp_tables", "empty", "a table has judgements", "it has none"),
    ),
    (
        {"ahp_tables": ["top,,overall,2020-01-01,", "below,,quality,2021-01-01,"]},
        (
            "ahp_tables",
            "boss quality",
            "every node has judgements on every day",
            "none are in force on 2020-01-01",
        ),
    ),
    (
        {"ahp_tables": ["top,boss,overall,2020-01-01,", "below,,quality,2020-01-01,"]},
        (
            "ahp_tables",
            "desk",
            "every audience has judgements of `overall`, its own or everybody's",
            "there are none",
        ),
    ),
    (
        {"ahp_judgements": ["top,quality,a,3", *SOUND["ahp_judgements"][1:]]},
        (
            "ahp_judgements",
            "boss a",
            "a code stands once in the hierarchy of an audience",
            "twice on 2020-01-01",
        ),
    ),
    (
        {"ahp_judgements": ["top,quality,nps,3", "below,quality,b,3"]},
        (
            "ahp_judgements",
            "boss quality",
            "a code stands once in the hierarchy of an audience",
            "it stands below itself",
        ),
    ),
    (
        {"kpi_targets": ["a,organisation,0.7,2020-01-01,", "nps,organisation,0.4,2021-01-01,"]},
        (
            "kpi_targets",
            "boss",
            "weights add up to 1",
            "on 2021-01-01 they add up to 1.1 for a, nps",
        ),
    ),
]


@pytest.mark.parametrize(("changes", "finding"), REFUSED, ids=lambda value: str(value)[:40])
def test_judgements_that_break_a_rule_are_refused_by_name(
    tmp_path: Path, changes: Seeds, finding: tuple[str, str, str, str]
) -> None:
    assert finding in computed(tmp_path, changes)[1]


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=80))
def test_rounded_shares_add_up_to_exactly_one_and_stay_within_a_millionth(parts: list[int]) -> None:
    whole = Decimal(sum(parts))
    shares = {f"k{place:02}": Decimal(part) / whole for place, part in enumerate(parts)}
    found = rounded(shares)
    assert sum(found.values()) == 1
    assert all(abs(found[code] - shares[code]) < Decimal("0.000001") for code in shares)


def heaviest(weights: Iterable[tuple[str, Decimal]]) -> str:
    return max(weights, key=lambda item: item[1])[0]


def test_the_governed_weights_are_sound_and_follow_the_handbooks() -> None:
    weights, findings = weights_and_findings(SEEDS)
    assert findings == []
    audiences = {item.audience for item in weights}
    assert {"executive", "department", "team", "agent", "complaint_desk", "quality_inspection"} < audiences
    assert {"trainer", "voice_of_customer", "public"} < audiences
    starts = {item.valid_from for item in weights}
    for audience in audiences:
        own = [item for item in weights if item.audience == audience]
        for day in starts:
            in_force = [w for w in own if w.valid_from <= day and (w.valid_to is None or day < w.valid_to)]
            assert sum(item.weight for item in in_force) == 1, (audience, day)
    for audience in ("executive", "department", "team", "agent", "voice_of_customer", "public"):
        own = [item for item in weights if item.audience == audience and item.valid_to is None]
        ranked = sorted(own, key=lambda item: -item.weight)
        assert ranked[0].kpi == "csat_top2", audience
        assert ranked[0].weight > ranked[1].weight


def test_service_quality_weighs_more_than_its_effect_and_that_more_than_the_management() -> None:
    pillars = {entry["code"]: entry["pillar"] for entry in call("kpi_registry")}
    weights, _ = weights_and_findings(SEEDS)
    sums: dict[str, Decimal] = {}
    for item in weights:
        if item.audience == "executive" and item.valid_to is None:
            sums[pillars[item.kpi]] = sums.get(pillars[item.kpi], Decimal(0)) + item.weight
    ranked = sorted(sums, key=lambda pillar: -sums[pillar])
    assert ranked == [*PILLARS][: len(ranked)]
    assert len(set(sums.values())) == len(ranked) >= 2


def test_a_seed_row_of_another_length_is_refused_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "sound.csv").write_text('a,b\n1,"x, y"\n', encoding="utf-8")
    refuse_broken_seeds(tmp_path)
    (tmp_path / "short.csv").write_text("a,b\n1,2\n3\n", encoding="utf-8")
    with pytest.raises(GateRefused, match=r"Seed short, line 3: .*it has 1, the header 2\."):
        refuse_broken_seeds(tmp_path)
