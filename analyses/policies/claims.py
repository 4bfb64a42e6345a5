"""What is said of policies, as claims: that one is best, so that whatever is asked of claims is asked of policies."""

from collections.abc import Sequence

import sympy

from analyses.claims.claim import Claim
from analyses.claims.conclusions import Holds
from games.formulas.relations import Every, Related, Relation
from games.model import Model
from games.play.quantities import Payoff


def is_best(
    options: Sequence[Model], number: int, player: str, action: str, concept: str, premises: Sequence[Relation]
) -> Claim:
    """The claim that none of the ``options`` pays ``player`` more than this one, whichever equilibria are played."""
    paid = [sympy.Symbol(f"paid{k}") for k in range(len(options))]
    others = [k for k in range(len(options)) if k != number]
    return Claim(
        f"{action} is best",
        f"{action} is best for {player}.",
        options[number],
        Holds(
            Every(tuple(Related(paid[number], ">=", paid[k]) for k in others)),
            {symbol: Payoff(player, model=model.name) for symbol, model in zip(paid, options, strict=True)},
            said=f"no other action pays {player} more than {action}",
        ),
        tuple(premises),
        concept,
        also=tuple(options[k] for k in others),
    )
