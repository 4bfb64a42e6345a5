"""A second case study, in a folder: nothing but its own files says what it is, and a mistake is told in one line."""

import json
import re
import shlex
from collections.abc import Callable
from html import escape
from pathlib import Path
from shutil import copytree

import pytest

from analyses.arguments import Case
from analyses.case_folder import MOST_FILES, read_case
from analyses.cli import main
from analyses.drawing.argument_map import draw_argument_map
from analyses.ledger import Ledger, ledger
from analyses.reports.contents import report
from analyses.reports.publish import publish
from games import InputError
from games.catalog import load
from games.sources import Quoted

FOLDER = Path(__file__).parent / "textbook_dispute"
VERDICTS = {
    "D1-bare": "refuted",
    "D1-credible": "proved",
    "D1-odds": "proved",
    "D2-tied": "proved",
    "D2-idle": "refuted",
    "D10-no-crash": "proved",
    "D10-resolute": "refuted",
}


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(FOLDER)


@pytest.fixture(scope="module")
def found(case: Case) -> Ledger:
    return ledger(case.arguments, case=case)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the case that may be broken."""
    return copytree(FOLDER, tmp_path / "case")


def test_the_folder_is_read_as_it_says(case: Case) -> None:
    assert [argument.id for argument in case.arguments] == ["D1", "D2", "D10"]
    assert [statement.id for statement in case.statements] == list(VERDICTS)
    assert [model.name for model in case.chapters] == ["deterrence", "brinkmanship"]
    assert sorted(model.name for model in case.models) == ["brinkmanship", "deterrence"]
    first = case.arguments[0]
    assert isinstance(first.source, Quoted)
    assert all(statement.claim.source == first.source for statement in first.statements)
    bare, credible, odds = first.statements
    assert (bare.reading, bare.searched, credible.searched) == ("as the text has it", True, False)
    assert credible.claim.premises == tuple(r for premise in credible.given for r in premise.relations)
    assert len(odds.claim.premises) == len(odds.given) + 1


def test_the_ledger_judges_it(found: Ledger) -> None:
    assert {entry.id: entry.word for entry in found.entries} == VERDICTS
    assert found["D1-bare"].hidden_in_words == "it would follow given a > w, and holds nowhere else"
    assert found["D1-odds"].given == ("the Defender would rather fight than give way (w < a)", "c ≠ V*p")
    assert found["D1-odds"].rests_on == found["D1-odds"].given[:1]
    assert found["D2-tied"].given == found["D2-tied"].rests_on == ("a > w",)
    assert [(pull.tension.id, str(pull.standing)) for pull in found.tensions] == [
        ("T1", "exclude each other"),
        ("T2", "left unsaid"),
    ]


def test_the_map_shows_it(found: Ledger) -> None:
    (drawing,) = draw_argument_map(found)
    words = [text.get_text() for text in drawing.figure.axes[0].texts]
    assert {entry.label for entry in found.entries} <= set(words)
    assert "T1: exclude each other" in words
    assert "D10 The more resolute side prevails: no-crash proved, resolute refuted" in drawing.description


def test_the_report_tells_it(case: Case, tmp_path: Path) -> None:
    made = report(case)
    paths = publish(made, tmp_path)
    assert [path.name for path in paths] == ["report.json", "report.pdf", "report.html"]
    written = json.loads(paths[0].read_text())
    assert (written["title"], written["about"]) == (case.title, case.about)
    assert [chapter["name"] for chapter in written["chapters"]] == ["deterrence", "brinkmanship"]
    claims = [claim for argument in written["ledger"]["arguments"] for claim in argument["claims"]]
    assert {claim["id"]: claim["verdict"] for claim in claims} == VERDICTS
    assert [tension["id"] for tension in written["ledger"]["tensions"]] == ["T1", "T2"]
    assert len(written["ledger"]["facts"]) == 2
    assert paths[1].read_bytes().startswith(b"%PDF")
    page = paths[2].read_text()
    assert f"parley check --all --case {FOLDER}" in re.sub(r"</?code>", "", page)
    for said in (case.title, "Audience costs tie hands", "They are invented.", "hands tied by it"):
        assert escape(said, quote=False) in page
    assert page.count("The source leaves out: ") == 2
    assert "Japan" not in page


def test_commands_speak_of_it(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    def parley(*arguments: str) -> str:
        assert main([*arguments, "--case", str(FOLDER)]) == 0
        shown = capsys.readouterr()
        assert shown.err == ""
        return shown.out

    assert "A promise to defend" in parley("list")
    assert "sanction" not in parley("list")
    assert parley("show", "deterrence").startswith("A promise to defend")
    assert "Give way" in parley("explain", "deterrence")
    assert "pure-nash" in parley("compare", "brinkmanship")
    assert "Patrol" in parley("solve", "sanction-retaliation")
    everything = json.loads(parley("check", "--all", "--format", "json"))["claims"]
    assert {each["id"]: each["verdict"] for each in everything} == VERDICTS
    text = parley("check", "d2")
    (line,) = re.findall("See: (.*)", text)
    command, *arguments = shlex.split(line)
    assert (command, arguments[-4:]) == ("parley", ["--case", str(FOLDER), "--set", "a=1"])
    assert main([*arguments, "--format", "json"]) == 0
    (equilibrium,) = json.loads(capsys.readouterr().out)["equilibria"]
    assert equilibrium["strategies"]["Defender after Attack"]["Fight"] == "1"


def test_a_file_of_claims_may_speak_of_its_models(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[claims.mine]\nmodel = "deterrence"\nnever = ["Attack"]\n')
    assert main(["check", "D10-no-crash", str(own), "--case", str(FOLDER)]) == 0
    assert "  See: parley solve deterrence --case " in capsys.readouterr().out
    own.write_text('[claims.D10-no-crash]\nmodel = "deterrence"\nnever = ["Attack"]\n')
    assert main(["check", "D10-no-crash", str(own), "--case", str(FOLDER)]) == 2
    assert "two claims are called 'D10-no-crash', in the case and in " in capsys.readouterr().err


def test_a_case_may_be_about_models_of_the_catalog_alone(folder: Path) -> None:
    for path in [*(folder / "models").iterdir(), *(folder / "arguments").iterdir(), *folder.glob("[ft]*.toml")]:
        path.unlink()
    (folder / "models").rmdir()
    (folder / "case.toml").write_text("# Its title is the name of its folder.")
    (folder / "notes.md").write_text("Not read.")
    (folder / "arguments" / ".hidden").write_text("Not read, either.")
    (folder / "arguments" / "E.toml").write_text(
        'title = "E"\nsource = "a lecture"\n[claims.c]\nmodel = "sanction-retaliation"\nnever = ["Concede"]\n'
        'after = ["Full"]\npremises = ["E == 0", "A_F - k_F > beta"]\n'
    )
    case = read_case(folder)
    assert (case.title, case.about, case.models) == ("case", "", ())
    assert case.chapters == (load("sanction-retaliation"),)
    assert ledger(case.arguments, case=case).counts["proved"] == 1


Change = Callable[[Path], object]


def write(name: str, text: str) -> Change:
    return lambda folder: (folder / name).write_text(text)


def swap(name: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1))

    return change


def remove(name: str) -> Change:
    return lambda folder: (folder / name).unlink()


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        (remove("case.toml"), "case.toml", "there is no such file"),
        (write("case.toml", "title = 1"), "case.toml", "title must be text, not the number 1"),
        (write("case.toml", "titel = 'x'"), "case.toml", "the file has the unknown key 'titel'"),
        (write("case.toml", "title = "), "case.toml", "this is not TOML"),
        (
            swap("case.toml", '["deterrence"', '["deterence"'),
            "case.toml",
            "there is no model 'deterence'.*mean deterrence",
        ),
        (
            swap("case.toml", '["deterrence", "brinkmanship"]', "3"),
            "case.toml",
            "chapters: it must be a list of models, not the number 3",
        ),
        (swap("case.toml", "crash]", "'a b']\nword = 2\n[premises.crash]"), "case.toml", "premise 'a b'.*key 'word'"),
        (swap("case.toml", '["d_R > 1", "d_C > 1"]', "[]"), "case.toml", "the premise 'crash': relations is empty"),
        (write("fact.toml", ""), "case", "the file 'fact.toml' has no place here.*did you mean facts.toml?"),
        (write("models/third.md", "x"), "third.md", "the suffix '.md' is not known"),
        (
            write(
                "models/third.toml",
                "name = 'deterrence'\n[strategies]\nA = ['l']\nB = ['l']\n[payoffs]\nA = [[1]]\nB = [[1]]",
            ),
            "models",
            "two mod",
        ),
        (swap("models/deterrence.toml", "p*V - c", "p*Q - c"), "deterrence.toml", "Q"),
        (swap("models/deterrence.toml", '"p*V - c"', "\"__import__('os')\""), "deterrence.toml", "__import__"),
        (write("arguments/notes.txt", "x"), "notes.txt", "is read from .toml files"),
        (swap("arguments/D1.toml", "title", "name"), "D1.toml", "the file has the unknown key 'name'"),
        (swap("arguments/D2.toml", "title =", "id = 'D1'\ntitle ="), "arguments", "two arguments or claims are called"),
        (swap("arguments/D2.toml", "title =", "id = 'a b'\ntitle ="), "D2.toml", "'a b' cannot name an argument"),
        (swap("arguments/D2.toml", "source", "#"), "D2.toml", "the file has no 'source'"),
        (swap("arguments/D1.toml", "paragraph = 1", "paragraph = 0"), "D1.toml", "source: paragraph must be a number"),
        (swap("arguments/D1.toml", ".credible]\nwords", ".costly]\nwords"), "D1.toml", "'costly' is in case.toml, too"),
        (
            swap("arguments/D1.toml", '["costly"]', '["cost"]'),
            "D1.toml",
            "'D1-bare': given: there is no premise 'cost'",
        ),
        (swap("arguments/D1.toml", '["costly"]', "2"), "D1.toml", "'D1-bare': given must be a list of texts"),
        (swap("arguments/D1.toml", '"w < a"', '"w < z"'), "D1.toml", "premise 'credible', relation 1:.*'z'"),
        (swap("arguments/D1.toml", '"w < a"', "\"exec('1') < a\""), "D1.toml", "premise 'credible', relation 1:"),
        (swap("arguments/D1.toml", "= true", "= 1"), "D1.toml", "searched must be true or false, not the number 1"),
        (swap("arguments/D1.toml", "never", "nevr"), "D1.toml", "'D1-bare': it has the unknown key 'nevr'"),
        (swap("arguments/D1.toml", '"Attack"', '"Atack"'), "D1.toml", "'D1-bare': .*there is no action 'Atack'"),
        (swap("arguments/D1.toml", '"deterrence"', '"nowhere"'), "D1.toml", "model: there is no model 'nowhere'"),
        (swap("arguments/D10.toml", "claims.no-crash", "claims.'no crash'"), "D10.toml", "cannot name a claim"),
        (write("arguments/D10.toml", "title='x'\nsource='y'\nclaims={}"), "D10.toml", "claims has 0 claims"),
        (write("facts.toml", "facts = 1"), "facts.toml", "facts must be a list of tables"),
        (write("facts.toml", "facts = [1]"), "facts.toml", "facts, number 1: it must be a table"),
        (swap("facts.toml", '["D1"]', '["D9"]'), "facts.toml", "fact number 1 bears on 'D9'"),
        (swap("tensions.toml", '["D1", "D2"]', '["D1"]'), "tensions.toml", "tensions, number 1: between has 1 argu"),
        (swap("tensions.toml", '"D2-idle"', '"D2-idl"'), "tensions.toml", "shown by 'D2-idl'.*did you mean D2-idle?"),
        (swap("tensions.toml", '["D1", "D2"]', '["D1", "D9"]'), "tensions.toml", "between 'D9'"),
        (write("facts.toml", "x" * 1_000_001), "facts.toml", "larger than 1,000,000 bytes"),
    ],
)
def test_a_mistake_is_told_in_one_line_with_its_file(
    change: Change, where: str, message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder)
    assert main(["check", "--all", "--case", str(folder)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert re.search(rf"^parley: '[^']*{re.escape(where)}': ", line), line
    assert re.search(message, line), line


def test_a_folder_with_no_argument_or_too_many_files_is_refused(folder: Path, tmp_path: Path) -> None:
    for path in (folder / "arguments").iterdir():
        path.unlink()
    with pytest.raises(InputError, match="arguments': a case needs an argument"):
        read_case(folder)
    for number in range(MOST_FILES + 1):
        (folder / "arguments" / f"{number}.toml").touch()
    with pytest.raises(InputError, match="arguments': the folder has more than 200 files"):
        read_case(folder)
    with pytest.raises(InputError, match="this is no folder"):
        read_case(folder / "case.toml")
    with pytest.raises(InputError, match="this is no folder"):
        read_case(tmp_path / "nowhere")
    (folder / "tensions.toml").unlink()
    (folder / "tensions.toml").symlink_to("tensions.toml")
    (folder / "arguments" / "0.toml").rename(folder / "0.md")
    with pytest.raises(InputError):
        read_case(folder)
