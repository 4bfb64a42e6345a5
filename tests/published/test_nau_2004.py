"""A three-player game whose only equilibrium is irrational: Nau, Gomez Canovas & Hansen (2004), section 4."""

from itertools import product

from games import StrategicGame, solve

PAYOFFS = [(3, 0, 2), (0, 1, 0), (0, 2, 0), (1, 0, 0), (1, 0, 0), (0, 3, 0), (0, 1, 0), (2, 0, 3)]
"""The first player's strategy changes fastest, then the second's."""

GAME = StrategicGame(
    {"1": ("Top", "Bottom"), "2": ("Left", "Right"), "3": ("One", "Two")},
    {
        (first, second, third): payoffs
        for (third, second, first), payoffs in zip(
            product(("One", "Two"), ("Left", "Right"), ("Top", "Bottom")), PAYOFFS, strict=True
        )
    },
)


def test_the_only_equilibrium_is_totally_mixed_and_irrational() -> None:
    found = solve(GAME)
    assert len(found) == 1
    assert found.complete
    assert not found.exact
    assert all(0.01 < weight < 0.99 for mix in found[0].strategies.values() for weight in mix.values())
    assert any("irrational" in remark for remark in found.remarks)


def test_everybody_is_indifferent_there() -> None:
    x, y, z = (
        mix[label] for mix, label in zip(solve(GAME)[0].strategies.values(), ("Top", "Left", "One"), strict=True)
    )
    weights = {"1": (x, 1 - x), "2": (y, 1 - y), "3": (z, 1 - z)}
    for position, player in enumerate(GAME.players):
        pays = []
        for own in GAME.strategies[player]:
            total = 0.0
            for profile, payoffs in GAME.payoffs.items():
                if profile[position] == own:
                    chance = 1.0
                    for other, name in enumerate(GAME.players):
                        if other != position:
                            chance *= weights[name][GAME.strategies[name].index(profile[other])]
                    total += chance * payoffs[position]
            pays.append(total)
        assert abs(pays[0] - pays[1]) < 1e-12
