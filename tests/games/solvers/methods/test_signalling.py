"""Criteria for signalling games, judged by linear programs in floats that share no code with them."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
import pytest
from scipy.optimize import linprog

from games import Chance, Decision, Equilibria, Equilibrium, ExtensiveGame, InputError, Outcome, solve
from games.play.regret import belief_regret
from games.solvers.limits import STOPPED

CRITERIA = ("intuitive-criterion", "d1")
SEED = 1987
CLOSE = 1e-9

Play: TypeAlias = frozenset[tuple[str, str, Fraction]]


def random_game(rng: random.Random, types: int, messages: int, answers: int, high: int = 60) -> ExtensiveGame:
    """Payoffs in general position; the first message may end the game."""
    ending = rng.random() < 0.3

    def after(message: int) -> Any:
        if ending and message == 0:
            return Outcome((rng.randint(0, high), 0))
        ends = {f"r{k}": Outcome((rng.randint(0, high), rng.randint(0, high))) for k in range(answers)}
        return Decision("B", ends, f"after m{message}")

    weights = [rng.randint(1, 6) for _ in range(types)]
    return ExtensiveGame(
        ("A", "B"),
        Chance(
            {
                f"t{t}": (
                    Fraction(weights[t], sum(weights)),
                    Decision("A", {f"m{m}": after(m) for m in range(messages)}, f"knows t{t}"),
                )
                for t in range(types)
            }
        ),
    )


@dataclass
class Judge:
    """The criteria read from the tree, by linear programs in floats."""

    game: ExtensiveGame

    def pays(self, kind: str, message: str, answer: str, player: int) -> float:
        path = (kind, message, answer) if (kind, message, answer) in self.game.outcomes else (kind, message)
        return float(self.game.outcomes[path].payoffs[player])

    def types(self) -> list[str]:
        return sorted({path[0] for path in self.game.outcomes})

    def answers(self, message: str) -> list[str]:
        return sorted({path[2] if len(path) > 2 else "" for path in self.game.outcomes if path[1] == message})

    def best_sets(self, kinds: Sequence[str], message: str) -> list[tuple[str, ...]]:
        """Every set of answers that are all best against some belief in the types."""
        answers, found = self.answers(message), []
        for size in range(1, len(answers) + 1):
            for chosen in combinations(answers, size):
                rows = [
                    [self.pays(t, message, other, 1) - self.pays(t, message, own, 1) for t in kinds]
                    for own in chosen
                    for other in answers
                ]
                if feasible(rows, len(kinds)):
                    found.append(chosen)
        return found

    def payoffs(self, e: Equilibrium) -> dict[str, float]:
        result = {}
        for t in self.types():
            (message, *_) = [m for m, w in e[f"knows {t}"].items() if w]
            mix = e.strategies.get(f"after {message}", {"": 1})
            result[t] = sum(float(w) * self.pays(t, message, r, 0) for r, w in mix.items())
        return result

    def unsent(self, e: Equilibrium) -> Iterator[str]:
        for message in sorted({path[1] for path in self.game.outcomes}):
            if not any(e[f"knows {t}"][message] for t in self.types()):
                yield message

    def left(self, criterion: str, e: Equilibrium, message: str) -> list[str]:
        """The types that the criterion leaves to believe in."""
        own, every = self.payoffs(e), self.types()
        sets = self.best_sets(every, message)
        if criterion == "intuitive-criterion":
            possible = {answer for chosen in sets for answer in chosen}
            return [t for t in every if max(self.pays(t, message, r, 0) for r in possible) >= own[t] - CLOSE]

        def gains(t: str, chosen: Sequence[str]) -> list[float]:
            return [self.pays(t, message, r, 0) - own[t] for r in chosen]

        def excluded(t: str, by: str) -> bool:
            """Nowhere does ``t`` gain or break even while the other does not gain, and somewhere the other gains."""
            ever = any(max(gains(by, chosen)) > CLOSE for chosen in sets)
            return ever and not any(
                feasible([[-g for g in gains(t, chosen)], gains(by, chosen)], len(chosen)) for chosen in sets
            )

        return [t for t in every if not any(by != t and excluded(t, by) for by in every)]

    def survives(self, criterion: str, e: Equilibrium) -> bool:
        own = self.payoffs(e)
        for message in self.unsent(e):
            kinds = self.left(criterion, e, message)
            sets = self.best_sets(kinds or self.types(), message)
            if criterion == "d1":
                gains = [{r: self.pays(t, message, r, 0) - own[t] for r in self.answers(message)} for t in self.types()]
                if not any(feasible([[gain[r] for r in chosen] for gain in gains], len(chosen)) for chosen in sets):
                    return False
            elif kinds:
                sure = {answer for chosen in sets for answer in chosen}
                if any(min(self.pays(t, message, r, 0) for r in sure) > own[t] + CLOSE for t in kinds):
                    return False
        return True


def feasible(rows: Sequence[Sequence[float]], count: int) -> bool:
    """Whether some probabilities make no row positive."""
    found = linprog(
        np.zeros(count), A_ub=np.array(rows), b_ub=np.full(len(rows), CLOSE), A_eq=np.ones((1, count)), b_eq=[1.0]
    )
    return bool(found.status == 0)


def played(game: ExtensiveGame, e: Equilibrium) -> Play:
    """What is done at the information sets that play arrives at."""
    arrived = {reached.path[:k] for reached in e.outcomes for k in range(len(reached.path))}
    return frozenset(
        (s.name, action, Fraction(w))
        for s in game.information_sets.values()
        if arrived.intersection(s.paths)
        for action, w in e[s.name].items()
        if w
    )


def judged(game: ExtensiveGame, criterion: str, all_: Equilibria) -> dict[Play, bool]:
    judge = Judge(game)
    return {played(game, e): judge.survives(criterion, e) for e in all_}


SIZES = [(2, 2, 2), (2, 3, 2), (2, 2, 3), (3, 2, 2), (3, 3, 2), (2, 3, 3), (3, 2, 3)]


@pytest.mark.untraced
@pytest.mark.parametrize("criterion", CRITERIA)
def test_survivors_are_those_of_the_judge(criterion: str) -> None:
    rng = random.Random(SEED)
    kept = gone = unsent = 0
    for number in range(28):
        game = random_game(rng, *SIZES[number % len(SIZES)])
        truth = judged(game, criterion, solve(game, "perfect-bayesian"))
        answer = solve(game, criterion)
        listed = [played(game, e) for e in answer]
        assert len(set(listed)) == len(listed)
        assert set(listed) == {play for play, survives in truth.items() if survives}, (SEED, number)
        judge = Judge(game)
        for e in answer:
            assert not any(belief_regret(game, e.strategies, e.beliefs).values())
            for message in judge.unsent(e):
                unsent += 1
                held: Mapping[Any, Any] = e.beliefs.get(f"after {message}", {})
                left = judge.left(criterion, e, message)
                believed = {path[0] for path, weight in held.items() if weight}
                assert believed <= set(left or judge.types()) or criterion == "intuitive-criterion"
        assert len([r for r in answer.remarks if r.startswith("eliminated")]) == len(truth) - len(answer)
        kept, gone = kept + len(answer), gone + len(truth) - len(answer)
    assert kept > 15
    assert gone > 5
    assert unsent > 10


def test_what_survives_d1_survives_the_intuitive_criterion() -> None:
    rng = random.Random(SEED + 1)
    for _ in range(25):
        game = random_game(rng, 3, 2, 2, high=5)
        divine, intuitive = ({played(game, e) for e in solve(game, c)} for c in reversed(CRITERIA))
        assert divine <= intuitive
        assert intuitive, "some outcome passes in every one of these games"


def test_an_outcome_with_many_beliefs_is_one_answer() -> None:
    """One message is best for both types whatever follows the other."""
    quiet = [Decision("A", {"x": Outcome((5, 0)), "y": Decision("B", replies(k), "y")}, f"knows {k}") for k in range(2)]
    game = ExtensiveGame(("A", "B"), Chance({f"t{k}": ("1/2", choice) for k, choice in enumerate(quiet)}))
    assert len(solve(game, "perfect-bayesian")) > 1
    for criterion in CRITERIA:
        answer = solve(game, criterion)
        assert (len(answer), answer.complete, answer.exact) == (1, True, True)
        assert answer.heading.startswith(f"1 {criterion} equilibrium outcome, exact, complete")


def replies(k: int) -> dict[str, Outcome]:
    return {"l": Outcome((1, k)), "r": Outcome((2, 1 - k))}


@pytest.mark.parametrize("criterion", CRITERIA)
def test_no_other_game_is_answered(criterion: str) -> None:
    unseen = Decision("A", {k: Decision("B", {j: Outcome((0, 0)) for j in "lr"}, "B") for k in "lr"})
    with pytest.raises(InputError, match="no signalling game: A chooses first"):
        solve(ExtensiveGame(("A", "B"), unseen), criterion)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_time_limit_leaves_a_part_and_says_so(criterion: str) -> None:
    answer = solve(random_game(random.Random(SEED), 3, 3, 2), criterion, time_limit=1e-6)
    assert not answer.complete
    assert STOPPED in answer.remarks


@pytest.mark.parametrize("concept", ["intuitive-criterion", "d1"])
def test_an_outcome_reached_with_several_answers_off_the_path_is_not_the_only_one(concept: str) -> None:
    """Both types send m; after (n, a) the answers to m must be even, after (n, b) any odds are an equilibrium."""
    sender = {("m", "L"): (2, 0), ("m", "R"): (0, 2), ("n", "a"): (1, 1), ("n", "b"): (-1, -1)}
    receiver = {"L": (1, 0), "R": (0, 1), "a": (1, 0), "b": (0, 2)}

    def reply(kind: int, message: str) -> Decision:
        answers = [answer for sent, answer in sender if sent == message]
        ends = {answer: Outcome((sender[message, answer][kind], receiver[answer][kind])) for answer in answers}
        return Decision("R", ends, message)

    drawn = {
        f"t{k}": (Fraction(1, 2), Decision("S", {message: reply(k, message) for message in "mn"}, f"t{k}"))
        for k in range(2)
    }
    answer = solve(ExtensiveGame(("S", "R"), Chance(drawn)), concept)
    assert not answer.complete
    assert any("only one was tested" in remark for remark in answer.remarks)
