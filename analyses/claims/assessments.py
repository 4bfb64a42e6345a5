"""Equilibria of trees with imperfect information, support by support.

Which actions are played at each information set fixes a system of polynomial conditions on their probabilities:

- Nash: nobody gains by another plan for the whole tree (Kuhn 1953);
- subgame-perfect: nobody gains by another plan in any subgame (Selten 1965);
- perfect Bayesian: besides, every action played is best given the beliefs at its information set, which follow Bayes'
  rule wherever play arrives from the start of some subgame, and are free elsewhere; as in
  `games.solvers.refinements.perfect_bayesian`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, partial
from itertools import product
from math import prod
from typing import Any

from analyses.claims.candidates import Candidate, Question, TooLargeError, lists_candidates
from analyses.claims.inequalities import is_zero
from analyses.claims.supports import Mixture, mixture, nonempty_subsets
from games.forms.extensive import Chance, Decision, ExtensiveGame, InformationSet, Node, Outcome, Path
from games.forms.reduced import Plan, check_perfect_recall, plans
from games.formulas.relations import Sign
from games.play.quantities import Chosen, Payoff, Quantity, Reach
from games.play.subgames import subgame_roots
from games.solvers.limits import expired

MOST_SUPPORTS = 50_000


@lists_candidates(("nash",), ExtensiveGame)
def nash_candidates(question: Question) -> Iterator[Candidate]:
    """One candidate for each way to choose which actions are played."""
    yield from _candidates(question, [()], beliefs=False)


def subgame_perfect_candidates(question: Question) -> Iterator[Candidate]:
    """The same, with conditions in every subgame."""
    yield from _candidates(question, subgame_roots(_tree(question)), beliefs=False)


@lists_candidates(("perfect-bayesian",), ExtensiveGame)
def perfect_bayesian_candidates(question: Question) -> Iterator[Candidate]:
    """The same, with beliefs at every information set."""
    yield from _candidates(question, subgame_roots(_tree(question)), beliefs=True)


def _tree(question: Question) -> ExtensiveGame:
    assert isinstance(question.game, ExtensiveGame)
    return question.game


def _candidates(question: Question, roots: Sequence[Path], beliefs: bool) -> Iterator[Candidate]:
    game = _tree(question)
    check_perfect_recall(game)
    sets = game.information_sets
    options = [nonempty_subsets(s.actions) for s in sets.values()]
    if (count := prod(map(len, options))) > MOST_SUPPORTS:
        raise TooLargeError(f"the tree has {count:,} support profiles, more than the {MOST_SUPPORTS:,} gone through")
    deviations = {
        (root, player): plans(game.subgame(root) if root else game, player) for root in roots for player in game.players
    }
    certain = frozenset(_certain_events(question))

    # What is played at an information set, and believed there, has the same variables in all support profiles with the
    # same actions there: only one candidate is asked about at a time, and terms that occur in several are built once.
    @cache
    def mixing(_information_set: str, among: Sequence[Any], surely: bool = True) -> Mixture[Any]:
        return mixture(question.language, among, surely=surely)

    for supports in sorted(product(*options), key=lambda chosen: sum(map(len, chosen))):
        if expired():
            return
        profile = _Profile(question, dict(zip(sets, supports, strict=True)), certain, mixing)
        demands: list[Callable[[], None]] = []
        if beliefs:
            demands += [
                partial(profile.demand_best_action, information_set, roots) for information_set in sets.values()
            ]
        demands += [partial(profile.demand_best_plan, *who, every) for who, every in deviations.items()]
        for demand in demands:
            demand()
            if profile.is_impossible:
                break
        else:
            yield profile.candidate()


def _certain_events(question: Question) -> Iterator[Path]:
    """Where chance may lead, by the path to it, if the event has positive probability whatever the parameters."""
    language = question.language
    for path, node in _tree(question).nodes.items():
        if isinstance(node, Chance):
            for event, (weight, _) in node.events.items():
                odds = language.term(weight)
                if not is_zero(odds) and question.excluded(language.compare(odds, "<=", Fraction(0))):
                    yield (*path, event)


class _Profile:
    """Behaviour with given supports, and what it takes to be an equilibrium."""

    def __init__(
        self,
        question: Question,
        supports: Mapping[str, tuple[str, ...]],
        certain: frozenset[Path],
        mixing: Callable[..., Mixture[Any]],
    ) -> None:
        self.certain = certain
        self.mixing = mixing
        self.question = question
        self.language = question.language
        self.game = _tree(question)
        self.supports = supports
        self.conditions: list[Any] = []
        self.unknowns: list[Any] = []
        self.mixtures: dict[str, dict[str, Any]] = {}
        self._continuations: dict[Path, tuple[Any, ...]] = {}
        for name, played in supports.items():
            self.mixtures[name], new, positive = self.mixing(name, played)
            self.unknowns += new
            self.conditions += positive

    @property
    def is_impossible(self) -> bool:
        """Whether the premises rule out one of the conditions by itself."""
        return any(self.language.truth_of(condition) is False for condition in self.conditions)

    def steps(self, path: Path) -> dict[str, Any]:
        """The probabilities, other than zero, of what follows the node."""
        node = self.game.nodes[path]
        if isinstance(node, Decision):
            return self.mixtures[self.game.information_set_at(path)]
        if isinstance(node, Outcome):
            return {}
        weights = {event: self.language.term(weight) for event, (weight, _) in node.events.items()}
        return {event: weight for event, weight in weights.items() if not is_zero(weight)}

    def weight(self, path: Path, start: Path) -> Any:
        """The probability that play goes on from ``start`` to ``path``."""
        parts = [self.steps(path[:k]).get(path[k], Fraction(0)) for k in range(len(start), len(path))]
        return self.language.product(parts)

    def continuation(self, path: Path) -> tuple[Any, ...]:
        """What each player gets from the node on."""
        if path not in self._continuations:
            node: Node = self.game.nodes[path]
            if isinstance(node, Outcome):
                found = tuple(map(self.language.term, node.payoffs))
            else:
                below = [(weight, self.continuation((*path, step))) for step, weight in self.steps(path).items()]
                found = tuple(
                    self.language.total(self.language.product([weight, value[k]]) for weight, value in below)
                    for k in range(len(self.game.players))
                )
            self._continuations[path] = found
        return self._continuations[path]

    def demand_best_plan(self, root: Path, player: str, every: Sequence[Plan]) -> None:
        """All plans for the subgame that the behaviour may carry out pay the same, and no other pays more."""
        position = self.game.players.index(player)

        def pays(plan: Plan) -> Any:
            return self.language.total(self._outcomes_under(root, player, position, plan))

        carried_out = [p for p in every if all(action in self.supports[name] for name, action in p.items())]
        first = carried_out[0]
        best = pays(first)
        for plan in every:
            if plan is not first:
                sign: Sign = "==" if plan in carried_out else "<="
                self.conditions.append(self.language.related(pays(plan), sign, best))

    def _outcomes_under(self, path: Path, player: str, position: int, plan: Plan) -> Iterator[Any]:
        """The payoffs at the outcomes below the node, times their probabilities when ``player`` follows the plan."""
        stack: list[tuple[Path, list[Any]]] = [(path, [])]
        while stack:
            here, factors = stack.pop()
            node = self.game.nodes[here]
            if isinstance(node, Outcome):
                yield self.language.product([self.language.term(node.payoffs[position]), *factors])
            elif isinstance(node, Decision) and node.player == player:
                stack.append(((*here, plan[self.game.information_set_at(here)]), factors))
            else:
                stack += [((*here, step), [*factors, weight]) for step, weight in self.steps(here).items()]

    def demand_best_action(self, information_set: InformationSet, roots: Sequence[Path]) -> None:
        """Each action played is best given the beliefs: from Bayes' rule where play arrives, else some."""
        position = self.game.players.index(information_set.player)
        held = self._beliefs(information_set, roots)
        pays = {
            action: self.language.total(
                self.language.product([weight, self.continuation((*path, action))[position]])
                for path, weight in held.items()
            )
            for action in information_set.actions
        }
        played = self.supports[information_set.name]
        self.conditions += [
            self.language.related(value, "==" if action in played else "<=", pays[played[0]])
            for action, value in pays.items()
            if action != played[0]
        ]

    def _beliefs(self, information_set: InformationSet, roots: Sequence[Path]) -> dict[Path, Any]:
        """What is held likely at an information set, as weights that need not sum to one.

        Where play surely arrives from the start of a subgame, they are the probabilities from there. Else they are free
        as far as no such probability is positive: with a parameter for the odds of a chance event, that may depend.
        """
        language, paths = self.language, information_set.paths
        around = [root for root in roots if all(path[: len(root)] == root for path in paths)]
        arriving: list[dict[Path, Any]] = []
        for root in sorted(around, key=len):
            weights = {path: self.weight(path, root) for path in paths}
            if all(map(is_zero, weights.values())):
                continue
            if any(self._surely_arrives(path, root) for path in paths):
                if not arriving:
                    return weights
                arriving.append(weights)
                break
            arriving.append(weights)
        held, free, possible = self.mixing(information_set.name, paths, surely=False)
        self.unknowns += free
        self.conditions += possible
        for weights in arriving:
            whole = language.total(weights.values())
            self.conditions += [
                language.compare(language.product([whole, held[path]]), "==", weight)
                for path, weight in weights.items()
            ]
        return held

    def _surely_arrives(self, path: Path, root: Path) -> bool:
        """Whether the path from ``root`` has positive probability whatever the parameters."""
        for k in range(len(root), len(path)):
            if isinstance(self.game.nodes[path[:k]], Decision):
                if path[k] not in self.supports[self.game.information_set_at(path[:k])]:
                    return False
            elif path[: k + 1] not in self.certain:
                return False
        return True

    def candidate(self) -> Candidate:
        full = {
            name: {action: self.mixtures[name].get(action, Fraction(0)) for action in s.actions}
            for name, s in self.game.information_sets.items()
        }
        values = {quantity: self._value(quantity) for quantity in self.question.quantities}
        label = "; ".join(f"{name}: {', '.join(played)}" for name, played in self.supports.items())
        return Candidate(self.language.every(self.conditions), values, tuple(self.unknowns), full, label)

    def _value(self, quantity: Quantity) -> Any:
        match quantity:
            case Chosen(choices=choices):
                return self.language.product(
                    self.mixtures[name].get(action, Fraction(0)) for name, action in choices.items()
                )
            case Payoff(player=player, after=after):
                return self.continuation(after)[self.game.players.index(player)]
            case Reach(path=path, after=after):
                return self.weight((*after, *path), after)
