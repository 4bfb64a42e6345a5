"""A Bayesian game with free parameters through what one does with a model: quantities, comparison, report."""

from fractions import Fraction

import pytest
import sympy

from analyses.compare import compare
from analyses.reports.contents import chapter
from games import BayesianGame, InputError, solve
from games.model import Model
from games.parameters import Parameter, Unit
from games.play.quantities import Chosen, Payoff, Reach, check_quantity, quantity_at
from games.play.regret import nash_regret
from games.solvers.concept import concepts_for
from games.sources import Assumed


def test_a_model_of_a_bayesian_game() -> None:
    """The prior is a parameter; at 0 one type is gone, and with it its information set."""
    share, gain = sympy.symbols("share gain")
    game = BayesianGame(
        {"A": ("a",), "B": ("kind", "cruel")},
        {"A": ("trust", "shun"), "B": ("help", "harm")},
        {("a", "kind"): share, ("a", "cruel"): 1 - share},
        lambda types, actions: (
            (gain if actions == ("trust", "help") else -1 if actions[0] == "trust" else 0),
            int((types[1] == "kind") == (actions[1] == "help")),
        ),
    )
    assumed = Assumed("for a test")
    parameters = (
        Parameter(share, meaning="", default="3/4", low=0, high=1, unit=Unit.PROBABILITY, source=assumed),
        Parameter(gain, meaning="", default=1, low=0, high=3, unit=Unit.PAYOFF, source=assumed),
    )
    model = Model(name="m", title="M", game=game, parameters=parameters)
    exact = model.at()
    (only,) = solve(exact)
    assert only.payoffs == {"A": Fraction(1, 2), "B": 1}
    for quantity, value in (
        (Reach(("a, kind", "trust", "help")), Fraction(3, 4)),
        (Reach(("help",), after=("a, cruel", "shun")), 0),
        (Chosen({"A of type a": "trust", "B of type cruel": "harm"}), 1),
        (Payoff("A", after=("a, cruel",)), -1),
    ):
        check_quantity(quantity, game)
        assert quantity_at(exact, solve(exact).game, only, quantity) == value
    with pytest.raises(InputError, match="no information set 'B'"):
        check_quantity(Chosen({"B": "help"}), game)
    assert set(nash_regret(exact.tree(), solve(exact, "perfect-bayesian")[0].strategies).values()) == {0}
    made = chapter(model)
    assert made.as_json()["form"] == "bayesian"
    assert "“a, kind, trust, help” with probability 0.75 or “a, cruel, trust, harm” with probability 0.25" in made.brief
    assert set(made.figures) == {"tree"}
    assert chapter(model, {"share": 1}).brief.endswith("a, kind, trust, help (A 1, B 1).")
    refused = {p.concept for p in compare(exact, model).predictions if p.reason}
    assert refused == {c.name for c in concepts_for(exact) if c.about}
