"""Play in alternating offers by what is chosen in each state: what it pays, and what each other single choice would.

Who refuses knows what its own refusal is worth, and accepts what is worth at least as much; an acceptable offer gives
every responder just that, or the floor of its share if that is more. So the choices of `AlternatingOffers.places` fix
every division that is proposed. A profile is subgame-perfect exactly if no single choice in any state could be changed
with a gain, everybody playing on as before (the one-shot deviation principle; Blackwell 1965): delay is discounted, or
ends in breakdown, or there is a last round. Nothing here uses a solver.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

from games.errors import InputError, quoted
from games.exact import Number
from games.forms.alternating_offers import (
    ACCEPTABLE,
    AGREEMENT,
    BREACH,
    BREAKDOWN,
    DEADLINE,
    LEAVE,
    NEVER,
    REFUSED,
    TALK,
    UNACCEPTABLE,
    WALKED,
    AlternatingOffers,
    parts,
    pressing,
    refusing,
)
from games.forms.game import Path
from games.play.payoffs import Reached, Strategies, payoffs_of
from games.play.regret import regret, solved

Paid: TypeAlias = Mapping[str, Fraction]
"""One payoff for each player."""

NEAR = Fraction(1, 10**9)
"""How far apart the points are at which a map that is affine in pieces is looked at."""

MOST_STEPS = 100
"""The most steps of Newton's method; two or three are usual."""


@dataclass(frozen=True)
class Standing:
    """What everybody may count on in a state.

    ``inside`` goes on after a refusal; ``talk`` is what talking on then pays; ``refusal`` what a responder's own
    refusal is worth to it, and to the proposer the refusal that it likes best; ``least`` what each responder must be
    given. ``agreed`` and ``left`` say whether the offer is accepted, or somebody walks away; ``paid`` is what everybody
    gets from the state on.
    """

    inside: str
    talk: Paid
    refusal: Paid
    least: Paid
    agreed: bool
    left: bool
    paid: Paid


@dataclass(frozen=True)
class Deviation:
    """Another choice at one place, and what it adds to the payoff of the player who makes it."""

    player: str
    place: str
    choice: str
    gain: Fraction


def standings(game: AlternatingOffers, strategies: Strategies) -> dict[str, Standing]:
    """What everybody may count on in each state when ``strategies``, which are pure, are played.

    Raises `InputError` for a mixed choice.
    """
    profile = {place: _choice(strategies, place, menu) for place, menu in game.places.items()}
    states = list(game.states)
    if game.rounds is None:
        return _for_ever(game, profile)
    later: Paid = _at_the_end(game)
    found: dict[str, Standing] = {}
    for state in reversed(states):
        found[state] = _standing(game, profile, state, later)
        later = found[state].paid
    return {state: found[state] for state in states}


def deviations(game: AlternatingOffers, strategies: Strategies) -> Iterator[Deviation]:
    """Every other choice at every place, with what it adds, everybody playing on as the strategies say.

    Accepting what is worth less than refusing, or refusing what is worth more, adds nothing and is left out. Where the
    strategies have a part for after a breach, another inside option than the planned one leads to it. Raises
    `InputError` where an acceptable offer is to be made and there is none that the floors allow.
    """
    kept, threat = parts(strategies)
    after = standings(game, threat) if threat else None
    yield from _deviations(game, kept, after)
    if after is not None:
        for one in _deviations(game, threat, None):
            yield replace(one, place=BREACH + one.place)


def _deviations(
    game: AlternatingOffers, strategies: Strategies, after: Mapping[str, Standing] | None
) -> Iterator[Deviation]:
    found = standings(game, strategies)
    for state, standing in found.items():
        proposer = game.states[state]
        kept = acceptable(game, state, standing)
        if kept is None and standing.agreed:
            raise InputError(f"in {quoted(state)} no division that all would accept leaves {proposer} its floor")
        own = standing.paid[proposer]
        if kept is not None and not standing.agreed:
            yield Deviation(proposer, state, ACCEPTABLE, kept - own)
        yield Deviation(proposer, state, UNACCEPTABLE, standing.refusal[proposer] - own)
        for player in game.responders(state):
            if player in game.leavers:
                for choice, value in after_refusing(game, player, standing).items():
                    yield Deviation(player, refusing(state, player), choice, value - standing.refusal[player])
        if game.presser:
            for choice, value in under_pressure(game, state, standing, found, after).items():
                yield Deviation(game.presser, pressing(state), choice, value - standing.talk[game.presser])


def acceptable(game: AlternatingOffers, state: str, standing: Standing) -> Fraction | None:
    """What the best division that all accept leaves the proposer; None if the floors allow none."""
    kept = Fraction(game.pie) - sum(standing.least[player] for player in game.responders(state))
    floor = game.floors.get(game.states[state])
    return kept if floor is None or kept >= floor else None


def after_refusing(game: AlternatingOffers, player: str, standing: Standing) -> dict[str, Fraction]:
    """What a player who has refused and may walk away gets by each choice."""
    return {TALK: standing.talk[player], LEAVE: Fraction(game.outside[player])}


def under_pressure(
    game: AlternatingOffers,
    state: str,
    standing: Standing,
    found: Mapping[str, Standing],
    after: Mapping[str, Standing] | None = None,
) -> dict[str, Fraction]:
    """What each inside option pays the player who chooses, after a refusal in the state.

    ``found`` is what follows the option that is planned, and ``after``, if it is given, what follows any other.
    """
    pays = {}
    following = game.following(state)
    for name, inside in game.pressures.items():
        then = found if after is None or name == standing.inside else after
        later: Paid = _at_the_end(game) if following is None else then[following].paid
        pays[name] = _talk(game, inside, game.presser, later)
    return pays


@payoffs_of.register
def _(game: AlternatingOffers, strategies: Strategies) -> tuple[Any, ...]:
    """What each player gets from the first offer on; of a game in numbers."""
    first = next(iter(standings(game, strategies).values()))
    return tuple(first.paid[player] for player in game.players)


@regret.register
def _(game: AlternatingOffers, strategies: Strategies) -> dict[str, Number]:
    found: dict[str, Number] = dict.fromkeys(game.players, Fraction(0))
    for deviation in deviations(game, strategies):
        found[deviation.player] = max(found[deviation.player], deviation.gain)
    return found


def continuations(game: AlternatingOffers, strategies: Strategies) -> dict[Path, Paid]:
    """What everybody gets from each state on, and once the offer there is refused, a responder by its own refusal."""
    found: dict[Path, Paid] = {}
    for part, mixes in zip(("", BREACH), parts(strategies), strict=True):
        for state, standing in standings(game, mixes).items() if mixes else ():
            found[part + state,] = standing.paid
            found[part + state, REFUSED] = standing.refusal
    return found


def ends(game: AlternatingOffers, strategies: Strategies) -> tuple[Reached, ...]:
    """How talks end, and how probably."""
    found = standings(game, strategies)
    going_on, lost = Fraction(1), Fraction(0)
    reached = []
    for state, standing in found.items():
        if not going_on:
            break
        if standing.agreed or standing.left:
            reached.append(Reached((state, AGREEMENT if standing.agreed else WALKED), going_on))
            going_on = Fraction(0)
        else:
            lost += going_on * Fraction(game.breakdown_risk)
            going_on *= 1 - Fraction(game.breakdown_risk)
    if going_on and game.rounds is None and game.breakdown_risk:
        going_on, lost = Fraction(0), lost + going_on
    if lost:
        reached.append(Reached((BREAKDOWN,), lost))
    if going_on:
        reached.append(Reached((NEVER if game.rounds is None else DEADLINE,), going_on))
    return tuple(reached)


def _choice(strategies: Strategies, place: str, menu: Sequence[str]) -> str:
    mix = strategies.get(place, {})
    chosen = [label for label, weight in mix.items() if weight == 1]
    if len(chosen) != 1 or chosen[0] not in menu:
        raise InputError(f"give one choice for {quoted(place)}, of {', '.join(menu)}")
    return chosen[0]


def _standing(game: AlternatingOffers, profile: Mapping[str, str], state: str, later: Paid) -> Standing:
    """The state's, from what comes ``later``."""
    proposer, responders = game.states[state], game.responders(state)
    inside = profile[pressing(state)] if game.presser else next(iter(game.pressures))
    talk = {player: _talk(game, game.pressures[inside], player, later) for player in game.players}
    leaving = {player: profile.get(refusing(state, player)) == LEAVE for player in responders}
    refusal = {player: Fraction(game.outside[player]) if leaving[player] else talk[player] for player in responders}
    # An offer that is refused is put to the one whose refusal the proposer likes best.
    worth = {left: Fraction(game.outside[proposer]) if left else talk[proposer] for left in set(leaving.values())}
    refusal[proposer] = max(worth.values(), default=talk[proposer])
    left = bool(worth) and all(is_left or worth[is_left] < refusal[proposer] for is_left in worth)
    least = {p: max(refusal[p], Fraction(game.floors.get(p, refusal[p]))) for p in responders}
    agreed = profile[state] == ACCEPTABLE
    if agreed:
        paid = {**least, proposer: Fraction(game.pie) - sum(least.values())}
    else:
        paid = {p: Fraction(v) for p, v in (game.outside if left else talk).items()}
    ordered = {player: paid[player] for player in game.players}
    refusal = {player: refusal[player] for player in game.players}
    return Standing(inside, talk, refusal, least, agreed, left and not agreed, ordered)


def _talk(game: AlternatingOffers, inside: Mapping[str, Any], player: str, later: Paid) -> Fraction:
    """What talking on after a refusal pays the player: breakdown, or the inside option and then what is ``later``."""
    factor, risk = Fraction(game.discounts[player]), Fraction(game.breakdown_risk)
    goes_on = (1 - factor) * Fraction(inside[player]) + factor * later[player]
    return risk * Fraction(game.breakdown[player]) + (1 - risk) * goes_on


def _at_the_end(game: AlternatingOffers) -> dict[str, Fraction]:
    """What follows the refusal of the last offer."""
    paid = game.deadline or next(iter(game.pressures.values()))
    return {player: Fraction(value) for player, value in paid.items()}


def _for_ever(game: AlternatingOffers, profile: Mapping[str, str]) -> dict[str, Standing]:
    """Without a last round: the payoffs in the first state from which, a whole cycle later, the same ones follow.

    They are a fixed point of a map that is affine in pieces: where floors bind changes from one to another. Newton's
    method finds it exactly once a step stays within the piece that holds it.
    """
    states = list(game.states)

    def cycle(first: Paid) -> dict[str, Standing]:
        found, later = {}, first
        for state in reversed(states):
            found[state] = _standing(game, profile, state, later)
            later = found[state].paid
        return {state: found[state] for state in states}

    guess: Paid = {player: Fraction(game.pie) / len(game.players) for player in game.players}
    for _ in range(MOST_STEPS):
        found = cycle(guess)
        image = found[states[0]].paid
        if image == guess:
            return found
        columns = []
        for player in game.players:
            moved = cycle({**guess, player: guess[player] + NEAR})[states[0]].paid
            columns.append({other: (moved[other] - image[other]) / NEAR for other in game.players})
        rows = [
            [*(Fraction(p == other) - columns[k][p] for k, other in enumerate(game.players)), image[p] - guess[p]]
            for p in game.players
        ]
        guess = {p: guess[p] + step for p, step in zip(game.players, solved(rows), strict=True)}
    raise InputError("what these strategies pay was not found")
