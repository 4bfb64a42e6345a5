"""What the equilibria are asked in several arguments: symbols, each for a quantity, and formulas made of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sympy import Symbol, symbols

from analyses.claims import Holds, Payoff, Reach
from games.forms.extensive import Path
from games.play.quantities import Quantity
from games.sanctions import escalation_ladder
from games.sanctions.retaliation import RUNGS, SANCTIONS
from games.territory import partition, sanctions_then_bargaining

e_Y, e_F = SANCTIONS["Symbolic"][0], SANCTIONS["Full"][0]
WORDS = {"None": "no", "Symbolic": "symbolic", "Full": "full"}

full, symbolic = symbols("full symbolic")
CHOSEN = {full: Reach(("Full",)), symbolic: Reach(("Symbolic",))}

settled_without, settled_symbolic, settled_full = symbols("settled_without settled_symbolic settled_full")
SETTLED = {
    settled_without: Reach(("Concede",), ("None",)),
    settled_symbolic: Reach(("Concede",), ("Symbolic",)),
    settled_full: Reach(("Concede",), ("Full",)),
}

japan, japan_without, japan_symbolic, japan_full = symbols("japan japan_without japan_symbolic japan_full")
russia_without, russia_symbolic, russia_full = symbols("russia_without russia_symbolic russia_full")
PAID = {
    japan: Payoff("Japan"),
    japan_without: Payoff("Japan", ("None",)),
    japan_symbolic: Payoff("Japan", ("Symbolic",)),
    japan_full: Payoff("Japan", ("Full",)),
    russia_without: Payoff("Russia", ("None",)),
    russia_symbolic: Payoff("Russia", ("Symbolic",)),
    russia_full: Payoff("Russia", ("Full",)),
}


def _answers(actions: Iterable[str], after: Path) -> dict[Symbol, Quantity]:
    """A symbol for the probability of each of these answers after a path."""
    return {Symbol(f"{a} after {', '.join(after)}"): Reach((a,), after) for a in actions}


def suffered(after: Path) -> tuple[Any, dict[Symbol, Quantity]]:
    """What Russia's answer costs Japan, in expectation, and the probabilities it is made of."""
    answers = _answers(RUNGS, after)
    return sum(symbol * harm for symbol, (harm, _, _) in zip(answers, RUNGS.values(), strict=True)), answers


def severity(actions: Sequence[str], after: Path) -> tuple[Any, dict[Symbol, Quantity]]:
    """How high on the ladder Russia's answer is, in expectation, and the probabilities it is made of."""
    answers = _answers(actions, after)
    return sum(symbol * rank for rank, symbol in enumerate(answers)), answers


def rungs_in_all(after: Path) -> tuple[Any, dict[Symbol, Quantity]]:
    """How far Russia goes on the escalation ladder in all its moves after a first sanction, and the paths there.

    Rungs add up: suspended talks count one, changed wording two, patrols three.
    """
    heights = {"Suspend talks": 1, "Claim sovereignty": 2, "Patrol": 3}
    game = escalation_ladder.MODEL.game
    paths = {
        Symbol(", ".join(path)): (Reach(path[len(after) :], after), sum(heights.get(move, 0) for move in path))
        for path in game.paths
        if path[: len(after)] == after
    }
    told: dict[Symbol, Quantity] = {symbol: reached for symbol, (reached, height) in paths.items() if height}
    return sum(symbol * height for symbol, (_, height) in paths.items()), told


def packages(*, relief: bool | None = None) -> list[tuple[Any, Any]]:
    """What the packages without payment are worth to Japan and to Russia: with relief, without, or all."""
    wanted = (False, True) if relief is None else (relief,)
    return [partition.package(islands, lifted) for islands in partition.ISLANDS for lifted in wanted]


def agreed(after: Path) -> tuple[Any, dict[Symbol, Quantity]]:
    """The probability of a deal after a sanction, where bargaining follows, and the probabilities it is made of."""
    deals = {
        Symbol(f"{path[1]} after {path[0]}"): Reach(path[len(after) :], after)
        for path in sanctions_then_bargaining.MODEL.game.paths
        if path[: len(after)] == after and path[-1] == "Accept"
    }
    told: dict[Symbol, Quantity] = dict(deals)
    return sum(deals), told


def about(formula: Any, *quantities: Mapping[Symbol, Quantity], said: str = "") -> Holds:
    """That a formula holds, the symbols in it standing for these quantities; ``said`` tells it in words."""
    known = {symbol: quantity for each in quantities for symbol, quantity in each.items()}
    return Holds(
        formula, {symbol: known[symbol] for symbol in sorted(formula.free_symbols & known.keys(), key=str)}, said
    )
