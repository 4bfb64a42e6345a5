"""Why an answer of a solution concept is one, where that is more than that nobody gains by deviating alone.

A logit equilibrium answers payoffs with probabilities, a correlated one holds against every recommendation, level-k
play replies to the level below, and a rationalizable strategy to a belief. Each is explained by what its definition
says; the definitions and their sources stand in `games.solvers`.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import singledispatch
from typing import Any, TypeAlias, TypeVar

from analyses.choices import Choice, choices, compared
from games.errors import listed
from games.exact import brief, readable
from games.forms.game import Game
from games.forms.strategic import Profile, StrategicGame
from games.play.payoffs import strategy_payoffs
from games.solvers.concept import distribution_of
from games.solvers.correlated import correlated
from games.solvers.equilibria import Equilibrium, mixture
from games.solvers.reasoning.rationalizable import in_words

Reasons: TypeAlias = Callable[[Any, Equilibrium, Mapping[str, Any]], Iterator[str] | None]
"""Given the game, one answer and the settings it was found with: its reasons, or None if the usual ones hold."""

_REASONS: dict[str, Reasons] = {}


_Own = TypeVar("_Own", bound=Reasons)


def reasons_of(concept: str) -> Callable[[_Own], _Own]:
    """Registers the reasons that the answers of a solution concept have of their own."""

    def register(own: _Own) -> _Own:
        _REASONS[concept] = own
        return own

    return register


def reasons(
    game: Game, equilibrium: Equilibrium, concept: str | None, settings: Mapping[str, Any]
) -> tuple[str, ...] | None:
    """The reasons that the concept has of its own; None where the usual comparison of payoffs is the reason.

    Without a concept, a distribution over profiles is taken for a correlated equilibrium if it is one, else for a
    coarse one.
    """
    if concept is None:
        own = _of_a_distribution(game, equilibrium)
    else:
        own = _REASONS[concept](game, equilibrium, settings) if concept in _REASONS else None
    return None if own is None else tuple(own)


@singledispatch
def _of_a_distribution(game: Game, equilibrium: Equilibrium) -> Iterator[str] | None:
    """Those of a distribution over profiles; None for strategies."""
    return None


@_of_a_distribution.register
def _(game: StrategicGame, equilibrium: Equilibrium) -> Iterator[str] | None:
    if not equilibrium.outcomes:
        return None
    obeyed = min(correlated.margins(game, distribution_of(equilibrium)), default=0) >= 0
    return _when_told(game, equilibrium) if obeyed else _before_told(game, equilibrium)


@reasons_of("logit")
def _in_proportion(game: Game, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str] | None:
    """What each action pays where it is chosen, and that its probability follows from that; not so of a limit."""
    if "rationality" not in settings:
        return None
    rationality = brief(settings["rationality"])
    return (_weighed(choice, rationality) for choice in choices(game, equilibrium))


def _weighed(choice: Choice, rationality: str) -> str:
    weights = f"with probability {listed(map(readable, choice.played.values()))}"
    if choice.pays is None:
        return f"{choice.where}{choice.player} plays {listed(choice.played)} {weights}."
    first, *rest = choice.pays
    pays = [f"{first} pays {choice.player} {readable(choice.pays[first])}"]
    pays += [f"{action} {readable(choice.pays[action])}" for action in rest]
    return (
        f"{choice.where}{', '.join(pays)}; they are played {weights}, in proportion to exp(λ × payoff) with "
        f"λ = {rationality}."
    )


@reasons_of("correlated")
def _when_told(
    game: StrategicGame, equilibrium: Equilibrium, _settings: Mapping[str, Any] | None = None
) -> Iterator[str]:
    """For each strategy that a player may be told: what obeying pays, and what each other strategy would pay."""
    for position, player in enumerate(game.players):
        for told in game.strategies[player]:
            heard = {p: w for p, w in distribution_of(equilibrium).items() if p[position] == told and w}
            if not heard:
                continue
            total = sum(heard.values(), Fraction(0))
            others = {_others(p, position): w / total for p, w in heard.items()}
            pays = _payoffs_against(game, position, others)
            rivals = [label for label in pays if label != told]
            expected = _expected(game, player, others)
            sentence = f"When {player} is told {told}, {expected}obeying pays {player} {readable(pays[told])}"
            if rivals:
                sentence += ", playing instead " + ", ".join(f"{label} {readable(pays[label])}" for label in rivals)
            equal = [label for label in rivals if pays[label] == pays[told]]
            yield f"{sentence}; {player} is indifferent to {listed(equal)}." if equal else f"{sentence}."


@reasons_of("coarse-correlated")
def _before_told(
    game: StrategicGame, equilibrium: Equilibrium, _settings: Mapping[str, Any] | None = None
) -> Iterator[str]:
    """For each player: what following blindly pays, and what each strategy would pay that is fixed in advance."""
    for position, player in enumerate(game.players):
        others: dict[Profile, Any] = {}
        for profile, weight in distribution_of(equilibrium).items():
            if weight:
                rest = _others(profile, position)
                others[rest] = others.get(rest, Fraction(0)) + weight
        pays = _payoffs_against(game, position, others)
        follows = equilibrium.payoffs[player]
        told = {profile[position] for profile, weight in distribution_of(equilibrium).items() if weight}
        fixed = {label: value for label, value in pays.items() if told != {label}}
        sentence = (
            f"Before anything is told, {_expected(game, player, others)}following pays {player} {readable(follows)}"
        )
        if fixed:
            shown = ", ".join(f"{label} {readable(value)}" for label, value in fixed.items())
            sentence += f", refusing and always playing {shown}"
        equal = [label for label, value in fixed.items() if value == follows]
        yield f"{sentence}; {player} is indifferent to {listed(equal)}." if equal else f"{sentence}."


def _expected(game: StrategicGame, player: str, others: Mapping[Profile, Any]) -> str:
    opponents = [other for other in game.players if other != player]
    if not opponents:
        return ""
    return f"{f'{opponents[0]} plays' if len(opponents) == 1 else 'the others play'} {in_words(others)}: "


@reasons_of("level-k")
def _one_level_below(
    game: StrategicGame, equilibrium: Equilibrium, settings: Mapping[str, Any]
) -> Iterator[str] | None:
    """For each player: what each strategy pays against the level below."""
    if "level" not in settings:
        return None
    level, below = settings["level"], settings["below"]
    if below is None:
        return (f"At level 0 {player} plays every strategy equally often." for player in game.players)
    return (_reply(game, equilibrium, player, level, below) for player in game.players)


def _reply(
    game: StrategicGame, equilibrium: Equilibrium, player: str, level: int, below: Mapping[str, Mapping[str, Any]]
) -> str:
    played = [label for label, weight in equilibrium[player].items() if weight]
    pays = compared(strategy_payoffs(game, below, player), played, player)
    others = ", ".join(f"{other}: {mixture(below[other])}" for other in game.players if other != player)
    against = f"Against level {level - 1} ({others}), " if others else ""
    return f"{against}{pays}; that is the best reply, and what level {level} plays."


@reasons_of("rationalizable")
def _given_a_belief(game: StrategicGame, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str]:
    """For each player: what each strategy pays given the belief that makes the player's own a best response."""
    for position, player in enumerate(game.players):
        (own,) = (label for label, weight in equilibrium[player].items() if weight)
        belief = equilibrium.beliefs[player]
        pays = compared(_payoffs_against(game, position, belief), [own], player)
        believed = _expected(game, player, belief)
        yield f"{player} may believe that {believed}{pays}." if believed else f"{pays}."


def _others(profile: Profile, position: int) -> Profile:
    return profile[:position] + profile[position + 1 :]


def _payoffs_against(game: StrategicGame, position: int, others: Mapping[Profile, Any]) -> dict[str, Any]:
    """What each strategy of the player at ``position`` pays against a distribution over the others' profiles."""
    return {
        own: sum(
            (
                weight * game.payoffs[(*rest[:position], own, *rest[position:])][position]
                for rest, weight in others.items()
            ),
            Fraction(0),
        )
        for own in game.strategies[game.players[position]]
    }
