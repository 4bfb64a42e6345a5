"""Assessments of small trees: behaviour at every information set with the beliefs that make it rational there.

An assessment is sequentially rational if at every information set each action played pays most, given the beliefs
there and the play that follows. Two concepts differ in what beliefs they allow where play never arrives:
`games.solvers.refinements.perfect_bayesian` and `games.solvers.refinements.sequential`. Both are decided here support
by support: which actions are played at all fixes a system of polynomial (in)equalities in the probabilities and
beliefs, for which `games.solvers.methods.sign_systems` finds a solution or proves that there is none.

Supports are chosen information set by information set, the last ones first. What is rational at one hangs only on the
supports before and behind it; whatever cannot be, with any belief, or with those that the play before allows, ends the
search there, and is found out once for all the supports elsewhere. In a signalling game all systems are linear.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Protocol, TypeAlias

from games.errors import InputError
from games.exact import counted
from games.forms.extensive import Chance, Decision, ExtensiveGame, InformationSet, Outcome, Path
from games.forms.reduced import check_perfect_recall
from games.play.payoffs import arrival, continuation_payoffs, reached
from games.play.regret import belief_regret
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, OutOfTimeError, expired
from games.solvers.methods.sign_systems import LaterError, Solution, Systems, Values, shares
from games.solvers.methods.supports import nonempty_subsets
from games.solvers.refinements.subgame_perfect import subgame_perfect
from games.terms import ONE, ZERO, Condition, Poly, at_least, equal, poly, product_of, total, var

MOST_SUPPORTS = 10_000_000
"""The most support profiles that are gone through."""

MOST_PLANS = 500
"""The most ways to choose later, under other beliefs, that are written down as conditions."""

NUMERIC = Fraction(1, 10**12)
"""What an irrational assessment, rounded, may miss its conditions by."""

UNSETTLED = "a support could not be settled within its number of steps"
"""The remark where the solver did not come to an end."""

NOT_AS_A_WHOLE = "an assessment that is rational at each information set but not as a whole was left out"

EXAMPLES = "beliefs where play never arrives are examples; others may support the same play"

Supports: TypeAlias = Mapping[str, tuple[str, ...]]
"""For each information set, the actions that are played."""

Chosen: TypeAlias = Callable[[str], str | None]
"""By information set, an action that stands for what is played there, or None for the mixture."""

Step: TypeAlias = tuple[str | Path, str]
"""An action by its information set, or an event by the path to its chance move."""


@dataclass(frozen=True)
class Believed:
    """One way to believe: weights in proportion to the beliefs at an information set, and what must hold for them."""

    weights: Mapping[Path, Poly]
    conditions: tuple[Condition, ...] = ()


class BeliefRule(Protocol):
    """What a concept allows to believe."""

    def believed(self, problem: "Problem", information_set: InformationSet) -> Iterable[Believed]:
        """The ways to believe at an information set of several decisions, given the supports that lead there."""

    def agree(self, problem: "Problem", earlier: InformationSet, later: InformationSet) -> bool:
        """Whether beliefs at a player's later information set follow from the earlier ones wherever these lead there.

        Of several decisions; then any action that is played there may stand for the mixture when the earlier choice is
        judged, since all of them pay the same.
        """


@dataclass
class Problem:
    """A tree, the supports of some of its information sets, and names for what is unknown: probabilities and mistakes.

    The unknowns are named by the positions of information set and action.
    """

    game: ExtensiveGame
    supports: Supports
    numbers: Mapping[Step, str]

    def chance(self, name: str, action: str) -> Poly:
        """The probability of an action."""
        played = self.supports[name]
        if action not in played:
            return ZERO
        return ONE if len(played) == 1 else var(f"p{self.numbers[name, action]}")

    def tremble(self, step: Step) -> Poly:
        """The weight of an action or event as a mistake."""
        return var(f"t{self.numbers[step]}")

    def weight(self, path: Path, start: Path = ()) -> Poly:
        """The probability of the path from ``start`` on; the product of weights where actions are not played."""
        return product_of(self._step(path[:k], path[k]) for k in range(len(start), len(path)))

    def _step(self, path: Path, action: str) -> Poly:
        node = self.game.nodes[path]
        if isinstance(node, Chance):
            probability = Fraction(node.events[action][0])
            return poly(probability) if probability else self.tremble((path, action))
        name = self.game.information_set_at(path)
        return self.chance(name, action) if action in self.supports[name] else self.tremble((name, action))

    def mistakes(self, path: Path) -> list[Step]:
        """What has no probability on the path."""
        found: list[Step] = []
        for k in range(len(path)):
            if not self._possible(path[:k], path[k]):
                is_chance = isinstance(self.game.nodes[path[:k]], Chance)
                found.append((path[:k] if is_chance else self.game.information_set_at(path[:k]), path[k]))
        return found

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

    def anything(self, information_set: InformationSet) -> Believed:
        """Any beliefs whatever."""
        names = [f"b{self.numbers[information_set.name, '']}.{k}" for k, _ in enumerate(information_set.paths)]
        return Believed(dict(zip(information_set.paths, map(var, names), strict=True)), (shares(names),))

    def value(self, path: Path, position: int, chosen: Chosen) -> Poly:
        """What a player gets from the node on, doing what is ``chosen`` at its own information sets, if anything is."""
        node = self.game.nodes[path]
        if isinstance(node, Outcome):
            return poly(node.payoffs[position])
        if isinstance(node, Chance):
            steps = {event: poly(probability) for event, (probability, _) in node.events.items()}
        else:
            name = self.game.information_set_at(path)
            action = chosen(name) if node.player == self.game.players[position] else None
            if action is not None:
                return self.value((*path, action), position, chosen)
            steps = {action: self.chance(name, action) for action in self.supports[name]}
        return total(w * self.value((*path, s), position, chosen) for s, w in steps.items() if w != ZERO)

    def rational(
        self, s: InformationSet, held: Mapping[Path, Poly], follows: Callable[[str], bool], doubtful: Sequence[str] = ()
    ) -> list[Condition]:
        """That every action played at the information set pays as much as every other, given the weights.

        At later information sets of the player that ``follows`` names one action stands for the mixture. At the
        ``doubtful`` ones beliefs may be others, and what is best by these need not be by the beliefs held now: no way
        to choose there may pay more.
        """

        def pays(action: str, plan: Mapping[str, str]) -> Poly:
            def chosen(name: str) -> str | None:
                return plan.get(name, self.supports[name][0] if follows(name) else None)

            return total(weight * self.value((*path, action), position, chosen) for path, weight in held.items())

        position = self.game.players.index(s.player)
        played = self.supports[s.name]
        first = pays(played[0], {})
        conditions = [
            (equal if action in played else at_least)(first, pays(action, {}))
            for action in s.actions
            if action != played[0]
        ]
        menus = [self.game.information_sets[name].actions for name in doubtful]
        if doubtful and prod(map(len, menus)) <= MOST_PLANS:
            plans = [dict(zip(doubtful, choice, strict=True)) for choice in product(*menus)]
            conditions += [at_least(first, pays(action, plan)) for action in s.actions for plan in plans]
        return conditions

    def unknowns(self, held: Mapping[str, Mapping[Path, Poly]]) -> set[str]:
        """The names in the probabilities and in these weights."""
        mixed = {f"p{self.numbers[name, action]}" for name, played in self.supports.items() for action in played}
        return mixed.union(*(weight.names for weights in held.values() for weight in weights.values()))

    def mixing(self, names: Iterable[str]) -> list[Condition]:
        """That probabilities add up to one, at those of the information sets where several actions are played."""
        return [
            shares(f"p{self.numbers[name, action]}" for action in self.supports[name])
            for name in names
            if len(self.supports[name]) > 1
        ]


@dataclass(frozen=True)
class Way:
    """One way to believe at an information set, and all that must hold there."""

    name: str
    weights: Mapping[Path, Poly]
    conditions: tuple[Condition, ...]


@dataclass
class Search:
    """The search through the supports of one tree: what may be played where, found out once for each surroundings."""

    game: ExtensiveGame
    rule: BeliefRule
    systems: Systems = field(default_factory=Systems)
    gone: int = 0
    _ways: dict[tuple[object, ...], list[Way]] = field(default_factory=dict)
    _free: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sets = self.game.information_sets
        self.numbers = _numbers(self.game)
        self.systems.positive = {f"{kind}{number}" for number in self.numbers.values() for kind in "ptr"}
        for s in sets.values():
            mixture = frozenset(f"p{self.numbers[s.name, action]}" for action in s.actions)
            self.systems.asked |= mixture
            self.systems.groups.update(dict.fromkeys(mixture, mixture))
        before = {name: _before(self.game, s) for name, s in sets.items()}
        self.behind = {name: [other for other in sets if name in before[other] or other == name] for name in sets}
        self.around = {name: self._around(name, before) for name in sets}
        self.order = sorted(sets, key=lambda name: -max(map(len, sets[name].paths)))
        self.options = [nonempty_subsets(sets[name].actions) for name in self.order]
        self.count = support_count(self.game)

    def _around(self, name: str, before: Mapping[str, set[str]]) -> list[str]:
        """The information sets on which it hangs what is rational at one: those behind it, and where beliefs come in.

        Beliefs come in at itself and at its player's later information sets, and follow from what lies before.
        """
        sets, behind = self.game.information_sets, self.behind[name]
        doubtful = [o for o in behind if sets[o].player == sets[name].player and len(sets[o].paths) > 1]
        needed = {*behind, *(earlier for other in doubtful for earlier in before[other])}
        return [other for other in sets if other in needed]

    def profiles(self) -> Iterator[tuple[Supports, list[list[Way]]]]:
        """Every support profile that no single information set excludes, with the ways to believe at each.

        Raises `OutOfTimeError` when the time is up.
        """
        place = {name: k for k, name in enumerate(self.order)}
        behind = {name: max(place[other] for other in self.behind[name]) for name in self.order}
        around = {name: max(place[other] for other in self.around[name]) for name in self.order}
        self.due = [
            ([n for n in self.order if behind[n] == k < around[n]], [n for n in self.order if around[n] == k])
            for k in range(len(self.order))
        ]
        yield from self._chosen({}, [])

    def _chosen(
        self, supports: dict[str, tuple[str, ...]], ways: list[list[Way]]
    ) -> Iterator[tuple[Supports, list[list[Way]]]]:
        depth = len(supports)
        if depth == len(self.order):
            self.gone += 1
            yield dict(supports), ways
            return
        if expired(f"support {self.gone + 1} of {counted(self.count)}"):
            raise OutOfTimeError
        for played in self.options[depth]:
            further = {**supports, self.order[depth]: played}
            known = self._extended(Problem(self.game, further, self.numbers), depth, ways)
            if known is None:
                self.gone += prod(map(len, self.options[depth + 1 :]))
            else:
                yield from self._chosen(further, known)

    def _extended(self, problem: Problem, depth: int, ways: list[list[Way]]) -> list[list[Way]] | None:
        """The ways to believe with those that are known now; None if there are none somewhere, or none together."""
        free, settled = self.due[depth]
        if not all(self._may_be_rational(problem, name) for name in free):
            return None
        further = list(ways)
        for name in settled:
            further.append(self._rational_ways(problem, name))
            if not further[-1]:
                return None
        if settled and depth + 1 < len(self.order):
            together = [each[0] for each in further if len(each) == 1]
            if not self.systems.may_hold(self.joined(problem, together)):
                return None
        return further

    def joined(self, problem: Problem, ways: Sequence[Way]) -> list[Condition]:
        """All that must hold for these ways together."""
        return [*(c for way in ways for c in way.conditions), *problem.mixing(problem.supports)]

    def _may_be_rational(self, problem: Problem, name: str) -> bool:
        """Whether with some belief the supports at the information set and behind it may be rational."""
        key = (name, *(problem.supports[other] for other in self.behind[name]))
        if key not in self._free:
            s = self.game.information_sets[name]
            believed = problem.anything(s)
            follows = self._follows(problem, s, alone=True)
            conditions = [*problem.rational(s, believed.weights, follows), *believed.conditions]
            self._free[key] = self.systems.may_hold([*conditions, *problem.mixing(self.behind[name])])
        return self._free[key]

    def _rational_ways(self, problem: Problem, name: str) -> list[Way]:
        """The ways to believe at the information set with which the supports around it may be rational."""
        key = (name, *(problem.supports[other] for other in self.around[name]))
        if key not in self._ways:
            sets = self.game.information_sets
            s = sets[name]
            single = [Believed({s.paths[0]: ONE})]
            follows = self._follows(problem, s)
            doubtful = [o for o in self.behind[name] if o != name and sets[o].player == s.player and not follows(o)]
            mixing = problem.mixing(self.around[name])
            self._ways[key] = []
            for believed in single if len(s.paths) == 1 else self.rule.believed(problem, s):
                rational = problem.rational(s, believed.weights, follows, doubtful)
                way = Way(name, believed.weights, (*rational, *believed.conditions))
                if self.systems.may_hold([*way.conditions, *mixing]):
                    self._ways[key].append(way)
        return self._ways[key]

    def _follows(self, problem: Problem, s: InformationSet, alone: bool = False) -> Callable[[str], bool]:
        """Which later information sets of the player one action may stand for; ``alone``: whatever leads to them."""
        sets = self.game.information_sets

        def follows(name: str) -> bool:
            return len(sets[name].paths) == 1 or (not alone and self.rule.agree(problem, s, sets[name]))

        return follows


def _numbers(game: ExtensiveGame) -> dict[Step, str]:
    """A short name for every action and every event without probability, and for every information set."""
    numbers: dict[Step, str] = {}
    for i, (name, s) in enumerate(game.information_sets.items()):
        numbers[name, ""] = str(i)
        numbers.update({(name, action): f"{i}.{k}" for k, action in enumerate(s.actions)})
    for path, node in game.nodes.items():
        if isinstance(node, Chance):
            numbers.update({(path, e): f"c{len(numbers)}" for e, (odds, _) in node.events.items() if odds == 0})
    return numbers


def _before(game: ExtensiveGame, s: InformationSet) -> set[str]:
    """The information sets on the way to this one."""
    starts = {path[:k] for path in s.paths for k in range(len(path))}
    return {game.information_set_at(start) for start in starts if isinstance(game.nodes[start], Decision)}


@dataclass(frozen=True)
class Found:
    """An assessment, whether its numbers are exact, and whether its play is the only one with its supports."""

    equilibrium: Equilibrium
    exact: bool
    only: bool | None


def assessments(game: ExtensiveGame, concept: str, rule: BeliefRule) -> Equilibria:
    """One assessment for each support profile that has any; a remark tells where more with the same support exist.

    Raises `InputError` for a tree with imperfect recall or with more than `MOST_SUPPORTS` support profiles.
    """
    check_perfect_recall(game)
    if game.has_perfect_information:
        # Every belief is certain, so an assessment is rational exactly if the play is subgame-perfect.
        return replace(subgame_perfect(game), concept=concept)
    found, doubts = every_assessment(game, concept, rule)
    remarks = list(dict.fromkeys(doubts))
    complete = not remarks and all(one.only is True for one in found)
    for number, one in enumerate(found, start=1):
        if one.only is False:
            remarks.append(f"assessment {number} is not the only one that plays these actions")
        elif one.only is None:
            remarks.append(f"whether others play the same actions as assessment {number} was not found out")
    if any(_leaves_beliefs_open(game, one.equilibrium) for one in found):
        remarks.append(EXAMPLES)
    exact = all(one.exact for one in found)
    if not exact:
        remarks.append(f"irrational probabilities are rounded; conditions hold within {float(NUMERIC):.0e}")
    return Equilibria(game, concept, tuple(one.equilibrium for one in found), complete, exact, remarks=tuple(remarks))


def _leaves_beliefs_open(game: ExtensiveGame, equilibrium: Equilibrium) -> bool:
    """Whether play never arrives at decisions that their player cannot tell apart, where Bayes' rule says nothing."""
    arrives = arrival(game, equilibrium.strategies)
    return any(not any(arrives[path] for path in held) for held in equilibrium.beliefs.values())


def support_count(game: ExtensiveGame) -> int:
    """How many ways there are to choose which actions are played."""
    return prod(2 ** len(s.actions) - 1 for s in game.information_sets.values())


def every_assessment(game: ExtensiveGame, concept: str, rule: BeliefRule) -> tuple[list[Found], list[str]]:
    """What is found until the time is up, small supports first, and why there may be more.

    Raises `InputError` as `assessments` does.
    """
    check_perfect_recall(game)
    if game.has_perfect_information:
        known = subgame_perfect(game)
        return [Found(one, True, True) for one in known], [] if known.complete else [*known.remarks]
    count = support_count(game)
    if count > MOST_SUPPORTS:
        raise InputError(
            f"the tree has {counted(count)} support profiles, more than the {MOST_SUPPORTS} that {concept} can "
            "go through; subgame-perfect or nash may still solve it"
        )
    return _found(Search(game, rule))


def _found(search: Search) -> tuple[list[Found], list[str]]:
    """What is found until the time is up, small supports first, and why there may be more.

    Supports that need nonlinear arithmetic come last, so that a time limit leaves what all others have.
    """
    found: list[tuple[tuple[int, ...], Found]] = []
    remarks: list[str] = []
    try:
        for supports, settled in _each(search):
            if isinstance(settled, str):
                remarks.append(settled)
            elif settled is not None:
                found.append((_rank(search.game, supports), settled))
    except OutOfTimeError:
        remarks.append(STOPPED)
    return [one for _, one in sorted(found, key=lambda pair: pair[0])], remarks


def _each(search: Search) -> Iterator[tuple[Supports, Found | str | None]]:
    """What comes of each support profile. Raises `OutOfTimeError` when the time is up."""
    later = []
    search.systems.brief = True
    for supports, ways in search.profiles():
        try:
            yield supports, _settled(search, supports, ways)
        except LaterError:
            later.append((supports, ways))
    search.systems.brief = False
    for number, (supports, ways) in enumerate(later, start=1):
        if expired(f"support {number} of {len(later)} that need nonlinear arithmetic"):
            raise OutOfTimeError
        yield supports, _settled(search, supports, ways)


def _rank(game: ExtensiveGame, supports: Supports) -> tuple[int, ...]:
    """Where a support profile stands in the order: small ones first, else as the tree lists actions."""
    sets = game.information_sets.values()
    places = [nonempty_subsets(s.actions).index(supports[s.name]) for s in sets]
    return sum(map(len, supports.values())), *places


def _settled(search: Search, supports: Supports, ways: Sequence[Sequence[Way]]) -> Found | str | None:
    """An assessment with the supports, a remark where it was not found out whether there is one, None if there is none.

    All ways to believe are gone through until one has an assessment and another one plays otherwise.
    """
    problem = Problem(search.game, supports, search.numbers)
    mixing = problem.mixing(supports)
    first: tuple[Found, Values] | None = None
    only: bool | None = True
    remark = None
    for chosen in product(*ways):
        answer = search.systems.solved(search.joined(problem, chosen))
        if answer is None:
            remark = UNSETTLED
        if not isinstance(answer, Solution):
            continue
        values = {name: value for name, value in answer.values.items() if name in search.systems.asked}
        if first is None:
            equilibrium = _read(problem, {way.name: way.weights for way in chosen}, answer)
            gains = belief_regret(search.game, equilibrium.strategies, equilibrium.beliefs)
            if max(gains.values()) > (0 if answer.exact else NUMERIC):
                # Where there were too many plans to write down, rationality was demanded one choice at a time.
                remark = NOT_AS_A_WHOLE
                continue
            first = Found(equilibrium, answer.exact, True), values
        elif values != first[1]:
            only = False
        only = only if only is False or answer.only is True else answer.only
        if only is False or not mixing:
            break
    if first is None:
        return remark
    return replace(first[0], only=None if only and remark and mixing else only)


def _read(problem: Problem, held: Mapping[str, Mapping[Path, Poly]], solution: Solution) -> Equilibrium:
    """The solver's values as an equilibrium, checked by plain arithmetic."""
    game = problem.game
    # An unknown in none of the conditions, such as the weight of a mistake that changes no belief, may be anything.
    values = dict.fromkeys(problem.unknowns(held), Fraction(1)) | solution.values
    strategies = {
        name: {action: Fraction(problem.chance(name, action).at(values)) for action in s.actions}
        for name, s in game.information_sets.items()
    }
    beliefs = {}
    for name, weights in held.items():
        likely = {path: Fraction(weight.at(values)) for path, weight in weights.items()}
        whole = sum(likely.values(), Fraction(0))
        every = game.information_sets[name].paths
        beliefs[name] = {path: likely.get(path, Fraction(0)) / whole for path in every}
    _verify(game, strategies, beliefs, Fraction(0) if solution.exact else NUMERIC)
    payoffs = dict(zip(game.players, continuation_payoffs(game, strategies)[()], strict=True))
    shown = {name: beliefs[name] for name in game.information_sets if len(beliefs[name]) > 1}
    if solution.exact:
        return Equilibrium(strategies, payoffs, tuple(reached(game, strategies)), shown)
    in_floats = {name: {action: float(weight) for action, weight in mix.items()} for name, mix in strategies.items()}
    return Equilibrium(
        in_floats,
        {player: float(value) for player, value in payoffs.items()},
        tuple(reached(game, in_floats)),
        {name: {path: float(weight) for path, weight in held.items()} for name, held in shown.items()},
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
