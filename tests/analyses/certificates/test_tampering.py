"""Certificates of which one thing was changed: none is accepted unless what it then states is true."""

import json
import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from typing import Any

import pytest

from analyses.certificates.verify import Verified, check
from judges import formulas
from judges.by_hand import CERTIFICATES

Json = Any
Place = tuple[Any, ...]
Point = dict[str, Fraction]
GONE = object()


def places(value: Json, above: Place = ()) -> Iterator[Place]:
    """Every place in the certificate."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*above, key)
        yield from places(part, (*above, key))


def others(value: Json, texts: list[str]) -> list[Json]:
    """At least ten things that may stand there instead."""
    found: list[Json] = [
        GONE,
        None,
        True,
        7,
        -1,
        0.5,
        "",
        "0",
        "-1",
        "1",
        "1e99",
        [],
        {},
        ["or"],
        [value],
        {"a": value},
    ]
    match value:
        case str():
            found += [f"-({value})", f"2*({value})", f"{value} + 1", value[::-1], "a", *texts]
        case bool() | int():
            found += [int(value) + 1, int(value) - 1, str(value), 10**30]
        case list():
            found += [value[::-1], value[:-1], value[1:], value + value[-1:], [*value, None]]
        case dict():
            found += [{k: v for k, v in value.items() if k != gone} for gone in value]
            found += [{**value, "more": "0"}]
    return [other for other in found if other is GONE or json.dumps(other) != json.dumps(value)]


def tampered(given: Json, rng: random.Random) -> Iterator[Json]:
    """The certificate with each place changed eleven times."""
    texts = sorted({part for place in places(given) if isinstance(part := at(given, place), str)})
    changes = [
        (place, other)
        for place in places(given)
        for other in rng.sample(others(at(given, place), rng.sample(texts, 3)), 11)
    ]
    rng.shuffle(changes)
    for place, other in changes:
        copy = json.loads(json.dumps(given))
        inner = at(copy, place[:-1])
        if other is not GONE:
            inner[place[-1]] = other
        else:
            del inner[place[-1]]
        yield copy


def at(value: Json, place: Place) -> Json:
    for step in place:
        value = value[step]
    return value


# What a changed statement is worth, in plain numbers.


def holds(relation: Json, point: Point) -> bool:
    if relation[:1] == ["and"]:
        return all(holds(part, point) for part in relation[1:])
    if relation[:1] == ["or"]:
        return any(holds(part, point) for part in relation[1:])
    if relation[:1] == ["not"]:
        return not holds(relation[1], point)
    return formulas.truth(" ".join(f"({x})" if k != 1 else x for k, x in enumerate(relation)), point) is True


def ways(node: Json, point: Point, path: Place = ()) -> list[tuple[Point, dict[Place, str]]]:
    """The equilibria of a tree of perfect information, by backward induction: payoffs, and what is done where."""
    if "payoffs" in node:
        return [({p: formulas.value(text, point) for p, text in node["payoffs"].items()}, {})]
    below = {a: ways(child, point, (*path, a)) for a, child in node["moves"].items()}
    found = []
    for chosen in product(*below.values()):
        paid = dict(zip(below, (payoffs for payoffs, _ in chosen), strict=True))
        done = {where: a for _, own in chosen for where, a in own.items()}
        best = max(payoffs[node["player"]] for payoffs in paid.values())
        found += [(paid[a], {**done, path: a}) for a in paid if paid[a][node["player"]] == best]
    return found


def equilibria(model: Json, concept: str, point: Point) -> list[tuple[Point, Any]]:
    """Payoffs and play, those in mixed strategies left out."""
    game = model["game"]
    if model["form"] == "extensive":
        return ways(game["root"], point)
    if model["form"] == "graph":
        pays = {s: {p: formulas.value(f, point) for p, f in row.items()} for s, row in game["payoffs"].items()}
        stable = [
            s for s in pays if all(pays[s][p] >= pays[t][p] for p, m in game["moves"].items() for r, t in m if r == s)
        ]
        return [(pays[s], s) for s in stable]
    players = game["players"]
    paid = {tuple(profile): {p: formulas.value(f, point) for p, f in row.items()} for profile, row in game["payoffs"]}
    return [
        (row, profile)
        for profile, row in paid.items()
        if all(
            row[p] >= other[p]
            for k, p in enumerate(players)
            for q, other in paid.items()
            if q[:k] + q[k + 1 :] == profile[:k] + profile[k + 1 :]
        )
    ]


def told(quantity: Json, model: Json, paid: Point, play: Any) -> Fraction:
    if "payoff" in quantity:
        assert not quantity.get("after")
        return paid[quantity["payoff"]]
    if "chosen" in quantity and model["form"] == "strategic":
        return Fraction(all(play[model["game"]["players"].index(p)] == s for p, s in quantity["chosen"].items()))
    if "chosen" in quantity and model["form"] == "graph":
        return Fraction(all(play == s for s in quantity["chosen"].values()))
    if model["form"] == "graph":
        return Fraction(quantity["reach"] == [play])
    path = [*quantity.get("after", []), *quantity["reach"]]
    start = len(quantity.get("after", []))
    return Fraction(all(play[tuple(path[:k])] == path[k] for k in range(start, len(path))))


def fails(statement: Json, point: Point) -> bool | None:
    """Whether the statement fails at the point; None where equilibria in mixed strategies may decide it."""
    (model,) = statement["models"]
    given = [*model.get("assumptions", []), *statement.get("premises", [])]
    inside = all(
        (low is None or Fraction(low) <= point[n]) and (high is None or Fraction(high) >= point[n])
        for n, (low, high) in statement["ranges"].items()
    )
    if not inside or not all(holds(relation, point) for relation in given):
        return False
    found = equilibria(model, statement["concept"], point)
    kept = []
    for paid, play in found:
        values = {n: told(q, model, paid, play) for n, q in statement.get("quantities", {}).items()}
        kept.append(holds(statement.get("conclusion", ["and"]), {**point, **values}))
    mixed = statement["concept"] == "nash"
    if statement["of"] == "two":
        return len(found) > 1
    if statement["of"] == "some":
        return None if mixed else not any(kept)
    return True if not all(kept) else None if mixed else False


def contradicted(certificate: Json, rng: random.Random) -> bool:
    """Whether what is stated is seen to be false."""
    statement = certificate["statement"]
    if certificate["verdict"] == "proved":
        for _ in range(40):
            point = {}
            for name, (low, high) in statement["ranges"].items():
                least = Fraction(low if low is not None else -2)
                most = max(least, Fraction(high if high is not None else 2))
                point[name] = least + (most - least) * Fraction(rng.randint(0, 6), 6)
            if fails(statement, point):
                return True
        return False
    values = certificate["witness"].get("at") or certificate["witness"]["values"]
    if "root" in certificate["witness"]:
        return False
    return fails(statement, {name: Fraction(values[name]) for name in statement["ranges"]}) is False


def accepted(name: str, most: int | None = None) -> tuple[int, int]:
    """How many changed certificates there are, and how many that state something else are accepted; these are true."""
    rng = random.Random(name)
    before = CERTIFICATES[name]
    count = restated = 0
    for given in islice(tampered(before, rng), most):
        count += 1
        if isinstance(check(given), Verified):
            same = all(given.get(field) == before[field] for field in ("statement", "verdict"))
            restated += not same
            assert same or not contradicted(given, rng), json.dumps(given)
    return count, restated


@pytest.mark.parametrize("name", CERTIFICATES)
def test_what_was_tampered_with_is_accepted_only_where_it_is_true(name: str) -> None:
    count, restated = accepted(name, 200)
    assert count == 200
    assert restated < 40


@pytest.mark.long
@pytest.mark.parametrize("name", CERTIFICATES)
def test_everything_tampered_with_is_accepted_only_where_it_is_true(name: str) -> None:
    count, restated = accepted(name)
    assert count == 11 * len(list(places(CERTIFICATES[name])))
    assert restated < count / 10
