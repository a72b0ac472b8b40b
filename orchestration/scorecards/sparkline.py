"""A KPI's last 12 periods as a small line, drawn in SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 96, 26, 3


@dataclass(frozen=True)
class Sparkline:
    """Geometry in pixels: line segments between gaps, single points, the last value, the target's height."""

    segments: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    last: tuple[str, str] | None
    target: str | None
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(values: Sequence[Decimal | None], target: Decimal | None) -> Sparkline | None:
    """The line of values, oldest first, a gap where there is none; None for one value or none at all."""
    known = [value for value in values if value is not None]
    if not known[1:]:
        return None
    bounds = known if target is None else [*known, target]
    low, span = min(bounds), (max(bounds) - min(bounds)) or Decimal(1)

    def x(index: int) -> str:
        return f"{MARGIN + index * (WIDTH - 2 * MARGIN) / (len(values) - 1):.1f}"

    def y(value: Decimal) -> str:
        return f"{HEIGHT - MARGIN - float((value - low) / span) * (HEIGHT - 2 * MARGIN):.1f}"

    runs: list[list[tuple[str, str]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x(index), y(value)))
    last = values[-1]
    return Sparkline(
        segments=tuple(" ".join(f"{a},{b}" for a, b in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        last=None if last is None else (x(len(values) - 1), y(last)),
        target=None if target is None else y(target),
    )
