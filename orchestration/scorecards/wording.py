"""Figures and states in words, as a manager reads them: rounded for the eye, never for the data."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from orchestration.scorecards.benchmarks import Effect, Level
from orchestration.scorecards.labels import NO_DATA, SCORE_WORDS, STATUS_WORDS, TOO_FEW, words
from orchestration.scorecards.model import Composite, Driver, Kpi, Trend, period_of_year

_MOST_DIGITS = 4
_HOUR, _TWO_DAYS, _TENTHS_BELOW = 60, 48 * 60, 10  # minutes
_MINUTES = {"seconds": (1, 60), "minutes": (1, 1), "hours": (60, 1)}  # of one unit, as a fraction
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def state(kpi: Kpi) -> tuple[str, str, str]:
    """A KPI's state as (class, English, Chinese): always in words, whatever its colour."""
    if kpi.is_suppressed:
        return ("none", *TOO_FEW)
    if kpi.value is None:
        return ("none", *(NO_DATA if not kpi.n else STATUS_WORDS["n/a"]))
    return (
        kpi.status if kpi.status in {"green", "amber", "red"} else "none",
        *words(STATUS_WORDS, kpi.status),
    )


def value_text(kpi: Kpi) -> str:
    """The value, with as many digits as it takes to tell it from a target that it misses."""
    if kpi.value is None:
        return "n/a"
    digits = _digits(kpi.unit, kpi.value)
    if kpi.target is not None and kpi.status in {"amber", "red"}:
        while digits < _MOST_DIGITS and _number(kpi.value, kpi.unit, digits) == _number(
            kpi.target, kpi.unit, digits
        ):
            digits += 1
    return amount(kpi.value, kpi.unit, digits)


def amount(value: Decimal | None, unit: str, digits: int | None = None) -> str:
    """A figure of a unit: `82.7%`, `4 h 05 min`, `31.2`, `1,234`, `4.25`."""
    if value is None:
        return "n/a"
    if unit in _MINUTES:
        return _span(value, unit)
    text = _number(value, unit, _digits(unit, value) if digits is None else digits)
    return f"{text}%" if unit == "share" else text


def change_text(kpi: Kpi, change: Decimal | None) -> str:
    """A change of the KPI's value, signed; shares in percentage points (pp)."""
    if change is None or kpi.is_suppressed:
        return ""
    sign, size = _sign(change), abs(change)
    if kpi.unit in _MINUTES:
        return sign + _span(size, kpi.unit)
    digits = _digits(kpi.unit, size)
    unit = "share" if kpi.unit == "share" else "size"
    return sign + _number(size, unit, digits) + (" pp" if kpi.unit == "share" else "")


def judgement(kpi: Kpi, change: Decimal | None) -> tuple[str, str, str]:
    """Whether a change is good: (better | worse | same | none, English, Chinese), by the KPI's direction."""
    if not change_text(kpi, change):
        return (
            ("none", "not compared", "无法比较")
            if kpi.value is None
            else ("none", "no earlier value", "无上期")
        )
    if not change:
        return ("same", "unchanged", "持平")
    better = (change > 0) == (kpi.direction == "up")
    return ("better", "better", "改善") if better else ("worse", "worse", "变差")


def interval_text(kpi: Kpi) -> str:
    """The 95 % interval, where the KPI has one and it is shown."""
    if kpi.low is None or kpi.high is None or kpi.is_suppressed:
        return ""
    return f"{amount(kpi.low, kpi.unit)} to {amount(kpi.high, kpi.unit)}"


def parts_text(kpi: Kpi) -> str:
    """What the value was made of: `45 of 50` for shares, else the number of rows."""
    if kpi.unit == "share" and kpi.denominator:
        return f"{count_text(kpi.numerator)} of {count_text(kpi.denominator)}"
    return f"n = {count_text(kpi.n)}" if kpi.n else ""


def target_text(kpi: Kpi) -> str:
    """The target with its direction; empty without one."""
    if kpi.target is None:
        return ""
    return f"{'≥' if kpi.direction == 'up' else '≤'} {amount(kpi.target, kpi.unit)}"


def others_text(levels: Sequence[Level], unit: str) -> str:
    """What others report to reach, and whether anybody has checked it."""
    if not levels:
        return ""
    checked = "" if all(level.verified for level in levels) else ", unverified 未核实"
    return f"others 基准 {', '.join(amount(level.value, unit) for level in levels)}{checked}"


def effect_text(effect: Effect) -> str:
    """A reported effect: `+15% to +25%`."""
    ends = [effect.change] if effect.change_to is None else [effect.change, effect.change_to]
    return " to ".join(_sign(end) + amount(abs(end), "share", 0) for end in ends)


def score_text(value: Decimal | None) -> str:
    """A composite score or a KPI's: one place."""
    return "n/a" if value is None else str(_rounded(value, 1))


def scores_text(scores: tuple[Decimal | None, ...]) -> str:
    """What the line of the last composite scores shows, for those who do not see it."""
    known = [score for score in scores if score is not None]
    return (
        f"{len(known)} composite scores in the last {len(scores)} periods: lowest {score_text(min(known))},"
        f" highest {score_text(max(known))}, now {score_text(scores[-1])}"
    )


def points_text(change: Decimal | None) -> str:
    """A change in points of score, signed."""
    return "" if change is None else _sign(change) + str(_rounded(abs(change), 1))


def score_state(composite: Composite) -> tuple[str, str, str]:
    """A composite's state as (class, English, Chinese)."""
    known = composite.status in {"green", "amber", "red"}
    return (composite.status if known else "none", *words(SCORE_WORDS, composite.status))


def driver_text(driver: Driver) -> tuple[str, str]:
    """What happened to the KPI behind a contribution, in English and Chinese."""
    before, now = score_text(driver.score_before), score_text(driver.score)
    if driver.presence == "appeared":
        return f"score {now}, no final one before", "上期无终值"
    if driver.presence == "vanished":
        return f"score {before} before, no final one now", "本期暂无终值"
    return f"score {before} → {now}", ""


def trend_text(kpi: Kpi, trend: Trend) -> str:
    """What the line of the last periods shows, for those who do not see it."""
    known = [value for value in trend.values if value is not None]
    return (
        f"{len(known)} values in the last {len(trend.values)} periods: lowest {amount(min(known), kpi.unit)},"
        f" highest {amount(max(known), kpi.unit)}, now {amount(trend.values[-1], kpi.unit)}"
    )


def period_text(grain: str, start: date) -> tuple[str, str]:
    """A period's name in English and Chinese."""
    if grain == "week":
        year, week, _ = start.isocalendar()
        return f"Week {week} of {year}", f"{year}年第{week}周"
    if grain == "month":
        return f"{_MONTHS[start.month - 1]} {start.year}", f"{start.year}年{start.month}月"
    if grain == "year":
        return str(start.year), f"{start.year}年"
    number = period_of_year(grain, start)
    if grain == "quarter":
        return f"Quarter {number} of {start.year}", f"{start.year}年第{'一二三四'[number - 1]}季度"
    return (
        f"{('First', 'Second')[number - 1]} half of {start.year}",
        f"{start.year}年{'上下'[number - 1]}半年",
    )


def _span(value: Decimal, unit: str) -> str:
    above, below = _MINUTES[unit]
    return duration(value * above / below)


def duration(minutes: Decimal) -> str:
    """Time in the two largest units that matter: `24 s`, `12.3 min`, `4 h 05 min`, `3 d 4 h`."""
    size, sign = abs(minutes), "−" if minutes < 0 else ""
    if size < 1:
        return f"{sign}{_rounded(size * 60, 0)} s"
    if size < _TENTHS_BELOW:
        return f"{sign}{_rounded(size, 1)} min"
    whole = int(_rounded(size, 0))
    if whole < _HOUR:
        return f"{sign}{whole} min"
    if whole < _TWO_DAYS:
        return f"{sign}{whole // 60} h" + (f" {whole % 60:02} min" if whole % 60 else "")
    hours = int(_rounded(size / 60, 0))
    return f"{sign}{hours // 24} d" + (f" {hours % 24} h" if hours % 24 else "")


def part_text(value: Decimal | None) -> str:
    """A numerator or denominator; none where a KPI is no ratio, as percentiles are."""
    return "–" if value is None else count_text(value)


def count_text(value: Decimal | int | None) -> str:
    """A sum or a count with its thousands marked and without trailing zeros."""
    if value is None:
        return "n/a"
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sign(change: Decimal) -> str:
    return "+" if change > 0 else "−" if change < 0 else "±"


def _digits(unit: str, value: Decimal) -> int:
    if unit == "count":
        return 0 if value == value.to_integral_value() else 2
    return 2 if unit == "score" else 1


def _number(value: Decimal, unit: str, digits: int) -> str:
    rounded = _rounded(value * 100 if unit == "share" else value, digits)
    return f"{rounded:,f}".replace("-", "−")


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
