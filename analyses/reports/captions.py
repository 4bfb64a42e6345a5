"""What is to be seen in each figure of a chapter, in a sentence."""

from collections.abc import Iterator, Sequence

from analyses.claims.share import percent
from analyses.importance import Importance
from analyses.regions import Regions
from analyses.reports.telling import about
from analyses.sensitivity import Sensitivity
from games.solvers.equilibria import Equilibria

MOST_REGIONS = 2
"""The most regions of a map that are named."""


def of_play(outcomes: tuple[str, ...], found: Equilibria) -> str:
    """What a tree or a graph has marked as played."""
    if not found.found:
        return "Nothing is marked, as there is no equilibrium."
    said = f"Marked is “{outcomes[0]}”" if len(outcomes) == 1 else f"Marked is the first of {len(outcomes)} outcomes"
    payoffs = ", ".join(f"{player} gets {about(value)}" for player, value in found[0].payoffs.items())
    return f"{said}: {payoffs}."


def of_swings(found: Sensitivity) -> str:
    """Which parameter moves whose payoff most, and from where to where."""
    said = []
    for player in found.model.game.players:
        own = [swing for swing in found.swings if swing.player == player and swing.width > 0]
        if own:
            most = max(own, key=lambda swing: float(swing.width))
            low, high = (f"{float(end):.3g}".replace("-", "−") for end in (most.lowest, most.highest))
            said.append(f"{player}'s moves most with {most.parameter}, from {low} to {high}")
    return f"{'; '.join(said)}." if said else ""


def of_map(found: Regions) -> str:
    """Which outcomes have the largest parts of a map, whose parts come largest first."""
    said = [f"“{region.label}” has {percent(region.share)}" for region in found.regions[:MOST_REGIONS]]
    return f"Of the area {', '.join(said)}." if said else ""


def of_diagrams(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What each decision diagram is about."""
    return ((f"when-{number}", f"Here of “{title}”.") for number, title in enumerate(titles))


def of_importance(found: Importance) -> str:
    """Which parameter decides most which outcomes are played."""
    if not found.order:
        return ""
    most = found.names[found.order[0]]
    meaning = found.model.by_name[most].meaning.partition(";")[0]
    return f"Most is decided by {most}{f' ({meaning})' if meaning else ''}."
