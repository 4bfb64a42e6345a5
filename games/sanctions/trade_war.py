"""A trade war: two large countries choose tariffs, each to turn prices its own way, and both may end up worse off.

Home's people own good y, Foreign's own good x, a unit each; Foreign has s people for each of Home's. All want both
goods: a unit more is worth A less B for each unit of the same good and D for each of the other one that one has, so
that demand is linear. A country that taxes imports imports less, and since it is large, its imports become cheaper on
the world market. A tariff is written as a part of the one that ends all trade when both levy it. Revenue goes back to
the people, and a country's payoff is what its consumption is worth to it, paid for at world prices.

Best responses cross at tariffs on both sides. Free trade pays both together the most. Countries of the same size both
lose by the war; a country that is much larger wins it. Where both lose, free trade can be kept by the threat of the
tariff war for good: the gain from the best tariff of one round must not exceed what is lost after it, which asks for a
discount factor of at least (T − R)/(T − P), with T the payoff of that tariff, R of free trade and P of the war.

Family: tariffs and retaliation, Johnson (1953), Review of Economic Studies 21; that a large country may win, Kennan &
Riezman (1988), International Economic Review 29; trade agreements as an escape from a prisoners' dilemma in the terms
of trade, Bagwell & Staiger (1999), American Economic Review 89; cooperation kept by the threat of the equilibrium for
good, Friedman (1971), Review of Economic Studies 38.
"""

from functools import cache

from sympy import QQ, Expr, Integer, Poly, factor, symbols

from games.forms.continuous import BETWEEN, HIGHEST, LOWEST, ContinuousGame
from games.literature import BAGWELL_1999, FRIEDMAN_1971, JOHNSON_1953, KENNAN_1988
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.play.first_order import best_response, equilibrium_formulas, joint_optimum_formulas, payoffs_at
from games.sources import Assumed

A, B, D, s = symbols("A B D s")
t_H, t_F = symbols("t_H t_F")

HOME, FOREIGN = "Home", "Foreign"

PARAMETERS = (
    Parameter(
        A,
        meaning="worth of the first unit of a good",
        default="4",
        low="3",
        high="8",
        unit=Unit.PAYOFF,
        source=Assumed("large enough that no price falls to zero; no tariff depends on it"),
    ),
    Parameter(
        B,
        meaning="by how much a unit's worth falls for each unit of the same good that one has",
        default="1",
        low="1/2",
        high="3/2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: B = 1"),
    ),
    Parameter(
        D,
        meaning="by how much a unit's worth falls for each unit of the other good that one has",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed("the goods are substitutes, but not the same"),
    ),
    Parameter(
        s,
        meaning="people of Foreign for each of Home",
        default="1",
        low="1/4",
        high="4",
        unit=Unit.RATIO,
        source=Assumed("countries of the same size, which both lose by the war"),
    ),
)


def _read(formula: Expr | int) -> Poly:
    """A formula as a polynomial in the tariffs, whose coefficients are quotients in the parameters."""
    return Poly(formula, t_H, t_F, domain=QQ.frac_field(A, B, D, s))


def _consumption() -> tuple[Poly, Poly, Poly, Poly]:
    """What one has in Home of x and y, and in Foreign of x and y, where markets clear.

    In both countries a good is worth its price to the people: Home's tariff is B·apart_x + D·apart_y below zero, and
    Foreign's B·apart_y + D·apart_x above it. So the tariffs, in units of B − D, alone fix by how much more one has of
    each good in Home than in Foreign, and the endowments fix the rest.
    """
    apart_x = _read(-(B * t_H + D * t_F) / (B + D))
    apart_y = _read((B * t_F + D * t_H) / (B + D))
    in_foreign, all_people = _read(s), _read(1 / (1 + s))
    x_home, y_home = (in_foreign + in_foreign * apart_x) * all_people, (in_foreign * apart_y + 1) * all_people
    return x_home, y_home, x_home - apart_x, y_home - apart_y


def _worth(x: Poly, y: Poly) -> Poly:
    """What having so much of the two goods is worth to one."""
    return _read(A) * (x + y) - _read(B / 2) * (x**2 + y**2) - _read(D) * x * y


def welfare() -> dict[str, Poly]:
    """What each country's consumption is worth to it after paying for imports and being paid for exports."""
    x_home, y_home, x_foreign, y_foreign = _consumption()
    price_x = _read(A) - _read(B) * x_foreign - _read(D) * y_foreign
    price_y = _read(A) - _read(B) * y_home - _read(D) * x_home
    traded = price_y * _read(s) * y_foreign - price_x * x_home
    return {
        HOME: _worth(x_home, y_home) + traded,
        FOREIGN: _read(s) * _worth(x_foreign, y_foreign) - traded,
    }


GAME = ContinuousGame.of({HOME: (t_H, 0, 1), FOREIGN: (t_F, 0, 1)}, welfare())


@cache
def quantities() -> dict[str, Expr]:
    """The tariffs of the war and of the joint optimum, and the discount factor at which free trade can be kept."""
    free = dict.fromkeys(GAME.players, Integer(0))
    war, best = equilibrium_formulas(GAME), joint_optimum_formulas(GAME)
    kept, fought = payoffs_at(GAME, free), payoffs_at(GAME, war)
    found = {f"tariff of {player} in the war": war[player] for player in GAME.players}
    found |= {f"tariff of {player} that is best for both together": best[player] for player in GAME.players}
    for player in GAME.players:
        alone = best_response(GAME, player).subs({t_H: 0, t_F: 0})
        tempted = payoffs_at(GAME, {**free, player: alone})[player]
        needed = factor((tempted - kept[player]) / (tempted - fought[player]))
        found[f"discount factor from which on free trade is kept by {player}"] = needed
    return found


_LEVIED = {LOWEST: "no tariff", BETWEEN: "a tariff", HIGHEST: "a tariff that ends trade"}


def outcome_words(path: tuple[str, ...]) -> str:
    """Where the two tariffs lie, in words."""
    both = {LOWEST: "Free trade", BETWEEN: "Tariffs on both sides", HIGHEST: "No trade"}
    if path[0] == path[1]:
        return both[path[0]]
    return f"{HOME} levies {_LEVIED[path[0]]}, {FOREIGN} {_LEVIED[path[1]]}"


MODEL = Model(
    name="trade-war",
    title="A trade war between two large countries",
    question="Why do countries tax each other's goods although both lose, and when is the threat of it enough?",
    story=(
        "Two countries each own a good that both want, and choose a tariff on the other's good. Both are large: a "
        "tariff makes imports cheaper on the world market, at the other's cost. Whatever the other does, some tariff "
        "pays. Countries of the same size then both have less than by free trade; a much larger one has more. Met "
        "round after round, they can keep free trade if they are patient."
    ),
    game=GAME,
    parameters=PARAMETERS,
    assumptions=(
        Assumption(B > 0, "a good is worth less, the more one has of it"),
        Assumption(D >= 0, "the goods are substitutes or have nothing to do with each other"),
        Assumption(D < B, "they are not the same good"),
        Assumption(s > 0, "there are people in Foreign"),
        Assumption(A >= B + D, "no price falls below zero"),
    ),
    outcome_words=outcome_words,
    unknown=(
        "Nothing is measured; the model is of any two large countries and no pair in particular.",
        "Within a country all are alike and the revenue is handed back: who gains and who loses is left out, and with "
        "it why governments often want tariffs that their country does not gain by.",
        "A country that wins the war keeps free trade only if it is paid to; payments are left out.",
        "The threat is the war for good after one breach; milder punishments need more patience.",
    ),
    quantities=quantities,
    references=(BAGWELL_1999, FRIEDMAN_1971, JOHNSON_1953, KENNAN_1988),
    tells_another_story=(
        "It is a model of tariffs between any two large countries, while the source speaks of bans on exports."
    ),
)
