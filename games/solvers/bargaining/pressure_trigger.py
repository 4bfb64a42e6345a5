"""Pressure during talks that costs the one who exerts it, held up by what follows if it is not exerted.

While talks last one player chooses anew after every refusal what goes on: to strike or to work, to uphold sanctions or
not. If what it does has no consequences, it does what pays it most in the round, and a costly pressure is no threat.
But both sides may expect that a player who once failed to exert the pressure never will again. A *plan* says which
inside option goes on after a refusal in each turn; as long as the plan is followed, offers are made and answered as if
nothing else were possible; once it is not, play turns for good to a stationary subgame-perfect equilibrium. That is
subgame-perfect exactly if no single choice anywhere can be changed with a gain. So some pressure is credible although
it is costly, and an agreement may give its owner more than both the pressure for good and none would.

Source: Fernandez & Glazer (1991), American Economic Review 81; Haller & Holden (1990), Journal of Economic Theory 52.
The greatest share that a union can get is that of a strike after its own offers alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from games.errors import InputError
from games.exact import counted
from games.forms.alternating_offers import BREACH, AlternatingOffers
from games.play.offers import Paid, continuations, deviations, ends, standings
from games.play.payoffs import Strategies
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.offers import Offers

MOST_PLANS = 1_000
"""The most plans that are tried."""

NAME = "pressure-trigger"


@dataclass(frozen=True)
class _Play:
    """What is chosen at each place, and what everybody gets from each state on."""

    strategies: Strategies
    paid: Mapping[str, Paid]


@solution_concept(
    NAME,
    form=AlternatingOffers,
    title="pressure held up by a threat",
    about="talks without a last round in which somebody chooses what goes on until there is an agreement",
    no_cases_because="which plans are held up by which threats is found for numbers, plan by plan",
)
def pressure_trigger(game: AlternatingOffers) -> Equilibria:
    """Every plan of pressure that a stationary equilibrium holds up as a threat, each verified in both parts of play.

    What is done after a breach stands at the same places, after `BREACH`. Plays that pay the same in every state are
    listed once, for each plan and threat. The list is complete of its kind: other plans, that hang on more than the
    turn, and other punishments may hold up more. Raises `InputError` for a game with a last round, one in which nobody
    chooses what goes on, and one of more than `MOST_PLANS` plans.
    """
    plans = _plans(game)
    threats, all_tried = _plays(Offers(game))
    found: list[Equilibrium] = []
    for number, plan in enumerate(plans):
        if expired(f"{number} plans tried"):
            all_tried = False
            break
        plays, tried = _plays(Offers(game, plan))
        all_tried = all_tried and tried
        found += (one for play in plays for threat in threats for one in _held_up(game, play, threat))
    remarks = ["plans by turn, each with the stationary equilibrium that play turns to if it is not followed"]
    if not all_tried:
        remarks.append(STOPPED)
    return Equilibria(game, NAME, tuple(found), complete=all_tried, remarks=tuple(remarks))


def _plans(game: AlternatingOffers) -> Iterator[dict[str, str]]:
    if game.rounds is not None or not game.presser:
        what = "has a last round" if game.presser else "leaves nobody a choice of what goes on while talks last"
        raise InputError(f"the game {what}; {NAME} is about pressure that is chosen anew for as long as talks last")
    count = len(game.pressures) ** len(game.states)
    if count > MOST_PLANS:
        raise InputError(f"there are {counted(count)} plans of pressure; at most {MOST_PLANS} are tried")
    return (dict(zip(game.states, chosen, strict=True)) for chosen in product(game.pressures, repeat=len(game.states)))


def _plays(offers: Offers) -> tuple[list[_Play], bool]:
    """The ways to play in which nobody gains by another choice, but for that of the pressure if it is planned."""
    profiles, all_tried = offers.fitting()
    found: dict[tuple[Fraction, ...], _Play] = {}
    for profile in profiles:
        strategies = {
            place: {label: Fraction(label == profile[place]) for label in menu}
            for place, menu in offers.game.places.items()
        }
        paid = {state: standing.paid for state, standing in standings(offers.game, strategies).items()}
        found.setdefault(tuple(v for each in paid.values() for v in each.values()), _Play(strategies, paid))
    return list(found.values()), all_tried


def _held_up(game: AlternatingOffers, play: _Play, threat: _Play) -> Iterator[Equilibrium]:
    """The two together, if no single choice in either part could be changed with a gain."""
    strategies = {**play.strategies, **{BREACH + place: mix for place, mix in threat.strategies.items()}}
    if all(one.gain <= 0 for one in deviations(game, strategies)):
        told = continuations(game, strategies)
        first = next(iter(game.states))
        yield Equilibrium(strategies, told[first,], ends(game, play.strategies), continuations=told)
