"""The matrix of capabilities: every "yes" does on a sample what it promises, every "no" is refused, and nothing lacks.

A promise is kept if the answer is that of the ordinary solver, or of one that shares no code with what answered.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import sympy

from analyses.claims import Claim, Holds, Proved, Refuted, check
from analyses.explain import explain_all
from analyses.outcomes import outcomes_in_words
from analyses.regions import region_point, regions
from games import Equilibria, InputError
from games.bounds import Bounded
from games.bulk import in_order
from games.forms.game import Game
from games.formulas.relations import related
from games.ordered import ordered
from games.play.quantities import Quantity, quantity_at
from games.solvers.concept import CONCEPTS, solve
from laws import capabilities
from laws.capabilities import COLUMNS, SAMPLES, Row, a, asked, b, in_formulas, page, rows
from laws.cases_at import Posed, alike, in_polynomials

ROOT = Path(__file__).parents[2]
ROWS = list(rows())
q = sympy.Symbol("q")


def each(wanted: bool) -> pytest.MarkDecorator:
    """The cells with "yes", or those with "no"."""
    cells = [(row, column) for row in ROWS for column in COLUMNS if (not row.why_not(column)) is wanted]
    return pytest.mark.parametrize(
        ("row", "column"), [pytest.param(*cell, id=f"{cell[0].name}: {cell[1]}") for cell in cells]
    )


def answers(row: Row, **values: object) -> tuple[Game, Equilibria]:
    """The sample at these values of its parameters, and what the solver lists there."""
    game = row.model.at(**values).written_out
    return game, solve(game, row.lister.name)


def solves(row: Row) -> None:
    game, found = answers(row)
    assert len(found)
    assert solve(row.model.at(), row.concept.name).concept == row.concept.name
    for equilibrium in found:
        assert all(abs(sum(mix.values()) - 1) < 1e-9 for mix in equilibrium.strategies.values())
        assert set(equilibrium.payoffs) == set(game.players)


def has_cases(row: Row) -> None:
    """Each listed answer is that of a case."""
    game, found = answers(row)
    assert row.concept.cases is not None
    posed = Posed(row.concept.cases(in_polynomials(game), asked(row.model)))
    for equilibrium in found:
        assert posed.find(alike(posed.cases, game, found.game, equilibrium)) is not None


HERE = (related(a, "==", 0), related(b, "==", 0))
"""Premises that leave the defaults alone."""


def claimed(row: Row, sign: str, every: bool) -> Claim:
    """That a quantity compares so with what it is at the first answer."""
    game, found = answers(row)
    quantity = told_apart(row)
    value = sympy.Rational(str(Fraction(quantity_at(game, found.game, found[0], quantity))))
    conclusion = Holds(related(q, sign, value), {q: quantity})
    return Claim("test", "A claim for a test.", row.model, conclusion, HERE, row.concept.name, every)


def decides_claims(row: Row) -> None:
    """That no answer is as the first one is refuted; that a probability is at most one is proved."""
    refuted = check(claimed(row, "!=", True))
    assert isinstance(refuted, Refuted), refuted
    assert refuted.at == {"a": 0, "b": 0}
    likely = Holds(related(q, "<=", 1), {q: told_apart(row)})
    proved = check(Claim("test", "A claim for a test.", row.model, likely, (), row.concept.name))
    assert isinstance(proved, Proved), proved


def told_apart(row: Row) -> Quantity:
    """The first quantity that is something at the first answer."""
    game, found = answers(row)
    return next(quantity for quantity in asked(row.model) if quantity_at(game, found.game, found[0], quantity))


def maps_regions(row: Row) -> None:
    found = regions(row.model, ("a", "b"), concept=row.concept.name)
    assert sum(region.share for region in found.regions) == 1
    for region in found.regions:
        x, y = region_point(region)
        _, there = answers(row, a=x, b=y)
        assert region.outcomes == outcomes_in_words(row.model, there)


def reads_arrays(row: Row) -> None:
    quantities = asked(row.model)
    assert row.concept.cases is not None
    reading = ordered(row.concept.cases(in_formulas(row.model.game), quantities))
    assert reading is not None
    points = list(product([Fraction(k, 4) for k in (-2, 0, 1)], repeat=2))
    columns = {
        name: Bounded(np.array([float(point[k]) for point in points]), 0.0, 2, 1.0) for k, name in enumerate("ab")
    }
    bulk = in_order(reading, columns, len(points))
    columns_ = [np.broadcast_to(bulk.value(reading.cases.values[quantity]).value, len(bulk)) for quantity in quantities]
    assert not bulk.unsure.any()
    for place, (x, y) in enumerate(points):
        game, found = answers(row, a=x, b=y)
        ours = {tuple(float(values[k]) for values in columns_) for k in np.flatnonzero(bulk.index == place)}
        exact = reading.played({"a": x, "b": y}, 1_000)
        assert ours == {tuple(float(one.value(quantity)) for quantity in quantities) for one in exact}
        listed = {tuple(float(quantity_at(game, found.game, one, k)) for k in quantities) for one in found}
        assert listed <= ours


def explains(row: Row) -> None:
    found = solve(row.model.at(), row.concept.name)
    told = explain_all(found, row.model)
    assert len(told) == len(found) > 0
    for one in told:
        assert one.heading.lower().startswith(row.concept.noun[0])
        assert one.steps
        assert all(step.strip() for step in one.steps)


KEEPS = {
    "solve": solves,
    "cases": has_cases,
    "claims": decides_claims,
    "regions": maps_regions,
    "bulk": reads_arrays,
    "explain": explains,
}


@each(True)
def test_it_can(row: Row, column: str) -> None:
    KEEPS[column](row)


@pytest.mark.long
@pytest.mark.parametrize("row", [row for row in ROWS if not row.why_not("claims")], ids=lambda row: row.name)
def test_that_some_answer_is_as_the_first_one_is_proved(row: Row) -> None:
    verdict = check(claimed(row, "==", False))
    assert isinstance(verdict, Proved), verdict


@each(False)
def test_it_cannot(row: Row, column: str) -> None:
    """It is refused in words, or there is nothing that could be read."""
    if column == "cases":
        assert row.concept.cases is None
    elif column == "claims":
        conclusion = Holds(related(q, "<=", 1), {q: told_apart(row)})
        with pytest.raises(InputError, match="cannot be checked"):
            check(Claim("test", "A claim for a test.", row.model, conclusion, HERE, row.concept.name))
    elif column == "regions":
        with pytest.raises(InputError, match="pure play"):
            regions(row.model, ("a", "b"), concept=row.concept.name)
    else:
        cases = row.concept.cases
        assert cases is None or ordered(cases(in_formulas(row.model.game), asked(row.model))) is None


def test_every_concept_and_every_form_has_a_row() -> None:
    assert {row.concept.name for row in ROWS} == set(CONCEPTS)
    assert {row.form for row in ROWS} == set(SAMPLES)
    sampled = {type(model.game) for models in SAMPLES.values() for model in models}
    assert sampled == {form for form in forms(Game) if form.__module__.startswith("games.")}


def forms(of: type[Game]) -> Iterator[type[Game]]:
    for form in of.__subclasses__():
        yield form
        yield from forms(form)


def test_every_concept_is_looked_at_on_every_form_that_it_has() -> None:
    for concept in CONCEPTS.values():
        for form, models in SAMPLES.items():
            if any(isinstance(model.game.written_out, concept.form) for model in models):
                assert any(row.concept is concept and row.form == form for row in ROWS), (concept.name, form)


def test_the_page_is_what_the_registry_says() -> None:
    committed = (ROOT / "docs" / "capabilities.md").read_text(encoding="utf-8")
    assert committed == page(), "write it anew: PYTHONPATH=.:tests python -m laws.capabilities > docs/capabilities.md"


def test_the_page_names_a_test_that_exists() -> None:
    assert Path(__file__) == ROOT / capabilities.TESTS
    assert f"{capabilities.TESTS}::{test_it_can.__name__}[{ROWS[0].name}: {COLUMNS[0]}]" in page()
    assert not ROWS[0].why_not(COLUMNS[0])
