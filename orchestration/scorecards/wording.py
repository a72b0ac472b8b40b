"""Figures and states in words, as a manager reads them: rounded for the eye, never for the data."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from orchestration.scorecards.model import Kpi, Trend

STATUS_WORDS = {
    "green": ("At target", "达标"),
    "amber": ("Close to target", "接近目标"),
    "red": ("Off target", "未达标"),
    "no target": ("No target", "无目标"),
    "n/a": ("n/a", "不适用"),
}
_MOST_DIGITS = 4
_HOUR, _TWO_DAYS, _TENTHS_BELOW = 60, 48 * 60, 10  # minutes
_MINUTES = {"seconds": (1, 60), "minutes": (1, 1), "hours": (60, 1)}  # of one unit, as a fraction
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
NO_DATA = ("No data", "无数据")
TOO_FEW = ("Too few answers", "样本不足")
PILLARS = {
    "service_quality": ("Service quality", "服务质量"),
    "service_effect": ("Service effect", "服务效果"),
    "department_management": ("Department management", "部门管理"),
}
ASPECTS = {
    "process": ("Process", "服务流程"),
    "attitude": ("Attitude", "服务态度"),
    "timeliness": ("Timeliness", "服务时效"),
    "skill_and_solving": ("Skill and solving", "服务技能与问题解决"),
    "satisfaction": ("Satisfaction", "客户满意"),
    "maintenance": ("Customer maintenance", "客户维护"),
    "retention": ("Retention", "客户留存"),
    "complaints": ("Complaints", "客户投诉"),
    "staffing": ("Staffing", "人员配置"),
    "training": ("Training", "员工培训"),
    "assignment": ("Assignment", "任务分配"),
    "appraisal": ("Appraisal", "绩效考核"),
    "tools": ("Tools", "设备工具"),
    "improvement": ("Improvement", "持续改进"),
    "emergencies": ("Emergencies", "应急管理"),
}


def words(names: dict[str, tuple[str, str]], code: str) -> tuple[str, str]:
    """English and Chinese of a code; a code that nobody translated is shown as words."""
    return names.get(code, (code.replace("_", " ").capitalize(), ""))


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


def change_text(kpi: Kpi) -> str:
    """The change against the period before, signed; shares in percentage points (pp)."""
    if kpi.change is None or kpi.is_suppressed:
        return ""
    sign = "+" if kpi.change > 0 else "−" if kpi.change < 0 else "±"
    size = abs(kpi.change)
    if kpi.unit in _MINUTES:
        return sign + _span(size, kpi.unit)
    digits = _digits(kpi.unit, size)
    unit = "share" if kpi.unit == "share" else "size"
    return sign + _number(size, unit, digits) + (" pp" if kpi.unit == "share" else "")


def judgement(kpi: Kpi) -> tuple[str, str, str]:
    """Whether the change is good: (better | worse | same, English, Chinese), by the KPI's direction."""
    if not change_text(kpi):
        return (
            ("none", "not compared", "无法比较")
            if kpi.value is None
            else ("none", "no earlier value", "无上期")
        )
    if not kpi.change:
        return ("same", "unchanged", "持平")
    better = (kpi.change > 0) == (kpi.direction == "up")
    return ("better", "better", "改善") if better else ("worse", "worse", "变差")


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
    return f"{_MONTHS[start.month - 1]} {start.year}", f"{start.year}年{start.month}月"


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


def _digits(unit: str, value: Decimal) -> int:
    if unit == "count":
        return 0 if value == value.to_integral_value() else 2
    return 2 if unit == "score" else 1


def _number(value: Decimal, unit: str, digits: int) -> str:
    rounded = _rounded(value * 100 if unit == "share" else value, digits)
    return f"{rounded:,f}".replace("-", "−")


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
