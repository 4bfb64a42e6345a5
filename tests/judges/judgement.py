"""The judgement of a verdict on a claim: does what was proved hold, and does what was refuted fail, by the definitions?

A proof is contradicted by one admissible point at which the claim fails, a refutation by its own point if the claim
does not fail there. What the judge cannot decide counts as open and contradicts nothing.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational
from typing import Any

from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.strategic import StrategicGame
from judges import conflicts, rounds, strategic, trees
from judges.described import Point, RandomClaim
from judges.quantities import Odds
from judges.truths import Answers, Question, at_point, of_table, where


@dataclass
class Judgement:
    """What is wrong with a verdict, if anything; and at how many points the judge left open whether it is right."""

    wrong: str = ""
    looked_at: int = 0
    left_open: int = 0


def judged(claim: RandomClaim, verdict: Any, points: int = 12) -> Judgement:
    """Whether the verdict of the toolkit on the claim stands; "unsettled" always does."""
    match verdict.verdict:
        case "proved":
            return _proof(claim, points)
        case "refuted":
            return _refutation(claim, verdict)
    return Judgement()


def _proof(claim: RandomClaim, points: int) -> Judgement:
    result = Judgement()
    for point, higher in _sampled(claim, points):
        found = at_point(claim, point, higher)
        result.looked_at += 1
        result.left_open += found.holds is None
        if found.holds is False:
            result.wrong = f"proved, and false at {_shown(point)}{f' against {_shown(higher)}' if higher else ''}: " + (
                found.shown_by or "no equilibrium is as claimed"
            )
            break
    return result


def _sampled(claim: RandomClaim, points: int) -> Iterator[tuple[Point, Point | None]]:
    """Admissible points of the grid of quarters, a few beside it, and for a monotone dependence pairs of them."""
    rng = random.Random(f"points of {claim.form} {claim.number}")
    every = claim.admissible()
    rng.shuffle(every)
    every = every[: points * (3 if claim.kind == "monotone" else 1)]
    for _ in range(4 * points):
        point = {name: _inside(rng, *claim.range_of(name)) for name in claim.names}
        if len(every) < points + points // 3 and claim.is_admissible(point):
            every.append(point)
    if claim.kind != "monotone":
        yield from ((point, None) for point in every)
        return
    given = 0
    for point in every:
        low, high = claim.range_of(claim.parameter)
        steps = sorted({low, high, *(low + (high - low) * Fraction(k, 4) for k in range(5))})
        for greater in steps:
            moved = {**point, claim.parameter: greater}
            if given < 2 * points and greater > point[claim.parameter] and claim.is_admissible(moved):
                given += 1
                yield point, moved


def _inside(rng: random.Random, low: Fraction, high: Fraction) -> Fraction:
    return low + (high - low) * Fraction(rng.randint(0, 12), 12)


def _shown(point: Point) -> str:
    return ", ".join(f"{name} = {value}" for name, value in point.items())


def _refutation(claim: RandomClaim, verdict: Any) -> Judgement:
    result = Judgement(looked_at=1)
    given = dict(verdict.at)
    if not all(isinstance(value, Rational) for value in given.values()):
        result.left_open = 1
        return result
    defaults = {name: model.ranges[name][0] for model in claim.models for name in model.ranges}
    point = {name: Fraction(given.pop(name, defaults[name])) for name in claim.names}
    higher = None
    if claim.kind == "monotone":
        if len(given) != 1:
            result.wrong = f"a refuted monotone dependence names one greater value; given besides are {given}"
            return result
        higher = {**point, claim.parameter: Fraction(next(iter(given.values())))}
        if higher[claim.parameter] <= point[claim.parameter]:
            result.wrong = f"{claim.parameter} is not greater: {_shown(point)}, then {_shown(higher)}"
    for at in (point, higher):
        if at is not None and not claim.is_admissible(at):
            result.wrong = f"refuted at {_shown(at)}, which the premises or the ranges of the models do not allow"
    if result.wrong:
        return result
    games = [model.game_at(at) for at in (point, higher) if at is not None for model in claim.models]
    named = [read(claim.concept, game, e) for game, e in zip(_each(claim, games), verdict.equilibria, strict=False)]
    if named and None not in named:
        result.wrong = _named(claim, point, games, named)
        # Of a claim about some equilibrium nothing but that there is none refutes it, whatever is named.
        if result.wrong or claim.kind not in ("some", "exists"):
            return result
    found = at_point(claim, point, higher)
    result.left_open = found.holds is None
    result.wrong = f"refuted, and true at {_shown(point)} {found.shown_by}" if found.holds else ""
    return result


def _each(claim: RandomClaim, games: Sequence[Game]) -> Iterator[Game]:
    """The games that the equilibria of a refutation are of: two of one game where several were denied."""
    while claim.kind == "unique":
        yield games[0]
    yield from games


@dataclass(frozen=True)
class Named:
    """An equilibrium that a refutation names: the play, and whether the definition confirms it."""

    play: Any
    is_one: bool
    shown: str


def _named(claim: RandomClaim, point: Point, games: Sequence[Game], named: Sequence[Named]) -> str:
    """What is wrong with a refutation by equilibria; nothing if they are ones, and the claim fails at them."""
    for one in named:
        if not one.is_one:
            return f"refuted at {_shown(point)} by what is no equilibrium of {claim.concept}: {one.shown}"
    if claim.kind == "unique":
        if len(named) < 2:
            return "refuted uniqueness names fewer than two equilibria"
        same = named[0].play == named[1].play
        return f"refuted uniqueness by one equilibrium twice: {named[0].shown}" if same else ""
    if claim.kind in ("some", "exists"):
        return ""
    if len(named) < len(games):
        return f"refuted by {len(named)} equilibria; the claim is about {len(games)} games"
    known = [Answers(game, [one.play]) for game, one in zip(games, named, strict=True)]
    if claim.kind == "monotone":
        quantity = dict(claim.where or {})["q"]
        both = {"low": (0, quantity), "high": (1, quantity)}
        question = Question(known, {}, "low <= high" if claim.rising else "low >= high", both, every=True)
    else:
        question = Question(known, point, claim.formula, where(claim), every=True)
    holds = question.truth([one.play for one in named])
    shown = "; ".join(one.shown for one in named)
    return f"refuted at {_shown(point)} by an equilibrium that keeps the conclusion: {shown}" if holds else ""


def read(concept: str, game: Game, equilibrium: Any) -> Named | None:
    """The play that an equilibrium of the toolkit names, and whether it is one; None for numbers in floats."""
    strategies = {who: dict(mix) for who, mix in equilibrium.strategies.items()}
    if any(isinstance(weight, float) for mix in strategies.values() for weight in mix.values()):
        return None
    shown = str(strategies)
    match game:
        case StrategicGame() if concept in ("correlated", "coarse-correlated"):
            odds = {tuple(reached.path): Fraction(reached.probability) for reached in equilibrium.outcomes}
            check = strategic.is_correlated if concept == "correlated" else strategic.is_coarse_correlated
            return Named(Odds(odds), check(game, odds), str(odds))
        case StrategicGame():
            play = {
                who: {own: Fraction(strategies[who].get(own, 0)) for own in game.strategies[who]}
                for who in game.players
            }
            return Named(play, _is_in_table(concept, game, play), shown)
        case ExtensiveGame():
            behaviour = _behaviour(game, strategies)
            return (
                None
                if behaviour is None
                else Named(behaviour, _is_in_tree(concept, game, behaviour, equilibrium), shown)
            )
        case RepeatedGame():
            trigger = rounds.read(game, strategies)
            return Named(trigger, rounds.is_held_up(game, trigger), shown)
        case GraphModel():
            states = {state for mix in strategies.values() for state, weight in mix.items() if weight}
            (state,) = states
            return Named(state, state in conflicts.stable_states(game, concept), shown)
    raise TypeError(type(game))


def _is_in_table(concept: str, game: StrategicGame, play: strategic.Play) -> bool:
    match concept:
        case "nash":
            return strategic.is_nash(game, play)
        case "trembling-hand":
            return strategic.is_perfect(game, play)
        case "zero-sum":
            return strategic.is_nash(game, play) and len({sum(map(Fraction, r)) for r in game.payoffs.values()}) == 1
    return play in of_table(concept, game).known


def _is_in_tree(concept: str, game: ExtensiveGame, behaviour: trees.Behaviour, equilibrium: Any) -> bool:
    match concept:
        case "nash":
            return trees.is_nash(game, behaviour)
        case "subgame-perfect":
            return trees.is_subgame_perfect(game, behaviour)
        case "perfect-bayesian" if equilibrium.beliefs:
            return trees.is_perfect_bayesian(game, behaviour, equilibrium.beliefs)
        case "perfect-bayesian":
            return trees.supporting_beliefs(game, behaviour) is not None
    raise ValueError(f"no judge for {concept}")


def _behaviour(game: ExtensiveGame, strategies: Mapping[str, Mapping[str, Any]]) -> trees.Behaviour | None:
    """Behaviour by information set as it is; from mixtures of plans, labelled by their actions, as they amount to it.

    Where a player's own plans never come, its first action stands, which no Nash equilibrium hangs on.
    """
    sets = game.information_sets
    if set(strategies) == set(sets):
        return {name: {a: Fraction(strategies[name].get(a, 0)) for a in s.actions} for name, s in sets.items()}
    if set(strategies) != set(game.players):
        return None
    form = trees.normal_form(game)
    mixed: dict[str, dict[str, Fraction]] = {}
    for player, own in form.strategies.items():
        labels = {}
        for label, plan in own.items():
            met = [
                name
                for name in sets
                if name in plan and all(plan[s] == a for s, a in trees.own_past(game, sets[name].paths[0], player))
            ]
            labels["/".join(plan[name] for name in met) or "(none)"] = label
        if len(labels) < len(own) or not set(strategies[player]) <= set(labels):
            return None
        mixed[player] = {labels[label]: Fraction(weight) for label, weight in strategies[player].items()}
    found = trees.as_behaviour(form, mixed)
    return {
        name: mix if mix is not None else {a: Fraction(a == sets[name].actions[0]) for a in sets[name].actions}
        for name, mix in found.items()
    }
