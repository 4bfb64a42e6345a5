"""Random claims about random games whose payoffs are formulas in the parameters a, b and c.

Values are few and ties are wanted: a game draws its payoffs from a short list of formulas.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import AGREED, BREACH, RepeatedGame
from games.forms.strategic import StrategicGame
from judges import formulas
from judges.described import SEED, Described, Point, RandomClaim, built
from judges.truths import at_point

FORMS = ("strategic", "three players", "tree", "imperfect information", "repeated", "graph")

FURTHER = ("selections", "constant sum")
"""Two-player games in strategic form about which other concepts are asked."""

CONCEPTS = {
    "strategic": ("nash", "nash", "nash", "nash", "pure-nash", "payoff-dominant", "rationalizable", "dominance"),
    "three players": ("nash", "nash", "pure-nash", "pure-nash", "payoff-dominant", "rationalizable"),
    "tree": ("subgame-perfect",),
    "imperfect information": ("subgame-perfect", "perfect-bayesian", "perfect-bayesian", "nash"),
    "repeated": ("grim-trigger",),
    "graph": ("nash-stable", "general-metarational", "symmetric-metarational", "sequentially-stable"),
    "selections": ("risk-dominant", "trembling-hand", "correlated", "coarse-correlated"),
    "constant sum": ("zero-sum",),
}

KINDS = ("every", "every", "every", "every", "some", "some", "some", "exists", "unique", "monotone")


def random_claim(form: str, number: int) -> RandomClaim:
    """Claim ``number`` about games of the form; its premises hold at some point of the grid.

    Every fifth one has two models, as far as its kind allows; these may give a shared parameter different ranges. Of
    conclusions drawn at random few hold; so in every second claim one is drawn that holds at some points away from
    ties, which it then does everywhere, or everywhere but at ties.
    """
    rng = random.Random(f"{SEED} {form} {number}")
    kind = rng.choice(KINDS)
    concept = rng.choice(CONCEPTS[form])
    while True:
        pool = [_formula(rng) for _ in range(rng.randint(3, 7))]
        size = 2 if kind in ("every", "some", "exists") and rng.random() < 0.2 else 1
        models = tuple(
            Described(f"model {k + 1}", form, _ranges(rng, first=k == 0), _GAMES[form](rng, pool)) for k in range(size)
        )
        premises = tuple(dict.fromkeys(_premise(rng) for _ in range(rng.choice((0, 1, 1, 2, 2, 3)))))
        claim = _concluding(rng, RandomClaim(form, number, kind, models, premises, concept))
        if not claim.admissible():
            continue
        if number % 2 == 0 and kind in ("every", "some", "monotone"):
            points = _untied(rng, claim)
            for _ in range(MOST_DRAWN):
                if all(_holds(claim, point) for point in points):
                    break
                claim = _concluding(rng, claim)
        return claim


MOST_DRAWN = 15


def _concluding(rng: random.Random, claim: RandomClaim) -> RandomClaim:
    """The claim with another conclusion of its kind."""
    if claim.kind in ("every", "some"):
        formula, count = _conclusion(rng)
        where = {name: _drawn(rng, rng.choice(claim.models)) for name in ("q", "r", "s")[:count]}
        return replace(claim, formula=formula, where=where)
    if claim.kind == "monotone":
        quantity = {k: v for k, v in _drawn(rng, claim.models[0]).items() if k != "model"}
        return replace(claim, where={"q": quantity}, parameter=rng.choice(claim.names), rising=rng.random() < 0.6)
    return claim


def _untied(rng: random.Random, claim: RandomClaim) -> list[Point]:
    """A few admissible points at which hardly any two formulas are equal."""
    found: list[Point] = []
    for _ in range(60):
        point = {}
        for name in claim.names:
            low, high = claim.range_of(name)
            point[name] = low + (high - low) * Fraction(rng.randint(1, 96), 97)
        if len(found) < 3 and claim.is_admissible(point):
            found.append(point)
    return found


def _holds(claim: RandomClaim, point: Point) -> bool:
    if claim.kind != "monotone":
        return at_point(claim, point).holds is not False
    _, high = claim.range_of(claim.parameter)
    higher = {**point, claim.parameter: (point[claim.parameter] + 2 * high) / 3}
    return at_point(claim, point, higher).holds is not False


def contradictory_claim(form: str, number: int) -> RandomClaim:
    """A claim whose premises cannot hold together within the ranges."""
    rng = random.Random(f"{SEED} contradictory {form} {number}")
    base = random_claim(form, number)
    clash = rng.choice(
        [
            ("a > b", "b > a"),
            ("a > b", "b >= c", "c >= a"),
            ("a + b > 2",),
            ("a == b", "a != b"),
            ("a*b >= 1/2", "a <= 1/4"),
            ("not (a >= b)", "a > b"),
            ("a > 1/2 or b > 1/2", "a < 1/4", "b < 1/4"),
        ]
    )
    return replace(base, premises=clash)


# Formulas, premises and conclusions.

_CONSTANTS = ("0", "1", "1", "2", "-1", "1/2")
_LINEAR = ("a", "b", "c", "a", "b", "1 - a", "1 - c", "a + b", "a - b", "2*a - 1", "b + c", "1/2 - c", "2*b")
_CURVED = ("a*b", "b*(1 - c)", "a*a", "a*c - b", "a*b*c")
_QUOTIENTS = ("a/(1 + b)", "b/(2 - c)", "1/(1 + a)", "(a - b)/(1 + c)")
_MIXED = ("min(a, b)", "max(b, 1 - c)", "min(a, 1/2)", "max(a - b, 0)")


def _formula(rng: random.Random) -> str:
    kinds = (_CONSTANTS, _LINEAR, _CURVED, _QUOTIENTS, _MIXED)
    return rng.choice(rng.choices(kinds, weights=(30, 40, 14, 8, 8))[0])


def _ranges(rng: random.Random, first: bool) -> dict[str, tuple[Fraction, Fraction, Fraction]]:
    found = {}
    for name in ("a", "b", "c"):
        low, high = Fraction(0), Fraction(1)
        if not first and rng.random() < 0.5:
            low, high = rng.choice(
                [(Fraction(0), Fraction(1, 2)), (Fraction(1, 4), Fraction(1)), (Fraction(1, 2), high)]
            )
        elif rng.random() < 0.05:
            low = high = Fraction(1, 2)
        found[name] = (rng.choice((low, high, (low + high) / 2)), low, high)
    return found


_PREMISES = (
    ("a > b", "b >= c", "a <= c", "c < b", "a > b > c", "a <= b <= c", "c > a"),
    ("a + b <= 1", "a + b > c", "a - b >= 1/4", "a + b + c <= 3/2", "2*a >= b + c"),
    ("a == b", "a + c == 1", "b == 1/2", "a == 2*b", "a == b*c"),
    ("a > 0", "c < 1", "b > 1/2", "a >= 1/2", "c != 0", "a != b", "b < 1/4 or c > 1/2"),
    ("a*b >= 1/4", "a*a <= b", "a*b < c", "a*(1 - b) > 1/8"),
    ("not (a > b)", "implies(a > b, c >= 1/2)", "a > b or b > c", "not (a >= 1/2 and b >= 1/2)", "not (a == b)"),
    ("a/(1 + b) <= c", "1/b > 1", "not (1/b > 1)", "a/b <= 2", "min(a, b) >= c", "max(a, c) < 1", "max(a, b) == c"),
)


def _premise(rng: random.Random) -> str:
    return rng.choice(rng.choices(_PREMISES, weights=(30, 15, 12, 15, 8, 12, 8))[0])


_CONCLUSIONS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("q <= {k}", 1), ("q >= {k}", 1), ("q < {k}", 1), ("q > {k}", 1), ("q == {k}", 1), ("q != {k}", 1)),
    (("q <= {p}", 1), ("q >= {p}", 1), ("q*(1 + {p}) >= {p}", 1), ("q - {p} < {k}", 1), ("q*q <= {p}", 1)),
    (("q >= r", 2), ("q <= r", 2), ("q + r <= 1", 2), ("q == r", 2), ("q*r <= {k}", 2), ("q + r >= {p}", 2)),
    (("implies(q > {k}, r >= {p})", 2), ("q > {k} or r > {k}", 2), ("not (q > {k} and r <= {p})", 2)),
    (("implies({p} > {o}, q >= {k})", 1), ("not (q == {k})", 1), ("q >= {k} or {p} <= {o}", 1)),
    (("q/(1 + r*r) <= {k}", 2), ("1/q >= 2", 1), ("q/r <= 1", 2), ("not (1/q > 2)", 1), ("1/q > 2 and q >= 1/2", 1)),
    (("max(q, r) >= {k}", 2), ("min(q, {p}) <= r", 2), ("min(q, r) == {k}", 2), ("max(q, r, {p}) > {k}", 2)),
    (("q + r - s <= {p}", 3), ("q >= r or r >= s", 3), ("implies(q > r, r > s)", 3)),
)


def _conclusion(rng: random.Random) -> tuple[str, int]:
    """A formula and how many quantities it speaks of."""
    text, count = rng.choice(rng.choices(_CONCLUSIONS, weights=(25, 14, 20, 12, 8, 10, 8, 3))[0])
    p, o = rng.sample(("a", "b", "c"), 2)
    while "{k}" in text:
        text = text.replace("{k}", rng.choice(("0", "0", "1", "1", "1/2", "1/3", "3/4")), 1)
    return text.replace("{p}", p).replace("{o}", o), count


# Games.


def _random_table(rng: random.Random, pool: Sequence[str], sizes: Sequence[int]) -> dict[str, Any]:
    players = ("Row", "Column", "Box")[: len(sizes)]
    strategies = {
        player: tuple(f"{player[0].lower()}{k}" for k in range(size))
        for player, size in zip(players, sizes, strict=True)
    }
    payoffs = {profile: tuple(rng.choice(pool) for _ in players) for profile in product(*strategies.values())}
    return {"strategies": strategies, "payoffs": payoffs}


def _random_strategic(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    return _random_table(rng, pool, rng.choice(((2, 2), (2, 2), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2))))


def _random_three(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    return _random_table(rng, pool, (2, 2, 2))


def _random_square(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    return _random_table(rng, pool, (2, 2))


def _random_constant_sum(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    """What one gains the other loses, from a sum that a parameter may give."""
    game = _random_table(rng, pool, rng.choice(((2, 2), (2, 3), (3, 3))))
    whole = rng.choice(("0", "1", "b"))
    return {**game, "payoffs": {p: (own, f"{whole} - ({own})") for p, (own, _) in game["payoffs"].items()}}


def _chance(rng: random.Random, children: Sequence[Any]) -> Any:
    odds = rng.choice((("1/2", "1/2"), ("1/3", "2/3"), ("a", "1 - a"), ("c", "1 - c"), ("1/4", "3/4")))
    return ("chance", {f"e{k}": pair for k, pair in enumerate(zip(odds, children, strict=True))})


def _random_tree(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    """Perfect information; at most six decisions, chance moves and lotteries at the end among them."""
    players = ("A", "B", "C")[: rng.choice((1, 2, 2, 2, 3))]
    named = rng.random() < 0.5
    names: list[str] = []

    def grow(left: int) -> Any:
        if left == 0 or (left < 3 and rng.random() < 0.25):
            return ("pays", tuple(rng.choice(pool) for _ in players))
        if rng.random() < 0.2:
            return _chance(rng, [grow(left - 1), grow(left - 1)])
        names.append(f"D{len(names) + 1}")
        name = names[-1] if named else None
        size = rng.choice((2, 2, 2, 3))
        return ("decides", rng.choice(players), name, {f"m{k}": grow(left - 1) for k in range(size)})

    while True:
        names.clear()
        root = grow(3)
        if 1 <= len(names) <= 6:
            return {"players": players, "root": root}


def _random_imperfect(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    return rng.choice((_signalling, _stop_or_go, _joined, _joined, _joined, _horse))(rng, pool)


def _random_row(rng: random.Random, pool: Sequence[str], players: Sequence[str]) -> Any:
    row = ("pays", tuple(rng.choice(pool) for _ in players))
    if rng.random() < 0.1:
        return _chance(rng, [row, ("pays", tuple(rng.choice(pool) for _ in players))])
    return row


def _signalling(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    """Chance draws the sender's type, the receiver sees the message alone (Spence 1973; Cho & Kreps 1987)."""
    players = ("Sender", "Receiver")

    def message(text: str) -> Any:
        return (
            "decides",
            "Receiver",
            f"after {text}",
            {answer: _random_row(rng, pool, players) for answer in ("yes", "no")},
        )

    types = [("decides", "Sender", f"type {k}", {text: message(text) for text in ("loud", "quiet")}) for k in range(2)]
    return {"players": players, "root": _chance(rng, types)}


def _stop_or_go(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    """The second player does not see what the first did, and decides twice: beliefs matter for its own later choice."""
    players = ("A", "B")

    def after() -> Any:
        later = ("decides", "B", "later", {"x": _random_row(rng, pool, players), "y": _random_row(rng, pool, players)})
        return ("decides", "B", "now", {"stop": _random_row(rng, pool, players), "go": later})

    actions = {"L": after(), "M": after()}
    if rng.random() < 0.7:
        actions = {"Out": _random_row(rng, pool, players), **actions}
    return {"players": players, "root": ("decides", "A", "start", actions)}


def _horse(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    """Three players as in Selten's horse (1975): the third does not know who of the others left the path."""
    players = ("A", "B", "C")

    def third() -> Any:
        return ("decides", "C", "C asked", {"L": _random_row(rng, pool, players), "R": _random_row(rng, pool, players)})

    second = ("decides", "B", "B asked", {"c": _random_row(rng, pool, players), "d": third()})
    return {"players": players, "root": ("decides", "A", "A asked", {"C": second, "D": third()})}


def _joined(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    """Players remember what they did and knew, and decisions with the same own past may look alike.

    So a player may meet an information set that its own earlier choice excludes.
    """
    players = ("A", "B")
    met: dict[Any, list[str]] = {}
    places: dict[str, int] = {}

    def grow(left: int, memory: Mapping[str, tuple[Any, ...]]) -> Any:
        if left == 0 or (left < 3 and rng.random() < 0.25):
            return ("pays", tuple(rng.choice(pool) for _ in players))
        if rng.random() < 0.15:
            return _chance(rng, [grow(left - 1, memory), grow(left - 1, memory)])
        player = rng.choice(players)
        known = met.setdefault((player, memory[player]), [])
        if known and rng.random() < 0.7:
            name = rng.choice(known)
        else:
            name = f"{player}{len(places) + 1}"
            known.append(name)
        places[name] = places.get(name, 0) + 1
        actions = {a: grow(left - 1, {**memory, player: (*memory[player], (name, a))}) for a in ("l", "r")}
        return ("decides", player, name, actions)

    while True:
        met.clear()
        places.clear()
        root = grow(3, dict.fromkeys(players, ()))
        if 2 <= len(places) <= 5 and max(places.values()) > 1:
            return {"players": players, "root": root}


def _random_repeated(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    """One state or two, two actions each; the discount factors are fixed or hang on a parameter and stay below 1."""
    states = ("calm", "tense")[: rng.choice((1, 1, 1, 1, 2))]
    stages = {state: _random_table(rng, pool, (2, 2)) for state in states}
    patience = rng.choice(("1/2", "9/10", "a*9/10", "c/(1 + c)", "1/2 + a/4"))
    discounts = {"Row": patience, "Column": patience if rng.random() < 0.7 else rng.choice(("1/3", "b/2"))}
    transitions = {}
    if len(states) == 2:
        for state in states:
            ways = [{"calm": "1"}, {"tense": "1"}, {"calm": "1/2", "tense": "1/2"}, {"calm": "b", "tense": "1 - b"}]
            transitions[state] = {profile: rng.choice(ways) for profile in stages[state]["payoffs"]}
    return {"stages": stages, "discounts": discounts, "transitions": transitions}


def _random_graph(rng: random.Random, pool: Sequence[str]) -> dict[str, Any]:
    """Three to five states, two or three decision makers, arcs at random."""
    players = ("A", "B", "C")[: rng.choice((2, 2, 3))]
    states = tuple(f"s{k}" for k in range(1, rng.choice((3, 4, 5)) + 1))
    moves = {
        player: {
            start: targets
            for start in states
            if (targets := tuple(end for end in states if end != start and rng.random() < 0.35))
        }
        for player in players
    }
    return {"payoffs": {state: tuple(rng.choice(pool) for _ in players) for state in states}, "moves": moves}


_GAMES: Mapping[str, Callable[[random.Random, Sequence[str]], dict[str, Any]]] = {
    "strategic": _random_strategic,
    "three players": _random_three,
    "tree": _random_tree,
    "imperfect information": _random_imperfect,
    "repeated": _random_repeated,
    "graph": _random_graph,
    "selections": _random_square,
    "constant sum": _random_constant_sum,
}


# Quantities.


def _drawn(rng: random.Random, model: Described) -> dict[str, Any]:
    """A quantity that the game has, of any kind; it names its model."""
    game = built(model.form, model.game, _placeholder)
    ways = list(_quantities(rng, game))
    return {**rng.choice(ways), "model": model.name}


def _placeholder(text: str) -> Fraction:
    """A number for a formula of which only the place matters; one half fits payoffs and odds alike."""
    return formulas.value(text, dict.fromkeys("abc", Fraction(1, 2)))


def _quantities(rng: random.Random, game: Game) -> Iterator[dict[str, Any]]:
    """One quantity of each kind that the form has, drawn at random."""
    yield {"payoff": rng.choice(game.players)}
    match game:
        case StrategicGame():
            who = rng.choice(game.players)
            yield {"choices": {who: rng.choice(game.strategies[who])}}
            yield {"choices": {player: rng.choice(own) for player, own in game.strategies.items()}}
        case ExtensiveGame():
            yield {"path": list(rng.choice(list(game.outcomes)))}
            whole = rng.choice(list(game.outcomes))
            cut, end = sorted(rng.sample(range(len(whole) + 1), 2))
            yield {"path": list(whole[cut:end]), "after": list(whole[:cut])}
            inner = [path for path in game.nodes if path]
            yield {"payoff": rng.choice(game.players), "after": list(rng.choice(inner))}
            some = rng.sample(list(game.information_sets), min(len(game.information_sets), rng.choice((1, 1, 2))))
            yield {"choices": {name: rng.choice(game.information_sets[name].actions) for name in some}}
        case RepeatedGame():
            plan = rng.choice(list(game.plans))
            lines = [f"{state}: {', '.join(profile)}" for state, profile in plan.items()]
            yield {"path": lines[: rng.randint(1, len(lines))]}
            choices = {}
            for _ in range(rng.choice((1, 1, 2))):
                player, state = rng.choice(game.players), rng.choice(game.states)
                phase = rng.choice((AGREED, BREACH))
                choices[f"{player}, {phase}: {state}"] = rng.choice(game.stages[state].strategies[player])
            yield {"choices": choices}
        case GraphModel():
            yield {"path": [rng.choice(game.states)]}
            yield {"choices": {rng.choice(game.players): rng.choice(game.states)}}
