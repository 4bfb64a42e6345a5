"""Mixed play is shown as what it is: in words, with the probability of each outcome, on trees, and with its roots.

Probabilities are judged by an enumeration of the tree, or by closed forms, that share no code with the toolkit.
"""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy

from analyses.compare import compare
from analyses.drawing.picture import picture_of
from analyses.drawing.tree import draw_tree
from analyses.explain import explain_all
from analyses.reports.contents import chapter
from games.catalog import load
from games.exact import alike
from games.forms.continuous import ContinuousGame, Interval
from games.forms.extensive import Chance, Decision, ExtensiveGame, Outcome
from games.forms.strategic import StrategicGame
from games.model import Model
from games.solvers import Equilibria, solve

HALF = Fraction(1, 2)
THREAT = StrategicGame.bimatrix(
    [[2, -1], [1, 0]], [[0, 1], [2, 0]], {"Sender": ("Threaten", "Wait"), "Target": ("Yield", "Resist")}
)


def after(card: str, resisted: int) -> Decision:
    resist, yielded = Outcome((resisted, -resisted)), Outcome((1, -1))
    target = Decision("Target", {"Resist": resist, "Yield": yielded}, "Target after a threat")
    return Decision("Sender", {"Threaten": target, "Fold": Outcome((-1, 1))}, f"Sender with {card}")


BLUFF = ExtensiveGame(
    ("Sender", "Target"), Chance({"Strong": ("1/3", after("Strong", 2)), "Weak": ("2/3", after("Weak", -2))})
)


def played(node: Any, strategies: Mapping[str, Mapping[str, Any]], path: tuple[str, ...] = ()) -> Iterator[Any]:
    """Every outcome below a node with its probability, by going through all branches."""
    if isinstance(node, Outcome):
        yield path, Fraction(1)
    elif isinstance(node, Chance):
        for event, (odds, child) in node.events.items():
            for end, below in played(child, strategies, (*path, event)):
                yield end, odds * below
    else:
        for action, child in node.actions.items():
            for end, below in played(child, strategies, (*path, action)):
                yield end, strategies[node.information_set][action] * below


def happens(equilibria: Equilibria) -> list[dict[str, str]]:
    listed: Any = equilibria.as_json("a game")["equilibria"]
    return [{each["words"]: each["probability"] for each in one["happens"]} for one in listed]


def test_a_mixture_is_told_in_words_with_its_probabilities() -> None:
    """Of a 2×2 game the mixtures are (d − c) / (a − b − c + d) of the other's payoffs."""
    found = solve(THREAT)
    sender, target = Fraction(0 - 2, 0 - 2 - 1 + 0), Fraction(0 + 1, 2 + 1 - 1 + 0)
    assert found.told() == (
        f"1: Sender plays Threaten with probability {sender}, else Wait; "
        f"Target plays Yield with probability {target}, else Resist",
    )
    assert explain_all(found)[0].heading == f"Equilibrium: {found.told()[0][3:]}"
    (told,) = happens(found)
    weights = [{"Threaten": sender, "Wait": 1 - sender}, {"Yield": target, "Resist": 1 - target}]
    assert told == {f"{a}, {b}": str(weights[0][a] * weights[1][b]) for a, b in product(*weights)}
    assert all(f"{chance}  {words}" in repr(found) for words, chance in told.items())
    assert all(words in found._repr_html_() for words in told)


def test_the_report_has_no_list_of_pure_profiles_for_a_mixture() -> None:
    told = chapter(Model("threat", "A threat", THREAT))
    ((happening, paid),) = told.as_json()["predictions"]
    assert happening.startswith("“Threaten, Yield” with probability 1/3 or ")
    assert happening.endswith("Target plays Yield with probability 1/2, else Resist")
    assert paid == "Sender gets 1/2, Target gets 2/3"
    assert "“Wait, Resist” with probability 1/6" in told.brief
    assert [row[1][0] for row in told.as_json()["happens"]["rows"]] == ["1/3", "1/3", "1/6", "1/6"]


def test_what_is_compared_parts_mixtures_from_what_reason_alone_allows() -> None:
    found = compare(THREAT, concepts=["nash", "rationalizable"])
    mixed, pure = found.findings()
    assert "Threaten, Yield (1/3)" in mixed
    assert pure == "rationalizable: Threaten, Resist; or Threaten, Yield; or Wait, Resist; or Wait, Yield."
    nash = found.as_json()["predictions"][0]
    assert nash["probabilities"]["Wait, Resist"] == ["1/6", "1/6"]


@pytest.mark.parametrize("concept", ["subgame-perfect", "nash", "sequential"])
def test_outcomes_of_a_tree_are_as_probable_as_by_enumeration(concept: str) -> None:
    perfect = solve(BLUFF)
    by_hand = {", ".join(path): chance for path, chance in played(BLUFF.root, perfect[0].strategies) if chance}
    # Bluffs leave the target indifferent, and the target leaves a weak sender so.
    bluffs = perfect[0]["Sender with Weak"]["Threaten"]
    yields = perfect[0]["Target after a threat"]["Yield"]
    assert -2 * Fraction(1, 3) + 2 * Fraction(2, 3) * bluffs == -Fraction(1, 3) - Fraction(2, 3) * bluffs
    assert yields - 2 * (1 - yields) == -1
    found = solve(BLUFF, concept)
    prediction = compare(BLUFF, concepts=[concept]).predictions[0]
    assert {", ".join(path): chance for path, chance in prediction.chances[0].items()} == by_hand
    if concept != "nash":
        assert happens(found) == [{words: str(chance) for words, chance in by_hand.items()}]


def test_of_a_tree_only_mixing_is_told_and_the_rest_is_listed() -> None:
    assert solve(BLUFF).told() == (
        "1: Target after a threat: Resist with probability 2/3, else Yield; "
        "Sender with Weak: Threaten with probability 1/6, else Fold; elsewhere as listed",
    )


@pytest.mark.parametrize("concept", ["subgame-perfect", "nash"])
def test_branches_of_a_drawn_tree_have_probabilities_and_decisions_beliefs(concept: str) -> None:
    named = picture_of(BLUFF, solve(BLUFF, concept))
    assert named is not None
    shown = [text.get_text() for text in named[1].figure.axes[0].texts]
    for label in ("Strong (1/3)", "Weak (2/3)", "Threaten (1/6)", "Fold (5/6)"):
        assert shown.count(label) == 1
    assert (shown.count("Resist (2/3)"), shown.count("Yield (1/3)")) == (2, 2)
    assert {"Threaten", "Fold"} <= set(shown)
    # Bayes' rule: 1/3 against 2/3 · 1/6.
    assert (shown.count("[3/4]"), shown.count("[1/4]")) == (1, 1)
    assert "“Weak → Threaten → Yield” with probability 1/27" in named[1].description


def test_no_belief_is_drawn_where_none_follows() -> None:
    guess = {k: Decision("B", {"l": Outcome((0, k)), "r": Outcome((0, 1 - k))}, "B in the dark") for k in range(2)}
    game = ExtensiveGame(("A", "B"), Decision("A", {"out": Outcome((1, 0)), "x": guess[0], "y": guess[1]}))
    shown = [text.get_text() for text in draw_tree(game, solve(game)[0]).figure.axes[0].texts]
    assert not any(text.startswith("[") for text in shown)
    assert not any("In brackets" in text for text in shown)


def test_labels_of_a_drawn_tree_do_not_lie_on_each_other() -> None:
    drawing = draw_tree(BLUFF, solve(BLUFF)[0])
    renderer: Any = drawing.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [text.get_window_extent(renderer) for text in drawing.figure.axes[0].texts]
    assert not any(one.overlaps(other) for k, one in enumerate(boxes) for other in boxes[:k])


def test_no_line_of_an_information_set_runs_through_a_belief() -> None:
    game = load("opposition-signal").at()
    figure = draw_tree(game, solve(game)[0]).figure
    renderer: Any = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    (plot,) = figure.axes
    beliefs = [text.get_window_extent(renderer) for text in plot.texts if text.get_text().startswith("[")]
    dashed = [line.get_path().transformed(line.get_transform()) for line in plot.lines if line.is_dashed()]
    assert len(beliefs) >= 4
    assert dashed
    assert not any(path.intersects_bbox(box, filled=False) for path in dashed for box in beliefs)


def test_what_listed_points_of_a_continuum_are_is_said() -> None:
    game = StrategicGame.bimatrix([[1, 1], [0, 2]], [[1, 1], [0, 1]])
    found = solve(game)
    (number,) = [k for k, component in enumerate(found.components) if len(component.members) > 1]
    ends = [found[k] for k in found.components[number].members]
    (said,) = [line for line in found.told() if "continuum" in line]
    assert said.startswith(f"component {number + 1} is a continuum, of which ")
    for share in (Fraction(1, 7), HALF):
        column = {s: share * ends[0]["Column"][s] + (1 - share) * ends[1]["Column"][s] for s in ("1", "2")}
        row = {s: share * ends[0]["Row"][s] + (1 - share) * ends[1]["Row"][s] for s in ("1", "2")}
        up = [sum(Fraction(game.payoffs[s, t][0]) * column[t] for t in column) for s in row]
        left = [sum(Fraction(game.payoffs[s, t][1]) * row[s] for s in row) for t in column]
        assert sum(w * v for w, v in zip(row.values(), up, strict=True)) == max(up)
        assert sum(w * v for w, v in zip(column.values(), left, strict=True)) == max(left)


def irrational() -> StrategicGame:
    pays = [(3, 0, 2), (0, 1, 0), (0, 2, 0), (1, 0, 0), (1, 0, 0), (0, 3, 0), (0, 1, 0), (2, 0, 3)]
    labels = {"A": ("a0", "a1"), "B": ("b0", "b1"), "C": ("c0", "c1")}
    return StrategicGame(
        labels, {(f"a{i}", f"b{j}", f"c{k}"): pays[i + 2 * j + 4 * k] for i, j, k in product(range(2), repeat=3)}
    )


def test_an_irrational_mixture_is_told_by_its_polynomial() -> None:
    """The three indifference equations are written out here and solved by sympy in many digits."""
    game = irrational()
    found = solve(game)
    weights = sympy.symbols("a b c")
    mixes = [(w, 1 - w) for w in weights]
    equations = []
    for own in range(3):
        pays = [0, 0]
        for profile in product(range(2), repeat=3):
            label = tuple(f"{name}{k}" for name, k in zip("abc", profile, strict=True))
            others = [mixes[k][profile[k]] for k in range(3) if k != own]
            pays[profile[own]] += game.payoffs[label][own] * others[0] * others[1]
        equations.append(sympy.expand(pays[0] - pays[1]))
    solved = sympy.nsolve(equations, weights, [found[0]["A"]["a0"], found[0]["B"]["b0"], found[0]["C"]["c0"]], prec=40)
    listed: Any = json.loads(json.dumps(found.as_json("a game")))
    roots = {tuple(root["of"]): root for root in listed["equilibria"][0]["roots"]}
    assert len(roots) == 9
    for place, value in zip((("A", "a0"), ("B", "b0"), ("C", "c0")), solved, strict=True):
        root = roots["strategies", *place]
        x = sympy.Symbol("x")
        polynomial = sympy.Poly([int(part) for part in reversed(root["polynomial"])], x)
        low, high = map(sympy.Rational, root["between"])
        assert polynomial.is_irreducible
        assert abs(polynomial.as_expr().subs(x, value)) < sympy.Float("1e-35", 40)
        assert low < value < high
        assert polynomial.count_roots(low, high) == 1
    assert "A plays a0 with probability ≈0.619233 (root of 23x² − 53x + 24), else a1" in found.told()[0]


def test_an_irrational_choice_is_told_by_its_polynomial() -> None:
    """The payoff is x − x³/6, whose slope 1 − x²/2 is zero at the root of x² − 2."""
    game = ContinuousGame({"Solo": Interval("x", 0, 3)}, {"Solo": {(1,): 1, (3,): Fraction(-1, 6)}})
    found = solve(game)
    assert found.table().rows[0][1].text == "≈1.41421 (root of x² − 2)"
    listed: Any = found.as_json("a game")
    assert listed["equilibria"][0]["roots"][-1]["polynomial"] == ["-2", "0", "1"]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        (["1/2", "1/4", 3], ["0.5", "0.25", "3"]),
        (["1/2", "1/3", -3], ["1/2", "1/3", "−3"]),
        (["1/2", "1/7000000000", 1], ["0.5", "<1e−9", "1"]),
        (["1/2", "12345678/19", 1], ["0.5", "≈649773", "1"]),
        (["1/3", 0.25, 2], ["≈0.333333", "≈0.25", "2"]),
    ],
)
def test_numbers_side_by_side_have_one_style(numbers: list[Any], shown: list[str]) -> None:
    exact = [number if isinstance(number, float) else Fraction(number) for number in numbers]
    assert list(map(alike(exact), exact)) == shown


@pytest.mark.parametrize("name", ["inspection", "sanction-threat", "threat-stage", "sanction-encounter"])
def test_probabilities_of_what_happens_add_up_to_one(name: str) -> None:
    for told in happens(solve(load(name).at())):
        assert sum(map(Fraction, told.values())) == 1
