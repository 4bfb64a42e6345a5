"""Files that are made to crash, to hang or to fill the memory are refused like any others."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from analyses.certificates.verify import NotAccepted, check, check_file
from judges.by_hand import CONCEDES, certificate, changed, statement

Json = Any

DEEP = 100_000
HOSTILE = {
    "nested lists": "[" * DEEP + "]" * DEEP,
    "nested objects": '{"a":' * DEEP + "1" + "}" * DEEP,
    "a field twice": '{"format": "x", "format": "parley certificate 1"}',
    "not a number": '{"format": NaN}',
    "infinite": '{"format": -Infinity}',
    "a float": '{"format": 0.5}',
    "a huge exponent": '{"format": 1e999999999}',
    "many digits": '{"format": ' + "9" * 10_000 + "}",
    "cut off": '{"format": "parley',
    "empty": "",
    "no text": b"\xff\xfe\xff",
    "too long": "[" + "0," * 5_000_000 + "0]",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name: str, tmp_path: Path) -> None:
    given = HOSTILE[name]
    (tmp_path / "hostile.json").write_bytes(given if isinstance(given, bytes) else given.encode())
    assert isinstance(check_file(str(tmp_path / "hostile.json")), NotAccepted)


def test_hostile_compressed_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bomb.json.gz").write_bytes(gzip.compress(b"[" * 100_000_000, compresslevel=1))
    (tmp_path / "cut.json.gz").write_bytes(gzip.compress(b"{}")[:-4])
    (tmp_path / "plain.json.gz").write_bytes(b"{}")
    for name in ("bomb", "cut", "plain", "nowhere"):
        assert isinstance(check_file(str(tmp_path / f"{name}.json.gz")), NotAccepted)
    assert isinstance(check_file(str(tmp_path)), NotAccepted)
    assert isinstance(check_file("a\0b"), NotAccepted)


def nested(proof: Json, depth: int) -> Json:
    for k in range(depth):
        proof = ["cut", f"c{k}", [[], ">", []], proof, ["sum", []]]
    return proof


def chain(length: int) -> Json:
    root: Json = {"payoffs": {"A": "0"}}
    for k in range(length):
        root = {"player": "A", "set": f"{k}", "moves": {"go": root, "stop": {"payoffs": {"A": "1"}}}}
    return {"players": ["A"], "root": root}


FORMULAS = {
    "powers of powers": "((((a + 1)**16)**16)**16)**16",
    "many terms": f"({' + '.join('abcdefgh')})**16",
    "a number of many digits": "9" * 3_999,
    "powers of numbers": "((9**16)**16)**16 * " * 100 + "1",
    "parentheses": "(" * 1_900 + "a" + ")" * 1_900,
    "signs": "-" * 3_900 + "a",
    "minima of minima": "min(a, b) + " * 300 + "0",
    "a string": "'a' * 1000000000",
    "a zero byte": "a\0",
    "no letters": "ａ",
}


@pytest.mark.parametrize("name", FORMULAS)
def test_hostile_formulas_are_refused(name: str) -> None:
    ranges = {letter: ["0", "1"] for letter in "abcdefgh"}
    told = statement(
        "extensive",
        {"players": ["A"], "root": {"payoffs": {"A": FORMULAS[name]}}},
        "subgame-perfect",
        ranges=ranges,
        quantities={"q": {"payoff": "A"}},
        conclusion=["q", ">=", "q"],
    )
    assert isinstance(check(certificate(told, "proved", proof=["sum", []])), NotAccepted)


@pytest.mark.parametrize(
    "given",
    [
        {**CONCEDES, "proof": nested([], 5_000)},
        {**CONCEDES, "proof": ["sum", [["1", [9] * 100]]]},
        {**CONCEDES, "proof": ["sum", [["1/7", [0, 1] * 30]] * 3_000]},
        {**CONCEDES, "proof": ["sum", [["1" + "0" * 3_999, [9]]] * 2]},
        certificate(statement("extensive", chain(3_000), "subgame-perfect", conclusion=["or"]), "proved", proof=[]),
        changed(CONCEDES, "statement", "conclusion", to=["or", *[["q", ">", "1"]] * 200_000]),
    ],
    ids=["a deep proof", "a high degree", "long products", "long numbers", "a deep tree", "a long conclusion"],
)
def test_hostile_certificates_are_refused(given: Json) -> None:
    assert isinstance(check(given, steps=300_000), NotAccepted)
