"""The ledger: what it says of a claim, what it is as data, how it stops; and the argument map drawn from it."""

import signal
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import combinations

import pytest
import sympy
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from analyses.arguments import Statement
from analyses.claims import Claim, Proved, Refuted, Unsettled, never
from analyses.claims.verdicts import Kind
from analyses.commentary import CASE
from analyses.drawing.argument_map import draw_argument_map
from analyses.ledger import NOT_REACHED, Entry, Ledger, Standing, ledger
from games import InputError
from games.sanctions import retaliation
from games.solvers.limits import interruptible

KEYS = (
    *(
        "id",
        "title",
        "verdict",
        "kind",
        "voice",
        "mode",
        "role",
        "concept",
        "premises",
        "used",
        "says_nothing",
        "counterexample",
        "share",
        "hidden_premises",
    ),
    *("method", "degree", "seconds"),
)


@pytest.fixture(scope="module")
def small() -> Ledger:
    return ledger(CASE.named("core", "A2-bare", "A2-window-full", "A6-insecure", "A7-cost", "A12-forced"), case=CASE)


def test_a_proof_says_which_premises_it_needs(small: Ledger) -> None:
    core = small["core-full"]
    assert isinstance(core.verdict, Proved)
    assert core.word == "proved"
    assert core.rests_on == core.given
    assert core.used == ("A_F - k_F > beta", "E = 0")
    assert core.counterexample is None
    assert core.solve_lines == ()
    assert core.part == (1, 1, 1)
    assert core.where == "¶9 “to force Russia to make concessions”"
    cost = small["A7-cost"]
    assert set(cost.rests_on) <= set(cost.given)
    assert set(cost.used) < set(cost.premises)
    assert "Not needed" not in str(core)


def test_a_refutation_says_where_it_fails_and_how_to_see_it(small: Ledger) -> None:
    bare = small["A2-bare"]
    assert isinstance(bare.verdict, Refuted)
    assert bare.at_values == "at the default payoffs"
    assert bare.solve_lines == ("parley solve sanction-retaliation",)
    assert bare.breaks == "probability of Concede after Full is 0"
    assert bare.part is not None
    assert 0 < bare.part[1] < bare.part[0] < bare.part[2] < 1
    bought = small["core-bought"]
    (line,) = bought.solve_lines
    assert line == f"parley solve sanction-retaliation --set E={bought.moved['E']}"
    assert "  See: " + line in str(bought)
    assert f"Fails at E = {float(bought.moved['E'])}" in str(bought)


def test_a_refuted_dependence_has_a_line_for_either_value(small: Ledger) -> None:
    lines = small["A6-insecure"].solve_lines
    assert len(lines) == 2
    assert "rho_3" not in lines[0]
    assert "--set rho_3=" in lines[1]


def test_a_concept_other_than_the_default_is_named_in_the_line() -> None:
    (entry,) = ledger(CASE.named("A15-wording"), samples=0).entries
    assert entry.solve_lines[0].startswith("parley solve standoff --set e=") or "--concept" in entry.solve_lines[0]
    assert entry.share is None
    assert entry.part is None


def test_the_ledger_as_data_has_exactly_these_fields(small: Ledger) -> None:
    for one in small.as_json():
        assert tuple(one) == KEYS
        assert one["verdict"] in ("proved", "refuted", "unsettled")
        assert (one["counterexample"] is not None) == (one["verdict"] == "refuted")
        assert one["share"] is None or (len(one["share"]) == 3 and all(0 <= part <= 1 for part in one["share"]))
        assert set(one["used"]) <= set(one["premises"])
    assert small["A2-bare"].as_json()["counterexample"]["A_F"] == "6/5"


def test_every_claim_has_a_row_a_sentence_and_a_mark_unless_proved(small: Ledger) -> None:
    table = small.table()
    assert len(table.rows) == len(small) == len(small.findings())
    for entry, row, sentence in zip(small.entries, table.rows, small.findings(), strict=True):
        assert row[3].marked == (entry.word != "proved")
        assert sentence.startswith(f"{entry.word.capitalize()} ({entry.id})")
        assert escape(entry.title) in small._repr_html_()
    shown = f"{small.counts['proved']} proved, {small.counts['refuted']} refuted; of the verdicts "
    assert shown + ", ".join(f"{count} {degree}" for degree, count in small.degrees.items()) in repr(small)
    assert sum(small.degrees.values()) == len(small)
    with pytest.raises(InputError):
        small["A99"]


def test_a_claim_of_ones_own_needs_no_argument() -> None:
    claim = Claim("own", "", retaliation.MODEL, never(("Concede",), after=("None",)), (sympy.Eq(retaliation.E, 0),))
    (entry,) = ledger([claim]).entries
    assert (entry.id, entry.title, entry.argument, entry.word) == ("own", "own", None, "proved")
    assert entry.given == entry.rests_on == ("E = 0",)


def test_a_claim_that_cannot_be_checked_is_named() -> None:
    claim = Claim(
        "own", "", retaliation.MODEL, never(("Concede",), after=("None",)), (retaliation.E < 0, retaliation.E > 1)
    )
    with pytest.raises(InputError, match="the claim own: "):
        ledger([claim])


def test_the_time_limit_leaves_the_rest_unsettled() -> None:
    found = ledger(CASE.named("A2"), seconds=1e-6)
    assert found.counts["unsettled"] == len(found)
    assert found.entries[-1].verdict == Unsettled(NOT_REACHED)
    assert "Open: " in repr(found)


def test_an_interruption_keeps_what_is_decided() -> None:
    def interrupted(statements: Sequence[Statement]) -> Iterator[Statement]:
        for number, statement in enumerate(statements):
            if number == 2:
                signal.raise_signal(signal.SIGINT)
            yield statement

    with interruptible():
        found = ledger(CASE.named("core"), progress=interrupted)
    assert [entry.word for entry in found.entries] == ["proved", "proved", "unsettled", "unsettled", "unsettled"]
    assert ledger(CASE.named("core-full")).counts["proved"] == 1


def test_tensions_are_settled_by_what_can_hold_together() -> None:
    assert ledger(CASE.named("A12-forced"), samples=0, case=CASE).tensions == ()
    found = ledger(CASE.named("core-full", "A2-bare", "A7-cost", "A15-room", "A6-harm"), samples=0, case=CASE)
    assert {pull.tension.id: pull.standing for pull in found.tensions} == {
        "T1": Standing.EXCLUDE,
        "T4": Standing.COMPATIBLE,
        "T6": Standing.OMISSION,
        "T7": Standing.OMISSION,
    }
    first, fourth, *omitted = found.tensions
    assert first.found == "Proved: no payoffs make A2-bare and core-full true together."
    assert fourth.found == "Both can hold: A6-remains and A6-imposed are true together at the default payoffs."
    assert first.sentence == f"{first.tension.explanation} {first.found}"
    assert all(pull.sentence == pull.tension.explanation for pull in omitted)


def test_a_tension_is_open_where_the_time_is_up() -> None:
    found = ledger(CASE.named("A2-bare", "A7-cost"), seconds=1e-6, samples=0, case=CASE)
    assert [pull.standing for pull in found.tensions if pull.tension.shown_by] == [Standing.OPEN]


def test_where_a_refuted_claim_fails_is_said() -> None:
    found = ledger(CASE.named("A8-milder-biased", "A12-forced", "A2-bare", "core-full"), samples=0)
    assert {entry.id: entry.kind for entry in found.entries} == {
        "A8-milder-biased": Kind.BOUNDARY,
        "A12-forced": Kind.EVERYWHERE,
        "A2-bare": Kind.REGION,
        "core-full": None,
    }
    assert "REFUTED ON A BOUNDARY ONLY  A8-milder-biased" in repr(found)
    assert "its opposite is proved" in str(found["A12-forced"])
    assert found["A2-bare"].as_json()["kind"] == "region"


def test_voice_mode_role_and_what_is_not_in_the_text_are_told() -> None:
    found = ledger(CASE.named("A2-bare", "A2-window-full"), samples=0)
    bare, repaired = found.entries
    assert "the Japanese government, as a goal that the text reports" in " ".join(str(bare).split())
    assert "Bare: as the text has it" in str(bare)
    assert not bare.added
    assert any(added.startswith("relief is credible (e < beta), no one in the text") for added in repaired.added)
    assert "Not in the text: " in str(repaired)
    assert (bare.as_json()["role"], repaired.as_json()["role"]) == ("bare", "repaired")


def undecided(entries: Iterable[Statement]) -> Ledger:
    owners = {statement.id: argument for argument in CASE.arguments for statement in argument.statements}
    return Ledger(tuple(Entry(one, owners[one.id], Unsettled(NOT_REACHED)) for one in entries), CASE)


def test_the_map_shows_each_claim_with_its_verdict_in_words(small: Ledger) -> None:
    (drawing,) = draw_argument_map(small)
    words = [text.get_text() for text in drawing.figure.axes[0].texts]
    for entry in small.entries:
        assert entry.id.partition("-")[2] in words
        assert f"{entry.id.partition('-')[2]} {entry.word}" in drawing.description
    assert "proved from a b" in words
    assert "refuted" in words
    (again,) = draw_argument_map(small)
    assert drawing.svg == again.svg


def test_the_whole_map_fits_on_pages_and_nothing_in_it_overlaps() -> None:
    statements = [statement for argument in CASE.arguments for statement in argument.statements]
    parts = draw_argument_map(undecided(statements))
    for drawing in parts:
        width, height = drawing.figure.get_size_inches()
        assert (width, height) <= (7.4, 11)
        canvas = FigureCanvasAgg(drawing.figure)
        canvas.draw()
        texts = [text for text in drawing.figure.axes[0].texts if text.get_text()]
        boxes = [text.get_window_extent(canvas.get_renderer()) for text in texts]
        cores = [Bbox.from_bounds(b.x0, b.y0 + b.height / 4, b.width, b.height / 2) for b in boxes]
        for (one, box), (other, beside) in combinations(zip(texts, cores, strict=True), 2):
            assert not box.overlaps(beside), (one.get_text(), other.get_text())
        for text, box in zip(texts, boxes, strict=True):
            assert box.x0 >= 0, text.get_text()
            assert box.x1 <= drawing.figure.bbox.x1, text.get_text()
    assert sum(drawing.description.count(" unsettled") for drawing in parts) == len(statements)
