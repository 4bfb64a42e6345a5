"""Sequential equilibria of small trees.

Definition: Kreps & Wilson (1982), Econometrica 50. Beliefs are consistent if they are limits of those that Bayes' rule
gives along completely mixed behaviour converging to the one played. That is so exactly if every action has a rank
(0 if played, else positive) and a positive weight (its probability if played), such that at every information set the
nodes believed possible are those whose path has the least total rank, believed in proportion to the products of their
weights (Kreps & Wilson's lemmas A1 and A2; Streufert 2012 on their gap). Ranks and weights are unknowns of the system.
A chance event of probability zero counts as a mistake of chance.

No ``conditions`` are listed: the consistent assessments are a union of pieces, one for each way in which mistakes may
be ranked (they are semialgebraic: Blume & Zame 1994, Econometrica 62), and not what one list of inequalities in
strategies and beliefs describes. Those of `games.solvers.refinements.perfect_bayesian` are necessary, not sufficient.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from games.forms.extensive import Chance, Decision, ExtensiveGame, Path
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria
from games.solvers.methods.assessments import Problem, assessments, nonempty_subsets


@solution_concept("sequential", form=ExtensiveGame)
def sequential(game: ExtensiveGame) -> Equilibria:
    """One assessment for each way to choose which actions are played, with the consistent beliefs that support it.

    Complete when every one of them is the only one with its actions played. Raises `InputError` for imperfect recall or
    a tree too large to go through.
    """

    def rule(problem: Problem) -> Iterator[Problem]:
        import z3

        context = problem.solver.ctx
        ranks: dict[tuple[str | Path, str], Any] = {}
        for number, (name, information_set) in enumerate(game.information_sets.items()):
            for k, action in enumerate(information_set.actions):
                if action not in problem.supports[name]:
                    ranks[name, action] = z3.Real(f"r{number}_{k}", context)
                    problem.trembles[name, action] = z3.Real(f"t{number}_{k}", context)
        for number, (path, event) in enumerate(_impossible(game)):
            ranks[path, event] = z3.Real(f"s{number}", context)
            problem.trembles[path, event] = z3.Real(f"u{number}", context)
        problem.solver.add(*(rank >= 1 for rank in ranks.values()), *(t > 0 for t in problem.trembles.values()))
        total = {path: _rank(game, path, ranks) for path in game.nodes}
        several = {name: s for name, s in game.information_sets.items() if len(s.paths) > 1}
        possible = [
            [tuple(p for p in s.paths if problem.plays(p))]
            if any(map(problem.plays, s.paths))
            else nonempty_subsets(s.paths)
            for s in several.values()
        ]
        for name, s in game.information_sets.items():
            if len(s.paths) == 1:
                problem.beliefs[name] = {s.paths[0]: problem.weight(s.paths[0])}
        for believed in product(*possible):
            problem.solver.push()
            for (name, s), least in zip(several.items(), believed, strict=True):
                first = total[least[0]]
                problem.solver.add(*(total[path] == first for path in least[1:]))
                problem.solver.add(*(total[path] >= first + 1 for path in s.paths if path not in least))
                problem.beliefs[name] = {path: problem.weight(path) for path in least}
            yield problem
            problem.solver.pop()

    return assessments(game, "sequential", rule)


def _impossible(game: ExtensiveGame) -> Iterator[tuple[Path, str]]:
    """The chance events of probability zero, by their chance move."""
    for path, node in game.nodes.items():
        if isinstance(node, Chance):
            yield from ((path, event) for event, (probability, _) in node.events.items() if probability == 0)


def _rank(game: ExtensiveGame, path: Path, ranks: Mapping[tuple[str | Path, str], Any]) -> Any:
    """The sum of the ranks of the actions on the path."""
    keys: list[tuple[str | Path, str]] = [
        (game.information_set_at(path[:k]) if isinstance(game.nodes[path[:k]], Decision) else path[:k], path[k])
        for k in range(len(path))
    ]
    return sum(ranks[key] for key in keys if key in ranks)
