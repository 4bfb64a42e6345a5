"""All equilibria of three and more players, against a search that shares nothing with the solver.

The other search takes every support, starts Newton's method for the indifference equations (with the value of each
player as an unknown of its own) from many random points, and keeps the zeros at which nobody gains by deviating.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import prod
from time import monotonic
from typing import Any

import numpy as np
import pytest

from games import Equilibria, Equilibrium, StrategicGame, solve

Rows = Mapping[tuple[int, ...], tuple[int, ...]]
Support = tuple[tuple[int, ...], ...]

NEAR = 1e-7
"""How far the same equilibrium may lie apart in the two lists."""


def labelled(sizes: Sequence[int], rows: Rows) -> StrategicGame:
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{t}" for t in range(size)) for k, size in enumerate(sizes)}
    return StrategicGame(
        strategies,
        {tuple(f"{chr(97 + k)}{t}" for k, t in enumerate(profile)): row for profile, row in rows.items()},
    )


def random_rows(rng: random.Random, sizes: Sequence[int], low: int, high: int) -> Rows:
    return {
        profile: tuple(rng.randint(low, high) for _ in sizes) for profile in product(*(range(size) for size in sizes))
    }


def vector(equilibrium: Equilibrium) -> list[float]:
    return [float(weight) for mix in equilibrium.strategies.values() for weight in mix.values()]


def greatest_regret(game: StrategicGame, equilibrium: Equilibrium) -> Fraction:
    """By the definition, profile by profile, in fractions."""
    mixes = [{label: Fraction(w) for label, w in mix.items()} for mix in equilibrium.strategies.values()]
    mixes = [{label: w / sum(mix.values()) for label, w in mix.items()} for mix in mixes]

    def pays(position: int, own: Mapping[str, Fraction]) -> Fraction:
        played = [own if k == position else mix for k, mix in enumerate(mixes)]
        return sum(
            (
                payoffs[position] * prod((mix[label] for mix, label in zip(played, profile, strict=True)))
                for profile, payoffs in game.payoffs.items()
            ),
            Fraction(0),
        )

    return max(
        pays(position, {label: Fraction(label == other) for label in mix}) - pays(position, mix)
        for position, mix in enumerate(mixes)
        for other in mix
    )


@dataclass
class Search:
    """Zeros of the indifference equations of many games of one shape at once; ``payoffs``: (game, player, *sizes)."""

    sizes: tuple[int, ...]
    payoffs: Any
    starts: int
    rng: Any

    @classmethod
    def of(cls, sizes: tuple[int, ...], games: Sequence[Rows], starts: int, seed: int) -> "Search":
        arrays = np.zeros((len(games), len(sizes), *sizes))
        for number, rows in enumerate(games):
            for profile, row in rows.items():
                arrays[(number, slice(None), *profile)] = row
        scale = np.abs(arrays).max(axis=tuple(range(1, arrays.ndim)), keepdims=True)
        return cls(sizes, arrays / np.maximum(scale, 1), starts, np.random.default_rng(seed))

    def against(self, array: Any, mixes: Sequence[Any], kept: Sequence[int]) -> Any:
        """The payoffs (row, *sizes) averaged over the mixtures of all players but those ``kept``."""
        for k in reversed(range(len(self.sizes))):
            if k not in kept:
                array = np.einsum("z...i,zi->z...", np.moveaxis(array, k + 1, -1), mixes[k])
        return array

    def equilibria(self) -> list[list[Any]]:
        """For each game the equilibria found, as vectors of all weights."""
        found: list[list[Any]] = [[] for _ in self.payoffs]
        for support in self.supports():
            for number, point in self.zeros(support):
                if not any(np.abs(point - known).max() < NEAR for known in found[number]):
                    found[number].append(point)
        return found

    def supports(self) -> Iterator[Support]:
        """All supports on which indifference leaves isolated zeros: nobody mixes over more than the others can tie."""
        subsets = [[c for n in range(1, size + 1) for c in combinations(range(size), n)] for size in self.sizes]
        for support in product(*subsets):
            open_weights = sum(len(own) - 1 for own in support)
            if all(2 * (len(own) - 1) <= open_weights for own in support):
                yield support

    def zeros(self, support: Support) -> Iterator[tuple[int, Any]]:
        """The equilibria with this support: the number of the game, and all weights."""
        mixing = sum(len(own) > 1 for own in support)
        starts = {0: 1, 2: 3}.get(mixing, self.starts)
        payoffs = np.repeat(self.payoffs, starts, axis=0)
        numbers = np.repeat(np.arange(len(self.payoffs)), starts)
        mixes = []
        for own, size in zip(support, self.sizes, strict=True):
            mix = np.zeros((len(numbers), size))
            mix[:, own] = self.rng.dirichlet(np.ones(len(own)), len(numbers))
            mixes.append(mix)
        if mixing:
            arrived, mixes = self.newton(support, payoffs, mixes)
            payoffs, numbers = payoffs[arrived], numbers[arrived]
        regret = np.zeros(len(numbers))
        for player, mix in enumerate(mixes):
            pays = self.against(payoffs[:, player], mixes, [player])
            regret = np.maximum(regret, pays.max(axis=1) - (pays * mix).sum(axis=1))
        inside = np.all([(mix[:, own] > 1e-9).all(axis=1) for mix, own in zip(mixes, support, strict=True)], axis=0)
        for row in np.flatnonzero(inside & (regret < 1e-10)):
            yield int(numbers[row]), np.concatenate([mix[row] for mix in mixes])

    def newton(self, support: Support, payoffs: Any, mixes: list[Any]) -> tuple[Any, list[Any]]:
        """The rows that arrive at a zero, and the mixtures there."""
        players = range(len(self.sizes))
        values = [(self.against(payoffs[:, p], mixes, [p]) * mixes[p]).sum(axis=1) for p in players]
        rows, arrived, ends = np.arange(len(payoffs)), [], []
        for turn in range(40):
            equations, slopes = self.linearised(support, payoffs, mixes, values)
            # Least squares with a little added, so that no matrix is singular; that does not move the zeros.
            turned = np.swapaxes(slopes, 1, 2)
            small = 1e-12 * np.eye(slopes.shape[1])
            step = np.linalg.solve(turned @ slopes + small, turned @ equations[..., None])[..., 0]
            there = (np.abs(equations).max(axis=1) < 1e-12) & (np.abs(step).max(axis=1) < 1e-9)
            arrived.append(rows[there])
            ends.append([mix[there] for mix in mixes])
            going = ~there
            if turn > 8:
                going &= np.all([np.abs(mix).max(axis=1) < 3 for mix in mixes], axis=0)
            rows, payoffs, step = rows[going], payoffs[going], np.clip(step[going], -2, 2)
            mixes, values = [mix[going] for mix in mixes], [value[going] for value in values]
            at = 0
            for p, own in enumerate(support):
                mixes[p][:, own] = np.clip(mixes[p][:, own] - step[:, at : at + len(own)], -4, 4)
                at += len(own)
            values = [np.clip(value - step[:, at + p], -100, 100) for p, value in enumerate(values)]
        return np.concatenate(arrived), [np.concatenate(parts) for parts in zip(*ends, strict=True)]

    def linearised(self, support: Support, payoffs: Any, mixes: list[Any], values: list[Any]) -> tuple[Any, Any]:
        """The equations (payoffs in the support equal the value, weights sum to one) and their derivatives."""
        players = range(len(self.sizes))
        first = [sum(map(len, support[:p])) for p in range(len(support) + 1)]
        unknowns = first[-1] + len(self.sizes)
        equations, slopes = np.zeros((len(payoffs), unknowns)), np.zeros((len(payoffs), unknowns, unknowns))
        for p in players:
            own, at, last = list(support[p]), slice(first[p], first[p + 1]), first[-1] + p
            equations[:, at] = self.against(payoffs[:, p], mixes, [p])[:, own] - values[p][:, None]
            equations[:, last] = mixes[p][:, own].sum(axis=1) - 1
            slopes[:, at, last] = -1
            slopes[:, last, at] = 1
            for q in players:
                if q != p:
                    pair = self.against(payoffs[:, p], mixes, [p, q])
                    pair = pair if p < q else np.swapaxes(pair, 1, 2)
                    slopes[:, at, first[q] : first[q + 1]] = pair[:, own][:, :, list(support[q])]
        return equations, slopes


def unlisted(found: Sequence[Any], equilibria: Equilibria) -> list[Any]:
    known = [np.array(vector(equilibrium)) for equilibrium in equilibria]
    return [point for point in found if not any(np.abs(point - one).max() < NEAR for one in known)]


def unconfirmed(equilibria: Equilibria, found: Sequence[Any]) -> list[Equilibrium]:
    return [e for e in equilibria if not any(np.abs(point - np.array(vector(e))).max() < NEAR for point in found)]


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("sizes", "count", "starts", "seed"),
    [
        pytest.param((2, 2, 2), 60, 25, 1997, id="60 games 2×2×2"),
        pytest.param((3, 2, 2), 10, 40, 1998, id="10 games 3×2×2"),
        pytest.param((2, 2, 2), 300, 25, 1997, id="300 games 2×2×2", marks=pytest.mark.long),
        pytest.param((3, 2, 2), 40, 40, 1998, id="40 games 3×2×2", marks=pytest.mark.long),
        pytest.param((2, 2, 2, 2), 12, 60, 1999, id="12 games 2×2×2×2", marks=pytest.mark.long),
        pytest.param((3, 3, 3), 2, 100, 2000, id="2 games 3×3×3", marks=pytest.mark.long),
    ],
)
def test_the_list_is_the_one_a_search_from_many_starts_finds(
    sizes: tuple[int, ...], count: int, starts: int, seed: int
) -> None:
    print(f"seed {seed}")
    rng = random.Random(seed)
    games = [random_rows(rng, sizes, -100_000, 100_000) for _ in range(count)]
    others = Search.of(sizes, games, starts, seed).equilibria()
    complete = mixing = 0
    for rows, found in zip(games, others, strict=True):
        game = labelled(sizes, rows)
        equilibria = solve(game)
        regrets = [greatest_regret(game, equilibrium) for equilibrium in equilibria]
        assert all(regret < Fraction(1, 10**9) for regret in regrets)
        assert not equilibria.exact or not any(regrets)
        assert not unlisted(found, equilibria), rows
        assert not unconfirmed(equilibria, found), rows
        complete += equilibria.complete
        mixing += sum(all(len([w for w in mix.values() if w]) > 1 for mix in e.strategies.values()) for e in equilibria)
        if equilibria.complete:
            assert len(equilibria) % 2 == 1, rows
            assert [component.members for component in equilibria.components] == [(k,) for k in range(len(equilibria))]
            assert all(component.is_point for component in equilibria.components)
    assert complete == count, "with payoffs from so wide a range no game should be degenerate"
    assert mixing, "some equilibria should have every player mix"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_units_and_zeros_of_payoffs_do_not_change_an_irrational_answer(seed: int) -> None:
    rng = random.Random(seed)
    rows = random_rows(rng, (2, 2, 2), -1000, 1000)
    while solve(labelled((2, 2, 2), rows)).exact:
        rows = random_rows(rng, (2, 2, 2), -1000, 1000)
    before = solve(labelled((2, 2, 2), rows))
    for factors, shifts in (((1, 10**9, 1), (0, 0, 0)), ((1, 1, 1), (10**12, 0, -(10**10))), ((7, 1, 3), (5, 5, 5))):
        changed = {
            profile: tuple(f * value + s for f, value, s in zip(factors, row, shifts, strict=True))
            for profile, row in rows.items()
        }
        after = solve(labelled((2, 2, 2), changed))
        assert after.complete
        assert len(after) == len(before)
        assert not unlisted([np.array(vector(e)) for e in after], before)


def test_the_game_with_nine_equilibria() -> None:
    """McKelvey and McLennan (1997): a 2×2×2 game can have nine regular equilibria, two of them totally mixed."""
    paid = [(9, 8, 12), (0, 0, 0), (0, 0, 0), (9, 8, 2), (0, 0, 0), (3, 4, 6), (3, 4, 6), (0, 0, 0)]
    rows = {(i, j, k): paid[i + 2 * j + 4 * k] for i, j, k in product(range(2), repeat=3)}
    game = labelled((2, 2, 2), rows)
    equilibria = solve(game)
    assert (len(equilibria), equilibria.complete, equilibria.exact) == (9, True, True)
    assert not any(greatest_regret(game, equilibrium) for equilibrium in equilibria)
    sizes = sorted(sum(w > 0 for w in vector(equilibrium)) for equilibrium in equilibria)
    assert sizes == [3, 3, 3, 3, 5, 5, 5, 6, 6]
    (found,) = Search.of((2, 2, 2), [rows], 200, 9).equilibria()
    assert not unlisted(found, equilibria)
    assert not unconfirmed(equilibria, found)


@pytest.mark.parametrize(
    "stakes",
    [
        pytest.param([(3, 2), (5, 7), (1, 4)], id="small"),
        pytest.param([(1009, 2003), (4001, 17), (997, 31)], id="thousands"),
        pytest.param([(100_000_007, 12_345_678), (3, 2), (5, 7)], id="large"),
    ],
)
def test_a_rational_equilibrium_is_exact_however_long_its_fractions(stakes: list[tuple[int, int]]) -> None:
    """Each player cares for the next one alone: the first two want to match, the third wants not to."""
    rows = {
        profile: tuple(
            0 if own else (-gain if next_one else loss) * (-1 if k == 2 else 1)
            for k, (own, next_one, (loss, gain)) in enumerate(
                zip(profile, (*profile[1:], profile[0]), stakes, strict=True)
            )
        )
        for profile in product(range(2), repeat=3)
    }
    equilibria = solve(labelled((2, 2, 2), rows))
    expected = [Fraction(gain, loss + gain) for loss, gain in stakes]
    assert (len(equilibria), equilibria.complete) == (1, True)
    mixes = [list(mix.values()) for mix in equilibria[0].strategies.values()]
    assert [float(mixes[(k + 1) % 3][0]) for k in range(3)] == pytest.approx(list(map(float, expected)), abs=1e-12)
    assert equilibria.exact
    assert [mixes[(k + 1) % 3][0] for k in range(3)] == expected
    assert not equilibria.remarks


def grid_equilibria(sizes: Sequence[int], rows: Rows, parts: Sequence[Fraction]) -> list[list[list[Fraction]]]:
    """Every equilibrium whose weights all lie on a grid, in whole numbers."""
    whole = 12
    units = sorted({int(part * whole) for part in parts})
    grids = [[w for w in product(units, repeat=size) if sum(w) == whole] for size in sizes]
    arrays = np.zeros((len(sizes), *sizes), dtype=np.int64)
    for profile, row in rows.items():
        arrays[(slice(None), *profile)] = row
    result = []
    for mixes in product(*grids):
        for position, own in enumerate(mixes):
            pays = arrays[position]
            for k in reversed(range(len(sizes))):
                if k != position:
                    pays = np.tensordot(pays, np.array(mixes[k]), axes=([k], [0]))
            if pays.max() * whole > pays @ np.array(own):
                break
        else:
            result.append([[Fraction(w, whole) for w in mix] for mix in mixes])
    return result


@pytest.mark.parametrize(("sizes", "count", "seed"), [((2, 2, 2), 40, 31), ((3, 2, 2), 6, 32)])
def test_where_payoffs_tie_nothing_false_is_listed_and_nothing_is_called_complete_in_vain(
    sizes: tuple[int, ...], count: int, seed: int
) -> None:
    print(f"seed {seed}")
    rng = random.Random(seed)
    parts = [Fraction(p) for p in ("0", "1/4", "1/3", "1/2", "2/3", "3/4", "1")]
    games = [random_rows(rng, sizes, 0, 2) for _ in range(count)]
    others = Search.of(sizes, games, 10, seed).equilibria()
    beyond = 0
    for rows, found in zip(games, others, strict=True):
        game = labelled(sizes, rows)
        equilibria = solve(game)
        assert len(equilibria) >= 1
        for equilibrium in equilibria:
            regret = greatest_regret(game, equilibrium)
            assert regret == 0 if equilibria.exact else regret < Fraction(1, 10**9)
        listed = [[list(map(Fraction, mix.values())) for mix in e.strategies.values()] for e in equilibria]
        on_grid = [one for one in grid_equilibria(sizes, rows, parts) if one not in listed]
        missing = unlisted(found, equilibria)
        assert not ((on_grid or missing) and equilibria.complete), rows
        beyond += bool(on_grid or missing)
        continua = [c for c in equilibria.components if not c.is_point]
        assert not (continua and equilibria.complete), rows
        doubts = len(equilibria.remarks) - bool(continua) - (not equilibria.exact)
        if not doubts:
            # Every support was settled: an equilibrium that is not listed shares its support with a listed continuum.
            inner = {support_of(listed[member]) for c in continua for member in c.members}
            assert all(support_of(one) in inner for one in on_grid), rows
            apart = combinations(equilibria.components, 2)
            pairs = [(a, b) for one, other in apart for a, b in product(one.members, other.members)]
            assert not any(joined(game, listed[a], listed[b]) for a, b in pairs), rows
    assert beyond > count // 4, "ties should leave many games with more equilibria than are listed"


def joined(game: StrategicGame, one: Sequence[Sequence[Fraction]], other: Sequence[Sequence[Fraction]]) -> bool:
    """Whether all that was tried on the straight way between two equilibria are equilibria."""
    for k in range(1, 8):
        way = [
            [(1 - Fraction(k, 8)) * a + Fraction(k, 8) * b for a, b in zip(*pair, strict=True)]
            for pair in zip(one, other, strict=True)
        ]
        between = {
            player: dict(zip(own, mix, strict=True))
            for (player, own), mix in zip(game.strategies.items(), way, strict=True)
        }
        if greatest_regret(game, Equilibrium(between, {})):
            return False
    return True


def of_text(numbers: str, sizes: Sequence[int]) -> StrategicGame:
    """A game of the payoffs in the order of a Gambit file: the first player's strategy changes fastest."""
    values = iter(map(Fraction, numbers.split()))
    rows = {profile[::-1]: tuple(next(values) for _ in sizes) for profile in product(*map(range, reversed(sizes)))}
    return labelled(sizes, {profile: rows[profile] for profile in product(*map(range, sizes))})


def test_an_equilibrium_that_others_pin_down_is_no_continuum() -> None:
    """With a1 and b0 the first player needs c0 at least a third of the time, the second at most."""
    equilibria = solve(of_text("0 3 0 2 0 2 0 3 0 1 2 2 1 3 2 0 3 2 3 2 0 3 2 1", (2, 2, 2)))
    assert (len(equilibria), equilibria.complete, equilibria.exact) == (3, True, True)
    assert all(component.is_point for component in equilibria.components)
    assert list(equilibria[2]["P2"].values()) == [Fraction(1, 3), Fraction(2, 3)]


def test_two_regions_that_do_not_touch_are_two_components() -> None:
    """P2 plays c0 where (p − 3/10)(q − 3/10) ≥ 3/100, which is near (a0, b0), and near (a1, b1)."""
    rows = "0 0 23/50 0 0 -6/25 0 0 -6/25 0 0 3/50 1 1 0 0 1 0 1 0 0 0 0 0"
    equilibria = solve(of_text(rows, (2, 2, 2)))
    assert not equilibria.complete
    assert len(equilibria.components) == 2
    for component in equilibria.components:
        places = [(equilibria[k]["P0"]["a0"], equilibria[k]["P1"]["b0"]) for k in component.members]
        assert len({p > Fraction(3, 10) for p, _ in places}) == 1
        assert all((p > Fraction(3, 10)) == (q > Fraction(3, 10)) for p, q in places)
        assert any(0 < p < 1 and 0 < q < 1 for p, q in places), "an inner point of the region is listed"
    assert not any("settled" in remark for remark in equilibria.remarks)


def test_regions_that_touch_at_a_saddle_are_one_component() -> None:
    """As above with (p − 3/10)(q − 3/10) ≥ 0: the two regions have (3/10, 3/10) in common."""
    rows = "0 0 49/100 0 0 -21/100 0 0 -21/100 0 0 9/100 1 1 0 0 1 0 1 0 0 0 0 0"
    equilibria = solve(of_text(rows, (2, 2, 2)))
    assert len([c for c in equilibria.components if not c.is_point]) == 1


def test_what_verifies_is_listed_beside_what_stays_open() -> None:
    """A published game of 2×2×4 in which the third player may mix all four: P0 and P1 mix half and half."""
    rows = "2 0 0 0 2 1 0 1 1 1 0 2 1 0 2 0 1 1 0 2 1 2 0 0 1 0 1 0 2 0 0 1 2 2 0 1 2 0 1 0 1 2 0 2 0 1 0 1"
    game = of_text(rows, (2, 2, 4))
    equilibria = solve(game)
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    listed = [[list(mix.values()) for mix in equilibrium.strategies.values()] for equilibrium in equilibria]
    assert [[half] * 2, [half] * 2, [quarter] * 4] in listed
    assert not any(greatest_regret(game, equilibrium) for equilibrium in equilibria)


def support_of(mixes: Sequence[Sequence[Fraction]]) -> Support:
    return tuple(tuple(t for t, weight in enumerate(mix) if weight) for mix in mixes)


def test_everything_ties() -> None:
    rows = dict.fromkeys(product(range(2), repeat=3), (1, 1, 1))
    equilibria = solve(labelled((2, 2, 2), rows))
    assert not equilibria.complete
    assert len(equilibria) >= 8
    assert {support_of([list(m.values()) for m in e.strategies.values()]) for e in equilibria} >= {
        ((i,), (j,), (k,)) for i, j, k in product(range(2), repeat=3)
    }


def test_a_dummy_player_leaves_the_two_player_answer() -> None:
    pennies = {(0, 0): (3, -3), (0, 1): (-1, 1), (1, 0): (-1, 1), (1, 1): (1, -1)}
    rows = {(i, j, k): (*pennies[i, j], k) for i, j, k in product(range(2), repeat=3)}
    equilibria = solve(labelled((2, 2, 2), rows))
    assert (len(equilibria), equilibria.complete, equilibria.exact) == (1, True, True)
    third = Fraction(1, 3)
    assert [list(mix.values()) for mix in equilibria[0].strategies.values()] == [
        [third, 2 * third],
        [third, 2 * third],
        [0, 1],
    ]
    assert equilibria[0].payoffs == {"P0": third, "P1": -third, "P2": 1}


@pytest.mark.parametrize("sizes", [(6, 6, 6), (2,) * 10], ids=["6×6×6", "ten players"])
def test_a_game_too_large_says_so_and_lists_its_pure_equilibria(sizes: tuple[int, ...]) -> None:
    rng = random.Random(7)
    rows = random_rows(rng, sizes, 0, 5)
    start = monotonic()
    equilibria = solve(labelled(sizes, rows))
    assert monotonic() - start < 10
    assert not equilibria.complete
    assert equilibria.exact
    (remark,) = equilibria.remarks
    assert "too large" in remark
    assert "nash-search" in remark
    pure = [
        profile
        for profile, row in rows.items()
        if all(
            rows[(*profile[:k], other, *profile[k + 1 :])][k] <= row[k]
            for k, size in enumerate(sizes)
            for other in range(size)
        )
    ]
    assert pure, "the seed must give a game with pure equilibria"
    listed = {tuple(s.index(1) for s in (list(m.values()) for m in e.strategies.values())) for e in equilibria}
    assert listed == set(pure)
    assert len(equilibria) == len(pure)


@pytest.mark.parametrize("seconds", [1e-6, 0.5])
def test_a_time_limit_leaves_true_equilibria_and_no_claim(seconds: float) -> None:
    rows = random_rows(random.Random(11), (5, 5, 5), -1000, 1000)
    game = labelled((5, 5, 5), rows)
    equilibria = solve(game, time_limit=seconds)
    assert not equilibria.complete
    assert any("stopped" in remark for remark in equilibria.remarks)
    for equilibrium in equilibria:
        regret = greatest_regret(game, equilibrium)
        assert regret < Fraction(1, 10**9)
