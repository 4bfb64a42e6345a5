"""A strategy profile of one's own, judged: whether it is an equilibrium, and who would gain by what otherwise.

A profile is a Nash equilibrium if nobody gains by another strategy; subgame-perfect if nobody does in any subgame
(Selten 1965); a weak sequential equilibrium together with beliefs if nobody gains at any information set given them,
and they follow from the strategies by Bayes' rule wherever play arrives (Osborne 2004, An Introduction to Game Theory).
No solver is asked: every number is worked out from the profile.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import singledispatch
from typing import Any

from analyses.chances import Chances, as_json, chances
from analyses.proofs import proof
from games.errors import InputError, listed, quoted
from games.exact import readable
from games.formats.profiles import OwnProfile
from games.forms.extensive import ExtensiveGame, InformationSet, Path
from games.forms.game import Game
from games.forms.reduced import check_perfect_recall
from games.forms.strategic import StrategicGame
from games.forms.telling import outcomes_in_words
from games.model import Model
from games.play.payoffs import Strategies, arrival, continuation_payoffs, strategy_payoffs
from games.play.regret import belief, best_plan
from games.play.subgames import subgame_roots
from games.solvers.equilibria import Equilibria, Equilibrium, equilibrium, played_out
from games.tables import Cell, Table, Tabular

NASH, PERFECT, WEAK_SEQUENTIAL = "nash", "subgame-perfect", "weak-sequential"

NAMES: Mapping[str, str] = {
    NASH: "Nash equilibrium",
    PERFECT: "subgame-perfect equilibrium",
    WEAK_SEQUENTIAL: "weak sequential equilibrium",
}
"""What a profile may be said to be."""


@dataclass(frozen=True)
class Gain:
    """What a player's best deviation adds, from some point of the game on.

    ``where`` opens a sentence about that point, empty for the whole game. ``gets`` is what the profile pays there,
    ``deviation`` what the player would do instead.
    """

    player: str
    where: str
    gets: Fraction
    adds: Fraction
    deviation: str

    def __str__(self) -> str:
        start = f"{self.where}, {self.player}" if self.where else self.player
        return (
            f"{start} gets {readable(self.gets)}; with {self.deviation} it would get "
            f"{readable(self.gets + self.adds)}, which is {readable(self.adds)} more."
        )


@dataclass(frozen=True, repr=False)
class Judgement(Tabular):
    """Whether a profile is an equilibrium of the ``concept``.

    ``gains`` are the deviations that pay, ``wrong_beliefs`` say which beliefs the strategies contradict, ``reasons``
    why nobody gains where nobody does. ``is_nash`` says whether nobody gains from the start.
    """

    model: Model
    concept: str
    equilibrium: Equilibrium
    outcomes: Chances
    regrets: Mapping[str, Fraction]
    gains: tuple[Gain, ...]
    wrong_beliefs: tuple[str, ...]
    is_nash: bool
    reasons: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the profile is one."""
        return not self.gains and not self.wrong_beliefs

    def findings(self) -> tuple[str, ...]:
        """The verdict and why, in sentences."""
        name = NAMES[self.concept]
        happens = f"What happens is {outcomes_in_words(self.outcomes)}."
        if self.holds:
            where = {NASH: "", PERFECT: " in any subgame", WEAK_SEQUENTIAL: " at any information set"}[self.concept]
            return (f"Yes, this is a {name}: nobody gains by another choice{where}.", happens, *self.reasons)
        told = [*map(str, self.gains), *self.wrong_beliefs]
        nash = [f"It is a {NAMES[NASH]} all the same."] if self.is_nash and self.concept != NASH else []
        return (f"No, this is no {name}.", *told, *nash, happens)

    def table(self) -> Table:
        """One row for each player: what it gets, and what the best deviation adds."""
        rows = tuple(
            (Cell(player), Cell(readable(self.equilibrium.payoffs[player])), Cell(readable(regret), marked=regret > 0))
            for player, regret in self.regrets.items()
        )
        return Table(("Player", "gets", "regret"), rows, numeric=frozenset({1, 2}))

    def as_json(self) -> dict[str, Any]:
        """The judgement as plain data."""
        return {
            "concept": self.concept,
            "holds": self.holds,
            "findings": list(self.findings()),
            "outcomes": as_json(self.outcomes),
            "payoffs": {player: str(value) for player, value in self.equilibrium.payoffs.items()},
            "regrets": {player: str(value) for player, value in self.regrets.items()},
            "deviations": [
                {"player": g.player, "where": g.where, "gets": str(g.gets), "adds": str(g.adds), "with": g.deviation}
                for g in self.gains
            ],
            "nash": self.is_nash,
        }

    def __repr__(self) -> str:
        return "\n".join([*self.findings(), self.table().text()])

    def _repr_html_(self) -> str:
        return self.table().html()


def judged(model: Model, values: Mapping[str, object], own: OwnProfile, concept: str | None = None) -> Judgement:
    """Whether the profile is an equilibrium of ``model`` at ``values``, by the concept named here, or in the profile.

    By default that is Nash in a strategic form; in a tree subgame-perfect, or weak sequential where beliefs are given.
    Raises `InputError` for another form of game, and for a concept that it does not have.

    >>> from fractions import Fraction
    >>> from analyses.own_profile import judged
    >>> from games.catalog import load
    >>> from games.formats.profiles import OwnProfile
    >>> sure = Fraction(1)
    >>> never = Fraction(0)
    >>> own = OwnProfile(
    ...     {
    ...         "Target": {"Violate": never, "Comply": sure},
    ...         "Sender": {"Sanction": sure, "Do not sanction": never},
    ...     }
    ... )
    >>> print(judged(load("inspection"), {}, own).findings()[0])
    No, this is no Nash equilibrium.
    """
    game = playable(model, values)
    named = concept or own.concept or _default(game, own)
    allowed = [NASH] if isinstance(game, StrategicGame) else list(NAMES)
    if named not in allowed:
        raise InputError(f"a profile of {game.kind} is judged as {listed(allowed)}, not as {quoted(named)}")
    played = _played(game, own)
    from_start = [gain for gain in _from_start(game, own.strategies) if gain.adds]
    gains: list[Gain] = from_start
    wrong: tuple[str, ...] = ()
    if named == PERFECT:
        gains = [gain for gain in _in_subgames(game, own.strategies) if gain.adds]
    elif named == WEAK_SEQUENTIAL:
        gains = [gain for gain in _given_beliefs(game, own) if gain.adds]
        wrong = tuple(_wrong_beliefs(game, own))
    regrets = {p: max((g.adds for g in gains if g.player == p), default=Fraction(0)) for p in game.players}
    holds = not gains and not wrong
    found = Equilibria(game, named, (played,), complete=False)
    return Judgement(
        model,
        named,
        played,
        chances(model, game, found, played),
        regrets,
        tuple(gains),
        wrong,
        not from_start,
        proof(model, game, played) if holds else (),
    )


def playable(model: Model, values: Mapping[str, object]) -> Game:
    """The game at these values in which a profile can be judged: a strategic form, or a tree with perfect recall."""
    game = model.at(**values).written_out
    if not isinstance(game, StrategicGame | ExtensiveGame):
        raise InputError(
            "a profile of one's own is judged in a game in strategic form, a tree or a Bayesian game, "
            f"not in {game.kind}"
        )
    if isinstance(game, ExtensiveGame):
        check_perfect_recall(game)
    return game


def _default(game: Game, own: OwnProfile) -> str:
    if isinstance(game, StrategicGame):
        return NASH
    return WEAK_SEQUENTIAL if own.beliefs else PERFECT


@singledispatch
def _played(game: Game, own: OwnProfile) -> Equilibrium:
    raise TypeError(game.kind)


@_played.register
def _(game: StrategicGame, own: OwnProfile) -> Equilibrium:
    return equilibrium(game, own.strategies)


@_played.register
def _(game: ExtensiveGame, own: OwnProfile) -> Equilibrium:
    return replace(played_out(game, own.strategies), beliefs=own.beliefs)


@singledispatch
def _from_start(game: Game, strategies: Strategies) -> Iterator[Gain]:
    """What each player's best other strategy for the whole game adds."""
    raise TypeError(game.kind)


@_from_start.register
def _(game: StrategicGame, strategies: Strategies) -> Iterator[Gain]:
    for player in game.players:
        pays = strategy_payoffs(game, strategies, player)
        own = sum((Fraction(strategies[player][label]) * value for label, value in pays.items()), Fraction(0))
        best = max(pays, key=lambda label: pays[label])
        yield Gain(player, "", own, pays[best] - own, best)


@_from_start.register
def _(game: ExtensiveGame, strategies: Strategies) -> Iterator[Gain]:
    yield from _from_nodes(game, strategies, {(): Fraction(1)}, game.players, "")


def _in_subgames(game: Game, strategies: Strategies) -> Iterator[Gain]:
    assert isinstance(game, ExtensiveGame)
    for root in subgame_roots(game):
        where = f"After {', '.join(root)}" if root else ""
        yield from _from_nodes(game, strategies, {root: Fraction(1)}, game.players, where)


def _given_beliefs(game: Game, own: OwnProfile) -> Iterator[Gain]:
    assert isinstance(game, ExtensiveGame)
    likelihood = arrival(game, own.strategies)
    for name, information_set in game.information_sets.items():
        held = _held(own, information_set, likelihood)
        weights = {path: Fraction(weight) for path, weight in held.items()}
        yield from _from_nodes(game, own.strategies, weights, (information_set.player,), f"At {name}")


def _held(own: OwnProfile, information_set: InformationSet, likelihood: Mapping[Path, Any]) -> Mapping[Path, Any]:
    """The belief given, else that of Bayes' rule; raises `InputError` where there is neither."""
    total = sum((likelihood[path] for path in information_set.paths), Fraction(0))
    if information_set.name not in own.beliefs and total:
        return {path: likelihood[path] / total for path in information_set.paths}
    return belief(information_set, own.beliefs)


def _wrong_beliefs(game: Game, own: OwnProfile) -> Iterator[str]:
    assert isinstance(game, ExtensiveGame)
    likelihood = arrival(game, own.strategies)
    for name, held in own.beliefs.items():
        paths = game.information_sets[name].paths
        total = sum((likelihood[path] for path in paths), Fraction(0))
        right = {path: likelihood[path] / total for path in paths} if total else None
        if right is not None and any(held.get(path, 0) != weight for path, weight in right.items()):
            shown = ", ".join(f"{readable(weight)} after {', '.join(path)}" for path, weight in right.items())
            yield f"The belief at {name} contradicts the strategies: by Bayes' rule it is {shown}."


def _from_nodes(
    game: ExtensiveGame,
    strategies: Strategies,
    held: Mapping[Path, Fraction],
    players: tuple[str, ...],
    where: str,
) -> Iterator[Gain]:
    """What the best other plan of each player adds from the nodes ``held``, weighted, on."""
    values = continuation_payoffs(game, strategies)
    for player in players:
        plan, adds = best_plan(game, strategies, player, held)
        position = game.players.index(player)
        gets = sum((weight * Fraction(values[path][position]) for path, weight in held.items()), Fraction(0))
        yield Gain(player, where, gets, adds, _deviation(game, strategies, plan, held) if adds else "")


def _deviation(
    game: ExtensiveGame, strategies: Strategies, plan: Mapping[str, str], held: Mapping[Path, Fraction]
) -> str:
    """What the plan does otherwise where play then comes: "Concede (Russia after Full)"."""
    pure = {name: {action: Fraction(1)} for name, action in plan.items()}
    met: set[str] = set()
    for start in (path for path, weight in held.items() if weight):
        likelihood = arrival(game, {**strategies, **pure}, start)
        met |= {game.information_set_at(path) for path, odds in likelihood.items() if odds and path in _decisions(game)}
    changed = [name for name, action in plan.items() if name in met and strategies[name].get(action, 0) != 1]
    return " and ".join(f"{plan[name]} ({name})" for name in game.information_sets if name in changed)


def _decisions(game: ExtensiveGame) -> set[Path]:
    return {path for information_set in game.information_sets.values() for path in information_set.paths}
