"""Cases as data: what binds a variable, names that do not meet, and one case or all of them."""

from fractions import Fraction

import pytest

from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.cases import (
    Cases,
    Choice,
    Draft,
    Option,
    UnboundError,
    Unknown,
    beside,
    not_dominated,
    one_of,
    spelled,
    supports,
)
from games.play.quantities import Chosen, Payoff, Quantity
from games.solvers.concept import CONCEPTS
from games.terms import (
    ONE,
    ZERO,
    Condition,
    Poly,
    Ratio,
    Taken,
    above,
    at_least,
    equal,
    every,
    holds,
    poly,
    sign,
    some,
    var,
)

P, MOST = var("the p"), var("the most")
ASKED = Payoff("A")


def test_a_variable_that_nothing_binds_is_an_error() -> None:
    """Each way to leave one unbound, and that a parameter, which has no space in its name, needs nothing."""
    loose = {
        "an unknown without a condition": {"unknowns": (Unknown("the p", 0, 1),)},
        "an unknown that only an inequality speaks of": {
            "unknowns": (Unknown("the p", 0, 1),),
            "conditions": (at_least(P, var("x")),),
        },
        "a condition on what is no unknown": {"conditions": (equal(P, 1),)},
        "a definition of what is no unknown": {"bound": (equal(P, var("x")),)},
        "what follows speaks of it": {"implied": (at_least(P, 0),)},
        "a value is made of it": {"values": {ASKED: P}},
        "a value divides by it": {"values": {ASKED: Ratio(ONE, P)}},
        "one option alone gives it": {
            "choices": (Choice("way", {"left": Option(True, {"the p": ONE}), "right": Option()}),),
            "values": {ASKED: P},
        },
        "an option gives something made of it": {
            "choices": (Choice("way", {"left": Option(True, {"the most": P})}),),
        },
        "an option holds where it is positive": {"choices": (Choice("way", {"left": Option(sign(P, ">"))}),)},
        "a free unknown that nothing speaks of": {"unknowns": (Unknown("the p", free="any will do"),)},
    }
    for parts in loose.values():
        with pytest.raises(UnboundError, match="nothing binds"):
            Cases(**parts)  # type: ignore[arg-type]
    assert Cases(conditions=(sign(var("x"), ">"),)).unbound() == set()


def test_what_binds_a_variable() -> None:
    parts = {
        "an equation that defines it": {"unknowns": (Unknown("the p"),), "bound": (equal(2 * P, var("x")),)},
        "an equation among the conditions": {
            "unknowns": (Unknown("the p"),),
            "conditions": (some([equal(P, 0), equal(P, 1)]),),
        },
        "an equation inside an option": {
            "unknowns": (Unknown("the p"),),
            "choices": (Choice("way", {"left": Option(equal(P, 0))}),),
        },
        "any condition, if it is free for a reason": {
            "unknowns": (Unknown("the p", 0, 1, "any that is high enough"),),
            "conditions": (at_least(P, var("x")),),
        },
        "every option gives it": {
            "choices": (Choice("way", {"left": Option(True, {"the p": ONE}), "right": Option(True, {"the p": ZERO})}),),
        },
    }
    for each in parts.values():
        assert Cases(values={ASKED: P}, **each).unbound() == set()  # type: ignore[arg-type]


def test_a_name_stands_for_one_thing() -> None:
    way = Choice("way", {"left": Option(True, {"the p": ONE})})
    other = Choice("other way", {"left": Option(True, {"the p": ONE})})
    twice = Unknown("the p", 0, 1, "any")
    for parts in (
        {"choices": (way, way)},
        {"choices": (way, other)},
        {"unknowns": (twice, twice), "bound": (equal(P, 1),)},
    ):
        with pytest.raises(UnboundError, match="a name is given twice"):
            Cases(**parts)  # type: ignore[arg-type]
    with pytest.raises(UnboundError, match="a name is given twice"):
        beside(Cases((way,)), Cases((way,)))


def small(x: Poly) -> Cases:
    """Left, which gives p = x, where x ≥ 0; or right, which gives 0, where x ≤ 1; twice p is the value."""
    return Cases(
        (
            Choice(
                "way",
                {
                    "left": Option(sign(x, ">="), {"the p": x}),
                    "right": Option(sign(1 - x, ">="), {"the p": ZERO}),
                },
            ),
            Choice("then", {"up": Option(some([Taken("way", "left"), sign(x, ">")])), "down": Option(sign(P, "=="))}),
        ),
        values={ASKED: 2 * P},
    )


def plays(cases: Cases, **at: int | Fraction) -> set[tuple[str, str, Fraction]]:
    value = cases.values[ASKED]
    assert isinstance(value, Poly)
    return {(*taken.values(), Fraction(value.at(values))) for taken, values in cases.played(at)}  # type: ignore[misc]


def test_what_is_played_at_exact_numbers() -> None:
    cases = small(var("x"))
    assert cases.is_ordered
    assert plays(cases, x=2) == {("left", "up", 4)}
    assert plays(cases, x=Fraction(1, 2)) == {("left", "up", 1), ("right", "up", 0), ("right", "down", 0)}
    assert plays(cases, x=0) == {("left", "up", 0), ("left", "down", 0), ("right", "down", 0)}
    assert plays(cases, x=-1) == {("right", "down", 0)}
    assert len(list(cases.expanded())) == 4


def test_the_conditions_of_one_case_stand_with_the_choices_they_rest_on() -> None:
    cases, x = small(var("x")), var("x")
    assert list(cases.case({"way": "left", "then": "down"})) == [
        (frozenset({"way"}), sign(x, ">=")),
        (frozenset({"way", "then"}), sign(x, "==")),
    ]
    further = above(P, 1)
    assert list(cases.case({"way": "right", "then": "up"}, further)) == [
        (frozenset({"way"}), sign(1 - x, ">=")),
        (frozenset({"way", "then"}), sign(x, ">")),
        (frozenset({"way"}), False),
    ]
    assert cases.given({"way": "left", "then": "up"}) == {"the p": x}


def test_every_case_that_is_played_is_a_case_that_holds_and_no_other() -> None:
    cases = small(var("x"))
    for x in (-1, 0, Fraction(1, 2), 1, 2):
        played = [taken for taken, _ in cases.played({"x": x})]
        for taken in cases.expanded():
            met = all(holds(condition, {"x": x}) for _, condition in cases.case(taken))
            assert met == (taken in played)


def test_numbers_put_in_are_as_numbers_looked_at() -> None:
    cases = small(var("x"))
    for x in (-1, 0, Fraction(1, 2), 3):
        assert plays(cases.put({"x": poly(x)})) == plays(cases, x=x)
    assert plays(cases.put({"x": var("y") + 1}), y=1) == plays(cases, x=2)


def test_renamed_cases_are_the_same_with_other_names_and_share_parameters() -> None:
    cases = small(var("x"))
    other = cases.renamed("'")
    assert [choice.name for choice in other.choices] == ["way'", "then'"]
    for x in (-1, 0, 2):
        assert plays(other, x=x) == plays(cases, x=x)
    both = beside(cases, other)
    assert len(both.choices) == 4
    assert both.values == {}
    assert len(list(both.played({"x": 0}))) == 9


def mixed(labels: tuple[str, ...], players: tuple[str, ...] = ("A",)) -> Cases:
    draft = Draft()
    for player in players:
        draft.mixture(player, labels)
    return draft.cases({})


def test_a_copy_beside_has_names_of_its_own_even_where_labels_look_like_copies() -> None:
    cases = mixed(("a", "a'"), ("A", "A'", "A''"))
    both = beside(cases, cases.renamed("'"), cases.renamed(" of 1"))
    assert len({choice.name for choice in both.choices}) == 9
    assert len({unknown.name for unknown in both.unknowns}) == 18


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a, b",), ("a", "b")),
        (("a' + 'b",), ("a", "b")),
        (("'a', 'b'",), ("a", "b")),
        (("a", "b', 'c"), ("a", "b", "c")),
        (("nothing",), ()),
        (("a", "b"), ("b", "a")),
    ],
)
def test_different_labels_are_spelled_differently(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert spelled(one) != spelled(other)


HOSTILE = ("a", "a, b", "a' + 'b", "'a', 'b'", "a'", "nothing", "probability of 'a' at 'A'")


def test_names_are_injective_whatever_the_labels() -> None:
    """No two things of the cases of a game with such labels have one name, which would be an error."""
    menus = {"A": HOSTILE[:4], "A'": HOSTILE[4:]}
    profiles = [(own, other) for own in menus["A"] for other in menus["A'"]]
    game = StrategicGame(menus, {profile: (k, -k) for k, profile in enumerate(profiles)})
    ends = {label: Outcome((k, 1)) for k, label in enumerate(HOSTILE[1:4])}
    unseen = {label: Decision("B", ends, "A's 'x'") for label in HOSTILE[:2]}
    later = Decision("A", {label: Decision("B", ends, "B, later") for label in HOSTILE[:2]}, "'a' at 'b'")
    tree = ExtensiveGame(("A", "B"), Decision("A", {**unseen, "go on": later}, "'a', 'a, b' at \"A's 'x'\""))
    for concept in CONCEPTS.values():
        for one in (game, tree):
            if concept.cases is None or not isinstance(one, concept.form):
                continue
            asked: list[Quantity] = [Chosen({place: own}) for place, menu in one.places.items() for own in menu]
            try:
                cases = concept.cases(one.with_entries(list(map(poly, one.entries))), asked)
            except InputError:
                continue  # It is about other games.
            both = beside(cases, cases.renamed("'"))
            assert len({choice.name for choice in both.choices}) == 2 * len(cases.choices)


def test_a_mixture_is_a_support_and_probabilities_that_sum_to_one() -> None:
    draft = Draft()
    mixture = draft.mixture("A", ("a", "b", "c"))
    cases = draft.cases({})
    (choice,) = cases.choices
    assert list(choice.options) == [spelled(support) for support in supports(("a", "b", "c"))]
    for support in supports(("a", "b", "c")):
        taken = {"A": spelled(support)}
        given = cases.given(taken)
        shares = {action: p.put(given) for action, p in mixture.p.items()}
        assert sum(shares.values(), ZERO) == ONE
        assert {action for action, share in shares.items() if share != ZERO} == set(support)
        for action, played in mixture.played.items():
            assert holds(played, {}, taken) == (action in support)
        (positive,) = [condition for on, condition in cases.case(taken)]
        assert positive == every(sign(shares[action], ">") for action in support)
    alone = Draft()
    alone.mixture("A", ("a",))
    assert alone.cases({}).unknowns == ()


def test_the_best_is_not_exceeded_and_attained() -> None:
    draft = Draft()
    mixture = draft.mixture("A", ("a", "b"))
    most = draft.best("A", {"a": var("u"), "b": var("v")}, mixture.played)
    cases = draft.cases({ASKED: most})
    for support, u, v, worth, met in (
        (("a",), 2, 1, 2, True),
        (("a",), 2, 1, 1, False),
        (("a",), 1, 2, 2, False),
        (("a", "b"), 1, 1, 1, True),
        (("a", "b"), 1, 2, 2, False),
    ):
        at = {"u": u, "v": v, "most A": worth, "probability of 'b' at 'A'": Fraction(1, 2)}
        conditions = [c for _, c in cases.case({"A": spelled(support)})]
        assert all(holds(condition, at) for condition in conditions) == met


def test_a_value_that_is_a_quotient_is_defined_inside_its_option() -> None:
    found = one_of(
        "state",
        {"calm": sign(var("x"), ">"), "war": True},
        [ASKED],
        lambda quantity, label: Ratio(ONE, var("x")) if label == "calm" else poly(3),
    )
    assert [unknown.name for unknown in found.unknowns] == ["value 0"]
    assert not found.is_ordered
    worth = var("value 0")
    assert found.choices[0].options["calm"].holds == every([sign(var("x"), ">"), equal(worth * var("x"), 1)])
    assert found.choices[0].options["war"].holds == equal(worth, 3)
    with pytest.raises(ValueError, match="cases with unknowns"):
        list(found.played({"x": 1}))


def test_a_strategy_that_is_played_is_not_dominated_against_what_is_met() -> None:
    played: Condition = Taken("A", "top")
    met: Condition = Taken("B", "left")
    said = not_dominated([(met, var("u"), var("v")), (True, var("y"), var("z"))], played)
    for top, left, values, expected in (
        (True, True, (1, 0, 0, 5), True),
        (True, True, (0, 1, 0, 0), False),
        (True, True, (1, 1, 2, 2), True),
        (True, False, (9, 0, 0, 1), False),
        (False, True, (0, 1, 0, 1), True),
    ):
        taken = {"A": "top" if top else "down", "B": "left" if left else "right"}
        assert holds(said, dict(zip("uvyz", values, strict=True)), taken) == expected
