"""Reputation: one target faces several senders of sanctions in turn, and none knows whether it is strong.

With probability p the target is strong and resists all sanctions; else it is weak, and resistance costs it c each time.
Each sender sees what the target did before and sanctions or stays out; a sender gains g if the target yields and loses
r if it resists. A target that is left alone gains a > c. Known to be weak it would always yield, however many senders
there are, since it would to the last (Selten's chain store paradox). A little doubt undoes this: a weak target resists
early on, to be taken for strong, and early senders stay out. With b = g/(g + r) and n senders still to come, one stays
out if the target is believed strong with more than bⁿ, and sanctions if with less; a weak target then resists so often
that, where it does, the belief rises to bⁿ⁻¹.

Source: Kreps & Wilson (1982), Journal of Economic Theory 27; Selten (1978), Theory and Decision 9; Milgrom & Roberts
(1982), Journal of Economic Theory 27.
"""

from sympy import Expr, Integer, symbols

from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.literature import KREPS_WILSON_1982, MILGROM_1982, SELTEN_1978
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

p, g, r, c, a = symbols("p g r c a")

INSTANCE = "Kreps and Wilson's game with b = 1/2, in units of what resistance costs"

PARAMETERS = (
    Parameter(
        p,
        meaning="probability that the target is strong",
        default="1/10",
        low="0",
        high="1",
        unit=Unit.PROBABILITY,
        source=Assumed("a small doubt"),
    ),
    Parameter(
        g,
        meaning="a sender's gain from sanctions to which the target yields",
        default="1/2",
        low="1/10",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        r,
        meaning="a sender's loss from sanctions that the target resists",
        default="1/2",
        low="1/10",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        c,
        meaning="what resistance costs a weak target each time, compared with yielding",
        default="1",
        low="1/2",
        high="3/2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: c = 1"),
    ),
    Parameter(
        a,
        meaning="what a target gains by each sender that leaves it alone, compared with yielding",
        default="2",
        low="3/2",
        high="4",
        unit=Unit.PAYOFF,
        source=Assumed("Kreps and Wilson assume that it exceeds the cost of resistance"),
    ),
)

TARGET = "Target"
STRONG, WEAK = "Strong", "Weak"
SANCTION, STAY_OUT, RESIST, YIELD = "Sanction", "Stay out", "Resist", "Yield"
SENDERS = 3
"""How many senders the target of `MODEL` faces: as many as the sequential equilibria can be listed for."""


def sender(k: int) -> str:
    """The name of the sender whose turn is the ``k``-th."""
    return f"Sender {k}"


def deciding(k: int, history: tuple[str, ...]) -> str:
    """The information set of the ``k``-th sender after a history of `STAY_OUT`, `RESIST` and `YIELD`."""
    return f"{sender(k)} {_after(history)}"


def sanctioned(kind: str, history: tuple[str, ...]) -> str:
    """The information set of that kind of target, sanctioned after this history."""
    return f"{kind} target, sanctioned by {sender(len(history) + 1)} {_after(history)}"


def _after(history: tuple[str, ...]) -> str:
    return f"after {', '.join(step.lower() for step in history)}" if history else "at the start"


def in_turn(senders: int, whole: bool = False) -> ExtensiveGame:
    """The game in formulas against so many senders, reduced to what is in doubt, or as a ``whole``.

    Reduced, a strong target resists without a choice, and once the target has yielded, which a weak one alone does,
    every later sender gets its way, as backward induction says. In the whole game a strong target chooses, too:
    resistance costs it nothing, and yielding as much as a weak one loses by resisting.
    """

    def stage(kind: str, history: tuple[str, ...], target: Expr, paid: tuple[Expr, ...]) -> Node:
        left = senders - len(history)
        if YIELD in history and not whole:
            return Outcome((target, *paid, *[g] * left))
        if left == 0:
            return Outcome((target, *paid))

        def then(step: str, gain: Expr, sender_gets: Expr) -> Node:
            return stage(kind, (*history, step), target + gain, (*paid, sender_gets))

        answer = then(RESIST, -c if kind == WEAK else Integer(0), -r)
        if kind == WEAK or whole:
            yielded = then(YIELD, Integer(0) if kind == WEAK else -c, g)
            answer = Decision(TARGET, {RESIST: answer, YIELD: yielded}, sanctioned(kind, history))
        k = len(history) + 1
        alone = then(STAY_OUT, a, Integer(0))
        return Decision(sender(k), {SANCTION: answer, STAY_OUT: alone}, deciding(k, history))

    kinds = {kind: (odds, stage(kind, (), Integer(0), ())) for kind, odds in ((STRONG, p), (WEAK, 1 - p))}
    return ExtensiveGame((TARGET, *(sender(k + 1) for k in range(senders))), Chance(kinds))


def history_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """What became of each sender on a path through the tree, by `STAY_OUT`, `RESIST` and `YIELD`."""

    answered = {RESIST, YIELD}
    return tuple(
        RESIST if step == SANCTION else step
        for k, step in enumerate(path[1:], start=1)
        if step != SANCTION or answered.isdisjoint(path[k + 1 : k + 2])
    )


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: "A weak target: 1 stays out, 2 is resisted, 3 gets its way"."""
    words = {STAY_OUT: "stays out", RESIST: "is resisted", YIELD: "gets its way"}
    history = history_of(path)
    told = ", ".join(f"{k} {words[step]}" for k, step in enumerate(history, start=1))
    later = ", and so do all later ones" if len(history) < SENDERS else ""
    return f"A {path[0].lower()} target: {told}{later}"


MODEL = Model(
    name="reputation",
    title="Reputation",
    question="Can a weak target keep senders of sanctions away by resisting the first of them?",
    story=(
        "A target faces three senders in turn. It is strong with a small probability and then resists all sanctions; "
        "else it is weak, and would yield to a single sender. Each sender sees what happened before, and sanctions or "
        "stays out. While many senders are still to come a weak target resists, so as to be taken for strong, and "
        "knowing this the early ones stay out. Towards the end it resists only sometimes, and some senders try it. "
        "Once it has yielded it is known to be weak, and everybody gets its way."
    ),
    game=in_turn(SENDERS),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(p >= 0, "p is a probability"),
        Assumption(p <= 1, "p is a probability"),
        Assumption(g > 0, "sanctions pay if the target yields"),
        Assumption(r > 0, "they do not if it resists"),
        Assumption(c > 0, "a weak target would rather yield once"),
        Assumption(a > c, "to keep one sender away is worth one resistance"),
    ),
    outcome_words=outcome_words,
    choice_words={
        RESIST: "the target resists",
        YIELD: "the target yields",
    },
    unknown=(
        "The numbers are one instance; nothing is measured.",
        "Each sender cares for its own turn alone. A single sender that comes back has a reputation to gain itself.",
        "Everybody sees what happened before, and knows how many senders are still to come.",
        "A strong target has no choice here; where it has one, to resist is best for it in the same equilibrium. That "
        "all senders get their way from a target that has yielded is written into the payoffs.",
        "Subgame perfection leaves many further equilibria, in which a threat deters that would not be carried out; "
        "the sequential equilibria do not.",
    ),
    references=(KREPS_WILSON_1982, MILGROM_1982, SELTEN_1978),
)
