"""Random claims as statements of certificates, and plays as values of the variables of an obligation.

Written from `docs/certificates.md`, with no code of the toolkit but the types in which games are held.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence, Set
from fractions import Fraction
from typing import Any

from games.forms.extensive import Chance, Decision, ExtensiveGame, Outcome
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.strategic import StrategicGame
from judges import conflicts, formulas, rounds, strategic, trees
from judges.described import Described, Point, RandomClaim, built
from judges.truths import answers

FORMS = {
    "strategic": "strategic",
    "three players": "strategic",
    "tree": "extensive",
    "imperfect information": "extensive",
    "repeated": "repeated",
    "graph": "graph",
}
OF = {"every": "every", "some": "some", "exists": "some", "unique": "two"}
_SIGNS = {ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!=", ast.GtE: ">=", ast.Gt: ">"}


def statement(claim: RandomClaim) -> dict[str, Any]:
    """The claim; a monotone one is none of a certificate's."""
    names = [model.name for model in claim.models]
    return {
        "models": [{"name": m.name, "form": FORMS[m.form], "game": game(m)} for m in claim.models],
        "ranges": {name: [str(end) for end in claim.range_of(name)] for name in claim.names},
        "premises": [relation(premise) for premise in claim.premises],
        "concept": claim.concept,
        "of": OF[claim.kind],
        "quantities": {
            name: {_KINDS.get(key, key): value for key, value in given.items() if key != "model"}
            | {"model": names.index(given.get("model", names[0]))}
            for name, given in (claim.where or {}).items()
        },
        "conclusion": relation(claim.formula) if claim.formula else ["and"],
    }


_KINDS = {"path": "reach", "choices": "chosen"}


def relation(text: str) -> Any:
    """A relation in text as one in JSON."""

    def read(node: ast.expr) -> Any:
        match node:
            case ast.BoolOp(op=op, values=parts):
                return ["and" if isinstance(op, ast.And) else "or", *map(read, parts)]
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return ["not", read(part)]
            case ast.Call(args=[first, second]):
                return ["or", ["not", read(first)], read(second)]
            case ast.Compare(left=left, ops=ops, comparators=others):
                sides = [ast.unparse(side) for side in (left, *others)]
                signs = [_SIGNS[type(op)] for op in ops]
                found = [[a, sign, b] for a, sign, b in zip(sides, signs, sides[1:], strict=False)]
                return found[0] if len(found) == 1 else ["and", *found]
        raise ValueError(text)

    return read(ast.parse(text, mode="eval").body)


def game(model: Described) -> dict[str, Any]:
    """The game in JSON, its formulas as they are written."""
    half = dict.fromkeys("abc", Fraction(1, 2))
    of = built(model.form, model.game, lambda text: formulas.value(text, half))
    players, given = list(of.players), model.game

    def paid(row: Sequence[str]) -> dict[str, str]:
        return dict(zip(players, row, strict=True))

    def table(stage: Mapping[str, Any]) -> dict[str, Any]:
        rows = [[list(profile), paid(row)] for profile, row in stage["payoffs"].items()]
        return {"strategies": {p: list(own) for p, own in stage["strategies"].items()}, "payoffs": rows}

    match of:
        case StrategicGame():
            return {"players": players, **table(given)}
        case GraphModel():
            moves = {p: [[start, end] for start, ends in of.moves[p].items() for end in ends] for p in players}
            payoffs = {state: paid(row) for state, row in given["payoffs"].items()}
            return {"players": players, "states": list(of.states), "moves": moves, "payoffs": payoffs}
        case RepeatedGame():
            stays = {s: {p: {s: "1"} for p in stage["payoffs"]} for s, stage in given["stages"].items()}
            odds = {s: given["transitions"].get(s, stays[s]) for s in stays}
            states = {
                s: {**table(stage), "next": [[list(p), dict(odds[s][p])] for p in stage["payoffs"]]}
                for s, stage in given["stages"].items()
            }
            return {"players": players, "discounts": dict(given["discounts"]), "start": of.start, "states": states}
        case ExtensiveGame():
            return {"players": players, "root": _node(of, (), given["root"], paid)}
    raise TypeError(type(of))


def _node(of: ExtensiveGame, path: tuple[str, ...], given: Any, paid: Any) -> Any:
    match given:
        case ("pays", row):
            return {"payoffs": paid(row)}
        case ("decides", player, _, actions):
            moves = {a: _node(of, (*path, a), child, paid) for a, child in actions.items()}
            return {"player": player, "set": of.information_set_at(path), "moves": moves}
        case ("chance", events):
            chances = {
                e: {"probability": text, "then": _node(of, (*path, e), child, paid)}
                for e, (text, child) in events.items()
            }
            return {"chance": "chance", "moves": chances}
    raise ValueError(given)


# What the variables of an obligation are worth when something is played.


def values(concept: str, of: Game, play: Any, suffix: str = "") -> dict[str, Fraction]:
    """By the name of each variable that there may be; of perfect Bayesian play the behaviour and its beliefs."""
    match of:
        case StrategicGame():
            found = _of_table(concept, of, play)
        case ExtensiveGame() if concept == "subgame-perfect" and of.has_perfect_information:
            found = _of_tree(of, play)
        case ExtensiveGame():
            found = _of_behaviour(concept, of, *play)
        case RepeatedGame():
            found = _of_trigger(of, play)
        case GraphModel():
            found = ((f"probability of resting in {s}", Fraction(s == play)) for s in of.states)
            found = [*found, *((f"{p}'s payoff", conflicts.worth(of, play, p)) for p in of.players)]
        case _:
            raise TypeError(type(of))
    return {name + suffix: Fraction(value) for name, value in found}


def _of_table(concept: str, of: StrategicGame, play: strategic.Play) -> Iterator[tuple[str, Any]]:
    for player, own in of.strategies.items():
        for label in own:
            yield f"probability of {label} for {player}", play[player].get(label, 0)
        gets = [strategic.instead(of, play, player, label) for label in own]
        yield f"{player}'s payoff", strategic.pays(of, play, player) if concept == "pure-nash" else max(gets)


def _of_tree(of: ExtensiveGame, play: trees.Behaviour) -> Iterator[tuple[str, Any]]:
    for path, node in of.nodes.items():
        if isinstance(node, Decision):
            for player in of.players:
                yield f"{player}'s payoff {_where(path)}", trees.pays(of, play, player, path)
        for end in of.nodes if not isinstance(node, Outcome) else ():
            if len(end) > len(path) and end[: len(path)] == path:
                rest = end[len(path) :]
                yield f"probability of {', '.join(rest)} {_where(path)}", trees.probability(of, play, rest, path)


def _of_behaviour(
    concept: str, of: ExtensiveGame, play: trees.Behaviour, beliefs: trees.Beliefs
) -> Iterator[tuple[str, Any]]:
    for name, s in of.information_sets.items():
        for action in s.actions:
            yield f"probability of {action} at {name}", play[name].get(action, 0)
        held = beliefs.get(name, {s.paths[0]: Fraction(1)})
        for path in s.paths:
            yield f"belief in {', '.join(path)} at {name}", held[path]
        yield f"{s.player}'s most at {name}", _most(of, play, s.player, held)
    for root in trees.subgame_roots(of):
        for player in of.players:
            yield f"{player}'s most {_where(root)}", _most(of, play, player, {root: Fraction(1)})


def _most(of: ExtensiveGame, play: trees.Behaviour, player: str, held: Mapping[Any, Fraction]) -> Fraction:
    """The most that a plan gets from the nodes on, weighed as they are held."""
    return max(
        sum(w * trees.pays(of, trees.following(of, play, plan), player, path) for path, w in held.items())
        for plan in trees.plans(trees.below(of, list(held), player))
    )


def _of_trigger(of: RepeatedGame, play: rounds.Trigger) -> Iterator[tuple[str, Any]]:
    for player in of.players:
        for told, plan in (("from the agreement", play.agreement), ("after a breach", play.threat)):
            for state, value in rounds.worth(of, plan, player).items():
                yield f"{player}'s payoff {told} from {state} on", value
    agreed = [f"{state}: {', '.join(profile)}" for state, profile in play.agreement.items()]
    for path in of.paths:
        for k in range(1, len(path) + 1):
            yield f"probability of agreeing on {'; '.join(path[:k])}", list(path[:k]) == agreed[:k]
    for phase, plan in (("agreed", play.agreement), ("after a breach", play.threat)):
        for state, stage in of.stages.items():
            for k, player in enumerate(of.players):
                for action in stage.strategies[player]:
                    yield f"probability of {action} for {player}, {phase}: {state}", plan[state][k] == action


def _where(path: Sequence[str]) -> str:
    return f"after {', '.join(path)}" if path else "at the start"


def entries(model: Described, point: Point) -> dict[str, Fraction]:
    """What each formula in a game is worth, under the name of the variable that may stand for it."""
    texts: list[str] = []
    built(model.form, model.game, lambda text: texts.append(text) or formulas.value(text, point))
    return {f"value of {text}": formulas.value(text, point) for text in texts}


def is_played(concept: str, of: Game, play: Any, needed: Sequence[Mapping[str, Any]], told: Set[str]) -> bool:
    """Whether the play is an equilibrium, under perfect information where what is asked for depends on it.

    Where an obligation chooses among whole plays, whether there is one that the variables ``told`` do not tell apart.
    """
    match of:
        case StrategicGame() if concept == "nash":
            return strategic.is_nash(of, play)
        case StrategicGame() | RepeatedGame() | GraphModel():
            own = values(concept, of, play)
            alike = (values(concept, of, other) for other in answers(concept, of).known)
            return any(all(own[name] == other[name] for name in own.keys() & told) for other in alike)
        case ExtensiveGame() if concept == "subgame-perfect" and of.has_perfect_information:
            return all(trees.is_nash(of, play, root) for root in _looked_at(of, needed))
        case ExtensiveGame() if concept == "perfect-bayesian":
            return trees.is_perfect_bayesian(of, *play)
        case ExtensiveGame():
            return (trees.is_nash if concept == "nash" else trees.is_subgame_perfect)(of, play[0])
    raise TypeError(type(of))


def _looked_at(of: ExtensiveGame, needed: Sequence[Mapping[str, Any]]) -> set[tuple[str, ...]]:
    """The decisions that a quantity depends on: where its path or its payoff passes, and whatever may follow."""
    tops: list[tuple[str, ...]] = []
    for quantity in needed:
        after = tuple(quantity.get("after", ()))
        if "payoff" in quantity:
            tops.append(after)
        elif "path" in quantity:
            whole = (*after, *quantity["path"])
            on_it = [whole[:k] for k in range(len(after), len(whole))]
            tops += [path for path in on_it if not isinstance(of.nodes[path], Chance)]
        else:
            tops += [of.information_sets[name].paths[0] for name in quantity["choices"]]
    decisions = {path for path, node in of.nodes.items() if isinstance(node, Decision)}
    return {path for path in decisions if any(path[: len(top)] == top for top in tops)}
