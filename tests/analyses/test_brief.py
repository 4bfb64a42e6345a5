"""Page 1 of a report: what it says follows from the game, in words that need no explanation."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from analyses.arguments import Case, PlainWords
from analyses.commentary import CASE
from analyses.commentary.plain import PLAIN
from analyses.reports.brief import Brief, brief
from analyses.reports.chapters import chapter
from analyses.reports.contents import Report, report
from analyses.reports.glossary import glossary
from analyses.reports.publish import canonical_json
from analyses.reports.reasons import why
from analyses.reports.record import Record
from analyses.reports.telling import Telling, about
from analyses.reports.turning import turns
from analyses.sensitivity import sensitivity
from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import load
from games.model import Model

TERMS_OF_ART = re.compile(
    r"equilibri|nash|subgame|payoff|parameter|default|threshold|admissible|domina|perfect|region|sobol|index|premise",
    re.IGNORECASE,
)
"""What a reader who never heard of game theory would have to look up."""


def sentences(told: dict[str, Any]) -> Iterator[str]:
    """Everything that page 1 says, the description of its picture too."""
    yield told["question"]
    yield told["figure_alt"]
    for part in ("answer", "changes", "sure", "differ", "not_known"):
        yield from told[part]


@pytest.fixture(scope="module")
def told(case_report: Path) -> dict[str, Any]:
    found = json.loads((case_report / "report.json").read_bytes())["brief"]
    assert isinstance(found, dict)
    return found


def of(model: Model, **values: object) -> Brief:
    """The brief of a report of one model, about which nothing is argued."""
    return report(NOTHING_ARGUED, [model], values).brief


NOTHING_ARGUED = Case("Games", "", ())
COORDINATION = StrategicGame.bimatrix([[2, 0], [0, 1]], [[1, 0], [0, 2]])
PENNIES = StrategicGame.bimatrix([[1, 0], [0, 1]], [[0, 1], [1, 0]])


def test_the_case_answers_its_question_in_three_parts(told: dict[str, Any]) -> None:
    predicted, why, change = told["answer"]
    assert predicted.endswith(
        "Japan imposes full sanctions, Russia answers with patrols, and Japan keeps the sanctions. With most other "
        "numbers it is not."
    )
    assert "Japan would gain more if it keeps the sanctions all the same (1.55) than if it lifts" in why
    assert "relief is not credible" in why
    assert "cost to Japan of keeping sanctions after a concession is above 0.8 (assumed here: 0.25)" in change
    assert change.endswith("Russia gives up the islands and Japan lifts the sanctions.")


def test_no_symbol_and_no_term_of_art_is_on_page_1_of_the_case(told: dict[str, Any]) -> None:
    names = {p.name for model in CASE.every_model for p in model.parameters}
    names |= {name for model in CASE.every_model for name in model.shorthand}
    for said in sentences(told):
        assert TERMS_OF_ART.search(said) is None, said
        words = set(re.findall(r"[^\W\d]\w*", said)) - {"a", "A"}
        assert words & names == set(), said
        assert re.search(r"[≥≤=<>α-ω]", said) is None, said


def test_the_numbers_of_page_1_are_those_of_the_game(told: dict[str, Any]) -> None:
    """Read from the tree itself, by hand: keeping, lifting, patrols, conceding, and the two sanctions."""
    model = load("sanction-retaliation")
    game = model.at()
    assert isinstance(game, ExtensiveGame)
    pays = {path: end.payoffs for path, end in game.outcomes.items()}
    kept, lifted = pays["Full", "Concede", "Keep"], pays["Full", "Concede", "Lift"]
    assert kept[0] > lifted[0]
    expected = [kept[0], lifted[0], pays["Full", "Patrol", "Hold"][1], kept[1], pays["Full", "Patrol", "Hold"][0]]
    shown = re.findall(r"\((−?[\d.]+)\)|get (−?[\d.]+)", told["answer"][1])
    assert [Fraction((a or b).replace("−", "-")) for a, b in shown] == expected


def test_each_change_of_page_1_alters_the_outcome_there_and_not_before(told: dict[str, Any]) -> None:
    model = load("sanction-retaliation")
    found = sensitivity(model)
    (now,) = found.outcomes
    for turn in turns(found)[:4]:
        side = 1 if turn.upwards else -1
        for step, changed in ((Fraction(1, 1000), True), (Fraction(-1, 1000), False)):
            game = model.at(**{turn.parameter: turn.value + side * step})
            (end,) = solve(game)[0].outcomes
            assert (model.outcome_words(end.path) != now) is changed, turn
    assert len(told["changes"]) == 2


def test_what_is_proved_and_what_is_not_is_told_apart(told: dict[str, Any]) -> None:
    proved = [said for said in told["sure"] if said.startswith("Proved")]
    counts, failed = told["sure"][-1].split("Among those that fail: ")
    assert (len(told["sure"]), len(proved), failed.count("“")) == (4, 1, 2)
    total, hold, fail = map(int, re.findall(r"\d+", counts))
    assert total == len(CASE.statements) == hold + fail
    assert any("95 %" in said and "depends most on" in said for said in told["sure"])


def test_where_models_differ_the_assumption_is_named(told: dict[str, Any]) -> None:
    main, partition, encounter = told["differ"]
    assert main.startswith("The answer above supposes that one side moves after the other")
    assert "predicts “The freeze goes on”" in partition
    assert "Japan makes one offer" in partition
    assert "predicts the same, as far as it goes" in encounter
    assert "both sides move at once" in encounter


def test_every_word_of_the_case_has_its_action() -> None:
    """A clause for each action of the main model, so that its path can be told; none for what is no action."""
    for name in ("sanction-retaliation", "sanction-encounter"):
        model = load(name)
        known = {action for path in model.game.written_out.paths for action in path}
        assert known <= PLAIN[name].clauses.keys()
    assert PLAIN["sanction-retaliation"].quantities.keys() == load("sanction-retaliation").shorthand.keys()


def test_several_equilibria_are_all_named_and_none_is_preferred() -> None:
    said = of(Model("m", "M", COORDINATION))
    assert "outcomes are possible, and nothing here says which it will be" in said.answer[0]
    assert "“1, 1”" in said.answer[0]
    assert "“2, 2”" in said.answer[0]
    assert said.answer[2].startswith("What would change it: ")


def test_mixed_play_is_told_with_its_chances() -> None:
    said = of(Model("m", "M", PENNIES))
    assert said.answer[0].count("with a chance of 25 %") == 3
    assert "leaves it to chance" in said.answer[1]
    assert said.figure is not None
    assert said.figure.description.count("25 %") == 4


def test_where_nothing_is_stable_nothing_is_predicted() -> None:
    """Of a chapter as if no equilibrium had been found, since in every game here some equilibrium is."""
    made = report(NOTHING_ARGUED, [Model("m", "M", PENNIES)])
    (only,) = made.chapters
    without = replace(only, equilibria=replace(only.equilibria, found=()))
    said = brief(NOTHING_ARGUED, [without], made.ledger)
    assert said.answer[0] == "With the numbers of the game, no outcome is stable: nothing can be predicted."
    assert "nothing is stable" in said.answer[1]
    assert said.figure is None


@pytest.mark.parametrize("name", ["standoff", "freeze-and-thaw", "opposition-signal", "ratification", "trade-war"])
def test_every_form_of_game_has_a_brief(name: str) -> None:
    said = of(load(name))
    assert said.question
    assert len(said.answer) == 3
    assert all(part.endswith((".", ":")) for part in said.answer)
    assert said.answer[1] != "Why: Nobody gains by choosing otherwise alone."


def test_a_decision_that_decides_is_found_by_trying_all_others() -> None:
    """Where staying out hangs on what B would do, and where it does not; and a B who would rather help."""
    for outside, hurts in product((0, 2), (3, -3)):
        inner = Decision("B", {"yes": Outcome((-hurts, 1)), "no": Outcome((hurts, 0))})
        model = Model("m", "M", ExtensiveGame(("A", "B"), Decision("A", {"out": Outcome((outside, 0)), "in": inner})))
        said = why(Telling(model, PlainWords()), solve(model.at()), ())
        expected = "If A chooses “in”, B would gain more if it chooses “yes” (1) than if it chooses “no” (0)."
        assert (expected in said) is (hurts > 0), said


def test_words_for_numbers_and_parameters() -> None:
    model = load("sanction-retaliation")
    telling = Telling(model, PLAIN[model.name])
    assert telling.quantity(model.by_name["beta"]) == "the cost to Japan of keeping sanctions after a concession"
    assert telling.quantity(model.by_name["V_R"]) == "the value of the islands to Russia"
    assert telling.quantity(model.by_name["gamma_2"]).startswith("Russia's gain")
    assert telling.quantity(model.by_name["y"]).startswith("how far")
    assert telling.amount(Fraction(1, 4), model.by_name["alpha"]) == "25 %"
    assert about(Fraction(-4667, 4000)) == "about −1.17"
    other = load("territorial-partition")
    said = Telling(other, PLAIN[other.name]).quantity(other.by_name["omega"])
    assert said == "the part of the value of all four islands to Japan that the two islands of 1956 are worth"


def test_the_glossary_has_every_symbol_once_and_an_anchor_for_each_entry() -> None:
    chapters = [chapter(load("sanction-retaliation")), chapter(load("standoff"))]
    terms = glossary(CASE, chapters)
    assert len({term.id for term in terms}) == len(terms)
    known = {term.symbol for term in terms if term.symbol}
    assert known >= {p.name for c in chapters for p in c.model.parameters} | {"e", "g", "e_Y", "g_Y"}
    (e,) = [term for term in terms if term.symbol == "e"]
    assert "what its allies reward them with" in e.text
    assert "A_F − k_F" in e.text


def small(record: Record | None = None) -> Report:
    return report(NOTHING_ARGUED, [Model("m", "M", COORDINATION)], record=record)


def test_the_date_stands_in_a_report_only_where_it_is_given() -> None:
    dated = json.loads(canonical_json(small(Record("parley report m.toml", {"x": "3/10"}, "2024-01-31"))))["record"]
    assert dated["date"] == "2024-01-31"
    assert dated["changed"] == {"x": "0.3"}
    assert json.loads(canonical_json(small()))["record"]["date"] is None
    assert canonical_json(small()) == canonical_json(small())


@pytest.mark.parametrize("date", ["2024-02-30", "yesterday", "", "2024-1-1"])
def test_a_date_that_is_none_is_refused(date: str) -> None:
    with pytest.raises(InputError, match="is no date; write it as 2024-01-31"):
        Record("parley report", {}, date)
