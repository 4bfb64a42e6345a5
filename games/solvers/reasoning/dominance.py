"""Iterated elimination of dominated strategies, by pure and by mixed strategies.

A strategy is strictly dominated if some mixture of the player's other strategies pays more against every profile of
the others; weakly, if a mixture never pays less and somewhere pays more. Whether such a mixture exists is a linear
program, solved here in exact arithmetic. Sources: Luce & Raiffa (1957), Games and Decisions; Pearce (1984),
Econometrica 52. The survivors of strict elimination do not depend on the order; those of weak elimination may, so the
order used is part of the answer: in each round everything dominated goes at once.

A claim about dominance is about every profile of what survives strict elimination, which are the rationalizable
profiles: `games.solvers.reasoning.rationalizable` lists them, while `dominance` names a profile only if it is alone.
"""

from collections.abc import Iterator
from fractions import Fraction

from games.forms.strategic import StrategicGame
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.methods.elimination import Elimination, eliminate
from games.solvers.nash.pure_nash import pure
from games.solvers.reasoning.closed_sets import cases, exists_because


@solution_concept(
    "dominance", form=StrategicGame, cases=cases, exists_because=exists_because, listed_as="rationalizable"
)
def dominance(game: StrategicGame) -> Equilibria:
    """The profile that survives iterated strict dominance alone, if there is one; it then is the only equilibrium.

    The remarks name every step, the survivors, and what weak dominance would remove besides.
    """
    strict = eliminate(game)
    remarks = [str(step) for step in strict.steps]
    if not strict.complete:
        remarks += ["the elimination was stopped before its end; more strategies may be dominated", _survivors(strict)]
        return Equilibria(game, "dominance", (), complete=False, remarks=tuple(remarks))
    remarks = remarks or ["no strategy is strictly dominated"]
    found: tuple[Equilibrium, ...] = ()
    left = ""
    if all(len(left) == 1 for left in strict.survivors.values()):
        profile = tuple(left[0] for left in strict.survivors.values())
        payoffs = {player: Fraction(game.payoff(profile, player)) for player in game.players}
        found = (Equilibrium(pure(game, profile), payoffs),)
    else:
        left = _survivors(strict) if strict.steps else "everything survives: no strategy is strictly dominated"
        remarks.append(f"iterated strict dominance does not single out a profile; {_survivors(strict)}")
        further = eliminate(strict.game, weak=True)
        if further.steps:
            remarks += [f"weak dominance, {step}" for step in further.steps]
            remarks.append(f"after weak dominance (the result may depend on the order) {_survivors(further)}")
        if not further.complete:
            remarks.append("the search for weak dominance was stopped before its end")
    return Equilibria(game, "dominance", found, complete=True, remarks=tuple(remarks), left=left)


def _survivors(elimination: Elimination) -> str:
    parts: Iterator[str] = (f"{player}: {', '.join(left)}" for player, left in elimination.survivors.items())
    return "survivors are " + "; ".join(parts)
