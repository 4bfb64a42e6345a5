"""A4: relations stay frozen for long."""

import sympy
from sympy import And, Eq, Implies, Or, Symbol

from analyses.arguments import Mode, Premise, Role
from analyses.claims import Chosen, Payoff, Reach, always, never, sometimes
from analyses.commentary.quantities import about, packages
from analyses.commentary.statements import AUTHOR, argument, statement
from games.forms.alternating_offers import NEVER
from games.play.quantities import Quantity
from games.sanctions import costly_patience
from games.sources import COMMENTARY, Assumed, Quoted
from games.territory import finality, freeze_thaw, partition, ratification

every_deal = {Symbol(label): Reach((label, "Accept")) for label in partition.offers()}
no_deal = about(sympy.Add(*every_deal) <= 0, every_deal, said="no offer is accepted")
game = freeze_thaw.MODEL
two = sum(partition.package("Two islands", False))
risk = sum(finality.demanded())
japan_quits, russia_quits = sympy.symbols("japan_quits russia_quits")
quitting: dict[Symbol, Quantity] = {
    japan_quits: Chosen({"Japan in Contest": "Quit"}),
    russia_quits: Chosen({"Russia in Contest": "Quit"}),
}
never_agreed = about(
    sympy.Symbol("final") + sympy.Symbol("open") <= 0,
    {
        sympy.Symbol("final"): Reach((finality.FINAL, "Accept")),
        sympy.Symbol("open"): Reach((finality.OPEN, "Accept")),
    },
    said="no offer is accepted",
)
talks, japan_gets = sympy.symbols("talks japan_gets")
T, R, P = freeze_thaw.T, freeze_thaw.R, freeze_thaw.P
delta, epsilon, pi = freeze_thaw.delta, freeze_thaw.epsilon, freeze_thaw.pi
both_ease = (f"{freeze_thaw.CALM}: {freeze_thaw.EASE}, {freeze_thaw.EASE}",)
both_press = (f"{freeze_thaw.CALM}: {freeze_thaw.PRESS}, {freeze_thaw.PRESS}",)
gain = (R - P) * (1 - delta * pi)
temptation = (T - P) * ((1 - delta * pi) * (1 - delta * (1 - epsilon)) - delta**2 * epsilon * (1 - pi))

ARGUMENT = argument(
    "A4",
    "Relations stay frozen for long",
    Quoted(COMMENTARY, 9, "a long-term freeze in relations between the two countries"),
    "How long is long, and whether anything could be agreed if the war ended; “long” has no unit.",
    statement(
        "A4-frozen",
        "The freeze goes on",
        "Japan and Russia reach no deal on the islands.",
        no_deal,
        model=partition.MODEL,
        role=Role.BARE,
        reading="frozen by want of a deal on the islands",
    ),
    statement(
        "A4-no-gain",
        "Without a joint gain there is no deal",
        "If no package is worth as much to both sides together as the freeze, the freeze goes on.",
        no_deal,
        Premise(
            "no package is worth as much to both together as the freeze",
            tuple(mine + theirs < 0 for mine, theirs in packages()),
            Assumed("the text gives reasons for a freeze on either side, and no sum"),
        ),
        model=partition.MODEL,
        role=Role.REPAIRED,
        reading="frozen by want of a deal on the islands",
    ),
    statement(
        "A4-insists",
        "Where both insist there is no deal",
        "If settling for less than four islands costs Japan's government more than everything that a lesser deal "
        "brings, and ceding any costs Russia's more than relief is worth to it with all that Japan would pay, the "
        "freeze goes on.",
        no_deal,
        Premise(
            "Japan's government loses more by settling for less than it gains (alpha_J > omega V_J + z_J − y)",
            (
                partition.alpha_J > partition.omega * partition.V_J + partition.z_J - partition.y,
                partition.alpha_J > partition.omega * partition.V_J + partition.z_J,
            ),
            Quoted(COMMENTARY, 2, "Japan's insistence on the territorial dispute"),
        ),
        Premise(
            "Russia's loses more by ceding all four than relief, treaty and payment bring it (tau + L > h + z_R + y)",
            (
                partition.tau + partition.L > partition.h + partition.z_R + partition.y,
                partition.tau + partition.L > partition.h + partition.z_R,
            ),
            Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
        ),
        model=partition.MODEL,
        role=Role.BARE,
        reading="frozen by insistence on the islands (¶2)",
    ),
    statement(
        "A4-title",
        "A title that cannot be divided blocks the deal",
        "If Russia loses as much by ceding two islands as by ceding four, and neither a treaty alone nor four islands "
        "is worth as much to both together as the freeze, there is no deal.",
        no_deal,
        Premise(
            "the title is lost with any island (ell = 1)",
            (Eq(partition.ell, 1),),
            Quoted(COMMENTARY, 5, "according to the results of World War II"),
        ),
        Premise(
            "neither a treaty alone nor four islands is worth as much to both together as the freeze",
            tuple(
                sum(partition.package(islands, relief)) < 0
                for islands in ("Treaty only", "Four islands")
                for relief in (False, True)
            ),
            Assumed("the text gives reasons for a freeze on either side, and no sum"),
        ),
        model=partition.MODEL,
        role=Role.REPAIRED,
        reading="a title by the war's result: all or none (¶5)",
    ),
    statement(
        "A4-divided",
        "Two islands can do what all or none cannot",
        "If some offer of two islands is worth more than the freeze to each side, there is a deal, even where all or "
        "none leaves both with less.",
        about(sympy.Add(*every_deal) >= 1, every_deal, said="an offer is accepted"),
        Premise(
            "some offer of two islands is worth more than the freeze to each",
            (
                Or(
                    *(
                        And(mine > 0, theirs > 0)
                        for label, (mine, theirs) in partition.offers().items()
                        if label.startswith("Two islands")
                    )
                ),
            ),
            Assumed("the declaration of 1956 is on record, not in the text"),
        ),
        model=partition.MODEL,
        role=Role.OPPOSITE,
        reading="a title by the war's result: all or none (¶5)",
    ),
    statement(
        "A4-open",
        "Two islands are refused where the deal would not be final",
        "If two islands gain both together something, but not with the risk that Japan demands the rest, and a clause "
        "would not bind, the freeze goes on.",
        never_agreed,
        Premise(
            "two islands alone gain less than the risk costs Russia above what it is worth to Japan",
            (two + finality.q * risk < 0,),
            Assumed("the text does not say whether a deal would be final"),
        ),
        Premise(
            "breaking a clause gains Japan more than it costs (q (1 − omega) V_J > beta)",
            (finality.q * (1 - partition.omega) * partition.V_J > finality.beta,),
            Quoted(COMMENTARY, 5, "insisting that the Kuril Islands are Japanese territory"),
        ),
        Premise("the next round counts (delta > 0)", (finality.delta > 0,), Assumed("otherwise there is no risk")),
        model=finality.MODEL,
        role=Role.REPAIRED,
        reading="frozen by want of a deal on the islands",
    ),
    statement(
        "A4-yields",
        "Whoever the freeze costs more yields sooner",
        "If holding out costs Russia more a round than Japan, it yields at least as readily.",
        about(russia_quits >= japan_quits, quitting),
        Premise(
            "holding out costs Russia more than Japan (c_R > c_J)",
            (costly_patience.c_R > costly_patience.c_J,),
            Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
        ),
        model=costly_patience.MODEL,
        role=Role.BARE,
        reading="“long”: a contest of patience",
    ),
    statement(
        "A4-outlasts",
        "Where both are in two minds, the side that the freeze costs less yields sooner",
        "If holding out costs Russia more than Japan and the islands are worth no more to it, then where either side "
        "yields with some probability, Japan yields with a greater one: each makes the other indifferent.",
        about(Implies(And(japan_quits > 0, japan_quits < 1), japan_quits > russia_quits), quitting),
        Premise(
            "holding out costs Russia more than Japan (c_R > c_J)",
            (costly_patience.c_R > costly_patience.c_J,),
            Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
        ),
        Premise(
            "the islands are worth no more to Russia (V_R ≤ V_J)",
            (costly_patience.V_R <= costly_patience.V_J,),
            Assumed("the text does not compare"),
        ),
        model=costly_patience.MODEL,
        role=Role.OPPOSITE,
        reading="“long”: a contest of patience",
    ),
    statement(
        "A4-unratified",
        "Firm positions leave nothing to ratify",
        "If Russia would ratify nothing short of everything and Japan nothing without a share, they talk for ever.",
        about(Eq(talks, 1), {talks: Reach((NEVER,))}, said="they talk for ever"),
        Premise(
            "Russia would ratify nothing short of everything (r_R = 1)",
            (Eq(ratification.r_R, 1),),
            Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
        ),
        Premise(
            "Japan would ratify nothing without a share (r_J > 0)",
            (ratification.r_J > 0,),
            Quoted(COMMENTARY, 5, "insisting that the Kuril Islands are Japanese territory"),
        ),
        model=ratification.MODEL,
        role=Role.BARE,
        reading="frozen by what each side would ratify at home",
    ),
    statement(
        "A4-no-room",
        "Moderate positions may leave no room either",
        "If the least shares that would be ratified add up to more than there is, they talk for ever.",
        about(Eq(talks, 1), {talks: Reach((NEVER,))}, said="they talk for ever"),
        Premise(
            "the two floors together exceed the whole (r_J + r_R > 1)",
            (ratification.r_J + ratification.r_R > 1,),
            Assumed("the text tells two positions, and not how much of either would be given up"),
        ),
        model=ratification.MODEL,
        role=Role.REPAIRED,
        reading="frozen by what each side would ratify at home",
    ),
    statement(
        "A4-tied-hands",
        "A firm parliament helps where the other side has none",
        "If Russia would ratify anything and both are equally patient, Japan gets at least what it would get without "
        "a parliament, and agreement is reached.",
        about(
            And(Eq(talks, 0), japan_gets * (1 + partition.delta_J) >= ratification.S),
            {talks: Reach((NEVER,)), japan_gets: Payoff("Japan")},
            said="they agree, and Japan gets at least S/(1 + δ)",
        ),
        Premise(
            "Russia would ratify anything (r_R = 0)",
            (Eq(ratification.r_R, 0),),
            Assumed("the opposite of what the text says of Russia"),
        ),
        Premise(
            "both are equally patient (delta_J = delta_R)",
            (Eq(partition.delta_J, partition.delta_R),),
            Assumed("the text compares no patience"),
        ),
        model=ratification.MODEL,
        role=Role.OPPOSITE,
        reading="frozen by what each side would ratify at home",
    ),
    statement(
        "A4-lasting",
        "Relations do not thaw between wars",
        "No agreement to ease relations in times of calm is kept.",
        never(both_ease),
        model=game,
        role=Role.BARE,
        reading="frozen by mutual pressure",
    ),
    statement(
        "A4-possible",
        "A lasting freeze is always possible",
        "In some equilibrium both press for good, whatever the payoffs.",
        always(both_press),
        model=game,
        role=Role.BARE,
        reading="frozen by mutual pressure",
        every=False,
    ),
    statement(
        "A4-impatient",
        "They stay frozen where patience falls short",
        "If what pressing gains at once is worth more than the calm rounds still to come, no thaw is kept.",
        never(both_ease),
        Premise(
            "(R − P)/(T − P) < 1 − δ(1 − ε) − δ²ε(1 − π)/(1 − δπ)",
            (gain < temptation,),
            Quoted(COMMENTARY, 9, "Japan's short-term goal is to force Russia"),
        ),
        model=game,
        role=Role.REPAIRED,
        reading="frozen by mutual pressure, for the sake of the short run (¶9)",
    ),
    statement(
        "A4-patient",
        "And can thaw where it does not",
        "If it is worth no more, some equilibrium has a thaw in times of calm.",
        sometimes(both_ease),
        Premise(
            "(R − P)/(T − P) ≥ 1 − δ(1 − ε) − δ²ε(1 − π)/(1 − δπ)",
            (gain >= temptation,),
            Assumed("the text does not say how patient either side is"),
        ),
        role=Role.OPPOSITE,
        model=game,
        reading="frozen by mutual pressure",
        every=False,
    ),
    statement(
        "A4-short-wars",
        "Patience that is enough without wars is enough with short ones",
        "If wars last one round and the thaw could be kept without wars, it can be kept.",
        sometimes(both_ease),
        Premise(
            "wars last one round (π = 0)",
            (Eq(pi, 0),),
            Assumed("the text does not say how long the war may last"),
        ),
        Premise(
            "the thaw could be kept without wars",
            ((1 - delta) * (T - P) <= R - P,),
            Assumed("patience is assumed, to look at the war alone"),
        ),
        role=Role.REPAIRED,
        model=game,
        reading="frozen by mutual pressure",
        every=False,
    ),
    voice=AUTHOR,
    mode=Mode.PREDICTS,
)
