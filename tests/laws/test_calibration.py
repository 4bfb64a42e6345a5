"""The models of the case speak of one Japan and one Russia, and by default tell the source's story or say why not."""

from fractions import Fraction
from pathlib import Path

import pytest

from games import calibration, solve
from games.catalog import catalog, family
from games.model import Model
from laws.references import page

ROOT = Path(__file__).parents[2]

OF_THE_CASE = [model for model in catalog().values() if family(model) in ("sanctions", "territory")]
every_model = pytest.mark.parametrize("model", OF_THE_CASE, ids=lambda model: model.name)

SHARED = {
    **dict.fromkeys(("V_J", "V"), calibration.ISLANDS_TO_JAPAN),
    **dict.fromkeys(("V_R", "L"), calibration.ISLANDS_TO_RUSSIA),
    "v_L": calibration.SOFT_RUSSIA,
    "v_H": calibration.HARD_RUSSIA,
    "mu": calibration.ODDS_OF_SOFT,
    "A_F": calibration.ALLIED_REWARD,
    "alpha": calibration.SYMBOLIC_REWARD,
    "k_Y": calibration.COST_SYMBOLIC,
    "k_F": calibration.COST_FULL,
    "e_Y": calibration.NET_SYMBOLIC,
    **dict.fromkeys(("e_F", "e", "a"), calibration.NET_FULL),
    "h_Y": calibration.HARM_SYMBOLIC,
    **dict.fromkeys(("h_F", "h"), calibration.HARM_FULL),
    "b": calibration.BACKING_DOWN,
    "beta": calibration.BROKEN_PROMISE,
    "y": calibration.PROVOCATION_SYMBOLIC,
    **dict.fromkeys(("G", "g"), calibration.BEST_ANSWER),
    **dict.fromkeys(("delta_J", "delta_R"), calibration.DISCOUNT),
    **{f"rho_{k}": value for k, value in enumerate(calibration.HARM_OF_RUNGS, start=1)},
    **{f"gamma_{k}": value for k, value in enumerate(calibration.GAIN_OF_RUNGS, start=1)},
    **{f"{name}_{k}": value for name in "cn" for k, value in enumerate(calibration.COST_OF_RUNGS, start=1)},
}
"""For each symbol that the models of the case share, the value that all of them give it."""

ANOTHER_MEANING = {
    ("territorial-partition", "y"),
    ("sanctions-then-bargaining", "y"),
    ("wording-and-patrols", "a"),
    ("wording-and-patrols", "e"),
    ("trade-war", "a"),
    ("trade-war", "b"),
}
"""Where a symbol stands for something else: a payment, an audience cost, a cost that is minus the net payoff, demand.
"""

ANOTHER_STORY = {"costly-patience", "relief-in-steps", "trade-war"}
"""Models whose default play is not the source's, each for the reason that it states."""

NOT_IN_THE_SOURCE = ("concede", "complies", "ceded", "islands", "treaty only", "accept")
"""What happens at no default: the source knows of no concession and of no deal."""


@every_model
def test_what_models_share_has_one_value(model: Model) -> None:
    for parameter in model.parameters:
        if parameter.name in SHARED and (model.name, parameter.name) not in ANOTHER_MEANING:
            assert parameter.default == Fraction(SHARED[parameter.name]), parameter.name


def test_the_calibration_is_consistent_in_itself() -> None:
    value = {
        name: Fraction(getattr(calibration, name)) for name in dir(calibration) if name.isupper() and name not in RUNGS
    }
    gains, costs = (tuple(map(Fraction, rungs)) for rungs in (calibration.GAIN_OF_RUNGS, calibration.COST_OF_RUNGS))
    assert value["NET_FULL"] == value["ALLIED_REWARD"] - value["COST_FULL"]
    assert value["NET_SYMBOLIC"] == value["SYMBOLIC_REWARD"] * value["ALLIED_REWARD"] - value["COST_SYMBOLIC"]
    assert value["BEST_ANSWER"] == max(gain - cost for gain, cost in zip(gains, costs, strict=True))
    assert value["NET_FULL"] > value["BROKEN_PROMISE"], "biased to the alliance, as the source describes it"


RUNGS = {"HARM_OF_RUNGS", "GAIN_OF_RUNGS", "COST_OF_RUNGS"}


@every_model
def test_the_default_play_is_the_sources_story_or_the_model_says_why_not(model: Model) -> None:
    """Full sanctions, answers to them, no concession and no deal.

    Where Russia's resolve is unknown, the Russia of the source is the one that is always firm, and Japan the one that
    is resolute; what a soft Russia would do is not told there.
    """
    assert bool(model.tells_another_story) == (model.name in ANOTHER_STORY)
    if model.tells_another_story or not model.game.lists_outcomes:
        return
    possible = [model.outcome_words(path) for path in model.game.paths]
    for equilibrium in solve(model.at()):
        played = [model.outcome_words(outcome.path).lower() for outcome in equilibrium.outcomes]
        told = [words for words in played if "soft russia" not in words and "irresolute" not in words]
        for words in told:
            assert not any(phrase in words for phrase in NOT_IN_THE_SOURCE), words
        if any("ull sanctions" in words for words in possible) and told:
            assert any("ull sanctions" in words or words == "no threat" for words in told), told


def test_at_most_four_models_tell_another_story() -> None:
    assert len(ANOTHER_STORY) <= 4
    assert {*ANOTHER_STORY} <= {model.name for model in OF_THE_CASE}


@pytest.mark.parametrize("model", catalog().values(), ids=lambda model: model.name)
def test_every_model_cites_what_it_is_built_on(model: Model) -> None:
    assert model.references
    assert list(model.references) == sorted(set(model.references), key=lambda work: work.order)


def test_the_page_of_references_is_up_to_date() -> None:
    assert (ROOT / "docs" / "references.md").read_text("utf-8") == page()
