"""Sequential equilibria of small trees.

Definition: Kreps & Wilson (1982), Econometrica 50. Beliefs are consistent if they are limits of those that Bayes' rule
gives along completely mixed behaviour converging to the one played. That is so exactly if every action has a rank
(0 if played, else positive) and a positive weight (its probability if played), such that at every information set the
nodes believed possible are those whose path has the least total rank, believed in proportion to the products of their
weights (Kreps & Wilson's lemmas A1 and A2; Streufert 2012 on their gap). Ranks and weights are unknowns of the system.
A chance event of probability zero counts as a mistake of chance. So the equilibria are a union of pieces, one for each
way in which mistakes may be ranked (Blume & Zame 1994, Econometrica 62).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from typing import TypeAlias

from games.cases import Cases, Choice, Option, spelled
from games.exact import Number
from games.forms.extensive import Decision, ExtensiveGame, InformationSet, Outcome, Path
from games.forms.reduced import check_perfect_recall
from games.play.payoffs import Strategies
from games.play.quantities import Quantity
from games.play.regret import belief_regret
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, played_out
from games.solvers.methods.assessments import Believed, Problem, assessments
from games.solvers.methods.behaviour import OFF_PATH, Behaviour, belief_name
from games.solvers.methods.supports import nonempty_subsets
from games.solvers.refinements import subgame_perfect
from games.terms import (
    ONE,
    ZERO,
    Condition,
    Poly,
    Taken,
    above,
    at_least,
    denied,
    equal,
    every,
    product_of,
    some,
    total,
    var,
)

Step: TypeAlias = tuple[str | Path, str]
"""An action by its information set, or an event by the path to its chance move."""

POSSIBLE, EXCLUDED = "possible", "excluded"

MISTAKES = "mistakes may be ranked and weighted in many ways that come to the same beliefs"
"""Why ranks and weights are free."""


def cases(game: ExtensiveGame, asked: Sequence[Quantity]) -> Cases:
    """Behaviour, ranks and weights of mistakes, and the beliefs these give; nowhere a plan from there on pays more.

    Under perfect information every belief is certain: the cases are those of subgame perfection, in pure strategies.
    """
    if game.has_perfect_information:
        return subgame_perfect.cases(game, asked)
    play = Behaviour(game)
    mistakes = _Mistakes(play)
    for name, information_set in game.information_sets.items():
        held = mistakes.believed(name, information_set.paths)
        play.rational(f"at {name!r}", information_set.player, held, [name])
    return play.cases(asked)


class _Mistakes:
    """Ranks and weights of actions and events, written down as far as beliefs need them.

    A weight is at most one: multiplying each by a small number to the power of its rank changes no belief.
    """

    def __init__(self, play: Behaviour) -> None:
        self.play = play
        self.known: dict[Step, tuple[Poly, Poly]] = {}

    def of(self, path: Path, step: str) -> tuple[Poly, Poly]:
        """The rank and the weight of a step: none and its probability where it has one."""
        node = self.play.game.nodes[path]
        assert not isinstance(node, Outcome)
        key: Step = (self.play.named.get(path, path), step)
        if key not in self.known:
            odds = self.play.odds(path, step)
            if isinstance(node, Decision):
                happens = self.play.at[self.play.named[path]].played[step] if len(node.actions) > 1 else True
            else:
                happens = above(odds, 0)
            self.known[key] = self._ranked(key, odds, happens)
        return self.known[key]

    def _ranked(self, key: Step, odds: Poly, happens: Condition) -> tuple[Poly, Poly]:
        if happens is True:
            return ZERO, odds
        draft = self.play.draft
        rank = draft.unknown(_rank_name(key), 0, None, MISTAKES)
        weight = draft.unknown(_weight_name(key), 0, 1, MISTAKES)
        draft.bound.append(some([denied(happens), every([equal(rank, 0), equal(weight, odds)])]))
        draft.bound.append(some([happens, every([at_least(rank, 1), above(weight, 0)])]))
        return rank, weight

    def believed(self, name: str, paths: Sequence[Path]) -> dict[Path, Poly]:
        """The beliefs at an information set: the nodes of least rank, in proportion to their weights."""
        if len(paths) == 1:
            return {paths[0]: ONE}
        draft = self.play.draft
        steps = {path: [self.of(path[:k], path[k]) for k in range(len(path))] for path in paths}
        least = draft.unknown(f"least rank at {name!r}", 0, None, MISTAKES)
        held = {path: draft.unknown(belief_name(name, path), 0, 1, OFF_PATH) for path in paths}
        shares: dict[Path, Poly] = {}
        possible: list[Condition] = []
        for path in paths:
            place, share = self._place(path, name), f"share of {spelled(path)} at {name!r}"
            rank, weight = total(rank for rank, _ in steps[path]), product_of(weight for _, weight in steps[path])
            shares[path] = var(share)
            believed = Option(equal(rank, least), {share: weight})
            excluded = Option(at_least(rank, least + 1), {share: ZERO})
            draft.choices.append(Choice(place, {POSSIBLE: believed, EXCLUDED: excluded}))
            possible.append(Taken(place, POSSIBLE))
            draft.implied.append(some([possible[-1], equal(held[path], 0)]))
        draft.conditions.append(some(possible))
        together = total(shares.values())
        draft.bound += [equal(total(held.values()), 1)]
        draft.bound += [equal(held[path] * together, shares[path]) for path in paths]
        return held

    def _place(self, path: Path, name: str) -> str:
        """A name for the choice whether the node is believed possible, which no information set has."""
        place = f"{spelled(path)} at {name!r}"
        while place in self.play.game.information_sets:
            place += "'"
        return place


def _rank_name(step: Step) -> str:
    return f"rank of {step[1]!r} at {step[0]!r}"


def _weight_name(step: Step) -> str:
    return f"weight of {step[1]!r} at {step[0]!r}"


def witness(game: ExtensiveGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The assessment, if no plan from anywhere on pays more, and ranks and weights give the beliefs."""
    beliefs = {
        name: {path: values[belief_name(name, path)] for path in s.paths}
        for name, s in game.information_sets.items()
        if len(s.paths) > 1
    }
    if any(belief_regret(game, strategies, beliefs).values()):
        return None
    for held in beliefs.values():
        steps = {
            path: [_mistake(game, strategies, values, path[:k], path[k]) for k in range(len(path))] for path in held
        }
        if any(
            rank < 0 or (rank == 0) != happens or weight <= 0 for way in steps.values() for rank, weight, happens in way
        ):
            return None
        ranks = {path: sum(rank for rank, _, _ in way) for path, way in steps.items()}
        least = min(ranks.values())
        likely = {path: prod(weight for _, weight, _ in steps[path]) * (ranks[path] == least) for path in held}
        if sum(held.values()) != 1 or any(held[path] * sum(likely.values()) != likely[path] for path in held):
            return None
    return replace(played_out(game, strategies), beliefs=beliefs)


def _mistake(
    game: ExtensiveGame, strategies: Strategies, values: Mapping[str, Number], path: Path, step: str
) -> tuple[Number, Number, bool]:
    """The rank and the weight of a step, and whether it has any probability, which then is its weight."""
    node = game.nodes[path]
    assert not isinstance(node, Outcome)
    name: str | Path = game.information_set_at(path) if isinstance(node, Decision) else path
    odds = Fraction(strategies[str(name)][step] if isinstance(node, Decision) else node.events[step][0])
    key: Step = (name, step)
    if odds:
        return values.get(_rank_name(key), 0), odds, True
    return values[_rank_name(key)], values[_weight_name(key)], False


def exists_because(game: ExtensiveGame) -> str:
    """Why there is one. Raises `InputError` for imperfect recall, under which there may be none."""
    check_perfect_recall(game)
    return "every finite game with perfect recall has one: Kreps & Wilson (1982)"


@solution_concept(
    "sequential",
    form=ExtensiveGame,
    cases=cases,
    exists_because=exists_because,
    witness=witness,
    of_pure_play=subgame_perfect.of_pure_play,
)
def sequential(game: ExtensiveGame) -> Equilibria:
    """One assessment for each way to choose which actions are played, with the consistent beliefs that support it.

    Complete when every one of them is the only one with its actions played. Raises `InputError` for imperfect recall or
    a tree too large to go through.
    """

    return assessments(game, "sequential", _Consistent(game))


@dataclass(frozen=True)
class _Consistent:
    """Beliefs that mistakes give: the nodes of least rank, in proportion to their weights."""

    game: ExtensiveGame

    def believed(self, problem: Problem, information_set: InformationSet) -> Iterator[Believed]:
        paths = information_set.paths
        if played := [path for path in paths if problem.plays_from((), path)]:
            yield Believed({path: problem.weight(path) for path in played})
            return
        ranks = {path: total(var(f"r{problem.numbers[step]}") for step in problem.mistakes(path)) for path in paths}
        for least in nonempty_subsets(paths):
            first = ranks[least[0]]
            tied = [equal(ranks[path], first) for path in least[1:]]
            above_it = [above(ranks[path], first) for path in paths if path not in least]
            yield Believed({path: problem.weight(path) for path in least}, (*tied, *above_it))

    def agree(self, problem: Problem, earlier: InformationSet, later: InformationSet) -> bool:
        """They always do: a player's own mistakes weigh the same on every path to its later information set."""
        return True
