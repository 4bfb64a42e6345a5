"""Sets of strategies that are closed under rational behaviour, as cases.

Definition: a set of strategies for each player is closed if every strategy in it is a best response, among all of the
player's strategies, to some belief about the others' play that gives probability to strategies in the sets alone. What
belongs to such sets is what iterated elimination of strictly dominated strategies leaves (Pearce 1984, Econometrica 52,
lemma 3 and appendix B; with beliefs that may correlate the others' play, for any number of players).

A belief carries the weight one where its strategy is in a set, and zero where it is not. So justification is a set of
inequalities that are linear in what is believed, without an "if". A strategy with a single rival needs no belief: a
profile against which it pays no less will do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from games.cases import Cases, Choice, Draft, Option, beside, spelled
from games.forms.strategic import Profile, StrategicGame
from games.play.quantities import Quantity
from games.solvers.nash.pure_nash import of_profiles
from games.terms import ONE, ZERO, Condition, Poly, Taken, at_least, equal, every, poly, some, total, var

IN, OUT = "in", "out"

JUSTIFICATION = "a strategy may be a best response to many beliefs"
"""Why beliefs are free."""


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """Which strategies are in closed sets, with the beliefs that justify them, and a profile of some of them."""

    def inside(profile: Profile) -> Condition:
        return every(Taken(_place(who, own), IN) for who, own in zip(game.players, profile, strict=True))

    profiles = of_profiles(game, asked, inside)
    return replace(beside(_closed(game), profiles), values=profiles.values)


def _place(player: str, own: str) -> str:
    return f"{own!r} of {player!r}"


def _closed(game: StrategicGame) -> Cases:
    """Closed sets: for each strategy whether it is in, and if so a belief that justifies it."""
    draft = Draft()
    kept = {
        (player, own): _kept(draft, _place(player, own)) for player, menu in game.strategies.items() for own in menu
    }
    for position, (player, menu) in enumerate(game.strategies.items()):
        rest = [other for other in game.players if other != player]
        faced = list(product(*(game.strategies[other] for other in rest)))

        def paid(own: str, met: Profile, position: int = position) -> Poly:
            return poly(game.payoffs[(*met[:position], own, *met[position:])][position])

        for own in menu:
            rivals = [rival for rival in menu if rival != own]
            not_beaten = [
                _not_beaten(_place(player, own), rest, [(met, paid(own, met), paid(rival, met)) for met in faced])
                for rival in rivals
            ]
            if len(rivals) < 2:
                draft.conditions += not_beaten
                continue
            draft.implied += not_beaten
            held = _belief(draft, kept[player, own], f"by {_place(player, own)}", faced)
            draft.conditions += _within(kept, rest, held)
            for rival in rivals:
                gains = [weight * (paid(own, met) - paid(rival, met)) for met, weight in held.items()]
                draft.conditions.append(at_least(total(gains), 0))
    return draft.cases({})


def _kept(draft: Draft, place: str) -> Poly:
    """The choice whether a strategy is in, as one or zero."""
    name = f"{place} kept"
    draft.choices.append(Choice(place, {IN: Option(True, {name: ONE}), OUT: Option(True, {name: ZERO})}))
    return var(name)


def _belief(draft: Draft, kept: Poly, by: str, faced: Sequence[Profile]) -> dict[Profile, Poly]:
    """Weights of what the others may play, together one where the strategy is in, else all zero."""
    if len(faced) == 1:
        return {faced[0]: kept}
    held = {met: draft.unknown(f"belief in {spelled(met)} {by}", 0, 1, JUSTIFICATION) for met in faced}
    draft.bound.append(equal(total(held.values()), kept))
    return held


def _within(
    kept: Mapping[tuple[str, str], Poly], rest: Sequence[str], held: Mapping[Profile, Poly]
) -> Iterator[Condition]:
    """Nothing is believed that is not in the others' sets."""
    for position, other in enumerate(rest):
        for label in dict.fromkeys(met[position] for met in held):
            weight = total(w for met, w in held.items() if met[position] == label)
            yield at_least(kept[other, label], weight)


def _not_beaten(place: str, rest: Sequence[str], against: Sequence[tuple[Profile, Poly, Poly]]) -> Condition:
    """If it is in, a strategy pays no less than a rival against something that is.

    ``against`` are what the others may play, what the strategy pays against it, and what the rival does. This follows
    from the strategy's being a best response to a belief in what is in, and is linear; where there is one rival only,
    the belief may as well be sure of that profile, so that it says the same.
    """
    return some(
        [
            Taken(place, OUT),
            *(
                every([*(Taken(_place(*other), IN) for other in zip(rest, met, strict=True)), at_least(own, rival)])
                for met, own, rival in against
            ),
        ]
    )


def exists_because(game: StrategicGame) -> str:
    """Why there is a profile in closed sets."""
    return "the strategies played in an equilibrium form closed sets, and there is one: Nash (1951), Bernheim (1984)"
