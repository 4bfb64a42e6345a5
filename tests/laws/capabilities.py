"""What each solution concept can do for each form of game, read from the registry, as a page of the documentation.

    PYTHONPATH=.:tests python -m laws.capabilities > docs/capabilities.md

Each form has sample models with the parameters a and b. A concept is looked at on the first that it has an answer for.
`laws.test_capabilities` does for every "yes" what it promises, and for every "no" sees that it is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy

from games import (
    AlternatingOffers,
    BargainingProblem,
    BayesianGame,
    Chance,
    ContinuousGame,
    Decision,
    ExtensiveGame,
    GraphModel,
    InputError,
    Outcome,
    RepeatedGame,
    StochasticGame,
    StrategicGame,
)
from games.forms.game import Game
from games.formulas.polynomials import Entries
from games.model import Model
from games.ordered import ordered
from games.parameters import Parameter, Unit
from games.play.quantities import Quantity
from games.solvers.concept import CONCEPTS, Concept
from games.sources import Assumed
from laws.cases_at import told

COLUMNS = ("solve", "cases", "claims", "regions", "bulk", "explain")
TESTS = "tests/laws/test_capabilities.py"
MIXED = "its cases have probabilities, payoffs or numbers to be solved for, and are not settled by choices in order"

a, b = sympy.symbols("a b")
x, y = sympy.symbols("x y")


def model_of(name: str, game: Game) -> Model:
    """The game as a model, whose parameters a and b lie near 0."""
    parameters = tuple(
        Parameter(
            symbol,
            meaning=f"what {symbol} adds to a payoff",
            default="0",
            low="-1/2",
            high="1/2",
            unit=Unit.PAYOFF,
            source=Assumed("for a test"),
        )
        for symbol in (a, b)
    )
    return Model(name, name, game, parameters)


def leaf(*payoffs: Any) -> Outcome:
    return Outcome(tuple(map(sympy.sympify, payoffs)))


def bimatrix(rows: Sequence[Sequence[Any]], columns: Sequence[Sequence[Any]]) -> StrategicGame:
    exact = [[[sympy.sympify(value) for value in row] for row in table] for table in (rows, columns)]
    return StrategicGame.bimatrix(*exact, {"A": ("c", "d"), "B": ("c", "d")})


DILEMMA = bimatrix([[3 + a, 0], [4 + b, 1]], [[3, 4], [0, 1]])
HALF = Fraction(1, 2)


def signals(kind: int, seen: str = "") -> Decision:
    """A type that prefers the message with its own number, whatever is answered."""
    return Decision(
        "A",
        {
            str(m): Decision(
                "B", {str(r): leaf(3 * (m == kind) + r + a, int(r == kind) + b) for r in range(2)}, f"{seen}after {m}"
            )
            for m in range(2)
        },
        f"{seen}type {kind}",
    )


SAMPLES: Mapping[str, tuple[Model, ...]] = {
    "strategic form": (
        model_of("a stag hunt", bimatrix([[4 + a, 0], [3, 2 + b]], [[4 + a, 3], [0, 2 + b]])),
        model_of("a dilemma", DILEMMA),
        model_of("matching pennies", bimatrix([[1 + a, -1], [-1, 1 + b]], [[-1 - a, 1], [1, -1 - b]])),
    ),
    "tree of perfect information": (
        model_of(
            "entry",
            ExtensiveGame(
                ("A", "B"),
                Decision("A", {"out": leaf(b, 2), "in": Decision("B", {"l": leaf(1, 1 + a), "r": leaf(-1, b)})}),
            ),
        ),
        model_of("a signal of what is known", ExtensiveGame(("A", "B"), Chance({"known": (1, signals(0, "known "))}))),
    ),
    "tree of imperfect information": (
        model_of(
            "an unseen move",
            ExtensiveGame(
                ("A", "B"),
                Decision(
                    "A",
                    {
                        "out": leaf(2, 2),
                        "x": Decision("B", {"l": leaf(3 + a, 1), "r": leaf(0, 0)}, "B"),
                        "y": Decision("B", {"l": leaf(1, 0), "r": leaf(0, 1 + b)}, "B"),
                    },
                ),
            ),
        ),
        model_of("a signal", ExtensiveGame(("A", "B"), Chance({f"t{k}": (HALF, signals(k)) for k in range(2)}))),
    ),
    "Bayesian game": (
        model_of(
            "two types",
            BayesianGame(
                {"A": ("weak", "strong"), "B": ("only",)},
                {"A": ("c", "d"), "B": ("c", "d")},
                {("weak", "only"): HALF, ("strong", "only"): HALF},
                lambda types, actions: (
                    int(actions[0] == "d") * (2 + a if types[0] == "strong" else sympy.Integer(-1)),
                    int(actions[1] == "c") * (1 + b),
                ),
            ),
        ),
        model_of(
            "a message that all send",
            BayesianGame(
                {"A": ("weak", "strong"), "B": ("only",)},
                {"A": ("c",), "B": ("c", "d")},
                {("weak", "only"): HALF, ("strong", "only"): HALF},
                lambda _types, actions: (a, int(actions[1] == "c") * (1 + b)),
            ),
        ),
    ),
    "repeated game": (model_of("a repeated dilemma", RepeatedGame({"calm": DILEMMA}, {"A": HALF, "B": HALF})),),
    "stochastic game": (
        model_of(
            "a contest",
            StochasticGame(
                {
                    "calm": StrategicGame(
                        {"A": ("x", "y"), "B": ("z",)}, {("x", "z"): (1 + a, -1 - a), ("y", "z"): (b, -b)}
                    )
                },
                {"calm": {("x", "z"): {"calm": 1}, ("y", "z"): {"calm": 1}}},
                "1/2",
            ),
        ),
    ),
    "game of continuous choice": (
        model_of(
            "a duopoly",
            ContinuousGame.of(
                {"A": (x, 0, 1), "B": (y, 0, 1)}, {"A": (1 + a - x - y / 2) * x, "B": (1 + b - y - x / 2) * y}
            ),
        ),
    ),
    "bargaining problem": (
        model_of(
            "two ways to agree",
            BargainingProblem({"A": a, "B": b}, {"x": (4, sympy.Integer(0)), "y": (2 + a, 3), "z": (0, 4 + b)}),
        ),
    ),
    "alternating offers": (
        model_of(
            "talks without a last round",
            AlternatingOffers(
                ("A", "B"), {"A": HALF, "B": HALF}, inside={"A": a, "B": 0}, outside={"A": 0, "B": HALF + b}
            ),
        ),
        model_of(
            "a strike",
            AlternatingOffers(
                ("A", "B"),
                {"A": HALF, "B": HALF},
                inside={"strike": {"A": 0, "B": 0}, "work": {"A": HALF / 2 + a, "B": HALF + b}},
                presser="A",
            ),
        ),
    ),
    "graph model": (
        model_of(
            "a conflict",
            GraphModel(
                {"one": (sympy.Integer(2), 1 + a), "two": (1 + b, sympy.Integer(2)), "three": (sympy.Integer(0), a)},
                {
                    "A": {"one": ("two",), "two": ("one",), "three": ()},
                    "B": {"one": ("three",), "two": (), "three": ("one",)},
                },
            ),
        ),
    ),
}
"""Sample models by form; a tree is of two kinds, since what is followed through parameters depends on what is seen."""


@dataclass(frozen=True)
class Row:
    """A concept, a form, and the sample on which it is looked at."""

    concept: Concept
    form: str
    model: Model

    @property
    def name(self) -> str:
        return f"{self.concept.name}, {self.form}"

    def why_not(self, column: str) -> str:
        """Why the concept cannot do it; empty where it can."""
        if column in ("solve", "explain"):
            return ""
        if self.concept.cases is None:
            return self.concept.no_cases_because
        if column in ("regions", "bulk") and ordered(self.concept.cases(in_formulas(self.model.game), ())) is None:
            return MIXED
        return ""

    @property
    def lister(self) -> Concept:
        """The concept whose answers list all that the cases describe."""
        return CONCEPTS[self.concept.listed_as] if self.concept.listed_as else self.concept


def in_formulas(game: Game) -> Any:
    """The game that is solved, with each number as a polynomial in a and b."""
    entries = Entries()
    return game.with_entries([entries(value) for value in game.entries]).written_out


def asked(model: Model) -> list[Quantity]:
    """Quantities that tell one play of the sample from another."""
    return told(model.game.written_out)


def rows() -> Iterator[Row]:
    """Every concept with every form that it applies to."""
    for concept in CONCEPTS.values():
        for form, models in SAMPLES.items():
            for model in models:
                if not isinstance(model.game.written_out, concept.form):
                    continue
                try:
                    found = concept.solve(model.at().written_out)
                except InputError:
                    continue
                if not len(found):
                    continue
                yield Row(concept, form, model)
                break


def page() -> str:
    """The matrix in Markdown: reasons and tests below it."""
    found = list(rows())
    reasons: dict[str, int] = {}
    lines = []
    for row in found:
        cells = []
        for column in COLUMNS:
            why = row.why_not(column)
            cells.append(f"no [{reasons.setdefault(why, len(reasons) + 1)}]" if why else "yes")
        about = f" ({row.concept.about})" if row.concept.about else ""
        lines.append(f"| `{row.concept.name}`{about} | {row.form} | {' | '.join(cells)} |")
    return "\n".join(
        [
            "<!-- Written by the command below from the registry of concepts; a test compares.",
            "PYTHONPATH=.:tests python -m laws.capabilities > docs/capabilities.md -->",
            "",
            "# What each concept can do for each form of game",
            "",
            "- **solve**: its answers at exact numbers, by `solve` and `parley solve`.",
            "- **cases**: its definition for all payoffs at once, as polynomial conditions.",
            "- **claims**: statements about it are proved or refuted, by `check` and `parley check`.",
            "- **regions**: its outcome over two free parameters, with exact boundaries.",
            "- **bulk**: what is played at many points at once, on arrays; elsewhere points are solved one by one.",
            "- **explain**: its answers in sentences, by `explain_all` and `parley explain`.",
            "",
            f"Every “yes” is what the test `{TESTS}::test_it_can[…]` of the",
            "same concept, form and column does, such as",
            f"`{TESTS}::test_it_can[{found[0].name}: {COLUMNS[0]}]`;",
            "at every “no” `test_it_cannot` sees that it is refused. A form that a concept does not have is left out.",
            "",
            f"| concept | form | {' | '.join(COLUMNS)} |",
            f"|---|---|{'---|' * len(COLUMNS)}",
            *lines,
            "",
            "Why not:",
            "",
            *(f"{number}. {why[0].upper()}{why[1:]}." for why, number in reasons.items()),
            "",
        ]
    )


if __name__ == "__main__":
    print(page(), end="")
