"""What elimination leaves, against dominance by pure strategies worked out apart, and games from the textbooks."""

import random
from fractions import Fraction
from itertools import product

import pytest

from analyses.undominated import reduction
from games import InputError, StrategicGame, solve
from games.catalog import load
from games.formats.conversion import converted
from games.formats.files import READERS
from games.model import Model

SEED = 1957


def model_of(rows: list[list[object]], columns: list[list[object]]) -> Model:
    return Model("own", "Own", StrategicGame.bimatrix(rows, columns))


def test_a_mixture_dominates_where_no_strategy_does() -> None:
    found = reduction(model_of([[3, 0], [0, 3], [1, 1]], [[0, 0], [0, 0], [0, 0]]))
    assert found.findings()[0] == (
        "Round 1: Row's 3 is strictly dominated by the mixture 0.5 1 + 0.5 2, which pays more, whatever Column may "
        "still do."
    )
    assert found.elimination.survivors["Row"] == ("1", "2")
    assert found.as_json()["steps"][0]["dominator"] == {"1": "1/2", "2": "1/2"}


def test_weak_dominance_is_left_alone_unless_asked_for() -> None:
    model = model_of([[1, 1], [1, 0]], [[1, 0], [0, 0]])
    assert not reduction(model).elimination.steps
    assert "No strategy is strictly dominated." in reduction(model).findings()
    weak = reduction(model, by="weak")
    assert weak.elimination.survivors == {"Row": ("1",), "Column": ("1",)}
    assert any("may depend on the order" in said for said in weak.findings())
    assert "never pays less and somewhere more" in weak.findings()[0]


def paid(game: StrategicGame, player: str, own: str, theirs: str) -> Fraction:
    return Fraction(game.payoff((own, theirs) if player == game.players[0] else (theirs, own), player))


def pure_elimination(game: StrategicGame) -> dict[str, set[str]]:
    """Strict dominance by pure strategies alone, one strategy at a time, from the definition."""
    left = {player: set(own) for player, own in game.strategies.items()}
    fallen = True
    while fallen:
        fallen = False
        for player, other in (game.players, game.players[::-1]):
            for worse, better in product(sorted(left[player]), repeat=2):
                pairs = [(paid(game, player, better, t), paid(game, player, worse, t)) for t in left[other]]
                if {worse, better} <= left[player] and all(more > less for more, less in pairs):
                    left[player].discard(worse)
                    fallen = True
    return left


@pytest.mark.parametrize("seed", range(12))
def test_no_pure_strategy_dominates_another_in_what_is_left_and_equilibria_stay(seed: int) -> None:
    rng = random.Random(f"{SEED}/{seed}")
    rows, columns = ([[rng.randint(0, 9) for _ in range(4)] for _ in range(3)] for _ in range(2))
    model = model_of(rows, columns)
    found = reduction(model)
    left = found.elimination.survivors
    by_pure = pure_elimination(found.game)
    assert all(set(left[player]) <= by_pure[player] for player in left)
    for equilibrium in solve(found.game):
        played = {p: {s for s, weight in mix.items() if weight} for p, mix in equilibrium.strategies.items()}
        assert all(played[player] <= set(left[player]) for player in left)
    # Each step holds against all that its round began with.
    before = {player: list(own) for player, own in found.game.strategies.items()}
    for number in sorted({step.round for step in found.elimination.steps}):
        steps = [step for step in found.elimination.steps if step.round == number]
        for step in steps:
            (other,) = (player for player in before if player != step.player)
            for theirs in before[other]:
                own = paid(found.game, step.player, step.strategy, theirs)
                rival = sum(w * paid(found.game, step.player, s, theirs) for s, w in step.dominator.items())
                assert rival > own
        for step in steps:
            before[step.player].remove(step.strategy)


def test_what_is_left_is_a_game_of_its_own() -> None:
    found = reduction(load("sanction-encounter"))
    again = READERS[".json"](converted(found.left, ".json").text, "x")
    assert again.game == found.elimination.game
    assert READERS[".nfg"](converted(found.left, ".nfg").text, "x").game == found.elimination.game


def test_a_tree_is_taken_in_its_reduced_strategic_form() -> None:
    found = reduction(load("sanction-threat"), by="weak")
    assert "reduced strategic form" in found.findings()[0]
    with pytest.raises(InputError, match="profiles of plans"):
        reduction(load("crisis-bargaining"))


@pytest.mark.parametrize(
    ("name", "by", "said"), [("standoff", "strict", "not in a graph model"), ("inspection", "mixed", "strict, weak")]
)
def test_what_has_no_dominance_is_refused(name: str, by: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        reduction(load(name), by=by)
