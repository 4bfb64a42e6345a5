"""Whether a game of two players is degenerate, with a mixed strategy that shows it.

Definition: a game is nondegenerate if no mixed strategy that plays k pure strategies has more than k pure best
responses (von Stengel 2002, Handbook of Game Theory 3, chapter 45). In a nondegenerate game the equilibria are finite
in number and odd, and at each both players play equally many strategies; Lemke and Howson's method never ties.

A mixture of m strategies has as labels those that it does not play and the best responses to it. A mixture with more
than m labels lies on a face of the best-response polytope, each vertex of which has these labels, too: so it is enough
to look at vertices, and one with more than m is a witness.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from games.errors import InputError
from games.exact import Number
from games.forms.game import mixture
from games.forms.strategic import StrategicGame
from games.play.regret import best_responses
from games.solvers.limits import expired
from games.solvers.methods.bimatrix import both_payoffs, positive
from games.solvers.methods.pivoting import most_bases, vertices


@dataclass(frozen=True)
class Degeneracy:
    """Whether a game is degenerate, None where that was not found out, and a witness if it is.

    ``mixed`` is a strategy of ``player``, strategy by strategy; it plays ``support``, and ``responses`` are the pure
    best responses of the other player, of which there are more.
    """

    is_degenerate: bool | None
    sentence: str
    player: str | None = None
    mixed: Mapping[str, Fraction] | None = None
    support: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.sentence


def degeneracy(game: StrategicGame) -> Degeneracy:
    """Whether the game is degenerate, exactly, with a witness.

    Pure strategies are looked at first, then the vertices of both best-response polytopes until one is a witness. There
    may be exponentially many: after a stated amount of work, or when a time limit is up, the answer is None.

    >>> game = StrategicGame.bimatrix([[1, 0], [1, 2]], [[3, 0], [0, 1]])
    >>> print(degeneracy(game))
    degenerate: Column's 1 plays 1 strategy and has 2 best responses, 1 and 2

    Raises `InputError` for a game that is no strategic form of two players, or has free parameters.
    """
    if not isinstance(game, StrategicGame):
        raise InputError(f"degeneracy is about games in strategic form, not about {_named(game)}; give a StrategicGame")
    if not game.is_exact:
        raise InputError("degeneracy needs a game without free parameters; give them values before")
    payoffs = both_payoffs(game, "degeneracy")
    for player, other in (game.players, game.players[::-1]):
        for label in game.strategies[player]:
            if found := _witness(game, player, other, {label: 1}):
                return found
    return _among_vertices(game, *payoffs)


def _named(game: object) -> str:
    return str(getattr(game, "kind", f"a value of type {type(game).__name__}"))


def _among_vertices(game: StrategicGame, A: list[list[int]], B: list[list[int]]) -> Degeneracy:
    """The answer from the vertices of both polytopes; ``A`` and ``B`` have each player's own strategies in rows."""
    first, second = game.players
    settled = True
    for player, other, paid in ((first, second, B), (second, first, A)):
        own, answers = game.strategies[player], range(len(paid))
        count = len(own)
        bases = most_bases(len(paid), count)
        mixtures = range(len(paid), len(paid) + count)
        found, all_found = vertices(positive(paid), answers, mixtures, bases, enough=count + 1)
        if found:
            labels, weights = list(found.items())[-1]
            if labels.bit_count() > count:
                witness = _witness(game, player, other, dict(zip(own, weights, strict=True)))
                assert witness is not None
                return witness
        settled = settled and all_found
    if settled:
        return Degeneracy(False, "nondegenerate: no mixed strategy has more best responses than it plays strategies")
    why = "the time was up" if expired() else "there are too many vertices to look at"
    return Degeneracy(None, f"not found out whether the game is degenerate: {why}, and none seen shows that it is")


def _witness(game: StrategicGame, player: str, other: str, weights: Mapping[str, Number]) -> Degeneracy | None:
    """What these weights of a mixed strategy show, if it has more best responses than it plays strategies."""
    total = sum(weights.values())
    mixed = {label: Fraction(weights.get(label, 0)) / total for label in game.strategies[player]}
    support = tuple(label for label, weight in mixed.items() if weight)
    responses = best_responses(game, {player: mixed, other: {}}, other)
    if len(responses) <= len(support):
        return None
    plays = f"{len(support)} {'strategy' if len(support) == 1 else 'strategies'}"
    answers = f"{', '.join(responses[:-1])} and {responses[-1]}"
    said = f"degenerate: {player}'s {mixture(mixed)} plays {plays} and has {len(responses)} best responses, {answers}"
    return Degeneracy(True, said, player, mixed, support, responses)
