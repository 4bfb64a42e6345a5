"""The checker on certificates made by hand: what it accepts, what it refuses, and where it says that the fault is."""

import ast
import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from analyses.certificates.verify import NotAccepted, Verified, check
from judges.by_hand import (
    CERTIFICATES,
    CONCEDES,
    DEFECTS,
    EXISTS,
    IRRATIONAL,
    MAY_NOT,
    MIXES,
    NONE_PURE,
    certificate,
    changed,
    statement,
)

Json = Any
ROOT = Path(__file__).parents[3]
FILE = ROOT / "analyses" / "certificates" / "verify.py"


@pytest.mark.parametrize("name", CERTIFICATES)
def test_certificates_made_by_hand_are_accepted(name: str) -> None:
    result = check(CERTIFICATES[name])
    assert isinstance(result, Verified), result


def test_what_is_accepted_is_said_in_a_sentence_from_the_statement() -> None:
    said = {name: getattr(check(each), "says", "") for name, each in CERTIFICATES.items()}
    given = "wherever ranges, assumptions and"
    hold = "hold and payoffs are defined"
    pure = "subgame-perfect equilibrium in pure strategies"
    assert said["a tree, proved"] == (
        f"proved: {given} 2 premises {hold}, in every {pure} of “the game”, [probability of Full, Concede] >= 1"
    )
    assert (
        said["none at a point"] == f"refuted: {given} 0 premises {hold}, there is a pure Nash equilibrium of “the game”"
    )
    assert said["two equilibria"] == (
        f"refuted: {given} 0 premises {hold}, no {pure} of “the game” differs from another in what is chosen"
    )
    assert said["an irrational point"].endswith("[payoff of A]*[payoff of A] == 2")


# Alone.


def test_the_checker_imports_the_standard_library_only() -> None:
    tree = ast.parse(FILE.read_text("utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert all(node.level == 0 for node in froms)
    assert {name.split(".")[0] for name in [*names, *(str(node.module) for node in froms)]} <= sys.stdlib_module_names


def test_the_file_alone_checks_files(tmp_path: Path) -> None:
    """Copied into an empty folder, with neither the environment nor site packages."""
    (tmp_path / "verify.py").write_bytes(FILE.read_bytes())
    for k, each in enumerate(CERTIFICATES.values()):
        text = json.dumps(each).encode()
        name, data = (f"{k}.json", text) if k % 2 else (f"{k}.json.gz", gzip.compress(text))
        (tmp_path / name).write_bytes(data)
    (tmp_path / "wrong.json").write_text(json.dumps({**CONCEDES, "verdict": "refuted"}))
    files = [path.name for path in sorted(tmp_path.glob("*.json*"))]
    run = [sys.executable, "-I", "-S", "verify.py"]
    done = subprocess.run([*run, *files], cwd=tmp_path, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1, "")
    assert lines[-1] == f"{len(CERTIFICATES)} of {len(files)} accepted"
    assert sum(": accepted: " in line for line in lines) == len(CERTIFICATES)
    assert lines[-2] == (
        "wrong.json: not accepted: what shows that of every it is refuted must be witness, each once, not proof "
        "(at statement)"
    )
    done = subprocess.run([*run, "--json", "1.json"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["accepted"] is True


# What is refused.


def refusal(given: Json) -> str:
    result = check(given)
    assert isinstance(result, NotAccepted), result
    return f"{result.why} (at {result.place})"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "an object is expected, not something of the kind NoneType (at certificate)"),
        ({**CONCEDES, "sealed": True}, "there is no field sealed here"),
        ({**CONCEDES, "format": "parley certificate 2"}, "one of parley certificate 1 is expected"),
        (changed(CONCEDES, "statement", "concept", to="nash-equilibrium"), "this checker does not cover"),
        (changed(CONCEDES, "statement", "ranges", "a", to=[0, 10]), "a number as text, such as"),
        (changed(CONCEDES, "statement", "ranges", "a", to=[True, "10"]), "a number as text, such as"),
        (changed(CONCEDES, "statement", "ranges", "a", to=["1/0", "10"]), "a number as text, such as"),
        (changed(CONCEDES, "statement", "ranges", "not", to=["0", "1"]), "not cannot name a parameter"),
        (changed(CONCEDES, "statement", "premises", 0, to=["h", "<", "k + w"]), "w is no parameter"),
        (
            changed(CONCEDES, "statement", "premises", 0, to=["h", "<", "__import__('os')"]),
            "a formula has names, numbers and signs",
        ),
        (changed(CONCEDES, "statement", "premises", 0, to=["h", "<", "k.real"]), "has a part that is no"),
        (changed(CONCEDES, "statement", "premises", 0, to=["h", "<", "1e400"]), "a number as text"),
        (changed(CONCEDES, "statement", "premises", 0, to=["h", "<", "k**99999"]), "an exponent must be"),
        (changed(CONCEDES, "statement", "premises", 0, to=["h", "<", "k/0"]), "divides by zero"),
        (changed(CONCEDES, "statement", "premises", 0, to=["h", "~", "k"]), "a relation is"),
        (changed(CONCEDES, "statement", "premises", 0, to=["h", "<", "k", "<", "a"]), "a relation is"),
        (changed(CONCEDES, "statement", "quantities", "q", to={"reach": ["Half"]}), "the tree has no node after Half"),
        (changed(CONCEDES, "statement", "quantities", "q", "model", to=1), "a quantity names no model"),
        (changed(CONCEDES, "statement", "quantities", "q", "model", to=False), "a quantity names no model"),
        (changed(CONCEDES, "statement", "quantities", "a", to={"payoff": "Japan"}), "names two"),
        (changed(DEFECTS, "statement", "quantities", "q", to={"payoff": "A", "after": ["C"]}), "nothing comes after"),
        (changed(CONCEDES, "statement", "models", 0, "game", "players", to=["Japan"]), "those who are paid"),
        (changed(CONCEDES, "proof", 1, to=13), "do not cover the fact 13 (at proof/split)"),
        (changed(CONCEDES, "proof", 1, to=True), "no fact with the number"),
        (changed(CONCEDES, "proof", 1, to=[14]), "no fact with the number"),
        (changed(CONCEDES, "proof", 2, to=CONCEDES["proof"][2][:1]), "1 branches do not cover the fact 14"),
        (changed(CONCEDES, "proof", 2, 1, to=["sum", []]), "the sum is 0, which contradicts nothing"),
        (changed(CONCEDES, "proof", 2, 1, 1, 0, 0, to="-1"), "the multiplier must be a positive number"),
        (changed(CONCEDES, "proof", 2, 1, 1, 0, 1, to=[16]), "no fact with the number 16 is known here"),
        (changed(CONCEDES, "proof", 2, 1, 1, 0, 1, to=[14]), "not choices"),
        (changed(CONCEDES, "proof", 2, 1, 1, 2, 0, to="2"), "the sum is no number"),
        (changed(MAY_NOT, "witness", "values", "a", to="1"), "does not hold there"),
        (changed(MAY_NOT, "witness", "values", "b", to="1"), "the variables of a witness must be"),
        (changed(IRRATIONAL, "witness", "root", "between", to=["3/2", "2"]), "its sign changes"),
        (changed(IRRATIONAL, "witness", "root", "of", to=["-4", "0", "0", "0", "1"]), "of least degree"),
        (changed(EXISTS, "statement", "concept", to="pure-nash"), "is no theorem that is known here"),
        (changed(EXISTS, "proof", "theorem", to=1), "is no theorem that is known here"),
        (changed(MIXES, "proof", "candidates", 0, "A's payoff", to="1"), "no fact with the number 1"),
        (changed(MIXES, "statement", "ranges", "a", to=[None, None]), "no fact with the number 1"),
        (changed(NONE_PURE, "witness", "at", "a", to="-1"), "does not hold there (at witness/at)"),
        (changed(NONE_PURE, "statement", "concept", to="nash"), "do not cover the fact"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_where(given: Json, said: str) -> None:
    assert said in refusal(given)


def within(proof: Json) -> Json:
    """The certificate of `MAY_NOT`'s statement, which is false, with a proof."""
    return certificate(MAY_NOT["statement"], "proved", proof=proof)


ABOVE = [[["1", ["a"]]], ">", [["1", []]]]


@pytest.mark.parametrize(
    ("proof", "said"),
    [
        # The same "or" split again inside one of its branches says nothing new, and takes nothing away.
        (["split", 12, [["split", 12, [["sum", []], ["sum", []]]], ["sum", []]]], "contradicts nothing"),
        (["cut", "l", ABOVE, ["cut", "l", ABOVE, [], []], []], "a cut needs a name of its own (at proof/cut l/if not"),
        (["cut", "l.0", [[], ">", []], [], []], "a cut needs a name of its own"),
        (["cut", "l", [["1", []], ">", []], [], []], "a list of 2 is expected"),
        (["cut", "l", [[["1", ["a"]]], "<", []], ["sum", []], ["sum", []]], "contradicts nothing"),
        (["sum", [["-1", [], [[["1", ["a"]]]]]]], "the multiplier must be a positive number"),
        (["sum", [[[["1", ["a"]]], [0]]]], "the multiplier must be a positive number"),
        (["sum", [["0", [0]]]], "the multiplier must be a positive number"),
        (["sum", [["1", [0], []]]], "the sum is no number"),
        (["sum", [[1, [0]]]], "a list is expected"),
        (["sum", [["1"]]], "a row is"),
        (["sum", [["1", [], [[["1", []]]]], ["1", [], []]]], "the sum is 2"),
    ],
)
def test_a_proof_that_shows_nothing_is_refused(proof: Json, said: str) -> None:
    assert said in refusal(within(proof))


def test_a_probability_that_is_none_makes_no_game() -> None:
    game = {
        "players": ["A"],
        "root": {"chance": "c", "moves": {x: {"probability": p, "then": {"payoffs": {"A": "1"}}} for x, p in ()}},
    }
    told = statement("extensive", game, "subgame-perfect", of="some", conclusion=["and"], ranges={"p": ["0", "1"]})
    for odds, said in (
        ({}, "must sum to 1"),
        ({"l": "2", "r": "-1"}, "a probability is not between 0 and 1"),
        ({"l": "p", "r": "p"}, "must sum to 1"),
    ):
        moves = {x: {"probability": p, "then": {"payoffs": {"A": "1"}}} for x, p in odds.items()}
        given = changed(told, "models", 0, "game", "root", "moves", to=moves)
        assert said in refusal(certificate(given, "proved", proof={"theorem": True, "every": ["sum", []]}))


def test_a_player_that_has_forgotten_is_refused() -> None:
    def again(a: str, b: str) -> Json:
        return {"player": "A", "set": "again", "moves": {"l": {"payoffs": {"A": a}}, "r": {"payoffs": {"A": b}}}}

    root = {"player": "A", "set": "first", "moves": {"l": again("0", "1"), "r": again("1", "0")}}
    told = statement("extensive", {"players": ["A"], "root": root}, "nash", conclusion=["or"])
    assert "has forgotten something" in refusal(certificate(told, "proved", proof=["sum", []]))


def test_two_variables_of_one_name_are_refused() -> None:
    """Else a choice of names would make one variable of two, and prove what is false."""
    below = {"player": "A", "set": "s", "moves": {"b, c": {"payoffs": {"A": "0"}}, "d": {"payoffs": {"A": "1"}}}}
    other = {"player": "A", "set": "t", "moves": {"c": {"payoffs": {"A": "0"}}, "d": {"payoffs": {"A": "1"}}}}
    root = {"player": "A", "set": "r", "moves": {"a": below, "a, b": other}}
    asked = {"p": {"reach": ["a", "b, c"]}, "q": {"reach": ["a, b", "c"]}}
    told = statement(
        "extensive",
        {"players": ["A"], "root": root},
        "subgame-perfect",
        quantities=asked,
        conclusion=["p + q", "<=", "1"],
    )
    assert "two variables would be called" in refusal(certificate(told, "proved", proof=["sum", []]))


def test_a_relation_that_divides_by_zero_does_not_hold_and_its_denial_does() -> None:
    """Read at numbers: a point of the range [b, b] satisfies the premise or not."""
    for text, b, truth in (
        (["1/b", ">", "1"], "0", False),
        (["not", ["1/b", ">", "1"]], "0", True),
        (["1/b", ">", "1"], "1/2", True),
        (["b/b", "==", "1"], "0", False),
        (["min(1/b, 0)", "<=", "1"], "0", False),
        (["min(b, 1 - b) + max(b, 0)", "==", "1"], "3/4", True),
        (["b**-2", ">=", "-4"], "-1/2", True),
        (["1/b", "<", "1"], "-1/2", True),
        (["or", ["1/b", "<", "1"], ["not", ["and"]]], "-1/2", True),
    ):
        game = {"players": ["A"], "root": {"payoffs": {"A": "0"}}}
        told = statement("extensive", game, "subgame-perfect", ranges={"b": [b, b]}, premises=[text], conclusion=["or"])
        result = check(certificate(told, "refuted", witness={"values": {"b": b}}))
        assert isinstance(result, Verified) is truth, text
