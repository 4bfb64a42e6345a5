"""A model as a document, in TOML or JSON: the inverse of `games.formats.documents`, which says what a document holds.

Numbers stand as whole numbers, as decimals where these are exact and short, else as text such as ``"1/3"``; formulas
as text. A form is covered once it registers itself with `document_of`.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import singledispatch
from itertools import product
from typing import Any

from games.errors import InputError
from games.formats.documents import GIVEN
from games.formats.fields import line
from games.formats.printing import json_text, toml_text
from games.formats.sources import read_source, written_source
from games.formats.strategic import JOINTS
from games.formats.suffixes import writes
from games.formats.telling import told
from games.forms import Entry
from games.forms.alternating_offers import AlternatingOffers
from games.forms.bargaining import BargainingProblem
from games.forms.bayesian import BayesianGame
from games.forms.continuous import ContinuousGame, Powers
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.stochastic import StochasticGame
from games.forms.strategic import Profile, StrategicGame
from games.formulas.relations import as_text
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

_FIRST = ("title", "question", "story")
"""What a document says first."""

LONGEST_DECIMAL = 12
"""The most characters of a number that stands as a decimal."""


@writes(".toml")
def to_toml(model: Model) -> str:
    """The model as a TOML document; raises `InputError` for a form that no document has."""
    return toml_text(document(model))


@writes(".json")
def to_json(model: Model) -> str:
    """The model as a JSON document; raises `InputError` for a form that no document has."""
    return json_text(document(model))


def document(model: Model) -> dict[str, Any]:
    """The model as plain tables, lists, texts and numbers."""
    said = told(model)
    found = {"name": model.name, **{key: said.pop(key) for key in _FIRST if key in said}}
    game = document_of(model.game)
    if model.assumptions:
        found["assumptions"] = list(map(_assumption, model.assumptions))
    if model.parameters:
        found["parameters"] = {each.name: _parameter(each) for each in model.parameters}
    found |= said | game
    # In TOML whatever stands after the heading of a table belongs to it.
    return dict(sorted(found.items(), key=lambda item: isinstance(item[1], Mapping)))


def _assumption(given: Assumption) -> str | dict[str, str]:
    relation = as_text(given.relation)
    fields = {"relation": relation, "reason": given.reason}
    return fields if given.reason != GIVEN and _reads(line, given.reason) else relation


def _parameter(given: Parameter) -> dict[str, Any]:
    fields: dict[str, Any] = {"default": number(given.default)}
    if given.low < given.high:
        fields |= {"low": number(given.low), "high": number(given.high)}
    if given.meaning:
        fields["meaning"] = given.meaning
    if given.unit is not Unit.PAYOFF:
        fields["unit"] = given.unit.name.lower()
    source = written_source(given.source)
    if given.source != Assumed(GIVEN) and _reads(read_source, source):
        fields["source"] = source
    return fields


def _reads(reader: Callable[[Any, str], object], given: object) -> bool:
    """Whether a document can hold this, which the ``reader`` reads."""
    try:
        reader(given, "")
    except InputError:
        return False
    return True


def number(value: Entry) -> int | float | str:
    """An entry of a game as it stands in a document."""
    if hasattr(value, "free_symbols"):
        return _formula_text(value)
    exact = Fraction(value)
    if exact.denominator == 1:
        return int(exact)
    # Only a decimal that reads back as the same fraction: 1/3 has none.
    nearest = exact.numerator / exact.denominator if abs(exact) < 10**LONGEST_DECIMAL else 0.0
    shown = repr(nearest)
    return nearest if len(shown) <= LONGEST_DECIMAL and Fraction(shown) == exact else str(exact)


@singledispatch
def document_of(game: Game) -> dict[str, Any]:
    """The keys of a document that hold the game itself; raises `InputError` for a form that no document has."""
    raise InputError(f"TOML and JSON have no way to write {game.kind}")


@document_of.register
def _(game: StrategicGame) -> dict[str, Any]:
    def nested(position: int, chosen: tuple[str, ...] = ()) -> Any:
        if len(chosen) == len(game.players):
            return number(game.payoffs[chosen][position])
        own = game.strategies[game.players[len(chosen)]]
        return [nested(position, (*chosen, label)) for label in own]

    return {
        "strategies": {player: list(own) for player, own in game.strategies.items()},
        "payoffs": {player: nested(position) for position, player in enumerate(game.players)},
    }


@document_of.register
def _(game: ExtensiveGame) -> dict[str, Any]:
    return {"players": list(game.players), "tree": _node(game.root)}


def _node(node: Node) -> dict[str, Any]:
    match node:
        case Outcome(payoffs=payoffs):
            return {"payoffs": list(map(number, payoffs))}
        case Chance(events=events):
            following = {e: {"probability": number(p), "then": _node(child)} for e, (p, child) in events.items()}
            return {"chance": following}
        case Decision(player=player, actions=actions, information_set=name):
            known = {"player": player} if name is None else {"player": player, "information_set": name}
            return {**known, "actions": {action: _node(child) for action, child in actions.items()}}


@document_of.register
def _(game: BayesianGame) -> dict[str, Any]:
    join = _joined(game.types)
    prior = {}
    for types, probability in game.prior.items():
        paid = {chosen: game.payoffs(types, chosen) for chosen in product(*game.actions.values())}
        stage = document_of(StrategicGame(game.actions, paid))
        prior[join(types)] = {"probability": number(probability), "payoffs": stage["payoffs"]}
    return {"types": _lists(game.types), "actions": _lists(game.actions), "prior": prior}


@document_of.register
def _(game: StochasticGame) -> dict[str, Any]:
    states = _states(game.stages, game.moves)
    return {"discount": number(game.discount_factor), "start": game.start, "states": states}


@document_of.register
def _(game: RepeatedGame) -> dict[str, Any]:
    stages = _states(game.stages, game.transitions)
    return {"start": game.start, "discounts": _numbers(game.discounts), "stages": stages}


def _states(
    stages: Mapping[str, StrategicGame], moves: Mapping[str, Mapping[Profile, Mapping[str, Entry]]]
) -> dict[str, Any]:
    """For each state its stage game, and what follows a profile where that is not the same state."""
    found = {}
    for state, stage in stages.items():
        join = _joined(stage.strategies)
        following = {join(profile): _numbers(odds) for profile, odds in moves[state].items() if odds != {state: 1}}
        found[state] = {**document_of(stage), **({"next": following} if following else {})}
    return found


@document_of.register
def _(game: GraphModel) -> dict[str, Any]:
    return {
        "moves": {player: _lists(own) for player, own in game.moves.items()},
        "payoffs": {state: list(map(number, row)) for state, row in game.payoffs.items()},
    }


def _joined(labels: Mapping[str, Sequence[str]]) -> Callable[[Sequence[str]], str]:
    """What writes a profile of these labels as one text; raises `InputError` where they hold every joint."""
    every = "".join(label for own in labels.values() for label in own)
    free = next((joint for joint in JOINTS if joint not in every), None)
    if free is None:
        raise InputError(
            f"labels hold each of {' '.join(JOINTS)}, so that none can join them in a document; rename one"
        )
    return f" {free} ".join if free != "," else ", ".join


def _lists(labels: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {label: list(own) for label, own in labels.items()}


@document_of.register
def _(game: ContinuousGame) -> dict[str, Any]:
    intervals = {
        player: {"name": own.name, "low": number(own.low), "high": number(own.high)}
        for player, own in game.choices.items()
    }
    names = [own.name for own in game.choices.values()]
    return {"choices": intervals, "payoffs": {p: _polynomial(terms, names) for p, terms in game.payoffs.items()}}


def _polynomial(terms: Mapping[Powers, Entry], names: Sequence[str]) -> str:
    """The sum of coefficients times products of powers, as a formula."""
    parts = []
    for powers, coefficient in terms.items():
        raised = [(name, power) for name, power in zip(names, powers, strict=True) if power]
        factors = [f"{name}**{power}" if power > 1 else name for name, power in raised]
        parts.append("*".join([f"({_number_text(coefficient)})", *factors]))
    return " + ".join(parts) or "0"


def _number_text(value: Entry) -> str:
    """An entry of a game as a part of a formula."""
    return _formula_text(value) if hasattr(value, "free_symbols") else str(Fraction(value))


@document_of.register
def _(game: BargainingProblem) -> dict[str, Any]:
    found: dict[str, Any] = {} if game.free_disposal else {"free_disposal": False}
    if game.frontier and game.ends != (0, 1):
        found["ends"] = list(map(number, game.ends))
    found["disagreement"] = _numbers(game.disagreement)
    if game.points:
        return {**found, "points": {name: list(map(number, row)) for name, row in game.points.items()}}

    def along(row: Sequence[Entry]) -> str:
        return _polynomial({(power,): value for power, value in enumerate(row)}, ["t"])

    return {**found, "frontier": {player: along(row) for player, row in game.frontier.items()}}


@document_of.register
def _(game: AlternatingOffers) -> dict[str, Any]:
    found: dict[str, Any] = {"proposers": list(game.proposers)}
    if game.rounds is not None:
        found["rounds"] = game.rounds
    found |= {"pie": number(game.pie), "breakdown_risk": number(game.breakdown_risk)}
    if game.presser:
        found["presser"] = game.presser
    if game.outside:
        found["leavers"] = list(game.leavers)
    by_player = {"discounts": game.discounts, "breakdown": game.breakdown, "outside": game.outside}
    by_player |= {"floors": game.floors, "deadline": game.deadline}
    found |= {key: _numbers(paid) for key, paid in by_player.items() if paid}
    options = {name: _numbers(paid) for name, paid in game.pressures.items()}
    return {**found, "inside": options[""] if set(options) == {""} else options}


def _numbers(entries: Mapping[str, Entry]) -> dict[str, int | float | str]:
    return {label: number(value) for label, value in entries.items()}


def _formula_text(value: Entry) -> str:
    # Imported here, so that games in numbers do without sympy.
    from games.formulas.printing import formula_text

    return formula_text(value)
