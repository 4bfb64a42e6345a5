"""The report, its argument map, the notebook of the ledger and ``parley check`` say the same of every claim."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from analyses.cli import main
from analyses.commentary import CASE

LEDGER = Path(__file__).parents[2] / "notebooks" / "08_the_ledger.ipynb"


@pytest.fixture(scope="module")
def told(case_report: Path) -> dict[str, Any]:
    """What the report says of each claim."""
    arguments = json.loads((case_report / "report.json").read_text("utf-8"))["ledger"]["arguments"]
    return {claim["id"]: claim for argument in arguments for claim in argument["claims"]}


def test_the_notebook_has_the_verdicts_of_the_report(told: dict[str, Any]) -> None:
    """Its table, as it is stored; that it comes out again is tested where notebooks run."""
    outputs = [o for cell in json.loads(LEDGER.read_text("utf-8"))["cells"] for o in cell.get("outputs", ())]
    texts = ["".join(output.get("data", {}).get("text/plain", ())) for output in outputs]
    (table,) = [text for text in texts if text.startswith("Claim ")]
    header, _, *lines = table.splitlines()
    start, end = header.index("Verdict"), header.index("The proof rests on")
    shown = {line.split()[0]: line[start:end].strip().rstrip("*") for line in lines}
    assert shown == {id: claim["headline"] for id, claim in told.items()}


def test_the_map_has_the_verdicts_of_the_report(case_report: Path, told: dict[str, Any]) -> None:
    page = (case_report / "report.html").read_text("utf-8")
    drawn = page[page.index('class="argument-map"') : page.index('id="argument-core"')]
    shown = re.findall(
        r'<a href="#claim-([^"]+)">([^<]+)</a> <span class="verdict (\w+)">([\w ]+?)(?: from [a-z0-9 ]+)?</span>', drawn
    )
    assert len(shown) == len(told)
    for argument in CASE.arguments:
        for statement in argument.statements:
            claim = told[statement.id]
            short = statement.id.removeprefix(f"{argument.id}-")
            assert (statement.id, short, claim["verdict"], claim["headline"]) in shown


def test_the_command_has_the_verdicts_of_the_report(told: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    ids = [id for id in told if id.startswith(("core-", "A12-", "A16-"))]
    assert main(["check", *ids, "--format", "json"]) == 0
    found = {claim["id"]: (claim["verdict"], claim["kind"]) for claim in json.loads(capsys.readouterr().out)["claims"]}
    assert found == {id: (told[id]["verdict"], told[id]["kind"]) for id in ids}
