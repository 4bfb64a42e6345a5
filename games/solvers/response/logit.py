"""Logit equilibria: everybody chooses better actions more often, the more so the higher the rationality λ.

A profile p is a logit equilibrium at λ ≥ 0 if every player chooses each strategy j with a probability in proportion to
exp(λ u_j(p)), where u_j(p) is what j pays against the others' part of p (McKelvey & Palfrey 1995, Games and Economic
Behavior 10). At λ = 0 everybody randomises evenly; as λ grows without bound, every limit is a Nash equilibrium. In a
tree the same holds of the actions at every information set; see `games.solvers.methods.agent_logit`.

The principal branch is the curve of pairs (λ, p) that starts at λ = 0. It may turn back, so that λ falls along it for
a while and is passed more than once; its end selects a Nash equilibrium. It is followed by a predictor on the tangent
and Newton's corrector across it, in log-probabilities, which stay probabilities however small (Turocy 2005, Games and
Economic Behavior 51; Allgower & Georg 1990, Numerical Continuation Methods).

Where branches cross, as they do in games with symmetric players, the followed one goes straight on, which keeps the
symmetry; the answer says so. Branches not connected with the start are not searched for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, singledispatch
from itertools import islice
from math import exp, fsum, hypot, inf
from typing import Any, Protocol

from games.errors import InputError, listed
from games.exact import brief, numeric, readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game, refused
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies, strategy_payoffs
from games.solvers.choices import Choice, choices
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, as_float, equilibrium, played_out
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.agent_logit import AgentForm
from games.solvers.methods.mixtures import ROUNDING, Mixed, distance, fractions
from games.solvers.methods.payoff_scale import (
    TOLERANCE,
    Array,
    accuracy,
    between,
    greatest_regret,
    payoff_tensors,
    stakes,
)
from games.solvers.methods.polishing import polish

RESIDUAL = 1e-9
"""How far a probability may be from the logit response to the profile.

Newton's method ends some digits closer, unless λ times the rounding of the payoffs keeps it away; then it is said.
"""

NEAR_THE_END = 1e-5
"""At this regret, in units, the branch is taken not to turn back any more.

Nobody's regret at a logit equilibrium with n actions exceeds log n / λ, but for ties it falls exponentially: so small,
the branch follows one equilibrium. It is no proof, and what rests on it is never called complete.
"""

FIRST_LOOK = 1e3
"""The λ, times the least payoff range, from which the end of the branch is looked for.

Before, other branches may yet cross it, or the player with the least at stake turn it round.
"""

PATIENCE = 1e6
"""The λ, times the least payoff range, from which a numeric limit is given where there is no exact one.

What vanishes like 1/λ is then about `ROUNDING`.
"""

LARGEST = 1e10
"""The largest λ followed to, in units of one over the payoff range.

Here the rounding of a payoff, 10⁻¹⁶, moves a log-probability by λ times as much, which is `ROUNDING`.
"""

FIRST_STEP = 0.05
"""The length of the first step along the branch, in log-probabilities and λ.

At λ = 0 these move by at most the payoff range, 1, per unit of λ. Nothing hangs on the value: the step is doubled or
halved from the first point on.
"""

FASTEST = 0.4
"""The longest step, as a share of one more than the length of the log-probabilities.

Far out these fall in proportion to λ where actions are bad. Steps in proportion to them reach `LARGEST` in about
log(10¹⁰) / log(1.4), some 70 of them; where they have converged, λ grows by half or more in a step.
"""

SHORTEST = 1e-6
"""The shortest step, as a share like `FASTEST`; where it is too long, the branch ends for us.

Tangents come from linear systems in floats; over shorter steps they differ by hardly more than their errors.
"""

BEND = 0.95
"""The least cosine of the angle between two successive tangents: 18 degrees.

A sharper turn within one step may be a jump onto another branch (Allgower & Georg 1990, chapter 6).
"""

CORRECTION = 0.1
"""The longest correction of a prediction: by a tenth, a probability changes by a tenth of itself.

A longer one may lead to another branch, too.
"""

FINE = 1e-3
"""At steps this short, as a share like `FASTEST`, a change of signature is accepted.

With longer steps it may also mean that the corrector jumped to another branch; a step is first halved down to here.
"""

WATCHED = 40
"""The largest number of actions for which all eigenvalues are computed at every step; the work grows with its cube."""

EQUAL = 1e-6
"""An imaginary part this small, as a share of the largest eigenvalue, is rounding: about the root of 10⁻¹⁶.

That is how far two equal eigenvalues, which pass zero together where players are symmetric, come apart in floats.
"""

MOST_STEPS = 5_000
"""The most steps along the branch."""


class Choices(Protocol):
    """A game as its logit equilibria see it: who chooses among what, and what each action pays."""

    @property
    def menus(self) -> Mapping[str, tuple[str, ...]]:
        """Who chooses (a player, or an information set) and the actions there."""

    @property
    def stakes(self) -> Mapping[str, Fraction]:
        """The payoff range of the player who chooses from each menu."""

    @property
    def unit(self) -> Fraction:
        """The greatest payoff range of a player; λ is followed in units of one over it."""

    @property
    def single_below(self) -> float:
        """A λ, in units, below which there provably is only one logit equilibrium."""

    def payoffs(self, logs: Array) -> tuple[Array, Array]:
        """What each action pays, in units, and its derivatives in the log-probabilities: shapes (n), (n, n)."""

    def exact_payoffs(self, strategies: Strategies, logs: Array) -> Mapping[str, Mapping[str, Fraction]]:
        """What each action pays when everybody plays ``strategies``, in exact arithmetic."""

    def numeric(self, strategies: Strategies, logs: Array) -> Equilibrium:
        """The strategies, given in fractions, with their payoffs in floats."""

    def limit(self, strategies: Strategies, logs: Array) -> tuple[Equilibrium, Fraction] | None:
        """A Nash equilibrium that ``strategies`` may be near, and its regret as in `regret`, 0 if it is exact."""

    def regret(self, strategies: Strategies, logs: Array) -> Fraction:
        """The greatest regret of a player, as a share of the player's payoff range."""


class SimultaneousChoices:
    """A strategic form: everybody chooses at once, knowing nothing of the others' choices."""

    def __init__(self, game: StrategicGame) -> None:
        self.game = game
        self.menus = game.strategies
        payoffs = list(zip(*game.payoffs.values(), strict=True))
        self.stakes = stakes({player: payoffs[k] for k, player in enumerate(game.players)})
        self.unit = max(self.stakes.values())
        self.tensors = payoff_tensors(game, dict.fromkeys(game.players, self.unit))

    @cached_property
    def single_below(self) -> float:
        """Below it the response to a profile is a contraction, in the greatest sum of changes of a player's weights.

        When an opponent's weights move by d in sum, the payoff of one strategy above another moves by at most d/2
        times the range of that difference, and the responses by at most half of λ times what the differences move.
        """
        greatest = 0.0
        for position, tensor in enumerate(self.tensors):
            for row in (rows := tensor.swapaxes(0, position).reshape(tensor.shape[position], -1)):
                differences = rows - row
                greatest = max(greatest, float((differences.max(axis=1) - differences.min(axis=1)).max()))
        opponents = len(self.tensors) - 1
        # The changes thus shrink if λ · opponents · greatest / 4 < 1; a little below 4 leaves room for the rounding.
        return 3.999 / (opponents * greatest) if opponents * greatest else inf

    def payoffs(self, logs: Array) -> tuple[Array, Array]:
        """What each strategy pays, in units, and its derivatives in the log-probabilities: shapes (n), (n, n)."""
        import numpy as np

        sizes = [len(own) for own in self.menus.values()]
        mixtures = np.split(np.exp(logs), np.cumsum(sizes)[:-1])
        blocks = np.split(np.arange(len(logs)), np.cumsum(sizes)[:-1])
        pays, slopes = np.zeros(len(logs)), np.zeros((len(logs), len(logs)))
        for i, tensor in enumerate(self.tensors):
            if len(mixtures) == 1:
                pays[:] = tensor
            for k in range(len(mixtures)):
                if k != i:
                    paid = between(tensor, mixtures, i, k) * mixtures[k]
                    slopes[np.ix_(blocks[i], blocks[k])] = paid
                    pays[blocks[i]] = paid.sum(axis=1)
        return pays, slopes

    def exact_payoffs(self, strategies: Strategies, logs: Array) -> Mapping[str, Mapping[str, Fraction]]:
        """What each strategy pays when everybody plays ``strategies``, in exact arithmetic."""
        return {player: strategy_payoffs(self.game, strategies, player) for player in self.game.players}

    def numeric(self, strategies: Strategies, logs: Array) -> Equilibrium:
        """The strategies, given in fractions, with their payoffs; all as floats."""
        return equilibrium(self.game, strategies, exact=False)

    def regret(self, strategies: Strategies, logs: Array) -> Fraction:
        """The greatest regret of a player, as a share of the player's payoff range."""
        return greatest_regret(self.game, strategies)

    def limit(self, strategies: Strategies, logs: Array) -> tuple[Equilibrium, Fraction] | None:
        """A Nash equilibrium that ``strategies`` may be near, and its regret as in `regret`, 0 if it is exact."""
        polished = polish(self.game, strategies)
        if polished is None:
            return None
        return equilibrium(self.game, polished.strategies, polished.is_exact), polished.share


@dataclass(frozen=True)
class Point:
    """A point of the principal branch: the rationality λ and the logit equilibrium there, in floats."""

    rationality: float
    strategies: Strategies


@dataclass(frozen=True)
class _Node:
    """A point of the curve: the log-probabilities and λ in units, and the direction in which the curve goes on.

    Lengths and angles near it are those of the log-probabilities and of λ times ``weight``, which makes as much of λ as
    of the log-probabilities: where one player's payoffs are a thousand times another's, the other turns the curve
    within a thousandth of λ. ``tangent`` has length 1.

    The derivatives together with the tangent are singular only where another branch crosses. ``signature`` counts their
    eigenvalues on the left of the complex plane (of large games it is the sign of the determinant, which misses some
    crossings), and changes there; ``is_real``: the eigenvalue next to the imaginary axis is real. ``crossed``: another
    branch crosses just before this node.
    """

    place: Array
    tangent: Array
    signature: int
    is_real: bool
    weight: float
    crossed: bool = False

    @property
    def rationality(self) -> float:
        return float(self.place[-1])

    @property
    def rises(self) -> bool:
        return bool(self.tangent[-1] > 0)

    @property
    def normal(self) -> Array:
        """Products with it are those with the tangent, as angles are measured here."""
        return _stretched(self.tangent, self.weight**2)


def _stretched(places: Array, weight: float) -> Array:
    """A copy in which λ, the last column, is multiplied."""
    copy = places.copy()
    copy[..., -1] *= weight
    return copy


def _size(place: Array) -> float:
    """One more than the length of the log-probabilities."""
    return 1 + float(hypot(*place[:-1]))


class _Curve:
    """The principal branch of a game's logit correspondence."""

    def __init__(self, choices: Choices) -> None:
        import numpy as np

        self.choices = choices
        sizes = np.array([len(menu) for menu in choices.menus.values()])
        self.first = np.cumsum(sizes) - sizes
        self.block = np.repeat(np.arange(len(sizes)), sizes)
        self.even = -np.log(sizes)[self.block]
        self.widths = np.array([float(choices.stakes[who] / choices.unit) for who in choices.menus])
        self.least = as_float(min(choices.stakes.values()) / choices.unit)

    def equations(self, place: Array) -> tuple[Array, Array]:
        """How far each log-probability exceeds that of the logit response, and the derivatives: (n,), (n, n + 1)."""
        import numpy as np

        logs, rationality = place[:-1], place[-1]
        pays, slopes = self.choices.payoffs(logs)
        exponents = rationality * pays
        exponents -= np.maximum.reduceat(exponents, self.first)[self.block]
        exponents -= np.log(np.add.reduceat(np.exp(exponents), self.first))[self.block]
        response = np.exp(exponents)
        average = np.add.reduceat(response * pays, self.first)[self.block]
        average_slopes = np.add.reduceat(response[:, None] * slopes, self.first)[self.block]
        derivatives = np.empty((len(logs), len(place)))
        derivatives[:, :-1] = np.eye(len(logs)) - rationality * (slopes - average_slopes)
        derivatives[:, -1] = average - pays
        return logs - exponents, derivatives

    def corrected(self, guess: Array, normal: Array) -> tuple[Array, Array] | None:
        """The point of the curve in the plane through ``guess`` across ``normal``, and the derivatives there.

        None if Newton's method does not get there soon. It ends when it has converged, or when rounding keeps it from
        coming closer.
        """
        import numpy as np

        place = guess
        for trial in range(10):
            # A log-probability is at most 0; one far above, or no number, cannot be led back.
            if not place[:-1].max() < 1:
                return None
            values, derivatives = self.equations(place)
            try:
                step = np.linalg.solve(np.vstack([derivatives, normal]), np.append(values, normal @ (place - guess)))
            except np.linalg.LinAlgError:
                return None
            place = place - step
            change = float((abs(step) / (1 + abs(place))).max())
            if change < 1e-11 or (trial >= 4 and change < 1e-6):
                return place, derivatives
        return None

    def node(self, place: Array, derivatives: Array, along: Array) -> _Node | None:
        """The node at a point of the curve, whose tangent goes on in the direction ``along``."""
        import numpy as np

        end = np.zeros(len(place))
        end[-1] = 1
        try:
            tangent = np.linalg.solve(np.vstack([derivatives, along]), end).astype(float)
        except np.linalg.LinAlgError:
            return None
        weight = _size(place) / (1 + float(place[-1]))
        tangent /= np.linalg.norm(_stretched(tangent, weight))
        matrix = np.vstack([_stretched(derivatives, 1 / weight), _stretched(tangent, weight)])
        if len(place) > WATCHED:
            return _Node(place, tangent, int(np.linalg.slogdet(matrix)[0]), is_real=True, weight=weight)
        eigenvalues = np.linalg.eigvals(matrix)
        nearest = eigenvalues[abs(eigenvalues.real).argmin()]
        is_real = abs(nearest.imag) <= EQUAL * abs(eigenvalues).max()
        return _Node(place, tangent, int((eigenvalues.real < 0).sum()), bool(is_real), weight)

    def nodes(self) -> Iterator[_Node]:
        """Points of the curve from λ = 0 on, every fold among them, until it cannot be followed further."""
        import numpy as np

        place = np.append(self.even, 0.0)
        end = np.zeros(len(place))
        end[-1] = 1
        node = self.node(place, self.equations(place)[1], end)
        step = FIRST_STEP
        while node is not None:
            yield node
            size = _size(node.place)
            ahead = None
            while ahead is None:
                if step < SHORTEST * size:
                    return
                ahead, easy = self._ahead(node, step, fine=step < FINE * size)
                if ahead is None:
                    step /= 2
            if ahead.rises != node.rises:
                yield self._between(node, ahead, lambda n: float(n.tangent[-1]))
            if easy:
                step = min(2 * step, FASTEST * size)
            node = ahead

    def _ahead(self, node: _Node, step: float, fine: bool) -> tuple[_Node | None, bool]:
        """The node one step ahead if the step was short enough to trust, and whether a longer one may be."""
        import numpy as np

        guess = node.place + step * node.tangent
        found = self.corrected(guess, node.normal)
        ahead = found and self.node(*found, node.normal)
        if not ahead:
            return None, False
        # Far along the branch, rounding in the payoffs is multiplied by λ and shakes the prediction.
        missed = float(np.linalg.norm(_stretched(ahead.place - guess, node.weight)))
        correction = missed / (1 + 1e-6 * node.rationality)
        turned = _stretched(ahead.tangent, node.weight)
        cosine = float(ahead.tangent @ node.normal / np.linalg.norm(turned))
        if cosine < BEND or correction > CORRECTION:
            return None, False
        if ahead.signature != node.signature:
            if not fine:
                return None, False
            # At a crossing a real eigenvalue passes zero. A pair of complex ones that passes the imaginary axis changes
            # the signature, too, and is none.
            ahead = replace(ahead, crossed=ahead.is_real and node.is_real)
        # A step twice as long doubles the angle, which quadruples 1 − cosine, and quadruples the correction, since the
        # error of a tangent is of second order: both must leave that much room.
        return ahead, cosine > 1 - (1 - BEND) / 4 and correction < CORRECTION / 4

    def _between(self, low: _Node, high: _Node, height: Callable[[_Node], float]) -> _Node:
        """The node between two at which ``height``, of opposite signs at them, vanishes: bisection along the chord."""
        import numpy as np

        for _ in range(60):
            chord = high.place - low.place
            length = float(np.linalg.norm(_stretched(chord, low.weight)))
            if length < 1e-12 * _size(low.place):
                break
            found = self.corrected((low.place + high.place) / 2, _stretched(chord / length, low.weight**2))
            middle = found and self.node(*found, low.normal)
            if not middle:
                break
            low, high = (middle, high) if (height(middle) > 0) == (height(low) > 0) else (low, middle)
        return low

    def at(self, rationality: float, low: _Node, high: _Node) -> Array:
        """The log-probabilities where the curve passes λ between two nodes."""
        import numpy as np

        node = self._between(low, high, lambda n: n.rationality - rationality)
        guess = node.place.copy()
        guess[-1] = rationality
        across = np.zeros(len(guess))
        across[-1] = 1
        found = self.corrected(guess, across)
        # Beside a fold λ hardly moves along the curve, and Newton's method at a fixed λ may go astray.
        if found is None or np.linalg.norm(found[0] - node.place) > 1e-4 * (1 + np.linalg.norm(guess)):
            return node.place[:-1]
        return found[0][:-1]

    def has_settled(self, node: _Node) -> bool:
        """Whether the node is so far along that hardly anybody regrets anything."""
        import numpy as np

        if node.rationality * self.least < FIRST_LOOK or not node.rises:
            return False
        pays, _ = self.choices.payoffs(node.place[:-1])
        average = np.add.reduceat(np.exp(node.place[:-1]) * pays, self.first)
        regrets = (np.maximum.reduceat(pays, self.first) - average) / self.widths
        return bool(regrets.max() <= NEAR_THE_END)

    def per_payoff(self, node: _Node) -> float:
        """The node's λ per unit of payoff."""
        return as_float(Fraction(node.rationality) / self.choices.unit)

    def strategies(self, logs: Array) -> Mixed:
        """The probabilities by label, in fractions that sum to one."""
        import numpy as np

        return self._named(np.exp(logs))

    def extrapolated(self, node: _Node) -> tuple[Mixed, Array]:
        """Where the branch leads from the node, as if what is left fell like 1/λ: strategies and log-probabilities.

        Probabilities below `ROUNDING` count as zero. Where this makes no sense, as beside a fold, the node stays.
        """
        import numpy as np

        logs = node.place[:-1]
        with np.errstate(all="ignore"):
            growth = node.rationality * node.tangent[:-1] / node.tangent[-1]
            weights = np.exp(logs) * (1 + growth)
        weights[weights < ROUNDING] = 0
        if not (abs(np.add.reduceat(weights, self.first) - 1) < 0.5).all():
            return self.strategies(logs), logs
        return self._named(weights), logs + growth

    def _named(self, weights: Array) -> Mixed:
        left = iter(weights.tolist())
        return fractions({who: {action: next(left) for action in menu} for who, menu in self.choices.menus.items()})


@singledispatch
def _choices(game: StrategicGame | ExtensiveGame) -> Choices:
    raise refused("logit", game, StrategicGame, ExtensiveGame)


@_choices.register
def _(game: StrategicGame) -> Choices:
    return SimultaneousChoices(game)


@_choices.register
def _(game: ExtensiveGame) -> Choices:
    return AgentForm(game)


def branch(game: StrategicGame | ExtensiveGame, until: float | None = None) -> tuple[Point, ...]:
    """The principal branch from λ = 0 until λ first exceeds ``until``, or until it is close to its limit.

    Neighbouring points are close enough to be joined by lines; where the branch turns back in λ, the turning point is
    one of them.
    """
    curve = _Curve(_choices(game))
    points: list[Point] = []
    for node in islice(curve.nodes(), MOST_STEPS):
        strategies = curve.strategies(node.place[:-1])
        floats = {who: {action: float(weight) for action, weight in mix.items()} for who, mix in strategies.items()}
        points.append(Point(curve.per_payoff(node), floats))
        if curve.has_settled(node) if until is None else points[-1].rationality > until:
            break
        if node.rationality > LARGEST or expired():
            break
    return tuple(points)


def reasons(game: Game, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str] | None:
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


@solution_concept(
    "logit",
    form=(StrategicGame, ExtensiveGame),
    no_cases_because="probabilities are exponential in payoffs, so that no polynomials say what an answer is",
    own_units=False,
    reasons=reasons,
)
def logit(game: StrategicGame | ExtensiveGame, rationality: object = "limit") -> Equilibria:
    """The logit equilibria on the principal branch at λ = ``rationality``, in the order of the branch; or its limit.

    λ is per unit of payoff: payoffs ten times as large have the same equilibria at a tenth of λ. The answer is complete
    only where λ is so small that there provably is no other logit equilibrium. Raises `InputError` for a tree with
    imperfect recall, and for a tree or a λ that is too large.
    """
    target = _rationality(rationality)
    if isinstance(game, ExtensiveGame) and not game.information_sets:
        return Equilibria(game, "logit", (played_out(game, {}),), complete=True)
    curve = _Curve(_choices(game))
    if target is None:
        return _limit(game, curve)
    if target * curve.choices.unit > LARGEST:
        raise InputError(
            f"rationality is {brief(target)}; times the payoff range it exceeds {LARGEST:g}: take the limit"
        )
    return _crossings(game, curve, target)


def _rationality(value: object) -> Fraction | None:
    """The value of λ, exact; None for the limit."""
    if value is None or (isinstance(value, str) and value.strip() == "limit"):
        return None
    try:
        rationality = numeric(value, "rationality")
    except InputError as error:
        raise InputError(f'{error}; or "limit"') from None
    if rationality < 0:
        raise InputError(f"rationality is {brief(rationality)}; it must be 0 or more")
    return rationality


def _crossings(game: StrategicGame | ExtensiveGame, curve: _Curve, target: Fraction) -> Equilibria:
    """Every point where the principal branch passes λ = ``target``."""
    choices = curve.choices
    rationality = float(target * choices.unit)
    is_single = rationality <= choices.single_below
    found: list[Array] = []
    crossed: list[_Node] = []
    before: _Node | None = None
    rest = f"the branch could not be followed to its end; it may pass λ = {brief(target)} again"
    for node in islice(curve.nodes(), MOST_STEPS):
        if node.crossed:
            crossed.append(node)
        if before is None:
            found += [node.place[:-1]] if rationality == 0 else []
        elif (
            before.rationality < rationality <= node.rationality or node.rationality <= rationality < before.rationality
        ):
            found.append(curve.at(rationality, before, node))
        before = node
        if (is_single and found) or (node.rationality > rationality and curve.has_settled(node)):
            rest = ""
            break
        if expired(f"λ = {curve.per_payoff(node):.3g}"):
            rest = STOPPED
            break
    equilibria, residual = [], 0.0
    for logs in found:
        strategies = curve.strategies(logs)
        residual = max(residual, _residual(choices, strategies, logs, target))
        equilibria.append(choices.numeric(strategies, logs))
    remarks = [_quality(residual)] if found else [f"the branch was not followed as far as λ = {brief(target)}"]
    if len(found) > 1:
        remarks.append(
            f"the branch turns back and passes λ = {brief(target)} {len(found)} times; the points are in its order"
        )
    if rest:
        remarks.append(rest)
    remarks += _bifurcations(curve, [node for node in crossed if node.rationality <= rationality])
    complete = is_single and len(found) == 1 and residual <= RESIDUAL
    if complete:
        remarks.append("λ is so small that there is no other logit equilibrium")
    else:
        remarks.append("logit equilibria off the principal branch were not searched for")
    settings = {"rationality": target} if residual <= RESIDUAL else {}
    return Equilibria(
        game, "logit", tuple(equilibria), complete, exact=False, remarks=tuple(remarks), settings=settings
    )


def _residual(choices: Choices, strategies: Strategies, logs: Array, target: Fraction) -> float:
    """The greatest difference between a probability and that of the logit response to the profile's exact payoffs."""
    greatest = 0.0
    for who, pays in choices.exact_payoffs(strategies, logs).items():
        best = max(pays.values())
        weights = {action: exp(float(target * (value - best))) for action, value in pays.items()}
        total = fsum(weights.values())
        greatest = max(greatest, *(abs(float(strategies[who][a]) - weight / total) for a, weight in weights.items()))
    return greatest


def _quality(residual: float) -> str:
    if residual <= RESIDUAL:
        return f"numeric: every probability is within {RESIDUAL:g} of the logit response to the profile's exact payoffs"
    return f"not verified: a probability is {residual:.1e} off the logit response, above the tolerance {RESIDUAL:g}"


def _bifurcations(curve: _Curve, crossed: Sequence[_Node]) -> list[str]:
    """The remark on other branches that cross the followed one."""
    if not crossed:
        return []
    places = listed((f"{curve.per_payoff(node):.2g}" for node in crossed), limit=4)
    return [
        f"at λ of about {places} another branch crosses this one, which was followed straight on; "
        "in a game with symmetric players that keeps the symmetry"
    ]


def _limit(game: StrategicGame | ExtensiveGame, curve: _Curve) -> Equilibria:
    """The Nash equilibrium at the end of the principal branch."""
    crossed: list[_Node] = []
    due, stopped = FIRST_LOOK / curve.least, False
    earlier: Mixed | None = None
    for node in islice(curve.nodes(), MOST_STEPS):
        if node.crossed:
            crossed.append(node)
        if node.rationality >= due and node.rises:
            strategies, logs = curve.extrapolated(node)
            if earlier is not None and distance(strategies, earlier) <= ROUNDING:
                late = node.rationality * curve.least >= PATIENCE
                end = _end(curve.choices, strategies, logs, may_be_numeric=late)
                if end is not None:
                    limit, regret, how = end
                    remarks = [how, *([accuracy(regret)] if regret else []), *_bifurcations(curve, crossed)]
                    remarks.append("other equilibria may be limits of other branches")
                    return Equilibria(game, "logit", (limit,), complete=False, exact=not regret, remarks=tuple(remarks))
            earlier, due = strategies, 4 * node.rationality
        stopped = expired(f"λ = {curve.per_payoff(node):.3g}")
        if node.rationality > LARGEST or stopped:
            break
    points = [(curve.strategies(node.place[:-1]), node.place[:-1])]
    if node.rises and not stopped:
        points.append(curve.extrapolated(node))
    regret, strategies, logs = min(((curve.choices.regret(*point), *point) for point in points), key=lambda p: p[0])
    remarks = [STOPPED] if stopped else []
    remarks.append(
        f"this is where the principal branch has come at λ = {curve.per_payoff(node):.2g}; its limit may differ"
    )
    remarks += [accuracy(regret), *_bifurcations(curve, crossed)]
    found = curve.choices.numeric(strategies, logs)
    return Equilibria(game, "logit", (found,), complete=False, exact=False, remarks=tuple(remarks))


def _end(
    choices: Choices, strategies: Mixed, logs: Array, may_be_numeric: bool
) -> tuple[Equilibrium, Fraction, str] | None:
    """The limit that the branch leads to, its regret and how it was obtained, if it can be verified."""
    found = choices.limit(strategies, logs)
    if found is not None and distance(found[0].strategies, strategies) <= ROUNDING:
        how = "solution of the indifference equations" if found[1] else "exact equilibrium"
        return *found, f"the limit of the principal branch as λ grows, which leads to within {ROUNDING:g} of this {how}"
    if may_be_numeric and (regret := choices.regret(strategies, logs)) <= TOLERANCE:
        return choices.numeric(strategies, logs), regret, "the limit of the principal branch as λ grows, extrapolated"
    return None
