"""The source's arguments as claims: what each says, in formal dress, and what it leaves unsaid.

The source is one commentary. It is evidence of an argument, not of facts; where a fact on record differs from what it
says, a `Fact` keeps the two apart. Each `Argument` is put as one or more statements, each a `Claim` on a model: first
as bare as the text has it, then with the premises under which it would follow, and where the text allows two readings,
in both. Nothing here is decided; `analyses.ledger` asks `check`.

Premises have names, since the same premise (that relief is not credible, that nothing is paid for the islands) carries
several arguments. For some s of the sanctions, e is what they earn Japan from its allies less its own cost, h their
harm to Russia, and g what an answer is worth to Russia.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import sympy
from sympy import And, Eq, Implies, Ne, Not, Or, Symbol, symbols

from analyses.claims import Chosen, Claim, Holds, Monotone, Payoff, Reach, Unique, always, never, sometimes
from analyses.claims.claim import Conclusion
from games.errors import InputError, listed, quoted
from games.forms.extensive import Path
from games.model import Model
from games.play.quantities import Quantity
from games.sanctions import (
    alliance,
    encounter,
    escalation_ladder,
    retaliation,
    secondary,
    secondary_decision,
    threat,
    two_level,
    wording_first,
)
from games.sanctions.retaliation import RUNGS, SANCTIONS, net_benefit
from games.sources import COMMENTARY, Quoted
from games.territory import freeze_thaw, partition, rapprochement, standoff

CASE = (retaliation.MODEL.name, partition.MODEL.name, encounter.MODEL.name)
"""The models that make up the case, in the order in which the report tells it."""


@dataclass(frozen=True)
class Premise:
    """Relations between parameters, under a name."""

    words: str
    relations: tuple[Any, ...]


@dataclass(frozen=True)
class Statement:
    """One claim of an argument. ``given`` are its premises by name, ``reading`` tells apart what the text may mean.

    ``searched``: its hidden premises, should it be refuted, are found soon, so that reports have them, too.
    """

    title: str
    claim: Claim
    given: tuple[Premise, ...] = ()
    reading: str = ""
    searched: bool = False

    @property
    def id(self) -> str:
        return self.claim.name


@dataclass(frozen=True)
class Argument:
    """An argument of the source, the statements that it comes to, and what the source leaves out."""

    id: str
    title: str
    source: Quoted
    statements: tuple[Statement, ...]
    left_out: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(statement.claim for statement in self.statements)


@dataclass(frozen=True)
class Fact:
    """What the source says, what is on record, and the arguments for which the difference matters."""

    said: str
    source: Quoted
    record: str
    bears_on: tuple[str, ...]


@dataclass(frozen=True)
class Tension:
    """Two arguments, or two halves of one, that pull apart.

    ``shown_by`` is the claim that they exclude each other: if it is proved, they do; if it is refuted, they can both
    hold. It is empty where the tension is an omission, which no payoffs can show.
    """

    id: str
    title: str
    between: tuple[str, ...]
    explanation: str
    shown_by: str = ""


def _argument(id: str, title: str, source: Quoted, left_out: str, *statements: Statement) -> Argument:
    cited = tuple(replace(one, claim=replace(one.claim, source=one.claim.source or source)) for one in statements)
    return Argument(id, title, source, cited, left_out)


def _statement(
    id: str,
    title: str,
    argument: str,
    conclusion: Conclusion,
    *given: Premise,
    model: Model = retaliation.MODEL,
    reading: str = "",
    every: bool = True,
    concept: str = "",
    also: Sequence[Model] = (),
    searched: bool = False,
) -> Statement:
    premises = tuple(relation for premise in given for relation in premise.relations)
    claim = Claim(id, argument, model, conclusion, premises, concept, every, None, tuple(also))
    return Statement(title, claim, given, reading, searched)


def _about(formula: Any, *quantities: Mapping[Symbol, Quantity]) -> Holds:
    """That a formula holds, the symbols in it standing for these quantities."""
    known = {symbol: quantity for each in quantities for symbol, quantity in each.items()}
    return Holds(formula, {symbol: known[symbol] for symbol in sorted(formula.free_symbols & known.keys(), key=str)})


# What the equilibria of sanctions and retaliation are asked.

e_Y, e_F = SANCTIONS["Symbolic"][0], SANCTIONS["Full"][0]
WORDS = {"None": "no", "Symbolic": "symbolic", "Full": "full"}

full, symbolic = symbols("full symbolic")
CHOSEN = {full: Reach(("Full",)), symbolic: Reach(("Symbolic",))}

settled_without, settled_symbolic, settled_full = symbols("settled_without settled_symbolic settled_full")
SETTLED = {
    settled_without: Reach(("Concede",), ("None",)),
    settled_symbolic: Reach(("Concede",), ("Symbolic",)),
    settled_full: Reach(("Concede",), ("Full",)),
}

japan, japan_without, japan_symbolic, japan_full = symbols("japan japan_without japan_symbolic japan_full")
russia_without, russia_symbolic, russia_full = symbols("russia_without russia_symbolic russia_full")
PAID = {
    japan: Payoff("Japan"),
    japan_without: Payoff("Japan", ("None",)),
    japan_symbolic: Payoff("Japan", ("Symbolic",)),
    japan_full: Payoff("Japan", ("Full",)),
    russia_without: Payoff("Russia", ("None",)),
    russia_symbolic: Payoff("Russia", ("Symbolic",)),
    russia_full: Payoff("Russia", ("Full",)),
}


def _answers(actions: Iterable[str], after: Path) -> dict[Symbol, Quantity]:
    """A symbol for the probability of each of these answers after a path."""
    return {Symbol(f"{a} after {', '.join(after)}"): Reach((a,), after) for a in actions}


def _suffered(after: Path) -> tuple[Any, dict[Symbol, Quantity]]:
    """What Russia's answer costs Japan, in expectation, and the probabilities it is made of."""
    answers = _answers(RUNGS, after)
    return sum(symbol * harm for symbol, (harm, _, _) in zip(answers, RUNGS.values(), strict=True)), answers


def _severity(actions: Sequence[str], after: Path) -> tuple[Any, dict[Symbol, Quantity]]:
    """How high on the ladder Russia's answer is, in expectation, and the probabilities it is made of."""
    answers = _answers(actions, after)
    return sum(symbol * rank for rank, symbol in enumerate(answers)), answers


# Premises.


def _relief_not_credible(*sanctions: str) -> Premise:
    which = " and ".join(WORDS[s] for s in sanctions)
    return Premise(
        f"keeping {which} sanctions pays Japan more than a broken promise costs (e > beta)",
        tuple(SANCTIONS[s][0] > retaliation.beta for s in sanctions),
    )


def _relief_credible(sanction: str) -> Premise:
    return Premise("relief is credible (e < beta)", (SANCTIONS[sanction][0] < retaliation.beta,))


def _threat_credible(sanction: str) -> Premise:
    return Premise("holding is credible (−b < e)", (SANCTIONS[sanction][0] > -retaliation.b,))


def _harmed(sanction: str, paid: Any = 0) -> Premise:
    harm = SANCTIONS[sanction][1]
    return Premise(
        "the harm exceeds the islands' worth and the best answer"
        + (" (h > V_R − E + g)" if paid else " (h > V_R + g)"),
        tuple(harm > retaliation.V_R - paid + net_benefit(sanction, rung) for rung in RUNGS),
    )


UNPAID = Premise("nothing is paid for the islands (E = 0)", (Eq(retaliation.E, 0),))
BIASED = _relief_not_credible("Full")
BIASED_BOTH = _relief_not_credible("Symbolic", "Full")


def _window(sanction: str) -> tuple[Premise, ...]:
    return _threat_credible(sanction), _relief_credible(sanction), _harmed(sanction, retaliation.E)


def _outside_window(sanction: str) -> Premise:
    e, harm, _ = SANCTIONS[sanction]
    return Premise(
        "relief is not credible, or holding is not, or the harm is less than the islands and the best answer are worth",
        (
            Or(
                e > retaliation.beta,
                e < -retaliation.b,
                *(harm < retaliation.V_R + net_benefit(sanction, rung) for rung in RUNGS),
            ),
        ),
    )


def _edge(sanction: str) -> Premise:
    e, harm, _ = SANCTIONS[sanction]
    return Premise(
        "threat, relief and harm suffice, if only just (−b ≤ e ≤ beta, h ≥ V_R − E + g)",
        (
            e >= -retaliation.b,
            e <= retaliation.beta,
            *(harm >= retaliation.V_R - retaliation.E + net_benefit(sanction, rung) for rung in RUNGS),
        ),
    )


def relief_not_credible(sanction: str) -> Statement:
    """The core result: after sanctions that pay more than a broken promise costs, Russia never concedes."""
    return _statement(
        f"core-{WORDS[sanction]}",
        f"Relief that is not credible buys nothing: {WORDS[sanction]} sanctions",
        f"If {WORDS[sanction]} sanctions are worth more to Japan than breaking its promise costs, Russia does not "
        "concede after them, whatever their harm.",
        never(("Concede",), after=(sanction,)),
        _relief_not_credible(sanction),
        UNPAID,
    )


def _core() -> Argument:
    price = Premise("less is paid than the islands are worth to Russia (E < V_R)", (retaliation.E < retaliation.V_R,))
    return _argument(
        "core",
        "The result to see first",
        Quoted(COMMENTARY, 9, "to force Russia to make concessions"),
        "Facing a concession, Japan keeps sanctions that pay it more than its promise. Russia would bear the harm "
        "either way, so conceding only costs it the islands. It fails if relief can be bound (beta ≥ e), if the "
        "islands are bought, or if a deal runs on a separate track.",
        relief_not_credible("Symbolic"),
        relief_not_credible("Full"),
        _statement(
            "core-price",
            "No price below the islands' worth changes that",
            "If relief is not credible and less is paid than the islands are worth to Russia, it does not concede.",
            never(("Concede",), after=("Full",)),
            BIASED,
            price,
        ),
        _statement(
            "core-bought",
            "Unless the islands are bought",
            "If relief is not credible, Russia does not concede, even when Japan may pay for the islands.",
            never(("Concede",), after=("Full",)),
            BIASED,
            searched=True,
        ),
        _statement(
            "core-bound",
            "Unless relief is bound",
            "If nothing is paid for the islands, Russia does not concede to full sanctions.",
            never(("Concede",), after=("Full",)),
            UNPAID,
            searched=True,
        ),
    )


def _spiral() -> Argument:
    ladder, reverse = escalation_ladder.MODEL, wording_first.MODEL
    first = escalation_ladder.FIRST_ANSWER
    harsher, told_full = _severity(first, ("Full",))
    milder, told_none = _severity(first, ("None",))
    gamma_1, gamma_2, gamma_3 = escalation_ladder.gamma_1, escalation_ladder.gamma_2, escalation_ladder.gamma_3
    theta_1, theta_2 = escalation_ladder.theta_1, escalation_ladder.theta_2
    n_1, n_2, n_3, e_2 = escalation_ladder.n_1, escalation_ladder.n_2, escalation_ladder.n_3, escalation_ladder.e_2
    answered, unprovoked = symbols("answered unprovoked")
    return _argument(
        "A1",
        "Sanctions made Russia escalate",
        Quoted(COMMENTARY, 2, "This move led Russia to revise the wording"),
        "The text gives a sequence, not a cause: what Russia would have done without the sanctions, with the war going "
        "on, is not said.",
        _statement(
            "A1-spiral",
            "Full sanctions make Russia's answer harsher",
            "Russia's first answer to full sanctions is on a higher rung than it would be without sanctions.",
            _about(harsher > milder, told_full, told_none),
            model=ladder,
        ),
        _statement(
            "A1-war",
            "If Russia's moves follow the war, sanctions change nothing",
            "If provocation gains Russia nothing, its answer to full sanctions is nowhere harsher than without any.",
            _about(harsher <= milder, told_full, told_none),
            Premise("provocation gains Russia nothing (gamma = 0)", (Eq(gamma_1, 0), Eq(gamma_2, 0), Eq(gamma_3, 0))),
            Premise("what Russia does gains Japan's answer nothing (theta = 0)", (Eq(theta_1, 0), Eq(theta_2, 0))),
            Premise(
                "nobody is indifferent (n and e_2 are not 0, n_1 ≠ n_2)",
                tuple(Ne(value, 0) for value in (n_1, n_2, n_3, e_2, n_1 - n_2)),
            ),
            model=ladder,
            reading="the war, not the sanctions, explains the rungs",
        ),
        _statement(
            "A1-order",
            "The sanctions came first, so they are the cause",
            "If Russia claims sovereignty in answer to full sanctions, it would not have done so before them.",
            Holds(
                Implies(answered >= 1, unprovoked <= 0),
                {
                    answered: Reach(("Claim sovereignty",), ("Full",), ladder.name),
                    unprovoked: Reach(("Claim sovereignty",), model=reverse.name),
                },
            ),
            model=ladder,
            also=(reverse,),
            reading="the same moves in the other order",
        ),
    )


def _coercion() -> Argument:
    settled = {Symbol(f"settled_{s}"): Reach((s, "Concede")) for s in SANCTIONS}
    anyway = _about(sympy.Add(*settled) >= 1, settled)
    inside = (_threat_credible("Full"), _relief_credible("Full"), _harmed("Full"), UNPAID)
    statements = [
        _statement(
            "A2-bare",
            "Great harm alone forces a concession",
            "If full sanctions harm Russia by more than the islands and the best answer are worth to it, it concedes.",
            always(("Concede",), after=("Full",)),
            _harmed("Full"),
            UNPAID,
            reading="as the text has it",
            searched=True,
        )
    ]
    for s in ("Full", "Symbolic"):
        statements += [
            _statement(
                f"A2-window-{WORDS[s]}",
                f"Inside the window, {WORDS[s]} sanctions bring a concession",
                f"If Japan holds {WORDS[s]} sanctions when refused, lifts them when obeyed, and they harm enough, "
                "Russia concedes.",
                always(("Concede",), after=(s,)),
                *_window(s),
                reading="with the premises that the text leaves unsaid",
            ),
            _statement(
                f"A2-only-{WORDS[s]}",
                f"Outside the window, {WORDS[s]} sanctions bring none",
                f"If holding {WORDS[s]} sanctions or lifting them is not credible, or they harm too little, Russia "
                "never concedes.",
                never(("Concede",), after=(s,)),
                _outside_window(s),
                UNPAID,
                reading="with the premises that the text leaves unsaid",
            ),
        ]
    return _argument(
        "A2",
        "Sanctions can force a compromise on the islands",
        Quoted(COMMENTARY, 4, "forcing Russia to compromise on the territorial dispute"),
        "No one is given a reason to lift anything: that Japan would stop if obeyed, and that it can lift the harm "
        "that its allies do, is not said.",
        *statements,
        _statement(
            "A2-edge",
            "On the edge of the window a concession is possible",
            "If threat, relief and harm only just suffice, some equilibrium has a concession after full sanctions.",
            sometimes(("Concede",), after=("Full",)),
            _edge("Full"),
            every=False,
        ),
        _statement(
            "A2-wanted",
            "Inside the window, Japan takes the islands",
            "If full sanctions would bring a concession, the islands pass to Japan.",
            anyway,
            *inside,
        ),
        _statement(
            "A2-wanted-more",
            "If they are worth more to it than standing with its allies",
            "If full sanctions would bring a concession and the islands are worth more to Japan than symbolic "
            "sanctions, the islands pass to Japan.",
            anyway,
            *inside,
            Premise("the islands are worth more to Japan than symbolic sanctions (V_J > e)", (e_Y < retaliation.V_J,)),
        ),
    )


def _futility() -> Argument:
    return _argument(
        "A3",
        "With this decision, little hope is left on the islands",
        Quoted(COMMENTARY, 9, "Japan has little hope of resolving the territorial issue"),
        "The baseline: whether a settlement was likely without sanctions. If it was not, sanctions cost nothing on "
        "this score.",
        _statement(
            "A3-weak",
            "After full sanctions there is no concession",
            "Whatever the payoffs, Russia does not concede after full sanctions, if nothing is paid.",
            never(("Concede",), after=("Full",)),
            UNPAID,
            reading="weak: no settlement with sanctions",
            searched=True,
        ),
        _statement(
            "A3-biased",
            "After full sanctions of a Japan biased to its alliance there is none",
            "If full sanctions are worth more to Japan than its promise, they leave no hope of a concession.",
            never(("Concede",), after=("Full",)),
            BIASED,
            UNPAID,
            reading="weak: no settlement with sanctions",
        ),
        _statement(
            "A3-strong",
            "Without sanctions a settlement would be likelier",
            "Russia concedes more probably without sanctions than after full ones.",
            _about(settled_without > settled_full, SETTLED),
            BIASED,
            UNPAID,
            reading="strong: sanctions are to blame",
        ),
        _statement(
            "A3-blame",
            "It would not",
            "If relief is not credible and nothing is paid, Russia concedes no more probably without sanctions than "
            "after full ones.",
            _about(settled_without <= settled_full, SETTLED),
            BIASED,
            UNPAID,
            reading="strong: sanctions are to blame",
        ),
        _statement(
            "A3-baseline",
            "Without sanctions there is no concession either",
            "If nothing is paid for the islands, Russia does not concede without sanctions.",
            never(("Concede",), after=("None",)),
            UNPAID,
            reading="strong: sanctions are to blame",
        ),
        _statement(
            "A3-forgone",
            "Sanctions can forgo a purchase",
            "If the payment would do without sanctions, but not against the worth of patrols that sanctions provoke, "
            "Russia concedes without sanctions and not after full ones.",
            _about(settled_without > settled_full, SETTLED),
            BIASED,
            Premise(
                "the payment exceeds the islands' worth to Russia, but not with patrols (V_R < E < V_R + g)",
                (
                    retaliation.E > retaliation.V_R,
                    retaliation.V_R + net_benefit("Full", "Patrol") > retaliation.E,
                ),
            ),
            reading="strong: sanctions are to blame",
        ),
    )


def _freeze() -> Argument:
    every_deal = {Symbol(label): Reach((label, "Accept")) for label in partition.offers()}
    no_deal = _about(sympy.Add(*every_deal) <= 0, every_deal)
    game = freeze_thaw.MODEL
    T, R, P = freeze_thaw.T, freeze_thaw.R, freeze_thaw.P
    delta, epsilon, pi = freeze_thaw.delta, freeze_thaw.epsilon, freeze_thaw.pi
    both_ease = (f"{freeze_thaw.CALM}: {freeze_thaw.EASE}, {freeze_thaw.EASE}",)
    both_press = (f"{freeze_thaw.CALM}: {freeze_thaw.PRESS}, {freeze_thaw.PRESS}",)
    gain = (R - P) * (1 - delta * pi)
    temptation = (T - P) * ((1 - delta * pi) * (1 - delta * (1 - epsilon)) - delta**2 * epsilon * (1 - pi))
    return _argument(
        "A4",
        "Relations stay frozen for long",
        Quoted(COMMENTARY, 9, "a long-term freeze in relations between the two countries"),
        "How long is long, and whether anything could be agreed if the war ended; “long” has no unit.",
        _statement(
            "A4-frozen",
            "The freeze goes on",
            "Japan and Russia reach no deal on the islands.",
            no_deal,
            model=partition.MODEL,
        ),
        _statement(
            "A4-no-gain",
            "Without a joint gain there is no deal",
            "If no package is worth as much to both sides together as the freeze, the freeze goes on.",
            no_deal,
            Premise(
                "no package is worth as much to both together as the freeze",
                tuple(mine + theirs < 0 for mine, theirs in _packages()),
            ),
            model=partition.MODEL,
        ),
        _statement(
            "A4-lasting",
            "Relations do not thaw between wars",
            "No agreement to ease relations in times of calm is kept.",
            never(both_ease),
            model=game,
            reading="frozen by mutual pressure",
        ),
        _statement(
            "A4-possible",
            "A lasting freeze is always possible",
            "In some equilibrium both press for good, whatever the payoffs.",
            always(both_press),
            model=game,
            reading="frozen by mutual pressure",
            every=False,
        ),
        _statement(
            "A4-impatient",
            "They stay frozen where patience falls short",
            "If what pressing gains at once is worth more than the calm rounds still to come, no thaw is kept.",
            never(both_ease),
            Premise("(R − P)/(T − P) < 1 − δ(1 − ε) − δ²ε(1 − π)/(1 − δπ)", (gain < temptation,)),
            model=game,
            reading="frozen by mutual pressure",
        ),
        _statement(
            "A4-patient",
            "And can thaw where it does not",
            "If it is worth no more, some equilibrium has a thaw in times of calm.",
            sometimes(both_ease),
            Premise("(R − P)/(T − P) ≥ 1 − δ(1 − ε) − δ²ε(1 − π)/(1 − δπ)", (gain >= temptation,)),
            model=game,
            reading="frozen by mutual pressure",
            every=False,
        ),
        _statement(
            "A4-short-wars",
            "Patience that is enough without wars is enough with short ones",
            "If wars last one round and the thaw could be kept without wars, it can be kept.",
            sometimes(both_ease),
            Premise("wars last one round (π = 0)", (Eq(pi, 0),)),
            Premise("the thaw could be kept without wars", ((1 - delta) * (T - P) <= R - P,)),
            model=game,
            reading="frozen by mutual pressure",
            every=False,
        ),
    )


def _packages(*, relief: bool | None = None) -> list[tuple[Any, Any]]:
    """What the packages without payment are worth to Japan and to Russia: with relief, without, or all."""
    wanted = (False, True) if relief is None else (relief,)
    return [partition.package(islands, lifted) for islands in partition.ISLANDS for lifted in wanted]


def _deterrent() -> Argument:
    model = alliance.MODEL
    after_full, told_full = _suffered(("Condition", "Full"))
    after_symbolic, told_symbolic = _suffered(("Condition", "Symbolic"))
    borne = (1 - alliance.eta * alliance.a_F) * after_full - (1 - alliance.eta * alliance.a_Y) * after_symbolic
    chosen = {full: Reach(("Full",), ("Condition",)), symbolic: Reach(("Symbolic",), ("Condition",))}
    patrols = next(symbol for symbol in told_full if "Patrol" in symbol.name)
    patrols_best = Premise(
        "patrols are Russia's best answer to full sanctions",
        tuple(net_benefit("Full", "Patrol") > net_benefit("Full", rung) for rung in RUNGS if rung != "Patrol"),
    )
    pays = Payoff("Japan", ("Condition", "Full"))
    return _argument(
        "A6",
        "Russia's deterrent remains",
        Quoted(COMMENTARY, 6, "Russia's strategic deterrent remains"),
        "Japan imposed the sanctions anyway. Whether patrols answer the sanctions, and what the alliance takes off "
        "their harm, is not said.",
        _statement(
            "A6-deters",
            "Patrols deter full sanctions",
            "If Russia answers full sanctions with patrols, Japan does not impose them.",
            _about(Implies(patrols >= 1, full <= 0), told_full, chosen),
            model=model,
            reading="as the text has it",
        ),
        _statement(
            "A6-harm",
            "Retaliation deters where it costs more than full sanctions earn",
            "If Russia's answer, net of support, costs Japan more after full than after symbolic sanctions by more "
            "than full ones earn it, it does not impose them.",
            _about(Implies(borne > e_F - e_Y, full <= 0), told_full, told_symbolic, chosen),
            model=model,
        ),
        _statement(
            "A6-undeterred",
            "And nowhere else",
            "If Russia's answer, net of support, costs Japan less than full sanctions earn above symbolic ones, Japan "
            "does not stop at symbolic ones.",
            _about(Implies(borne < e_F - e_Y, symbolic <= 0), told_full, told_symbolic, chosen),
            model=model,
        ),
        _statement(
            "A6-insecure",
            "More harm from patrols leaves Japan worse off",
            "If Russia answers full sanctions with patrols, Japan gets no more from them, the more patrols harm it.",
            Monotone(pays, "rho_3", rising=False),
            patrols_best,
            model=model,
        ),
        _statement(
            "A6-backfires",
            "Support that outweighs the harm turns the deterrent round",
            "If support outweighs the harm, Japan gets no less from full sanctions when patrols harm it more.",
            Monotone(pays, "rho_3"),
            patrols_best,
            Premise("support outweighs the harm (eta a_F > 1)", (alliance.eta * alliance.a_F > 1,)),
            model=model,
        ),
    )


def _alliance() -> Argument:
    after_full, told_full = _suffered(("Full",))
    after_symbolic, told_symbolic = _suffered(("Symbolic",))
    earned = e_F - e_Y
    costly = Premise("full sanctions cost Japan something (k_F > 0)", (retaliation.k_F > 0,))
    return _argument(
        "A7",
        "Japan gives up its own interest for the United States",
        Quoted(COMMENTARY, 7, "inevitably requires the abandonment of some of its own interests"),
        "What sanctions cost Japan is never mentioned, and whose payoff the alliance is: if it is Japan's own, what is "
        "given up is a price paid.",
        _statement(
            "A7-inevitable",
            "A Japan biased to its alliance always imposes full sanctions",
            "If sanctions are worth more to Japan than its promise, it imposes full ones.",
            always(("Full",)),
            BIASED_BOTH,
            UNPAID,
            reading="“inevitably”",
        ),
        _statement(
            "A7-traded",
            "It imposes full sanctions only where they earn what they cost",
            "If sanctions are worth more to Japan than its promise and it imposes full ones, they earn it at least as "
            "much above symbolic ones as Russia's answer costs it.",
            _about(Implies(full > 0, earned >= after_full - after_symbolic), CHOSEN, told_full, told_symbolic),
            BIASED_BOTH,
            UNPAID,
            reading="a trade-off: the alliance is Japan's own payoff",
        ),
        _statement(
            "A7-abandoned",
            "Full sanctions leave Japan a loss but for its allies",
            "If Japan imposes full sanctions, what it gets apart from its allies is a loss.",
            _about(Implies(full > 0, japan < retaliation.A_F), CHOSEN, PAID),
            BIASED_BOTH,
            UNPAID,
            reading="own interest: all but the alliance",
        ),
        _statement(
            "A7-cost",
            "If they cost it something",
            "If full sanctions cost Japan something and it imposes them, what it gets apart from its allies is a loss.",
            _about(Implies(full > 0, japan < retaliation.A_F), CHOSEN, PAID),
            BIASED_BOTH,
            UNPAID,
            costly,
            reading="own interest: all but the alliance",
        ),
        _statement(
            "A7-guaranteed",
            "Support without conditions would not buy full sanctions",
            "If the United States supports Japan whatever it does, costly full sanctions are not imposed.",
            never(("Full",), after=("Guarantee",)),
            costly,
            Premise("suspending talks costs Russia something (c_1 > 0)", (retaliation.c_1 > 0,)),
            model=alliance.MODEL,
            reading="the ally requires it",
        ),
        _statement(
            "A7-guaranteed-harm",
            "Where support does not outweigh the harm",
            "If support comes whatever Japan does and takes off no more than the harm, costly full sanctions are not "
            "imposed.",
            never(("Full",), after=("Guarantee",)),
            costly,
            Premise("suspending talks costs Russia something (c_1 > 0)", (retaliation.c_1 > 0,)),
            Premise("support does not outweigh the harm (eta a_F ≤ 1)", (alliance.eta * alliance.a_F <= 1,)),
            model=alliance.MODEL,
            reading="the ally requires it",
        ),
    )


def _symbolic() -> Argument:
    after_full, told_full = _suffered(("Full",))
    after_symbolic, told_symbolic = _suffered(("Symbolic",))
    higher, rungs_full = _severity(tuple(RUNGS), ("Full",))
    lower, rungs_symbolic = _severity(tuple(RUNGS), ("Symbolic",))
    more_costly = after_full - after_symbolic
    ranked = _about(lower <= higher, rungs_full, rungs_symbolic)
    gamma_1, gamma_2, gamma_3 = retaliation.gamma_1, retaliation.gamma_2, retaliation.gamma_3
    return _argument(
        "A8",
        "Symbolic sanctions would be enough",
        Quoted(COMMENTARY, 7, "imposing symbolic sanctions on Russia while remaining"),
        "How much of the allied payoff symbolic sanctions earn, and whether Russia tells symbolic sanctions from full "
        "ones.",
        _statement(
            "A8-bare",
            "Symbolic sanctions do at least as well for Japan",
            "After symbolic sanctions Japan gets at least what it gets after full ones.",
            _about(japan_symbolic >= japan_full, PAID),
            BIASED_BOTH,
            UNPAID,
            reading="enough for Japan",
        ),
        _statement(
            "A8-enough",
            "Symbolic sanctions are enough where the allied gain is small",
            "If full sanctions earn Japan less above symbolic ones than Russia's harsher answer costs it, it does not "
            "impose them.",
            _about(Implies(e_F - e_Y < more_costly, full <= 0), CHOSEN, told_full, told_symbolic),
            BIASED_BOTH,
            UNPAID,
            reading="enough for Japan",
        ),
        _statement(
            "A8-not-enough",
            "And not where it is great",
            "If full sanctions earn Japan more above symbolic ones than Russia's harsher answer costs it, it does not "
            "stop at symbolic ones.",
            _about(Implies(e_F - e_Y > more_costly, symbolic <= 0), CHOSEN, told_full, told_symbolic),
            BIASED_BOTH,
            UNPAID,
            reading="enough for Japan",
        ),
        _statement(
            "A8-unanswered",
            "Symbolic sanctions go unanswered",
            "Russia absorbs symbolic sanctions.",
            always(("Absorb",), after=("Symbolic",)),
            BIASED_BOTH,
            UNPAID,
            reading="enough to spare Japan hostility",
        ),
        _statement(
            "A8-spared",
            "If they provoke too little to repay any answer",
            "If no rung repays its cost after symbolic sanctions, Russia absorbs them.",
            always(("Absorb",), after=("Symbolic",)),
            BIASED_BOTH,
            UNPAID,
            Premise(
                "no answer to symbolic sanctions repays its cost (y gamma < c)",
                tuple(net_benefit("Symbolic", rung) < 0 for rung in RUNGS if rung != "Absorb"),
            ),
            reading="enough to spare Japan hostility",
        ),
        _statement(
            "A8-milder",
            "Russia's answer to symbolic sanctions is no harsher",
            "Russia's answer to symbolic sanctions is on no higher rung than its answer to full ones.",
            ranked,
            BIASED_BOTH,
            UNPAID,
            reading="enough to spare Japan hostility",
        ),
        _statement(
            "A8-milder-strict",
            "If each rung answers provocation more",
            "If symbolic sanctions provoke less and each rung answers provocation more than the one below, Russia's "
            "answer to symbolic sanctions is on no higher rung.",
            ranked,
            BIASED_BOTH,
            UNPAID,
            Premise("symbolic sanctions provoke less (y < 1)", (retaliation.y < 1,)),
            Premise("provocation counts more on each higher rung", (gamma_1 > 0, gamma_1 < gamma_2, gamma_2 < gamma_3)),
            reading="enough to spare Japan hostility",
        ),
    )


def _mutual_loss() -> Argument:
    better_for_both = Or(
        *(
            And(
                e_Y - harm >= japan_full,
                net_benefit("Symbolic", rung) - retaliation.h_Y >= russia_full,
                Or(
                    e_Y - harm > japan_full,
                    net_benefit("Symbolic", rung) - retaliation.h_Y > russia_full,
                ),
            )
            for rung, (harm, _, _) in RUNGS.items()
        )
    )
    return _argument(
        "A9",
        "Hostility benefits neither side",
        Quoted(COMMENTARY, 1, "it will not benefit either side"),
        "Against what: neither gains against no sanctions, or both could do better under symbolic ones.",
        _statement(
            "A9-neither",
            "Neither side gains from full sanctions",
            "After full sanctions neither side gets more than it would without any.",
            _about(And(japan_full <= japan_without, russia_full <= russia_without), PAID),
            BIASED_BOTH,
            UNPAID,
            reading="against no sanctions",
        ),
        _statement(
            "A9-dominated",
            "Both could do better under symbolic sanctions",
            "If Japan imposes full sanctions, some answer to symbolic ones would have left neither side worse off, and "
            "one better off.",
            _about(Implies(full > 0, better_for_both), CHOSEN, PAID),
            BIASED_BOTH,
            UNPAID,
            reading="against symbolic sanctions",
        ),
        _statement(
            "A9-small-gain",
            "If full sanctions earn little and harm much",
            "If Russia answers full sanctions, they earn Japan less than the mildest answer costs and harm Russia more "
            "than its answers are worth, both could do better under symbolic ones.",
            _about(better_for_both, PAID),
            BIASED_BOTH,
            UNPAID,
            Premise("suspending talks repays its cost after full sanctions", (retaliation.gamma_1 > retaliation.c_1,)),
            Premise(
                "full sanctions earn less above symbolic ones than suspended talks cost",
                (e_F - e_Y < retaliation.rho_1,),
            ),
            Premise(
                "full sanctions harm Russia more than symbolic ones, whatever its answer",
                tuple(retaliation.h_F - net_benefit("Full", rung) > retaliation.h_Y for rung in RUNGS),
            ),
            reading="against symbolic sanctions",
        ),
        _statement(
            "A9-gain",
            "Not where full sanctions earn more than patrols cost",
            "If full sanctions with patrols are worth more to Japan than symbolic ones, nothing under symbolic ones is "
            "better for both.",
            _about(Not(better_for_both), PAID),
            BIASED_BOTH,
            UNPAID,
            Premise("full sanctions earn more above symbolic ones than patrols cost", (e_F - retaliation.rho_3 > e_Y,)),
            reading="against symbolic sanctions",
        ),
    )


def _korea() -> Argument:
    model = rapprochement.MODEL
    b_J, b_K, d_J, d_K = rapprochement.b_J, rapprochement.b_K, rapprochement.d_J, rapprochement.d_K
    both = {"Japan": "Move", "South Korea": "Move"}
    japan_moves, korea_moves = symbols("japan_moves korea_moves")
    moves = {japan_moves: Chosen({"Japan": "Move"}), korea_moves: Chosen({"South Korea": "Move"})}
    trusting = _about(
        Implies(And(japan_moves > 0, japan_moves < 1, korea_moves > 0, korea_moves < 1), japan_moves + korea_moves < 1),
        moves,
    )
    return _argument(
        "A12",
        "Two bad neighbours force a rapprochement with South Korea",
        Quoted(COMMENTARY, 8, "accelerated the pace of improving relations with South Korea"),
        "Sanctions on Russia explain one bad neighbour, not the second; and why South Korea would move is not said.",
        _statement(
            "A12-forced",
            "Japan and South Korea must draw closer",
            "Both move towards each other.",
            always(both),
            model=model,
        ),
        _statement(
            "A12-possible",
            "They can, if moving pays each when the other moves",
            "If the benefit covers the cost at home on both sides, some equilibrium has both move.",
            sometimes(both),
            Premise("moving costs neither more than it brings (d ≤ b)", (d_J <= b_J, d_K <= b_K)),
            model=model,
            every=False,
        ),
        _statement(
            "A12-one-sided",
            "Japan's need cannot do South Korea's part",
            "If moving costs South Korea more than it brings, the two do not draw closer, however much Japan gains.",
            never(both),
            Premise("moving costs South Korea more than it brings (d_K > b_K)", (d_K > b_K,)),
            model=model,
        ),
        _statement(
            "A12-easy",
            "A rapprochement that pays both is not hard",
            "If the benefit exceeds the cost on both sides, each dares to move on less than even odds, taken together.",
            trusting,
            Premise("moving costs each less than it brings (d < b)", (d_J < b_J, d_K < b_K)),
            model=model,
            reading="“difficult”: the risk of moving alone",
        ),
        _statement(
            "A12-risk",
            "It is not hard where the risks add up to less than one",
            "If d_J/b_J + d_K/b_K < 1, the odds on which each dares to move add up to less than one, so that moving "
            "risk-dominates staying.",
            trusting,
            Premise("d_J/b_J + d_K/b_K < 1", (d_J * b_K + d_K * b_J < b_J * b_K,)),
            model=model,
            reading="“difficult”: the risk of moving alone",
        ),
    )


def _boomerang() -> Argument:
    after_full, told_full = _suffered(("Full",))
    after_none, told_none = _suffered(("None",))
    unharmed = tuple(retaliation.h_F > net_benefit("Full", rung) for rung in RUNGS)
    return _argument(
        "A13",
        "The sanctions bring more pressure and problems",
        Quoted(COMMENTARY, 9, "This may cause more pressure and problems for Russia"),
        "For whom: the sentence continues with Russia's deterrent, and its subject is garbled. Both readings are put.",
        _statement(
            "A13-russia",
            "Full sanctions never serve Russia",
            "Russia gets no more after full sanctions than without any.",
            _about(russia_full <= russia_without, PAID),
            BIASED,
            UNPAID,
            reading="pressure on Russia",
        ),
        _statement(
            "A13-russia-harm",
            "If they harm it more than its best answer is worth",
            "If full sanctions harm Russia more than any answer gains it, it gets less than without any.",
            _about(russia_full < russia_without, PAID),
            BIASED,
            Premise("the harm exceeds the best answer (h_F > g)", unharmed),
            reading="pressure on Russia",
        ),
        _statement(
            "A13-japan",
            "Full sanctions leave Japan under more pressure",
            "Russia's answer harms Japan more after full sanctions than without any.",
            _about(after_full > after_none, told_full, told_none),
            BIASED,
            UNPAID,
            reading="pressure on Japan",
        ),
        _statement(
            "A13-japan-provoked",
            "If provocation makes some rung worth its cost",
            "If suspending talks repays its cost after full sanctions, and only then, Japan is under more pressure.",
            _about(after_full > after_none, told_full, told_none),
            BIASED,
            UNPAID,
            Premise(
                "suspending talks repays its cost after full sanctions only (0 < c_1 < gamma_1)",
                (retaliation.c_1 > 0, retaliation.gamma_1 > retaliation.c_1),
            ),
            Premise("suspended talks harm Japan (rho_1 > 0)", (retaliation.rho_1 > 0,)),
            reading="pressure on Japan",
        ),
        _statement(
            "A13-japan-net",
            "Full sanctions never serve Japan",
            "Japan gets no more after full sanctions than without any.",
            _about(japan_full <= japan_without, PAID),
            BIASED,
            UNPAID,
            reading="problems for Japan, all told",
        ),
    )


def _prescription() -> Argument:
    every_deal = {Symbol(label): Reach((label, "Accept")) for label in partition.offers()}
    kept = [symbol for symbol in every_deal if "relief" not in symbol.name]
    deal = _about(sympy.Add(*every_deal) >= 1, every_deal)
    return _argument(
        "A14",
        "Seek dialogue while the sanctions continue",
        Quoted(COMMENTARY, 9, "seek dialogue and solutions with Russia"),
        "What is offered in the dialogue, and why the same Russia that never concedes should accept it.",
        _statement(
            "A14-excluded",
            "There is no deal without relief",
            "While sanctions are kept, no deal is reached.",
            _about(sympy.Add(*kept) <= 0, every_deal),
            model=partition.MODEL,
            reading="denied: sanctions exclude a deal",
        ),
        _statement(
            "A14-surplus",
            "A joint gain is enough for a deal",
            "If some package without relief is worth more to both sides together than the freeze, there is a deal.",
            deal,
            Premise(
                "some package without relief has a joint gain",
                (Or(*(mine + theirs > 0 for mine, theirs in _packages(relief=False))),),
            ),
            model=partition.MODEL,
        ),
        _statement(
            "A14-both-gain",
            "A gain for each is enough, sanctions kept",
            "If some offer without relief is worth more to each side than the freeze, there is a deal.",
            deal,
            Premise(
                "some offer without relief is worth more than the freeze to each side",
                (
                    Or(
                        *(
                            And(mine > 0, theirs > 0)
                            for label, (mine, theirs) in partition.offers().items()
                            if "relief" not in label
                        )
                    ),
                ),
            ),
            model=partition.MODEL,
        ),
    )


def _scale() -> Argument:
    concession = Reach(("Concede",), ("Full",))
    apart = Premise(
        "Japan is indifferent neither to holding nor to lifting (e ≠ −b, e ≠ beta)",
        (Ne(e_F, -retaliation.b), Ne(e_F, retaliation.beta)),
    )
    return _argument(
        "A16",
        "The scale of the sanctions is unusual",
        Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
        "Why size should matter: where relief is not credible, no harm is large enough.",
        _statement(
            "A16-enough",
            "The largest sanctions bring a concession",
            "At the greatest harm in the range, Russia concedes after full sanctions.",
            always(("Concede",), after=("Full",)),
            Premise("the harm is the greatest in the range (h_F = 3)", (Eq(retaliation.h_F, 3),)),
            UNPAID,
        ),
        _statement(
            "A16-more",
            "More harm never makes a concession less likely",
            "If the harm of full sanctions grows and nothing else, the probability of a concession does not fall.",
            Monotone(concession, "h_F"),
            apart,
            UNPAID,
        ),
        _statement(
            "A16-idle",
            "Where relief is not credible, more harm makes none more likely",
            "If relief is not credible, the probability of a concession does not rise with the harm.",
            Monotone(concession, "h_F", rising=False),
            BIASED,
            UNPAID,
        ),
    )


def _resolve() -> Argument:
    model = threat.MODEL
    V, h, e, b, rho, g, tau, mu = threat.V, threat.h, threat.e, threat.b, threat.rho, threat.g, threat.tau, threat.mu
    soft, hard = symbols("soft hard")
    conceding = {soft: Reach(("Full", "Soft", "Concede")), hard: Reach(("Full", "Hard", "Concede"))}
    none = _about(soft + hard <= 0, conceding)
    told_apart = (
        Premise("holding costs Japan less than backing down (e > −b)", (e > -b,)),
        Premise(
            "the sanctions harm a soft Russia enough and a hard one too little",
            (threat.v_L + tau < h, h < threat.v_H),
        ),
        Premise("conceding late costs Russia more than retaliating gains (g < tau)", (g < tau,)),
        Premise("nobody is certain which Russia it is (0 < mu < 1)", (mu > 0, mu < 1)),
    )
    return _argument(
        "A5",
        "Russia has always been firm",
        Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
        "If it was always firm there is nothing to learn: changed wording and patrols then carry no information, and "
        "that they answer Japan (A1) loses its mechanism.",
        _statement(
            "A5-firm",
            "Threatening a Russia of unknown resolve brings nothing",
            "Russia concedes at no resolve that it may have.",
            none,
            model=model,
            concept="perfect-bayesian",
            reading="firm as far as anybody knows",
        ),
        _statement(
            "A5-literal",
            "Even a Russia that is certainly firm is forced",
            "If Russia is certainly hard, sanctions bring a concession all the same.",
            _about(soft + hard > 0, conceding),
            Premise("Russia is certainly hard (mu = 0)", (Eq(mu, 0),)),
            model=model,
            concept="perfect-bayesian",
            reading="firm, literally",
        ),
        _statement(
            "A5-odds",
            "The threat is made where a soft Russia is probable enough, and only there",
            "Japan imposes full sanctions if a soft Russia is more probable than (rho − e)/(V + rho − e), and none if "
            "it is less.",
            _about(
                And(
                    Implies(mu * (V + rho - e) > rho - e, full >= 1),
                    Implies(mu * (V + rho - e) < rho - e, full <= 0),
                ),
                CHOSEN,
            ),
            *told_apart,
            model=model,
            concept="perfect-bayesian",
            reading="firm as far as anybody knows",
        ),
    )


def _agenda() -> Argument:
    model = two_level.MODEL
    m, x_0, p = two_level.m, two_level.x_0, two_level.p
    off = ("Keep it off the agenda",)
    milder = Premise("the floor's median wants less than the status quo (m < x_0)", (m < x_0,))
    further = Premise("the floor's median wants more than the status quo (m > x_0)", (m > x_0,))
    amends = Premise("the floor may amend, perhaps (p > 0)", (p > 0,))
    return _argument(
        "A10",
        "The government kept the demand off the agenda",
        Quoted(COMMENTARY, 1, "did not put it on the agenda for discussion"),
        "Where the median of the floor stands: an opposition that demands something is no majority for it.",
        _statement(
            "A10-bare",
            "The government keeps the matter off the agenda",
            "The government keeps the matter off the agenda, whatever the floor wants.",
            always(off),
            model=model,
        ),
        _statement(
            "A10-shut",
            "It does where the floor would have milder sanctions",
            "If the floor's median wants less than the status quo and may amend, the matter is kept off the agenda.",
            always(off),
            milder,
            amends,
            model=model,
        ),
        _statement(
            "A10-open",
            "And does not where the floor would go further",
            "If the floor's median wants more than the status quo and may amend, the matter is put on the agenda.",
            never(off),
            further,
            amends,
            model=model,
        ),
        _statement(
            "A10-closed",
            "Whoever writes the bill",
            "If the floor's median wants more than the status quo, the matter is put on the agenda under any rule.",
            never(off),
            further,
            model=model,
        ),
    )


def _third_parties() -> Argument:
    model = secondary_decision.MODEL
    extended = ("Third countries too",)
    offended = len(secondary_decision.NAMED) * secondary_decision.omega
    dA, V_J = secondary_decision.dA, secondary_decision.V_J
    threshold = secondary_decision.V_R + secondary_decision.G
    groups = [secondary.GROUPS[name] for name in secondary_decision.NAMED]
    at_most, at_least = (
        secondary.effective_harm(()),
        secondary.effective_harm(secondary_decision.NAMED),
    )
    dear = Premise("offence costs more than allies pay (dA < 2 omega)", (dA < offended,))
    comply = Premise(
        "penalties exceed the cost of complying (x m > t)", tuple(secondary.x * m > t for m, t, _ in groups)
    )
    return _argument(
        "A11",
        "Secondary sanctions offend more countries",
        Quoted(COMMENTARY, 4, "may cause Japan to offend more countries"),
        "The leakage that they stop: the text counts the cost and never the benefit.",
        _statement(
            "A11-cost",
            "Offending third countries is not worth it",
            "If the offence costs Japan more than its allies pay, it does not extend the sanctions.",
            never(extended),
            dear,
            model=model,
            reading="the cost alone",
        ),
        _statement(
            "A11-idle",
            "Not where no compliance would make Russia concede",
            "If even full compliance harms Russia less than conceding would, and the offence costs more than allies "
            "pay, the sanctions are not extended.",
            never(extended),
            dear,
            Premise("the harm is too small even if all comply (h_F < V_R + G)", (at_most < threshold,)),
            model=model,
            reading="cost against leakage",
        ),
        _statement(
            "A11-leakage",
            "It is where compliance makes the difference",
            "If third countries comply when penalised, Russia concedes then and not before, and the islands with the "
            "allies' pay are worth the offence, the sanctions are extended.",
            always(extended),
            comply,
            Premise(
                "compliance makes the difference (h_F (1 − lambda) < V_R + G < h_F)",
                (at_least < threshold, threshold < at_most),
            ),
            Premise("the islands and the allies are worth the offence (V_J + dA > 2 omega)", (V_J + dA > offended,)),
            model=model,
            reading="cost against leakage",
        ),
        _statement(
            "A11-comply",
            "Penalties make third countries comply",
            "All groups of third countries comply.",
            always(dict.fromkeys(secondary.GROUPS, secondary.COMPLY)),
            model=secondary.MODEL,
        ),
        _statement(
            "A11-comply-each",
            "They do where each would even alone",
            "If the penalty exceeds the cost of complying for every group, all comply.",
            always(dict.fromkeys(secondary.GROUPS, secondary.COMPLY)),
            Premise(
                "penalties exceed the cost of complying, for each group (x m > t)",
                tuple(secondary.x * m > t for m, t, _ in secondary.GROUPS.values()),
            ),
            model=secondary.MODEL,
        ),
        _statement(
            "A11-one-outcome",
            "Payoffs tell who complies",
            "There is at most one equilibrium in pure strategies.",
            Unique(),
            model=secondary.MODEL,
            concept="pure-nash",
        ),
    )


def _reversibility() -> Argument:
    model = standoff.MODEL
    talks_off = (standoff.state(standoff.SUSPENDED, False),)
    worded = (standoff.state(standoff.WORDING, False),)
    costly = Premise("suspending talks costs Russia something (c_1 > 0)", (standoff.c_1 > 0,))
    wording_costly = Premise("the changed wording costs Russia something (c_2 > 0)", (standoff.c_2 > 0,))
    return _argument(
        "A15",
        "Suspending the talks left room to resume them",
        Quoted(COMMENTARY, 1, "leaving room for the resumption of negotiations"),
        "Whether the changed wording leaves such room, too. No one is given a reason to lift the sanctions first.",
        _statement(
            "A15-room",
            "Without sanctions, suspended talks are resumed",
            "If suspending talks costs Russia something, they do not stay suspended once sanctions end.",
            never(talks_off),
            costly,
            model=model,
            concept="nash-stable",
            reading="each side looks one move ahead",
        ),
        _statement(
            "A15-room-foresight",
            "Also if Russia fears the answer",
            "If suspending talks costs Russia something, they do not stay suspended once sanctions end.",
            never(talks_off),
            costly,
            model=model,
            concept="sequentially-stable",
            reading="each side looks at the other's credible answer",
        ),
        _statement(
            "A15-wording",
            "The changed wording is taken back likewise",
            "If the changed wording costs Russia something, it does not last once sanctions end.",
            never(worded),
            wording_costly,
            model=model,
            concept="nash-stable",
            reading="each side looks one move ahead",
        ),
        _statement(
            "A15-wording-cheap",
            "It is where taking it back costs less than keeping it",
            "If taking the wording back costs Russia less than the wording itself, it does not last.",
            never(worded),
            Premise("taking it back costs less than keeping it (kappa < c_2)", (standoff.kappa < standoff.c_2,)),
            model=model,
            concept="nash-stable",
            reading="each side looks one move ahead",
        ),
        _statement(
            "A15-locked",
            "And lasts where it costs more",
            "If taking the wording back costs Russia more than keeping it, and sanctions cost Japan more than they "
            "earn, the changed wording can outlast the sanctions.",
            sometimes(worded),
            Premise("taking it back costs more than keeping it (kappa > c_2)", (standoff.kappa > standoff.c_2,)),
            Premise("sanctions cost Japan more than they earn (e < 0)", (standoff.e < 0,)),
            model=model,
            concept="nash-stable",
            reading="each side looks one move ahead",
            every=False,
        ),
    )


@cache
def arguments() -> tuple[Argument, ...]:
    """Every argument of the source that is put as claims, the core result first."""
    return (
        _core(),
        _spiral(),
        _coercion(),
        _futility(),
        _freeze(),
        _resolve(),
        _deterrent(),
        _alliance(),
        _symbolic(),
        _mutual_loss(),
        _agenda(),
        _third_parties(),
        _korea(),
        _boomerang(),
        _prescription(),
        _reversibility(),
        _scale(),
    )


def named(*names: str) -> tuple[Argument, ...]:
    """The arguments with these names, or of those arguments the statements with these names.

    Raises `InputError` for a name that neither an argument nor a claim has.
    """
    wanted = {name.lower() for name in names}
    known = {argument.id.lower() for argument in arguments()}
    known |= {statement.id.lower() for argument in arguments() for statement in argument.statements}
    for name in names:
        if name.lower() not in known:
            raise InputError(
                f"there is no claim {quoted(name)}; the arguments are {listed(a.id for a in arguments())}, and "
                "parley check --all names every claim"
            )
    found = []
    for argument in arguments():
        chosen = tuple(one for one in argument.statements if argument.id.lower() in wanted or one.id.lower() in wanted)
        if chosen:
            found.append(replace(argument, statements=chosen))
    return tuple(found)


def about(*models: Model) -> tuple[Argument, ...]:
    """The arguments with the statements that are about some of the models."""
    names = {model.name for model in models}
    found = []
    for argument in arguments():
        chosen = tuple(one for one in argument.statements if names & {m.name for m in one.claim.models})
        if chosen:
            found.append(replace(argument, statements=chosen))
    return tuple(found)


FACTS = (
    Fact(
        "All 63 organisations are sanctioned on 22 December.",
        Quoted(COMMENTARY, 3, "The sanctions will be implemented on 22 December"),
        "Announced on 15 December 2023: 57 organisations in Russia from 22 December, six in third countries from 27 "
        "December.",
        ("A11", "A16"),
    ),
    Fact(
        "Russia changed its wording to “inherent lands” because of Japan's sanctions.",
        Quoted(COMMENTARY, 2, 'defining the Kuril Islands as their "inherent lands"'),
        "Contemporary press has Japan restoring such wording in its Diplomatic Bluebook of 2022, after Russia had "
        "suspended the talks in March 2022. No report of a change by Russia in 2023 was found. The order of moves is "
        "therefore run both ways.",
        ("A1", "A5"),
    ),
    Fact(
        "Japan's sanctions aim at a concession on the islands.",
        Quoted(COMMENTARY, 4, "forcing Russia to compromise on the territorial dispute"),
        "Japan's official wording ties these rounds to Ukraine and peace, not to the islands. That they aim at the "
        "islands is the source's own assumption, and its most consequential one.",
        ("core", "A2", "A3", "A16"),
    ),
    Fact(
        "The islands are one issue, disputed as a whole.",
        Quoted(COMMENTARY, 5, "insisting that the Kuril Islands are Japanese territory"),
        "The Joint Declaration of 1956 promised the two smaller islands after a peace treaty. Their share of the area "
        "is no payoff weight.",
        ("A4", "A14"),
    ),
    Fact(
        "The source speaks of harm, benefit and pressure.",
        Quoted(COMMENTARY, 6, "further increasing pressure on Japan"),
        "Nothing in it fixes the size of any payoff. The models carry ranges and orders, and a verdict is of all "
        "payoffs within them.",
        (),
    ),
)

TENSIONS = (
    Tension(
        "T1",
        "Forcing a compromise, and a bias to the alliance",
        ("A2", "A7"),
        "Coercion is conditional, drawing a line is not. Of one Japan whose payoffs everybody knows, that sanctions "
        "are worth more to it than its promise and that they force a concession cannot both be true.",
        "core-full",
    ),
    Tension(
        "T2",
        "Always firm, and changed because of Japan",
        ("A5", "A1"),
        "A Russia whose steps do not depend on what Japan does is firm, and then the sanctions changed nothing.",
        "A1-war",
    ),
    Tension(
        "T3",
        "Futility blamed on sanctions whose baseline may be zero",
        ("A3", "A3"),
        "Where nothing is paid, there is no settlement without sanctions either; then they cost nothing on this score.",
        "A3-blame",
    ),
    Tension(
        "T4",
        "A deterrent that remains, and did not deter",
        ("A6", "A6"),
        "Retaliation that costs Japan more than full sanctions earn, and full sanctions imposed, exclude each other.",
        "A6-harm",
    ),
    Tension(
        "T5",
        "Dialogue, and pressure that continues",
        ("A14", "A3"),
        "In the game of sanctions there is nothing to talk about where relief is not credible. On a track of its own a "
        "deal can be made while sanctions last.",
        "A14-excluded",
    ),
    Tension(
        "T6",
        "An interest given up, and no cost named",
        ("A7", "A7"),
        "Japan's economic cost is never mentioned. Without one, full sanctions need not leave it a loss.",
    ),
    Tension(
        "T7",
        "Concessions hoped for, and no reason to lift",
        ("A2", "A15"),
        "No one is ever given a reason to lift anything: Japan not the sanctions, Russia not its steps.",
    ),
)
