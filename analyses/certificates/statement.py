"""What a claim says, written out whole: its games with their formulas, its premises, its concept and its conclusion.

The statement of a certificate is all that the checker goes by. Its keys, and how each form of game is written, are
those of `analyses.certificates.verify`.
"""

from collections.abc import Mapping, Sequence
from functools import singledispatch
from itertools import count
from typing import Any, TypeAlias, assert_never

import sympy

from analyses.claims.claim import Claim
from analyses.claims.conclusions import Exists
from games.forms import Entry
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome, Path
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.stochastic import StochasticGame
from games.forms.strategic import Profile, StrategicGame
from games.formulas.printing import formula_text
from games.formulas.relations import Denied, Every, Implied, Related, Relation, Some, substituted
from games.play.quantities import Chosen, Payoff, Quantity, Reach

Written: TypeAlias = Any
"""What JSON can hold."""


class UnwrittenError(Exception):
    """The claim is about a form of game that no statement is written for."""


def statement(claim: Claim) -> dict[str, Written]:
    """The claim as a statement; one that compares two points is stated as its `plain` claim.

    Raises `UnwrittenError` for a form of game that the checker does not know.
    """
    stated = claim.plain
    conclusion = stated.conclusion
    numbers = {model.name: k for k, model in enumerate(stated.models)}
    names = _names(stated)
    some = isinstance(conclusion, Exists) or not stated.every
    return {
        "claim": claim.name,
        "says": claim.argument,
        "models": [
            {
                "name": model.name,
                "form": model.game.written_out.form,
                "game": game(model.game.written_out),
                "assumptions": [relation(assumed.relation) for assumed in model.assumptions],
            }
            for model in stated.models
        ],
        "ranges": {
            symbol.name: [str(p.low), str(p.high)] if stated.bounded else [None, None]
            for symbol, p in sorted(stated.parameters.items(), key=lambda each: str(each[0]))
        },
        "premises": [relation(premise) for premise in stated.premises],
        "concept": stated.concept_of(stated.model).name,
        "of": "two" if conclusion.of_pairs else "some" if some else "every",
        "quantities": {
            names[symbol].name: quantity(asked, numbers[stated.model_of(asked).name])
            for symbol, asked in conclusion.where.items()
        },
        "conclusion": relation(substituted(conclusion.formula, names)),
    }


def _names(claim: Claim) -> dict[sympy.Symbol, sympy.Symbol]:
    """For the quantities of the conclusion names that formulas may have, and no parameter has."""
    taken = {symbol.name for symbol in claim.parameters}
    free = (name for k in count(1) if (name := f"q{k}") not in taken)
    return {symbol: sympy.Symbol(next(free)) for symbol in claim.conclusion.where}


def relation(said: Relation) -> Written:
    """The relation; a divisor that has cancelled out of it stands beside it."""
    match said:
        case Related(left, sign, right, cancelled):
            compared = [formula_text(left), sign, formula_text(right)]
            divisors = [[formula_text(divisor), "!=", "0"] for divisor in cancelled]
            return ["and", compared, *divisors] if divisors else compared
        case Every(parts):
            return ["and", *map(relation, parts)]
        case Some(parts):
            return ["or", *map(relation, parts)]
        case Denied(part):
            return ["not", relation(part)]
        case Implied(first, second):
            return ["or", ["not", relation(first)], relation(second)]
    assert_never(said)


def quantity(asked: Quantity, model: int) -> Written:
    """The quantity, of the model of that number."""
    match asked:
        case Reach(path=path, after=after):
            return {"reach": list(path), "after": list(after), "model": model}
        case Chosen(choices=choices):
            return {"chosen": dict(choices), "model": model}
        case Payoff(player=player, after=after):
            return {"payoff": player, "after": list(after), "model": model}
    assert_never(asked)


@singledispatch
def game(of: Game) -> Written:
    """The game as the checker reads one of its form."""
    raise UnwrittenError(f"no certificate is written about {of.kind}")


def _paid(players: Sequence[str], payoffs: Sequence[Entry]) -> dict[str, str]:
    return {player: formula_text(paid) for player, paid in zip(players, payoffs, strict=True)}


@game.register
def _(of: ExtensiveGame) -> Written:
    def node(at: Node, path: Path) -> Written:
        match at:
            case Outcome(payoffs):
                return {"payoffs": _paid(of.players, payoffs)}
            case Chance(events):
                moves = {
                    event: {"probability": formula_text(odds), "then": node(then, (*path, event))}
                    for event, (odds, then) in events.items()
                }
                return {"chance": "chance", "moves": moves}
            case Decision(player, actions):
                own = {action: node(then, (*path, action)) for action, then in actions.items()}
                return {"player": player, "set": of.information_set_at(path), "moves": own}
        assert_never(at)

    return {"players": list(of.players), "root": node(of.root, ())}


def profiles(of: StrategicGame) -> list[Written]:
    """What each profile pays."""
    return [[list(profile), _paid(of.players, paid)] for profile, paid in of.payoffs.items()]


@game.register
def _(of: StrategicGame) -> Written:
    return {"players": list(of.players), "strategies": _strategies(of), "payoffs": profiles(of)}


def _strategies(of: StrategicGame) -> dict[str, list[str]]:
    return {player: list(strategies) for player, strategies in of.strategies.items()}


@game.register
def _(of: GraphModel) -> Written:
    moves = {
        player: [[start, end] for start in of.states for end in of.moves_from(start, player)] for player in of.players
    }
    payoffs = {state: _paid(of.players, paid) for state, paid in of.payoffs.items()}
    return {"players": list(of.players), "states": list(of.states), "moves": moves, "payoffs": payoffs}


@game.register
def _(of: RepeatedGame) -> Written:
    discounts = {player: formula_text(factor) for player, factor in of.discounts.items()}
    states = {state: _state(stage, of.transitions[state], state) for state, stage in of.stages.items()}
    return {"players": list(of.players), "discounts": discounts, "start": of.start, "states": states}


@game.register
def _(of: StochasticGame) -> Written:
    discounts = dict.fromkeys(of.players, formula_text(of.discount_factor))
    states = {state: _state(stage, of.moves[state], state) for state, stage in of.stages.items()}
    return {"players": list(of.players), "discounts": discounts, "start": of.start, "states": states}


def _state(stage: StrategicGame, moves: Mapping[Profile, Mapping[str, Entry]], state: str) -> Written:
    """A state with its stage game, and which states may follow each profile: itself, where nothing is told."""
    following = [
        [list(profile), {after: formula_text(odds) for after, odds in (moves.get(profile) or {state: 1}).items()}]
        for profile in stage.payoffs
    ]
    return {"strategies": _strategies(stage), "payoffs": profiles(stage), "next": following}
