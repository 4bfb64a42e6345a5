"""What pages of the documentation show runs, and no command, concept or key goes without a page or an example."""

import json
import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest

from analyses.claims import documents as claims
from analyses.cli.docs import described
from analyses.documentation.pages import folder, pages
from analyses.documentation.sections import section
from games.formats import documents as games
from games.formats.syntax import parse_toml
from games.solvers import CONCEPTS

ROOT = Path(__file__).parents[1]
ELSEWHERE = {"games", "claims", "cases", "payoffs"}
"""The pages whose blocks `test_readme` runs."""
SLOW = ("parley report ", "parley importance ", "parley policies ", "parley decompose ")
NOT_RUN = {"certificates", "installing"}
"""Of these no block is a command or a program that runs here: they are formats, installations and other programs."""
PAGES = [file for file in sorted(folder().rglob("*.md")) if file.stem not in ELSEWHERE | NOT_RUN]
BLOCK = re.compile(r"(?:`([\w./-]+\.\w+)`[^`]*\n\n)?```(toml|sh|python|csv)\n(.*?)```", flags=re.DOTALL)


def blocks(text):
    """The blocks that run or that are files, each with the name of the file that the line before it has."""
    return [(found[1], found[2], found[3]) for found in BLOCK.finditer(text)]


def lay(tmp_path):
    """The files of the page on claims, which other pages name."""
    text = (ROOT / "docs" / "claims.md").read_text("utf-8")
    game, own, *_ = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    (tmp_path / "crisis.toml").write_text(game, "utf-8")
    (tmp_path / "my_claims.toml").write_text(own, "utf-8")


def run_page(text, tmp_path, parley, monkeypatch, slow):
    """Goes through a page as a reader would: writes its files, types its commands, runs its programs."""
    lay(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, kind, block in blocks(text):
        if kind in ("toml", "csv"):
            assert name, f"no line before the block says its file: {block[:60]}"
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(block, "utf-8")
        elif kind == "python":
            exec(compile(block, "page", "exec"), {"__name__": "page"})
        else:
            for line in block.splitlines():
                if line.startswith("parley completion ") and find_spec("shtab") is None:
                    continue
                if line.startswith("parley ") and (slow or not line.startswith(SLOW)):
                    command, _, remark = line.partition("  # exit code ")
                    done = parley(*shlex.split(command, comments=True)[1:], cwd=tmp_path)
                    assert done.returncode == int(remark or 0), (line, done.stderr)
                    assert done.stdout.strip() or "_files" in command, line


@pytest.mark.parametrize("page", PAGES, ids=lambda file: file.stem)
def test_what_a_page_shows_runs(page, tmp_path, parley, monkeypatch):
    run_page(page.read_text("utf-8"), tmp_path, parley, monkeypatch, slow=False)


LONGER = [page for page in PAGES if any(line in page.read_text("utf-8") for line in SLOW)]


@pytest.mark.long
@pytest.mark.parametrize("page", LONGER, ids=lambda file: file.stem)
def test_what_a_page_shows_that_takes_longer_runs(page, tmp_path, parley, monkeypatch):
    run_page(page.read_text("utf-8"), tmp_path, parley, monkeypatch, slow=True)


def documents(pages):
    """Every table in a file of TOML that a page shows."""
    for file in pages:
        for block in re.findall(r"```toml\n(.*?)```", file.read_text("utf-8"), flags=re.DOTALL):
            yield parse_toml(block)


EVERY = sorted(folder().rglob("*.md"))


def test_every_command_has_a_page_with_an_example():
    text = (folder() / "commands.md").read_text("utf-8")
    shown = {name: "".join(re.findall("```sh.*?```", section(text, name), re.DOTALL)) for name in described()}
    without = [name for name, lines in shown.items() if f"parley {name}" not in lines]
    assert without == []
    assert set(described()) <= set(pages(described()))


@pytest.mark.parametrize("name", sorted(CONCEPTS))
def test_every_concept_has_a_definition_with_a_source_limits_and_an_example(name):
    text = pages(described())[name].text()
    parts = dict(re.findall(r"^## ([^\n]*)\n(.*?)(?=^## |\Z)", text, flags=re.DOTALL | re.MULTILINE))
    assert re.search(
        r"\((?:\D*, )?1[89]\d\d|\((?:\w|\D)* ?(?:19|20)\d\d|(?:19|20)\d\d\)", parts["Definition and source"]
    )
    assert len(parts["What is returned"].strip()) > 40
    assert "*Complete*: " in parts["Complete, limits, an example"]
    assert "*Limits*: " in parts["Complete, limits, an example"]
    assert f"--concept {name}" in parts["Complete, limits, an example"]


def test_every_key_of_claims_has_an_example_that_runs():
    shown = [claim for document in documents(EVERY) for claim in document.get("claims", {}).values()]
    assert set(claims.KEYS) - {key for claim in shown for key in claim} == set()
    quantities = [q for claim in shown for q in (*claim.get("where", {}).values(), claim.get("monotone", {}))]
    assert set(claims.QUANTITY_KEYS) - {key for quantity in quantities for key in quantity} == set()


def test_every_key_of_game_files_has_an_example_that_runs():
    shown = list(documents(EVERY))
    assert set(games.KEYS) - {key for document in shown for key in document} == set()
    parameters = [p for document in shown for p in document.get("parameters", {}).values() if isinstance(p, dict)]
    assert set(games.PARAMETER_KEYS) - {key for parameter in parameters for key in parameter} == set()


def test_a_page_as_plain_text_has_no_signs_of_markdown_and_lines_that_fit(tmp_path, parley):
    for topic in ("claims", "nash", "solve", "tutorial"):
        done = parley("docs", topic, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert "```" not in done.stdout
        assert "](" not in done.stdout
        assert "**" not in done.stdout


def test_topics_are_listed_and_a_wrong_one_is_told_what_may_be_meant(tmp_path, parley):
    listed = json.loads(parley("docs", "--format", "json", cwd=tmp_path).stdout)["pages"]
    assert {"tutorial", "claims", "solve", "nash"} <= {page["topic"] for page in listed}
    assert len({page["topic"] for page in listed}) == len(listed)
    (page,) = json.loads(parley("docs", "nash", "--format", "json", cwd=tmp_path).stdout)["pages"]
    assert page["markdown"].startswith("# `nash`")
    wrong = parley("docs", "clams", cwd=tmp_path)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert wrong.stderr.endswith("did you mean claims?\n")


def test_no_two_pages_have_one_topic():
    written = [file.stem for file in EVERY if file.stem != "index"]
    assert len(pages(described())) == len(written) + len(described()) + len(CONCEPTS)
