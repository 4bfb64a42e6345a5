"""Logit equilibria of a tree in the agent form: every information set is decided on its own.

A behaviour is an agent logit equilibrium at λ if at every information set each action is chosen with a probability in
proportion to exp(λ v), where v is the player's expected payoff from the action on, given that the information set is
reached (McKelvey & Palfrey 1998, Experimental Economics 1; Signorino 1999, American Political Science Review 93). All
actions have positive probability, so every information set is reached and Bayes' rule gives the beliefs. Limits as λ
grows without bound are sequential equilibria. The logit equilibrium of the tree's strategic form is another one: there
a whole plan is chosen at once.

A chance event of probability zero counts as infinitely less likely than all others, so that behaviour below it is
defined, too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import log, prod
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from games.errors import InputError
from games.forms.extensive import Chance, Decision, ExtensiveGame, Path
from games.forms.reduced import check_perfect_recall
from games.play.payoffs import Reached, Strategies, continuation_payoffs, reached
from games.play.regret import nash_regret, regret
from games.solvers.equilibria import Equilibrium, as_float
from games.solvers.limits import expired
from games.solvers.methods.mixtures import ROUNDING, distance
from games.solvers.methods.payoff_scale import stakes

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

Array: TypeAlias = "NDArray[float64]"
"""Floats in one dimension or two."""

Beliefs: TypeAlias = dict[str, dict[Path, Fraction]]
"""Information set → decision, by its path → probability."""

_Key = TypeVar("_Key")

MOST_CELLS = 10_000_000
"""The largest number of actions times the sum of the lengths of all paths."""

LARGEST_DENOMINATOR = 1000
"""Probabilities of the limit are tried as fractions with denominators up to this."""


@dataclass(frozen=True)
class _Trail:
    """How a node is reached: the actions chosen on the way, by number, and the chance events.

    ``chance`` is the product of the positive probabilities, ``impossible`` counts those that are zero.
    """

    actions: tuple[int, ...] = ()
    chance: Fraction = Fraction(1)
    impossible: int = 0


class AgentForm:
    """A tree as its agent logit equilibria see it. Raises `InputError` for imperfect recall and for a huge tree."""

    single_below = 0.0

    def __init__(self, game: ExtensiveGame) -> None:
        check_perfect_recall(game)
        self.game = game
        self.menus: Mapping[str, tuple[str, ...]] = {name: s.actions for name, s in game.information_sets.items()}
        actions = sum(map(len, self.menus.values()))
        ways = sum(map(len, game.outcomes))
        if actions * ways > MOST_CELLS:
            raise InputError(
                f"the tree is too large for its agent form ({actions} actions, {len(game.outcomes)} outcomes)"
            )
        own = list(zip(*(outcome.payoffs for outcome in game.outcomes.values()), strict=True))
        self.least = [Fraction(min(payoffs)) for payoffs in own]
        self.ranges = stakes(dict(zip(game.players, own, strict=True)))
        self.stakes = {name: self.ranges[s.player] for name, s in game.information_sets.items()}
        self.unit = max(self.ranges.values())

    @cached_property
    def _trails(self) -> Mapping[Path, _Trail]:
        """Every node's way from the root."""
        numbers = {pair: k for k, pair in enumerate((name, a) for name, menu in self.menus.items() for a in menu)}
        trails: dict[Path, _Trail] = {(): _Trail()}
        for path, node in self.game.nodes.items():
            here = trails[path]
            if isinstance(node, Decision):
                name = self.game.information_set_at(path)
                for action in node.actions:
                    actions = (*here.actions, numbers[name, action])
                    trails[*path, action] = _Trail(actions, here.chance, here.impossible)
            elif isinstance(node, Chance):
                for event, (probability, _) in node.events.items():
                    chance = here.chance * (Fraction(probability) or 1)
                    trails[*path, event] = _Trail(here.actions, chance, here.impossible + (not probability))
        return trails

    @cached_property
    def _arrays(self) -> "_Arrays":
        return _Arrays(self)

    def payoffs(self, logs: Array) -> tuple[Array, Array]:
        """What each action pays given that its information set is reached, and its derivatives.

        An outcome counts by the probability of the decision it lies behind, given the information set, times that of
        all that comes after the action. Common factors, which may be tiny, never enter.
        """
        import numpy as np

        a = self._arrays
        beliefs = a.beliefs(logs)
        # An action pays the sum over its ways of belief · probability of what follows · value. Both factors are
        # exponentials of sums of log-probabilities, so the derivative of a way is the way times how often each action
        # occurs in it: ``after`` once it has begun, ``before`` on the way to the decision, less the latter's average
        # over the information set, because beliefs are normalised there.
        average = np.add.reduceat(beliefs[:, None] * a.before, a.first_nodes)
        weights = (beliefs[a.node] * np.exp(a.after @ logs) * a.values)[:, None]
        slopes = weights * (a.after + a.before[a.node] - average[a.set_of_node[a.node]])
        return np.add.reduceat(weights[:, 0], a.first_ways), np.add.reduceat(slopes, a.first_ways)

    def beliefs(self, strategies: Strategies, logs: Array) -> Beliefs:
        """The probability of each decision given its information set, by Bayes' rule.

        At an information set that the strategies never reach, or reach too rarely for a float, it comes from the
        log-probabilities.
        """
        numeric = iter(self._arrays.beliefs(logs).tolist())
        limits = {
            name: {path: Fraction(next(numeric)) for path in s.paths} for name, s in self.game.information_sets.items()
        }
        return self._updated(strategies, limits)

    def _updated(self, strategies: Strategies, otherwise: Beliefs) -> Beliefs:
        """The beliefs that follow from the strategies; where nothing follows, those given ``otherwise``, normalised."""
        weights = [Fraction(strategies[name][action]) for name, menu in self.menus.items() for action in menu]
        result: Beliefs = {}
        for name, information_set in self.game.information_sets.items():
            trails = {path: self._trails[path] for path in information_set.paths}
            fewest = min(trail.impossible for trail in trails.values())
            reach = {
                path: t.chance * prod(weights[k] for k in t.actions) if t.impossible == fewest else Fraction(0)
                for path, t in trails.items()
            }
            held = reach if any(reach.values()) else otherwise[name]
            total = sum(held.values())
            result[name] = {path: weight / total for path, weight in held.items()}
        return result

    def exact_payoffs(self, strategies: Strategies, logs: Array) -> dict[str, dict[str, Fraction]]:
        """What each action pays given that its information set is reached, by information set and action; exact."""
        return self._pays(strategies, self.beliefs(strategies, logs))

    def _pays(self, strategies: Strategies, beliefs: Beliefs) -> dict[str, dict[str, Fraction]]:
        """What each action pays against the beliefs, everybody playing on by ``strategies``."""
        value = continuation_payoffs(self.game, strategies)
        result = {}
        for name, s in self.game.information_sets.items():
            mover = self.game.players.index(s.player)
            held = beliefs[name].items()
            result[name] = {
                action: sum((weight * value[*path, action][mover] for path, weight in held), Fraction(0))
                for action in s.actions
            }
        return result

    def regret(self, strategies: Strategies, logs: Array) -> Fraction:
        """The greatest regret of a player, as a share of the player's payoff range, under the beliefs that follow."""
        return self._regret(strategies, self.beliefs(strategies, logs))

    def _regret(self, strategies: Strategies, beliefs: Beliefs) -> Fraction:
        """The most that a player gains by deviating, as a share of the player's payoff range.

        Once at any information set given the beliefs, or throughout the tree, or under perfect information throughout
        any subgame. It is zero only for an equilibrium of the tree at which every choice is best given the beliefs.
        """
        gains = []
        for name, pays in self._pays(strategies, beliefs).items():
            own = sum((Fraction(strategies[name][action]) * value for action, value in pays.items()), Fraction(0))
            gains.append((max(pays.values()) - own) / self.ranges[self.game.information_sets[name].player])
        if self.game.has_perfect_information:
            throughout = {player: Fraction(gain) for player, gain in regret(self.game, strategies).items()}
        else:
            throughout = {player: Fraction(gain) for player, gain in nash_regret(self.game, strategies).items()}
        return max(*gains, *(gain / self.ranges[player] for player, gain in throughout.items()))

    def numeric(self, strategies: Strategies, logs: Array) -> Equilibrium:
        """The strategies, given in fractions, with their payoffs, outcomes and beliefs; all as floats."""
        held = self.beliefs(strategies, logs)
        return Equilibrium(
            {name: {action: float(weight) for action, weight in mix.items()} for name, mix in strategies.items()},
            {player: as_float(value) for player, value in self._payoffs_of(strategies).items()},
            tuple(Reached(r.path, float(r.probability)) for r in reached(self.game, strategies)),
            {name: {path: float(weight) for path, weight in held[name].items()} for name in self._with_beliefs},
        )

    def limit(self, strategies: Strategies, logs: Array) -> tuple[Equilibrium, Fraction] | None:
        """The exact equilibrium in simple fractions, its beliefs within `ROUNDING`; None if there is none."""
        numeric = self.beliefs(strategies, logs)
        simple = {name: _simple(mix) for name, mix in strategies.items()}
        if any(sum(mix.values()) != 1 for mix in simple.values()):
            return None
        held = self._updated(simple, {name: _simple(belief) for name, belief in numeric.items()})
        if distance(held, numeric) > ROUNDING or expired() or self._regret(simple, held):
            return None
        outcomes = tuple(reached(self.game, simple))
        beliefs = {name: held[name] for name in self._with_beliefs}
        return Equilibrium(simple, self._payoffs_of(simple), outcomes, beliefs), Fraction(0)

    @property
    def _with_beliefs(self) -> Iterator[str]:
        """The information sets with more than one decision."""
        return (name for name, s in self.game.information_sets.items() if len(s.paths) > 1)

    def _payoffs_of(self, strategies: Strategies) -> dict[str, Fraction]:
        values = continuation_payoffs(self.game, strategies)[()]
        return {player: Fraction(value) for player, value in zip(self.game.players, values, strict=True)}


class _Arrays:
    """The tree in arrays; n actions, numbered set by set.

    Decisions are ordered by information set, each of which begins at ``first_nodes``; ``before``, of shape (decisions,
    n), says which actions lead to each, those left out that lead to all decisions of the set. A way leads from an
    action at a decision to an outcome; ways are ordered by their action, each of which begins at ``first_ways``.
    ``node``: the way's decision; ``after``, of shape (ways, n): the actions on it after its first; ``values``: the
    probability of its chance events times what its outcome pays, in units, to the one who chooses.
    """

    def __init__(self, form: AgentForm) -> None:
        import numpy as np

        game, trails = form.game, form._trails
        sets = list(game.information_sets.values())
        count = sum(len(s.actions) for s in sets)
        nodes = [path for s in sets for path in s.paths]
        self.set_of_node = np.repeat(np.arange(len(sets)), [len(s.paths) for s in sets])
        self.first_nodes = np.searchsorted(self.set_of_node, np.arange(len(sets)))
        before = _incidence([trails[path].actions for path in nodes], count)
        # Actions on the way to every decision of a set cancel in the beliefs. Their probability may be below any float,
        # and its logarithm so large that differences would be lost in rounding.
        self.before = before - np.minimum.reduceat(before, self.first_nodes)[self.set_of_node]
        # Where chance must err, decisions that take the fewest errors are infinitely likelier than the others.
        fewest = np.minimum.reduceat([trails[path].impossible for path in nodes], self.first_nodes)[self.set_of_node]
        self.chances = np.array(
            [
                log(trails[path].chance.numerator) - log(trails[path].chance.denominator)
                if trails[path].impossible == least
                else -np.inf
                for path, least in zip(nodes, fewest, strict=True)
            ]
        )
        number = {path: k for k, path in enumerate(nodes)}
        ways: list[tuple[int, int, tuple[int, ...], float]] = []
        for path, outcome in game.outcomes.items():
            end = trails[path]
            for k in range(len(path)):
                if path[:k] not in number:
                    continue
                node, start = number[path[:k]], trails[path[:k]]
                # Below a decision that takes more errors than another of its set nothing counts, nor does an outcome
                # that takes another error from there on.
                if end.impossible == fewest[node]:
                    position = game.players.index(sets[self.set_of_node[node]].player)
                    paid = (outcome.payoffs[position] - form.least[position]) / Fraction(form.unit)
                    action, *after = end.actions[len(start.actions) :]
                    ways.append((action, node, tuple(after), float(end.chance / start.chance * paid)))
        ways.sort()
        self.first_ways = np.searchsorted([action for action, _, _, _ in ways], np.arange(count))
        self.node = np.array([node for _, node, _, _ in ways])
        self.after = _incidence([after for _, _, after, _ in ways], count)
        self.values = np.array([value for _, _, _, value in ways])

    def beliefs(self, logs: Array) -> Array:
        """The probability of each decision given its information set."""
        import numpy as np

        reach = self.before @ logs + self.chances
        # Dividing by the greatest weight first keeps the exponentials from underflowing all together.
        greatest = np.maximum.reduceat(reach, self.first_nodes)[self.set_of_node]
        weights = np.exp(reach - greatest)
        result: Array = weights / np.add.reduceat(weights, self.first_nodes)[self.set_of_node]
        return result


def _incidence(rows: Sequence[Sequence[int]], count: int) -> Array:
    import numpy as np

    result = np.zeros((len(rows), count))
    for row, columns in zip(result, rows, strict=True):
        row[list(columns)] = 1
    return result


def _simple(weights: Mapping[_Key, Fraction]) -> dict[_Key, Fraction]:
    return {key: weight.limit_denominator(LARGEST_DENOMINATOR) for key, weight in weights.items()}
