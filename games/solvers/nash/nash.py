"""All Nash equilibria, in exact arithmetic; those of many players that are no simple fractions are certified floats.

Definition: Nash (1951), Annals of Mathematics 54: no player gains by changing strategy alone. A tree is solved through
its reduced strategic form; a game of two players by `games.solvers.methods.two_players`, one of more by
`games.solvers.methods.many_players`.
"""

from collections.abc import Mapping, Sequence
from itertools import permutations, product
from math import prod

from games.cases import Cases, Draft, Mixture, not_dominated
from games.exact import Number
from games.forms.extensive import ExtensiveGame
from games.forms.reduced import check_perfect_recall, reduced_strategic_form, strategy_counts
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies
from games.play.quantities import Quantity
from games.play.regret import nash_regret
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Component, Equilibria, Equilibrium, played_out
from games.solvers.methods import many_players, two_players
from games.solvers.methods.behaviour import rational_from_the_start_of
from games.solvers.methods.sequence_form import one_equilibrium
from games.solvers.nash.large_trees import some_equilibria
from games.solvers.nash.pure_nash import pure_nash, unregretted, value_of
from games.terms import Poly, every, poly, product_of, total

MOST_STRATEGIES = 40
"""The most reduced strategies of a player of a tree; beyond, the sequence form finds one equilibrium."""

MOST_OF_A_TREE = 20_000
"""The most profiles of reduced strategies of several players of a tree; beyond, some equilibria are found."""

OF_A_TREE = "subgame-perfect, which works on the tree itself, may find others"
"""What may help where a tree is too large for a complete answer."""


def cases(game: StrategicGame | ExtensiveGame, asked: Sequence[Quantity]) -> Cases:
    """The support of each player; nothing outside pays more than what is inside, which pays the same.

    In a tree, the support at each information set; no plan for the whole tree pays its player more.
    """
    if isinstance(game, ExtensiveGame):
        return rational_from_the_start_of(game, asked, [()])
    draft = Draft()
    mixed = mixed_strategies(draft, game)
    most = best_payoffs(draft, game, mixed)
    return draft.cases({quantity: value_of(quantity, mixed, most) for quantity in asked})


def best_payoffs(draft: Draft, game: StrategicGame, mixed: Mapping[str, Mixture]) -> dict[str, Poly]:
    """What each player gets where all that is played are best responses."""
    return {
        player: draft.best(player, payoffs_against(game, mixed, player), mixed[player].played)
        for player in game.players
    }


def mixed_strategies(draft: Draft, game: StrategicGame) -> dict[str, Mixture]:
    """A mixture for each player, none of whose strategies is dominated against what the others mix.

    The latter follows where they are best responses.
    """
    mixed = {player: draft.mixture(player, own) for player, own in game.strategies.items()}
    for player, menu in game.strategies.items():
        met = _met(game, player)
        meets = [every(mixed[who].played[label] for who, label in faced.items()) for faced in met]
        for own, rival in permutations(menu, 2):
            against = [
                (meet, _paid(game, player, own, faced), _paid(game, player, rival, faced))
                for meet, faced in zip(meets, met, strict=True)
            ]
            draft.implied.append(not_dominated(against, mixed[player].played[own]))
    return mixed


def payoffs_against(game: StrategicGame, mixed: Mapping[str, Mixture], player: str) -> dict[str, Poly]:
    """What each strategy of the player pays against the others' mixtures."""
    met = _met(game, player)
    odds = [product_of(mixed[who].p[label] for who, label in faced.items()) for faced in met]
    return {
        own: total(weight * _paid(game, player, own, faced) for weight, faced in zip(odds, met, strict=True))
        for own in game.strategies[player]
    }


def _met(game: StrategicGame, player: str) -> list[dict[str, str]]:
    """What the others may play, by player."""
    others = [other for other in game.players if other != player]
    return [dict(zip(others, faced, strict=True)) for faced in product(*(game.strategies[other] for other in others))]


def _paid(game: StrategicGame, player: str, own: str, faced: Mapping[str, str]) -> Poly:
    """What the player's own strategy pays against those of the others."""
    played = {**faced, player: own}
    return poly(game.payoff(tuple(played[who] for who in game.players), player))


def exists_because(game: StrategicGame | ExtensiveGame) -> str:
    """Why there is one. Raises `InputError` for a tree with imperfect recall, where behaviour may have none."""
    if isinstance(game, ExtensiveGame):
        check_perfect_recall(game)
    return "every finite game has one: Nash (1951)"


def witness(
    game: StrategicGame | ExtensiveGame, strategies: Strategies, values: Mapping[str, Number]
) -> Equilibrium | None:
    """The strategies as an equilibrium, if nobody has any regret."""
    if isinstance(game, StrategicGame):
        return unregretted(game, strategies, values)
    return played_out(game, strategies) if not any(nash_regret(game, strategies).values()) else None


@solution_concept(
    "nash",
    form=(StrategicGame, ExtensiveGame),
    cases=cases,
    exists_because=exists_because,
    title="Nash",
    witness=witness,
)
def nash(game: StrategicGame | ExtensiveGame) -> Equilibria:
    """Every Nash equilibrium: of two players, every extreme one, grouped into maximal components.

    Each is verified against the payoffs independently of what found it. The equilibria of a tree are those of its
    reduced strategic form, whose strategies are labelled by the actions they choose.

    >>> chicken = StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    >>> [str(equilibrium) for equilibrium in nash(chicken)]
    ['Row: 1, Column: 2', 'Row: 2, Column: 1', 'Row: 2/3 1 + 1/3 2, Column: 2/3 1 + 1/3 2']

    Raises `InputError` for a tree with imperfect recall, or too large for its reduced strategic form.
    """
    if isinstance(game, ExtensiveGame):
        check_perfect_recall(game)
        counts = strategy_counts(game).values()
        if len(game.players) == 2 and max(counts) > MOST_STRATEGIES:
            return one_equilibrium(game)
        if len(game.players) > 2 and prod(counts) > MOST_OF_A_TREE:
            return some_equilibria(game, OF_A_TREE)
        return _of_strategic_form(reduced_strategic_form(game), OF_A_TREE, OF_A_TREE)
    return _of_strategic_form(game)


def _of_strategic_form(
    game: StrategicGame, of_two: str = two_players.ONE_OF_TWO, of_many: str = many_players.ONE_OF_MANY
) -> Equilibria:
    """The equilibria; ``of_two`` and ``of_many`` say what may help where a game of so many players is too large."""
    if len(game.players) == 1:
        return _best_choices(game)
    if len(game.players) > 2:
        return many_players.all_equilibria(game, of_many)
    return two_players.all_equilibria(game, of_two)


def _best_choices(game: StrategicGame) -> Equilibria:
    """A single player's equilibria: the mixtures of what pays most."""
    found = pure_nash(game)
    point = len(found) == 1
    component = Component(tuple(range(len(found))), is_point=point, index=1 if point else None)
    return Equilibria(game, "nash", found.found, complete=True, components=(component,))
