"""A scorecard in a few words: how many KPIs are at target, what needs attention, what moved most."""

from dataclasses import dataclass
from decimal import Decimal

from orchestration.scorecards.model import Kpi, Scorecard
from orchestration.scorecards.wording import state


@dataclass(frozen=True)
class Summary:
    """Counts by state; KPIs off target, the worst first; the largest changes for better and for worse."""

    green: int
    amber: int
    red: int
    none: int
    off_target: tuple[Kpi, ...]
    better: tuple[Kpi, ...]
    worse: tuple[Kpi, ...]

    @property
    def judged(self) -> int:
        """KPIs with a value and a target."""
        return self.green + self.amber + self.red

    @property
    def sentence(self) -> str:
        """The headline."""
        if not self.judged:
            return "No KPI has both a value and a target in this period."
        parts = [f"{self.green} of {self.judged} KPIs with a target are at target"]
        if self.amber:
            parts.append(f"{self.amber} {'is' if self.amber == 1 else 'are'} close to it")
        if self.red:
            parts.append(f"{self.red} {'is' if self.red == 1 else 'are'} off target")
        return f"{', '.join(parts[:-1])} and {parts[-1]}." if len(parts) > 1 else f"{parts[0]}."


def summarise(card: Scorecard, listed: int = 3) -> Summary:
    """The summary of a scorecard; `listed` KPIs at most in each list."""
    states = [state(kpi)[0] for kpi in card.kpis]
    red = [kpi for kpi, name in zip(card.kpis, states, strict=True) if name == "red"]
    moved = sorted(
        ((weight, kpi) for kpi in card.kpis if (weight := movement(kpi))), key=lambda pair: pair[0]
    )
    return Summary(
        green=states.count("green"),
        amber=states.count("amber"),
        red=len(red),
        none=states.count("none"),
        off_target=tuple(sorted(red, key=lambda kpi: kpi.score or Decimal(0))[:listed]),
        better=tuple(kpi for weight, kpi in reversed(moved) if weight > 0)[:listed],
        worse=tuple(kpi for weight, kpi in moved if weight < 0)[:listed],
    )


def movement(kpi: Kpi) -> Decimal | None:
    """The change as a part of the way between floor and target, positive for better; None without a scale."""
    if kpi.change is None or kpi.target is None or kpi.floor is None or kpi.target == kpi.floor:
        return None
    if kpi.is_suppressed or kpi.value is None:
        return None
    return kpi.change / (kpi.target - kpi.floor)
