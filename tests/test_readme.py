"""What the README and the page on games of one's own show works as shown."""

import re
import shlex
import subprocess
import sys
from importlib import import_module
from inspect import signature
from pathlib import Path
from shutil import copytree

import pytest

from analyses import case_folder
from analyses.claims import documents
from analyses.commentary import CASE
from games.solvers import CONCEPTS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
PAGE = (ROOT / "docs" / "games.md").read_text()
CASES = (ROOT / "docs" / "cases.md").read_text()
ON_CLAIMS = (ROOT / "docs" / "claims.md").read_text()
ON_PAYOFFS = (ROOT / "docs" / "payoffs.md").read_text()


def blocks(language, page=README):
    return re.findall(rf"```{language}\n(.*?)```", page, flags=re.DOTALL)


def test_python_block_is_about_fifteen_lines_and_runs(tmp_path):
    block, *_ = blocks("python")
    assert len([line for line in block.splitlines() if line.strip()]) <= 18
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "3 nash equilibria, exact, complete" in done.stdout
    assert "Lift*" in done.stdout
    assert (tmp_path / "window.png").stat().st_size > 10_000


@pytest.mark.long
def test_the_block_on_claims_runs(tmp_path):
    _, block, _ = blocks("python")
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("at the default payoffs {'proved': ")


def test_the_block_on_what_lies_beyond_a_verdict_runs(tmp_path):
    *_, block = blocks("python")
    (tmp_path / "my_claims.toml").write_text(CLAIMS[0])
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for said in ("what carries the proof", "overturns the conclusion", "With ", "The conclusion holds in", "can hold"):
        assert said in done.stdout, (said, done.stdout)


CLAIMS = [block for block in blocks("toml") if block.startswith("[claims.")]
ARGUMENTS = [block for block in blocks("toml") if "\n[claims." in block]
GAMES = [block for block in blocks("toml") if "[claims." not in block]


@pytest.mark.parametrize("number", range(len(GAMES)))
def test_toml_block_is_a_game(number, tmp_path, parley):
    (tmp_path / "my_game.toml").write_text(GAMES[number])
    done = parley("solve", "my_game.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "exact, complete" in done.stdout


def test_what_check_prints_is_as_shown(tmp_path, parley):
    *_, shown = blocks("text")
    printed = parley("check", "core-full", "core-bought", cwd=tmp_path).stdout
    for line in shown.splitlines():
        assert line.strip() in ("", "…") or line in printed.splitlines(), line


def test_what_when_prints_is_as_shown(tmp_path, parley):
    shown, _ = blocks("text")
    command = next(line for line in README.splitlines() if line.startswith("parley when "))
    printed = parley(*shlex.split(command, comments=True)[1:], cwd=tmp_path).stdout
    assert printed == shown


SHOWN = re.findall(r"```sh\n(parley .*?)\n```\n\n```text\n(.*?)```", ON_PAYOFFS, flags=re.DOTALL)
SAMPLED = {"sweep", "importance", "policies"}


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command.split()[1] for command, _ in SHOWN])
def test_what_a_command_of_the_page_on_payoffs_prints_is_as_shown(command, shown, tmp_path, parley):
    """Where points are drawn but for the digits: those that a seed gives may change with the library that lays them."""
    name, *others = shlex.split(command)[1:]

    def told(text):
        return [re.sub(r"[\d.]+", "#", line) if name in SAMPLED else line for line in text.splitlines()]

    printed = told(parley(name, *others, cwd=tmp_path).stdout)
    assert [line for line in told(shown) if line != "…" and line not in printed] == []


def test_the_page_on_payoffs_names_commands_and_functions_that_exist():
    assert [command.split()[1] for command, _ in SHOWN] == [
        *("solve", "along", "map", "when", "sweep", "importance", "policies")
    ]
    for path in re.findall(r"`(analyses\.[\w.]+)`", ON_PAYOFFS):
        module, _, name = path.rpartition(".")
        assert callable(getattr(import_module(module), name)), path


def test_the_signalling_game_of_the_page_has_equilibria_with_beliefs(tmp_path, parley):
    (block,) = [each for each in blocks("toml", PAGE) if "Target after a threat" in each]
    for number, other in enumerate(blocks("toml", PAGE)):
        (tmp_path / f"{number}.toml").write_text(other)
        assert parley("solve", f"{number}.toml", cwd=tmp_path).returncode == 0
    (tmp_path / "threat.toml").write_text(block)
    shown = parley("show", "threat.toml", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "Target after a threat" in shown.stdout
    done = parley("solve", "threat.toml", "--concept", "sequential", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "beliefs" in done.stdout
    assert "exact, complete" in done.stdout


@pytest.mark.parametrize("number", range(len(blocks("python", PAGE))))
def test_python_block_of_the_page_runs(number, tmp_path):
    block = blocks("python", PAGE)[number]
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_page_lists_every_option_and_its_default():
    given = dict(re.findall(r"^\| .*? \| `(\w+)` \| .* \| `?([^|`]+?)`? \|$", PAGE, flags=re.MULTILINE))
    named = {name for row in re.findall(r"^\| (`.*?`) \| `\w+`", PAGE, flags=re.MULTILINE) for name in row.split("`")}
    taken = {
        (concept.name, option.name): option.default
        for concept in CONCEPTS.values()
        for option in list(signature(concept.solve).parameters.values())[1:]
    }
    assert {option for _, option in taken} == set(given)
    assert {concept for concept, _ in taken} <= named
    for (_, option), default in taken.items():
        assert default is None or given[option] == str(default)


def test_the_claims_of_their_page_are_judged_and_read_in_python(tmp_path, parley):
    game, claims = blocks("toml", ON_CLAIMS)
    (tmp_path / "crisis.toml").write_text(game)
    (tmp_path / "my_claims.toml").write_text(claims)
    for line in "".join(blocks("sh", ON_CLAIMS)).splitlines():
        done = parley(*shlex.split(line)[1:], cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), line
    verdicts = parley("check", "my_claims.toml", cwd=tmp_path).stdout
    assert verdicts.splitlines()[-1] == "7 claims: 6 proved, 1 refuted; of the verdicts 7 by Z3 alone."
    (block,) = blocks("python", ON_CLAIMS)
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "The conclusion holds in about" in done.stdout


def test_the_page_on_claims_lists_every_key():
    rows = re.findall(r"^\| (`.*?`) \|", ON_CLAIMS, flags=re.MULTILINE)
    named = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    assert named == set(documents.KEYS) - {"after"}


def write_case(folder, *arguments):
    """The case of the page on case studies, with these arguments, or with its own."""
    start, model, own = blocks("toml", CASES)
    for name, text in {"case": start, "models/crisis": model, "arguments/B1": (*arguments, own)[0]}.items():
        path = folder / "my_case" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_the_case_of_the_page_is_judged_as_the_page_says(tmp_path, parley):
    write_case(tmp_path)
    lines = [line.split("#")[0] for line in "".join(blocks("sh", CASES)).splitlines()]
    for line in lines:
        done = parley(*shlex.split(line)[1:], cwd=tmp_path)
        assert done.returncode == 0, (line, done.stderr)
    (block,) = blocks("python", CASES)
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("at the default payoffs ('war costs")


def test_the_argument_of_the_readme_belongs_to_a_case(tmp_path, parley):
    (argument,) = ARGUMENTS
    write_case(tmp_path, argument)
    done = parley("check", "--all", "--case", "my_case", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("REFUTED    B1-bare  If war costs the Challenger more")


@pytest.mark.parametrize(
    ("what", "keys"),
    [
        ("case", case_folder.CASE_KEYS),
        ("premise", case_folder.PREMISE_KEYS),
        ("argument", case_folder.ARGUMENT_KEYS),
        ("claim", case_folder.STATEMENT_KEYS),
        ("fact", case_folder.FACT_KEYS),
        ("tension", case_folder.TENSION_KEYS),
    ],
)
def test_the_page_on_cases_lists_every_key(what, keys):
    rows = re.findall(rf"^\| (?:\w+, )?{what}(?:, \w+)? \| (.*?) \|", CASES, flags=re.MULTILINE)
    assert set(keys) <= {key for row in rows for key in re.findall(r"`(\w+)", row)}


LINES = [line.split("#")[0].strip() for block in blocks("sh") for line in block.splitlines() if line[:7] == "parley "]
ALONE = [line for line in LINES if line not in {command for command, _ in SHOWN}]
SLOW = ("parley check A2", "parley report ")
"""Other tests check the argument and write reports: of the line itself the long tests make sure."""


PROFILE = """
[strategies]
Sender = { Refrain = 1 }
Target = { Resist = 1 }
"""


def test_the_readme_shows_commands():
    assert len(ALONE) >= 6


@pytest.mark.parametrize(
    "line", [pytest.param(line, marks=[pytest.mark.long] if line.startswith(SLOW) else []) for line in ALONE]
)
def test_shell_commands_run(line, tmp_path, parley):
    write_case(tmp_path)
    (tmp_path / "my_game.toml").write_text(GAMES[0])
    (tmp_path / "my_claims.toml").write_text(CLAIMS[0])
    (tmp_path / "my_profile.toml").write_text(PROFILE)
    copytree(ROOT / "analyses" / "commentary" / "proofs", tmp_path / "my_proofs")
    done = parley(*shlex.split(line)[1:], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    if line.startswith("parley report "):
        made = {path.name for path in (tmp_path / "my_report").iterdir()}
        assert made == {"report.json", "report.pdf", "report.html"}


def test_the_readme_counts_the_certificates_that_come_along():
    count, certified = re.search(r"commentary's (\d+) verdicts (\d+) are\s+certified", README).groups()
    assert int(certified) == len(list((ROOT / "analyses" / "commentary" / "proofs").glob("*.json.gz")))
    assert int(count) == sum(len(argument.claims) for argument in CASE.arguments)


def test_the_targets_of_the_tests_are_those_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text()
    targets = dict(re.findall(r"^([\w-]+):(.*)$", makefile, flags=re.MULTILINE))
    assert re.findall(r"^\| `make ([\w-]+)` \|", README, flags=re.MULTILINE) == ["test", "test-long", "test-all"]
    assert targets["test"].split() == ["lint", "types", "suite"]
    assert targets["test-long"].split() == ["long", "coverage", "wheel"]
    assert targets["test-all"].split() == ["test", "test-long"]
    options = dict(
        re.findall(r"^(suite|long|coverage): .*\n.* -m \"?([^\"$-]+?)\"?(?: [$-].*)?$", makefile, flags=re.MULTILINE)
    )
    assert options == {"suite": "not long", "long": "long", "coverage": "not long and not untraced"}


def test_files_that_the_readme_names_exist():
    for name in re.findall(r"\]\(([\w./]+)\)|`((?:games|notebooks|docs|analyses)/[\w./]+\.\w+)`", README):
        assert (ROOT / (name[0] or name[1])).is_file(), name
