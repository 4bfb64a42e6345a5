"""What every registered solution concept must satisfy, on one family of games.

A concept may refuse a game of its form with an `InputError`, as `nash` does with three players, but few of them.
"""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from typing import Any, TypeAlias

import pytest

from games import Chance, Decision, Equilibria, Equilibrium, ExtensiveGame, InputError, Outcome, StrategicGame
from games.forms.extensive import Node, Path
from games.ordered import ordered
from games.play.quantities import Payoff
from games.play.regret import nash_regret, regret
from games.solvers.concept import CONCEPTS, Concept
from games.terms import var

Game: TypeAlias = StrategicGame | ExtensiveGame
Play: TypeAlias = frozenset[tuple[str, str, Fraction]]

SEED = 1951


bimatrix = StrategicGame.bimatrix


def zero_sum(rows: list[list[int]]) -> StrategicGame:
    return bimatrix(rows, [[-entry for entry in row] for row in rows])


def random_strategic(seed: int, sizes: tuple[int, ...], low: int, high: int, denominator: int = 1) -> StrategicGame:
    rng = random.Random(seed)
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{i}" for i in range(size)) for k, size in enumerate(sizes)}
    payoffs = {
        profile: tuple(Fraction(rng.randint(low, high), denominator) for _ in sizes)
        for profile in product(*strategies.values())
    }
    return StrategicGame(strategies, payoffs)


def random_tree(seed: int, depth: int, low: int, high: int, players: int = 2) -> ExtensiveGame:
    rng = random.Random(seed)
    names = tuple(f"P{k}" for k in range(players))

    def grow(left: int) -> Node:
        kind = rng.random()
        if left == 0 or (left < depth and kind < 0.2):
            return Outcome(tuple(rng.randint(low, high) for _ in names))
        branches = rng.choice((2, 2, 3)) if left < depth else 2
        if left < depth and kind < 0.4:
            weights = [rng.randint(0, 3) for _ in range(branches - 1)]
            weights.append(1 + rng.randint(0, 2))
            return Chance(
                {f"event {k}": (Fraction(w, sum(weights)), grow(left - 1)) for k, w in enumerate(weights)},
            )
        return Decision(rng.choice(names), {f"move {k}": grow(left - 1) for k in range(branches)})

    return ExtensiveGame(names, grow(depth))


def leaf(*payoffs: int | str) -> Outcome:
    return Outcome(payoffs)


STRATEGIC: Mapping[str, StrategicGame] = {
    "dilemma": bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]]),
    "stag hunt": bimatrix([[9, 0], [8, 7]], [[9, 8], [0, 7]]),
    "matching pennies": zero_sum([[1, -1], [-1, 1]]),
    "paper, scissors, stone": zero_sum([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]),
    "zero-sum with a saddle": zero_sum([[4, 2, 3], [1, 0, 5]]),
    "zero-sum with many solutions": zero_sum([[0, 0, 1], [0, 0, 2], [-1, 0, 3]]),
    "one weak dominance": bimatrix([[1, 1], [1, 0]], [[1, 0], [1, 1]]),
    "degenerate 3×2": bimatrix([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]),
    "everything ties 3×2": bimatrix([[0] * 2] * 3, [[0] * 2] * 3),
    "equal columns": bimatrix([[1, 1, 0], [0, 0, 1]], [[0, 0, 1], [1, 1, 0]]),
    "1×1": bimatrix([[-2]], [[7]]),
    "1×4": bimatrix([[0, 1, 2, 3]], [[5, 2, 5, 5]]),
    "3×1": bimatrix([[-1], [-1], [-3]], [[0], [0], [0]]),
    "fractions below zero": bimatrix([["-1/3", "-7/2"], ["-2/3", "-1/8"]], [["-0.1", "-0.2"], ["-5", "-9/7"]]),
    "solved by dominance": bimatrix([[1, 1, 0], [0, 0, 2]], [[0, 2, 1], [3, 1, 0]]),
    "dominated by a mixture": bimatrix([[3, 0], [0, 3], [1, 1]], [[0, 1], [1, 0], [5, 4]]),
    "three players with ties": random_strategic(3, (2, 3, 2), 0, 1),
    "four players": random_strategic(4, (2, 2, 2, 2), -3, 3),
    "one player": StrategicGame({"Solo": ("a", "b", "c")}, {("a",): (1,), ("b",): (2,), ("c",): (2,)}),
    **{f"random 2×3 #{k}": random_strategic(k, (2, 3), 0, 2) for k in range(8)},
    **{f"random 3×3 #{k}": random_strategic(k, (3, 3), 0, 3) for k in range(8)},
    **{f"random 4×2 #{k}": random_strategic(k, (4, 2), -9, 9, denominator=7) for k in range(6)},
    **{f"random 4×4 #{k}": random_strategic(k, (4, 4), -99, 99) for k in range(4)},
}

ENTRY = Decision(
    "Entrant", {"Stay out": leaf(0, 2), "Enter": Decision("Incumbent", {"Fight": leaf(-1, -1), "Share": leaf(1, 1)})}
)
A_CHOOSES = Decision("A", {"x": leaf(3, 0), "y": leaf(0, 3)})
TREES: Mapping[str, ExtensiveGame] = {
    "entry": ExtensiveGame(("Entrant", "Incumbent"), ENTRY),
    "one decision": ExtensiveGame(("Solo",), Decision("Solo", {"a": leaf(1), "b": leaf("3/2"), "c": leaf("3/2")})),
    "ultimatum with a tie": ExtensiveGame(
        ("A", "B"),
        Decision("A", {f"{k}": Decision("B", {"yes": leaf(2 - k, k), "no": leaf(0, 0)}) for k in range(3)}),
    ),
    "everything ties": ExtensiveGame(
        ("A", "B"), Decision("A", {k: Decision("B", {j: leaf(1, 1) for j in "lr"}) for k in "xy"})
    ),
    "chance first": ExtensiveGame(("A", "B"), Chance({"rain": ("1/3", A_CHOOSES), "sun": ("2/3", A_CHOOSES)})),
    "chance makes a tie": ExtensiveGame(
        ("A",), Decision("A", {"safe": leaf(1), "risk": Chance({"win": ("1/2", leaf(2)), "lose": ("1/2", leaf(0))})})
    ),
    "an event that never happens": ExtensiveGame(
        ("A", "B"),
        Chance({"never": (0, Decision("B", {"l": leaf(9, 0), "r": leaf(0, -1)})), "ever": (1, A_CHOOSES)}),
    ),
    "fractions below zero": ExtensiveGame(
        ("A", "B"),
        Decision("A", {"x": leaf("-1/3", "-0.2"), "y": Decision("B", {"l": leaf("-1/4", -5), "r": leaf(-2, "-29/6")})}),
    ),
    "imperfect information": ExtensiveGame(
        ("A", "B"),
        Decision("A", {k: Decision("B", {j: leaf(int(j == k), int(j != k)) for j in "lr"}, "unseen") for k in "lr"}),
    ),
    "a signal": ExtensiveGame(
        ("A", "B"),
        Chance(
            {
                kind: (
                    odds,
                    Decision(
                        "A",
                        {
                            m: Decision("B", {j: leaf(3 * (m == kind) + (j == "l"), int(j == kind)) for j in "lr"}, m)
                            for m in "lr"
                        },
                        f"type {kind}",
                    ),
                )
                for kind, odds in (("l", "1/3"), ("r", "2/3"))
            }
        ),
    ),
    **{f"random #{k}": random_tree(k, 3, 0, 2) for k in range(10)},
    **{f"random with three players #{k}": random_tree(k, 3, -4, 4, players=3) for k in range(6)},
}

FAMILY: Mapping[str, Game] = {**STRATEGIC, **{f"tree, {name}": game for name, game in TREES.items()}}


@cache
def answer(concept: str, name: str) -> Equilibria | Exception:
    """What the concept answers for a game of the family, or the error it raises."""
    try:
        return CONCEPTS[concept].solve(FAMILY[name])
    except Exception as error:
        return error


# Concepts whose answers are no Nash equilibria, or one of many, have tests of their own.
OFFERED = [
    (c, name)
    for c in CONCEPTS.values()
    if c.no_regret and not c.one_of_many
    for name, game in FAMILY.items()
    if isinstance(game, c.form)
]


def is_one_list_of_points(concept: str, name: str) -> bool:
    """Whether the concept answers for the game itself, exactly, and lists points rather than samples of continua."""
    found = answer(concept, name)
    if isinstance(found, Exception):
        return not isinstance(found, InputError)
    return found.game is FAMILY[name] and found.exact and not any("continu" in remark for remark in found.remarks)


CASES = [(c, name) for c, name in OFFERED if is_one_list_of_points(c.name, name)]


def answered(concept: Concept, name: str) -> tuple[Any, Equilibria]:
    found = answer(concept.name, name)
    if isinstance(found, Exception):
        raise found
    return FAMILY[name], found


def on(cases: list[tuple[Concept, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("concept", "name"), [pytest.param(*case, id=f"{case[0].name}: {case[1]}") for case in cases]
    )


on_every_game = on(CASES)


def play(equilibrium: Equilibrium) -> Play:
    """The equilibrium's strategies as a set: who plays what with which positive probability."""
    return frozenset(
        (who, label, Fraction(weight))
        for who, mix in equilibrium.strategies.items()
        for label, weight in mix.items()
        if weight
    )


def plays(equilibria: Equilibria) -> Counter[Play]:
    return Counter(play(equilibrium) for equilibrium in equilibria)


def expected(game: Game, strategies: Mapping[str, Mapping[str, Any]], position: int) -> Fraction:
    """The payoff of the player at ``position``, summed over every profile or walked down the tree from the root."""
    if isinstance(game, StrategicGame):
        return sum(
            (
                prod((Fraction(strategies[p][label]) for p, label in zip(game.players, profile, strict=True)))
                * payoffs[position]
                for profile, payoffs in game.payoffs.items()
            ),
            Fraction(0),
        )

    def below(node: Node, path: Path) -> Fraction:
        match node:
            case Outcome(payoffs=payoffs):
                return Fraction(payoffs[position])
            case Decision(actions=actions):
                mix = strategies[game.information_set_at(path)]
                return sum((Fraction(mix[a]) * below(child, (*path, a)) for a, child in actions.items()), Fraction(0))
            case Chance(events=events):
                return sum((Fraction(p) * below(child, (*path, e)) for e, (p, child) in events.items()), Fraction(0))

    return below(game.root, ())


def choices(game: Game) -> Mapping[str, tuple[str, ...]]:
    """The keys of a strategy profile and what may stand under each."""
    if isinstance(game, StrategicGame):
        return game.strategies
    return {name: information_set.actions for name, information_set in game.information_sets.items()}


def pure_profiles(game: Game) -> Iterator[dict[str, dict[str, Fraction]]]:
    offered = choices(game)
    for chosen in product(*offered.values()):
        yield {
            who: {label: Fraction(label == one) for label in offered[who]}
            for who, one in zip(offered, chosen, strict=True)
        }


def mixed_profiles(game: Game, count: int) -> Iterator[dict[str, dict[str, Fraction]]]:
    """Random profiles, some of whose weights are zero."""
    rng = random.Random(SEED)
    for _ in range(count):
        profile = {}
        for who, labels in choices(game).items():
            weights = [rng.randint(0, 2) for _ in labels]
            weights[rng.randrange(len(labels))] += 1
            profile[who] = {label: Fraction(w, sum(weights)) for label, w in zip(labels, weights, strict=True)}
        yield profile


def rebuilt(
    game: Game,
    number: Callable[[int, Any], Any] = lambda position, value: value,
    label: Callable[[str], str] = lambda name: name,
    order: Callable[[list[Any]], list[Any]] = lambda items: items,
) -> Any:
    """The game with each player's payoffs put through ``number``, labels through ``label``, menus through ``order``."""
    if isinstance(game, StrategicGame):
        menus = {label(p): tuple(order([label(s) for s in own])) for p, own in game.strategies.items()}
        payoffs = {
            tuple(label(s) for s in profile): tuple(number(k, value) for k, value in enumerate(row))
            for profile, row in game.payoffs.items()
        }
        return StrategicGame(menus, payoffs)

    def below(node: Node) -> Node:
        match node:
            case Outcome(payoffs=payoffs):
                return Outcome(tuple(number(k, value) for k, value in enumerate(payoffs)))
            case Decision(player=player, actions=actions, information_set=named):
                menu = {label(a): below(child) for a, child in order(list(actions.items()))}
                return Decision(label(player), menu, None if named is None else label(named))
            case Chance(events=events):
                return Chance({label(e): (p, below(child)) for e, (p, child) in order(list(events.items()))})

    return ExtensiveGame(tuple(map(label, game.players)), below(game.root))


def test_a_concept_refuses_few_games_of_its_form() -> None:
    for concept in CONCEPTS.values():
        if concept.about:
            continue
        offered = [name for case, name in OFFERED if case is concept]
        refused = [name for name in offered if isinstance(answer(concept.name, name), InputError)]
        assert len(refused) <= len(offered) // 5, f"{concept.name} refuses {refused}"


def test_the_default_of_each_form_applies_to_it() -> None:
    for game in (*STRATEGIC.values(), *TREES.values()):
        assert isinstance(game, CONCEPTS[game.default_concept].form)


@on_every_game
def test_the_answer_says_what_it_answers(concept: Concept, name: str) -> None:
    game, equilibria = answered(concept, name)
    assert equilibria.game is game
    assert equilibria.concept == concept.name
    assert equilibria.exact
    assert max(plays(equilibria).values(), default=1) == 1, "an equilibrium is listed twice"
    members = {member for component in equilibria.components for member in component.members}
    assert members <= set(range(len(equilibria)))
    assert all(remark.strip() and "\n" not in remark for remark in equilibria.remarks)


@on_every_game
def test_probabilities_are_exact_and_sum_to_one(concept: Concept, name: str) -> None:
    game, equilibria = answered(concept, name)
    offered = choices(game)
    for equilibrium in equilibria:
        assert list(equilibrium.strategies) == list(offered)
        for who, mix in equilibrium.strategies.items():
            assert list(mix) == list(offered[who])
            assert all(type(weight) in (int, Fraction) and weight >= 0 for weight in mix.values())
            assert sum(mix.values()) == 1


@on_every_game
def test_no_player_has_regret(concept: Concept, name: str) -> None:
    game, equilibria = answered(concept, name)
    for equilibrium in equilibria:
        check = regret if isinstance(game, StrategicGame) or game.has_perfect_information else nash_regret
        assert check(game, equilibrium.strategies) == dict.fromkeys(game.players, 0)


@on_every_game
def test_payoffs_are_expected_payoffs(concept: Concept, name: str) -> None:
    game, equilibria = answered(concept, name)
    for equilibrium in equilibria:
        recomputed = {p: expected(game, equilibrium.strategies, k) for k, p in enumerate(game.players)}
        assert dict(equilibrium.payoffs) == recomputed
        if isinstance(game, ExtensiveGame):
            reached = equilibrium.outcomes
            assert sum(r.probability for r in reached) == 1
            assert all(r.probability > 0 for r in reached)
            for k, player in enumerate(game.players):
                total = sum(r.probability * game.outcomes[r.path].payoffs[k] for r in reached)
                assert total == equilibrium.payoffs[player]


@pytest.mark.untraced
@on_every_game
def test_the_order_of_strategies_does_not_matter(concept: Concept, name: str) -> None:
    game, equilibria = answered(concept, name)
    rng = random.Random(SEED)
    for order in (lambda items: items[::-1], lambda items: rng.sample(items, len(items))):
        shuffled = concept.solve(rebuilt(game, order=order))
        assert plays(shuffled) == plays(equilibria), SEED
        assert shuffled.complete == equilibria.complete


@pytest.mark.untraced
@on_every_game
def test_labels_are_only_names(concept: Concept, name: str) -> None:
    game, equilibria = answered(concept, name)

    def label(old: str) -> str:
        return f"new {old[::-1]}"

    renamed = rebuilt(game, label=label)
    if isinstance(game, StrategicGame):
        names = {p: label(p) for p in game.players}
    else:
        names = {
            s.name: renamed.information_set_at(tuple(map(label, s.paths[0]))) for s in game.information_sets.values()
        }
    translated = Counter(
        frozenset((names[who], label(chosen), weight) for who, chosen, weight in play(equilibrium))
        for equilibrium in equilibria
    )
    assert plays(concept.solve(renamed)) == translated


@pytest.mark.untraced
@on_every_game
def test_the_unit_and_the_zero_of_a_payoff_do_not_matter(concept: Concept, name: str) -> None:
    game, equilibria = answered(concept, name)
    if not concept.own_units:
        return
    for position, player in enumerate(game.players):
        for factor, shift in ((Fraction(1), Fraction(-7, 3)), (Fraction(5, 2), Fraction(0)), (Fraction(1, 9), 4)):
            changed = rebuilt(game, number=lambda k, v, p=position, f=factor, s=shift: v * f + s if k == p else v)
            again = concept.solve(changed)
            assert plays(again) == plays(equilibria)
            assert again.complete == equilibria.complete
            before = {play(e): e.payoffs[player] * factor + shift for e in equilibria}
            assert {play(e): e.payoffs[player] for e in again} == before


@on_every_game
def test_while_no_margin_changes_its_sign_the_same_is_played(concept: Concept, name: str) -> None:
    """Of concepts whose cases are in order, with every payoff a parameter."""
    game, equilibria = answered(concept, name)
    given: list[Fraction] = []

    def named(_: int, value: Any) -> Any:
        given.append(Fraction(value))
        return var(f"x{len(given) - 1}")

    formulas = rebuilt(game, number=named)
    reading = None if concept.cases is None else ordered(concept.cases(formulas, [Payoff(p) for p in game.players]))
    if reading is None:
        return
    margins = reading.around(numbered(given), 1_000).margins

    def signs(values: list[Fraction]) -> list[int]:
        return [(value > 0) - (value < 0) for value in (margin.at(numbered(values)) for margin in margins)]

    rng = random.Random(SEED)
    for size in (Fraction(1, 100), Fraction(1), Fraction(3)):
        for _ in range(4):
            moved = [value * 2 + size * Fraction(rng.randint(-100, 100), 101) for value in given]
            if signs(moved) == signs(given):
                each = iter(moved)
                other = rebuilt(game, number=lambda _, __, each=each: next(each))
                try:
                    again = concept.solve(other)
                except InputError:
                    assert concept.about, "only a concept about some games refuses others of the form"
                    continue
                assert plays(again) == plays(equilibria)
    affine: list[Fraction] = []

    def stretched(player: int, value: Any) -> Fraction:
        affine.append(Fraction(value) * (player + 2) - 5)
        return affine[-1]

    rebuilt(game, number=stretched)
    assert not concept.own_units or signs(affine) == signs(given)


def numbered(values: list[Fraction]) -> dict[str, Fraction]:
    return {f"x{k}": value for k, value in enumerate(values)}


@on_every_game
def test_the_same_question_has_the_same_answer(concept: Concept, name: str) -> None:
    game, equilibria = answered(concept, name)
    again = concept.solve(rebuilt(game))
    assert again == equilibria
    assert str(again) == str(equilibria)
    assert again._repr_html_() == equilibria._repr_html_()


ANSWERS = """
from games import Decision, ExtensiveGame, Outcome, StrategicGame, solve

ties = StrategicGame.bimatrix([[1, 1, 0], [0, 0, 1], [1, 1, 0]], [[0, 0, 1], [1, 1, 0], [0, 0, 1]])
for concept in ("nash", "pure-nash", "dominance"):
    print(repr(solve(ties, concept)), solve(ties, concept))
tree = ExtensiveGame(("A", "B"), Decision("A", {k: Decision("B", {j: Outcome((1, 1)) for j in "lr"}) for k in "xy"}))
print(repr(solve(tree)), solve(tree))
"""


def test_the_answer_does_not_depend_on_the_hash_seed() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", ANSWERS],
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "12345")
    }
    assert len(printed) == 1
    assert b"nash" in printed.pop()
