"""The report on disk: three files, the same bytes every time, complete in themselves, and all of them or none."""

import base64
import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from sympy import Integer, symbols

from analyses.commentary import CASE
from analyses.reports import publish as publishing
from analyses.reports.contents import Report, chapter, report
from analyses.reports.publish import canonical_json, check_folder, publish, write_files
from analyses.when import outcomes
from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import load
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

ROOT = Path(__file__).parents[2]
ORDER = ("tree", "graph", "when-0", "when-1", "when-2", "importance", "tornado", "map")
"""How the figures of a chapter follow each other."""

FILES = ("report.json", "report.pdf", "report.html")
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/xhtml"}

x, y = symbols("x y")


@pytest.fixture(scope="module")
def part() -> Report:
    """Two models with every kind of figure, and few arguments about them."""
    return report(CASE, [load("secondary-sanctions"), load("standoff")])


@pytest.fixture(scope="module")
def small() -> Report:
    """One model without a map: quick to make."""
    game = ExtensiveGame(("A",), Decision("A", {"l": Outcome((x,)), "r": Outcome((Integer(0),))}))
    p = Parameter(
        x, meaning="a stake", default="1/2", low="-1", high="1", unit=Unit.PAYOFF, source=Assumed("for a test")
    )
    return report(CASE, [Model("small", "Small", game, (p,))])


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        """What is read on it, with a space between any two pieces."""
        return " ".join(" ".join(self.texts).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def page(case_report: Path) -> Page:
    return Page((case_report / "report.html").read_text("utf-8"))


@pytest.fixture(scope="module")
def data(case_report: Path) -> dict[str, Any]:
    loaded = json.loads((case_report / "report.json").read_bytes())
    assert isinstance(loaded, dict)
    return loaded


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_three_files_and_nothing_else(case_report: Path) -> None:
    assert sorted(path.name for path in case_report.iterdir()) == sorted(FILES)
    assert (case_report / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert (case_report / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.long
def test_another_process_writes_the_same_bytes(case_report: Path, tmp_path: Path) -> None:
    """With another seed of Python's hashes, at another time of day, into another folder."""
    done = subprocess.run(
        [sys.executable, "-m", "analyses", "report", "--out", str(tmp_path / "again")],
        env={**os.environ, "PYTHONHASHSEED": "31337", "TZ": "UTC-5"},
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-3:] == [str(tmp_path / "again" / name) for name in FILES]
    first, again = contents(case_report), contents(tmp_path / "again")
    for name in FILES:
        lines = zip(first[name].splitlines(), again[name].splitlines(), strict=False)
        assert first[name] == again[name], f"{name}: {next((pair for pair in lines if pair[0] != pair[1]), None)}"


def test_what_is_written_is_the_report(part: Report, tmp_path: Path) -> None:
    assert publish(part, tmp_path) == tuple(tmp_path / name for name in FILES)
    assert (tmp_path / "report.json").read_bytes() == canonical_json(part)
    drawn = [one.figures[kind] for one in part.chapters for kind in ORDER if kind in one.figures]
    if part.brief.figure is not None:
        drawn.insert(0, part.brief.figure)
    images = Page((tmp_path / "report.html").read_text("utf-8")).all("img")
    assert len(images) == len(drawn) > 8
    for image, drawing in zip(images, drawn, strict=True):
        kind, _, encoded = (image["src"] or "").partition(";base64,")
        assert kind == "data:image/svg+xml"
        assert base64.b64decode(encoded) == drawing.svg
        assert image["alt"] == drawing.description


def test_the_json_is_canonical(case_report: Path) -> None:
    written = (case_report / "report.json").read_bytes()
    again = json.dumps(json.loads(written), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert again.encode() == written
    assert b"NaN" not in written
    assert b"Infinity" not in written


def floats(value: Any) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from floats(part)


def test_no_number_in_the_json_is_a_float(data: dict[str, Any]) -> None:
    assert list(floats(data)) == []


def test_the_core_finding_is_in_the_json_as_proved(data: dict[str, Any]) -> None:
    first = data["chapters"][0]
    assert first["name"] == "sanction-retaliation"
    core = data["ledger"]["arguments"][0]
    assert "Commentary, paragraph 9" in core["source"]
    assert [claim["verdict"] for claim in core["claims"]] == ["proved", "proved", "proved", "refuted", "refuted"]
    full = core["claims"][1]
    assert full["id"] == "core-full"
    assert full["used"] == ["A_F - k_F > beta", "E = 0"]
    assert full["claimed"].endswith("sanction-retaliation: probability of Concede after Full ≤ 0")
    # Page 1 tells the proved claim whose sentence has all that it rests on.
    price = core["claims"][2]
    assert price["used"] == ["A_F - k_F > beta", "E < V_R"]
    assert f"Proved, whatever the numbers: {price['argument']}" in data["brief"]["sure"]
    assert "seconds" not in full


def test_when_an_outcome_is_played_is_told_for_all_payoffs(data: dict[str, Any], page: Page) -> None:
    (found,) = data["chapters"][0]["conditions"]
    assert found["conditions"] == [
        "E > V_R + g and beta > e",
        "E > V_R + g and b + e > 0",
        "E + h_F > V_R + g and beta > e and b + e > 0",
    ]
    assert found["legend"][0] == "e = A_F - k_F"
    assert found["remarks"][1].startswith("Together they are necessary")
    assert "When does it happen?" in page.text
    assert found["head"] in page.text
    assert found["remarks"][1] in page.text
    assert all(not chapter["conditions"] for chapter in data["chapters"][1:])


def test_every_outcome_has_its_share_and_its_conditions(data: dict[str, Any], page: Page) -> None:
    for told in data["chapters"]:
        model = load(told["name"])
        rows = told["outcomes"]["outcomes"]
        assert [row["outcome"] for row in rows] == list(outcomes(model))
        assert sum(float(row["by_every"].removesuffix(" %")) for row in rows) < 101
        assert "importance" in told["figures"]
    first = data["chapters"][0]["outcomes"]
    lifts = next(row for row in first["outcomes"] if row["outcome"] == "Full sanctions, Russia concedes, Japan lifts")
    assert lifts["conditions"] == ["Japan after Full, Concede: Lift where beta ≥ e (relief is credible)"]
    assert first["by_choice"]
    assert "pays" not in " ".join(line for row in first["outcomes"] for line in row["conditions"])
    assert all(row["conditions"] for row in data["chapters"][2]["outcomes"]["outcomes"])
    assert "When is each outcome played?" in page.text
    assert lifts["by_every_interval"] in page.text


def test_the_ledger_has_every_claim_and_what_is_on_record(data: dict[str, Any]) -> None:
    shown = data["ledger"]
    assert [one["id"] for one in shown["arguments"]] == [argument.id for argument in CASE.arguments]
    claims = [claim for one in shown["arguments"] for claim in one["claims"]]
    assert [claim["id"] for claim in claims] == [s.id for argument in CASE.arguments for s in argument.statements]
    assert shown["counts"] == {
        word: sum(claim["verdict"] == word for claim in claims) for word in ("proved", "refuted", "unsettled")
    }
    assert shown["counts"]["unsettled"] == 0
    for claim in claims:
        assert bool(claim["solve"]) == (claim["verdict"] == "refuted")
    assert {one["state"] for one in shown["tensions"]} == {"exclude each other", "can both hold", "left unsaid"}
    assert len(shown["facts"]) == len(CASE.facts)
    assert len(shown["unencoded"]) == len(CASE.unencoded) <= 3


def test_a_report_of_one_model_has_its_own_claims() -> None:
    made = report(CASE, [load("korea-rapprochement")])
    assert [argument.id for argument in made.ledger.arguments] == ["A12"]


def test_the_numbers_of_the_json_are_those_of_the_solver(data: dict[str, Any]) -> None:
    for shown, model in zip(data["chapters"], CASE.chapters, strict=True):
        equilibria = solve(model.at())
        listed = shown["solution"]["equilibria"]
        assert [one["payoffs"] for one in listed] == [
            {player: str(value) for player, value in one.payoffs.items()} for one in equilibria
        ]
        assert shown["values"] == {p.name: str(p.default) for p in model.parameters}
        shares = [Fraction(region["share"]) for region in shown["regions"]["regions"]]
        assert sum(shares) == 1
        assert len(shown["proofs"]) == min(3, len(equilibria))


def test_the_page_refers_to_nothing_outside_itself(case_report: Path, page: Page) -> None:
    text = (case_report / "report.html").read_text("utf-8")
    assert set(re.findall(r"https?://[^\s\"'<>)]*", text)) <= NAMESPACES
    names = {name for name, _ in page.tags}
    assert names & {"script", "link", "iframe", "object", "embed", "base", "form", "video", "audio", "source"} == set()
    for tag, attributes in page.tags:
        for attribute, value in attributes.items():
            assert not attribute.startswith("on"), (tag, attribute)
            if attribute in ("src", "href", "srcset", "xlink:href", "poster", "background", "data", "action"):
                assert (value or "").startswith(("data:", "#")), (tag, attribute, value)
    assert re.search(r"url\(|@import|expression\(", text) is None


def test_every_figure_is_in_the_page_with_a_description(page: Page, data: dict[str, Any]) -> None:
    described = [one["figures"][kind] for one in data["chapters"] for kind in ORDER if kind in one["figures"]]
    assert len(described) == 13
    assert [image["alt"] for image in page.all("img")] == [data["brief"]["figure_alt"], *described]


def test_the_page_has_its_title_and_headings_in_order(page: Page) -> None:
    assert page.all("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    for title in ("Japan's sanctions and the Kuril Islands", *(model.title for model in CASE.chapters)):
        assert title in page.text


def test_no_heading_level_is_skipped(page: Page) -> None:
    """A reader who moves from heading to heading by ear relies on it."""
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert [(a, b) for a, b in zip([0, *levels], levels, strict=False) if b > a + 1] == []


def test_a_report_of_one_model_at_other_values(tmp_path: Path) -> None:
    made = report(CASE, [load("secondary-sanctions")], {"omega": "4/5", "h_F": 4})
    assert made.title == "The decision on secondary sanctions"
    (only,) = made.chapters
    assert only.remarks == ("h_F = 4 lies outside the range 0 to 3 that the analyses cover",)
    assert "at these values" in only.brief
    publish(made, tmp_path)
    shown = json.loads((tmp_path / "report.json").read_bytes())["chapters"][0]
    assert (shown["values"]["h_F"], shown["values"]["omega"]) == ("4", "4/5")
    assert "lies outside the range" in (tmp_path / "report.html").read_text("utf-8")


def test_values_go_to_the_models_that_have_the_parameter() -> None:
    made = report(
        CASE, [load("territorial-partition"), load("sanction-encounter")], {"E": "1/3", "tau": "1/5", "V_J": 2}
    )
    assert [dict(one.values) for one in made.chapters] == [{"tau": "1/5", "V_J": 2}, {"E": "1/3", "V_J": 2}]


def test_the_brief_says_how_many_equilibria_there_are() -> None:
    one, several, none = (
        StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]]),
        StrategicGame.bimatrix([[2, 0], [0, 1]], [[1, 0], [0, 2]]),
        StrategicGame.bimatrix([[1, 0], [0, 1]], [[0, 1], [1, 0]]),
    )
    briefs = [chapter(Model("m", "M", game)).brief for game in (one, several, none)]
    assert briefs[0] == "M: at the default payoffs the only extreme Nash equilibrium is: 2, 2 (Row 1, Column 1)."
    assert "there are 3 extreme Nash equilibria" in briefs[1]
    assert (
        "the only extreme Nash equilibrium is: “1, 1” with probability 0.25 or “1, 2” with probability 0.25"
        in briefs[2]
    )
    assert "where Row plays 1 with probability 0.5, else 2; Column plays 1 with probability 0.5, else 2" in briefs[2]


@pytest.mark.parametrize(
    ("values", "message"),
    [({"nonsense": 1}, "has no parameter 'nonsense'"), ({"k_Y": 2}, "assumes"), ({"beta": 0.5}, "is the float")],
)
def test_wrong_values_make_no_report(values: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        report(CASE, [load("sanction-retaliation")], values)


MARKUP = ("#panic()", "*a* _b_ `c`", "<script>alert(1)</script>", "& <b>", "[x] \\ \"q\" 'r'", "@cite", "= h", "// c")


def test_text_from_a_file_is_text_in_every_format(tmp_path: Path) -> None:
    """Labels, titles, meanings and reasons that look like markup of Typst or HTML stay what they are."""
    labels = dict(zip("abcdefgh", MARKUP, strict=True))
    chance = Chance({labels["c"]: ("1/2", Outcome((x, y))), labels["d"]: ("1/2", Outcome((y, x)))})
    actions = {labels["a"]: Outcome((x, y)), labels["b"]: chance, labels["e"]: Outcome((y, y))}
    game = ExtensiveGame((labels["f"], labels["g"]), Decision(labels["f"], actions))
    parameters = tuple(
        Parameter(
            symbol,
            meaning=labels["h"] + labels["b"],
            default="1/2",
            low="-1",
            high="1",
            unit=Unit.PAYOFF,
            source=Assumed(labels["c"]),
        )
        for symbol in (x, y)
    )
    model = Model(
        name='../"<odd>',
        title=labels["c"],
        game=game,
        parameters=parameters,
        question=labels["a"],
        story=" ".join(MARKUP),
        unknown=(labels["c"], labels["b"]),
        choice_words={labels["a"]: labels["c"]},
        axes=("x", "y"),
    )
    publish(report(CASE, [model]), tmp_path)
    text = (tmp_path / "report.html").read_text("utf-8")
    page = Page(text)
    assert page.all("script") == page.all("b") == []
    for label in MARKUP:
        assert label in page.text, label
    assert len(page.all("img")) == 5


def test_two_models_of_one_name_keep_their_own_figures(tmp_path: Path) -> None:
    """Figures are named after their model within the document; a name must not make one replace the other."""
    first = ExtensiveGame(("A",), Decision("A", {"l": Outcome((1,))}))
    second = ExtensiveGame(("A",), Decision("A", {"l": Outcome((2,)), "other": Outcome((3,))}))
    made = report(CASE, [Model("same", "One", first), Model("same", "Two", second)])
    publish(made, tmp_path)
    images = Page((tmp_path / "report.html").read_text("utf-8")).all("img")
    assert len({image["src"] for image in images}) == len(images) == 2


@pytest.mark.parametrize("below", ["", "/sub", "/sub/deeper"])
def test_a_file_where_the_folder_should_be_is_refused(below: str, small: Report, tmp_path: Path) -> None:
    blocking = tmp_path / "taken"
    blocking.write_text("mine")
    with pytest.raises(InputError, match="cannot be a folder"):
        publish(small, f"{blocking}{below}")
    assert blocking.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [blocking]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("below", ["", "sub"])
def test_a_folder_without_permission_is_refused(below: str, small: Report, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    with pytest.raises(InputError, match="not writable"):
        publish(small, closed / below)
    assert list(closed.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc here, where nobody can make folders")
def test_a_folder_that_nobody_can_make_is_refused(small: Report) -> None:
    with pytest.raises(InputError, match="cannot write into '/proc/"):
        publish(small, "/proc/parley-report")


@pytest.mark.parametrize("name", ["a" * 300, "b/" * 3_000, "nul\0byte"], ids=["long name", "long path", "null byte"])
def test_an_impossible_path_is_refused(name: str, small: Report, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        publish(small, tmp_path / name)
    assert "\n" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_made_with_its_parents(small: Report, tmp_path: Path) -> None:
    target = tmp_path / "a" / "b"
    check_folder(target)
    assert not target.exists()
    assert publish(small, str(target)) == tuple(target / name for name in FILES)
    assert sorted(contents(target)) == sorted(FILES)


def test_a_second_report_replaces_the_first_and_leaves_other_files_alone(small: Report, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    publish(small, tmp_path)
    before = contents(tmp_path)
    publish(replace(small, title="Another title"), tmp_path)
    after = contents(tmp_path)
    assert set(after) == {*FILES, "notes.txt"}
    assert after["notes.txt"] == b"mine"
    assert all(after[name] != before[name] for name in FILES)


def old_files(folder: Path) -> dict[str, bytes]:
    for name in FILES:
        (folder / name).write_bytes(b"old " + name.encode())
    return contents(folder)


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_old_files_survive_a_document_that_cannot_be_set(
    form: str, small: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old_files(tmp_path)
    typeset = publishing.typeset

    def failing(made: Report, data: bytes, wanted: str) -> bytes:
        if wanted == form:
            raise InputError("no")
        return typeset(made, data, wanted)

    monkeypatch.setattr(publishing, "typeset", failing)
    with pytest.raises(InputError):
        publish(small, tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("failing", range(3))
def test_old_files_survive_a_full_disk(failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old_files(tmp_path)
    write = Path.write_bytes
    written: list[Path] = []

    def full(self: Path, content: bytes) -> int:
        written.append(self)
        if len(written) > failing:
            write(self, content[:1])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left on device"):
        write_files(tmp_path, dict.fromkeys(FILES, b"new"))
    monkeypatch.undo()
    assert contents(tmp_path) == before


@pytest.mark.parametrize("moves", range(7))
def test_an_interruption_never_costs_a_file(moves: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever the user interrupts, each file is there, whole, old or new."""
    before = old_files(tmp_path)
    replace_file = Path.replace
    done: list[Path] = []

    def interrupted(self: Path, target: Path) -> Path:
        if len(done) == moves:
            raise KeyboardInterrupt
        done.append(self)
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    try:
        write_files(tmp_path, dict.fromkeys(FILES, b"new"))
    except KeyboardInterrupt:
        assert len(done) == moves
    monkeypatch.undo()
    after = contents(tmp_path)
    assert set(after) == set(FILES)
    assert all(after[name] in (before[name], b"new") for name in FILES)


@pytest.mark.parametrize("name", FILES)
def test_old_files_survive_when_one_cannot_be_replaced(name: str, small: Report, tmp_path: Path) -> None:
    """A folder stands where one of the files should go; then none of the others may change either."""
    before = old_files(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    with pytest.raises(InputError, match="cannot write into"):
        publish(small, tmp_path)
    del before[name]
    assert contents(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)


def test_every_claim_is_in_the_pages_text(page: Page) -> None:
    text = page.text
    for argument in CASE.arguments:
        assert argument.title in text
        for statement in argument.statements:
            (verdict,) = re.findall(rf"(?<!\S){re.escape(statement.id)} ([A-Z]{{2,}})\b", text)
            assert verdict in ("PROVED", "REFUTED", "UNSETTLED")
            assert statement.title in text


def test_commands_are_shown_as_they_are_typed(page: Page, data: dict[str, Any]) -> None:
    """Not with the letters in which names of parameters are set elsewhere."""
    commands = [line for one in data["ledger"]["arguments"] for claim in one["claims"] for line in claim["solve"]]
    assert any("beta=" in line for line in commands)
    assert [line for line in commands if line not in page.text] == []
