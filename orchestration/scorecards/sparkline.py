"""A KPI's last 12 periods as a small line, drawn in SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 96, 26, 3


@dataclass(frozen=True)
class Sparkline:
    """Geometry in pixels: the line with its gaps as an SVG path, the last value, the target's height."""

    path: str
    last: tuple[str, str] | None
    target: str | None
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(values: Sequence[Decimal | None], target: Decimal | None) -> Sparkline | None:
    """The line of values, oldest first, a gap where there is none; None for one value or none at all."""
    known = [float(value) for value in values if value is not None]
    if not known[1:]:
        return None
    bounds = known if target is None else [*known, float(target)]
    low, span = min(bounds), (max(bounds) - min(bounds)) or 1.0
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    scale = (HEIGHT - 2 * MARGIN) / span

    def y(value: Decimal) -> str:
        return f"{HEIGHT - MARGIN - (float(value) - low) * scale:.1f}"

    # A move after each gap; a move that ends where it starts is drawn as a dot by the round line caps.
    parts, after_gap = [], True
    for index, value in enumerate(values):
        if value is not None:
            parts.append(
                f"{'M' if after_gap else 'L'}{MARGIN + index * step:.1f},{y(value)}{'h0' * after_gap}"
            )
        after_gap = value is None
    last = values[-1]
    return Sparkline(
        path="".join(parts),
        last=None if last is None else (f"{WIDTH - MARGIN:.1f}", y(last)),
        target=None if target is None else y(target),
    )
