"""The rationality λ under which observed choices are most likely, on the principal branch of logit equilibria.

The log-likelihood of counts n is the sum of n log p over the actions (McKelvey & Palfrey 1995, Games and Economic
Behavior 10). It is smooth along the branch, also where that turns back in λ; its peaks are where its derivative along
the branch changes sign. The profile-likelihood interval holds every λ at which some point of the branch is rejected by
no likelihood-ratio test at 5 % (Venzon & Moolgavkar 1988, Journal of the Royal Statistical Society C 37).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import inf, isfinite
from typing import Any

from games.errors import InputError, check_kind, listed, meant, quoted
from games.exact import numeric, readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import refused
from games.forms.strategic import StrategicGame
from games.solvers.equilibria import Equilibrium, mixture
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.logit_curve import LARGEST, Curve, Node
from games.solvers.response.logit_branch import bifurcations, choices_of, quality, residual_of

DROP = 1.9207294103470573
"""By how much the log-likelihood may fall short in the 95 % interval: half the quantile of χ² with one degree."""

ALIKE = 1e-9
"""Log-likelihoods that differ by this share of one more than their size are taken to be equal."""


@dataclass(frozen=True, repr=False)
class LogitFit:
    """The λ that fits best, numeric.

    ``intervals``: the λ of the 95 % profile-likelihood interval, in several pieces where the branch or the likelihood
    has several humps; an end may be infinite. ``equilibrium``: the fitted probabilities. ``at_limit``: the likelihood
    is greatest at the least λ, 0, or at the end of the branch; in the latter case ``rationality`` is infinite.
    ``is_flat``: every λ fits equally well.
    """

    game: StrategicGame | ExtensiveGame = field(repr=False)
    counts: Mapping[str, Mapping[str, Fraction]]
    rationality: float
    intervals: tuple[tuple[float, float], ...]
    log_likelihood: float
    equilibrium: Equilibrium
    at_limit: bool
    is_flat: bool
    remarks: tuple[str, ...]

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None  # type: ignore[assignment]

    @property
    def probabilities(self) -> Mapping[str, Mapping[str, Any]]:
        """The fitted probability of each action, by player or information set."""
        return self.equilibrium.strategies

    def __str__(self) -> str:
        pieces = " and ".join(f"{_short(low)} to {_short(high)}" for low, high in self.intervals)
        fitted = "; ".join(f"{who}: {mixture(mix)}" for who, mix in self.probabilities.items())
        lines = (
            f"λ = {_short(self.rationality)} (95 % interval {pieces}), log-likelihood {readable(self.log_likelihood)}",
            fitted,
            *self.remarks,
        )
        return "\n".join(lines)

    __repr__ = __str__


def _short(rationality: float) -> str:
    return readable(rationality) if isfinite(rationality) else "∞"


def fit_logit(game: StrategicGame | ExtensiveGame, counts: Mapping[str, Mapping[str, object]]) -> LogitFit:
    """The maximum-likelihood λ of the principal branch for how often each action was observed.

    ``counts`` are by player, in a tree by information set, and by action; what is left out was not observed, and
    fractions are allowed. λ is per unit of payoff.

    >>> from games import StrategicGame
    >>> from games.solvers.response.logit_fit import fit_logit
    >>> dilemma = StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]], {"A": ("C", "D"), "B": ("C", "D")})
    >>> fit = fit_logit(dilemma, {"A": {"C": 25, "D": 75}, "B": {"C": 25, "D": 75}})
    >>> f"{fit.rationality:.6f}", f"{fit.log_likelihood:.4f}"
    ('1.098612', '-112.4670')

    Raises `InputError` for counts that are negative, no numbers, all 0, or of something that the game does not have,
    for a game in formulas, and for a game of another form.
    """
    if not isinstance(game, StrategicGame | ExtensiveGame):
        raise refused("fit_logit", game, StrategicGame, ExtensiveGame)
    if not game.is_exact:
        raise InputError("λ is fitted to a game in numbers; give values to the parameters first")
    if isinstance(game, ExtensiveGame) and not game.information_sets:
        raise InputError("nobody chooses anything in this game; give one with a decision")
    curve = Curve(choices_of(game))
    observed = _checked(counts, curve.choices.menus)
    return _Likelihood(curve, observed).fit(game)


def _checked(counts: object, menus: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, Fraction]]:
    """Every action with its count, in the order of the game."""
    check_kind(counts, Mapping, "counts", "for each place at which somebody chooses, the count of each action")
    assert isinstance(counts, Mapping)
    for who, row in counts.items():
        _known(who, menus, "counts", "chooses")
        check_kind(row, Mapping, f"the counts of {who}", "a mapping of actions to counts")
        for action, count in row.items():
            _known(action, menus[who], f"the counts of {who}", "is an action there")
            if numeric(count, f"the count of {who}: {action}") < 0:
                raise InputError(f"the count of {who}: {action} is {count}; it must be 0 or more")
    result = {
        who: {action: numeric(counts.get(who, {}).get(action, 0)) for action in menu} for who, menu in menus.items()
    }
    if not any(count for row in result.values() for count in row.values()):
        raise InputError("all counts are 0; give at least one observation")
    return result


def _known(name: object, names: Mapping[str, object] | tuple[str, ...], where: str, does: str) -> None:
    if name not in names:
        hint = meant(str(name), names)
        raise InputError(f"{where} has {quoted(str(name))}, and {listed(names, limit=8)} {does}{hint}")


class _Likelihood:
    """The log-likelihood along the principal branch."""

    def __init__(self, curve: Curve, counts: Mapping[str, Mapping[str, Fraction]]) -> None:
        import numpy as np

        self.curve = curve
        self.counts = counts
        self.weights = np.array([float(count) for row in counts.values() for count in row.values()])
        self.nodes: list[Node] = []
        self.stopped = ""
        for node in curve.nodes(curve.beginning):
            self.nodes.append(node)
            if curve.has_settled(node) or node.rationality > LARGEST:
                break
            if expired(f"λ = {curve.per_payoff(node):.3g}"):
                self.stopped = STOPPED
                break
        else:
            self.stopped = "the branch could not be followed to its end; a greater λ may fit better"

    def value(self, node: Node) -> float:
        return float(self.weights @ node.place[:-1])

    def slope(self, node: Node) -> float:
        """The derivative along the branch."""
        return float(self.weights @ node.tangent[:-1])

    def fit(self, game: StrategicGame | ExtensiveGame) -> LogitFit:
        best = max((*self.nodes, *self._peaks()), key=self.value)
        most, end = self.value(best), self.nodes[-1]
        near = ALIKE * (1 + abs(most))
        is_flat = most - min(map(self.value, self.nodes)) <= near
        no_end = not self.stopped and most - self.value(end) <= near and not is_flat
        if no_end:
            best = end
        elif most - self.value(self.nodes[0]) <= near:
            best = self.nodes[0]
        logs = best.place[:-1]
        strategies = self.curve.strategies(logs)
        target = Fraction(best.rationality) / self.curve.choices.unit
        residual = residual_of(self.curve.choices, strategies, logs, target)
        return LogitFit(
            game,
            self.counts,
            inf if no_end else self.curve.per_payoff(best),
            tuple(self._intervals(most - DROP)),
            most,
            self.curve.choices.numeric(strategies, logs),
            no_end or best is self.nodes[0],
            is_flat,
            (quality(residual), *self._remarks(no_end, is_flat, best)),
        )

    def _remarks(self, no_end: bool, is_flat: bool, best: Node) -> Iterator[str]:
        if is_flat:
            yield "the likelihood is flat: every λ fits equally well, and the counts do not tell them apart"
        elif no_end:
            yield "the likelihood rises to the end of the branch: no finite λ fits best"
        elif best is self.nodes[0]:
            yield "λ is at its least, 0: no rationality fits better than choosing evenly"
        elif best is self.nodes[-1]:
            yield "the likelihood is greatest where the branch was left"
        turns = [readable(self.curve.per_payoff(node)) for node in self.nodes if node.turns]
        if turns:
            yield f"the branch turns back at λ of about {listed(turns, limit=6)}; all of it was looked at"
        if self.stopped:
            yield self.stopped
        yield from bifurcations(self.curve, self.nodes)
        yield "logit equilibria off the principal branch were not looked at"

    def _peaks(self) -> Iterator[Node]:
        """Where the likelihood rises before and falls after."""
        for low, high in pairwise(self.nodes):
            if self.slope(low) > 0 > self.slope(high):
                yield self._root(low, high, self.slope)

    def _root(self, low: Node, high: Node, height: Callable[[Node], float]) -> Node:
        """The node between two, at which ``height`` has opposite signs, where it vanishes."""
        from scipy.optimize import brentq

        chord = high.place - low.place

        def at(share: float) -> Node:
            if share in (0.0, 1.0):
                return high if share else low
            found = self.curve.corrected(low.place + share * chord, chord)
            node = found and self.curve.node(*found, low.normal)
            return node or (low if share < 0.5 else high)

        return at(brentq(lambda share: height(at(share)), 0.0, 1.0, xtol=1e-15, rtol=1e-14))

    def _intervals(self, bound: float) -> Iterator[tuple[float, float]]:
        """The λ at which some point of the branch is as likely as that, in pieces that do not meet."""
        pieces: list[tuple[float, float]] = []
        for low, high in pairwise(self.nodes):
            over = [self.value(node) - bound for node in (low, high)]
            ends = [node for node, above in zip((low, high), over, strict=True) if above >= 0]
            if len(ends) == 1:
                ends.append(self._root(low, high, lambda node: self.value(node) - bound))
            if ends:
                reach = sorted(map(self.curve.per_payoff, ends))
                pieces.append((reach[0], reach[1]))
        if self.value(self.nodes[-1]) >= bound:
            pieces.append((self.curve.per_payoff(self.nodes[-1]), inf))
        yield from _joined(pieces)


def _joined(pieces: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The union of intervals."""
    low, high = None, -inf
    for start, end in sorted(pieces):
        if low is not None and start > high:
            yield low, high
            low = None
        low, high = start if low is None else low, max(high, end)
    if low is not None:
        yield low, high
