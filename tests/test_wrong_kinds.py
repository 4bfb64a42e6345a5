"""What Python is given of a wrong kind, as a newcomer does, is told in one line that says what to give instead."""

from collections.abc import Callable
from typing import Any

import pytest

from analyses.case_folder import read_case
from analyses.claims import (
    always,
    check,
    compatible,
    flip_distance,
    hidden_premises,
    needed_premises,
    read_claims,
    share,
)
from analyses.commentary import CASE
from analyses.drawing.importance import draw_importance, draw_measure
from analyses.drawing.region_map import draw_regions
from analyses.importance import decompose, importance
from analyses.ledger import ledger
from analyses.regions import regions
from analyses.sensitivity import sensitivity
from analyses.solution import derivatives
from analyses.sweeps import sweep
from games import InputError, StrategicGame, solve
from games.catalog import load
from games.formats.files import read_game
from games.formats.latex import table_to_latex
from games.formats.spreadsheet import read_pasted, write_bimatrix

MODEL = load("sanction-retaliation")
GAME: Any = load("sanction-encounter").at()
ANY: Any = None

MISTAKES: dict[str, tuple[Callable[[], Any], str]] = {
    "solve a name": (lambda: solve("sanction-retaliation"), "games.catalog.load"),  # type: ignore[arg-type]
    "solve a model": (lambda: solve(MODEL), ".at()"),  # type: ignore[arg-type]
    "a concept by number": (lambda: solve(GAME, 3), "the concept is 3"),  # type: ignore[arg-type]
    "a list of concepts": (lambda: solve(GAME, ["nash"]), "a list"),  # type: ignore[arg-type]
    "load nothing": (lambda: load(ANY), "is None"),
    "load a file": (lambda: load("own/game.toml"), "games.read"),
    "read a number": (lambda: read_game(3), "the name of a file"),  # type: ignore[arg-type]
    "paste nothing": (lambda: read_pasted(ANY), "separated by tabs"),
    "write no game": (lambda: write_bimatrix(ANY), "strategic form"),
    "a game for a table": (lambda: table_to_latex(GAME), "equilibria.table()"),
    "payoffs by number": (lambda: StrategicGame.bimatrix(3, 4), "a list of rows"),  # type: ignore[arg-type]
    "strategies in a list": (lambda: StrategicGame.bimatrix([[1]], [[1]], ["A", "B"]), "a mapping"),  # type: ignore[arg-type]
    "an argument by number": (lambda: CASE.named(3), "such as 'A2'"),  # type: ignore[arg-type]
    "a list of arguments": (lambda: CASE.named(["A2"]), "a list"),  # type: ignore[arg-type]
    "check a name": (lambda: check("A2"), "CASE.named"),  # type: ignore[arg-type]
    "the share of a model": (lambda: share(MODEL), "a Model"),  # type: ignore[arg-type]
    "flip a name": (lambda: flip_distance("A2"), "a Claim"),  # type: ignore[arg-type]
    "premises of a name": (lambda: hidden_premises("A2"), "a Claim"),  # type: ignore[arg-type]
    "what a name needs": (lambda: needed_premises("A2"), "a Claim"),  # type: ignore[arg-type]
    "compatible names": (lambda: compatible(["A2"]), "a Claim"),  # type: ignore[list-item]
    "claims by number": (lambda: read_claims(3), "the name of a file"),  # type: ignore[arg-type]
    "a case of nothing": (lambda: read_case(ANY), "as text or a Path"),
    "a ledger of a name": (lambda: ledger("A2"), "CASE.named('A2')"),  # type: ignore[arg-type]
    "a ledger of names": (lambda: ledger(["A2"]), "CASE.named('A2')"),  # type: ignore[list-item]
    "an entry that is not there": (lambda: ledger([])["A2-foo"], "there is no claim 'A2-foo'"),
    "sensitivity of a name": (lambda: sensitivity("x"), "games.catalog.load"),  # type: ignore[arg-type]
    "sensitivity of a game": (lambda: sensitivity(GAME), "a StrategicGame"),
    "values by name": (lambda: sensitivity(MODEL, "beta"), "a mapping"),  # type: ignore[arg-type]
    "regions of a game": (lambda: regions(GAME), "games.catalog.load"),
    "draw a model": (lambda: draw_regions(MODEL), "regions(model)"),  # type: ignore[arg-type]
    "sweep a name": (lambda: sweep("x"), "games.catalog.load"),  # type: ignore[arg-type]
    "sweep a number": (lambda: sweep(MODEL, names=[3]), "such as 'beta'"),  # type: ignore[list-item]
    "sweep a list": (lambda: sweep(MODEL, names=[["beta"]]), "such as 'beta'"),  # type: ignore[list-item]
    "sweep where 3 holds": (lambda: sweep(MODEL, premises=[3]), "the premise"),
    "a sweep in a number": (lambda: sweep(MODEL, samples=4).to_csv(3), "as text or a Path"),  # type: ignore[arg-type]
    "importance of a game": (lambda: importance(GAME), "games.catalog.load"),
    "decompose a game": (lambda: decompose([GAME]), "games.catalog.load"),  # type: ignore[list-item]
    "derivatives of a game": (lambda: derivatives(GAME), "games.catalog.load"),
    "draw a measure of a model": (lambda: draw_measure(MODEL, "PAWN"), "importance(model)"),  # type: ignore[arg-type]
    "draw the importance of a model": (lambda: draw_importance(MODEL), "importance(model)"),  # type: ignore[arg-type]
    "a path in one word": (lambda: always("Full"), "a path such as"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_value_of_a_wrong_kind_is_named_with_what_to_give(mistake: str) -> None:
    make, said = MISTAKES[mistake]
    with pytest.raises(InputError) as told:
        make()
    assert said in str(told.value)
    assert "\n" not in str(told.value)
