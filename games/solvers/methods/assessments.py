"""Assessments of small trees: behaviour at every information set with the beliefs that make it rational there.

An assessment is sequentially rational if at every information set each action played pays most, given the beliefs
there and the play that follows. Two concepts differ in what beliefs they allow where play never arrives:
`games.solvers.refinements.perfect_bayesian` and `games.solvers.refinements.sequential`. Both are decided here support
by support: which actions are played at all fixes a system of polynomial (in)equalities in the probabilities and
beliefs, and an exact solver (Z3; Jovanović & de Moura 2012) finds a solution or proves that there is none.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from games.errors import InputError
from games.exact import counted
from games.forms.extensive import Chance, Decision, ExtensiveGame, InformationSet, Outcome, Path
from games.forms.reduced import check_perfect_recall
from games.play.payoffs import arrival, continuation_payoffs, reached
from games.play.regret import belief_regret
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, expired, remaining
from games.solvers.methods.supports import nonempty_subsets
from games.solvers.refinements.subgame_perfect import subgame_perfect

MOST_SUPPORTS = 20_000
"""The most support profiles that are gone through."""

SECONDS = 10
"""The time limit for one support."""

NUMERIC = Fraction(1, 10**12)
"""What an irrational assessment, rounded, may miss its conditions by."""

Supports = Mapping[str, tuple[str, ...]]
"""For each information set, the actions that are played."""

Values = dict[tuple[str, str], Any]
"""By information set and action: a number, or a term of the solver."""


@dataclass
class Problem:
    """One support profile as a question to the solver: its variables and what is asked of them."""

    game: ExtensiveGame
    supports: Supports
    solver: Any
    chances: Values = field(default_factory=dict)
    trembles: dict[tuple[str | Path, str], Any] = field(default_factory=dict)
    beliefs: dict[str, dict[Path, Any]] = field(default_factory=dict)

    def weight(self, path: Path, start: Path = ()) -> Any:
        """The probability of the path from ``start`` on; the product of weights where actions are not played."""
        total: Any = Fraction(1)
        for k in range(len(start), len(path)):
            total = _times(total, self.step(path[:k], path[k]))
        return total

    def step(self, path: Path, action: str) -> Any:
        """The probability of an action or event at ``path``, or its weight as a mistake where it is not played."""
        node = self.game.nodes[path]
        if isinstance(node, Chance):
            probability = Fraction(node.events[action][0])
            return probability if probability else self.trembles.get((path, action), probability)
        key = (self.game.information_set_at(path), action)
        return self.chances[key] if key in self.chances else self.trembles.get(key, Fraction(0))

    def plays(self, path: Path) -> bool:
        """Whether every action and event on the path has positive probability."""
        return all(self._possible(path[:k], path[k]) for k in range(len(path)))

    def _possible(self, path: Path, action: str) -> bool:
        node = self.game.nodes[path]
        if isinstance(node, Chance):
            return bool(node.events[action][0] != 0)
        return action in self.supports[self.game.information_set_at(path)]

    def plays_from(self, start: Path, path: Path) -> bool:
        """Whether the path goes on from ``start`` with positive probability."""
        return path[: len(start)] == start and all(
            self._possible(path[:k], path[k]) for k in range(len(start), len(path))
        )


BeliefRule = Callable[[Problem], Iterator[Problem]]
"""Given a problem with its probabilities in place, the ways to add beliefs at every information set."""


def assessments(game: ExtensiveGame, concept: str, rule: BeliefRule) -> Equilibria:
    """One assessment for each support profile that has any; a remark tells where more with the same support exist.

    Raises `InputError` for a tree with imperfect recall or with more than `MOST_SUPPORTS` support profiles.
    """
    check_perfect_recall(game)
    if game.has_perfect_information:
        # Every belief is certain, so an assessment is rational exactly if the play is subgame-perfect.
        return replace(subgame_perfect(game), concept=concept)
    sets = game.information_sets
    count = prod(2 ** len(s.actions) - 1 for s in sets.values())
    if count > MOST_SUPPORTS:
        raise InputError(
            f"the tree has {counted(count)} support profiles, more than the {MOST_SUPPORTS} that {concept} can go "
            "through; subgame-perfect or nash may still solve it"
        )
    import z3

    # A context of its own, so that an answer never depends on what was asked before.
    context = z3.Context()
    found: list[Equilibrium] = []
    remarks: list[str] = []
    exact = complete = True
    options = [nonempty_subsets(s.actions) for s in sets.values()]
    every = sorted(product(*options), key=lambda supports: sum(map(len, supports)))
    for number, supports in enumerate(every, start=1):
        if expired(f"support {number} of {counted(count)}"):
            remarks.append(STOPPED)
            complete = False
            break
        answer = _settled(_posed(game, dict(zip(sets, supports, strict=True)), context), rule)
        if answer is None:
            continue
        equilibrium, rational, unique = answer
        if equilibrium is None:
            remarks.append("a support could not be settled within its time limit")
            complete = False
            continue
        gains = belief_regret(game, equilibrium.strategies, equilibrium.beliefs)
        if max(gains.values()) > (0 if rational else NUMERIC):
            # Rational one choice at a time, as the system demands, is rational as a whole only if a player's beliefs
            # at its own later information sets follow from its earlier ones.
            remarks.append("an assessment that is rational at each information set but not as a whole was left out")
            complete = False
            continue
        found.append(equilibrium)
        exact = exact and rational
        if not unique:
            complete = False
            remarks.append(f"assessment {len(found)} is one of a continuum with the same actions played")
    if not exact:
        remarks.append(f"irrational probabilities are rounded; conditions hold within {float(NUMERIC):.0e}")
    return Equilibria(game, concept, tuple(found), complete, exact=exact, remarks=tuple(dict.fromkeys(remarks)))


def _settled(problem: Problem, rule: BeliefRule) -> tuple[Equilibrium | None, bool, bool] | None:
    """An equilibrium with its supports, whether its numbers are rational, and whether its play is the only one."""
    import z3

    unknown = False
    for variant in rule(problem):
        if not _demand_rationality(variant):
            continue
        answer = variant.solver.check()
        if answer == z3.sat:
            solution = variant.solver.model()
            equilibrium, rational = _read(variant, solution)
            variables = [v for v in variant.chances.values() if not isinstance(v, Fraction)]
            others = z3.Or([v != solution.eval(v, model_completion=True) for v in variables]) if variables else None
            unique = others is None or variant.solver.check(others) == z3.unsat
            return equilibrium, rational, unique
        unknown = unknown or answer == z3.unknown
    return (None, True, True) if unknown else None


def _posed(game: ExtensiveGame, supports: Supports, context: Any) -> Problem:
    """The variables for the probabilities of mixing information sets; a pure one has probability one."""
    import z3

    solver = z3.Solver(ctx=context)
    solver.set("timeout", int(1000 * min(SECONDS, remaining())))
    solver.set("ctrl_c", False)
    problem = Problem(game, supports, solver)
    for number, (name, played) in enumerate(supports.items()):
        if len(played) == 1:
            problem.chances[name, played[0]] = Fraction(1)
            continue
        variables = [z3.Real(f"p{number}_{k}", context) for k in range(len(played))]
        solver.add(z3.Sum(variables) == 1, *(v > 0 for v in variables))
        problem.chances.update({(name, action): v for action, v in zip(played, variables, strict=True)})
    return problem


def _demand_rationality(problem: Problem) -> bool:
    """Every action played pays as much as every other, given the beliefs at its information set.

    Returns whether that may be, which it may not where it comes down to numbers.
    """
    game = problem.game
    strategies = {
        name: {action: problem.chances.get((name, action), Fraction(0)) for action in s.actions}
        for name, s in game.information_sets.items()
    }
    value = _continuation(game, strategies)
    for name, information_set in game.information_sets.items():
        position = game.players.index(information_set.player)
        held = problem.beliefs[name]
        pays = {
            action: _sum(_times(weight, value[(*path, action)][position]) for path, weight in held.items())
            for action in information_set.actions
        }
        first = problem.supports[name][0]
        for action, amount in pays.items():
            if action == first:
                continue
            difference = _sum([pays[first], _times(Fraction(-1), amount)])
            holds = difference == 0 if action in problem.supports[name] else difference >= 0
            if holds is False:
                return False
            problem.solver.add(holds)
    return True


def _continuation(game: ExtensiveGame, strategies: Mapping[str, Mapping[str, Any]]) -> dict[Path, tuple[Any, ...]]:
    """What each player gets from each node on; numbers where everybody below is pure, else terms of the solver."""
    value: dict[Path, tuple[Any, ...]] = {}
    for path, node in reversed(list(game.nodes.items())):
        if isinstance(node, Outcome):
            value[path] = tuple(Fraction(payoff) for payoff in node.payoffs)
            continue
        if isinstance(node, Decision):
            weights = dict(strategies[game.information_set_at(path)])
        else:
            weights = {event: Fraction(probability) for event, (probability, _) in node.events.items()}
        value[path] = tuple(
            _sum(_times(weight, value[(*path, action)][k]) for action, weight in weights.items())
            for k in range(len(game.players))
        )
    return value


def _times(first: Any, second: Any) -> Any:
    """A product that stays a plain number as long as it can."""
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return first * second
    for one, other in ((first, second), (second, first)):
        if isinstance(one, Fraction):
            return one if one == 0 else other if one == 1 else one * other
    return first * second


def _sum(parts: Any) -> Any:
    number, terms = Fraction(0), []
    for part in parts:
        if isinstance(part, Fraction):
            number += part
        else:
            terms.append(part)
    if not terms:
        return number
    total = terms[0]
    for part in terms[1:]:
        total = total + part
    return total + number if number else total


def bayes(problem: Problem, information_set: InformationSet, start: Path) -> dict[Path, Any]:
    """Weights in proportion to the probabilities of the set's nodes from ``start`` on."""
    return {path: problem.weight(path, start) for path in information_set.paths if problem.plays_from(start, path)}


def _read(problem: Problem, solution: Any) -> tuple[Equilibrium, bool]:
    """The solver's values as an equilibrium, checked by plain arithmetic."""
    rational = [True]

    def number(value: Any) -> Fraction:
        import z3

        if isinstance(value, Fraction):
            return value
        read = solution.eval(value, model_completion=True)
        if z3.is_algebraic_value(read):
            rational[0] = False
            read = read.approx(30)
        return Fraction(read.numerator_as_long(), read.denominator_as_long())

    game = problem.game
    strategies = {
        name: {action: number(problem.chances.get((name, action), Fraction(0))) for action in s.actions}
        for name, s in game.information_sets.items()
    }
    beliefs = {}
    for name, held in problem.beliefs.items():
        weights = {path: number(weight) for path, weight in held.items()}
        total = sum(weights.values(), Fraction(0))
        every = game.information_sets[name].paths
        beliefs[name] = {path: weights.get(path, Fraction(0)) / total for path in every}
    _verify(game, strategies, beliefs, Fraction(0) if rational[0] else NUMERIC)
    payoffs = dict(zip(game.players, continuation_payoffs(game, strategies)[()], strict=True))
    shown = {name: held for name, held in beliefs.items() if len(held) > 1}
    if rational[0]:
        return Equilibrium(strategies, payoffs, tuple(reached(game, strategies)), shown), True
    in_floats = {name: {action: float(weight) for action, weight in mix.items()} for name, mix in strategies.items()}
    return (
        Equilibrium(
            in_floats,
            {player: float(value) for player, value in payoffs.items()},
            tuple(reached(game, in_floats)),
            {name: {path: float(weight) for path, weight in held.items()} for name, held in shown.items()},
        ),
        False,
    )


def _verify(
    game: ExtensiveGame,
    strategies: Mapping[str, Mapping[str, Fraction]],
    beliefs: Mapping[str, Mapping[Path, Fraction]],
    tolerance: Fraction,
) -> None:
    """The definition, checked anew: sequential rationality everywhere, and Bayes' rule where play arrives."""
    value = continuation_payoffs(game, strategies)
    arrives = arrival(game, strategies)
    for name, information_set in game.information_sets.items():
        position = game.players.index(information_set.player)
        pays = {
            action: sum((w * value[(*p, action)][position] for p, w in beliefs[name].items()), Fraction(0))
            for action in information_set.actions
        }
        best = max(pays.values())
        if any(weight and best - pays[action] > tolerance for action, weight in strategies[name].items()):
            raise AssertionError(f"an assessment was found that is not rational at {name}")
        total = sum((arrives[path] for path in information_set.paths), Fraction(0))
        if total and any(abs(arrives[p] / total - beliefs[name][p]) > tolerance for p in information_set.paths):
            raise AssertionError(f"an assessment was found whose beliefs at {name} break Bayes' rule")
