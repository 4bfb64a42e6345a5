"""What the ledger finds, in words: each finding comes as data, and its sentence is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from analyses.arguments import Argument, Mode, Premise, Role
from analyses.claims.claim import Claim
from analyses.claims.questions.hidden_search import AddedPremises
from analyses.claims.share import Share, percent
from analyses.claims.verdicts import Kind
from analyses.ledger.standing import Standing
from games.exact import readable
from games.formulas.relations import in_words
from games.play.quantities import Payoff, Quantity, quantity_words
from games.sources import Assumed, Quoted, Source

ROLES = {
    Role.BARE: "bare: as the text has it",
    Role.REPAIRED: "repaired: with premises that the text leaves unsaid",
    Role.OPPOSITE: "the opposite: what holds instead",
    Role.DEFINITION: "a definition: true by what its words mean",
}


_MODES = {
    Mode.ASSERTS: "as an assertion",
    Mode.REPORTS_A_GOAL: "as a goal that the text reports",
    Mode.PREDICTS: "as a prediction",
    Mode.PRESCRIBES: "as a prescription",
}


def said_by(argument: Argument) -> str:
    """Whose argument it is and what the text does with it: "the government, as a goal that the text reports"."""
    return ", ".join(filter(None, [argument.voice, _MODES[argument.mode] if argument.mode else ""]))


def headline(verdict: str, kind: Kind | None) -> str:
    """The verdict, and of a refutation where it fails, as far as that is known."""
    where = {Kind.EVERYWHERE: " everywhere", Kind.REGION: " on a region", Kind.BOUNDARY: " on a boundary only"}
    return verdict + (where.get(kind, "") if kind else "")


def of_kind(kind: Kind | None) -> str:
    """Where a refuted claim fails, in a sentence; empty where that is not known."""
    match kind:
        case Kind.EVERYWHERE:
            return "It fails at all payoffs that the premises allow: its opposite is proved."
        case Kind.REGION:
            return "It fails on a region of the payoffs that the premises allow."
        case Kind.BOUNDARY:
            return (
                "It fails on a boundary only, where two payoffs tie or a premise holds with equality; with strict "
                "signs throughout it is proved."
            )
    return ""


def added(premise: Premise) -> str:
    """A premise that is not in the text, with the reason why it was added."""
    reason = premise.source.reason if isinstance(premise.source, Assumed) else ""
    return f"{premise.words}, {reason}" if reason else premise.words


def pull(shown_by: Sequence[str], standing: Standing, moved: Mapping[str, Fraction]) -> str:
    """What is proved of a tension, in a sentence; empty where nothing shows it."""
    if not shown_by:
        return ""
    names = " and ".join([", ".join(shown_by[:-1]), shown_by[-1]] if len(shown_by) > 1 else shown_by)
    match standing:
        case Standing.EXCLUDE:
            return f"Proved: no payoffs make {names} true together."
        case Standing.COMPATIBLE:
            return f"Both can hold: {names} are true together {at_values(moved)}."
    return f"Whether {names} can be true together was not found out."


def said_in(source: Source | None) -> str:
    """Paragraph and phrase, or whatever else is on record of a source."""
    if isinstance(source, Quoted):
        return f"¶{source.paragraph} “{source.phrase}”"
    return "" if source is None else str(source)


def claimed(claim: Claim) -> str:
    """What is claimed, so that nothing is left open."""
    which = "every" if claim.every else "some"
    models = " and ".join(model.name for model in claim.models)
    return f"in {which} {claim.noun} of {models}: {claim.conclusion}"


def at_values(moved: Mapping[str, Fraction]) -> str:
    """Where a claim fails: at the defaults but for the parameters that are ``moved``."""
    if not moved:
        return "at the default payoffs"
    return "at " + ", ".join(f"{name} = {readable(value)}" for name, value in moved.items())


def empty(claim: Claim, says_nothing: bool, moved: Mapping[str, Fraction] | None) -> str:
    """Where a proved claim says nothing, for want of any equilibrium; empty where that is not known of any payoffs."""
    if says_nothing:
        return f"there is no {claim.noun} at any of these payoffs, so that the claim says nothing"
    if moved is None:
        return ""
    return f"{at_values(moved)} there is no {claim.noun}, and there the claim says nothing"


def told(values: Sequence[tuple[Quantity, Fraction]]) -> str:
    """What is the case at a counterexample with many quantities: those that are not 0."""
    happens = [f"{quantity_words(quantity)} is {readable(value)}" for quantity, value in values if value]
    if happens:
        return "; ".join([*happens, "the others are 0"] if len(happens) < len(values) else happens)
    kind = "quantities" if any(isinstance(quantity, Payoff) for quantity, _ in values) else "probabilities"
    return f"all {len(values)} {kind} are 0"


def changed(raised: tuple[str, Fraction, Fraction], values: Sequence[tuple[Quantity, Fraction]]) -> str:
    """What a quantity is in an equilibrium at the one payoffs, and in one at the others."""
    name, first, second = raised
    (quantity, one), (_, other) = values
    said = quantity_words(replace(quantity, model=""))
    return (
        f"where {name} = {readable(first)} the {said} is {readable(one)} in one equilibrium, where {name} = "
        f"{readable(second)} it is {readable(other)} in one"
    )


def would_follow(added: AddedPremises) -> str:
    """The further premises that make a refuted claim a theorem."""
    only = ", and holds nowhere else" if added.is_exact else ""
    return f"it would follow given {' and '.join(map(in_words, added.premises))}{only}"


def holds_in(share: Share) -> str:
    """How often a conclusion holds, where it was not proved to hold always; empty where that is not known."""
    if share.value is None:
        return ""
    if share.exact and share.value in (0, 1):
        where = "at hardly any of" if share.value == 0 else "at all but a negligible part of"
        return f"holds {where} the payoffs that the premises allow"
    if share.exact:
        return f"holds in {percent(share.value)} of the payoffs that the premises allow"
    if not share.undecided and share.held in (0, share.draws):
        which = "all" if share.held else "none"
        end = f"at least {percent(share.low)}" if share.held else f"at most {percent(share.high)}"
        return (
            f"holds at {which} of {share.draws:,} payoffs drawn from those that the premises allow ({end}, with 95 %)"
        )
    return (
        f"holds in about {percent(share.value)} of the payoffs that the premises allow "
        f"(95 % interval {percent(share.low)} to {percent(share.high)}, {share.draws:,} draws)"
    )


def reason(rests_on: Sequence[str], fails: str, because: str) -> str:
    """What a verdict hangs on, in brief: at most one of the three is not empty."""
    if fails:
        return f"fails {fails}"
    return because or "; ".join(rests_on) or "no premise"


def sentence(claim: Claim, verdict: str, rests_on: Sequence[str], fails: str, because: str) -> str:
    """The verdict, the claim, and what it rests on, fails at or is open for: at most one of these is not empty."""
    said = f"{verdict.capitalize()} ({claim.name}): {claim.argument}"
    if rests_on:
        return f"{said} It rests on: {'; '.join(rests_on)}."
    if fails:
        return f"{said} It fails {fails}."
    return f"{said} Open: {because}." if because else said
