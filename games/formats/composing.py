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
from games.formats.printing import json_text, toml_text
from games.formats.strategic import JOINTS
from games.formats.suffixes import writes
from games.forms import Entry
from games.forms.alternating_offers import AlternatingOffers
from games.forms.bargaining import BargainingProblem
from games.forms.bayesian import BayesianGame
from games.forms.continuous import ContinuousGame, Powers
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.forms.game import Game
from games.forms.stochastic import StochasticGame
from games.forms.strategic import StrategicGame
from games.formulas.relations import as_text
from games.model import Model
from games.parameters import Parameter, Unit

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
    game = document_of(model.game)
    own = {"name": model.name, "title": model.title, "question": model.question, "story": model.story}
    told: dict[str, Any] = {key: text for key, text in own.items() if text}
    if model.assumptions:
        told["assumptions"] = [as_text(assumption.relation) for assumption in model.assumptions]
    plain = {key: value for key, value in game.items() if not isinstance(value, Mapping)}
    tables = {key: value for key, value in game.items() if key not in plain}
    if model.parameters:
        tables = {"parameters": {each.name: _parameter(each) for each in model.parameters}, **tables}
    return {**told, **plain, **tables}


def _parameter(given: Parameter) -> dict[str, Any]:
    fields: dict[str, Any] = {"default": number(given.default)}
    if given.low < given.high:
        fields |= {"low": number(given.low), "high": number(given.high)}
    if given.meaning:
        fields["meaning"] = given.meaning
    if given.unit is not Unit.PAYOFF:
        fields["unit"] = given.unit.name.lower()
    return fields


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
    states = {}
    for state, stage in game.stages.items():
        join = _joined(stage.strategies)
        moves = {
            join(profile): {after: number(odds) for after, odds in following.items()}
            for profile, following in game.moves[state].items()
            if following != {state: 1}
        }
        states[state] = {**document_of(stage), **({"next": moves} if moves else {})}
    return {"discount": number(game.discount_factor), "start": game.start, "states": states}


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
    return {player: list(own) for player, own in labels.items()}


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


def _numbers(paid: Mapping[str, Entry]) -> dict[str, int | float | str]:
    return {player: number(value) for player, value in paid.items()}


def _formula_text(value: Entry) -> str:
    # Imported here, so that games in numbers do without sympy.
    from games.formulas.printing import formula_text

    return formula_text(value)
