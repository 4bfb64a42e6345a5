"""The decision on secondary sanctions: are they worth the third countries that they offend?

Japan keeps to sanctions on Russia or extends them to n = 2 groups of third countries. These then comply or trade on,
one after the other and each seeing what the other did, with the payoffs of `games.sanctions.secondary`; Russia concedes
the islands or resists; after a concession Japan lifts the sanctions or keeps them. Extending the sanctions offends
every group named, at a cost omega each, earns Japan dA from its allies, and brings the islands if compliance raises the
harm to Russia above what they and its best retaliation are worth to it, and if relief is credible (e < beta):
worthwhile if (V − e) [concession] + dA > omega n. Where relief is not credible, only if dA > omega n. That the groups
choose in turn keeps the decision a tree of perfect information; in `games.sanctions.secondary` they choose at once.

Family: as there, Martin (1992), with a Sender who foresees compliance.
"""

from sympy import Integer, symbols

from games import calibration
from games.forms.extensive import Decision, ExtensiveGame, Node, Outcome
from games.formulas.relations import symbols_of
from games.literature import MARTIN_1992
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sanctions.secondary import (
    ASSUMPTIONS,
    COMPLY,
    ORDER_ONLY,
    PARAMETERS,
    TRADE,
    effective_harm,
    groups_payoff,
    h_F,
    lambda_1,
    lambda_2,
    who_complies,
)
from games.sources import COMMENTARY, Assumed, Quoted

V_J, V_R, G, dA, omega = symbols("V_J V_R G dA omega")
e, beta = symbols("e beta")

OWN_PARAMETERS = (
    Parameter(
        V_J,
        meaning="value of the islands to Japan",
        default=calibration.ISLANDS_TO_JAPAN,
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "insisting that the Kuril Islands are Japanese territory"),
    ),
    Parameter(
        V_R,
        meaning="value of the islands to Russia; the unit of all payoffs",
        default=calibration.ISLANDS_TO_RUSSIA,
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: V_R = 1"),
    ),
    Parameter(
        G,
        meaning="Russia's gain from its best retaliation",
        default=calibration.BEST_ANSWER,
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        e,
        meaning="Japan's net payoff of full sanctions on Russia",
        default=calibration.NET_FULL,
        low="-1",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 7, "preferred to maintain close cooperation with the United States"),
    ),
    Parameter(
        beta,
        meaning="cost to Japan of keeping sanctions after a concession",
        default=calibration.BROKEN_PROMISE,
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        dA,
        meaning="further payoff from allies for sanctions on third countries",
        default="3/10",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 3, "even following the example of the United States"),
    ),
    Parameter(
        omega,
        meaning="cost to Japan of each group of third countries offended",
        default="1/10",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 4, "may cause Japan to offend more countries"),
    ),
)

NAMED = ("Large traders", "Transit countries")
"""The groups that the sanctions extend to."""

PLAYERS = ("Japan", *NAMED, "Russia")


def _answer(complying: tuple[str, ...], extended: bool) -> Decision:
    """Russia's choice, and Japan's after a concession."""
    own = dA - omega * len(NAMED) if extended else Integer(0)
    third = tuple(groups_payoff(group, complying) if extended else Integer(0) for group in NAMED)
    harm = effective_harm([group for group in NAMED if group not in complying])
    relief = Decision(
        "Japan",
        {
            "Lift": Outcome((V_J + own, *third, -V_R)),
            "Keep": Outcome((V_J + e - beta + own, *third, -V_R - harm)),
        },
    )
    return Decision("Russia", {"Concede": relief, "Resist": Outcome((e + own, *third, G - harm))})


def _in_turn(complying: tuple[str, ...], left: tuple[str, ...]) -> Node:
    """The groups ``left`` choose one after the other."""
    if not left:
        return _answer(complying, True)
    first, *rest = left
    later = tuple(rest)
    return Decision(first, {COMPLY: _in_turn((*complying, first), later), TRADE: _in_turn(complying, later)})


def _tree() -> ExtensiveGame:
    choices: dict[str, Node] = {"Russia only": _answer((), False), "Third countries too": _in_turn((), NAMED)}
    return ExtensiveGame(PLAYERS, Decision("Japan", choices))


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: "Sanctions on third countries too, large traders comply, Russia resists"."""
    last = {"Lift": ", Japan lifts them", "Keep": ", Japan keeps them"}.get(path[-1], "")
    first, *groups, answer = path[:-1] if last else path
    ends = {"Concede": "Russia concedes", "Resist": "Russia resists"}[answer] + last
    if first == "Russia only":
        return f"Sanctions on Russia only, {ends}"
    complying = [group for group, choice in zip(NAMED, groups, strict=True) if choice == COMPLY]
    return f"Sanctions on third countries too, {who_complies(complying)}, {ends}"


_GAME = _tree()
_USED = {symbol for payoff in _GAME.entries for symbol in getattr(payoff, "free_symbols", ())}

MODEL = Model(
    name="secondary-sanctions",
    title="The decision on secondary sanctions",
    question="When are secondary sanctions worth the third countries that they offend?",
    story=(
        "Japan sanctions Russia only, or third countries that trade with Russia, too. In the second case the large "
        "traders and then the transit countries, which see what the traders did, comply or trade on. Russia concedes "
        "the islands or resists; after a concession Japan lifts the sanctions or keeps them. Those who trade on undo "
        "part of the harm. Sanctions on third countries cost Japan something for each group that it offends, earn it "
        "something from its allies, and bring the islands only if the leakage that they stop makes the difference and "
        "relief is credible. Without them no third country complies."
    ),
    game=_GAME,
    parameters=(*(p for p in PARAMETERS if p.symbol in _USED), *OWN_PARAMETERS),
    assumptions=(
        *(a for a in ASSUMPTIONS if symbols_of(a.relation) <= _USED),
        Assumption(lambda_1 + lambda_2 <= 1, "trade undoes at most all of the harm"),
        Assumption(h_F >= 0, "sanctions harm or do nothing"),
        Assumption(V_J >= 0, "the islands are worth something or nothing to Japan"),
        Assumption(V_R >= 0, "the islands are worth something or nothing to Russia"),
        Assumption(G >= 0, "not retaliating is always possible"),
        Assumption(beta >= 0, "breaking a promise does not pay in itself"),
        Assumption(dA >= 0, "allies do not punish Japan for doing more"),
        Assumption(omega >= 0, "offending a country costs something or nothing"),
    ),
    outcome_words=outcome_words,
    axes=("omega", "h_F"),
    unknown=(
        "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
        "The source counts the countries offended and never the leakage stopped.",
        "Here the groups choose one after the other. Where they choose at once, two levels of compliance may both be "
        "equilibria; the model of third countries has both.",
        "Japan holds the sanctions when Russia resists; whether it would is the question of the tree of sanctions and "
        "retaliation.",
    ),
    arguments=(
        (
            "Sanctions on third countries offend more countries.",
            Quoted(COMMENTARY, 4, "may cause Japan to offend more countries"),
        ),
    ),
    references=(MARTIN_1992,),
)
