"""Numbers: read exactly or refused, and written for a reader."""

import random
from fractions import Fraction

import numpy as np
import pytest
import sympy

from games.errors import InputError, listed, quoted
from games.exact import LONGEST, counted, exact, readable

SEED = 3


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (3, Fraction(3)),
        (Fraction(3, 10), Fraction(3, 10)),
        ("3/10", Fraction(3, 10)),
        (" -3 / 10 ", Fraction(-3, 10)),
        ("+7", Fraction(7)),
        ("0.3", Fraction(3, 10)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("3e-1", Fraction(3, 10)),
        ("1E3", Fraction(1000)),
        ("-0.10", Fraction(-1, 10)),
        ("0.1000000000000000055511151231257827", Fraction("0.1000000000000000055511151231257827")),
        (np.int64(-4), Fraction(-4)),
        (sympy.Rational(2, 7), Fraction(2, 7)),
        (sympy.Integer(5), Fraction(5)),
        (10**500, Fraction(10**500)),
        (f"1e{LONGEST}", Fraction(10**LONGEST)),
    ],
    ids=repr,
)
def test_what_is_read_exactly(given: object, expected: Fraction) -> None:
    read = exact(given)
    assert type(read) is Fraction
    assert read == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (0.1, 'V is the float 0.1, which is not exact; write "0.1" or a Fraction'),
        (float("nan"), "V is nan; a finite number is needed"),
        (float("-inf"), "V is -inf; a finite number is needed"),
        (True, "V is True; give a number"),
        (None, "V is 'None', not a number"),
        ("", "V is '', not a finite number"),
        ("inf", "V is 'inf', not a finite number"),
        ("nan", "V is 'nan', not a finite number"),
        ("1/0", "V is '1/0', which divides by zero"),
        ("1/-2", "V is '1/-2', not a finite number"),
        ("1/2/3", "not a finite number"),
        ("1.5/2", "not a finite number"),
        ("0x10", "V is '0x10', not a finite number"),
        ("1_000", "V is '1_000', not a finite number"),
        ("1,5", "V is '1,5', not a finite number"),
        ("50%", "V is '50%', not a finite number"),
        ("--1", "not a finite number"),
        ("1e", "not a finite number"),
        ("1e401", "its exponent must lie between -400 and 400"),
        ("1e-99999", "not a finite number"),
        ("9" * 401, "V has 401 characters; at most 400 are allowed"),
        ("3\n4", r"V is '3\n4', not a finite number"),
        ([1], "V is '[1]', not a number"),
        (1 + 0j, "V is '(1+0j)', not a number"),
        (np.float32(0.5), "V is '0.5', not a number"),
        (sympy.Float("0.5"), "not a number"),
        (sympy.Symbol("x"), "V is 'x', not a number"),
    ],
    ids=repr,
)
def test_what_is_refused_and_in_which_words(given: object, message: str) -> None:
    with pytest.raises(InputError) as error:
        exact(given, "V")
    assert message in str(error.value)
    assert len(str(error.value).splitlines()) == 1
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(0), "0"),
        (7, "7"),
        (-7, "−7"),
        (Fraction(1, 2), "0.5"),
        (Fraction(-1, 8), "−0.125"),
        (Fraction(1, 16), "0.0625"),
        (Fraction(1, 32), "1/32"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-22, 7), "−22/7"),
        (Fraction(12345, 10000), "1.2345"),
        (Fraction(-1, 10**6), "−1/1000000"),
        (Fraction(1001, 1000), "1.001"),
    ],
)
def test_numbers_for_a_reader(value: int | Fraction, shown: str) -> None:
    assert readable(value) == shown


def test_what_a_reader_sees_can_be_read_back() -> None:
    rng = random.Random(SEED)
    for _ in range(300):
        value = Fraction(rng.randint(-9999, 9999), rng.choice((1, 2, 3, 7, 10, 100, 999, 4000)))
        assert exact(readable(value).replace("−", "-")) == value, SEED


def test_fewer_digits_make_more_fractions() -> None:
    assert readable(Fraction(1, 8), digits=2) == "1/8"
    assert readable(Fraction(1, 4), digits=2) == "0.25"
    assert readable(Fraction(1, 4), digits=0) == "1/4"


def test_text_in_a_message_is_quoted_on_one_line_and_cut() -> None:
    assert quoted("a\nb\x07") == r"'a\nb\x07'"
    assert quoted("x" * 100) == "'" + "x" * 59 + "…'"
    assert quoted(3) == "'3'"
    assert listed(["a", "b"]) == "a, b"
    assert listed(range(40)) == ", ".join(map(str, range(30))) + ", … (10 more)"
    assert listed([]) == ""


def test_an_input_error_is_a_value_error() -> None:
    assert issubclass(InputError, ValueError)


def test_a_numeric_answer_next_to_zero_shows_no_digits() -> None:
    assert [readable(value) for value in (5.68342e-49, -1e-12, 0.0, 2e-9)] == ["<1e−9", ">−1e−9", "0", "2e−09"]


def test_a_printed_minus_sign_is_read() -> None:
    assert exact("\N{MINUS SIGN}1/2") == exact("-1/2") == Fraction(-1, 2)


def test_a_long_count_is_given_by_its_magnitude() -> None:
    assert counted(123456) == "123456"
    assert counted(10**15 - 1) == "9" * 15
    assert counted(10**15) == "about 10^15"
    assert counted(16 * 10**1202) == "about 10^1203"
