"""Formulas: read without evaluating anything, and evaluated exactly."""

import random
import warnings
from fractions import Fraction
from pathlib import Path

import pytest
import sympy

from games.errors import InputError
from games.formulas.text import parse_formula, symbol_name
from games.formulas.values import evaluate

SEED = 14
x, y, z = sympy.symbols("x y z")
SYMBOLS = {"x": x, "y": y, "z": z}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", x),
        (" x + 2*y ", x + 2 * y),
        ("-x/3", -x / 3),
        ("+x - -y", x + y),
        ("1/2*x", sympy.Rational(1, 2) * x),
        ("0.1*x", sympy.Rational(1, 10) * x),
        ("3e-1", sympy.Rational(3, 10)),
        ("x**2*y", x**2 * y),
        ("x**-2", x**-2),
        ("(x + y)*(x - y)", (x + y) * (x - y)),
        ("2**3**2", sympy.Integer(512)),
        ("max(0, x - y)", sympy.Max(0, x - y)),
        ("min(x, y, z/2)", sympy.Min(x, y, z / 2)),
        ("max(x)", x),
        (7, sympy.Integer(7)),
        (Fraction(1, 3), sympy.Rational(1, 3)),
    ],
    ids=str,
)
def test_formulas_are_read_exactly(text: object, expected: sympy.Expr) -> None:
    read = parse_formula(text, SYMBOLS)
    assert read == expected
    assert not read.atoms(sympy.Float)


HOSTILE = {
    "an import": "__import__('os').system('touch hacked')",
    "an attribute": "x.__class__.__mro__",
    "an attribute of a number": "(1).__class__",
    "an index": "x[0]",
    "a call of a parameter": "x(1)",
    "a builtin": "open('hacked', 'w')",
    "another function": "sqrt(2)",
    "eval": "eval('1')",
    "a lambda": "(lambda: 1)()",
    "a comprehension": "max(x for x in y)",
    "an assignment": "(x := 3)",
    "a statement": "import os",
    "two statements": "x; y",
    "a condition": "x if y else z",
    "a comparison": "x < y",
    "a truth value": "True",
    "nothing": "None",
    "an ellipsis": "...",
    "text": "'x'",
    "bytes": "b'x'",
    "formatted text": "f'{x}'",
    "a tuple": "x, y",
    "a set": "{x}",
    "a list": "[x]",
    "a starred argument": "max(*x)",
    "a keyword": "max(x, key=y)",
    "no arguments": "max()",
    "a floor": "x // y",
    "a remainder": "x % y",
    "a matrix product": "x @ y",
    "bits": "x | y",
    "a negation": "not x",
    "an inversion": "~x",
    "a complex number": "1j",
    "a hexadecimal number": "0x10",
    "underscores": "1_000",
    "an exponent too large": "x**17",
    "an exponent that is a fraction": "x**(1/2)",
    "an exponent that is a parameter": "x**y",
    "a tower of numbers": "9**9**9",
    "a tower of products": "(((2**16)**16)**16)**16",
    "a tower of powers": "((x**16)**16)**16",
    "a tower of sums": "((((((((x+1)**16+1)**16+1)**16+1)**16+1)**16+1)**16+1)**16+1)**16",
    "a number too large": "1e400*" * 10 + "1",
    "a number with a huge exponent": "1e999999999",
    "a long number": "9" * 500,
    "a long text": "x+" * 1_000 + "x",
    "many parts": "+".join("x" * 400),
    "deep brackets": "(" * 900 + "x" + ")" * 900,
    "a deep sign": "-" * 1_500 + "x",
    "division by zero": "1/0",
    "division by what cancels": "1/(x - x)",
    "zero to a negative power": "0**-1",
    "infinity": "1e999",
    "an undeclared name": "w",
    "a private name": "__builtins__",
    "a name of computer algebra": "pi",
    "no text": "",
    "blank text": "  ",
    "a zero byte": "x\0",
    "half a pair": "\ud800",
    "an open bracket": "(x",
    "a comment": "x # - y",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_is_refused_in_one_line(case: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as error:
        parse_formula(HOSTILE[case], SYMBOLS, "the payoff of A")
    message = str(error.value)
    assert message.startswith("the payoff of A")
    assert len(message.splitlines()) == 1
    assert len(message) < 300
    assert list(tmp_path.iterdir()) == [], "something was executed"


@pytest.mark.parametrize("given", [0.5, None, True, [1], sympy.Float(1)], ids=repr)
def test_what_is_neither_text_nor_an_exact_number_is_refused(given: object) -> None:
    with pytest.raises(InputError, match=r"^the payoff is "):
        parse_formula(given, SYMBOLS, "the payoff")


def test_the_message_names_what_is_declared() -> None:
    with pytest.raises(InputError, match="uses the parameter 'w', which is not declared; declared are x, y, z"):
        parse_formula("x + w", SYMBOLS)
    with pytest.raises(InputError, match="none are declared"):
        parse_formula("x", {})


@pytest.mark.parametrize("text", ["1if x else 2", "0x1for x in y", "1 is 2", r"'\d'", "1or 2"])
def test_odd_text_causes_no_warning(text: str) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises(InputError):
            parse_formula(text, SYMBOLS)
    assert [str(warning.message) for warning in caught] == []


@pytest.mark.parametrize("name", ["x", "V_J", "rho_3", "A1", "E", "S", "a" * 40])
def test_names_of_parameters(name: str) -> None:
    assert symbol_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "1x",
        "_x",
        "x y",
        "x-y",
        "x'",
        "é",
        "λ",
        "x\n",
        "lambda",
        "if",
        "None",
        "min",
        "max",
        "a" * 41,
        "x.y",
        3,
        None,
    ],
    ids=repr,
)
def test_names_that_no_parameter_may_have(name: object) -> None:
    with pytest.raises(InputError) as error:
        symbol_name(name)
    assert len(str(error.value).splitlines()) == 1


def test_evaluation_is_exact() -> None:
    point = {x: Fraction(1, 3), y: Fraction(-2), z: Fraction(10**30 + 1, 10**30)}
    assert evaluate(x / 3 + y**2, point) == Fraction(37, 9)
    assert evaluate(sympy.Max(x, y, 0) - sympy.Min(x, y), point) == Fraction(7, 3)
    assert evaluate(z - 1, point) == Fraction(1, 10**30)
    assert evaluate(y**-3, point) == Fraction(-1, 8)
    assert evaluate(5, point) == 5
    assert evaluate(Fraction(1, 7), point) == Fraction(1, 7)
    assert type(evaluate(sympy.Integer(2), point)) is Fraction


def random_formula(rng: random.Random, depth: int, values: dict[str, Fraction]) -> tuple[str, Fraction]:
    """A formula as text, and what it comes to, computed while it is written."""
    if depth == 0 or rng.random() < 0.15:
        name, whole, part = rng.choice("xyz"), rng.randint(0, 9), rng.randint(0, 9)
        return rng.choice(
            [(name, values[name]), (f"{whole}", Fraction(whole)), (f"{whole}.{part}", whole + Fraction(part, 10))]
        )
    left, a = random_formula(rng, depth - 1, values)
    right, b = random_formula(rng, depth - 1, values)
    return rng.choice(
        [
            (f"({left} + {right})", a + b),
            (f"({left} - {right})", a - b),
            (f"({left}) * ({right})", a * b),
            (f"min({left}, {right})", min(a, b)),
            (f"max({left}, {right}, 1/2)", max(a, b, Fraction(1, 2))),
            (f"(({left})**2 - {right})", a**2 - b),
            (f"(-({left}) / 3 + {right})", -a / 3 + b),
            (f"({left}) / (1 + ({right})**2)", a / (1 + b**2)),
        ]
    )


@pytest.mark.untraced
def test_evaluation_agrees_with_the_arithmetic_that_the_text_says() -> None:
    rng = random.Random(SEED)
    for _ in range(300):
        values = {name: Fraction(rng.randint(-20, 20), rng.randint(1, 9)) for name in "xyz"}
        text, expected = random_formula(rng, 4, values)
        point = {SYMBOLS[name]: value for name, value in values.items()}
        assert evaluate(parse_formula(text, SYMBOLS), point) == expected, (SEED, text, values)


def test_a_formula_without_a_value_divides_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        evaluate(1 / (x - y), {x: Fraction(1), y: Fraction(1)})


@pytest.mark.parametrize("expression", [sympy.Float("0.5") * x, sympy.sqrt(x), sympy.sin(x), sympy.pi], ids=str)
def test_what_is_no_exact_formula_has_no_exact_value(expression: sympy.Expr) -> None:
    with pytest.raises(TypeError, match="is not a formula of exact numbers"):
        evaluate(expression, {x: Fraction(1, 4)})
