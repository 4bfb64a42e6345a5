"""The threat of sanctions when Russia's resolve is unknown.

Russia is soft with probability mu and values the islands at v_L, else it is hard and values them at v_H; only Russia
knows which. Japan imposes full sanctions or none. Russia concedes or retaliates; after retaliation Japan, not knowing
whom it faces, holds or backs down; if it holds, Russia may still concede late, at a penalty tau. Where holding costs
Japan less than backing down (e >= -b), a soft Russia concedes at once. Where it does not, Japan holds only because
Russia may be soft, and both sides bluff: the threat is carried out with some probability, and some soft Russias
retaliate.
Payoffs compare with the status quo before sanctions.

Family: crisis bargaining under private resolve, after Fearon (1995), International Organization 49, and Lewis & Schultz
(2003), Political Analysis 11; the mixed equilibrium is that of a signalling game, Kreps & Wilson (1982).
"""

from sympy import Integer, symbols

from games import calibration
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.literature import FEARON_1995, KREPS_1982, LEWIS_2003
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

V, v_L, v_H, h, e, b, rho, g, tau, mu = symbols("V v_L v_H h e b rho g tau mu")

ORDER_ONLY = "no source gives its size; small to large against islands worth 1 on average"

PARAMETERS = (
    Parameter(
        V,
        meaning="value of the islands to Japan",
        default=calibration.ISLANDS_TO_JAPAN,
        low="1/2",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "insisting that the Kuril Islands are Japanese territory"),
    ),
    Parameter(
        v_L,
        meaning="value of the islands to a soft Russia",
        default=calibration.SOFT_RUSSIA,
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        v_H,
        meaning="value of the islands to a hard Russia",
        default=calibration.HARD_RUSSIA,
        low="1",
        high="4",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
    ),
    Parameter(
        h,
        meaning="harm of full sanctions to Russia",
        default=calibration.HARM_FULL,
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
    ),
    Parameter(
        e,
        meaning="Japan's net payoff of holding full sanctions",
        default=calibration.NET_FULL,
        low="-2",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed("the source never mentions an economic cost to Japan; " + ORDER_ONLY),
    ),
    Parameter(
        b,
        meaning="cost to Japan of backing down from sanctions",
        default=calibration.BACKING_DOWN,
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed("audience cost; " + ORDER_ONLY),
    ),
    Parameter(
        rho,
        meaning="harm of retaliation to Japan",
        default=calibration.HARM_OF_RUNGS[2],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 6, "further increasing pressure on Japan"),
    ),
    Parameter(
        g,
        meaning="Russia's gain from retaliating",
        default=calibration.BEST_ANSWER,
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        tau,
        meaning="Russia's penalty for conceding late",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed("audience cost; " + ORDER_ONLY),
    ),
    Parameter(
        mu,
        meaning="probability that Russia is soft",
        default=calibration.ODDS_OF_SOFT,
        low="0",
        high="1",
        unit=Unit.PROBABILITY,
        source=Assumed("read literally, the source says 0: a position that was always firm leaves nothing to learn"),
    ),
)

TYPES = {"Soft": (mu, v_L), "Hard": (1 - mu, v_H)}
"""For each kind of Russia: how probable it is, and what the islands are worth to it."""

RETALIATED = "Japan after retaliation"
"""Japan's information set: it has seen the retaliation, and not what kind of Russia retaliates."""


def _facing(kind: str) -> Node:
    """What follows full sanctions if Russia is of this ``kind``."""
    value = TYPES[kind][1]
    named = f"{kind} Russia"
    late = Decision(
        "Russia",
        {"Concede late": Outcome((V - rho, g - value - tau)), "Hold out": Outcome((e - rho, g - h))},
        f"{named} after Japan holds",
    )
    backing_down = Outcome((-b - rho, g))
    retaliated = Decision("Japan", {"Hold": late, "Back down": backing_down}, RETALIATED)
    return Decision("Russia", {"Concede": Outcome((V, -value)), "Retaliate": retaliated}, f"{named} after Full")


def _tree() -> ExtensiveGame:
    """Chance moves after Japan, which does not learn the result: the same as moving first and unseen by Japan."""
    resolve = Chance({kind: (probability, _facing(kind)) for kind, (probability, _) in TYPES.items()})
    none = Outcome((Integer(0), Integer(0)))
    return ExtensiveGame(("Japan", "Russia"), Decision("Japan", {"None": none, "Full": resolve}, "Japan at the start"))


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: "Full sanctions, a soft Russia retaliates, Japan holds, Russia concedes late"."""
    if path == ("None",):
        return "No sanctions"
    _, kind, answer, *rest = path
    words = {
        "Concede": "concedes",
        "Retaliate": "retaliates",
        "Hold": "Japan holds",
        "Back down": "Japan backs down",
        "Concede late": "Russia concedes late",
        "Hold out": "Russia holds out",
    }
    return ", ".join(["Full sanctions", f"a {kind.lower()} Russia {words[answer]}", *(words[move] for move in rest)])


MODEL = Model(
    name="sanction-threat",
    title="The threat of sanctions under unknown resolve",
    question="How probable must a soft Russia be for the threat of sanctions to pay?",
    story=(
        "Russia is soft or hard: the islands are worth more to a hard Russia. Only Russia knows which it is. Japan "
        "imposes full sanctions or none. Russia concedes or retaliates; then Japan holds or backs down, and if it "
        "holds, Russia may concede late at a penalty. If holding costs Japan less than backing down, a soft Russia "
        "that the sanctions harm enough concedes at once. If not, Japan holds with some probability only, and some "
        "soft Russias retaliate in the hope that it will not."
    ),
    game=_tree(),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(V > 0, "the islands are worth something to Japan"),
        Assumption(v_L >= 0, "the islands are worth something or nothing to Russia"),
        Assumption(v_L < v_H, "they are worth more to a hard Russia than to a soft one"),
        Assumption(h >= 0, "sanctions harm or do nothing"),
        Assumption(b >= 0, "backing down does not pay in itself"),
        Assumption(rho >= 0, "retaliation harms or does nothing"),
        Assumption(g >= 0, "retaliating is worth something or nothing to Russia"),
        Assumption(tau >= 0, "conceding late does not pay in itself"),
        Assumption(mu >= 0, "mu is a probability"),
        Assumption(mu <= 1, "mu is a probability"),
    ),
    outcome_words=outcome_words,
    unknown=(
        "No payoff and no probability is measured; the ranges are assumed, and the defaults are one point within them.",
        "The source says that Russia was always firm. Read literally there is no soft Russia then, and changed wording "
        "and patrols carry no information.",
        "Japan is taken at its word to lift the sanctions after a concession; whether it would is the question of the "
        "model of sanctions and retaliation.",
        "Subgame perfection does not restrain what Japan believes after moves that should not occur; the sequential "
        "equilibria do.",
    ),
    arguments=(
        (
            "Russia has always been firm on the islands.",
            Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
        ),
        (
            "Sanctions can force a compromise on the islands.",
            Quoted(COMMENTARY, 4, "forcing Russia to compromise on the territorial dispute"),
        ),
    ),
    references=(
        FEARON_1995,
        KREPS_1982,
        LEWIS_2003,
    ),
)
