"""The escalation ladder: two sides climb by turns, and each sees how far the other has gone.

Japan imposes no, symbolic or full sanctions; Russia absorbs them, suspends the treaty talks or claims sovereignty;
Japan stops or adds another round; Russia rests, claims sovereignty if it has not, or patrols. Rungs add up: what was
done stays done. A step that answers the other side is worth more, the further the other side has gone: by a gain gamma
for Russia, by a gain theta for Japan. The last step counts for the part delta, since it is taken late. Military aid to
Ukraine provokes Russia by m, whatever the sanctions. Whether severity breeds severity is then a matter of payoffs and
not of the order of moves alone. Payoffs compare with the status quo before sanctions.

Family: escalation as a finite game of alternating, observed moves, loosely after O'Neill (1986), Journal of
Conflict Resolution 30, and Powell (1990), Nuclear Deterrence Theory: neither all-pay bids nor private resolve are here.
"""

from collections.abc import Sequence

from sympy import Expr, Integer, Symbol, expand, symbols

from games import calibration
from games.forms.extensive import Decision, ExtensiveGame, Node, Outcome
from games.formulas.relations import symbols_of
from games.literature import O_NEILL_1986, POWELL_1990
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

e_Y, e_F, e_2, h_Y, h_F, h_2, y, z, m, delta = symbols("e_Y e_F e_2 h_Y h_F h_2 y z m delta")
theta_1, theta_2, theta_3 = symbols("theta_1 theta_2 theta_3")
rho_1, rho_2, rho_3 = symbols("rho_1 rho_2 rho_3")
gamma_1, gamma_2, gamma_3 = symbols("gamma_1 gamma_2 gamma_3")
n_1, n_2, n_3 = symbols("n_1 n_2 n_3")

ORDER_ONLY = "no source gives its size; small to large against islands worth 1 to Russia"
OWN_COST = "the source never mentions an economic cost to Japan; " + ORDER_ONLY
AFTER_THE_WAR = "negative if the war in Ukraine makes the step worth taking anyway; " + ORDER_ONLY
ANSWERING = "zero if Japan's sanctions follow its allies and the war alone; " + ORDER_ONLY

PARAMETERS = (
    Parameter(
        e_Y,
        meaning="Japan's net payoff of symbolic sanctions",
        default=calibration.NET_SYMBOLIC,
        low="-1",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(OWN_COST),
    ),
    Parameter(
        e_F,
        meaning="Japan's net payoff of full sanctions",
        default=calibration.NET_FULL,
        low="-1",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, "following Western countries in imposing severe sanctions"),
    ),
    Parameter(
        e_2,
        meaning="Japan's net payoff of a further round",
        default="1/4",
        low="-1",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, "another round of sanctions has been added"),
    ),
    Parameter(
        h_Y,
        meaning="harm of symbolic sanctions to Russia",
        default=calibration.HARM_SYMBOLIC,
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        h_F,
        meaning="harm of full sanctions to Russia",
        default=calibration.HARM_FULL,
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
    ),
    Parameter(
        h_2,
        meaning="harm of a further round to Russia",
        default="2/5",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        y,
        meaning="how far symbolic sanctions go, full ones being 1",
        default=calibration.PROVOCATION_SYMBOLIC,
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Quoted(COMMENTARY, 7, "no need for the neighboring country to become too hostile"),
    ),
    Parameter(
        z,
        meaning="how much further another round goes, full sanctions being 1",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed("a further round adds at most as much as full sanctions"),
    ),
    Parameter(
        m,
        meaning="how far Japan's military aid to Ukraine provokes Russia, full sanctions being 1",
        default="3/20",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Quoted(COMMENTARY, 2, "actively provided military assistance to Ukraine"),
    ),
    Parameter(
        delta,
        meaning="weight of the last step, which is taken late",
        default=calibration.DISCOUNT,
        low="1/2",
        high="1",
        unit=Unit.DISCOUNT,
        source=Assumed("how much later a step comes is open; at 1 a claim first and a claim last are worth the same"),
    ),
    Parameter(
        theta_1,
        meaning="Japan's gain from answering suspended talks",
        default="1/10",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ANSWERING),
    ),
    Parameter(
        theta_2,
        meaning="Japan's gain from answering a claim to sovereignty",
        default="1/5",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ANSWERING),
    ),
    Parameter(
        theta_3,
        meaning="Japan's gain from answering patrols",
        default="1/5",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ANSWERING),
    ),
    Parameter(
        rho_1,
        meaning="harm to Japan when Russia suspends talks",
        default=calibration.HARM_OF_RUNGS[0],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, "interrupting negotiations on a peace treaty"),
    ),
    Parameter(
        rho_2,
        meaning="harm to Japan when Russia claims sovereignty in its wording",
        default=calibration.HARM_OF_RUNGS[1],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, 'defining the Kuril Islands as their "inherent lands"'),
    ),
    Parameter(
        rho_3,
        meaning="further harm to Japan when Russia patrols",
        default=calibration.HARM_OF_RUNGS[2],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 6, "accelerated the frequency of patrols around Japan"),
    ),
    Parameter(
        gamma_1,
        meaning="Russia's gain from suspending talks in answer to full sanctions",
        default=calibration.GAIN_OF_RUNGS[0],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, "In this situation, Russia took countermeasures"),
    ),
    Parameter(
        gamma_2,
        meaning="Russia's gain from claiming sovereignty in answer to full sanctions",
        default=calibration.GAIN_OF_RUNGS[1],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, "This move led Russia to revise the wording"),
    ),
    Parameter(
        gamma_3,
        meaning="Russia's gain from patrols in answer to full sanctions",
        default=calibration.GAIN_OF_RUNGS[2],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 6, "further increasing pressure on Japan"),
    ),
    Parameter(
        n_1,
        meaning="Russia's net cost of suspending talks",
        default=calibration.COST_OF_RUNGS[0],
        low="-1/2",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Assumed(AFTER_THE_WAR),
    ),
    Parameter(
        n_2,
        meaning="Russia's net cost of claiming sovereignty",
        default=calibration.COST_OF_RUNGS[1],
        low="-1/2",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Assumed(AFTER_THE_WAR),
    ),
    Parameter(
        n_3,
        meaning="Russia's net cost of patrols",
        default=calibration.COST_OF_RUNGS[2],
        low="-1/2",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Assumed(AFTER_THE_WAR),
    ),
)

ZERO = Integer(0)

SANCTIONS = {
    "None": (ZERO, ZERO, ZERO),
    "Symbolic": (e_Y, h_Y, y),
    "Full": (e_F, h_F, Integer(1)),
    "Stop": (ZERO, ZERO, ZERO),
    "Add a round": (e_2, h_2, z),
}
"""For each of Japan's moves: its own net payoff, its harm to Russia, and how far it goes."""

RETALIATION = {
    "Absorb": (ZERO, ZERO, ZERO, ZERO),
    "Suspend talks": (n_1, rho_1, theta_1, gamma_1),
    "Claim sovereignty": (n_2, rho_2, theta_2, gamma_2),
    "Rest": (ZERO, ZERO, ZERO, ZERO),
    "Patrol": (n_3, rho_3, theta_3, gamma_3),
}
"""For each of Russia's moves: its net cost, its harm to Japan, what a full answer to it gains Japan, and what it gains
Russia as an answer to full sanctions."""

LAST = 3
"""Where the last of the four steps stands."""

FIRST_SANCTIONS, FIRST_ANSWER = ("None", "Symbolic", "Full"), ("Absorb", "Suspend talks", "Claim sovereignty")
FURTHER_ROUND, FURTHER_ANSWER = ("Stop", "Add a round"), ("Rest", "Claim sovereignty", "Patrol")


def payoffs(path: Sequence[str]) -> tuple[Expr, Expr]:
    """What the moves of ``path``, in their order, are worth to Japan and to Russia."""
    japan = russia = provoked = ZERO
    sanctioned: Expr = m
    for number, move in enumerate(path):
        weight = delta if number == LAST else Integer(1)
        if move in SANCTIONS:
            net, harm, size = SANCTIONS[move]
            japan, russia = japan + weight * (net + provoked * size), russia - weight * harm
            sanctioned += size
        else:
            cost, harm, provokes, gain = RETALIATION[move]
            japan, russia = japan - weight * harm, russia + weight * (gain * sanctioned - cost)
            provoked += provokes
    return expand(japan), expand(russia)


def ladder(turns: Sequence[Sequence[str]]) -> ExtensiveGame:
    """The tree in which the ``turns``, each a list of moves of one side, follow one another and are seen.

    What was done once is not done again.
    """

    def after(path: tuple[str, ...]) -> Node:
        if len(path) == len(turns):
            return Outcome(payoffs(path))
        moves = [move for move in turns[len(path)] if move not in path]
        return Decision("Japan" if moves[0] in SANCTIONS else "Russia", {move: after((*path, move)) for move in moves})

    return ExtensiveGame(("Japan", "Russia"), after(()))


WORDS = {
    "None": "no sanctions",
    "Symbolic": "symbolic sanctions",
    "Full": "full sanctions",
    "Stop": "Japan stops",
    "Add a round": "Japan adds a round",
    "Absorb": "Russia absorbs",
    "Suspend talks": "Russia suspends talks",
    "Claim sovereignty": "Russia claims sovereignty",
    "Rest": "Russia rests",
    "Patrol": "Russia patrols",
}


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: "Full sanctions, Russia suspends talks, Japan stops, Russia patrols"."""
    sentence = ", ".join(WORDS[move] for move in path)
    return sentence[0].upper() + sentence[1:]


ASSUMPTIONS = (
    Assumption(h_Y >= 0, "sanctions harm or do nothing"),
    Assumption(h_Y <= h_F, "full sanctions harm Russia at least as much"),
    Assumption(h_2 >= z * gamma_3, "Russia does not gain from being sanctioned further"),
    Assumption(y >= 0, "y is a share of full sanctions"),
    Assumption(y <= 1, "symbolic sanctions go no further than full ones"),
    Assumption(z >= 0, "z is a share of full sanctions"),
    Assumption(delta >= 0, "a late step counts no less than nothing"),
    Assumption(delta <= 1, "a late step counts no more than an early one"),
    Assumption(m >= 0, "aid provokes or does nothing"),
    Assumption(theta_1 >= 0, "retaliation makes an answer no less attractive"),
    Assumption(theta_1 <= theta_2, "a higher rung calls for an answer at least as much"),
    Assumption(theta_3 >= 0, "retaliation makes an answer no less attractive"),
    Assumption(rho_1 >= 0, "retaliation harms or does nothing"),
    Assumption(rho_1 <= rho_2, "a higher rung harms Japan at least as much"),
    Assumption(rho_3 >= 0, "retaliation harms or does nothing"),
    Assumption(gamma_1 >= 0, "provocation makes retaliation no less attractive"),
    Assumption(gamma_1 <= gamma_2, "provocation counts at least as much on a higher rung"),
    Assumption(gamma_3 >= 0, "provocation makes retaliation no less attractive"),
)


def used(game: ExtensiveGame) -> set[Symbol]:
    """The symbols in the payoffs of ``game``; the two orders of moves do not need the same."""
    return {symbol for payoff in game.entries for symbol in getattr(payoff, "free_symbols", ())}


UNKNOWN = (
    "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
    "The source gives a sequence of moves. A sequence alone tells neither what caused what nor what would have "
    "happened without sanctions.",
    "Russia's changed wording is the source's claim; contemporary press has Japan restoring such wording in 2022, and "
    "no report of a change by Russia in 2023 was found.",
    "The ladder ends after four moves, and both sides know all payoffs. Longer ladders, private resolve and the chance "
    "of an accident are left out.",
)

_GAME = ladder((FIRST_SANCTIONS, FIRST_ANSWER, FURTHER_ROUND, FURTHER_ANSWER))
_USED = used(_GAME)

MODEL = Model(
    name="escalation-ladder",
    title="The escalation ladder",
    question="Does each side's severity rise with the other's when Japan moves first?",
    story=(
        "Japan imposes no, symbolic or full sanctions. Russia sees this and absorbs them, suspends the treaty talks "
        "or claims sovereignty in its wording. Japan sees that and stops or adds another round; Russia rests, claims "
        "sovereignty if it has not yet, or patrols. What was done stays done; the last step counts a little less. A "
        "step that answers the other side is worth more, the further the other side has gone. Where these gains are "
        "zero, each side does what it would have done anyway, and the war in Ukraine alone may explain it."
    ),
    game=_GAME,
    parameters=tuple(parameter for parameter in PARAMETERS if parameter.symbol in _USED),
    assumptions=tuple(a for a in ASSUMPTIONS if symbols_of(a.relation) <= _USED),
    outcome_words=outcome_words,
    axes=("gamma_2", "n_2"),
    unknown=UNKNOWN,
    arguments=(
        (
            "Sanctions made Russia escalate.",
            Quoted(COMMENTARY, 2, "This move led Russia to revise the wording"),
        ),
        (
            "Japan's further sanctions provoked Russia further.",
            Quoted(COMMENTARY, 1, "Japan has further provoked Russia"),
        ),
    ),
    references=(
        O_NEILL_1986,
        POWELL_1990,
    ),
)
