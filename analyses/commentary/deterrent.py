"""A6: Russia's deterrent remains."""

from sympy import Implies

from analyses.arguments import Mode, Premise, Role
from analyses.claims import Monotone, Payoff, Reach
from analyses.commentary.quantities import about, e_F, e_Y, full, suffered, symbolic
from analyses.commentary.statements import AUTHOR, argument, statement
from games.sanctions import alliance
from games.sanctions.retaliation import RUNGS, net_benefit
from games.sources import COMMENTARY, Assumed, Quoted

model = alliance.MODEL
after_full, told_full = suffered(("Condition", "Full"))
after_symbolic, told_symbolic = suffered(("Condition", "Symbolic"))
borne = (1 - alliance.eta * alliance.a_F) * after_full - (1 - alliance.eta * alliance.a_Y) * after_symbolic
chosen = {full: Reach(("Full",), ("Condition",)), symbolic: Reach(("Symbolic",), ("Condition",))}
patrols = dict(zip(RUNGS, told_full, strict=True))["Patrol"]
patrols_best = Premise(
    "patrols are Russia's best answer to full sanctions",
    tuple(net_benefit("Full", "Patrol") > net_benefit("Full", rung) for rung in RUNGS if rung != "Patrol"),
    Quoted(COMMENTARY, 6, "accelerated the frequency of patrols around Japan"),
)
pays = Payoff("Japan", ("Condition", "Full"))

ARGUMENT = argument(
    "A6",
    "Russia's deterrent remains",
    Quoted(COMMENTARY, 6, "Russia's strategic deterrent remains"),
    "Japan imposed the sanctions anyway. Whether patrols answer the sanctions, and what the alliance takes off "
    "their harm, is not said.",
    statement(
        "A6-deters",
        "Patrols deter full sanctions",
        "If Russia answers full sanctions with patrols, Japan does not impose them.",
        about(Implies(patrols >= 1, full <= 0), told_full, chosen),
        model=model,
        role=Role.BARE,
        reading="as the text has it",
    ),
    statement(
        "A6-remains",
        "Russia answers full sanctions with patrols",
        "Where full sanctions are imposed, Russia patrols.",
        about(patrols >= 1, told_full),
        model=model,
        role=Role.BARE,
        reading="the deterrent remains",
    ),
    statement(
        "A6-imposed",
        "Japan imposes them all the same",
        "Japan imposes full sanctions on the terms of its ally.",
        about(full >= 1, chosen),
        model=model,
        role=Role.BARE,
        reading="and did not deter",
    ),
    statement(
        "A6-harm",
        "Retaliation deters where it costs more than full sanctions earn",
        "If Russia's answer, net of support, costs Japan more after full than after symbolic sanctions by more "
        "than full ones earn it, it does not impose them.",
        about(Implies(borne > e_F - e_Y, full <= 0), told_full, told_symbolic, chosen),
        model=model,
        role=Role.DEFINITION,
    ),
    statement(
        "A6-undeterred",
        "And nowhere else",
        "If Russia's answer, net of support, costs Japan less than full sanctions earn above symbolic ones, Japan "
        "does not stop at symbolic ones.",
        about(Implies(borne < e_F - e_Y, symbolic <= 0), told_full, told_symbolic, chosen),
        model=model,
        role=Role.DEFINITION,
    ),
    statement(
        "A6-insecure",
        "More harm from patrols leaves Japan worse off",
        "If Russia answers full sanctions with patrols, Japan gets no more from them, the more patrols harm it.",
        Monotone(pays, "rho_3", rising=False),
        patrols_best,
        model=model,
        role=Role.BARE,
    ),
    statement(
        "A6-backfires",
        "Support that outweighs the harm turns the deterrent round",
        "If support outweighs the harm, Japan gets no less from full sanctions when patrols harm it more.",
        Monotone(pays, "rho_3"),
        patrols_best,
        Premise(
            "support outweighs the harm (eta a_F > 1)",
            (alliance.eta * alliance.a_F > 1,),
            Assumed("the text does not say what the alliance takes off the harm"),
        ),
        model=model,
        role=Role.OPPOSITE,
    ),
    voice=AUTHOR,
    mode=Mode.ASSERTS,
)
