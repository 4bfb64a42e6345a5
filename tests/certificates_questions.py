"""Claims of several kinds with their verdicts, about games that are solved in a moment."""

from dataclasses import replace

import sympy

from analyses.claims import Claim, Exists, Monotone, Reach, Unique, never, sometimes
from games.forms.extensive import Decision, ExtensiveGame, Outcome
from games.formulas.text import parse_relation
from games.model import Model
from games.parameters import Parameter
from games.sources import Assumed

a, b = sympy.symbols("a b")


def _parameter(symbol: sympy.Symbol) -> Parameter:
    return Parameter(symbol, meaning=f"what {symbol} is", default=1, low=-2, high=2, unit="", source=Assumed("a test"))


HOSTILE = 'Yield |; (exit) \\ "x" é'
"""An action whose name would end a quoted symbol, a comment or a command."""

MODEL = Model(
    "threat",
    "A threat",
    ExtensiveGame(
        ("Sender", "Target"),
        Decision(
            "Sender",
            {
                "Refrain": Outcome((0, 0)),
                "Threaten": Decision("Target", {HOSTILE: Outcome((a, -b)), "Resist": Outcome((-1, -a * b))}),
            },
        ),
    ),
    (_parameter(a), _parameter(b)),
)


def _claim(name: str, *premises: str, **more: object) -> Claim:
    found = Claim(name, f"What is said of {name}.", MODEL, never((HOSTILE,), after=("Threaten",)))
    return replace(found, premises=tuple(parse_relation(p, {"a": a, "b": b}) for p in premises), **more)  # type: ignore[arg-type]


PROVED = (
    _claim("never", "b > 0", "a < 1"),
    _claim("some", "b > 0", "a <= 1", every=False),
    _claim("exists", conclusion=Exists()),
    _claim("one", "b > 0", "a > 1", conclusion=Unique()),
    _claim("grows", "b > 0", "a > 1", conclusion=Monotone(Reach((HOSTILE,), ("Threaten",)), "b")),
)
REFUTED = (
    _claim("not never", "b > 0"),
    _claim("not some", "b > 0", conclusion=sometimes(("Resist",), after=("Threaten",)), every=False),
    _claim("not one", "b >= 0", "a > 1", conclusion=Unique()),
    _claim("does not grow", "b > 0", conclusion=Monotone(Reach((HOSTILE,), ("Threaten",)), "a", rising=False)),
)
