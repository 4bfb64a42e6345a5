"""What common knowledge of rationality leaves possible: sets of strategies that are closed under rational behaviour.

A set of strategies for each player is closed if each strategy in it is a best response to some belief about the others'
play in the set. A strategy is rationalizable, and survives the iterated elimination of strictly dominated strategies,
if and only if it belongs to such sets (Pearce 1984, Econometrica 52; beliefs may correlate the others' choices).
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from analyses.claims.candidates import Candidate, Question, TooLargeError, lists_candidates
from analyses.claims.supports import MOST_SUPPORTS, mixture, nonempty_subsets
from games.forms.strategic import Profile, StrategicGame
from games.play.quantities import Chosen, Payoff, Quantity
from games.solvers.limits import expired


@lists_candidates(("rationalizable", "dominance"), StrategicGame)
def rationalizable_candidates(question: Question) -> Iterator[Candidate]:
    """For each closed set one candidate for each profile in it; the values are those of the profile."""
    game, language = question.game, question.language
    assert isinstance(game, StrategicGame)
    options = [nonempty_subsets(own) for own in game.strategies.values()]
    if (count := prod(map(len, options))) > MOST_SUPPORTS:
        raise TooLargeError(f"the game has {count:,} sets of strategies, more than the {MOST_SUPPORTS:,} gone through")
    for sets in sorted(product(*options), key=lambda chosen: sum(map(len, chosen))):
        if expired():
            return
        conditions: list[Any] = []
        unknowns: list[Any] = []
        for position, player in enumerate(game.players):
            faced = list(product(*(own for k, own in enumerate(sets) if k != position)))
            for own in sets[position]:
                belief, free, possible = mixture(language, faced, surely=False)
                unknowns += free
                conditions += possible
                pays = {
                    label: language.total(
                        language.product(
                            [language.term(game.payoffs[(*o[:position], label, *o[position:])][position]), w]
                        )
                        for o, w in belief.items()
                    )
                    for label in game.strategies[player]
                }
                conditions += [language.compare(v, "<=", pays[own]) for label, v in pays.items() if label != own]
        holds = language.every(conditions)
        for profile in product(*sets):
            values = {quantity: _value(question, game, profile, quantity) for quantity in question.quantities}
            chosen = {
                player: {label: Fraction(label == own) for label in game.strategies[player]}
                for player, own in zip(game.players, profile, strict=True)
            }
            yield Candidate(holds, values, tuple(unknowns), chosen, ", ".join(profile))


def _value(question: Question, game: StrategicGame, profile: Profile, quantity: Quantity) -> Any:
    if isinstance(quantity, Chosen):
        return Fraction(all(profile[game.players.index(who)] == own for who, own in quantity.choices.items()))
    assert isinstance(quantity, Payoff)
    return question.language.term(game.payoff(profile, quantity.player))
