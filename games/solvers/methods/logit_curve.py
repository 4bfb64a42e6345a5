"""A branch of logit equilibria, followed as a curve of pairs (λ, p) through its folds.

A predictor on the tangent and Newton's corrector across it, in log-probabilities, which stay probabilities however
small (Turocy 2005, Games and Economic Behavior 51; Allgower & Georg 1990, Numerical Continuation Methods). Where
branches cross, the followed one goes straight on, and the crossing is noticed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import hypot

from games.play.payoffs import Strategies
from games.solvers.equilibria import as_float
from games.solvers.methods.logit_choices import Choices
from games.solvers.methods.mixtures import ROUNDING, Mixed, fractions
from games.solvers.methods.payoff_scale import Array

NEAR_THE_END = 1e-5
"""At this regret, in units, the branch is taken not to turn back any more.

Nobody's regret at a logit equilibrium with n actions exceeds log n / λ, but for ties it falls exponentially: so small,
the branch follows one equilibrium. It is no proof, and what rests on it is never called complete.
"""

FIRST_LOOK = 1e3
"""The λ, times the least payoff range, from which the end of the branch is looked for.

Before, other branches may yet cross it, or the player with the least at stake turn it round.
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

TRIED = tuple(2.0 ** (k / 2) for k in range(-4, 41))
"""The λ, times the least payoff range, at which a branch near a given profile is looked for: 1/4 to 10⁶."""

CLOSE = 0.01
"""So near to a given profile, a logit equilibrium is taken for the one meant; farther out steps are harder to find."""

RARE = 1e-3
"""How probable what a given profile does not play is taken to be at most, to begin with."""

ABSENT = 1e-300
"""What a probability of zero is read as, where its logarithm is needed."""


@dataclass(frozen=True)
class Node:
    """A point of the curve: the log-probabilities and λ in units, and the direction in which the curve goes on.

    Lengths and angles near it are those of the log-probabilities and of λ times ``weight``, which makes as much of λ as
    of the log-probabilities: where one player's payoffs are a thousand times another's, the other turns the curve
    within a thousandth of λ. ``tangent`` has length 1.

    The derivatives together with the tangent are singular only where another branch crosses. ``signature`` counts their
    eigenvalues on the left of the complex plane (of large games it is the sign of the determinant, which misses some
    crossings), and changes there; ``is_real``: the eigenvalue next to the imaginary axis is real. ``crossed``: another
    branch crosses just before this node. ``turns``: here the curve turns back in λ.
    """

    place: Array
    tangent: Array
    signature: int
    is_real: bool
    weight: float
    crossed: bool = False
    turns: bool = False

    @property
    def rationality(self) -> float:
        """The λ of the node."""
        return float(self.place[-1])

    @property
    def rises(self) -> bool:
        """Whether λ grows along the curve there."""
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


class Curve:
    """The branches of a game's logit correspondence."""

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

    def node(self, place: Array, derivatives: Array, along: Array) -> Node | None:
        """The node at a point of the curve, whose tangent goes on in the direction ``along``."""
        import numpy as np

        end = np.zeros(len(place))
        end[-1] = 1
        try:
            tangent = np.linalg.solve(np.vstack([derivatives, along]), end).astype(float)
        except np.linalg.LinAlgError:
            return None
        weight = _size(place) / (1 + abs(float(place[-1])))
        tangent /= np.linalg.norm(_stretched(tangent, weight))
        matrix = np.vstack([_stretched(derivatives, 1 / weight), _stretched(tangent, weight)])
        if len(place) > WATCHED:
            return Node(place, tangent, int(np.linalg.slogdet(matrix)[0]), is_real=True, weight=weight)
        eigenvalues = np.linalg.eigvals(matrix)
        nearest = eigenvalues[abs(eigenvalues.real).argmin()]
        is_real = abs(nearest.imag) <= EQUAL * abs(eigenvalues).max()
        return Node(place, tangent, int((eigenvalues.real < 0).sum()), bool(is_real), weight)

    @property
    def beginning(self) -> Node | None:
        """Where the principal branch starts: λ = 0, everybody randomises evenly."""
        import numpy as np

        place = np.append(self.even, 0.0)
        return self._heading(place, self.equations(place)[1], 1)

    def _heading(self, place: Array, derivatives: Array, towards: int) -> Node | None:
        """The node at a point of the curve, λ rising there for 1, falling for -1."""
        import numpy as np

        along = np.zeros(len(place))
        along[-1] = towards
        return self.node(place, derivatives, along)

    def turned(self, node: Node) -> Node | None:
        """The node, with the curve followed the other way."""
        return self.node(node.place, self.equations(node.place)[1], -node.normal)

    def near(self, strategies: Strategies, rationality: float | None) -> tuple[Node, float] | None:
        """A logit equilibrium near ``strategies``, and how far a probability is off; None if none is found.

        At the λ given, in units; or at the first of many at which it is `CLOSE`, else at the one where it is nearest.
        """
        import numpy as np

        weights = np.array([float(strategies[who][a]) for who, menu in self.choices.menus.items() for a in menu])
        pays, _ = self.choices.payoffs(np.log(np.maximum(weights, ABSENT)))
        losses = pays - np.maximum.reduceat(pays, self.first)[self.block]
        found: tuple[Node, float] | None = None
        for tried in [t / self.least for t in TRIED] if rationality is None else [rationality]:
            rare = np.minimum(tried * losses, np.log(RARE))
            logs = np.where(weights > 0, np.log(np.maximum(weights, ABSENT)), rare)
            for guess in (logs, logs - self.equations(np.append(logs, tried))[0]):
                point = self.corrected(np.append(guess, tried), np.eye(1, len(logs) + 1, len(logs))[0])
                node = point and self._heading(*point, 1)
                if node:
                    far = float(abs(np.exp(node.place[:-1]) - weights).max())
                    if found is None or far < found[1]:
                        found = node, far
            if found and found[1] <= CLOSE:
                break
        return found

    def nodes(self, start: Node | None) -> Iterator[Node]:
        """Points of the curve from a node on, every fold among them, until it cannot be followed further."""
        node, step, steps = start, FIRST_STEP, 0
        while node is not None and steps < MOST_STEPS:
            yield node
            steps += 1
            size = _size(node.place)
            ahead = None
            while ahead is None:
                if step < SHORTEST * size:
                    return
                ahead, easy = self._ahead(node, step, fine=step < FINE * size)
                if ahead is None:
                    step /= 2
            if ahead.rises != node.rises:
                yield replace(self._between(node, ahead, lambda n: float(n.tangent[-1])), turns=True)
            if easy:
                step = min(2 * step, FASTEST * size)
            node = ahead

    def _ahead(self, node: Node, step: float, fine: bool) -> tuple[Node | None, bool]:
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

    def _between(self, low: Node, high: Node, height: Callable[[Node], float]) -> Node:
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

    def at(self, rationality: float, low: Node, high: Node) -> Array:
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

    def has_settled(self, node: Node) -> bool:
        """Whether the node is so far along that hardly anybody regrets anything."""
        import numpy as np

        if node.rationality * self.least < FIRST_LOOK or not node.rises:
            return False
        pays, _ = self.choices.payoffs(node.place[:-1])
        average = np.add.reduceat(np.exp(node.place[:-1]) * pays, self.first)
        regrets = (np.maximum.reduceat(pays, self.first) - average) / self.widths
        return bool(regrets.max() <= NEAR_THE_END)

    def per_payoff(self, node: Node) -> float:
        """The node's λ per unit of payoff."""
        return as_float(Fraction(node.rationality) / self.choices.unit)

    def strategies(self, logs: Array) -> Mixed:
        """The probabilities by label, in fractions that sum to one."""
        import numpy as np

        return self._named(np.exp(logs))

    def extrapolated(self, node: Node) -> tuple[Mixed, Array]:
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
