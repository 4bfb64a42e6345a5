"""The pages of the report on paper, as they are printed: what stands where, and how much of a page is used."""

import base64
import json
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import typst
from matplotlib.image import imread
from numpy.typing import NDArray

from analyses.commentary import CASE
from analyses.drawing import flow_chart, graph, tree
from analyses.reports.contents import report
from analyses.reports.publish import PARTS, canonical_json, sources
from games import Decision, ExtensiveGame, Outcome
from games.model import Model

FOLDER = Path(__file__).parents[2] / "analyses" / "reports"
PAPER = {"ignore_system_fonts": True, "sys_inputs": {"target": "paged"}}
HEIGHT, TOP, FOOT = 842, 60, 788
"""Points: how high a page is, and between which heights its text stands."""

PLACES = """(
  headings: query(heading).map(h => (
    h.location().page(), h.location().position().y.pt(), if h.has("label") { str(h.label) } else { "" }, h.outlined,
  )),
  links: query(link).filter(l => type(l.dest) == label).map(l => (str(l.dest), l.location().page())),
  claims: CLAIMS.map(name => (name, query(label(name)).first().location().page())),
  pictures: query(figure).filter(f => f.body.func() == image).map(f => (f.body.source, repr(f.body.width))),
)"""


class Document(NamedTuple):
    """The parts of a document, where things stand in it, and for each page which rows of points have ink."""

    parts: dict[str, bytes]
    data: dict[str, Any]
    places: dict[str, Any]
    ink: list[NDArray[np.bool_]]


def document(parts: dict[str, bytes]) -> Document:
    data = json.loads(parts["report.json"])
    claims = [
        f"claim-{one['id']}" for each in (data["ledger"] or {"arguments": []})["arguments"] for one in each["claims"]
    ]
    asked = PLACES.replace("CLAIMS", f"({''.join(f'{json.dumps(name)}, ' for name in claims)})")
    places = json.loads(typst.eval(parts, asked, **PAPER))  # type: ignore[call-overload]
    pages = typst.compile(parts, format="png", ppi=72, **PAPER)  # type: ignore[call-overload]
    ink = [(imread(BytesIO(page))[:, :, :3] < 0.75).any(axis=(1, 2)) for page in pages]
    return Document(parts, data, places, ink)


def parts_of(folder: Path) -> dict[str, bytes]:
    """What a written report was made of: its pictures are in its page."""
    parts = {name: (FOLDER / name).read_bytes() for name in PARTS}
    parts |= {"main": (FOLDER / "report.typ").read_bytes(), "report.json": (folder / "report.json").read_bytes()}
    page = (folder / "report.html").read_text("utf-8")
    images = {unescape(alt): base64.b64decode(code) for code, alt in re.findall(r'base64,([^"]+)" alt="([^"]*)"', page)}
    data = json.loads(parts["report.json"])
    parts["brief.svg"] = images[data["brief"]["figure_alt"]]
    for number, chapter in enumerate(data["chapters"]):
        parts |= {f"{number}-{name}.svg": images[alt] for name, alt in chapter["figures"].items()}
    return parts


def large_tree() -> Model:
    """A tree that is too high for a page."""
    inner = {
        f"move {k}": Decision("B", {name: Outcome((k, 1)) for name in ("accept", "refuse", "wait")}) for k in range(15)
    }
    return Model("large", "A large tree", ExtensiveGame(("A", "B"), Decision("A", inner)))


@pytest.fixture(scope="module")
def whole(case_report: Path) -> Document:
    return document(parts_of(case_report))


@pytest.fixture(scope="module")
def small() -> Document:
    made = report(CASE, [large_tree()])
    return document(sources(made, canonical_json(made)))


@pytest.fixture(params=["whole", "small"])
def printed(request: pytest.FixtureRequest) -> Document:
    found: Document = request.getfixturevalue(request.param)
    return found


def test_no_heading_stands_alone_at_a_pages_foot(printed: Document) -> None:
    assert printed.places["headings"]
    for page, top, name, _ in printed.places["headings"]:
        assert printed.ink[page - 1][round(top) + 22 : FOOT].any(), (page, name)


def test_a_heading_alone_would_be_noticed(whole: Document) -> None:
    """A control: the last line of some page, were it a heading, has nothing below it."""
    ends = [np.flatnonzero(rows[TOP:FOOT])[-1] + TOP for rows in whole.ink]
    assert not any(rows[end + 1 : FOOT].any() for rows, end in zip(whole.ink, ends, strict=True))


def test_no_claim_is_torn_over_pages(whole: Document) -> None:
    """Its last line, the link to the argument behind its verdict, stands where its first does."""
    begun = dict(whole.places["claims"])
    claims = [claim for argument in whole.data["ledger"]["arguments"] for claim in argument["claims"]]
    assert set(begun) == {f"claim-{claim['id']}" for claim in claims}
    ended = {to.replace("proof-", "claim-"): page for to, page in whole.places["links"] if to.startswith("proof-")}
    assert len(ended) == sum(bool(claim["why"]) for claim in claims) > 20
    assert {name: page for name, page in ended.items() if begun[name] != page} == {}


def test_no_page_but_the_last_is_three_quarters_blank(printed: Document) -> None:
    for number, rows in enumerate(printed.ink[:-1], start=1):
        written = np.flatnonzero(rows[TOP:FOOT])
        assert written.size, number
        assert written[-1] >= (FOOT - TOP) / 4, number
        assert np.diff(written).max() < (FOOT - TOP) / 2, number


def test_the_first_page_is_the_brief_alone_and_the_contents_follow(printed: Document) -> None:
    pages = {name: page for page, _, name, _ in printed.places["headings"]}
    assert pages["brief"] == 1
    assert pages["contents"] == 2
    assert {name for name, page in pages.items() if page == 1 and name} == {"brief"}
    listed = {to for to, page in printed.places["links"]}
    assert {f"term-{name}" for name in ("A_F", "beta")} <= listed or printed.data["ledger"] is None


def test_no_picture_is_printed_with_letters_below_seven_points(printed: Document) -> None:
    least = {"tree": tree.LETTERS, "graph": graph.LETTERS, "when": flow_chart.LETTERS - 0.5}
    for name, shown in printed.places["pictures"]:
        kind = re.split("[-.]", name)[1]
        if kind in least:
            svg = printed.parts[name].decode()
            natural = float(re.search(r'<svg[^>]* width="([\d.]+)pt"', svg)[1])  # type: ignore[index]
            assert float(re.findall(r"[\d.]+", shown)[-1]) / natural * least[kind] > 6.98, name


def test_a_tree_too_high_for_a_page_is_a_table_instead(small: Document) -> None:
    assert "0-tree.svg" in small.parts
    assert "0-tree.svg" not in [name for name, _ in small.places["pictures"]]


def test_the_document_is_readable_by_ear(printed: Document) -> None:
    """Typst checks what PDF/UA-1 asks for: title, language, order of headings, descriptions of pictures."""
    assert typst.compile(printed.parts, format="pdf", pdf_standards="ua-1", **PAPER).startswith(b"%PDF")  # type: ignore[call-overload]
