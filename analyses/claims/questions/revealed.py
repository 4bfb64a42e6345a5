"""What observed play reveals of the payoffs, if it is part of an equilibrium.

Every equilibrium in which the play has positive probability satisfies inequalities in the parameters. Together with the
ranges, assumptions and premises they confine each parameter, and each formula in them, to a range: revealed preference
(Samuelson 1938, Economica 5) for games (Sprumont 2000, Journal of Economic Theory 93). All cases of equilibrium are
asked at once. Where the inequalities are linear, the ends of the range are exact; elsewhere an end may be enclosed
between a bound that is proved and a value that is reached.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from time import perf_counter
from typing import Any, TypeAlias

import sympy

from analyses.claims.claim import Claim
from analyses.claims.conclusions import Holds
from analyses.claims.setting import Setting
from analyses.proof.questions import Answer, Effort, Least, Questions
from analyses.proof.solver import StuckError
from games.errors import InputError, listed, quoted
from games.exact import readable
from games.forms.extensive import Decision, ExtensiveGame, Outcome, Path
from games.forms.game import Game
from games.forms.strategic import StrategicGame
from games.formulas.allowed import objection
from games.formulas.polynomials import ORDERS, Reader, Way
from games.formulas.relations import Related, Relation, Sign, every, in_words
from games.model import Model
from games.play.quantities import Chosen, Quantity, Reach, check_quantity, quantity_words
from games.solvers.limits import OutOfTimeError, expired, time_limit
from games.tables import Cell, Table, Tabular
from games.terms import Condition, holds, names_in, quotient_sign, some
from games.terms import every as every_condition

LOOK = Effort(linear=50_000_000, nonlinear=400_000, core=20_000, cases=500, hard=5)
"""What one question may cost; an end that is not had exactly takes some fifteen."""

CLOSE = Fraction(1, 10_000)
"""How closely an end that is not had exactly is enclosed, in parts of the range without the observation."""

Play: TypeAlias = Path | Mapping[str, str]


@dataclass(frozen=True)
class End:
    """One end of a range. Beyond ``value`` there is nothing: that is proved. ``reached`` is a value that does occur.

    Where the two are equal, the end belongs to the range. ``exact``: ``value`` is the end itself, reached or (None)
    only approached; else the end lies between the two, and either may be missing.
    """

    value: Fraction | None
    reached: Fraction | None
    exact: bool

    @property
    def closed(self) -> bool:
        return self.exact and self.reached is not None


@dataclass(frozen=True)
class RevealedRange:
    """The values of one parameter or formula that allow the observed play, and those that are admissible at all."""

    name: str
    formula: str
    low: End
    high: End
    before: tuple[End, End]

    @property
    def narrowed(self) -> tuple[bool, bool]:
        """Whether the play says more of the lower end, and of the upper one, than was known without it."""
        return _tells(self.low, self.before[0]), _tells(self.high, self.before[1])


def _tells(after: End, before: End) -> bool:
    if after.value is None:
        return False
    return after.value != before.value or (after.exact and before.closed and not after.closed)


@dataclass(frozen=True, repr=False)
class Revealed(Tabular):
    """The ranges of parameters and formulas for which the observed play is part of some equilibrium.

    >>> from analyses.claims import revealed
    >>> from games.catalog import load
    >>> found = revealed(load("conflict-expectations"), ("Demand", "Concede"), parameters=["D"])
    >>> found.model.name, found.concept
    ('conflict-expectations', 'subgame-perfect')
    """

    model: Model
    concept: str
    observed: tuple[Quantity, ...]
    premises: tuple[Relation, ...]
    ranges: tuple[RevealedRange, ...]
    remarks: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    def __getitem__(self, name: str) -> RevealedRange:
        for one in self.ranges:
            if one.name == name:
                return one
        raise InputError(f"no range of {quoted(name)} was asked for; there are {listed(r.name for r in self.ranges)}")

    @property
    def play(self) -> str:
        """The observed play in words."""
        return " and ".join(_in_words(self.model, quantity) for quantity in self.observed)

    def findings(self) -> tuple[str, ...]:
        """What the play requires, in sentences, and what it leaves open."""
        sentences = []
        for one in self.ranges:
            parts = []
            for end, was, lower in ((one.low, one.before[0], True), (one.high, one.before[1], False)):
                if one.narrowed[0 if lower else 1]:
                    parts.append(f"{_said(end, lower)} ({_known(was)} without the observation)")
            if parts:
                sentences.append(
                    f"For “{self.play}” to be played in some {self.concept} equilibrium, {one.name} must be "
                    f"{' and '.join(parts)}."
                )
        if silent := [one.name for one in self.ranges if not any(one.narrowed)]:
            sentences.append(f"Taken alone, the play narrows no range of {listed(silent)}.")
        return (*sentences, *self.remarks)

    def table(self) -> Table:
        """One row for each range."""
        rows = tuple(
            (
                Cell(one.name),
                Cell(one.formula),
                Cell(_written(one.low, one.high), marked=any(one.narrowed)),
                Cell(_written(*one.before)),
                Cell("exact" if one.low.exact and one.high.exact else "numeric"),
            )
            for one in self.ranges
        )
        header = ("Range of", "Formula", "With the play", "Without", "Ends")
        return Table(header, rows, numeric=frozenset({2, 3}), caption=self.play)

    def as_json(self) -> dict[str, object]:
        """The result as plain data, numbers as exact text."""

        def plain(end: End) -> dict[str, object]:
            texts = {"value": end.value, "reached": end.reached}
            return {**{k: None if v is None else str(v) for k, v in texts.items()}, "exact": end.exact}

        return {
            "model": self.model.name,
            "concept": self.concept,
            "observed": [quantity_words(quantity) for quantity in self.observed],
            "premises": [in_words(premise) for premise in self.premises],
            "ranges": [
                {
                    "name": one.name,
                    "formula": one.formula,
                    "low": plain(one.low),
                    "high": plain(one.high),
                    "before": [plain(end) for end in one.before],
                }
                for one in self.ranges
            ],
            "remarks": list(self.remarks),
        }

    def __repr__(self) -> str:
        return "\n".join(self.findings())

    def _repr_html_(self) -> str:
        from html import escape

        return self.table().html() + "".join(f"<p>{escape(remark)}</p>" for remark in self.remarks)


def _said(end: End, lower: bool) -> str:
    assert end.value is not None
    if end.exact:
        words = ("at least", "more than") if lower else ("at most", "less than")
        return f"{words[0 if end.closed else 1]} {readable(end.value)}"
    bound = f"{'above' if lower else 'below'} {float(end.value):.6g}"
    return bound if end.reached is None else f"{bound} (numeric: {float(end.reached):.6g} is possible)"


def _known(end: End) -> str:
    if end.value is None:
        return "not known"
    return readable(end.value) if end.exact else f"about {float(end.value):.6g}"


def _written(low: End, high: End) -> str:
    left = "[" if low.closed else "("
    right = "]" if high.closed else ")"
    return f"{left}{_known(low)}, {_known(high)}{right}"


def revealed(
    model: Model,
    observed: Play | Sequence[Play],
    concept: str | None = None,
    parameters: Sequence[str] | None = None,
    differences: Mapping[str, Any] | Sequence[Any] = (),
    premises: Sequence[Any] = (),
    seconds: float | None = None,
) -> Revealed:
    """The ranges of parameters and formulas for which some equilibrium plays as ``observed``.

    ``observed`` is a path through the tree, or choices by information set (in a game in strategic form: strategies by
    player), or a list of such that all have positive probability in the same equilibrium. In a tree, choices may be
    given by player where just one play has them as the players' first. ``parameters`` are all unless named;
    ``differences`` are further formulas, by name or plain. The work is bounded in steps; with a time limit in
    ``seconds`` ranges may be missing, and a remark then says so.

    >>> from analyses.claims import revealed
    >>> from games.catalog import load
    >>> revealed(load("conflict-expectations"), ("Demand", "Concede"), parameters=["D"])
    Taken alone, the play narrows no range of D.

    Raises `InputError` for what the game does not have, for premises that contradict each other, the ranges or the
    assumptions, and for play that is part of no equilibrium anywhere.
    """
    started = perf_counter()
    quantities = tuple(_quantities(model.game, observed))
    formulas = _formulas(model, parameters, differences)
    symbols = sympy.symbols(f"played:{len(quantities)}")
    said = Holds(every(Related(symbol, ">", 0) for symbol in symbols), dict(zip(symbols, quantities, strict=True)))
    claim = Claim("revealed", "What was observed is played.", model, said, tuple(premises), concept or "", every=False)
    with time_limit(seconds):
        ranges, remarks = _Bounds(claim, quantities).of(formulas)
    return Revealed(
        model, claim.concept, quantities, claim.premises, ranges, remarks, seconds=perf_counter() - started
    )  # fmt: skip


def _quantities(game: Game, observed: Any) -> Iterator[Quantity]:
    plays = [observed]
    if not isinstance(observed, Mapping | str) and not all(isinstance(step, str) for step in observed):
        plays = list(observed)
    for play in plays:
        if isinstance(play, str) or not play:
            raise InputError(f'the observed play is {quoted(play)}; give a path such as ("Full", "Patrol"), or choices')
        quantity = _quantity(game, play)
        check_quantity(quantity, game)
        yield quantity


def _quantity(game: Game, play: Play) -> Quantity:
    if not isinstance(play, Mapping):
        if isinstance(game, StrategicGame):
            if len(play) != len(game.players):
                raise InputError(
                    f"a profile names a strategy for each of {listed(game.players)}; given were {len(play)}"
                )
            return Chosen(dict(zip(game.players, play, strict=True)))
        return Reach(tuple(play))
    if not isinstance(game, ExtensiveGame) or not set(play) <= set(game.players):
        return Chosen(dict(play))
    paths = list(_first_choices(game, play))
    if len(paths) != 1:
        found = "; ".join(", ".join(path) for path in paths) or "none"
        raise InputError(f"the choices {listed(play.values())} do not single out one play ({found}); give its path")
    return Reach(paths[0])


def _first_choices(game: ExtensiveGame, play: Mapping[str, str]) -> Iterator[Path]:
    """The shortest paths on which the first action of each player named is the one given."""

    def follow(path: Path, open_players: frozenset[str]) -> Iterator[Path]:
        if not open_players:
            yield path
            return
        node = game.nodes[path]
        if isinstance(node, Outcome):
            return
        for step in node.actions if isinstance(node, Decision) else node.events:
            if isinstance(node, Decision) and node.player in open_players:
                if step == play[node.player]:
                    yield from follow((*path, step), open_players - {node.player})
            else:
                yield from follow((*path, step), open_players)

    yield from follow((), frozenset(play))


def _formulas(model: Model, parameters: Sequence[str] | None, differences: Any) -> dict[str, Any]:
    """What ranges are sought of, by name."""
    found: dict[str, Any] = {}
    for name in model.by_name if parameters is None else parameters:
        if name not in model.by_name:
            raise InputError(f"{model.name} has no parameter {quoted(name)}; it has {listed(model.by_name)}")
        found[name] = model.by_name[name].symbol
    named = differences.items() if isinstance(differences, Mapping) else ((str(f), f) for f in differences)
    known = {parameter.symbol for parameter in model.parameters}
    for name, formula in named:
        if not isinstance(formula, sympy.Expr) or not formula.free_symbols:
            raise InputError(f"the difference {quoted(name)} is {quoted(formula)}; give a formula in the parameters")
        if unknown := sorted(map(str, formula.free_symbols - known)):
            raise InputError(
                f"the difference {quoted(name)} has the unknown parameter {quoted(unknown[0])}; known are "
                f"{listed(model.by_name)}"
            )
        if said := objection(formula):
            raise InputError(f"the difference {quoted(name)} {said}")
        found[name] = formula
    return found


class _Height:
    """A formula, or for an upper end its negative: what the least value is sought of.

    Written as `Way`s, so that quotients and minima need no variable of their own.
    """

    def __init__(self, formula: Any, upper: bool = False) -> None:
        self.sign = -1 if upper else 1
        self.ways: tuple[Way, ...] = tuple(replace(way, num=self.sign * way.num) for way in Reader().ways(formula))

    def stands(self, said: Sign, number: Fraction) -> Condition:
        """That it is as the sign says to the number; where the formula has no value it is not."""
        op, order = ORDERS[said]
        return some(
            every_condition([way.guard, quotient_sign(order * (way.num - number * way.den), way.den, op)])
            for way in self.ways
        )

    def at(self, answer: Answer) -> Fraction | None:
        """Its value at what was found; None if that is irrational, or nothing was found."""
        for way in self.ways:
            point = answer.point(sorted(names_in(way.guard) | way.num.names | way.den.names))
            if answer.is_yes and point is not None and holds(way.guard, point) and (below := way.den.at(point)):
                return Fraction(way.num.at(point), below)
        return None

    def least(self, questions: Questions, condition: Condition) -> Least | None:
        """A bound of it below that is proved, where the condition holds; None if none was found."""
        found = []
        for way in self.ways:
            least = _least_of(way, questions, condition)
            if least is not None:
                found.append(least)
            elif not questions.ask(condition, way.guard, effort=LOOK).is_no:
                return None
        # Of those at the bound one that is known to reach it decides, then one known not to.
        return min(found, key=lambda one: (one.value, not (one.exact and one.attained), not one.exact), default=None)


def _least_of(way: Way, questions: Questions, condition: Condition) -> Least | None:
    if (divisor := way.den.constant) is not None:
        return questions.least(way.num * (1 / Fraction(divisor)), condition, way.guard, effort=LOOK)
    above, below = questions.relaxed.range_of(way.num), questions.relaxed.range_of(way.den)
    if above is None or below is None:
        return None
    (lesser, greater), (low, high) = above, below
    if high <= 0:
        lesser, greater, low, high = -greater, -lesser, -high, -low
    if low > 0:
        return Least(min(Fraction(lesser, low), Fraction(lesser, high)), attained=False, exact=False)
    if low == 0 < high and lesser >= 0:
        return Least(Fraction(lesser, high), attained=False, exact=False)
    return None


class _Bounds:
    """The ends of ranges: over all payoffs given, and over those where the play is part of some equilibrium."""

    def __init__(self, claim: Claim, quantities: tuple[Quantity, ...]) -> None:
        self.claim, self.quantities = claim, quantities
        self.found: list[RevealedRange] = []
        self.open = False

    def of(self, formulas: Mapping[str, Any]) -> tuple[tuple[RevealedRange, ...], tuple[str, ...]]:
        try:
            self._find(formulas)
        except (StuckError, OutOfTimeError):
            return tuple(self.found), tuple(self._remarks(len(formulas) - len(self.found), stuck=True))
        return tuple(self.found), tuple(self._remarks(len(formulas) - len(self.found)))

    def _find(self, formulas: Mapping[str, Any]) -> None:
        setting = Setting(self.claim)
        payoffs, played = setting.questions(), setting.questions(setting.cases)
        without = _Seen(payoffs, True, payoffs.ask(effort=LOOK))
        if without.first.is_no:
            raise InputError(
                "the premises contradict each other or the model's ranges and assumptions; drop or weaken one"
            )
        with_play = _Seen(played, setting.concluded, played.ask(setting.concluded, effort=LOOK))
        if with_play.first.is_no:
            words = " and ".join(map(quantity_words, self.quantities))
            raise InputError(
                f"no admissible payoffs make the observed play ({words} > 0) part of a {self.claim.concept} "
                "equilibrium; the model or its ranges cannot account for it"
            )
        self.open = with_play.first.is_unknown
        for name, formula in formulas.items():
            if expired():
                return
            ends = []
            for upper in (False, True):
                height = _Height(formula, upper)
                before = _end(without, height, self._limit(formula, upper))
                ends.append((before, _end(with_play, height, before)))
            (was_low, low), (was_high, high) = ends
            self.found.append(RevealedRange(name, str(formula), low, high, (was_low, was_high)))

    def _limit(self, formula: Any, upper: bool) -> End | None:
        """The end of a parameter's range."""
        if not formula.is_Symbol:
            return None
        parameter = self.claim.parameters[formula]
        value = parameter.high if upper else parameter.low
        return End(value, value, True)

    def _remarks(self, missing: int, stuck: bool = False) -> Iterator[str]:
        if stuck or expired():
            yield f"The time was up: {missing} ranges are missing, and ends may lie further in than said."
        elif self.open:
            yield "The solver of inequalities could not decide a case, so that ends may lie further in than said."


@dataclass(frozen=True)
class _Seen:
    """Questions about values where a condition holds, and the first that was found."""

    questions: Questions
    condition: Condition
    first: Answer

    def ask(self, *more: Condition) -> Answer:
        return self.questions.ask(self.condition, *more, effort=LOOK)


def _end(seen: _Seen, height: _Height, known: End | None) -> End:
    """The end of the height's values. If an end ``known`` without the condition is reached with it, it is the end."""
    sign = height.sign
    limit = None if known is None or known.value is None else sign * known.value
    if known is not None and limit is not None and known.closed and seen.ask(height.stands("==", limit)).is_yes:
        return known
    least = height.least(seen.questions, seen.condition)
    if least is not None and least.exact:
        return End(sign * least.value, sign * least.value if least.attained else None, True)
    low = None if least is None else least.value
    if limit is not None and (low is None or limit > low):
        low = limit
    reached = height.at(seen.first)
    if low is None or reached is None:
        return End(None if low is None else sign * low, None if reached is None else sign * reached, False)
    if seen.ask(height.stands("==", low)).is_yes:
        return End(sign * low, sign * low, True)
    return _enclosed(seen, height, low, reached)


def _enclosed(seen: _Seen, height: _Height, low: Fraction, reached: Fraction) -> End:
    """The end between a proved bound and a value reached, halved; exact where it is a simple fraction."""
    close = max(reached - low, Fraction(1, 100)) * CLOSE
    while reached - low > close and not expired():
        middle = (low + reached) / 2
        answer = seen.ask(height.stands("<=", middle))
        if answer.is_no:
            low = middle
            continue
        nearer = height.at(answer)
        if nearer is None:
            break
        reached = nearer
    simple = simplest(low, reached)
    if seen.ask(height.stands("<", simple)).is_no:
        low = simple
        if seen.ask(height.stands("==", simple)).is_yes:
            reached = simple
    return End(height.sign * low, height.sign * reached, low == reached)


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction with the smallest denominator from ``low`` to ``high`` (by continued fractions)."""
    whole = -(-low.numerator // low.denominator)
    if whole <= high:
        return Fraction(whole)
    below = whole - 1
    return below + 1 / simplest(1 / (high - below), 1 / (low - below))


def _in_words(model: Model, quantity: Quantity) -> str:
    if isinstance(quantity, Reach):
        return model.outcome_words(quantity.path)
    assert isinstance(quantity, Chosen)
    return ", ".join(f"{who}: {own}" for who, own in quantity.choices.items())
