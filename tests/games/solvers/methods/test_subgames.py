"""Subgame-perfect equilibria under imperfect information, against the definition checked in every subgame."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from games import Chance, Decision, Equilibria, ExtensiveGame, InputError, Outcome, solve
from games.forms.extensive import Node
from games.play.subgames import subgame_roots
from games.solvers.concept import CONCEPTS
from games.solvers.methods.subgames import in_every_subgame
from games.solvers.refinements.subgame_perfect import subgame_perfect

Table = Mapping[tuple[str, str], tuple[int, ...]]
Pure = frozenset[tuple[str, str]]


def at_once(first: str, second: str, table: Table, name: str = "") -> Decision:
    """Both choose without seeing the other's choice."""
    rows = dict.fromkeys(row for row, _ in table)
    columns = dict.fromkeys(column for _, column in table)
    return Decision(
        first,
        {r: Decision(second, {c: Outcome(table[r, c]) for c in columns}, f"{second}{name}") for r in rows},
        f"{first}{name}",
    )


def entry(table: Table) -> ExtensiveGame:
    inside = at_once("Entrant", "Incumbent", table)
    return ExtensiveGame(("Entrant", "Incumbent"), Decision("Entrant", {"out": Outcome((0, 2)), "in": inside}, "door"))


def twice(stage: Table) -> ExtensiveGame:
    """The stage game played twice; both see the first outcome."""

    def after(done: tuple[str, str]) -> Node:
        later = {ends: tuple(a + b for a, b in zip(stage[done], pays, strict=True)) for ends, pays in stage.items()}
        return at_once("A", "B", later, f" after {' '.join(done)}")

    rows = dict.fromkeys(row for row, _ in stage)
    columns = dict.fromkeys(column for _, column in stage)
    first = {r: Decision("B", {c: after((r, c)) for c in columns}, "B first") for r in rows}
    return ExtensiveGame(("A", "B"), Decision("A", first, "A first"))


def gains_somewhere(game: ExtensiveGame, play: Mapping[str, Mapping[str, Any]], by_hand: Callable[..., Any]) -> bool:
    """Whether in some subgame some plan adds to some player's payoff: the definition."""
    return any(any(by_hand(game, start).regret(play).values()) for start in by_hand(game).subgames())


def settled(game: ExtensiveGame, play: Mapping[str, Mapping[str, Any]], by_hand: Callable[..., Any]) -> Pure:
    """The choices of pure ``play``, but for those that the player's own earlier ones in the same subgame rule out."""
    starts = by_hand(game).subgames()
    result = []
    for name, information_set in game.information_sets.items():
        around = [s for s in starts if all(path[: len(s)] == s for path in information_set.paths)]
        start = max(around, key=len)
        (action,) = [a for a, weight in play[name].items() if weight]

        def allowed(path: tuple[str, ...], player: str = information_set.player, start: Any = start) -> bool:
            return all(
                play[game.information_set_at(path[:k])][path[k]]
                for k in range(len(start), len(path))
                if isinstance(node := game.nodes[path[:k]], Decision) and node.player == player
            )

        if any(map(allowed, information_set.paths)):
            result.append((name, action))
    return frozenset(result)


def pure_answer(game: ExtensiveGame, equilibria: Equilibria, by_hand: Callable[..., Any]) -> list[Pure]:
    return [
        settled(game, e.strategies, by_hand)
        for e in equilibria
        if all(w in (0, 1) for mix in e.strategies.values() for w in mix.values())
    ]


def pure_by_definition(game: ExtensiveGame, by_hand: Callable[..., Any]) -> set[Pure]:
    sets = game.information_sets
    found = set()
    for chosen in product(*(s.actions for s in sets.values())):
        play = {
            name: {a: Fraction(a == one) for a in s.actions}
            for (name, s), one in zip(sets.items(), chosen, strict=True)
        }
        if not gains_somewhere(game, play, by_hand):
            found.add(settled(game, play, by_hand))
    return found


def test_entry_before_a_fight_with_one_equilibrium() -> None:
    """Nash equilibrium allows the threat to fight; it is not credible."""
    fight = {("fight", "fight"): (-3, -1), ("fight", "share"): (1, -2)}
    game = entry(fight | {("share", "fight"): (-2, -1), ("share", "share"): (3, 1)})
    equilibria = in_every_subgame(game)
    assert [str(equilibrium) for equilibrium in equilibria] == ["door: in, Entrant: share, Incumbent: share"]
    assert equilibria[0].payoffs == {"Entrant": 3, "Incumbent": 1}
    assert (equilibria.complete, equilibria.remarks) == (True, ())
    assert any(e.payoffs["Entrant"] == 0 for e in solve(game, "nash"))


def test_entry_before_a_choice_of_niches() -> None:
    """Whoever takes the large niche alone gains; both or neither lose. Of three continuations one invites entry."""
    large = {("large", "small"): (1, -1), ("large", "large"): (-3, -3)}
    game = entry({("small", "small"): (-6, -6), ("small", "large"): (-1, 1)} | large)
    equilibria = solve(game)
    assert (equilibria.concept, equilibria.complete, equilibria.exact) == ("subgame-perfect", True, True)
    mixed = {"small": Fraction(2, 9), "large": Fraction(7, 9)}
    expected = [
        {"door": {"out": 0, "in": 1}, "Entrant": {"small": 0, "large": 1}, "Incumbent": {"small": 1, "large": 0}},
        {"door": {"out": 1, "in": 0}, "Entrant": {"small": 1, "large": 0}, "Incumbent": {"small": 0, "large": 1}},
        {"door": {"out": 1, "in": 0}, "Entrant": mixed, "Incumbent": mixed},
    ]
    assert len(equilibria) == 3
    assert all(equilibrium.strategies in expected for equilibrium in equilibria)
    assert sorted(e.payoffs["Entrant"] for e in equilibria) == [0, 0, 1]
    for equilibrium in equilibria:
        reached = {outcome.path for outcome in equilibrium.outcomes}
        assert reached == ({("out",)} if equilibrium.payoffs["Entrant"] == 0 else {("in", "large", "small")})


def test_the_dilemma_twice_is_defection_throughout() -> None:
    game = twice({("C", "C"): (3, 3), ("C", "D"): (0, 4), ("D", "C"): (4, 0), ("D", "D"): (1, 1)})
    equilibria = in_every_subgame(game)
    assert equilibria.complete
    (equilibrium,) = equilibria
    assert len(equilibrium.strategies) == 10
    assert all(mix["D"] == 1 for mix in equilibrium.strategies.values())
    assert equilibrium.payoffs == {"A": 2, "B": 2}


def test_a_coordination_game_twice_has_every_continuation(by_hand: Callable[..., Any]) -> None:
    stage = {("l", "l"): (3, 1), ("l", "r"): (0, 0), ("r", "l"): (0, 0), ("r", "r"): (1, 3)}
    game = twice(stage)
    equilibria = in_every_subgame(game)
    assert equilibria.complete
    assert not any(gains_somewhere(game, e.strategies, by_hand) for e in equilibria)
    pure = pure_answer(game, equilibria, by_hand)
    # Each of the four second stages has three equilibria, two of them pure, which move no payoff by more than two.
    after = {frozenset(part for part in one if "after" in part[0]) for one in pure}
    assert len(after) == 16
    assert len(pure) == len(set(pure))
    mixed_later = {str({n: m for n, m in e.strategies.items() if "after" in n}) for e in equilibria}
    assert len(mixed_later) == 3**4


@pytest.mark.untraced
@pytest.mark.parametrize("seed", range(30))
def test_pure_equilibria_of_a_random_tree_are_those_of_the_definition(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    game = grown(seed, stakes=((-5, 5), (0, 2))[seed % 2], most_plans=12, players=2 + (seed % 5 == 4))
    assert not game.has_perfect_information
    equilibria = solve(game)
    assert equilibria.concept == "subgame-perfect"
    for equilibrium in equilibria:
        assert not equilibria.exact or not gains_somewhere(game, equilibrium.strategies, by_hand)
        assert list(equilibrium.payoffs.values()) == by_hand(game).payoffs(equilibrium.strategies)
        assert {o.path: o.probability for o in equilibrium.outcomes} == by_hand(game).reached(equilibrium.strategies)
    pure = pure_answer(game, equilibria, by_hand)
    assert len(pure) == len(set(pure)), "an equilibrium is listed twice"
    assert set(pure) == pure_by_definition(game, by_hand)


@pytest.mark.parametrize("seed", range(30))
def test_subgames_start_where_no_information_set_is_cut(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    game = grown(seed)
    roots = subgame_roots(game)
    assert set(roots) == set(by_hand(game).subgames())
    assert len(roots) == len(set(roots))
    assert roots[-1] == ()
    for k, root in enumerate(roots):
        assert not any(later[: len(root)] == root for later in roots[k + 1 :])


@pytest.mark.parametrize("seed", range(30))
def test_under_perfect_information_it_is_backward_induction(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    game = grown(seed, joining=0, stakes=((-50, 50), (0, 2))[seed % 2], depth=3, players=2 + seed % 2)
    assert game.has_perfect_information
    known, other = subgame_perfect(game), in_every_subgame(game)
    pure = [e for e in other if all(w in (0, 1) for mix in e.strategies.values() for w in mix.values())]
    assert sorted(str(e.strategies) for e in pure) == sorted(str(e.strategies) for e in known)
    assert not any(gains_somewhere(game, e.strategies, by_hand) for e in other)
    assert other.complete == known.complete
    assert len(pure) == len(other) or not other.complete


def test_a_subgame_with_a_continuum_says_so() -> None:
    game = entry({(r, c): (1, 1) for r in ("x", "y") for c in ("x", "y")})
    equilibria = in_every_subgame(game)
    assert not equilibria.complete
    assert any("continuum" in remark and "in" in remark for remark in equilibria.remarks)
    assert {e.payoffs["Entrant"] for e in equilibria} == {1}


def test_chance_may_start_a_subgame(by_hand: Callable[..., Any]) -> None:
    pennies = {("h", "h"): (1, -1), ("h", "t"): (-1, 1), ("t", "h"): (-1, 1), ("t", "t"): (1, -1)}
    better = {key: (a + 4, b) for key, (a, b) in pennies.items()}
    rain, sun = at_once("A", "B", pennies, " in rain"), at_once("A", "B", better, " in sun")
    lottery = Chance({"rain": ("1/3", rain), "sun": ("2/3", sun)})
    game = ExtensiveGame(("A", "B"), Decision("A", {"wait": Outcome((2, 0)), "go": lottery}, "start"))
    equilibria = in_every_subgame(game)
    assert equilibria.complete
    (equilibrium,) = equilibria
    assert equilibrium.payoffs == {"A": Fraction(8, 3), "B": 0}
    assert equilibrium["start"] == {"wait": 0, "go": 1}
    assert not gains_somewhere(game, equilibrium.strategies, by_hand)
    assert sum(o.probability for o in equilibrium.outcomes) == 1


def test_a_large_tree_of_two_players_is_answered(
    poker: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    """Too many plans for all equilibria; one is found, and the answer says that there may be more."""
    game = poker()
    equilibria = solve(game)
    assert not equilibria.complete
    assert len(equilibria) >= 1
    for equilibrium in equilibria:
        assert equilibrium.payoffs == {"First": Fraction(-1, 18), "Second": Fraction(1, 18)}
        assert not gains_somewhere(game, equilibrium.strategies, by_hand)


def test_a_subgame_whose_only_equilibrium_is_irrational_can_be_continued(by_hand: Callable[..., Any]) -> None:
    """The game inside is that of Nau, Gomez Canovas & Hansen (2004), where the first player gets about 0.843."""
    pays = [(3, 0, 2), (0, 1, 0), (0, 2, 0), (1, 0, 0), (1, 0, 0), (0, 3, 0), (0, 1, 0), (2, 0, 3)]
    inside = Decision(
        "A",
        {
            f"a{i}": Decision(
                "B",
                {
                    f"b{j}": Decision("C", {f"c{k}": Outcome(pays[i + 2 * j + 4 * k]) for k in range(2)}, "C")
                    for j in range(2)
                },
                "B",
            )
            for i in range(2)
        },
        "A",
    )
    for outside, chosen in ((1, "out"), ("1/2", "in")):
        game = ExtensiveGame(("A", "B", "C"), Decision("A", {"out": Outcome((outside, 0, 0)), "in": inside}, "door"))
        equilibria = in_every_subgame(game)
        (equilibrium,) = equilibria
        assert not equilibria.exact
        assert equilibrium["door"][chosen] == 1
        assert equilibrium["A"]["a0"] == pytest.approx(0.6192329, abs=1e-6)
        assert all(abs(gain) < 1e-9 for gain in by_hand(game, ("in",)).regret(equilibrium.strategies).values())


def test_too_many_ways_to_choose_at_many_information_sets_are_refused_before_they_are_listed() -> None:
    kinds: dict[str, Any] = {
        f"kind {k}": (Fraction(1, 40), Decision("A", {"yes": Outcome((k,)), "no": Outcome((0,))})) for k in range(40)
    }
    definition = CONCEPTS["nash"].cases
    assert definition is not None
    with pytest.raises(InputError, match="A has more than 1000000 ways to go on"):
        definition(ExtensiveGame(("A",), Chance(kinds)), [])
