"""Games and tables in LaTeX: what is shown is right, and no label is read as a command."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Max, Symbol, symbols

from games import Chance, Decision, ExtensiveGame, Outcome, StrategicGame, solve
from games.catalog import load
from games.formats.latex import table_to_latex, to_latex
from games.tables import Cell, Table

CHICKEN = StrategicGame.bimatrix(
    [["0.1", "-1/3"], [1, -2]], [[6, 7], [2, 0]], {"Anna": ("calm", "dare"), "Ben": ("calm", "dare")}
)


def test_a_bimatrix() -> None:
    assert to_latex(CHICKEN) == (
        "\\begin{tabular}{l|cc}\n"
        " & \\multicolumn{2}{c}{Ben} \\\\\n"
        "Anna & calm & dare \\\\\n"
        "\\hline\n"
        "calm & $\\frac{1}{10}, 6$ & $\\underline{-\\frac{1}{3}}, \\underline{7}$ \\\\\n"
        "dare & $\\underline{1}, \\underline{2}$ & $-2, 0$ \\\\\n"
        "\\end{tabular}"
    )


def test_formulas() -> None:
    a, beta = symbols("A_F beta")
    shown = to_latex(StrategicGame.bimatrix([[a / 2 - beta]], [[Max(a, 0)]]))
    assert r"$\frac{A_{F}}{2} - \beta, \max\left(0, A_{F}\right)$" in shown
    assert "underline" not in shown


def test_three_players_have_a_table_for_each_choice_of_the_third() -> None:
    game = StrategicGame(
        {"A": ("a", "b"), "B": ("c",), "C_1": ("e", "f & g")},
        {("a", "c", "e"): (1, 2, 3), ("b", "c", "e"): (2, 2, 3)}
        | {("a", "c", "f & g"): (1, 2, 4), ("b", "c", "f & g"): (0, 2, 2)},
    )
    first, second = to_latex(game).split("\n\nC\\_1: f \\& g\n\n")
    assert first.startswith("C\\_1: e\n\n\\begin{tabular}{l|c}\n & \\multicolumn{1}{c}{B} \\\\\nA & c \\\\\n")
    assert "a & $1, \\underline{2}, 3$ \\\\\nb & $\\underline{2}, \\underline{2}, \\underline{3}$" in first
    assert "a & $\\underline{1}, \\underline{2}, \\underline{4}$" in second


def test_one_player() -> None:
    shown = to_latex(StrategicGame({"A": ("a", "b")}, {("a",): (1,), ("b",): ("2/3",)}))
    assert "a & $\\underline{1}$ \\\\\nb & $\\frac{2}{3}$ \\\\" in shown


def test_a_tree_is_a_table_of_paths() -> None:
    second = Decision("B", {"l": Outcome((0, "-1/7")), "r": Outcome((Symbol("x"), 1))})
    chance = Chance({"h": ("1/2", second), "t": ("1/2", Outcome((0, 0)))})
    formulas = ExtensiveGame(("A", "B"), Decision("A", {"go": chance, "no": Outcome((1, 1))}))
    numbers = formulas.with_entries([Fraction(3) if value == Symbol("x") else value for value in formulas.entries])
    assert "go $\\to$ h $\\to$ r & $x$ & $1$ \\\\" in to_latex(formulas)
    assert to_latex(numbers) == (
        "\\begin{tabular}{l|rr}\n"
        "Path & A & B \\\\\n"
        "\\hline\n"
        "go $\\to$ h $\\to$ l & $0$ & $-\\frac{1}{7}$ \\\\\n"
        "go $\\to$ h $\\to$ r & $3$ & $\\underline{1}$ \\\\\n"
        "go $\\to$ t & $0$ & $0$ \\\\\n"
        "no & $1$ & $1$ \\\\\n"
        "\\end{tabular}"
    )


def test_equilibria() -> None:
    shown = table_to_latex(solve(CHICKEN).table())
    assert shown.startswith(
        "\\begin{table}\n\\centering\n\\caption{3 nash equilibria, exact, complete}\n\\begin{tabular}"
    )
    assert shown.endswith("\\end{tabular}\n\\end{table}")
    assert re.search(r"^\d & calm & dare & \$-\\frac\{1\}\{3\}\$ & \$7\$ & \d \\\\$", shown, re.M)


def test_a_table_with_marks_and_numbers() -> None:
    row = (Cell("a"), Cell("yes", marked=True), Cell("−0.5"), Cell("−1/3", marked=True), Cell("1.5e−07"), Cell("x − 1"))
    table = Table(("", "b", "c", "d", "e", "f"), (row,), numeric=frozenset({2, 3, 4, 5}))
    assert table_to_latex(table) == (
        "\\begin{tabular}{l|lrrrr}\n"
        " & b & c & d & e & f \\\\\n"
        "\\hline\n"
        "a & \\underline{yes} & $-0.5$ & \\underline{$-\\frac{1}{3}$} & $1.5 \\times 10^{-7}$ & x $-$ 1 \\\\\n"
        "\\end{tabular}"
    )


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("\\input{x}", "\\textbackslash{}input\\{x\\}"),
        ("50 % & $5 #1 a_b", "50 \\% \\& \\$5 \\#1 a\\_b"),
        ("^~<>|", "\\textasciicircum{}\\textasciitilde{}\\textless{}\\textgreater{}\\textbar{}"),
        ("a--b", "a-{}-b"),
        ("``a''", "`{}`a'{}'"),
        ('"a"', "\\char34{}a\\char34{}"),
        ("a → −1", "a $\\to$ $-$1"),
        ("[1]", "{}[1]"),
        ("*", "{}*"),
    ],
)
def test_labels_are_escaped(label: str, shown: str) -> None:
    game = StrategicGame.bimatrix([[1]], [[2]], {"A": [label], "B": ["x"]})
    assert f"\n{shown} & $\\underline{{1}}, \\underline{{2}}$" in to_latex(game)


COMMANDS = {"begin", "end", "hline", "multicolumn", "underline", "frac", "to", "times", "leq", "geq", "char34"} | {
    f"text{name}" for name in ("backslash", "asciicircum", "asciitilde", "less", "greater", "bar")
}


@settings(max_examples=200)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp"))
        | st.sampled_from("\\{}$&%#_^~[]*-\"'")
    )
)
def test_no_label_is_read_as_a_command(text: str) -> None:
    shown = to_latex(StrategicGame.bimatrix([[1]], [[2]], {"A": [f"x{text}"], "B": ["y"]}))
    assert set(re.findall(r"\\([a-z]+(?:34)?)", shown)) <= COMMANDS
    without = re.sub(r"\\[^a-zA-Z]", "", shown)
    assert without.count("{") == without.count("}")
    assert without.count("$") % 2 == 0
    assert without.count("&") == 3
    assert not re.search(r"[%#~]", without)
    assert len(shown.splitlines()) == 6


def test_the_parameters_of_a_model_with_rules_of_booktabs_and_symbols() -> None:
    model = load("sanction-encounter")
    shown = table_to_latex(model.parameter_table(), booktabs=True, symbols=model.by_name)
    lines = shown.split("\n")
    assert lines[0] == "\\begin{tabular}{llrlll}"
    assert [lines.index(f"\\{rule}rule") for rule in ("top", "mid", "bottom")] == [1, 3, len(lines) - 2]
    assert "\\hline" not in shown
    assert sum(line.startswith("$A_{F}$ & ") for line in lines) == 1
    assert sum(line.startswith("$\\alpha$ & ") for line in lines) == 1
    assert "A\\_F & " in table_to_latex(model.parameter_table(), booktabs=True)


def test_a_symbol_is_set_in_mathematics_only_where_it_is_the_whole_cell() -> None:
    table = Table(("A_F", "b"), ((Cell("A_F < 1"), Cell("A_F", marked=True)),))
    shown = table_to_latex(table, symbols=["A_F"])
    assert "$A_{F}$ & b" in shown
    assert "A\\_F \\textless{} 1 & \\underline{$A_{F}$}" in shown
