"""The page and the schema of certificates say what the checker reads."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from analyses.certificates.verify import CONCEPTS, Verified, check
from judges.by_hand import CERTIFICATES, CONCEDES, changed

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "certificates.md").read_text("utf-8")
SCHEMA = json.loads((DOCS / "certificate.schema.json").read_text("utf-8"))


def errors(given: Any) -> list[str]:
    validator = pytest.importorskip("jsonschema").Draft202012Validator(SCHEMA)
    return [error.message for error in validator.iter_errors(given)]


def test_the_example_of_the_page_is_accepted() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    result = check(json.loads(example))
    assert isinstance(result, Verified)
    assert f"The checker derives {numbers(json.loads(example))} facts" in PAGE


def numbers(given: Any) -> int:
    return 1 + max(int(number) for number in re.findall(r"\d+", json.dumps(given["proof"])))


def test_the_page_names_every_concept_and_form() -> None:
    for form, concept in CONCEPTS:
        assert f"`{form}`" in PAGE
        assert f"`{concept}`" in PAGE


def test_the_page_has_the_limits() -> None:
    from analyses.certificates import verify

    for value in (verify.MOST_BYTES, verify.MOST_STEPS, verify.MOST_BITS, verify.MOST_TERMS, verify.LONGEST_FORMULA):
        assert f"{value:,}" in PAGE
    for value in (verify.MOST_DEGREE, verify.MOST_WAYS, verify.LONGEST_NAME, verify.LARGEST_EXPONENT):
        assert str(value) in PAGE


def test_the_schema_is_one() -> None:
    pytest.importorskip("jsonschema").Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", CERTIFICATES)
def test_what_is_accepted_keeps_to_the_schema(name: str) -> None:
    assert errors(CERTIFICATES[name]) == []


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("sealed",), True),
        (("verdict",), "perhaps"),
        (("statement", "of"), "most"),
        (("statement", "ranges", "a"), [0, 1]),
        (("statement", "premises", 0), ["h", "<"]),
        (("statement", "quantities", "q"), {}),
        (("statement", "models", 0, "game", "root", "moves"), {}),
        (("statement", "models", 0, "form"), "normal"),
        (("proof", 0), "divide"),
        (("proof", 2, 1, 1, 0, 0), 1),
    ],
)
def test_what_does_not_keep_to_the_schema_is_refused(path: tuple[Any, ...], to: Any) -> None:
    given = changed(CONCEDES, *path, to=to)
    assert errors(given)
    assert not isinstance(check(given), Verified)
