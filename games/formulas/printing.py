"""Formulas as the text that `games.formulas.text` reads."""

import re
from typing import Any

from sympy.printing.str import StrPrinter

_FUNCTION = re.compile(r"\bM(in|ax)\(")


def formula_text(expression: Any) -> str:
    """The text from which `games.formulas.text.parse_formula` reads the formula."""
    return _FUNCTION.sub(lambda found: f"m{found[1]}(", _Text().doprint(expression))


class _Text(StrPrinter):  # type: ignore[misc]
    """Writes a number after the sums that it multiplies: in front of one, it would be multiplied in as it is read."""

    def _print_Mul(self, expr: Any) -> str:  # noqa: N802 (sympy names it)
        number, others = expr.as_coeff_Mul()
        if number == 1 or not others.is_Mul or not any(factor.is_Add for factor in others.args):
            return str(super()._print_Mul(expr))
        shown = str(number) if number.is_Integer and number > 0 else f"({number})"
        return f"{self._print(others)}*{shown}"

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:  # noqa: N802
        if expr.exp.is_Integer and expr.exp < -1:
            return f"1/({self._print(expr.base**-expr.exp)})"
        return str(super()._print_Pow(expr, rational=rational))
