"""The opposition as a signal: a threat that is backed or opposed at home, by those who know whether it is meant.

The stage of threats (`games.sanctions.threat_stage`), with Japan's opposition between the threat and Russia's answer.
The opposition observes whether the government is resolute, and backs the threat or opposes it in public. It shares in
what becomes of the country by a weight w, and gains in office: s from having backed a threat that worked, o_B from
having opposed one that turns out empty, o_I from having opposed one that is carried out. Nothing makes it tell the
truth. Where sanctions would move a soft Russia alone, it is an equilibrium that the opposition backs what is meant and
opposes what is not exactly if mu(w(V + k) + s) >= o_I and o_B >= mu(w(V + b) + s). An opposition that only wants to
have been right, w = 0 and o_B = o_I = s, opposes what is meant, too, since its dissent makes Russia defy.

Family: opposition parties as informed, interested signallers, after Schultz (1998), American Political Science Review
92, and Schultz (2001), Democracy and Coercive Diplomacy.
"""

from sympy import Expr, Integer, symbols

from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.literature import FEARON_1994, SCHULTZ_1998, SCHULTZ_2001
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sanctions.threat_stage import ASSUMPTIONS as OF_THREATS
from games.sanctions.threat_stage import JAPANS, NOTHING, RUSSIAS, THREATEN, V, at_the_start, b, h
from games.sanctions.threat_stage import PARAMETERS as STAGE_OF_THREATS
from games.sources import COMMENTARY, Assumed, Quoted

w, s, o_B, o_I = symbols("w s o_B o_I")

RIGHT = "to have been right is worth the same, whatever it was right about; it sets the unit of gains in office"

PARAMETERS = (
    *STAGE_OF_THREATS,
    Parameter(
        w,
        meaning="weight of the country's payoff with the opposition",
        default="0",
        low="0",
        high="1",
        unit=Unit.RATIO,
        source=Assumed("zero unless the opposition cares for more than office"),
    ),
    Parameter(
        s,
        meaning="the opposition's gain from having backed a threat that worked",
        default="1",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed(RIGHT),
    ),
    Parameter(
        o_B,
        meaning="the opposition's gain from having opposed a threat that turns out empty",
        default="1",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed(RIGHT),
    ),
    Parameter(
        o_I,
        meaning="the opposition's gain from having opposed a threat that is carried out; below zero, its loss",
        default="1",
        low="-1",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 7, "there are different voices regarding the sanctions"),
    ),
)

SUPPORT, DISSENT = "Support", "Dissent"


def beside(japan: str) -> str:
    """The information set of the opposition where Japan is of that kind and threatens."""
    return f"Opposition where Japan is {japan.lower()}"


def heard(russia: str, stance: str) -> str:
    """The information set of that kind of Russia after a threat and the opposition's stance."""
    return f"{russia} Russia after {stance.lower()}"


def defied(japan: str, stance: str) -> str:
    """The information set of that kind of Japan, defied after the opposition took that stance."""
    return f"{japan} Japan after {stance.lower()} and defiance"


def _answered(japan: str, cost: Expr, stance: str, russia: str, value: Expr) -> Node:
    """Russia's answer, and what Japan then does; payoffs of Japan, of the opposition and of Russia."""
    dissents = stance == DISSENT
    carried_out = Outcome((-cost, -w * cost + (o_I if dissents else 0), -h))
    backed_down = Outcome((-b, -w * b + (o_B if dissents else 0), Integer(0)))
    complied = Outcome((V, w * V + (0 if dissents else s), -value))
    defiance = Decision("Japan", {"Impose": carried_out, "Back down": backed_down}, defied(japan, stance))
    return Decision("Russia", {"Comply": complied, "Defy": defiance}, heard(russia, stance))


def _threat(japan: str, cost: Expr) -> Node:
    def answered(stance: str) -> Node:
        return Chance({r: (odds, _answered(japan, cost, stance, r, v)) for r, (odds, v) in RUSSIAS.items()})

    return Decision("Opposition", {stance: answered(stance) for stance in (SUPPORT, DISSENT)}, beside(japan))


def _tree() -> ExtensiveGame:
    nothing = Outcome((Integer(0), Integer(0), Integer(0)))
    starts: dict[str, tuple[Expr, Node]] = {
        japan: (odds, Decision("Japan", {NOTHING: nothing, THREATEN: _threat(japan, cost)}, at_the_start(japan)))
        for japan, (odds, cost) in JAPANS.items()
    }
    return ExtensiveGame(("Japan", "Opposition", "Russia"), Chance(starts))


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: "A resolute Japan threatens, the opposition supports it, a soft Russia complies"."""
    if path[1] == NOTHING:
        return "No threat"
    japan, _, stance, russia, answer, *end = path
    words = {"Impose": "Japan imposes full sanctions", "Back down": "Japan backs down"}
    start = f"{'A' if japan == 'Resolute' else 'An'} {japan.lower()} Japan threatens"
    spoken = f"the opposition {'supports it' if stance == SUPPORT else 'dissents'}"
    answers = {"Comply": "complies", "Defy": "defies"}
    return ", ".join([start, spoken, f"a {russia.lower()} Russia {answers[answer]}", *(words[move] for move in end)])


MODEL = Model(
    name="opposition-signal",
    title="The opposition as a signal",
    question="When does the opposition's stance tell Russia whether the threat is meant?",
    story=(
        "Japan threatens full sanctions or does nothing. Its opposition knows whether the government is resolute, and "
        "backs the threat or dissents. Russia hears both and complies or defies; Japan, defied, imposes or backs down. "
        "An opposition that cares for what becomes of the threat, and that gains most from having opposed an empty "
        "one, backs what is meant and opposes what is not: then an irresolute Japan does not threaten, and a soft "
        "Russia complies with every threat that is made. An opposition that only wants to have been right opposes "
        "every threat, because its own dissent makes Russia defy; then its stance tells nothing."
    ),
    game=_tree(),
    parameters=PARAMETERS,
    assumptions=(
        *OF_THREATS,
        Assumption(w >= 0, "the opposition does not wish the country ill"),
        Assumption(s >= 0, "having backed what worked does not harm"),
        Assumption(o_B >= 0, "having opposed what was empty does not harm"),
    ),
    outcome_words=outcome_words,
    choice_words={
        "Impose": "the threat is carried out",
        "Back down": "the threat is empty",
    },
    unknown=(
        "No payoff and no probability is measured, those of the opposition least of all; the ranges are assumed.",
        "The source says what the opposition asks for, and not what it gains; that Russia listens is not in it.",
        "The opposition knows for certain whether the government is resolute. A doubtful one tells less.",
        "Where a truthful stance is an equilibrium, others are, too: words may be taken to mean nothing.",
        "Subgame perfection does not restrain what Russia believes after a stance that should not be taken, nor what a "
        "Japan would do that should not have threatened; the sequential equilibria do.",
    ),
    arguments=(
        (
            "Japan's opposition wants symbolic sanctions only.",
            Quoted(COMMENTARY, 7, "imposing symbolic sanctions on Russia"),
        ),
        (
            "Japan's opposition calls for an end to the support of Ukraine.",
            Quoted(COMMENTARY, 1, "calling on Japan to suspend its support for Ukraine"),
        ),
    ),
    references=(FEARON_1994, SCHULTZ_1998, SCHULTZ_2001),
)
