"""Sanctions as a strike: suspending what both sides live on, to get better terms for good.

Japan and Russia trade on old terms, worth w_J and w_R a round if they last for ever. New terms, worth S together, are
to be agreed by offers in turn; until they are, Japan decides after every refusal whether trade goes on for a round or
is suspended, which leaves both with nothing. Suspending trade costs Japan what it would have got. If it has no further
consequence, Japan never does it, and new terms give it hardly more than the old ones did. But if Japan is taken for
weak once it has not suspended trade as planned, a plan to do so is credible as long as waiting for the next terms is
worth more than the old ones. What it gets is then greatest if it suspends trade after its own offer is refused, and not
after it has refused Russia's: with w_R = S − w_J and one discount factor it is (S + δw_J)/(1 + δ) for the first to
propose, more than trade suspended all the time, S/(1 + δ), would give.

Source: Fernandez & Glazer (1991), American Economic Review 81, on strikes; Haller & Holden (1990), Journal of Economic
Theory 52.
"""

from sympy import Integer, symbols

from games.forms.alternating_offers import AGREEMENT, BREAKDOWN, AlternatingOffers
from games.literature import FERNANDEZ_1991, HALLER_1990, RUBINSTEIN_1982
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

S, w_J, w_R, delta_J, delta_R = symbols("S w_J w_R delta_J delta_R")

SIDES = ("Japan", "Russia")
SUSPEND, TRADE = "Suspend trade", "Trade on old terms"

ONE_INSTANCE = "one instance; the formula is what the literature gives"

PARAMETERS = (
    Parameter(
        S,
        meaning="what trade is worth to both sides together on new terms; the unit of all payoffs",
        default="1",
        low="1/2",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit"),
    ),
    Parameter(
        w_J,
        meaning="what trade on the old terms is worth to Japan",
        default="3/10",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ONE_INSTANCE),
    ),
    Parameter(
        w_R,
        meaning="what trade on the old terms is worth to Russia",
        default="3/5",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed("a little less than new terms leave it, so that both can gain; in the literature S − w_J"),
    ),
    *(
        Parameter(
            symbol,
            meaning=f"{whose} discount factor from offer to offer",
            default="9/10",
            low="0",
            high="99/100",
            unit=Unit.DISCOUNT,
            source=Assumed("the number of the textbooks; how long a round is, is open"),
        )
        for symbol, whose in ((delta_J, "Japan's"), (delta_R, "Russia's"))
    ),
)


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words."""
    if path[-1] == AGREEMENT:
        return f"New terms on {path[0].removesuffix(' proposes')}'s offer"
    return BREAKDOWN if path == (BREAKDOWN,) else "No new terms"


MODEL = Model(
    name="strike",
    title="Sanctions as a strike",
    question="Can suspending trade, which costs both sides, get its author better terms?",
    story=(
        "Japan and Russia propose in turn on which terms to trade from now on. Until they agree, they trade on the old "
        "terms, unless Japan suspends trade for a round, which it decides anew after every refusal. Suspending trade "
        "hurts Japan, too. Where it is a matter of the round alone, Japan does not do it, and Russia knows it. Where "
        "Japan would lose its name for doing it, the threat is credible, and the first offer already reckons with it."
    ),
    game=AlternatingOffers(
        SIDES,
        {"Japan": delta_J, "Russia": delta_R},
        pie=S,
        inside={
            SUSPEND: {"Japan": Integer(0), "Russia": Integer(0)},
            TRADE: {"Japan": w_J, "Russia": w_R},
        },
        presser="Japan",
    ),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(S > 0, "trade on new terms is worth something"),
        Assumption(w_J >= 0, "suspending trade does not pay Japan in itself"),
        Assumption(w_R >= 0, "trade is worth something or nothing to Russia"),
        Assumption(w_J + w_R <= S, "new terms are worth no less together than the old ones"),
        Assumption(delta_J >= 0, "a discount factor is not negative"),
        Assumption(delta_J < 1, "Japan is impatient, however little"),
        Assumption(delta_R >= 0, "a discount factor is not negative"),
        Assumption(delta_R < 1, "Russia is impatient, however little"),
    ),
    outcome_words=outcome_words,
    axes=("w_J", "w_R"),
    unknown=(
        "The numbers are one instance. Which of the equilibria is played, the model does not say: from the old terms "
        "to the greatest share that a threat holds up everything is possible.",
        "Both sides know all payoffs; in the equilibria listed trade is never suspended in fact. Suspensions that last "
        "need other equilibria, or private information.",
        "Trade resumes in full as soon as there are new terms; that Japan keeps its promise is taken for granted.",
    ),
    references=(FERNANDEZ_1991, HALLER_1990, RUBINSTEIN_1982),
)
