"""Perfect equilibria of three and more players, as far as they are decided."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from games.exact import readable
from games.forms.strategic import StrategicGame
from games.solvers.equilibria import Equilibria, Equilibrium, mixture
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.trembles import Tremble, tremble_for
from games.solvers.methods.weak_dominance import weakly_dominating
from games.solvers.nash.nash import nash
from games.solvers.nash.pure_nash import pure_profile

SHOWN = 5
"""The most equilibria that the remarks tell something about, of each kind."""


def perfect_of_many(game: StrategicGame) -> Equilibria:
    """The perfect ones of the Nash equilibria that are listed, and in remarks why others are not, or are not decided.

    Complete if all Nash equilibria are listed, each of them isolated, and all are decided.
    """
    answer = nash(game)
    perfect: list[Equilibrium] = []
    said: dict[str, list[str]] = {"perfect": [], "not perfect": [], "not decided": []}
    stopped = False
    for equilibrium in answer:
        stopped = stopped or expired()
        verdict, why = (None, "the time was up") if stopped else _decided(game, equilibrium)
        if verdict:
            perfect.append(equilibrium)
        kind = {True: "perfect", False: "not perfect", None: "not decided"}[verdict]
        if why:
            said[kind].append(f"{kind}: {equilibrium}; {why}")
    remarks = [remark for kind in said for remark in _few(kind, said[kind])]
    if not answer.complete:
        remarks += answer.remarks
    whole = all(component.is_point for component in answer.components)
    if not whole:
        remarks.append("there are infinitely many Nash equilibria; only those listed by nash were examined")
    if stopped and STOPPED not in remarks:
        remarks.append(STOPPED)
    complete = answer.complete and whole and not said["not decided"]
    exact = not any(equilibrium.is_numeric for equilibrium in perfect)
    return Equilibria(game, "trembling-hand", tuple(perfect), complete, exact=exact, remarks=tuple(remarks))


def _few(kind: str, remarks: Sequence[str]) -> list[str]:
    more = len(remarks) - SHOWN
    return [*remarks[:SHOWN], *([f"{kind}: {more} more"] if more > 0 else [])]


def _decided(game: StrategicGame, equilibrium: Equilibrium) -> tuple[bool | None, str]:
    """Whether it is perfect, None where that is not decided, and why."""
    profile = pure_profile(game, equilibrium.strategies)
    if profile is not None:
        found = tremble_for(game, profile)
        if isinstance(found, Tremble):
            return True, _in_words(found)
    if all(all(mix.values()) for mix in equilibrium.strategies.values()):
        return True, ""
    if not equilibrium.is_numeric and (dominated := _dominated(game, equilibrium)):
        return False, dominated
    if profile is None:
        return None, "somebody mixes, and not everything is played; nothing dominates what anybody plays"
    if found is None:
        return None, "nothing dominates what anybody plays, and no tremble was found that makes it best for everybody"
    return False, "nothing dominates what anybody plays, but no small mistakes make it best for everybody at once"


def _in_words(tremble: Tremble) -> str:
    """The odds of the mistakes that matter; nothing where none do."""
    if not tremble.odds:
        return ""
    odds = (
        f"{who}: {label} {'' if multiple == 1 else readable(multiple) + ' '}t{'' if power == 1 else f'^{power}'}"
        for (who, label), (multiple, power) in tremble.odds.items()
    )
    return f"it stands mistakes with odds of {', '.join(odds)} for all small t"


def _dominated(game: StrategicGame, equilibrium: Equilibrium) -> str:
    """Whose strategy something weakly dominates, against all that the others may play; empty where nobody's."""
    for position, player in enumerate(game.players):
        others = list(product(*(menu for who, menu in game.strategies.items() if who != player)))
        rows = [
            [Fraction(game.payoffs[(*rest[:position], own, *rest[position:])][position]) for rest in others]
            for own in game.strategies[player]
        ]
        mix = tuple(map(Fraction, equilibrium[player].values()))
        if better := weakly_dominating(rows, mix):
            by = mixture(dict(zip(game.strategies[player], better, strict=True)))
            return f"{player}'s {mixture(equilibrium[player])} is weakly dominated by {by}"
    return ""
