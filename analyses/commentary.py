"""The source's arguments, put as statements about the models and decided for all payoffs that the premises allow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Any

from sympy import Eq

from analyses.claims import Claim, Proved, Refuted, Verdict, check, never
from games.exact import readable
from games.forms.extensive import Path
from games.model import Model
from games.sanctions import encounter, retaliation
from games.sources import COMMENTARY, Quoted, Source
from games.territory import partition

IMPOSED = ("Symbolic", "Full")


@dataclass(frozen=True)
class Finding:
    """One statement with its verdict: what was asked, what came out, and where the question comes from."""

    title: str
    statement: str
    verdict: str
    explanation: str
    source: Source | None

    def __str__(self) -> str:
        lines = [f"{self.verdict.upper()}  {self.title}"]
        for part in (self.statement, self.explanation):
            lines.append(fill(part, width=96, initial_indent="  ", subsequent_indent="  "))
        return "\n".join(lines)


def findings(model: Model) -> tuple[Finding, ...]:
    """What is proved or refuted of the source's arguments in this model."""
    return tuple(find() for find in _FINDINGS.get(model.name, ()))


def _never_played(model: Model, start: Path, play: Path, premises: Sequence[Any] = ()) -> Verdict:
    return check(Claim(model.name, "This is never played.", model, never(play, after=start), tuple(premises)))


def _net_payoff(sanction: str) -> Any:
    return retaliation.SANCTIONS[sanction][0]


def _harm(sanction: str) -> Any:
    return retaliation.SANCTIONS[sanction][1]


def relief_not_credible() -> Finding:
    """After sanctions that pay Japan more than breaking its promise costs, Russia never concedes."""
    verdicts = [
        _never_played(retaliation.MODEL, (s,), ("Concede",), (_net_payoff(s) > retaliation.beta, Eq(retaliation.E, 0)))
        for s in IMPOSED
    ]
    return Finding(
        "Relief that is not credible buys nothing",
        "If imposing sanctions is worth more to Japan than breaking its promise costs (e > beta), and nothing is paid "
        "for the islands (E = 0), then after these sanctions, symbolic or full, no subgame-perfect equilibrium has a "
        "concession, whatever the harm h.",
        _verdict(verdicts),
        "Facing a concession Japan keeps the sanctions, since keeping them pays e − beta more than lifting. Russia "
        "would bear the harm either way, so conceding only costs it the islands. “Biased to the alliance” (read as "
        "e > beta) and “forcing Russia to compromise” therefore cannot both hold of one Japan whose payoffs "
        "everybody knows.",
        Quoted(COMMENTARY, 9, "to force Russia to make concessions"),
    )


def inside_the_window() -> Finding:
    """Inside the window of credible threat and credible relief, enough harm always brings a concession."""
    verdicts: list[Verdict] = []
    for s in IMPOSED:
        window = [_net_payoff(s) > -retaliation.b, _net_payoff(s) < retaliation.beta]
        harmed = [
            _harm(s) > retaliation.V_R - retaliation.E + retaliation.net_benefit(s, rung) for rung in retaliation.RUNGS
        ]
        verdicts += [_never_played(retaliation.MODEL, (s,), (rung,), (*window, *harmed)) for rung in retaliation.RUNGS]
    return Finding(
        "When coercion works",
        "If the threat is credible (−b < e), relief is credible (e < beta) and the harm exceeds the islands' value and "
        "the best retaliation (h > V_R − E + G), then after these sanctions Russia concedes in every subgame-perfect "
        "equilibrium.",
        _verdict(verdicts),
        "These are the premises that the argument from force leaves unsaid: Japan must want to carry on if refused, "
        "and want to stop if obeyed.",
        Quoted(COMMENTARY, 4, "forcing Russia to compromise on the territorial dispute"),
    )


def bare_coercion() -> Finding:
    """That great harm alone brings a concession is refuted."""
    harm = [retaliation.h_F > retaliation.V_R + retaliation.net_benefit("Full", rung) for rung in retaliation.RUNGS]
    verdict = _never_played(retaliation.MODEL, ("Full",), ("Patrol",), (*harm, Eq(retaliation.E, 0)))
    return Finding(
        "Harm alone does not force a concession",
        "If full sanctions harm Russia by more than the islands and the best retaliation are worth to it, then Russia "
        "does not patrol but concedes.",
        _verdict([verdict]),
        _counterexample(verdict, ("A_F", "k_F", "beta", "b", "h_F", "V_R"))
        + " What is missing is that relief be credible.",
        Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
    )


def bought_islands() -> Finding:
    """With a side payment the core result no longer holds."""
    verdict = _never_played(retaliation.MODEL, ("Full",), ("Concede",), (_net_payoff("Full") > retaliation.beta,))
    return Finding(
        "Unless the islands are bought",
        "If e > beta after full sanctions, there is no concession even when Japan may pay for the islands.",
        _verdict([verdict]),
        _counterexample(verdict, ("E", "V_R", "A_F", "k_F", "beta"))
        + " A payment of at least V_R + G brings a concession that sanctions alone cannot.",
        None,
    )


def no_gain_no_deal() -> Finding:
    """Without a joint gain in any package there is no deal."""
    offers = partition.offers()
    nothing_to_share = [japan + russia < 0 for japan, russia in offers.values()]
    verdicts = [_never_played(partition.MODEL, (), (label, "Accept"), nothing_to_share) for label in offers]
    return Finding(
        "No joint gain, no deal",
        "If no package on the menu is worth more to both sides together than the freeze, no subgame-perfect "
        "equilibrium has a deal.",
        _verdict(verdicts),
        "Each side compares a deal with the freeze; a payment moves worth from one to the other and adds none.",
        Quoted(COMMENTARY, 9, "a long-term freeze in relations between the two countries"),
    )


def dialogue_under_sanctions() -> Finding:
    """That a deal needs relief from sanctions is refuted."""
    kept = [label for label in partition.offers() if "relief" not in label]
    verdicts = {label: _never_played(partition.MODEL, (), (label, "Accept")) for label in kept}
    refuted = [label for label, verdict in verdicts.items() if isinstance(verdict, Refuted)]
    return Finding(
        "Dialogue while sanctions continue",
        "A deal is never reached without relief from sanctions.",
        _verdict(list(verdicts.values())),
        f"Payoffs within the ranges support each of these deals without relief: {'; '.join(refuted)}. Keeping the "
        "sanctions and making a deal do not exclude each other.",
        Quoted(COMMENTARY, 9, "while continuing to implement the sanctions policy"),
    )


def _verdict(verdicts: list[Verdict]) -> str:
    if all(isinstance(verdict, Proved) for verdict in verdicts):
        return "proved"
    return "refuted" if any(isinstance(verdict, Refuted) for verdict in verdicts) else "unsettled"


def _counterexample(verdict: Verdict, shown: tuple[str, ...]) -> str:
    if not isinstance(verdict, Refuted):
        return str(verdict)
    values = ", ".join(f"{name} = {readable(verdict.at[name])}" for name in shown)
    return f"Refuted, among others, at {values}."


CASE = (retaliation.MODEL.name, partition.MODEL.name, encounter.MODEL.name)
"""The models that make up the case, in the order in which the report tells it."""

_FINDINGS: dict[str, tuple[Callable[[], Finding], ...]] = {
    retaliation.MODEL.name: (relief_not_credible, inside_the_window, bare_coercion, bought_islands),
    partition.MODEL.name: (no_gain_no_deal, dialogue_under_sanctions),
}
