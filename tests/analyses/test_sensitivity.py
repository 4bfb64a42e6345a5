"""Thresholds and swings, against scans of the parameter and against thresholds worked out by hand."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
import sympy
from sympy import Integer, Min, Rational, sqrt, symbols

from analyses.outcomes import NOTHING, followed
from analyses.sensitivity import Sensitivity, Swing, sensitivity
from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.catalog import catalog, load
from games.formulas.relations import symbols_of
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed
from laws.models import lightly, sampled

SEED = 1972
STEPS = 20
CLOSE = Fraction(1, 10**9)

x, y, z = symbols("x y z")
Words = Callable[[Model, Mapping[str, object]], tuple[str, ...]]
Plays = Callable[[Model, Mapping[str, object]], set[Any]]


@pytest.fixture(scope="module", params=lightly(sampled(filter(followed, catalog().values()))))
def model(request: pytest.FixtureRequest) -> Model:
    """Each model of the catalog that the analyses follow; what is found of it serves all tests of it."""
    found: Model = request.param
    return found


def parameter(symbol: sympy.Symbol, default: str, low: str, high: str) -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=default,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def choice(payoffs: Mapping[str, Any], *parameters: Parameter, assumptions: tuple[Assumption, ...] = ()) -> Model:
    """One player chooses among actions with these payoffs."""
    game = ExtensiveGame(("A",), Decision("A", {label: Outcome((payoff,)) for label, payoff in payoffs.items()}))
    return Model("choice", "Choice", game, parameters, assumptions)


def thresholds_of(found: Sensitivity, name: str) -> list[Any]:
    return [t for t in found.thresholds if t.parameter == name]


def admissible(model: Model, values: Mapping[str, object]) -> bool:
    return model.broken(model.point(**values)) is None


def rational(root: Any) -> Fraction:
    """The root itself, or a fraction much nearer to an irrational one than `CLOSE`."""
    return root if isinstance(root, Fraction) else Fraction(str(sympy.N(root, 30)))


def scan(model: Model, name: str, cuts: list[Fraction]) -> Iterator[Fraction]:
    """The range in steps, and points close to its ends and to the cuts."""
    p = model.by_name[name]
    points = {p.low + (p.high - p.low) * Fraction(k, STEPS) for k in range(STEPS + 1)}
    points |= {cut + sign * CLOSE for cut in (p.low, p.high, *cuts) for sign in (-1, 1)} | set(cuts)
    yield from sorted(point for point in points if p.low <= point <= p.high)


def other_values(model: Model, rng: random.Random) -> dict[str, object]:
    """Admissible values somewhere in the ranges; those that break an assumption are drawn again."""
    values = {p.name: p.low + (p.high - p.low) * Fraction(rng.randrange(1, 60), 60) for p in model.parameters}
    while broken := model.broken(model.point(**values)):
        for symbol in symbols_of(broken.relation):
            p = model.by_name[symbol.name]
            values[p.name] = p.low + (p.high - p.low) * Fraction(rng.randrange(1, 60), 60)
    return dict(values)


@pytest.fixture(scope="module", params=["defaults", pytest.param("drawn", marks=pytest.mark.long)])
def found(model: Model, request: pytest.FixtureRequest) -> Sensitivity:
    """The analysis at the defaults, or at values drawn at random."""
    return sensitivity(model, None if request.param == "defaults" else other_values(model, random.Random(SEED)))


@pytest.mark.untraced
def test_the_outcome_changes_at_the_listed_thresholds_and_nowhere_else(
    model: Model, found: Sensitivity, words_at: Words
) -> None:
    """Between thresholds the outcome is the same but at single points where a tie adds others to it.

    Where an event of chance is impossible, what follows it is missing.
    """
    for name in found.ranges:
        listed = thresholds_of(found, name)
        cuts = [rational(t.value) for t in listed]
        where = f"seed {SEED}, {model.name} at {found.values}, {name}"
        assert cuts == sorted(set(cuts)), where
        expected = [listed[0].below, *(t.above for t in listed)] if listed else [found.outcomes]

        def words(value: Fraction, name: str = name, found: Sensitivity = found) -> tuple[str, ...] | None:
            values = {**found.values, name: value}
            within = model.by_name[name].low <= value <= model.by_name[name].high
            return words_at(model, values) if within and admissible(model, values) else None

        seen = set()
        for value in scan(model, name, cuts):
            here = words(value)
            if here is None or value in cuts or (model.by_name[name].unit is Unit.PROBABILITY and value in (0, 1)):
                continue
            cell = sum(cut < value for cut in cuts)
            seen.add(cell)
            if here != expected[cell]:
                assert set(here) > set(expected[cell]), f"{where} = {value}: {here}, not {expected[cell]}"
                beside = {words(value - CLOSE / 2), words(value + CLOSE / 2)} - {None}
                assert beside == {expected[cell]}, f"{where} = {value} is no single point: {beside}"
        assert seen == set(range(len(expected))), where
        for before, after in pairwise(listed):
            assert before.above == after.below, where
        for t in listed:
            assert t.below != t.above, where
            at = rational(t.value)
            assert (words(at) if t.value == at else ()) == t.there, where
            assert (words(at - CLOSE), words(at + CLOSE)) == (t.below, t.above), where


def scanned_swings(
    model: Model, found: Sensitivity, plays_at: Plays
) -> Iterator[tuple[Swing, Fraction, Fraction, str]]:
    """Every swing with the least and the greatest equilibrium payoff of a scan, and what to say if they disagree."""
    swings = {(swing.parameter, swing.player): swing for swing in found.swings}
    assert set(swings) <= {(name, player) for name in found.ranges for player in model.game.players}
    for name in found.ranges:
        ends = list(found.ranges[name] or ())

        @cache
        def paid(value: Fraction, name: str = name, found: Sensitivity = found) -> list[tuple[Fraction, ...]]:
            values = {**found.values, name: value}
            within = model.by_name[name].low <= value <= model.by_name[name].high
            return [p for p, _ in plays_at(model, values)] if within and admissible(model, values) else []

        cuts = [rational(at) for at in (*(t.value for t in thresholds_of(found, name)), *ends)]
        reached = {value: paid(value) for value in scan(model, name, cuts)}
        for k, player in enumerate(model.game.players):
            assert any(reached.values()) == ((name, player) in swings)
            if not any(reached.values()):
                continue  # There is no equilibrium in pure strategies.
            swing = swings[name, player]
            step = (model.by_name[name].high - model.by_name[name].low) / STEPS

            def signed(sign: int, k: int = k, paid: Any = paid) -> Callable[[Fraction], list[Fraction]]:
                return lambda number: [sign * row[k] for row in paid(number)]

            least = -greatest(signed(-1), reached, -swing.lowest, step)
            most = greatest(signed(1), reached, swing.highest, step)
            said = f"seed {SEED}, {model.name}, {name}, {player}: {swing.lowest} to {swing.highest}, not "
            given = {symbol: str(value) for symbol, value in found.values.items()}
            yield swing, least, most, f"{said} {least} to {most}, at {given}"


def greatest(
    paid: Callable[[Fraction], list[Fraction]], scanned: Iterable[Fraction], claimed: Any, step: Fraction
) -> Fraction:
    """The greatest payoff met; short of what is claimed, a closer look around where it was met is taken."""
    best = max((payoff, value) for value in scanned for payoff in paid(value))
    while best[0] < claimed - 100 * CLOSE and step > CLOSE:
        around = (best[1] + step * Fraction(k, 4) for k in range(-4, 5))
        best = max([best, *((payoff, value) for value in around for payoff in paid(value))])
        step /= 3
    return best[0]


@pytest.mark.untraced
def test_a_swing_is_what_a_scan_reaches(model: Model, found: Sensitivity, plays_at: Plays) -> None:
    """Its ends come close, and no equilibrium lies outside, also where a tie, perhaps at one end only, adds some."""
    for swing, least, most, said in scanned_swings(model, found, plays_at):
        assert swing.lowest <= least <= swing.lowest + 100 * CLOSE, said
        assert swing.highest - 100 * CLOSE <= most <= swing.highest, said
        assert swing.width == swing.highest - swing.lowest, said


def test_thresholds_of_sanctions_and_retaliation_follow_from_the_closed_forms() -> None:
    """At the defaults Japan imposes full sanctions and Russia patrols; the closed forms say what it takes to leave."""
    model = load("sanction-retaliation")
    d = {p.name: p.default for p in model.parameters}
    e_F = d["A_F"] - d["k_F"]
    e_Y = d["alpha"] * d["A_F"] - d["k_Y"]
    top_rung = d["gamma_3"] - d["c_3"]
    second_rung = d["gamma_2"] - d["c_2"]
    symbolic_pays = e_Y - d["rho_1"]
    assert e_F > d["beta"]
    assert top_rung > second_rung > d["gamma_1"] - d["c_1"] > 0
    assert d["h_F"] > d["V_R"] + top_rung
    assert e_F - d["rho_3"] > symbolic_pays > 0
    assert d["y"] * d["gamma_1"] - d["c_1"] > max(0, d["y"] * d["gamma_2"] - d["c_2"])
    by_hand = {
        ("A_F", d["k_F"] - d["b"]): "the threat becomes credible: e_F = -b",
        ("A_F", d["k_F"] + d["beta"]): "relief stops being credible: e_F = beta",
        ("A_F", d["k_F"] + d["rho_3"]): "full sanctions pay in spite of patrols: e_F = rho_3",
        ("alpha", (e_F - d["rho_3"] + d["rho_1"] + d["k_Y"]) / d["A_F"]): "symbolic sanctions pay as much as full",
        ("k_F", d["A_F"] - d["rho_3"] - symbolic_pays): "full sanctions pay no more than symbolic ones",
        ("k_F", d["A_F"] - d["beta"]): "relief becomes credible: e_F = beta",
        ("rho_3", e_F - symbolic_pays): "full sanctions pay no more than symbolic ones",
        ("gamma_2", top_rung + d["c_2"]): "the second rung pays Russia as much as the third",
        ("gamma_3", second_rung + d["c_3"]): "the third rung pays Russia as much as the second",
        ("c_3", d["gamma_3"] - second_rung): "the third rung pays Russia as much as the second",
        ("beta", e_F): "relief becomes credible: beta = e_F",
        ("E", d["V_R"] + top_rung): "the islands are bought: E = V_R + G",
    }
    found = sensitivity(model)
    assert {(t.parameter, t.value) for t in found.thresholds} == set(by_hand)
    assert found.outcomes == ("Full sanctions, Russia patrols, Japan holds",)
    after = {(t.parameter, t.value): t.above for t in found.thresholds}
    assert after["beta", e_F] == ("Full sanctions, Russia concedes, Japan lifts",)
    assert after["E", d["V_R"] + top_rung] == ("Full sanctions, Russia concedes, Japan keeps them",)
    assert after["A_F", d["k_F"] - d["b"]] == ("Full sanctions, Russia concedes, Japan lifts",)
    assert set(found.idle) == {p.name for p in model.parameters} - {name for name, _ in by_hand}


def test_the_smallest_alpha_for_which_symbolic_sanctions_beat_full_ones_when_nothing_else_ties() -> None:
    """A_F (1 - alpha) = the difference in costs plus the difference in retaliation."""
    found = sensitivity(load("sanction-retaliation"), {"A_F": 2, "k_F": "1/2", "rho_1": "1/20"})
    (threshold,) = thresholds_of(found, "alpha")
    assert threshold.value == 1 - (Fraction(1, 2) - Fraction(1, 10) + Fraction(2, 5) - Fraction(1, 20)) / 2
    assert (threshold.below, threshold.above) == (
        ("Full sanctions, Russia patrols, Japan holds",),
        ("Symbolic sanctions, Russia suspends talks, Japan holds",),
    )


def test_irrational_thresholds_are_exact_roots(words_at: Words) -> None:
    model = choice({"square": x**2, "two": Integer(2)}, parameter(x, "1", "-3", "3"))
    found = sensitivity(model)
    assert [t.value for t in found.thresholds] == [-sqrt(2), sqrt(2)]
    for t in found.thresholds:
        digits = Fraction(int(t.value * 10**12), 10**12)
        assert (words_at(model, {"x": digits - CLOSE}), words_at(model, {"x": digits + CLOSE})) == (t.below, t.above)
        assert t.there == ()
    assert "sqrt(2)" in found.thresholds[1].written
    assert "1.41421" in found.thresholds[1].written
    assert found.table().rows[1][2].text == found.thresholds[1].written
    (swing,) = found.swings
    assert (swing.lowest, swing.highest) == (2, 9)


def test_a_threshold_that_no_radicals_express_is_still_bracketed(words_at: Words) -> None:
    """x⁵ − x = 1 has one real root, 1.1673…, which has no form in radicals."""
    model = choice({"quintic": x**5 - x, "one": Integer(1)}, parameter(x, "0", "-2", "2"))
    (threshold,) = sensitivity(model).thresholds
    low, high = Fraction("1.167303978"), Fraction("1.167303979")
    assert low < threshold.value < high
    assert words_at(model, {"x": low}) == threshold.below == ("one",)
    assert words_at(model, {"x": high}) == threshold.above == ("quintic",)


def test_close_irrational_thresholds_are_told_apart() -> None:
    """(x² − 2)(x² − 2.0001) changes its sign at √2 and at √2.0001, which is 0.00004 away."""
    nearly = Rational(20001, 10000)
    found = sensitivity(choice({"a": (x**2 - 2) * (x**2 - nearly), "b": Integer(0)}, parameter(x, "0", "0", "3")))
    assert [t.value for t in found.thresholds] == [sqrt(2), sqrt(nearly)]
    assert [t.above for t in found.thresholds] == [("b",), ("a",)]


def test_a_root_without_a_change_of_sign_is_no_threshold() -> None:
    found = sensitivity(choice({"a": (x - 1) ** 2 * (x + 1), "b": Integer(0)}, parameter(x, "0", "-3", "3")))
    assert [(t.value, t.below, t.there, t.above) for t in found.thresholds] == [(-1, ("b",), ("a", "b"), ("a",))]


def test_a_swing_reaches_its_extremes_inside_an_interval() -> None:
    """x³ − x on the unit interval is least at 1/√3, where it is −2/(3√3)."""
    (swing,) = sensitivity(choice({"only": x**3 - x}, parameter(x, "1/2", "0", "1"))).swings
    assert (swing.lowest, swing.highest) == (-2 * sqrt(3) / 9, 0)
    (swing,) = sensitivity(choice({"only": x * (1 - x)}, parameter(x, "0", "0", "1"))).swings
    assert (swing.lowest, swing.highest, swing.width) == (0, Fraction(1, 4), Fraction(1, 4))


def test_a_swing_covers_what_only_ties_make_possible() -> None:
    """Where both players are indifferent, at x = 0 alone, the third may get 100."""
    second = Decision("C", {"d": Outcome((x, x, 0)), "e": Outcome((x, 0, 100))})
    game = ExtensiveGame(("A", "C", "D"), Decision("A", {"a": second, "b": Outcome((0, 0, 0))}))
    found = sensitivity(Model("tie", "Tie", game, (parameter(x, "1/2", "-1", "1"),)))
    (third,) = [swing for swing in found.swings if swing.player == "D"]
    assert (third.lowest, third.highest) == (0, 100)


def test_actions_that_always_tie_are_one_outcome_with_two_names() -> None:
    model = choice({"twin": x + 1, "other twin": 1 + x, "stay": Integer(2)}, parameter(x, "2", "0", "3"))
    found = sensitivity(model)
    (threshold,) = found.thresholds
    assert (threshold.value, threshold.below) == (1, ("stay",))
    assert threshold.there == ("other twin", "stay", "twin")
    assert threshold.above == found.outcomes == ("other twin", "twin")
    (swing,) = found.swings
    assert (swing.lowest, swing.highest) == (2, 4)


def test_a_game_of_nothing_but_ties_has_no_threshold() -> None:
    found = sensitivity(choice({"a": x * (x + 1), "b": x**2 + x}, parameter(x, "0", "-1", "1")))
    assert (found.thresholds, found.outcomes, found.idle) == ((), ("a", "b"), ("x",))


def test_no_equilibrium_is_an_outcome_that_a_threshold_may_lead_to(words_at: Words) -> None:
    game = StrategicGame.bimatrix([[x, -1], [-x, 1]], [[-1, 1], [1, -1]])
    model = Model("pennies", "Pennies", game, (parameter(x, "1", "-2", "2"),))
    found = sensitivity(model)
    (threshold,) = found.thresholds
    assert (threshold.value, threshold.below, threshold.above) == (0, ("2, 1",), (NOTHING,))
    assert threshold.there == words_at(model, {"x": 0}) == ("2, 1",)
    assert (found.outcomes, found.payoffs) == ((NOTHING,), {})


def test_assumptions_clip_the_ranges() -> None:
    found = sensitivity(load("sanction-retaliation"))
    d = found.values
    expected = {
        "k_Y": (0, d["k_F"]),
        "k_F": (d["k_Y"], 1),
        "h_Y": (0, 1),
        "h_F": (d["h_Y"], 3),
        "rho_1": (0, d["rho_2"]),
        "rho_2": (d["rho_1"], d["rho_3"]),
        "rho_3": (d["rho_2"], 1),
        "gamma_2": (d["gamma_1"], d["gamma_3"]),
        "c_1": (0, d["c_2"]),
        "E": (0, 2),
    }
    assert {name: found.ranges[name] for name in expected} == expected


def test_an_irrational_bound_clips_the_range() -> None:
    clipped = Assumption(x**2 <= 2, "for a test")
    found = sensitivity(
        choice({"a": x, "b": Integer(0)}, parameter(x, "1", "0", "3"), assumptions=(clipped,)), {"x": "1/2"}
    )
    assert found.ranges == {"x": (0, sqrt(2))}
    (swing,) = found.swings
    assert (swing.lowest, swing.highest) == (0, sqrt(2))


def test_a_parameter_that_the_others_pin_down_has_no_range() -> None:
    pinned = (Assumption(x <= y, "for a test"), Assumption(x >= y, "for a test"))
    model = choice({"a": x, "b": y - 1}, parameter(x, "1", "0", "2"), parameter(y, "1", "0", "2"), assumptions=pinned)
    found = sensitivity(model)
    assert (found.ranges, found.thresholds, found.swings) == ({"x": None, "y": None}, (), ())


def test_an_outcome_that_differs_across_a_gap_is_not_called_unchanged() -> None:
    """Only x ≤ 1 and x ≥ 2 are admissible; the outcome is not the same on the two sides."""
    gap = Assumption((x - 1) * (x - 2) >= 0, "for a test")
    found = sensitivity(
        choice({"a": x, "b": Rational(3, 2)}, parameter(x, "0", "0", "3"), assumptions=(gap,)), {"x": "1/2"}
    )
    assert found.outcomes == ("b",)
    assert found.idle == ()


@pytest.mark.parametrize("payoff", [1 / x, x / (x + y), Min(x, 2), sympy.Max(x, y), Min(1 / x, x) + y / 4], ids=str)
def test_a_quotient_or_an_extreme_has_thresholds_like_any_payoff(payoff: Any, words_at: Words) -> None:
    model = choice({"a": payoff, "b": y}, parameter(x, "1", "1/2", "3"), parameter(y, "1", "1/2", "3"))
    found = sensitivity(model)
    for name in ("x", "y"):
        cuts = [rational(t.value) for t in thresholds_of(found, name)]
        for value in scan(model, name, cuts):
            if all(abs(value - cut) > CLOSE / 2 for cut in cuts):
                passed = [t for t in thresholds_of(found, name) if rational(t.value) < value]
                following = [t for t in thresholds_of(found, name) if rational(t.value) > value]
                near = passed[-1].above if passed else following[0].below if following else found.outcomes
                assert words_at(model, {name: value}) in (near, ("a", "b")), (name, value)
        for t in thresholds_of(found, name):
            if isinstance(t.value, Fraction):
                assert t.there == words_at(model, {name: t.value})


def test_a_pole_at_which_nothing_changes_is_no_threshold_and_has_no_outcome() -> None:
    from analyses.outcomes import slice_of

    model = choice({"a": 2 - 1 / x**2, "b": Integer(1)}, parameter(x, "1/2", "-2", "2"))
    found = sensitivity(model)
    assert [(t.value, t.below, t.there, t.above) for t in found.thresholds] == [
        (-1, ("a",), ("a", "b"), ("b",)),
        (1, ("b",), ("a", "b"), ("a",)),
    ]
    line = slice_of(model, ("x",))
    assert line.outcomes(line.around((Fraction(0),)), (Fraction(0),)) == ()


def test_a_payoff_without_bound_has_no_swing() -> None:
    with pytest.raises(InputError, match="the payoff 1/x has no real value at x = 0"):
        sensitivity(choice({"a": 1 / x}, parameter(x, "1", "0", "2")))


def test_a_payoff_that_divides_by_zero_wherever_the_others_are_is_refused() -> None:
    model = choice(
        {"a": y / (x - z), "b": y}, *(parameter(s, "1", "0", "3") for s in (y, z)), parameter(x, "2", "0", "3")
    )
    with pytest.raises(InputError, match="divides by zero"):
        sensitivity(model, {"x": 1})


def test_a_payoff_that_divides_by_a_fixed_parameter_is_no_obstacle_to_the_others() -> None:
    """y / x in y alone is linear; slices with a free x are another matter."""
    from analyses.outcomes import slice_of
    from analyses.regions import intervals

    model = choice({"a": y / x, "b": Integer(1)}, parameter(x, "2", "1", "3"), parameter(y, "1", "0", "3"))
    first, second = intervals(slice_of(model, ("y",)))
    assert (first.high, first.outcomes, second.outcomes) == (2, ("b",), ("a",))


@pytest.mark.parametrize(
    ("values", "concept", "message"),
    [
        ({"nonsense": 1}, None, "has no parameter 'nonsense'"),
        ({"beta": 0.5}, None, "is the float 0.5"),
        ({"beta": "much"}, None, "not a finite number"),
        ({"k_Y": 2}, None, "assumes k_Y ≤ k_F"),
        ({}, "nonsense", "there is no solution concept 'nonsense'"),
    ],
)
def test_wrong_input_is_refused(values: dict[str, object], concept: str | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        sensitivity(load("sanction-retaliation"), values, concept)


def test_too_many_ties_are_refused_in_words() -> None:
    """Ten decisions at which everything ties make 1024 equilibria."""
    many = Decision("A", {str(k): Decision("A", {"l": Outcome((x,)), "r": Outcome((x,))}) for k in range(10)})
    model = Model("ties", "Ties", ExtensiveGame(("A",), many), (parameter(x, "1", "0", "2"),))
    with pytest.raises(InputError, match="ties leave more than 1000 equilibria"):
        sensitivity(model)


def test_sentences_name_every_threshold_and_every_idle_parameter() -> None:
    found = sensitivity(load("sanction-retaliation"))
    sentences = found.findings()
    assert len(sentences) == len(found.thresholds) + 1
    for sentence, t in zip(sentences, found.thresholds, strict=False):
        assert f"{t.parameter} = {float(t.value):g} " in sentence
        assert sentence.index(t.below[0]) < sentence.index(f"“{t.above[0]}”")
    assert all(name in sentences[-1] for name in found.idle)
    assert str(found) == "\n".join(sentences)


def test_progress_sees_every_parameter_that_the_game_uses() -> None:
    seen: list[str] = []

    def watch(names: Any) -> Any:
        seen.extend(names)
        return names

    model = load("territorial-partition")
    found = sensitivity(model, progress=watch)
    assert tuple(seen) == tuple(found.ranges)
    assert set(seen) == {p.name for p in model.parameters} - {"delta_J", "delta_R"}
