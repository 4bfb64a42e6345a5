"""Statements proved or refuted for every payoff that the premises allow.

A statement is about all parameter values within the model's ranges that satisfy its assumptions and the premises. It
is proved when an exact solver for polynomial inequalities (Z3; de Moura & Bjørner 2008) finds that no values break it,
and refuted by values that do, after the ordinary equilibrium solver has confirmed them. Anything else is unsettled.

Trees of perfect information are decided subgame by subgame: what a subgame may yield is a list of cases, each a set of
inequalities; cases that the premises exclude are dropped at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

import sympy

from games.errors import InputError, listed, quoted
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome, Path
from games.formulas import evaluate
from games.model import Model
from games.parameters import Parameter
from games.solvers.equilibria import solve

MOST_CASES = 20_000
SECONDS = 20
"""The time limit of one query to the solver of inequalities."""


@dataclass(frozen=True)
class Proved:
    """No admissible values break the statement; ``method`` says how that was established."""

    method: str

    def __str__(self) -> str:
        return f"proved ({self.method})"


@dataclass(frozen=True)
class Refuted:
    """The statement fails at these exact parameter values, as the equilibrium solver confirms."""

    at: dict[str, Fraction]

    def __str__(self) -> str:
        return "refuted at " + ", ".join(f"{name} = {value}" for name, value in self.at.items())


@dataclass(frozen=True)
class Unsettled:
    """Neither proved nor refuted, for this reason."""

    because: str

    def __str__(self) -> str:
        return f"unsettled: {self.because}"


Verdict: TypeAlias = Proved | Refuted | Unsettled


@dataclass(frozen=True)
class _Case:
    """One way to play a subgame: the margins that must be ≥ 0 for it to be an equilibrium, and what it pays."""

    margins: tuple[Any, ...]
    payoffs: tuple[Any, ...]


def never_played(model: Model, start: Path, play: Path, premises: Sequence[Any] = ()) -> Verdict:
    """Whether no subgame-perfect equilibrium of the subgame at ``start`` begins with the actions of ``play``.

    ``premises`` are sympy relations between the model's parameters; their ranges and the model's assumptions always
    hold. Mixed equilibria are covered: what has positive probability in one is played in a pure one, since the
    subgames below different actions are independent. A counterexample keeps as many parameters as it can at their
    defaults.

    Raises `InputError` for a model that is no tree of perfect information, an unknown path or parameter, or premises
    that contradict each other.
    """
    game = model.game
    if not isinstance(game, ExtensiveGame) or not game.has_perfect_information:
        raise InputError(f"{model.name} is no tree of perfect information, which this statement needs")
    if not play or (*start, *play) not in game.nodes:
        raise InputError(f"there is no path {listed((*start, *play)) or 'of no moves'} in {model.name}")
    constraints = _Constraints(model, premises)
    if not constraints.allow(()):
        raise InputError("the premises contradict each other or the model's ranges and assumptions")
    constraints.demand_positive(_chances(game, start, play))
    if not constraints.allow(()):
        return Proved("a chance event of the play has probability zero under the premises")
    search = _Search(game.players, constraints)
    doubts: list[Unsettled] = []
    try:
        for case in search.plays(game.nodes[start], play):
            verdict = _confirmed(model, start, play, constraints.point_near_defaults(case.margins))
            if isinstance(verdict, Refuted):
                return verdict
            doubts.append(verdict)
    except _TooManyCasesError:
        doubts.append(Unsettled(f"the subgame has more than {MOST_CASES} cases"))
    if doubts:
        return doubts[0]
    return Proved(f"every case contradicts the premises; {constraints.queries} exact queries")


def _confirmed(
    model: Model, start: Path, play: Path, point: dict[sympy.Symbol, Fraction] | Unsettled
) -> Refuted | Unsettled:
    """The refutation at ``point``, if the equilibrium solver finds the play there."""
    if isinstance(point, Unsettled):
        return point
    game = model.game_at(point)
    assert isinstance(game, ExtensiveGame)
    for equilibrium in solve(game.subgame(start), "subgame-perfect"):
        if any(outcome.path[: len(play)] == play for outcome in equilibrium.outcomes):
            return Refuted({symbol.name: value for symbol, value in point.items()})
    return Unsettled("a counterexample was found that the equilibrium solver does not confirm")


def _chances(game: ExtensiveGame, start: Path, play: Path) -> list[Any]:
    """The probabilities of the chance events in ``play``."""
    path, result = start, []
    for step in play:
        node = game.nodes[path]
        if isinstance(node, Chance):
            result.append(node.events[step][0])
        path = (*path, step)
    return result


class _TooManyCasesError(Exception):
    """A subgame has too many cases."""


class _Search:
    """The cases of the subgames of one tree; those that contradict the premises are dropped as they arise."""

    def __init__(self, players: tuple[str, ...], constraints: "_Constraints") -> None:
        self.players = players
        self.constraints = constraints
        self.known: dict[int, list[_Case]] = {}

    def cases(self, node: Node) -> list[_Case]:
        """Every way to play the subgame at ``node``."""
        if id(node) not in self.known:
            self.known[id(node)] = list(self._cases(node))
        return self.known[id(node)]

    def _cases(self, node: Node) -> Iterator[_Case]:
        match node:
            case Outcome(payoffs=payoffs):
                yield _Case((), payoffs)
            case Decision(actions=actions):
                for action in actions:
                    yield from self.plays(node, (action,))
            case Chance(events=events):
                yield from self._expected([(weight, self.cases(child)) for weight, child in events.values()])

    def plays(self, node: Node, play: Path) -> Iterator[_Case]:
        """Every way to play the subgame that begins with ``play``."""
        if not play:
            yield from self.cases(node)
        elif isinstance(node, Decision):
            mover = self.players.index(node.player)
            rivals = [self.cases(child) for action, child in node.actions.items() if action != play[0]]
            for own in self.plays(node.actions[play[0]], play[1:]):
                yield from self._against(own, mover, sorted(rivals, key=len))
        elif isinstance(node, Chance):
            branches = {event: self.cases(child) for event, (_, child) in node.events.items()}
            branches[play[0]] = list(self.plays(node.events[play[0]][1], play[1:]))
            yield from self._expected([(weight, branches[event]) for event, (weight, _) in node.events.items()])

    def _against(self, own: _Case, mover: int, rivals: list[list[_Case]]) -> Iterator[_Case]:
        """The ways in which the mover prefers ``own`` to whatever each rival action leads to."""
        if not rivals:
            yield own
            return
        for rival in rivals[0]:
            margins = _joined([own.margins, rival.margins, [own.payoffs[mover] - rival.payoffs[mover]]])
            if self.constraints.allow(margins):
                yield from self._against(_Case(margins, own.payoffs), mover, rivals[1:])

    def _expected(self, branches: Sequence[tuple[Any, list[_Case]]]) -> Iterator[_Case]:
        for number, chosen in enumerate(product(*(cases for _, cases in branches))):
            if number >= MOST_CASES:
                raise _TooManyCasesError
            margins = _joined(case.margins for case in chosen)
            if self.constraints.allow(margins):
                weighted = [(weight, case.payoffs) for (weight, _), case in zip(branches, chosen, strict=True)]
                payoffs = (sum(weight * each[k] for weight, each in weighted) for k in range(len(self.players)))
                yield _Case(margins, tuple(payoffs))


def _joined(margins: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    """All margins, each once, without those that are plain non-negative numbers."""
    every = dict.fromkeys(sympy.expand(margin) for part in margins for margin in part)
    return tuple(margin for margin in every if not (margin.is_number and margin >= 0))


class _Constraints:
    """The ranges, assumptions and premises of a statement, in the language of the solver of inequalities."""

    def __init__(self, model: Model, premises: Sequence[Any]) -> None:
        import z3

        # A context of its own, so that an answer never depends on what was asked before.
        self.context = z3.Context()
        self.model = model
        self.reals = {parameter.symbol: z3.Real(parameter.name, self.context) for parameter in model.parameters}
        self.solver = z3.Solver(ctx=self.context)
        self.solver.set("timeout", SECONDS * 1000)
        self.queries = 0
        self.known: dict[tuple[Any, ...], bool] = {}
        for parameter in model.parameters:
            variable = self.reals[parameter.symbol]
            self.solver.add(variable >= self._rational(parameter.low), variable <= self._rational(parameter.high))
        for assumption in model.assumptions:
            margin = self._translated(assumption.margin)
            self.solver.add(margin > 0 if assumption.is_strict else margin >= 0)
        for premise in premises:
            if premise == sympy.true:
                continue
            if not isinstance(premise, sympy.Rel) or premise.rel_op not in ("<=", "<", ">=", ">", "=="):
                raise InputError(f"the premise {quoted(premise)} is no inequality or equation between formulas")
            if unknown := premise.free_symbols - set(self.reals):
                raise InputError(f"the premise {premise} has the unknown parameter {sorted(map(str, unknown))[0]!r}")
            left, right = self._translated(premise.lhs), self._translated(premise.rhs)
            self.solver.add(
                {"<=": left <= right, "<": left < right, ">=": left >= right, ">": left > right, "==": left == right}[
                    premise.rel_op
                ]
            )

    def demand_positive(self, expressions: Iterable[Any]) -> None:
        """Adds that these expressions are > 0 to the premises."""
        self.solver.add(*(self._translated(expression) > 0 for expression in expressions))
        self.known.clear()

    def allow(self, margins: tuple[Any, ...]) -> bool:
        """Whether values with all margins ≥ 0 may exist; False only if there certainly are none."""
        import z3

        if margins not in self.known:
            if self.queries >= MOST_CASES:
                raise _TooManyCasesError
            self.queries += 1
            self.solver.push()
            self.solver.add(*(self._translated(margin) >= 0 for margin in margins))
            self.known[margins] = self.solver.check() != z3.unsat
            self.solver.pop()
        return self.known[margins]

    def point_near_defaults(self, margins: tuple[Any, ...]) -> dict[sympy.Symbol, Fraction] | Unsettled:
        """Exact values with all margins ≥ 0, strictly where possible, and parameters at or near their defaults.

        What is possible together is tried parameter by parameter, in their order.
        """
        import z3

        self.solver.push()
        try:
            translated = [self._translated(margin) for margin in margins]
            strictly = [margin > 0 for margin in translated]
            self.solver.add(*(strictly if self.solver.check(*strictly) == z3.sat else [m >= 0 for m in translated]))
            for parameter in self.model.parameters:
                self._settle_near_default(parameter)
            if self.solver.check() != z3.sat:
                return Unsettled(f"the solver of inequalities gave up after {SECONDS} seconds on a case")
            return self._read(self.solver.model(), margins)
        finally:
            self.solver.pop()

    def _settle_near_default(self, parameter: Parameter) -> None:
        """Fixes the parameter at its default, or at the nearest twentieth of its range that is still possible."""
        import z3

        variable = self.reals[parameter.symbol]
        step = (parameter.high - parameter.low) / 20
        values = [parameter.default] + [parameter.low + k * step for k in range(21)]
        for value in sorted(values, key=lambda v: abs(v - parameter.default)):
            if self.solver.check(variable == self._rational(value)) == z3.sat:
                self.solver.add(variable == self._rational(value))
                return

    def _read(self, solution: Any, margins: tuple[Any, ...]) -> dict[sympy.Symbol, Fraction] | Unsettled:
        """The solver's values as exact ones, after exact evaluation has confirmed them."""
        import z3

        point: dict[sympy.Symbol, Fraction] = {}
        for symbol, variable in self.reals.items():
            value = solution.eval(variable, model_completion=True)
            if not z3.is_rational_value(value):
                return Unsettled("a case holds only at irrational values, which were not verified exactly")
            point[symbol] = Fraction(value.numerator_as_long(), value.denominator_as_long())
        if any(evaluate(margin, point) < 0 for margin in margins) or self.model.broken(point):
            return Unsettled("the solver of inequalities gave values that exact evaluation does not confirm")
        return point

    def _rational(self, value: Fraction) -> Any:
        import z3

        return z3.Q(value.numerator, value.denominator, self.context)

    def _translated(self, expression: Any) -> Any:
        expression = sympy.sympify(expression)
        if expression.is_Symbol:
            return self.reals[expression]
        if expression.is_Rational:
            return self._rational(Fraction(int(expression.p), int(expression.q)))
        parts = [self._translated(part) for part in expression.args]
        if expression.is_Add:
            return sum(parts[1:], parts[0])
        if expression.is_Mul:
            result = parts[0]
            for part in parts[1:]:
                result = result * part
            return result
        if expression.is_Pow and expression.exp.is_Integer and expression.exp > 0:
            result = parts[0]
            for _ in range(int(expression.exp) - 1):
                result = result * parts[0]
            return result
        raise InputError(f"{expression} is no polynomial in the parameters; statements need polynomial payoffs")
