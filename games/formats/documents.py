"""A model in a document, written in TOML or JSON.

A document is a table. It may have these keys, and no others:

``name``
    text; the file's name unless given.
``title``, ``story``, ``question`` and others
    what is said of the model, see `games.formats.description`.
``parameters``
    a table from each name to its default, or to a table of ``default``, ``low``, ``high`` (the default unless given),
    ``meaning``, ``unit`` (payoff, share, probability, discount or ratio) and ``source`` (a text, or a table, see
    `games.formats.sources`). All numbers are exact.
``assumptions``
    a list of inequalities between formulas, such as ``"k_Y <= k_F"``, each perhaps as a table of ``relation`` and
    ``reason``.
``claims``
    a table of claims about the game, see `analyses.claims.documents`; here it is seen only that it is a table.
``players``, ``strategies``, ``payoffs``
    a game in strategic form, see `games.formats.strategic`.
``players``, ``tree``
    a game in extensive form, see `games.formats.extensive`.
``states``, ``discount``, ``start``
    a stochastic game, see `games.formats.stages`.
``stages``, ``discounts``, ``start``
    a repeated game, see `games.formats.stages`.
``moves``, ``payoffs``
    a graph model, see `games.formats.graph_model`.
``types``, ``actions``, ``prior``
    a Bayesian game, see `games.formats.bayesian`.
``choices``, ``payoffs``
    a game of continuous choice, see `games.formats.continuous`.
``proposers``, ``discounts`` and others
    alternating offers, see `games.formats.bargaining`.
``disagreement``, ``points`` or ``frontier``
    a bargaining problem, see `games.formats.bargaining`.

Wherever a payoff or a probability stands, it is a number (``3``, ``0.1``, ``"1/3"``) or a formula in the declared
parameters (``"B - 2*k"``), of which `games.formulas.text` says what it may hold. An example::

    question = "Does retaliation pay?"
    assumptions = ["cost >= 0"]

    [parameters]
    cost = { default = 0.4, low = 0, high = 2, meaning = "cost of retaliating" }

    [strategies]
    Japan = ["Sanction", "Abstain"]
    Russia = ["Retaliate", "Yield"]

    [payoffs]
    Japan = [[-1, 2], [-1, 0]]
    Russia = [["1 - cost", -2], ["-cost", 0]]
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from games.errors import InputError, listed
from games.exact import exact
from games.formats.bargaining import OFFERS_KEYS, PROBLEM_KEYS, alternating_offers, bargaining_problem
from games.formats.bayesian import bayesian_game
from games.formats.continuous import Formulas, continuous_game
from games.formats.description import KEYS as DESCRIPTION_KEYS
from games.formats.description import description
from games.formats.extensive import extensive_game
from games.formats.fields import kind, line, needed, only, prose, sequence, table
from games.formats.graph_model import GRAPH_KEYS, graph_model
from games.formats.sources import read_source
from games.formats.stages import REPEATED_KEYS, STOCHASTIC_KEYS, repeated_game, stochastic_game
from games.formats.strategic import strategic_game
from games.formats.suffixes import reads
from games.formats.syntax import parse_json, parse_toml
from games.forms import Entry
from games.forms.game import Game
from games.formulas.text import parse_formula, parse_relation, symbol_name
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

if TYPE_CHECKING:
    import sympy

GAMES: Mapping[str, tuple[tuple[str, ...], Callable[[Mapping[str, Any], Formulas], Game]]] = {
    "tree": (("players", "tree"), extensive_game),
    "states": (STOCHASTIC_KEYS, stochastic_game),
    "stages": (REPEATED_KEYS, repeated_game),
    "moves": (GRAPH_KEYS, graph_model),
    "types": (("types", "actions", "prior"), bayesian_game),
    "choices": (("choices", "payoffs"), continuous_game),
    "proposers": (OFFERS_KEYS, alternating_offers),
    "disagreement": (PROBLEM_KEYS, bargaining_problem),
    "payoffs": (("players", "strategies", "payoffs"), strategic_game),
}
"""For the key that tells the form of the game: all keys of a game of that form, and what reads it."""

CLAIMS = "claims"
"""The key under which a document may have claims about its game."""

KEYS = tuple(
    dict.fromkeys(
        [
            "name",
            *DESCRIPTION_KEYS,
            "parameters",
            "assumptions",
            CLAIMS,
            *(key for own, _ in GAMES.values() for key in own),
        ]
    )
)
"""What a document may have."""

PARAMETER_KEYS = ("default", "low", "high", "meaning", "unit", "source")
"""What a parameter may have; only the default is needed."""

GIVEN = "given in the file"
"""The source of a number and the reason for an assumption of which a document says nothing else."""

_NUMERAL = re.compile(r"[-−]?(0|[1-9]\d{0,39})(/[1-9]\d{0,39}|\.\d{1,40})?", re.ASCII)
"""A text that is a number, for which no formula need be read."""

_UNITS = {unit.name.lower(): unit for unit in Unit} | {unit.value: unit for unit in Unit}


@reads(".toml")
def from_toml(text: str, name: str) -> Model:
    """The model that a TOML document describes, called ``name`` unless it names itself.

    >>> document = '''
    ... [strategies]
    ... Sender = ["Sanction", "Refrain"]
    ... Target = ["Resist", "Comply"]
    ... [payoffs]
    ... Sender = [[-1, 1], [0, 0]]
    ... Target = [["-1/2", -1], [0, 0]]
    ... '''
    >>> from_toml(document, "threat").game.payoff(("Sanction", "Resist"), "Target")
    Fraction(-1, 2)

    Raises `InputError` naming the line that is no TOML, or the key that is not as this module defines.
    """
    return model(parse_toml(text), name)


@reads(".json")
def from_json(text: str, name: str) -> Model:
    """The model that a JSON document describes, called ``name`` unless it names itself; else as `from_toml`."""
    return model(parse_json(text), name)


def model(document: Mapping[str, Any], name: str) -> Model:
    """The model that ``document`` describes; raises `InputError` naming the key that is not as this module defines."""
    try:
        return _model(document, name)
    except RecursionError:
        raise InputError("the document is nested too deeply") from None


def _model(document: Mapping[str, Any], name: str) -> Model:
    only(document, KEYS, "the document")
    table(document.get(CLAIMS, {}), CLAIMS, "claims by their names")
    name = line(document.get("name", name), "the name")
    parameters = tuple(
        _parameter(symbol, given)
        for symbol, given in table(document.get("parameters", {}), "parameters", "names and defaults").items()
    )
    symbols = {parameter.name: parameter.symbol for parameter in parameters}
    assumptions = sequence(document.get("assumptions", []), "assumptions", 'inequalities such as "a <= b"')
    entry = _Formulas(symbols)
    game = _game(document, entry)
    return Model(
        name=name,
        game=game,
        parameters=parameters,
        assumptions=tuple(_assumption(given, symbols) for given in assumptions),
        **description(document, name, game, entry),
    )


def _game(document: Mapping[str, Any], entry: Formulas) -> Game:
    for telling, (own, reader) in GAMES.items():
        if telling in document:
            foreign = {key: None for keys, _ in GAMES.values() for key in keys if key not in own}
            if both := [key for key in foreign if key in document]:
                raise InputError(
                    f"the document has both {telling} and {both[0]}; give one game, as a tree or as a table"
                )
            return reader(document, entry)
    raise InputError(
        "the document has no game; give payoffs (strategic form), a tree (extensive form), stages (repeated game), "
        "states (stochastic game), moves (graph model), types (Bayesian game), choices (game of continuous choice), "
        "proposers (alternating offers) or disagreement (bargaining problem)"
    )


def _parameter(name: str, given: object) -> Parameter:
    from sympy import Symbol

    symbol = Symbol(symbol_name(name))
    what = f"the parameter {name}"
    fields = given if isinstance(given, Mapping) else {"default": given}
    only(fields, PARAMETER_KEYS, what)
    numbers = {"default": needed(fields, "default", what)}
    for bound in ("low", "high"):
        numbers[bound] = fields.get(bound, numbers["default"])
    for field, number in numbers.items():
        if isinstance(number, list | Mapping):
            raise InputError(f"the {field} of {name} must be a number, not {kind(number)}")
    unit = fields.get("unit", "payoff")
    if not isinstance(unit, str) or unit not in _UNITS:
        raise InputError(f"the unit of {name} is {kind(unit)}; allowed are {listed(u.name.lower() for u in Unit)}")
    meaning = prose(fields.get("meaning", ""), f"the meaning of {name}")
    source = read_source(fields["source"], f"the source of {name}") if "source" in fields else Assumed(GIVEN)
    return Parameter(symbol, meaning=meaning, **numbers, unit=_UNITS[unit], source=source)


def _assumption(given: object, symbols: "Mapping[str, sympy.Symbol]") -> Assumption:
    fields = given if isinstance(given, Mapping) else {"relation": given}
    only(fields, ("relation", "reason"), "an assumption")
    text = line(needed(fields, "relation", "an assumption"), "an assumption")
    reason = line(fields["reason"], f"the reason for {text}") if "reason" in fields else GIVEN
    return Assumption(parse_relation(text, symbols, "the assumption"), reason)


@dataclass(frozen=True)
class _Formulas:
    """Reads numbers and formulas in the symbols."""

    symbols: "Mapping[str, sympy.Symbol]"

    def __call__(self, value: object, what: str) -> Entry:
        if isinstance(value, str) and _NUMERAL.fullmatch(value):
            return exact(value, what)
        if isinstance(value, str):
            return parse_formula(value, self.symbols, what)
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return value
        raise InputError(f"{what} must be a number or a formula, not {kind(value)}")

    def beside(self, further: "Mapping[str, sympy.Symbol]") -> "_Formulas":
        return _Formulas({**self.symbols, **further})
