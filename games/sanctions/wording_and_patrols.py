"""Wording and patrols: signals that tie hands against signals that sink costs.

Russia is soft with probability mu and values the islands at v_L, else it is hard and values them at v_H; only Russia
knows which. It does nothing; or patrols, at a cost c that is sunk, whatever comes of it; or claims sovereignty in its
wording, which costs nothing unless it concedes later, and then a. Japan, which sees this and not whom it faces, imposes
full sanctions or refrains; sanctioned, Russia concedes or resists. Sanctions cost Japan e if Russia resists; below
zero, they are a gain. Where they cost something, patrols set a hard Russia apart exactly if a soft Russia would
not pay for them and a hard one would, v_L <= c <= h. Where they gain, no signal keeps Japan from anything. Payoffs
compare with the status quo before the signal.

Family: tying hands and sinking costs, after Fearon (1997), Journal of Conflict Resolution 41, and Fearon (1994),
American Political Science Review 88.
"""

from collections.abc import Iterable

from sympy import Expr, Integer, symbols

from games.calibration import BEST_ANSWER, NET_FULL
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.literature import FEARON_1994, FEARON_1997
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sanctions.threat_stage import PARAMETERS as STAGE_OF_THREATS
from games.sanctions.threat_stage import V, h, mu, v_H, v_L
from games.sources import COMMENTARY, Quoted

e, c, a = symbols("e c a")

PARAMETERS = (
    *(p for p in STAGE_OF_THREATS if p.symbol in (V, v_L, v_H, h)),
    Parameter(
        e,
        meaning="cost to Japan of sanctions that Russia resists, its allies' reward taken off; below zero, a gain",
        default=f"-{NET_FULL}",
        low="-2",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 7, "preferred to maintain close cooperation with the United States"),
    ),
    *(p for p in STAGE_OF_THREATS if p.symbol == mu),
    Parameter(
        c,
        meaning="cost of patrols to Russia, less what they earn it in themselves; below zero, they pay",
        default=f"-{BEST_ANSWER}",
        low="-1",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 6, "accelerated the frequency of patrols around Japan"),
    ),
    Parameter(
        a,
        meaning="further cost to Russia of conceding what its wording claims",
        default="1/2",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 1, "asserting indisputable sovereignty over them"),
    ),
)

NOTHING, CLAIM, PATROL = "Nothing", "Claim sovereignty", "Patrol"

SIGNALS = {NOTHING: (Integer(0), Integer(0)), CLAIM: (Integer(0), a), PATROL: (c, Integer(0))}
"""For each signal: what it costs at once, and what it adds to the cost of conceding."""

RUSSIAS = {"Soft": (mu, v_L), "Hard": (1 - mu, v_H)}
"""For each kind of Russia: how probable it is, and what the islands are worth to it."""


def sends(kind: str) -> str:
    """The information set of that ``kind`` of Russia where it signals."""
    return f"{kind} Russia"


def sees(signal: str) -> str:
    """The information set of Japan after the signal."""
    return f"Japan after {'nothing' if signal == NOTHING else signal}"


def _after(signal: str, value: Expr) -> Node:
    sunk, tied = SIGNALS[signal]
    conceded = Outcome((V, -value - sunk - tied))
    resisted = Outcome((-e, -h - sunk))
    sanctioned = Decision("Russia", {"Concede": conceded, "Resist": resisted})
    return Decision("Japan", {"Sanction": sanctioned, "Refrain": Outcome((Integer(0), -sunk))}, sees(signal))


def signalling(signals: Iterable[str] = tuple(SIGNALS)) -> ExtensiveGame:
    """The game in formulas in which Russia may send these ``signals``."""
    menu = tuple(signals)

    def russia(kind: str, value: Expr) -> Node:
        return Decision("Russia", {signal: _after(signal, value) for signal in menu}, sends(kind))

    kinds = {kind: (probability, russia(kind, value)) for kind, (probability, value) in RUSSIAS.items()}
    return ExtensiveGame(("Japan", "Russia"), Chance(kinds))


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: "A hard Russia patrols, Japan imposes full sanctions, Russia resists"."""
    kind, signal, answer, *end = path
    sent = {NOTHING: "does nothing", CLAIM: "claims sovereignty", PATROL: "patrols"}
    answers = {"Sanction": "Japan imposes full sanctions", "Refrain": "Japan refrains"}
    words = {"Concede": "Russia concedes", "Resist": "Russia resists"}
    return ", ".join([f"A {kind.lower()} Russia {sent[signal]}", answers[answer], *(words[move] for move in end)])


MODEL = Model(
    name="wording-and-patrols",
    title="Wording and patrols",
    question="Can Russia keep Japan from sanctioning by its wording or by patrols?",
    story=(
        "Russia is soft or hard; the islands are worth more to a hard Russia, and only Russia knows which it is. It "
        "does nothing, claims sovereignty in its wording or patrols. Patrols cost at once, wording only if Russia "
        "concedes later. Japan then imposes full sanctions or refrains; sanctioned, Russia concedes or resists. Where "
        "sanctions that are resisted cost Japan something, a signal may keep it from them: one that a soft Russia "
        "would not send, or one after which a soft Russia, too, would resist. Where they pay Japan in themselves, no "
        "signal does."
    ),
    game=signalling(),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(V > 0, "the islands are worth something to Japan"),
        Assumption(v_L >= 0, "the islands are worth something or nothing to Russia"),
        Assumption(v_L < v_H, "they are worth more to a hard Russia than to a soft one"),
        Assumption(h >= 0, "sanctions harm or do nothing"),
        Assumption(mu >= 0, "mu is a probability"),
        Assumption(mu <= 1, "mu is a probability"),
        Assumption(a >= 0, "conceding what was claimed does not pay in itself"),
    ),
    outcome_words=outcome_words,
    unknown=(
        "No payoff and no probability is measured; the ranges are assumed, and the defaults are one point within them.",
        "Russia's changed wording is the source's claim; contemporary press has Japan restoring such wording in 2022, "
        "and no report of a change by Russia in 2023 was found.",
        "The source has Russia both reword and patrol; here it sends one signal. What each costs it is not in the "
        "source.",
        "The source says that Russia was always firm. Read literally there is no soft Russia, and no signal tells "
        "anything.",
        "Where signals matter there are several equilibria, among them those in which none is believed.",
        "Signals are costs here. That patrols make Japan feel insecure, and harm it, is in the model of sanctions and "
        "retaliation.",
    ),
    arguments=(
        (
            "Russia's deterrent remains.",
            Quoted(COMMENTARY, 6, "Russia's strategic deterrent remains"),
        ),
        (
            "Russia patrols more often to put pressure on Japan.",
            Quoted(COMMENTARY, 6, "further increasing pressure on Japan"),
        ),
        (
            "Russia claims the islands in its wording.",
            Quoted(COMMENTARY, 2, 'defining the Kuril Islands as their "inherent lands"'),
        ),
    ),
    references=(FEARON_1994, FEARON_1997),
)
