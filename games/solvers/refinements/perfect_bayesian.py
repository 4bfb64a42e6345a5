"""Perfect Bayesian equilibria of signalling games and small trees.

Definition used: behaviour is sequentially rational at every information set, and beliefs follow Bayes' rule wherever
it applies, in every subgame: at an information set that play reaches from the start of some subgame around it, beliefs
are the probabilities given that subgame. Elsewhere beliefs are free. For signalling games this is the definition of
Fudenberg & Tirole (1991), Game Theory, section 8.2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from games.exact import Number
from games.forms.extensive import ExtensiveGame, InformationSet
from games.forms.game import Path
from games.forms.reduced import check_perfect_recall
from games.play.payoffs import Strategies, arrival
from games.play.regret import belief_regret
from games.play.subgames import subgame_roots
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, played_out
from games.solvers.methods.assessments import Believed, Found, Problem, assessments, every_assessment
from games.solvers.methods.behaviour import belief_name, rational_at_every_information_set


def exists_because(game: ExtensiveGame) -> str:
    """Why there is one. Raises `InputError` for imperfect recall, under which there may be none."""
    check_perfect_recall(game)
    return "every finite game with perfect recall has one: Kreps & Wilson (1982)"


def witness(game: ExtensiveGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The assessment, if no plan from anywhere on pays more and beliefs follow Bayes' rule in every subgame."""
    beliefs = {
        name: {path: values[belief_name(name, path)] for path in s.paths}
        for name, s in game.information_sets.items()
        if len(s.paths) > 1
    }
    if any(belief_regret(game, strategies, beliefs).values()) or not _bayesian(game, strategies, beliefs):
        return None
    return replace(played_out(game, strategies), beliefs=beliefs)


def _bayesian(game: ExtensiveGame, strategies: Strategies, beliefs: Mapping[str, Mapping[Path, Number]]) -> bool:
    """Whether beliefs are the probabilities given that play arrives, wherever it does from the start of a subgame."""
    arrives = {root: arrival(game, strategies, root) for root in subgame_roots(game)}
    for held in beliefs.values():
        if sum(held.values()) != 1 or min(held.values()) < 0:
            return False
        for likely in arrives.values():
            if all(path in likely for path in held):
                total = sum(likely[path] for path in held)
                if any(weight * total != likely[path] for path, weight in held.items()):
                    return False
    return True


@solution_concept(
    "perfect-bayesian",
    form=ExtensiveGame,
    judged=lambda assessment: assessment,
    cases=rational_at_every_information_set,
    exists_because=exists_because,
    title="perfect Bayesian",
    witness=witness,
)
def perfect_bayesian(game: ExtensiveGame) -> Equilibria:
    """One assessment for each way to choose which actions are played, with the beliefs that support it; exact.

    Complete when every one of them is the only one with its actions played. Where a player could choose later, under
    other beliefs, in more than `games.solvers.methods.assessments.MOST_PLANS` ways, rationality is put to the solver
    choice by choice; an assessment that is not rational as a whole is left out, with a remark.
    Raises `InputError` for imperfect recall or a tree too large to go through.
    """
    return assessments(game, "perfect-bayesian", _Bayesian(tuple(subgame_roots(game))))


def perfect_bayesian_assessments(game: ExtensiveGame) -> tuple[list[Found], list[str]]:
    """The assessments, each with whether its play is the only one with its actions played; and why there may be more.

    Raises `InputError` for imperfect recall or a tree too large to go through.
    """
    return every_assessment(game, "perfect-bayesian", _Bayesian(tuple(subgame_roots(game))))


@dataclass(frozen=True)
class _Bayesian:
    """Beliefs by Bayes' rule in the largest subgame from whose start play arrives; free where there is none."""

    roots: tuple[Path, ...]

    def believed(self, problem: Problem, information_set: InformationSet) -> Iterator[Believed]:
        start = self._start(problem, information_set)
        if start is None:
            yield problem.anything(information_set)
            return
        paths = [path for path in information_set.paths if problem.plays_from(start, path)]
        yield Believed({path: problem.weight(path, start) for path in paths})

    def _start(self, problem: Problem, information_set: InformationSet) -> Path | None:
        paths = information_set.paths
        around = [root for root in self.roots if all(path[: len(root)] == root for path in paths)]
        arriving = [root for root in around if any(problem.plays_from(root, path) for path in paths)]
        return min(arriving, key=len, default=None)

    def agree(self, problem: Problem, earlier: InformationSet, later: InformationSet) -> bool:
        """They do where both follow from one subgame."""
        start = self._start(problem, later)
        return start is not None and start == self._start(problem, earlier)
