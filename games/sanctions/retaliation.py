"""Sanctions and retaliation, move by move.

Japan chooses no, symbolic or full sanctions. Russia concedes the islands, or answers on one of four rungs. If Russia
concedes, Japan lifts the sanctions as promised or keeps them; if Russia retaliates, Japan holds or backs down. Payoffs
compare with the status quo before sanctions, in units of what the islands are worth to Russia.

Family: sanctions as a threat with a choice of how to carry on, after Eaton & Engers (1992), Journal of Political
Economy 100, and Drezner (1998), International Studies Quarterly 42.
"""

from sympy import Expr, Integer, Max, symbols

from games import calibration
from games.forms.extensive import Decision, ExtensiveGame, Node, Outcome
from games.literature import CEBUL_2021, DREZNER_1998, EATON_1992, HOVI_2005, KYDD_2017, PAULY_2024
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

V_J, V_R, A_F, alpha, k_Y, k_F, h_Y, h_F = symbols("V_J V_R A_F alpha k_Y k_F h_Y h_F")
rho_1, rho_2, rho_3 = symbols("rho_1 rho_2 rho_3")
gamma_1, gamma_2, gamma_3 = symbols("gamma_1 gamma_2 gamma_3")
c_1, c_2, c_3 = symbols("c_1 c_2 c_3")
y, b, beta, E = symbols("y b beta E")

ORDER_ONLY = "no source gives its size; small to large against V_R = 1"

PARAMETERS = (
    Parameter(
        V_J,
        meaning="value of the islands to Japan",
        default=calibration.ISLANDS_TO_JAPAN,
        low="1/2",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "insisting that the Kuril Islands are Japanese territory"),
    ),
    Parameter(
        V_R,
        meaning="value of the islands to Russia; the unit of all payoffs",
        default=calibration.ISLANDS_TO_RUSSIA,
        low="1/2",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: V_R = 1"),
    ),
    Parameter(
        A_F,
        meaning="payoff of full sanctions to Japan from its allies",
        default=calibration.ALLIED_REWARD,
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 7, "preferred to maintain close cooperation with the United States"),
    ),
    Parameter(
        alpha,
        meaning="part of the allied payoff that symbolic sanctions earn",
        default=calibration.SYMBOLIC_REWARD,
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Quoted(COMMENTARY, 7, "symbolic sanctions on Russia while remaining on the side"),
    ),
    Parameter(
        k_Y,
        meaning="Japan's own cost of symbolic sanctions",
        default=calibration.COST_SYMBOLIC,
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed("the source never mentions an economic cost to Japan; " + ORDER_ONLY),
    ),
    Parameter(
        k_F,
        meaning="Japan's own cost of full sanctions",
        default=calibration.COST_FULL,
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed("the source never mentions an economic cost to Japan; " + ORDER_ONLY),
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
        meaning="harm to Japan when Russia patrols",
        default=calibration.HARM_OF_RUNGS[2],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 6, "accelerated the frequency of patrols around Japan"),
    ),
    Parameter(
        gamma_1,
        meaning="Russia's gain from suspending talks when fully provoked",
        default=calibration.GAIN_OF_RUNGS[0],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        gamma_2,
        meaning="Russia's gain from claiming sovereignty when fully provoked",
        default=calibration.GAIN_OF_RUNGS[1],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        gamma_3,
        meaning="Russia's gain from patrols when fully provoked",
        default=calibration.GAIN_OF_RUNGS[2],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        c_1,
        meaning="Russia's cost of suspending talks",
        default=calibration.COST_OF_RUNGS[0],
        low="0",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        c_2,
        meaning="Russia's cost of claiming sovereignty",
        default=calibration.COST_OF_RUNGS[1],
        low="0",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        c_3,
        meaning="Russia's cost of patrols",
        default=calibration.COST_OF_RUNGS[2],
        low="0",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        y,
        meaning="how far symbolic sanctions provoke Russia, full ones being 1",
        default=calibration.PROVOCATION_SYMBOLIC,
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Quoted(COMMENTARY, 7, "no need for the neighboring country to become too hostile"),
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
        beta,
        meaning="cost to Japan of keeping sanctions after a concession",
        default=calibration.BROKEN_PROMISE,
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("the source never says that relief was promised"),
    ),
    Parameter(
        E,
        meaning="side payment from Japan to Russia on a concession",
        default="0",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("the source mentions no payment; zero unless the islands are bought"),
    ),
)

SANCTIONS = {
    "None": (Integer(0), Integer(0), Integer(0)),
    "Symbolic": (alpha * A_F - k_Y, h_Y, y),
    "Full": (A_F - k_F, h_F, Integer(1)),
}
"""For each sanction: Japan's net payoff e from it, its harm h to Russia, and the provocation."""

RUNGS = {
    "Absorb": (Integer(0), Integer(0), Integer(0)),
    "Suspend talks": (rho_1, gamma_1, c_1),
    "Claim sovereignty": (rho_2, gamma_2, c_2),
    "Patrol": (rho_3, gamma_3, c_3),
}
"""For each rung of retaliation: its harm rho to Japan, and Russia's gain gamma (at full provocation) and cost c."""


def net_benefit(sanction: str, rung: str) -> Expr:
    """What retaliating on ``rung`` is worth to Russia after ``sanction``: gain times provocation, less the cost."""
    _, gain, cost = RUNGS[rung]
    return gain * SANCTIONS[sanction][2] - cost


SHORTHAND = {
    name: formula
    for sanction, end in (("Full", ""), ("Symbolic", "_Y"))
    for name, formula in (
        (f"e{end}", SANCTIONS[sanction][0]),
        (f"g{end}", Max(*(net_benefit(sanction, rung) for rung in RUNGS))),
    )
}
"""What full and symbolic sanctions are worth to Japan (e, e_Y), and Russia's best answer to them to Russia (g, g_Y)."""


def _after(sanction: str) -> Decision:
    """Russia's answer to ``sanction``, and what Japan then does."""
    e, h, _ = SANCTIONS[sanction]
    imposed = sanction != "None"
    lifted = Outcome((V_J - E, -V_R + E))
    kept = Outcome((V_J - E + e - beta, -V_R - h + E))
    answers: dict[str, Node] = {"Concede": Decision("Japan", {"Lift": lifted, "Keep": kept}) if imposed else lifted}
    for rung, (harm, _, _) in RUNGS.items():
        g = net_benefit(sanction, rung)
        holding = Outcome((e - harm, -h + g))
        backing_down = Outcome((-b - harm, g))
        answers[rung] = Decision("Japan", {"Hold": holding, "Back down": backing_down}) if imposed else holding
    return Decision("Russia", answers)


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: ``("Full", "Patrol", "Hold")`` is "Full sanctions, Russia patrols, Japan holds"."""
    words = {
        "None": "No sanctions",
        "Symbolic": "Symbolic sanctions",
        "Full": "Full sanctions",
        "Concede": "Russia concedes",
        "Absorb": "Russia absorbs",
        "Suspend talks": "Russia suspends talks",
        "Claim sovereignty": "Russia claims sovereignty",
        "Patrol": "Russia patrols",
        "Lift": "Japan lifts",
        "Keep": "Japan keeps them",
        "Hold": "Japan holds",
        "Back down": "Japan backs down",
    }
    return ", ".join(words[action] for action in path)


MODEL = Model(
    name="sanction-retaliation",
    title="Sanctions and retaliation",
    question="When do sanctions bring a concession on the islands, and when only retaliation?",
    story=(
        "Japan imposes no, symbolic or full sanctions. Russia sees this and concedes the islands, or answers on one of "
        "four rungs: absorb, suspend the treaty talks, claim sovereignty in its wording, patrol. After a concession "
        "Japan lifts the sanctions or keeps them; after retaliation it holds or backs down. Everybody knows all "
        "payoffs. That the sanctions aim at the islands at all is the source's assumption: Japan's official wording "
        "ties them to the war in Ukraine."
    ),
    game=ExtensiveGame(("Japan", "Russia"), Decision("Japan", {s: _after(s) for s in SANCTIONS})),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(V_J > 0, "the islands are worth something to Japan"),
        Assumption(V_R > 0, "the islands are worth something to Russia"),
        Assumption(A_F >= 0, "allies do not punish Japan for joining"),
        Assumption(alpha >= 0, "alpha is a share"),
        Assumption(alpha <= 1, "symbolic sanctions earn no more than full ones"),
        Assumption(k_Y >= 0, "sanctions cost something or nothing"),
        Assumption(k_Y <= k_F, "full sanctions cost Japan at least as much"),
        Assumption(h_Y >= 0, "sanctions harm or do nothing"),
        Assumption(h_Y <= h_F, "full sanctions harm Russia at least as much"),
        Assumption(rho_1 >= 0, "retaliation harms or does nothing"),
        Assumption(rho_1 <= rho_2, "a higher rung harms Japan at least as much"),
        Assumption(rho_2 <= rho_3, "a higher rung harms Japan at least as much"),
        Assumption(gamma_1 >= 0, "provocation makes retaliation no less attractive"),
        Assumption(gamma_1 <= gamma_2, "provocation counts at least as much on a higher rung"),
        Assumption(gamma_2 <= gamma_3, "provocation counts at least as much on a higher rung"),
        Assumption(c_1 >= 0, "retaliation costs something or nothing"),
        Assumption(c_1 <= c_2, "a higher rung costs at least as much"),
        Assumption(c_2 <= c_3, "a higher rung costs at least as much"),
        Assumption(y >= 0, "y is a share of full provocation"),
        Assumption(y <= 1, "symbolic sanctions provoke no more than full ones"),
        Assumption(b >= 0, "backing down does not pay in itself"),
        Assumption(beta >= 0, "breaking a promise does not pay in itself"),
        Assumption(E >= 0, "a side payment goes to Russia"),
    ),
    outcome_words=outcome_words,
    choice_words={
        "Lift": "relief is credible",
        "Keep": "relief is not credible",
        "Hold": "the threat to carry on is credible",
        "Back down": "the threat to carry on is not credible",
    },
    axes=("A_F", "h_F"),
    shorthand=SHORTHAND,
    asked=(("Russia concedes", ("Full",)),),
    unknown=(
        "No payoff is measured. The source gives orders and tendencies; the ranges are assumed, and the defaults are "
        "one point within them.",
        "That the sanctions aim at the islands is the source's own assumption; Japan's official wording ties these "
        "rounds to Ukraine.",
        "Russia's changed wording is the source's claim; contemporary press has Japan restoring such wording in 2022, "
        "and no report of a change by Russia in 2023 was found.",
        "The source dates all 63 designations to 22 December 2023; the six in third countries took effect on the 27th.",
        "The baseline is not in the source: whether a settlement was likely without sanctions decides what they cost.",
        "Both sides know all payoffs here. Private resolve, third countries, allies' reactions and repetition need "
        "models of their own.",
    ),
    arguments=(
        (
            "Sanctions can force a compromise on the islands.",
            Quoted(COMMENTARY, 4, "forcing Russia to compromise on the territorial dispute"),
        ),
        (
            "With these sanctions, little hope is left on the islands.",
            Quoted(COMMENTARY, 9, "little hope of resolving the territorial issue"),
        ),
        (
            "Symbolic sanctions would be enough.",
            Quoted(COMMENTARY, 7, "imposing symbolic sanctions on Russia"),
        ),
        (
            "Japan gives up its own interest for the United States.",
            Quoted(COMMENTARY, 7, "requires the abandonment of some of its own interests"),
        ),
        (
            "Sanctions made Russia escalate.",
            Quoted(COMMENTARY, 2, "This move led Russia to revise the wording"),
        ),
        (
            "The scale of the sanctions is unusual.",
            Quoted(COMMENTARY, 4, "the scale of this additional sanction"),
        ),
    ),
    references=(
        CEBUL_2021,
        DREZNER_1998,
        EATON_1992,
        HOVI_2005,
        KYDD_2017,
        PAULY_2024,
    ),
)
