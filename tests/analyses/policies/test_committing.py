"""A commitment leaves the game as it is, but for the other actions."""

import pytest

from analyses.policies import committed, first_decisions
from games.catalog import load
from games.errors import InputError
from games.forms.extensive import ExtensiveGame
from games.forms.strategic import StrategicGame
from games.solvers.concept import solve
from laws.models import every_name


@every_name
def test_outcomes_that_are_left_keep_their_payoffs(name: str) -> None:
    model = load(name)
    game = model.game.written_out
    if not isinstance(game, ExtensiveGame | StrategicGame) or len(list(game.paths)) > 500:
        return
    for player in game.players:
        for place, actions in list(first_decisions(model, player).items())[:2]:
            left = committed(model, place, actions[-1]).game
            assert left.places[place] == (actions[-1],)
            if isinstance(game, ExtensiveGame):
                assert isinstance(left, ExtensiveGame)
                met = {path: end.payoffs for path, end in left.outcomes.items()}
                assert met.items() <= {path: end.payoffs for path, end in game.outcomes.items()}.items()
                own = set(game.information_sets[place].paths)
                assert set(met) == {
                    path
                    for path in game.outcomes
                    if all(path[: len(at)] != at or path[len(at)] == actions[-1] for at in own)
                }
            else:
                assert isinstance(left, StrategicGame)
                assert left.payoffs.items() <= game.payoffs.items()


def test_what_is_best_to_commit_to_is_chosen_at_the_root() -> None:
    model = load("sanction-retaliation")
    whole = solve(model.at())[0].payoffs["Japan"]
    paid = [
        solve(committed(model, "Japan at the start", a).at())[0].payoffs["Japan"] for a in ("None", "Symbolic", "Full")
    ]
    assert whole == max(paid)


def test_first_decisions() -> None:
    model = load("sanction-retaliation")
    assert list(first_decisions(model, "Japan")) == ["Japan at the start"]
    assert list(first_decisions(model, "Russia")) == ["Russia after None", "Russia after Symbolic", "Russia after Full"]
    assert list(first_decisions(load("sanction-threat"), "Russia")) == [
        "Soft Russia after Full",
        "Hard Russia after Full",
    ]


def test_wrong_input() -> None:
    model = load("sanction-retaliation")
    with pytest.raises(InputError, match="there is no action 'War'"):
        committed(model, "Japan at the start", "War")
    with pytest.raises(InputError, match="has no information set 'Tokyo'"):
        committed(model, "Tokyo", "Full")
