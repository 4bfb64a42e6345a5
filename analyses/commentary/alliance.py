"""A7: Japan gives up its own interest for the United States."""

from sympy import Implies

from analyses.arguments import Mode, Premise, Role
from analyses.claims import always, never
from analyses.commentary.premises import BIASED_BOTH, UNPAID
from analyses.commentary.quantities import CHOSEN, PAID, about, e_F, e_Y, full, japan, suffered
from analyses.commentary.statements import AUTHOR, argument, statement
from games.sanctions import alliance, retaliation
from games.sources import COMMENTARY, Assumed, Quoted

after_full, told_full = suffered(("Full",))
after_symbolic, told_symbolic = suffered(("Symbolic",))
earned = e_F - e_Y
costly = Premise(
    "full sanctions cost Japan something (k_F > 0)",
    (retaliation.k_F > 0,),
    Quoted(COMMENTARY, 7, "requires the abandonment of some of its own interests"),
)
answered = Premise(
    "suspending talks costs Russia something (c_1 > 0)",
    (retaliation.c_1 > 0,),
    Assumed("otherwise Russia is indifferent to doing it where nothing provokes it"),
)

ARGUMENT = argument(
    "A7",
    "Japan gives up its own interest for the United States",
    Quoted(COMMENTARY, 7, "inevitably requires the abandonment of some of its own interests"),
    "What sanctions cost Japan is never mentioned, and whose payoff the alliance is: if it is Japan's own, what is "
    "given up is a price paid.",
    statement(
        "A7-inevitable",
        "Japan always imposes full sanctions",
        "Whatever the payoffs, Japan imposes full sanctions.",
        always(("Full",)),
        role=Role.BARE,
        reading="“inevitably”",
    ),
    statement(
        "A7-biased",
        "A Japan biased to its alliance does",
        "If sanctions are worth more to Japan than its promise, it imposes full ones.",
        always(("Full",)),
        BIASED_BOTH,
        UNPAID,
        role=Role.REPAIRED,
        reading="“inevitably”",
    ),
    statement(
        "A7-needed",
        "It does where its allies pay enough for both costs",
        "If sanctions are worth more to Japan than its promise, and its allies pay more for full ones above symbolic "
        "ones than these cost more, by Japan's own cost and by the difference of the rungs' harm, it imposes full "
        "ones.",
        always(("Full",)),
        BIASED_BOTH,
        UNPAID,
        Premise(
            "the further reward exceeds the further cost and the harm of patrols (A_F − A_Y > k_F − k_Y + rho_3)",
            (earned > retaliation.rho_3, e_F > retaliation.rho_3),
            Assumed("“inevitably” holds from here on; the text names no threshold"),
        ),
        role=Role.REPAIRED,
        reading="“inevitably”",
    ),
    statement(
        "A7-traded",
        "It imposes full sanctions only where they earn what they cost",
        "If sanctions are worth more to Japan than its promise and it imposes full ones, they earn it at least as "
        "much above symbolic ones as Russia's answer costs it.",
        about(Implies(full > 0, earned >= after_full - after_symbolic), CHOSEN, told_full, told_symbolic),
        BIASED_BOTH,
        UNPAID,
        role=Role.DEFINITION,
        reading="a trade-off: the alliance is Japan's own payoff",
    ),
    statement(
        "A7-abandoned",
        "Full sanctions leave Japan a loss but for its allies",
        "If Japan imposes full sanctions, what it gets apart from its allies is a loss.",
        about(Implies(full > 0, japan < retaliation.A_F), CHOSEN, PAID),
        role=Role.BARE,
        reading="own interest: all but the alliance",
    ),
    statement(
        "A7-abandoned-biased",
        "The same of a Japan biased to its alliance",
        "If sanctions are worth more to Japan than its promise and it imposes full ones, what it gets apart from its "
        "allies is a loss.",
        about(Implies(full > 0, japan < retaliation.A_F), CHOSEN, PAID),
        BIASED_BOTH,
        UNPAID,
        role=Role.REPAIRED,
        reading="own interest: all but the alliance",
    ),
    statement(
        "A7-cost",
        "If they cost it something",
        "If full sanctions cost Japan something and it imposes them, what it gets apart from its allies is a loss.",
        about(Implies(full > 0, japan < retaliation.A_F), CHOSEN, PAID),
        BIASED_BOTH,
        UNPAID,
        costly,
        role=Role.DEFINITION,
        reading="own interest: all but the alliance",
    ),
    statement(
        "A7-guaranteed",
        "Support without conditions would not buy full sanctions",
        "If the United States supports Japan whatever it does, costly full sanctions are not imposed.",
        never(("Full",), after=("Guarantee",)),
        costly,
        answered,
        model=alliance.MODEL,
        role=Role.REPAIRED,
        reading="the ally requires it",
    ),
    statement(
        "A7-guaranteed-harm",
        "Where support does not outweigh the harm",
        "If support comes whatever Japan does and takes off no more than the harm, costly full sanctions are not "
        "imposed.",
        never(("Full",), after=("Guarantee",)),
        costly,
        answered,
        Premise(
            "support does not outweigh the harm (eta a_F ≤ 1)",
            (alliance.eta * alliance.a_F <= 1,),
            Assumed("the text does not say what the alliance takes off the harm"),
        ),
        model=alliance.MODEL,
        role=Role.REPAIRED,
        reading="the ally requires it",
    ),
    voice=AUTHOR,
    mode=Mode.ASSERTS,
)
