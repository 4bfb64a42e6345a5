"""Before and after a change, against games solved apart and probabilities worked out by hand."""

from fractions import Fraction
from itertools import product
from math import prod

import pytest

from analyses.chances import chances
from analyses.what_if import what_if
from games import InputError, StrategicGame, solve
from games.catalog import load
from games.model import Model
from laws.models import sampled


def test_what_happens_and_who_gains_is_told_in_words() -> None:
    found = what_if(load("sanction-retaliation"), {"E": "13/10"})
    assert found.findings() == (
        "With E = 1.3 instead of 0, what happens is “Full sanctions, Russia concedes, Japan keeps them”. "
        "Before, it was “Full sanctions, Russia patrols, Japan holds”.",
        "Japan loses 0.15, 0.25 instead of 0.4; Russia gains 0.05, −1.2 instead of −1.25.",
    )
    assert found.choices().splitlines()[0] == "Chosen otherwise:"
    assert "  Russia after Full: Concede instead of Patrol" in found.choices().splitlines()
    assert "Japan" not in found.choices()


def test_nothing_changes() -> None:
    first, second = what_if(load("sanction-retaliation"), {"E": "3/10"}).findings()
    assert "stays the same" in first
    assert second == "Nobody's payoff changes."
    assert what_if(load("sanction-retaliation"), {"E": "3/10"}).choices() == ""


def test_values_before_stay_unless_they_are_set() -> None:
    found = what_if(load("sanction-retaliation"), {"E": 1}, before={"beta": 1, "E": "1/2"})
    assert found.after.values["beta"] == 1
    assert found.changed == {"E": (Fraction(1, 2), Fraction(1))}


@pytest.mark.parametrize("values", [{}, {"E": 0}, {"E": "0.0", "beta": "1/4"}])
def test_a_change_of_nothing_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(InputError, match="nothing changes"):
        what_if(load("sanction-retaliation"), values)


def test_mixed_play_has_the_probability_of_each_outcome() -> None:
    game = StrategicGame.bimatrix([[2, 0], [0, 1]], [[1, 0], [0, 2]], {"A": ("x", "y"), "B": ("x", "y")})
    found = solve(game)
    told = [dict(chances(Model("sexes", "Sexes", game), game, found, each)) for each in found]
    for each, told_of_it in zip(found, told, strict=True):
        by_hand = {
            ", ".join(profile): prod(Fraction(each[player][own]) for player, own in zip("AB", profile, strict=True))
            for profile in product("xy", repeat=2)
        }
        assert told_of_it == {words: weight for words, weight in by_hand.items() if weight}
    assert {"x, x": Fraction(2, 9), "x, y": Fraction(4, 9), "y, x": Fraction(1, 9), "y, y": Fraction(2, 9)} in told


def test_plans_of_a_tree_are_played_out() -> None:
    model = load("sanction-threat")
    game = model.at()
    behavioural, planned = (solve(game, concept) for concept in ("subgame-perfect", "nash"))
    (expected,) = (chances(model, game, behavioural, each) for each in behavioural)
    assert sum(expected.values()) == 1
    assert expected in [chances(model, game, planned, each) for each in planned]


@pytest.mark.parametrize("model", sampled([load(n) for n in ("sanction-threat", "korea-rapprochement", "strike")]))
def test_both_sides_are_what_solving_says(model: Model) -> None:
    parameter = next(p for p in model.parameters if model.broken(model.point(**{p.name: p.high})) is None)
    found = what_if(model, {parameter.name: parameter.high})
    data = found.as_json()
    for side, values in (("before", {}), ("after", {parameter.name: parameter.high})):
        alone = solve(model.at(**values)).as_json(model.name)
        assert [one["payoffs"] for one in data[side]["equilibria"]] == [one["payoffs"] for one in alone["equilibria"]]
        assert all(sum(Fraction(o["probability"]) for o in one["happens"]) == 1 for one in data[side]["equilibria"])
    for player, paid in data["payoffs"].items():
        every = [Fraction(one["payoffs"][player]) for one in data["after"]["equilibria"]]
        assert [Fraction(value) for value in paid["after"]] == [min(every), max(every)]


def test_several_equilibria_give_ranges_and_no_change() -> None:
    found = what_if(load("korea-rapprochement"), {"d_J": 5})
    assert found.gain("Japan") is None
    assert "Japan gets 0 instead of 0 to 0.7" in found.findings()[1]


def test_what_would_make_a_long_sentence_is_listed() -> None:
    found = what_if(load("opposition-signal"), {"k": "1/10"})
    assert found.findings()[0] == "With k = 0.1 instead of −0.8, what may happen changes."
    before, after = found.lists()
    assert before.splitlines()[:2] == [
        "What happens before, with its probability:",
        "  0.36  “A resolute Japan threatens, the opposition dissents, a soft Russia complies”",
    ]
    assert "\n  1     “No threat”\n" in after
    assert after.count("another equilibrium") + 1 == len({tuple(told.items()) for told in found.after.outcomes})
    assert what_if(load("sanction-retaliation"), {"E": "13/10"}).lists() == ()


def test_what_stays_the_same_is_listed_once() -> None:
    found = what_if(load("opposition-signal"), {"h": "149/100"})
    assert found.findings()[0].endswith("what happens stays the same.")
    (listed,) = found.lists()
    assert listed.startswith("What happens, before and after, with its probability:\n  0.36  “")
