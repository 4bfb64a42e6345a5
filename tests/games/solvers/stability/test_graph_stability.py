"""The four stability concepts of graph models, judged by their definitions written out once more in plain sets."""

import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from games import InputError, solve
from games.forms.graph_model import GraphModel
from games.play.quantities import Reach
from games.play.regret import regret
from games.solvers.concept import CONCEPTS
from games.solvers.stability import (
    general_metarational,
    nash_stable,
    sequentially_stable,
    symmetric_metarational,
)
from games.solvers.stability.graph_stability import staying
from games.terms import holds, sign, var

SEED = 1993
NASH, GMR, SMR, SEQ = "nash-stable", "general-metarational", "symmetric-metarational", "sequentially-stable"


def drawn(seed: int, players: int, states: int, dense: float = 0.35, highest: int = 4) -> GraphModel:
    """A random graph model whose payoffs often tie."""
    rng = random.Random(f"{SEED} {seed}")
    names = tuple(f"s{k}" for k in range(states))
    return GraphModel(
        {name: tuple(rng.randint(0, highest) for _ in range(players)) for name in names},
        {
            f"P{k}": {s: tuple(t for t in names if t != s and rng.random() < dense) for s in names}
            for k in range(players)
        },
    )


GAMES = [
    *(drawn(k, 2, 5) for k in range(30)),
    *(drawn(k, 3, 5, 0.25) for k in range(30, 55)),
    *(drawn(k, 4, 4, 0.3) for k in range(55, 65)),
    *(drawn(k, 1, 4) for k in range(65, 68)),
]
every_game = pytest.mark.parametrize("game", GAMES, ids=range(len(GAMES)))


class ByDefinition:
    """Stability from the definitions: sets of states, and legal sequences followed one move at a time."""

    def __init__(self, game: GraphModel) -> None:
        self.game = game

    def pays(self, state: str, player: str) -> Fraction:
        return Fraction(self.game.payoffs[state][self.game.players.index(player)])

    def moves(self, state: str, player: str, improving: bool = False) -> set[str]:
        targets = set(self.game.moves[player].get(state, ()))
        return {t for t in targets if not improving or self.pays(t, player) > self.pays(state, player)}

    def together(self, state: str, player: str, improving: bool) -> set[str]:
        """Where the others can lead by sequences of at most so many moves that longer ones reach nothing new."""
        others = [p for p in self.game.players if p != player]
        front = {(state, None)}
        found: set[str] = set()
        for _ in range(len(self.game.states) * len(self.game.players) + 1):
            front |= {
                (target, mover)
                for at, last in front
                for mover in others
                if mover != last
                for target in self.moves(at, mover, improving)
            }
        found |= {at for at, last in front if last is not None}
        return found

    def stable(self, concept: str, state: str, player: str) -> bool:
        own = self.pays(state, player)
        for better in self.moves(state, player, improving=True):
            answers = self.together(better, player, improving=concept == SEQ)
            worse = {end for end in answers if self.pays(end, player) <= own}
            if concept == SMR:
                worse = {end for end in worse if all(self.pays(s, player) <= own for s in self.moves(end, player))}
            if concept == NASH or not worse:
                return False
        return True

    def equilibria(self, concept: str) -> set[str]:
        return {s for s in self.game.states if all(self.stable(concept, s, p) for p in self.game.players)}


def states(game: GraphModel, concept: str) -> set[str]:
    found = solve(game, concept)
    assert found.complete
    return {equilibrium.outcomes[0].path[0] for equilibrium in found}


@every_game
@pytest.mark.parametrize("concept", [NASH, GMR, SMR, SEQ])
def test_stable_states_are_those_of_the_definition(game: GraphModel, concept: str) -> None:
    assert states(game, concept) == ByDefinition(game).equilibria(concept)


@every_game
def test_the_concepts_are_nested(game: GraphModel) -> None:
    assert states(game, NASH) <= states(game, SMR) <= states(game, GMR)
    assert states(game, NASH) <= states(game, SEQ) <= states(game, GMR)


def test_the_family_tells_the_concepts_apart() -> None:
    kinds = Counter(tuple(len(states(game, concept)) for concept in (NASH, SEQ, SMR, GMR)) for game in GAMES)
    assert any(nash < seq for nash, seq, _, _ in kinds)
    assert any(seq != smr for _, seq, smr, _ in kinds)
    assert any(smr < gmr for _, _, smr, gmr in kinds)


@every_game
def test_a_nash_stable_state_leaves_nobody_with_regret(game: GraphModel) -> None:
    calm = {s for s in game.states if set(regret(game, staying(game, s)).values()) == {0}}
    assert calm == states(game, NASH)


def each_player_and_state(game: GraphModel) -> Iterator[tuple[str, str]]:
    yield from product(game.players, game.states)


STABLE = {
    NASH: nash_stable.stable,
    GMR: general_metarational.stable,
    SMR: symmetric_metarational.stable,
    SEQ: sequentially_stable.stable,
}
"""Whether a state is stable for a decision maker, as the solvers define it."""


@every_game
@pytest.mark.parametrize("concept", [NASH, GMR, SMR, SEQ])
def test_stability_for_one_decision_maker_at_a_time(game: GraphModel, concept: str) -> None:
    for player, state in each_player_and_state(game):
        assert STABLE[concept](game, state, player) is ByDefinition(game).stable(concept, state, player)


@pytest.mark.untraced
@pytest.mark.parametrize("concept", [NASH, GMR, SMR, SEQ])
def test_cases_in_formulas_hold_where_those_in_numbers_do(concept: str) -> None:
    rng = random.Random(SEED)
    seen: Counter[bool] = Counter()
    definition = CONCEPTS[concept].cases
    assert definition is not None
    for game in [drawn(k, 2, 4, 0.4) for k in range(100, 106)] + [drawn(k, 3, 4, 0.25) for k in range(106, 110)]:
        names = [f"u{k}" for k, _ in enumerate(game.entries)]
        free = game.with_entries(list(map(var, names)))
        stable = {pair: STABLE[concept](free, pair[1], pair[0]) for pair in each_player_and_state(free)}
        found = definition(free, [Reach((state,)) for state in game.states])
        for _ in range(4):
            values = [rng.randint(0, 3) for _ in game.entries]
            numbers = game.with_entries(values)
            point = dict(zip(names, values, strict=True))
            for (player, state), condition in stable.items():
                expected = ByDefinition(numbers).stable(concept, state, player)
                assert holds(condition, point) == expected, (SEED, condition, point)
                seen[expected] += 1
            assert {taken["state"] for taken, _ in found.played(point)} == states(numbers, concept)
    assert min(seen[True], seen[False]) > 40


@every_game
def test_only_the_order_of_payoffs_matters(game: GraphModel) -> None:
    scale = [1 + k % len(game.players) for k, _ in enumerate(game.entries)]
    stretched = game.with_entries([factor * Fraction(v) ** 3 for factor, v in zip(scale, game.entries, strict=True)])
    for concept in (NASH, GMR, SMR, SEQ):
        assert states(stretched, concept) == states(game, concept)
        assert solve(stretched, concept).remarks == solve(game, concept).remarks


def test_a_sanction_that_does_not_pay_its_mover_is_not_credible() -> None:
    """A may grab; B can then burn everything: credible only if burning pays B."""
    b = var("b")
    game = GraphModel(
        {"share": (1, 1), "grab": (2, 0), "burnt": (0, b)}, {"A": {"share": ("grab",)}, "B": {"grab": ("burnt",)}}
    )
    assert general_metarational.stable(game, "share", "A") is True
    assert symmetric_metarational.stable(game, "share", "A") is True
    assert sequentially_stable.stable(game, "share", "A") == sign(b, ">")
    assert nash_stable.stable(game, "share", "A") is False


def test_nobody_moves_twice_in_a_row_in_a_sanction() -> None:
    """B needs two moves to hurt A; alone it has one, with C it can take turns."""
    payoffs = {"calm": (1, 0), "grab": (2, 0), "half": (2, 0), "hurt": (0, 0)}
    moves = {"A": {"calm": ("grab",)}, "B": {"grab": ("half",), "half": ("hurt",)}}
    assert "calm" not in states(GraphModel(payoffs, moves), GMR)
    three = {state: (*paid, 0) for state, paid in payoffs.items()}
    assert "calm" not in states(GraphModel(three, {**moves, "C": {}}), GMR)
    assert "calm" in states(GraphModel(three, {**moves, "C": {"half": ("hurt",)}}), GMR)


def test_too_many_sequences_in_formulas_are_refused() -> None:
    game = drawn(500, 4, 9, 0.9)
    free = game.with_entries([var(f"u{k}") for k, _ in enumerate(game.entries)])
    with pytest.raises(InputError, match="sequences of moves would have to be told apart"):
        sequentially_stable.stable(free, "s0", "P0")
    assert solve(game, SEQ).complete, "numbers tell them apart at once"


def test_the_remarks_say_which_states_are_stable_for_whom() -> None:
    for game in GAMES[:10]:
        for concept in (NASH, SEQ):
            expected = tuple(
                f"stable for {p}: "
                + ("; ".join(s for s in game.states if ByDefinition(game).stable(concept, s, p)) or "no state")
                for p in game.players
            )
            assert solve(game, concept).remarks == expected


def test_the_answer_as_a_table_and_as_data() -> None:
    found = next(answer for answer in map(solve, GAMES) if answer)
    assert found.heading.startswith(f"{len(found)} nash-stable state")
    assert found[0].outcomes[0].path[0] in str(found)
    data: Any = found.as_json("drawn")
    assert data["equilibria"][0]["outcomes"] == [{"path": list(found[0].outcomes[0].path), "probability": "1"}]
