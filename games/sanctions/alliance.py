"""Alliance and deterrence: sanctions between an ally who may condition its support and a neighbour who may retaliate.

The United States conditions its support on Japan's sanctions, guarantees it whatever Japan does, or gives none,
and then there are no sanctions. Japan chooses no, symbolic or full ones, and Russia answers on one of four rungs, as in
`games.sanctions.retaliation`. Support does two things: it is worth something to Japan in itself, and it takes a part
eta * a off the harm of retaliation. So the same support that makes sanctions attractive makes retaliation weak as a
deterrent. Russia concedes nothing here.

Family: deterrence by an answer that the other side foresees, after Zagare & Kilgour (2000), Perfect Deterrence, and
Signorino (1999), American Political Science Review 93; security bought with autonomy, after Morrow (1991), American
Journal of Political Science 35.
"""

from sympy import Expr, Integer, symbols

from games.forms.extensive import Decision, ExtensiveGame, Node, Outcome
from games.formulas.relations import symbols_of
from games.literature import MORROW_1991, SIGNORINO_1999, SNYDER_1984, ZAGARE_2000
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sanctions import retaliation
from games.sanctions.retaliation import A_F, RUNGS, SANCTIONS, alpha, k_F, k_Y, net_benefit
from games.sources import COMMENTARY, Assumed, Quoted

a_Y, a_F, eta, w, d = symbols("a_Y a_F eta w d")

OWN_PARAMETERS = (
    Parameter(
        a_Y,
        meaning="support for Japan against retaliation after symbolic sanctions",
        default="1/5",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed("the source names no level of support; between none and full"),
    ),
    Parameter(
        a_F,
        meaning="support for Japan against retaliation after full sanctions",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Quoted(COMMENTARY, 7, "preferred to maintain close cooperation with the United States"),
    ),
    Parameter(
        eta,
        meaning="part of the harm of retaliation that full support takes off",
        default="1",
        low="0",
        high="2",
        unit=Unit.RATIO,
        source=Assumed("from support that protects nobody to support that outweighs the harm"),
    ),
    Parameter(
        w,
        meaning="value of Japan's full sanctions to the United States",
        default="1",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("no source gives its size; small to large against islands worth 1 to Russia"),
    ),
    Parameter(
        d,
        meaning="cost to the United States of full support",
        default="2/5",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("no source gives its size; small to large against islands worth 1 to Russia"),
    ),
)

PARTICIPATION = {"None": Integer(0), "Symbolic": alpha, "Full": Integer(1)}
"""How much of the worth of full sanctions each choice has for the allies, who may discount symbolism."""

OWN_COST = {"None": Integer(0), "Symbolic": k_Y, "Full": k_F}
EARNED = {"None": Integer(0), "Symbolic": a_Y, "Full": a_F}
"""The support that each choice earns if support is conditional."""


def payoffs(support: str, sanction: str, rung: str) -> tuple[Expr, Expr, Expr]:
    """What the three moves are worth to the United States, Japan and Russia."""
    level, reward = {
        "Condition": (EARNED[sanction], A_F * PARTICIPATION[sanction]),
        "Guarantee": (a_F, A_F),
    }[support]
    harm, _, _ = RUNGS[rung]
    return (
        w * PARTICIPATION[sanction] - d * level,
        reward - OWN_COST[sanction] - (1 - eta * level) * harm,
        net_benefit(sanction, rung) - SANCTIONS[sanction][1],
    )


def _tree() -> ExtensiveGame:
    def answers(support: str, sanction: str) -> Decision:
        return Decision("Russia", {rung: Outcome(payoffs(support, sanction, rung)) for rung in RUNGS})

    def choices(support: str) -> Decision:
        return Decision("Japan", {sanction: answers(support, sanction) for sanction in SANCTIONS})

    levels: dict[str, Node] = {support: choices(support) for support in ("Condition", "Guarantee")}
    # Without support sanctions only cost Japan something, and nothing provokes Russia.
    levels["None"] = Outcome((Integer(0), Integer(0), Integer(0)))
    return ExtensiveGame(("United States", "Japan", "Russia"), Decision("United States", levels))


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: "Support with conditions, full sanctions, Russia patrols"."""
    support, *rest = path
    if not rest:
        return "No support, no sanctions"
    sentence = retaliation.outcome_words(tuple(rest))
    words = {
        "Condition": "Support with conditions",
        "Guarantee": "Support without conditions",
    }
    return f"{words[support]}, {sentence[0].lower()}{sentence[1:]}"


_GAME = _tree()
_USED = {symbol for payoff in _GAME.entries for symbol in getattr(payoff, "free_symbols", ())}

MODEL = Model(
    name="alliance-deterrence",
    title="Alliance and deterrence",
    question="Can retaliation deter full sanctions when an ally stands behind Japan, and whose interest do they serve?",
    story=(
        "The United States ties its support to Japan's sanctions, guarantees it whatever Japan does, or gives none, "
        "and then there are no sanctions. Otherwise Japan chooses no, symbolic or full sanctions. Russia absorbs "
        "them, suspends the treaty talks, claims sovereignty or patrols. Support is worth something to Japan in "
        "itself and takes a part off the harm of retaliation; tied support grows with the sanctions. Retaliation "
        "deters full sanctions if it costs Japan more, net of support, than full sanctions earn it above symbolic "
        "ones."
    ),
    game=_GAME,
    parameters=(*(p for p in retaliation.PARAMETERS if p.symbol in _USED), *OWN_PARAMETERS),
    assumptions=(
        *(a for a in retaliation.MODEL.assumptions if symbols_of(a.relation) <= _USED),
        Assumption(a_Y >= 0, "support protects or does nothing"),
        Assumption(a_Y <= a_F, "full sanctions earn at least as much support"),
        Assumption(a_F <= 1, "support is a share of full support"),
        Assumption(eta >= 0, "support protects or does nothing"),
        Assumption(w >= 0, "Japan's sanctions are worth something or nothing to its ally"),
        Assumption(d >= 0, "support costs something or nothing"),
    ),
    outcome_words=outcome_words,
    axes=("A_F", "eta"),
    unknown=(
        "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
        "The source does not say that the United States tied its support to the sanctions. Without conditions, what "
        "Japan gets from its ally cannot be the reason for them.",
        "Whether Japan's gain from the alliance is the nation's or its government's is left open here; a model of two "
        "levels takes the two apart.",
        "Patrols are answers to sanctions here; a general increase that follows the war deters nothing in particular.",
    ),
    arguments=(
        (
            "Russia's deterrent remains and puts Japan in a dilemma.",
            Quoted(COMMENTARY, 6, "This deterrent force makes Japan face a great dilemma"),
        ),
        (
            "Japan gives up its own interest for the United States.",
            Quoted(COMMENTARY, 7, "requires the abandonment of some of its own interests"),
        ),
    ),
    references=(
        MORROW_1991,
        SIGNORINO_1999,
        SNYDER_1984,
        ZAGARE_2000,
    ),
)
