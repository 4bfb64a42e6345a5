"""The arguments of the source: complete, well formed, and each verdict borne out by the ordinary solvers."""

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from analyses.arguments import Mode, Role, Statement
from analyses.claims import Claim, Exists, Holds, Proved, Refuted, Unique, check
from analyses.claims.listed import told_at
from analyses.claims.share import share
from analyses.claims.verdicts import Kind
from analyses.commentary import CASE
from analyses.outcomes import followed
from games import InputError, solve
from games.catalog import catalog, load
from games.formulas.relations import holds_at, relation
from games.sources import Assumed, Quoted

DRAWS = 60
SEED = 1956
STATEMENTS = CASE.statements

PROVED = {
    *("core-symbolic", "core-full", "core-price"),
    *("A1-war", "A1-aid"),
    *("A2-window-full", "A2-only-full", "A2-window-symbolic", "A2-only-symbolic", "A2-edge", "A2-wanted-more"),
    "A2-talks-none",
    *("A3-biased", "A3-blame", "A3-baseline", "A3-forgone", "A3-talks-closed"),
    *(
        "A4-no-gain",
        "A4-insists",
        "A4-title",
        "A4-divided",
        "A4-open",
        "A4-outlasts",
        "A4-possible",
        "A4-impatient",
        "A4-patient",
        "A4-unratified",
        "A4-no-room",
        "A4-tied-hands",
    ),
    *("A5-literal-harm", "A5-odds", "A5-unmoved"),
    *("A6-harm", "A6-undeterred", "A6-backfires"),
    *("A7-needed", "A7-traded", "A7-cost", "A7-guaranteed-harm"),
    *("A8-enough", "A8-not-enough", "A8-spared", "A8-milder-strict"),
    *("A9-small-gain", "A9-gain"),
    *("A10-shut", "A10-open"),
    *("A11-idle", "A11-leakage", "A11-no-relief", "A11-comply-each"),
    *("A12-possible", "A12-one-sided", "A12-tries", "A12-sanctions", "A12-risk"),
    *("A13-russia-harm", "A13-japan-provoked"),
    *("A14-both-gain", "A14-restrained", "A14-steps-kept"),
    *("A15-road-paid", "A15-room", "A15-wording-cheap", "A15-locked"),
    *("A16-more", "A16-idle"),
}
"""All other claims are refuted."""

EVERYWHERE = {"A3-strong-biased", "A4-yields", "A12-forced"}
BOUNDARY = {"A7-abandoned-biased", "A8-milder-biased", "A10-closed"}
"""Claims that hold nowhere, and those that fail only at ties; the others fail on a region."""

VOICES = {"the author", "the Japanese government", "the opposition", "Russia"}


UNSPOKEN = {"sanction-encounter", "opposition-signal", "threat-stage"}
"""Models that speak to arguments of the source, of which there is no claim."""


def test_every_argument_of_the_source_is_there() -> None:
    assert [argument.id for argument in CASE.arguments] == ["core", *(f"A{number}" for number in range(1, 17))]
    assert {statement.id for statement in STATEMENTS} >= PROVED
    assert max(Counter(statement.id for statement in STATEMENTS).values()) == 1
    for argument in CASE.arguments:
        assert argument.statements
        assert argument.left_out.endswith(".")
        assert isinstance(argument.source, Quoted)
        assert 1 <= argument.source.paragraph <= 9
        for statement in argument.statements:
            assert statement.id.startswith(f"{argument.id}-")
            assert statement.claim.source == argument.source
            assert statement.claim.argument.endswith(".")
            assert re.fullmatch(r"[a-zA-Z0-9-]+", statement.id)
            assert statement.claim.premises == tuple(
                relation(r) for premise in statement.given for r in premise.relations
            )


def test_tensions_and_facts_speak_of_arguments_that_exist() -> None:
    ids = {argument.id for argument in CASE.arguments}
    for tension in CASE.tensions:
        assert {*tension.between} <= ids
        assert {*tension.shown_by} <= {statement.id for statement in STATEMENTS}
    assert any(not tension.shown_by for tension in CASE.tensions)
    for fact in CASE.facts:
        assert {*fact.bears_on} <= ids
        assert fact.record.endswith(".")


def test_every_argument_has_a_voice_and_a_mode() -> None:
    for argument in CASE.arguments:
        if argument.id != "core":
            assert argument.voice in VOICES, argument.id
            assert argument.mode is not None, argument.id
    (goal,) = CASE.named("A2")
    (prediction,) = CASE.named("A3")
    assert (goal.mode, prediction.mode) == (Mode.REPORTS_A_GOAL, Mode.PREDICTS)
    assert not any({"A2", "A3"} == {*tension.between} for tension in CASE.tensions)


def test_every_premise_is_in_the_text_or_says_why_it_was_added() -> None:
    """A premise of a bare claim carries a quotation, and the quotation is in the paragraph that it names."""
    for statement in STATEMENTS:
        for premise in statement.given:
            assert isinstance(premise.source, Quoted | Assumed), (statement.id, premise.words)
            assert statement.role is not Role.BARE or isinstance(premise.source, Quoted), (statement.id, premise.words)
    with pytest.raises(InputError, match=r"is called bare, and the premise .* is not in the text"):
        replace(CASE.named("A3-biased")[0].statements[0], role=Role.BARE)


def test_every_argument_is_put_bare_first_and_repaired_where_that_is_refuted() -> None:
    for argument in CASE.arguments:
        roles = [statement.role for statement in argument.statements]
        if argument.id != "core":
            assert Role.BARE in roles, argument.id
        if any(s.role is Role.BARE and s.id not in PROVED for s in argument.statements):
            assert {*roles} & {Role.REPAIRED, Role.OPPOSITE, Role.DEFINITION, None}, argument.id


def test_both_readings_of_an_ambiguous_argument_are_put() -> None:
    for id, count in {"A3": 2, "A7": 3, "A8": 2, "A13": 3, "A11": 2}.items():
        (argument,) = CASE.named(id)
        assert len({statement.reading for statement in argument.statements if statement.reading}) >= count, id


def test_claims_are_found_by_name_and_by_model() -> None:
    (argument,) = CASE.named("a2-BARE")
    assert [statement.id for statement in argument.statements] == ["A2-bare"]
    assert [found.id for found in CASE.named("A16", "core-full")] == ["core", "A16"]
    with pytest.raises(InputError, match="there is no claim 'A17'; the arguments are core, A1"):
        CASE.named("A17")
    seen = {
        statement.id
        for model in catalog().values()
        for found in CASE.about_models(model)
        for statement in found.statements
    }
    assert seen == {statement.id for statement in STATEMENTS}
    of_the_source = {name for name, model in catalog().items() if model.arguments}
    assert {model.name for s in STATEMENTS for model in s.claim.models} == of_the_source - UNSPOKEN
    assert all(load(model.name) is model for model in CASE.chapters)
    assert CASE.models == ()


HARD = {"A1-war", "A2-wanted", "A4-yields", "A7-guaranteed", "A8-milder-strict", "A10-closed"}
"""Claims that take long to check, or to solve at many payoffs; the ledger of the report has their verdicts, too."""


def long_if_hard(id: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.long] if id in HARD else []


@pytest.mark.untraced
@pytest.mark.parametrize("statement", [pytest.param(s, id=s.id, marks=long_if_hard(s.id)) for s in STATEMENTS])
def test_each_verdict_is_borne_out_by_the_ordinary_solvers(statement: Statement) -> None:
    verdict = check(statement.claim, seconds=120)
    if statement.id in PROVED:
        assert isinstance(verdict, Proved), verdict
        if all(map(followed, statement.claim.models)):
            found = share(statement.claim, samples=DRAWS, seed=SEED, seconds=None, exact=False)
            assert found.held == found.draws - found.undecided, f"seed {SEED}: {found}"
            assert found.held > DRAWS / 2
    else:
        assert isinstance(verdict, Refuted), verdict
        kinds = {**dict.fromkeys(EVERYWHERE, Kind.EVERYWHERE), **dict.fromkeys(BOUNDARY, Kind.BOUNDARY)}
        assert verdict.kind is kinds.get(statement.id, Kind.REGION)
        assert fails_at(statement.claim.plain, verdict), f"{statement.id} at {verdict.at}"


@pytest.mark.parametrize("id", [pytest.param(id, marks=long_if_hard(id)) for id in sorted(EVERYWHERE | BOUNDARY)])
def test_no_draw_fails_on_a_boundary_and_none_holds_where_all_fail(id: str) -> None:
    (argument,) = CASE.named(id)
    found = share(argument.claims[0], samples=300, seed=SEED, seconds=None, exact=False)
    assert found.draws == 300
    assert found.held == (0 if id in EVERYWHERE else 300), f"seed {SEED}: {found}"


def fails_at(claim: Claim, verdict: Refuted) -> bool:
    """Whether, at the counterexample, premises and ranges hold and the games, solved anew, break the conclusion."""
    point = {symbol: Fraction(verdict.at[symbol.name]) for symbol in claim.parameters}
    assert all(p.low <= point[symbol] <= p.high for symbol, p in claim.parameters.items())
    assert all(holds_at(premise, point) for premise in claim.premises)
    games = [model.at(**{p.name: point[p.symbol] for p in model.parameters}) for model in claim.models]
    solved = [solve(game, claim.concept) for game in games]
    match claim.conclusion:
        case Unique():
            return len(solved[0]) > 1
        case Exists():
            return not solved[0].found
    assert isinstance(claim.conclusion, Holds)
    kept = [
        holds_at(claim.conclusion.formula, {**point, **told_at(claim, games, [found.game for found in solved], chosen)})
        for chosen in product(*solved)
    ]
    return not all(kept) if claim.every else not any(kept)
