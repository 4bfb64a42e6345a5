"""The stage of threats: sanctions announced, answered, and only then imposed, with private resolve on both sides.

Japan is resolute with probability pi, so that imposing full sanctions costs it k < b, or irresolute, so that imposing
costs it c_w > b, where b is the cost of backing down; below zero, a cost is a gain. Russia is soft with probability mu
and values the islands at v_L, else it is hard and values them at v_H. Each side knows its own kind alone. Japan
threatens or does nothing; Russia complies or defies; Japan, defied, imposes or backs down. What is imposed has been
defied already, so that threats may work although sanctions that are seen never do. Payoffs compare with the status quo
before the threat.

Family: threats that select the cases in which sanctions are imposed, after Drezner (2003), International Organization
57, and Lacy & Niou (2004), Journal of Politics 66; bluffing and audience costs after Fearon (1994), American Political
Science Review 88; put to the test by Whang, McLean & Kuberski (2013), American Journal of Political Science 57.
"""

from sympy import Expr, Integer, symbols

from games.calibration import (
    BACKING_DOWN,
    HARD_RUSSIA,
    HARM_FULL,
    ISLANDS_TO_JAPAN,
    NET_FULL,
    ODDS_OF_SOFT,
    SOFT_RUSSIA,
)
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.literature import DREZNER_2003, FEARON_1994, HOVI_2005, LACY_2004, WHANG_2013
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

V, v_L, v_H, h, k, c_w, b, pi, mu = symbols("V v_L v_H h k c_w b pi mu")

ORDER_ONLY = "no source gives its size; small to large against islands worth 1 on average"

PARAMETERS = (
    Parameter(
        V,
        meaning="value of the islands to Japan",
        default=ISLANDS_TO_JAPAN,
        low="1/2",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "insisting that the Kuril Islands are Japanese territory"),
    ),
    Parameter(
        v_L,
        meaning="value of the islands to a soft Russia",
        default=SOFT_RUSSIA,
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        v_H,
        meaning="value of the islands to a hard Russia",
        default=HARD_RUSSIA,
        low="1",
        high="4",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
    ),
    Parameter(
        h,
        meaning="harm of full sanctions to Russia",
        default=HARM_FULL,
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
    ),
    Parameter(
        k,
        meaning="cost of full sanctions to a resolute Japan, what its allies reward taken off; below zero, a gain",
        default=f"-{NET_FULL}",
        low="-2",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, "Japan has not slowed down the pace of pressure"),
    ),
    Parameter(
        c_w,
        meaning="cost of full sanctions to an irresolute Japan",
        default="1/2",
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Assumed("a Japan for which full sanctions do not pay; " + ORDER_ONLY),
    ),
    Parameter(
        b,
        meaning="cost to Japan of backing down from the threat",
        default=BACKING_DOWN,
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed("audience cost; " + ORDER_ONLY),
    ),
    Parameter(
        pi,
        meaning="probability that Japan is resolute",
        default="9/10",
        low="0",
        high="1",
        unit=Unit.PROBABILITY,
        source=Quoted(COMMENTARY, 9, "continues to firmly favor the position of the United States"),
    ),
    Parameter(
        mu,
        meaning="probability that Russia is soft",
        default=ODDS_OF_SOFT,
        low="0",
        high="1",
        unit=Unit.PROBABILITY,
        source=Assumed("read literally, the source says 0; here islands worth 1 on average fix it"),
    ),
)

JAPANS = {"Resolute": (pi, k), "Irresolute": (1 - pi, c_w)}
"""For each kind of Japan: how probable it is, and what full sanctions cost it."""

RUSSIAS = {"Soft": (mu, v_L), "Hard": (1 - mu, v_H)}
"""For each kind of Russia: how probable it is, and what the islands are worth to it."""

THREATEN, NOTHING = "Threaten", "No threat"


def at_the_start(japan: str) -> str:
    """The information set of that kind of Japan where it threatens or not."""
    return f"{japan} Japan"


def threatened(russia: str) -> str:
    """The information set of that kind of Russia: it has seen a threat, and not which Japan makes it."""
    return f"{russia} Russia after the threat"


def defied(japan: str) -> str:
    """The information set of that kind of Japan, defied by a Russia whose kind it does not know."""
    return f"{japan} Japan after defiance"


def _answered(japan: str, cost: Expr, russia: str, value: Expr) -> Node:
    carried_out = Outcome((-cost, -h))
    backed_down = Outcome((-b, Integer(0)))
    defiance = Decision("Japan", {"Impose": carried_out, "Back down": backed_down}, defied(japan))
    return Decision("Russia", {"Comply": Outcome((V, -value)), "Defy": defiance}, threatened(russia))


def _tree() -> ExtensiveGame:
    """Russia's kind is drawn after the threat, which does not hang on it: the same as at the start, unseen by Japan."""
    nothing = Outcome((Integer(0), Integer(0)))
    starts: dict[str, tuple[Expr, Node]] = {}
    for japan, (probability, cost) in JAPANS.items():
        threat = Chance({russia: (odds, _answered(japan, cost, russia, v)) for russia, (odds, v) in RUSSIAS.items()})
        starts[japan] = (probability, Decision("Japan", {NOTHING: nothing, THREATEN: threat}, at_the_start(japan)))
    return ExtensiveGame(("Japan", "Russia"), Chance(starts))


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: "A resolute Japan threatens, a soft Russia defies, Japan imposes full sanctions"."""
    if path[1] == NOTHING:
        return "No threat"
    japan, _, russia, answer, *end = path
    words = {"Impose": "Japan imposes full sanctions", "Back down": "Japan backs down"}
    answers = {"Comply": "complies", "Defy": "defies"}
    start = f"{'A' if japan == 'Resolute' else 'An'} {japan.lower()} Japan threatens"
    return ", ".join([start, f"a {russia.lower()} Russia {answers[answer]}", *(words[move] for move in end)])


ASSUMPTIONS = (
    Assumption(V > 0, "the islands are worth something to Japan"),
    Assumption(v_L >= 0, "the islands are worth something or nothing to Russia"),
    Assumption(v_L < v_H, "they are worth more to a hard Russia than to a soft one"),
    Assumption(h >= 0, "sanctions harm or do nothing"),
    Assumption(b >= 0, "backing down does not pay in itself"),
    Assumption(k < b, "a resolute Japan imposes rather than back down"),
    Assumption(c_w > b, "an irresolute Japan backs down rather than impose"),
    Assumption(pi >= 0, "pi is a probability"),
    Assumption(pi <= 1, "pi is a probability"),
    Assumption(mu >= 0, "mu is a probability"),
    Assumption(mu <= 1, "mu is a probability"),
)

MODEL = Model(
    name="threat-stage",
    title="The stage of threats",
    question="If sanctions that are imposed bring nothing, do threats of sanctions bring nothing either?",
    story=(
        "Japan is resolute or not, Russia soft or hard, and each knows its own kind alone. Japan threatens full "
        "sanctions or does nothing. Russia complies or defies. A Japan that is defied imposes the sanctions or backs "
        "down: a resolute Japan imposes, an irresolute one backs down. A soft Russia complies if it believes often "
        "enough that it faces a resolute Japan, and an irresolute Japan bluffs as far as that lets it. Whoever would "
        "comply has complied at the threat, so that the sanctions that are imposed are those that fail."
    ),
    game=_tree(),
    parameters=PARAMETERS,
    assumptions=ASSUMPTIONS,
    outcome_words=outcome_words,
    choice_words={
        "Impose": "the threat is carried out",
        "Back down": "the threat is empty",
    },
    unknown=(
        "No payoff and no probability is measured; the ranges are assumed, and the defaults are one point within them.",
        "The source reports sanctions that were announced on the 15th to start on the 22nd, and no threat with a "
        "demand; whether the week between was a stage of threats is open.",
        "The game ends when sanctions are imposed. Whether a soft Russia would concede later is the question of the "
        "model of the threat under unknown resolve.",
        "Japan is taken at its word that nothing is imposed on a Russia that complies.",
        "In cases of the world, Whang, McLean and Kuberski find no evidence that threats work by revealing resolve.",
        "Where imposing costs a resolute Japan something (k > 0), there is another sequential equilibrium, in which "
        "nobody threatens because a threat would be thought a bluff.",
    ),
    arguments=(
        (
            "Sanctions can force a compromise on the islands.",
            Quoted(COMMENTARY, 4, "forcing Russia to compromise on the territorial dispute"),
        ),
        (
            "After these sanctions, little hope is left on the islands.",
            Quoted(COMMENTARY, 9, "Japan has little hope of resolving the territorial issue"),
        ),
    ),
    references=(DREZNER_2003, FEARON_1994, HOVI_2005, LACY_2004, WHANG_2013),
)
