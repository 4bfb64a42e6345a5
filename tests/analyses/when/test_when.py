"""When an outcome is played: the conditions against the ordinary solver, the published window, and as claims."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from sympy import Eq, Max, symbols

from analyses.claims import Proved, check
from analyses.cli import main
from analyses.cli import when as when_command
from analyses.when import When, when
from analyses.when.diagram import answered, questions, size
from games import ExtensiveGame, InputError, Outcome, solve
from games.catalog import load
from games.forms.extensive import Chance, Decision
from games.formulas.relations import symbols_of
from games.formulas.values import evaluate
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed
from games.terms import Sign

SEED = 1956
SANCTIONS = load("sanction-retaliation")
WINDOW = when(SANCTIONS, "Russia concedes", after=("Full",), values={"E": 0})


def grids(count: int) -> Iterator[int]:
    """Coarse grids have many ties, fine ones none."""
    for number in range(count):
        yield (2, 4, 6, 1000)[number % 4]


def point_of(model: Model, rng: random.Random, steps: int, fixed: dict[str, Fraction]) -> dict[str, Fraction]:
    """A point within ranges and assumptions: what breaks one is drawn anew."""

    def draw(name: str) -> Fraction:
        p = model.by_name[name]
        return fixed.get(name, p.low + (p.high - p.low) * Fraction(rng.randint(0, steps), steps))

    values = {name: draw(name) for name in model.by_name}
    for _ in range(5_000):
        if (broken := model.broken(model.point(**values))) is None:
            return values
        for symbol in symbols_of(broken.relation):
            values[symbol.name] = draw(symbol.name)
    raise AssertionError(f"{model.name}: no admissible point was met")


def holds(condition: tuple[Sign, ...], at: dict[str, Fraction], strict: bool) -> bool:
    return all(
        part.of.at(at) > 0
        if part.op == ">" and strict
        else part.of.at(at) == 0
        if part.op == "=="
        else part.of.at(at) >= 0
        for part in condition
    )


def agree(found: When, after: tuple[str, ...], words: str, count: int) -> int:
    """At points drawn, on grids with ties and without, what the conditions say is what the solver lists."""
    rng = random.Random(SEED)
    fixed = dict(found.fixed)
    seen = 0
    possible = {found.model.outcome_words(path) for path in found.model.game.paths}
    meant = {one for one in possible if one.casefold() == words.casefold()}
    meant = meant or {one for one in possible if words.casefold() in one.casefold()}
    for steps in grids(count):
        at = point_of(found.model, rng, steps, fixed)
        game = found.model.at(**at)
        assert isinstance(game, ExtensiveGame)
        for equilibrium in solve(game.subgame(after) if after else game, "subgame-perfect"):
            is_meant = found.model.outcome_words((*after, *equilibrium.outcomes[0].path)) in meant
            if any(holds(condition, at, strict=True) for condition in found.conditions):
                assert is_meant, (SEED, at)
            if is_meant and found.complete:
                assert any(holds(c, at, strict=False) for c in (*found.conditions, *found.at_ties)), (SEED, at)
                seen += 1
    return seen


@pytest.mark.parametrize("count", [500, pytest.param(2_000, marks=pytest.mark.long)])
def test_a_concession_after_full_sanctions_has_the_published_window(count: int) -> None:
    """Holding is credible, relief is credible, and the harm exceeds the islands' worth and the best answer."""
    assert WINDOW.said == (("h_F > V_R + g", "beta > e", "b + e > 0"),)
    assert WINDOW.legend == ("e = A_F - k_F", "g = max(0, -c_1 + gamma_1, -c_2 + gamma_2, -c_3 + gamma_3)")
    assert WINDOW.complete
    assert WINDOW.exact_at_ties
    assert not WINDOW.at_ties
    assert agree(WINDOW, ("Full",), "Russia concedes", count) > count // 4


def test_what_is_found_is_proved_both_ways() -> None:
    enough, necessary = WINDOW.claims()
    assert isinstance(check(enough), Proved)
    assert isinstance(check(necessary), Proved)


@pytest.mark.parametrize("count", [100, pytest.param(400, marks=pytest.mark.long)])
@pytest.mark.parametrize(
    ("model", "words", "after", "values"),
    [
        ("sanction-retaliation", "Russia concedes", (), {"E": 0}),
        ("sanction-retaliation", "Japan backs down", ("Symbolic",), {}),
        ("territorial-partition", "Treaty only, relief, payment", (), {"z_R": "1/10"}),
        ("finality", "two islands for good", (), {}),
    ],
)
@pytest.mark.untraced
def test_conditions_are_those_of_the_solver(
    model: str, words: str, after: tuple[str, ...], values: dict[str, str], count: int
) -> None:
    found = when(load(model), words, after=after, values=values)
    assert found.complete, found.doubts
    agree(found, after, words, count)


@pytest.mark.parametrize("count", [1_000, pytest.param(3_000, marks=pytest.mark.long)])
def test_ties_are_settled_where_all_is_linear(count: int) -> None:
    """Each condition with equality leaves an equilibrium that plays it."""
    rng = random.Random(SEED)
    tied = 0
    for steps in grids(count):
        at = point_of(SANCTIONS, rng, min(steps, 6), {"E": Fraction(0)})
        if not any(holds(condition, at, strict=False) for condition in WINDOW.conditions):
            continue
        game = SANCTIONS.at(**at)
        assert isinstance(game, ExtensiveGame)
        paths = [equilibrium.outcomes[0].path for equilibrium in solve(game.subgame(("Full",)))]
        assert any(path[0] == "Concede" for path in paths), (SEED, at)
        tied += any(path[0] != "Concede" for path in paths)
        assert WINDOW.played_at(**at) is (None if any(path[0] != "Concede" for path in paths) else True)
    assert tied > 10


def test_a_diagram_answers_as_the_conditions_do() -> None:
    diagram = WINDOW.diagram()
    assert size(diagram) == 3
    rng = random.Random(SEED)
    for steps in grids(400):
        at = point_of(SANCTIONS, rng, max(steps, 1000), {"E": Fraction(0)})
        point = SANCTIONS.point(**at)
        named = at | {name: evaluate(formula, point) for name, formula in SANCTIONS.shorthand.items()}
        given = {question: question.of.at(named) > 0 for question in questions(diagram)}
        if any(question.of.at(named) == 0 for question in given):
            continue
        assert answered(diagram, given) is WINDOW.played_at(**at), (SEED, at)
    assert WINDOW.diagram_text().splitlines()[0] == "h_F > V_R + g?"


def small(*payoffs: object) -> Model:
    """One player takes one of several payoffs."""
    x, y = symbols("x y")
    source = Assumed("for a test")
    parameters = tuple(
        Parameter(s, meaning="a payoff", default=1, low=0, high=2, unit=Unit.PAYOFF, source=source) for s in (x, y)
    )
    leaves = {f"move {number}": Outcome((value,)) for number, value in enumerate(payoffs)}
    return Model("small", "Small", ExtensiveGame(("A",), Decision("A", leaves)), parameters)


def test_what_is_played_always_never_or_at_ties_alone() -> None:
    x, y = symbols("x y")
    always = when(small(x + 3, y), "move 0")
    assert always.said == ((),)
    assert always.findings()[0] == "“move 0” is played at all payoffs."
    never = when(small(x + 3, y), "move 1")
    assert never.complete
    assert never.findings()[0] == "“move 1” is played at no payoffs."
    tie = when(small(x + 2, y), "move 1")
    assert tie.complete
    assert not tie.conditions
    assert len(tie.at_ties) == 1
    assert tie.played_at(x=0, y=2) is None
    assert tie.played_at(x=1, y=2) is False
    assert tie.findings()[0] == "“move 1” is played by some equilibrium only where payoffs tie."


def test_the_greatest_of_several_gets_its_name() -> None:
    x, y = symbols("x y")
    model = small(1, x, y)
    named = Model(model.name, model.title, model.game, model.parameters, shorthand={"m": Max(x, y)})
    assert when(named, "move 0").said == (("m < 1",),)
    assert when(small(1, x, y), "move 0").said == (("x < 1", "y < 1"),)


def test_premises_and_shares() -> None:
    x, y = symbols("x y")
    found = when(small(x, y), "move 0", premises=[y > 1], samples=1_000)
    assert found.said == (("x > y",),)
    assert found.share is not None
    assert found.share.value == Fraction(1, 4)
    assert not when(small(x, y), "move 0", premises=[y > x]).conditions


def test_what_cannot_be_asked_is_said() -> None:
    with pytest.raises(InputError, match="has no outcome 'nothing such'; it has "):
        when(SANCTIONS, "nothing such")
    with pytest.raises(InputError, match="has no outcome ''"):
        when(SANCTIONS, "")
    with pytest.raises(
        InputError, match="no play of sanction-retaliation has 'Half' there; the actions are Full, None, Symbolic"
    ):
        when(SANCTIONS, "Russia concedes", after=("Half",))
    with pytest.raises(InputError, match="the outcome is 3; give words such as"):
        when(SANCTIONS, 3)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="give the actions played so far"):
        when(SANCTIONS, "Russia concedes", after="Full")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="has no parameter 'epsilon'"):
        when(SANCTIONS, "Russia concedes", values={"epsilon": 1})
    with pytest.raises(InputError, match="E = 7 lies outside its range 0 to 2"):
        when(SANCTIONS, "Russia concedes", values={"E": 7})
    with pytest.raises(InputError, match="has no histories to look behind; leave out Ease"):
        when(load("korea-rapprochement"), "stay put", after=("Ease",))
    with pytest.raises(InputError, match="not told for logit"):
        when(load("korea-rapprochement"), "stay put", concept="logit")
    with pytest.raises(InputError, match="E is free and has a value as well"):
        when(SANCTIONS, "Russia concedes", values={"E": 1}, free=["E"])


@pytest.mark.parametrize("seconds", [1e-9, 0.5])
def test_out_of_time_is_said(seconds: float) -> None:
    found = when(load("alliance-deterrence"), "No support, no sanctions", seconds=seconds)
    assert not found.complete
    assert found.findings()[-1] == "Not complete: the time was up."


def test_what_equations_make_zero_decides_nothing() -> None:
    """B does not care, and A's payoff is the same whatever B does."""
    x, y, z = symbols("x y z")
    after_up = Decision("B", {"l": Outcome((x, y)), "r": Outcome((x, z))})
    game = ExtensiveGame(("A", "B"), Decision("A", {"up": after_up, "down": Outcome((1, 0))}))
    model = Model("two", "Two", game, (*small(x, y).parameters, replace(small(x).parameters[0], symbol=z)))
    assert when(model, ("up",)).said == (("x > 1",),)
    assert when(model, ("up",), values={"y": 1, "z": 1}).said == (("x > 1",),)
    assert when(model, ("up",), premises=[Eq(y, z)]).said == (("x > 1",),)


def test_with_chance_an_outcome_is_meant_for_certain() -> None:
    x, y = symbols("x y")
    half = Fraction(1, 2)
    game = ExtensiveGame(("A",), Chance({"h": (y * half, Outcome((x,))), "t": (1 - y * half, Outcome((x,)))}))
    found = when(Model("coin", "Coin", game, small(x, y).parameters), ("h",))
    assert found.findings()[0] == "“h” is played for certain by some equilibrium only where payoffs tie."
    assert found.played_at(x=1, y=1) is False
    assert found.played_at(x=1, y=2) is True
    assert all(isinstance(check(claim), Proved) for claim in found.claims())
    again = Decision("A", {"a": Outcome((x,)), "b": Outcome((1,))})
    tossed = ExtensiveGame(("A",), Chance({"h": (half, again), "t": (half, again)}))
    never = when(Model("toss", "Toss", tossed, small(x, y).parameters), ("h",))
    assert never.complete
    assert not never.conditions
    assert all(isinstance(check(claim), Proved) for claim in never.claims())


def test_names_for_formulas_are_checked() -> None:
    x, y = symbols("x y")
    model = small(1, x, y)
    for name, formula in (("x", y), ("m", Max(x / (y + 1), y)), ("m", Max(x, y) + 1), ("m", symbols("w"))):
        with pytest.raises(InputError, match=f"the shorthand {name}"):
            replace(model, shorthand={name: formula})


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["when", "sanction-retaliation", "Russia concedes", "--after", "Full", "--set", "E=0"]
    assert main([*asked, "--diagram"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "“Russia concedes after Full” is played with E = 0 if:",
        "  h_F > V_R + g and beta > e and b + e > 0",
    ]
    assert lines[-1] == "└─ no: not played"
    assert main([*asked, "--format", "json", "--premise", "A_F < k_F"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["complete"]
    assert told["conditions"] == [["h_F > V_R + g", "b + e > 0"]]
    assert main(["when", "sanction-retaliation", "peace"]) == 2
    assert "has no outcome 'peace'" in capsys.readouterr().err
    assert main([*asked, "--premise", "A_F <"]) == 2
    assert "the premise" in capsys.readouterr().err


def test_many_conditions_are_told_decision_by_decision(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Unless all are asked for."""
    monkeypatch.setattr(when_command, "MOST_CONDITIONS", 2)
    asked = ["when", "sanction-retaliation", "Russia concedes", "--after", "Full"]
    assert main(asked) == 0
    told = capsys.readouterr().out
    assert told.startswith("note: on the parameters alone there are 3 conditions")
    assert "Lift where beta ≥ e" in told
    assert main([*asked, "--all-conditions"]) == 0
    assert "under 3 conditions, any of which is enough" in capsys.readouterr().out
