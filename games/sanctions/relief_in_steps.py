"""Relief in steps: islands against sanctions, a part for a part, so that neither side ever risks much.

Japan has full sanctions in place and offers to lift them in n equal parts, or makes no offer. In each step Russia cedes
1/n of the islands or stops; Japan then lifts 1/n of the sanctions or keeps what is left of them. Stopping, Russia gains
G, once, and what is left of the sanctions stays; keeping what it promised to lift costs Japan beta, and the exchange is
over. Each side is bound by what is still to come alone. The whole exchange is carried out exactly if

    n beta ≥ e,  (h − v)/n ≥ G,  and in every step k  (n − k + 1) e − (n − k) V ≤ n beta,

so that small steps make Japan's relief credible, and too small a last one is not worth its while to Russia, which then
stops before it.

Family: promises that are kept because they are cut into small ones, after Schelling (1960), The Strategy of Conflict,
and Lockwood & Thomas (2002), Review of Economic Studies 69; a way out of the assurance dilemma of coercion, Cebul,
Dafoe & Monteiro (2021), Journal of Politics 83, and Pauly (2024), International Security 49.
"""

from sympy import Integer, Rational, symbols

from games.calibration import (
    BEST_ANSWER,
    BROKEN_PROMISE,
    HARM_FULL,
    ISLANDS_TO_JAPAN,
    ISLANDS_TO_RUSSIA,
    NET_FULL,
)
from games.forms.extensive import Decision, ExtensiveGame, Node, Outcome
from games.literature import CEBUL_2021, LOCKWOOD_2002, PAULY_2024, SCHELLING_1960
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

V, v, h, e, beta, G = symbols("V v h e beta G")

ORDER_ONLY = "no source gives its size; small to large against v = 1"

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
        v,
        meaning="value of the islands to Russia; the unit of all payoffs",
        default=ISLANDS_TO_RUSSIA,
        low="1/2",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: v = 1"),
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
        e,
        meaning="Japan's net payoff of full sanctions",
        default=NET_FULL,
        low="-1",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 7, "preferred to maintain close cooperation with the United States"),
    ),
    Parameter(
        beta,
        meaning="cost to Japan of keeping sanctions that it promised to lift",
        default=BROKEN_PROMISE,
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("the source never says that relief was promised"),
    ),
    Parameter(
        G,
        meaning="Russia's gain from stopping, by its best answer",
        default=BEST_ANSWER,
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, "In this situation, Russia took countermeasures"),
    ),
)

MOST_STEPS = 6
"""The most parts that Japan may offer in `MODEL`."""

NO_OFFER = "No offer"


def offer(n: int) -> str:
    """The label of the offer to lift in ``n`` steps."""
    return f"In {n} step{'s' if n > 1 else ''}"


def exchange(n: int) -> Node:
    """What follows the offer to lift in ``n`` steps; ``n`` is at least 1."""

    def step(k: int) -> Node:
        if k > n:
            return Outcome((V, -v))
        before, after, left = Rational(k - 1, n), Rational(k, n), Rational(n - k + 1, n)
        stopped = Outcome((before * V + left * e, -before * v - left * h + G))
        kept = Outcome((after * V + left * e - beta, -after * v - left * h))
        return Decision("Russia", {"Cede": Decision("Japan", {"Lift": step(k + 1), "Keep": kept}), "Stop": stopped})

    return step(1)


def in_steps(n: int) -> ExtensiveGame:
    """The game in formulas once Japan has offered ``n`` steps."""
    return ExtensiveGame(("Japan", "Russia"), exchange(n))


def _tree() -> ExtensiveGame:
    sanctions_stay = Outcome((e + Integer(0), -h + G))
    offers: dict[str, Node] = {offer(n): exchange(n) for n in range(1, MOST_STEPS + 1)}
    return ExtensiveGame(("Japan", "Russia"), Decision("Japan", {NO_OFFER: sanctions_stay, **offers}))


def outcome_words(path: tuple[str, ...]) -> str:
    """What is exchanged, in words; an offer that Russia does not take up at all is as good as none."""
    ceded, lifted, last = path.count("Cede"), path.count("Lift"), path[-1]
    if not ceded:
        return "Nothing is ceded, full sanctions stay"
    if last == "Lift":
        return f"{path[0]}, everything is ceded and lifted"
    stopping = "Russia stops" if last == "Stop" else "Japan keeps the rest"
    return f"{path[0]}, {ceded} {'is' if ceded == 1 else 'are'} ceded and {lifted} lifted, then {stopping}"


MODEL = Model(
    name="relief-in-steps",
    title="Relief in steps",
    question="Can relief be made credible by exchanging it for the islands in small steps?",
    story=(
        "Full sanctions are in place. Japan offers to lift them in up to six equal steps, or makes no offer. In each "
        "step Russia cedes its part of the islands or stops; Japan lifts its part of the sanctions or keeps what is "
        "left. A Japan that gains more from its sanctions than a broken promise costs would keep them after a "
        "concession made at once. In small steps it has less to gain by keeping the next part than by what is still to "
        "be ceded. What Russia gains by stopping does not shrink with the steps, and so it may stop before the last."
    ),
    game=_tree(),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(V > 0, "the islands are worth something to Japan"),
        Assumption(v > 0, "the islands are worth something to Russia"),
        Assumption(h >= 0, "sanctions harm or do nothing"),
        Assumption(beta >= 0, "breaking a promise does not pay in itself"),
        Assumption(G >= 0, "stopping costs Russia nothing in itself"),
    ),
    outcome_words=outcome_words,
    choice_words={
        "Lift": "relief is credible in this step",
        "Keep": "relief is not credible in this step",
    },
    axes=("e", "beta"),
    unknown=(
        "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
        "The source mentions no offer of relief, in steps or at once.",
        "Parts are taken to be equal and their values to add up. Four islands of unequal worth, and a treaty that can "
        "be signed once only, are harder to cut.",
        "What is lifted is not imposed again, and what is ceded is not taken back.",
        "Stopping gains Russia the same in every step. If its answer is worth less to it against what is left of the "
        "sanctions, it has less reason to stop before the last step.",
        "The allies are left out: what they reward is in e, and they may object to relief before the war ends.",
    ),
    arguments=(
        (
            "Japan needs dialogue with Russia while the sanctions last.",
            Quoted(COMMENTARY, 9, "seek dialogue and solutions with Russia while continuing to implement"),
        ),
        (
            "After these sanctions, little hope is left on the islands.",
            Quoted(COMMENTARY, 9, "Japan has little hope of resolving the territorial issue"),
        ),
    ),
    references=(CEBUL_2021, LOCKWOOD_2002, PAULY_2024, SCHELLING_1960),
    tells_another_story=(
        "the source knows of no relief in return for steps; offered it, this Russia cedes all parts but the last"
    ),
)
