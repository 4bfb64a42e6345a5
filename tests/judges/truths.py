"""Whether a claim is true at exact parameter values, by finding the equilibria there from the definitions.

All of them where that can be done (`answers`), else many. What cannot be decided is open.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product
from typing import Any

from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.strategic import StrategicGame
from judges import conflicts, formulas, linear, rounds, strategic, trees
from judges.described import Point, RandomClaim
from judges.quantities import Odds, Quantity, told

MOST_COMBINED = 30
"""Of each of several models' equilibria that are not all known, so many are combined with the others'."""


@dataclass(frozen=True)
class Answers:
    """The equilibria of a game, as far as the judge knows them.

    ``known`` are equilibria; ``segments`` pairs of plays between which all are; ``irrational`` ones have intervals for
    weights. ``tried`` gives plays that `verify` may find to be equilibria. ``complete``: there are no others;
    ``connected``: there are, but any one quantity takes no value that it does not take along the segments.
    """

    game: Game
    known: Sequence[Any] = ()
    segments: Sequence[tuple[Any, Any]] = ()
    irrational: Sequence[Any] = ()
    tried: Callable[[], Iterator[Any]] = lambda: iter(())
    verify: Callable[[Any], bool] = lambda play: True
    complete: bool = True
    connected: bool = False


def answers(concept: str, game: Game) -> Answers:
    """The equilibria of the concept, by the definitions of this folder."""
    match game:
        case StrategicGame():
            return of_table(concept, game)
        case ExtensiveGame():
            return _of_tree(concept, game)
        case RepeatedGame():
            return Answers(game, rounds.triggers(game))
        case GraphModel():
            return Answers(game, conflicts.stable_states(game, concept))
    raise TypeError(type(game))


def of_table(concept: str, game: StrategicGame) -> Answers:
    match concept:
        case "pure-nash":
            profiles = strategic.pure_equilibria(game)
        case "payoff-dominant":
            profiles = strategic.payoff_dominant(game)
        case "rationalizable" | "dominance":
            profiles = list(product(*strategic.undominated(game).values()))
        case "risk-dominant":
            profiles = strategic.risk_dominant(game) or []
        case "correlated" | "coarse-correlated":
            return _of_mediator(concept, game)
        case _:
            return _mixed(concept, game)
    return Answers(game, [strategic.pure(game, profile) for profile in profiles])


def _mixed(concept: str, game: StrategicGame) -> Answers:
    if concept not in ("nash", "zero-sum", "trembling-hand"):
        raise ValueError(f"no judge for {concept}")
    if len(game.players) == 2:
        families = strategic.two_player_equilibria(game)
        irrational: Sequence[Any] = ()
        complete, connected = all(f.is_point or f.is_segment for f in families), True
    elif len(game.players) == 3 and all(len(own) == 2 for own in game.strategies.values()):
        three = strategic.three_player_equilibria(game)
        families, irrational, complete, connected = three.families, three.irrational, three.complete, False
    else:
        points = [strategic.pure(game, p) for p in strategic.pure_equilibria(game)]
        return Answers(game, points, complete=False)
    segments = [segment for family in families for segment in family.segments()]
    points = [vertex for family in families for vertex in family.vertices()]
    if concept == "trembling-hand":
        points += [strategic.between(start, end, Fraction(k, 4)) for start, end in segments for k in (1, 2, 3)]
        points = [play for play in points if strategic.is_perfect(game, play)]
        return Answers(game, points, complete=not segments)
    return Answers(game, points, segments, irrational, complete=complete, connected=connected)


def _of_mediator(concept: str, game: StrategicGame) -> Answers:
    """The corners of the polytope of correlated (or coarse correlated) equilibria, and the lines between them."""
    profiles = list(game.payoffs)
    bounded, sums_to_one = linear.probabilities(len(profiles))
    for k, player in enumerate(game.players):
        own = game.strategies[player]
        for told_one in own if concept == "correlated" else (None,):
            for other in own:
                gain = [
                    Fraction(game.payoffs[(*p[:k], other, *p[k + 1 :])][k]) - Fraction(game.payoffs[p][k])
                    if told_one in (None, p[k])
                    else Fraction(0)
                    for p in profiles
                ]
                if any(gain):
                    bounded.append([*gain, Fraction(0)])
    found = linear.corners(bounded, sums_to_one, len(profiles))
    plays = [Odds(dict(zip(profiles, x, strict=True))) for x in found]
    segments = [(plays[i], plays[j]) for i in range(len(plays)) for j in range(i)]
    return Answers(game, plays, segments, complete=len(plays) < 3, connected=True)


def _of_tree(concept: str, game: ExtensiveGame) -> Answers:
    if concept == "subgame-perfect" and game.has_perfect_information:
        plays = [trees.in_pure(game, plan) for _, plan in trees.pure_subgame_perfect(game)]
        return Answers(game, plays)
    verify: Mapping[str, Callable[[Any], bool]] = {
        "nash": lambda play: trees.is_nash(game, play),
        "subgame-perfect": lambda play: trees.is_subgame_perfect(game, play),
        "perfect-bayesian": lambda play: trees.supporting_beliefs(game, play) is not None,
    }
    return Answers(game, tried=lambda: trees.candidates(game), verify=verify[concept], complete=False)


# Is a claim true at a point?


@dataclass(frozen=True)
class Found:
    """Whether a claim is true at a point, None where that is open; and the play that shows it, if one does."""

    holds: bool | None
    shown_by: str = ""


@dataclass(frozen=True)
class Question:
    """A formula about the equilibria of some games: ``where`` says of which game each quantity is.

    ``by_ends``: where segments bound what the quantities can be, their ends alone decide, as in an order of two.
    """

    games: Sequence[Answers]
    point: Point
    formula: str
    where: Mapping[str, tuple[int, Quantity]]
    every: bool
    by_ends: bool = False

    def names(self, plays: Sequence[Any]) -> dict[str, Any]:
        values: dict[str, Any] = dict(self.point)
        for name, (k, quantity) in self.where.items():
            values[name] = told(self.games[k].game, plays[k], quantity)
        return values

    def distinct(self, k: int, plays: Sequence[Any]) -> list[Any]:
        """Of plays of game ``k`` at which the quantities are the same, one: ties make very many such."""
        asked = [quantity for j, quantity in self.where.values() if j == k]
        game = self.games[k].game
        return list({tuple(told(game, play, quantity) for quantity in asked): play for play in plays}.values())

    def truth(self, plays: Sequence[Any]) -> bool | None:
        return formulas.truth(self.formula, self.names(plays))


def settled(question: Question) -> Found:
    """Whether every equilibrium keeps the formula, or some does.

    One that breaks it (keeps it) is looked for among what is known, along segments, and among what may be one.
    """
    sought = not question.every
    complete = all(one.complete for one in question.games)
    for plays in _combined(question):
        told_here = question.truth(plays)
        if told_here is sought:
            return Found(sought, str(plays))
        complete = complete and told_here is not None
    along_all = True
    for start, end in _lines(question):
        line = _along(question, start, end)
        for t in line.holds if sought else line.fails:
            return Found(sought, f"{t} of the way from {start} to {end}")
        along_all = along_all and line.complete
    if len(question.games) == 1:
        (only,) = question.games
        complete = complete or (only.connected and len(question.where) == 1)
        for play in only.tried():
            if question.truth([play]) is sought and only.verify(play):
                return Found(sought, str(play))
    elif sum(bool(one.segments) for one in question.games) > 1:
        complete = False
    if question.by_ends and all(one.complete or one.connected for one in question.games):
        complete = True
    complete = complete and along_all
    return Found(not sought if complete else None)


def _combined(question: Question) -> Iterator[tuple[Any, ...]]:
    """One equilibrium of each game, in every combination."""
    games = question.games
    lists = (_listed(one, len(games) > 1) for one in games)
    yield from product(*(question.distinct(k, plays) for k, plays in enumerate(lists)))


def _listed(one: Answers, combined: bool) -> list[Any]:
    own = [*one.known, *one.irrational]
    if combined:
        own += [_between(start, end, Fraction(1, 2)) for start, end in one.segments]
        own += islice((play for play in one.tried() if one.verify(play)), MOST_COMBINED)
    return own


def _lines(question: Question) -> Iterator[tuple[list[Any], list[Any]]]:
    """Each segment of one of the games, with each equilibrium of the others."""
    games = question.games
    for k, one in enumerate(games):
        if not one.segments:
            continue
        others = [question.distinct(j, _listed(other, combined=True)) for j, other in enumerate(games) if j != k]
        for (start, end), still in product(one.segments, list(product(*others))):
            yield [*still[:k], start, *still[k:]], [*still[:k], end, *still[k:]]


def _between(start: Any, end: Any, t: Any) -> Any:
    if isinstance(start, Odds):
        return Odds({p: weight + (end.of[p] - weight) * t for p, weight in start.of.items()})
    return strategic.between(start, end, t)


def _along(question: Question, start: Sequence[Any], end: Sequence[Any]) -> formulas.Along:
    """The formula on the way from some plays to others, of which one moves."""

    def on_the_way(t: Any) -> list[Any]:
        return [s if s is e else _between(s, e, t) for s, e in zip(start, end, strict=True)]

    moving = formulas.Ratio((Fraction(0), Fraction(1)))
    named = question.names(on_the_way(moving))
    if any(isinstance(value, formulas.Interval) for value in named.values()):
        return formulas.Along([], [], complete=False)
    path = {name: formulas.ratio(value) for name, value in named.items()}
    return formulas.along(question.formula, lambda t: question.names(on_the_way(t)), path)


def at_point(claim: RandomClaim, point: Point, higher: Point | None = None) -> Found:
    """Whether the claim is true at the point; a monotone one between the point and the ``higher`` one."""
    games = [answers(claim.concept, model.game_at(point)) for model in claim.models]
    match claim.kind:
        case "exists":
            return _exists(games)
        case "unique":
            return _unique(games[0])
        case "monotone":
            assert higher is not None, "a monotone dependence is judged at two points"
            games.append(answers(claim.concept, claim.models[0].game_at(higher)))
            quantity = dict(claim.where or {})["q"]
            both = {"low": (0, quantity), "high": (1, quantity)}
            order = "low <= high" if claim.rising else "low >= high"
            return settled(Question(games, {}, order, both, every=True, by_ends=True))
    return settled(Question(games, point, claim.formula, where(claim), claim.kind == "every"))


def where(claim: RandomClaim) -> dict[str, tuple[int, Quantity]]:
    position = {model.name: k for k, model in enumerate(claim.models)}
    return {name: (position[given.get("model", claim.models[0].name)], given) for name, given in claim.where.items()}


def _exists(games: Sequence[Answers]) -> Found:
    verdicts: list[bool | None] = []
    for one in games:
        any_known = bool(one.known or one.segments or one.irrational)
        if any_known or any(one.verify(play) for play in one.tried()):
            verdicts.append(True)
        else:
            verdicts.append(False if one.complete else None)
    return Found(False if False in verdicts else None if None in verdicts else True)


def _unique(one: Answers) -> Found:
    first = None
    for play in _all_of(one):
        if first is not None and play != first:
            return Found(False, f"{first} and {play}")
        first = play
    if one.irrational:
        return Found(False if first or len(one.irrational) > 1 else None)
    return Found(True if one.complete else None)


def _all_of(one: Answers) -> Iterator[Any]:
    yield from one.known
    for start, end in one.segments:
        yield from (start, end)
    yield from (play for play in one.tried() if one.verify(play))
