"""Certificates made by hand, as their format is documented: each a statement with a proof or a witness in it."""

import json
from typing import Any

Json = Any


def certificate(statement: Json, verdict: str, **rest: Json) -> dict[str, Json]:
    return {"format": "parley certificate 1", "statement": statement, "verdict": verdict, **rest}


def statement(form: str, game: Json, concept: str, **rest: Json) -> dict[str, Json]:
    model = {"name": "the game", "form": form, "game": game, "assumptions": rest.pop("assumptions", [])}
    return {"models": [model], "concept": concept, "of": "every", "ranges": {}, **rest}


def leaf(japan: str, russia: str) -> Json:
    return {"payoffs": {"Japan": japan, "Russia": russia}}


SANCTIONS = {
    "players": ["Japan", "Russia"],
    "root": {
        "player": "Japan",
        "set": "Japan at the start",
        "moves": {
            "None": leaf("0", "1"),
            "Full": {
                "player": "Russia",
                "set": "Russia after Full",
                "moves": {"Concede": leaf("a", "-h"), "Hold": leaf("-c", "-k")},
            },
        },
    },
}
CONCESSION = statement(
    "extensive",
    SANCTIONS,
    "subgame-perfect",
    ranges={name: ["0", "10"] for name in "ahck"},
    premises=[["h", "<", "k"], ["a", ">", "0"]],
    quantities={"q": {"reach": ["Full", "Concede"]}},
    conclusion=["q", ">=", "1"],
)
CONCEDES = certificate(
    CONCESSION,
    "proved",
    proof=[
        "split",
        14,
        [
            [
                "split",
                21,
                [
                    ["sum", [["1", [13]], ["1", [17]], ["1", [9]], ["-1", [22]]]],
                    ["sum", [["1", [26]], ["1", [25]], ["1", [16]]]],
                ],
            ],
            ["sum", [["1", [10]], ["-1", [18]], ["1", [8]]]],
        ],
    ],
)
IDLE = {
    "a": "0",
    "h": "0",
    "c": "0",
    "k": "0",
    "Russia's payoff after Full": "0",
    "Japan's payoff after Full": "0",
    "Japan's payoff at the start": "0",
    "probability of Concede after Full": "1",
    "probability of Full, Concede at the start": "0",
}
MAY_NOT = certificate({**CONCESSION, "premises": []}, "refuted", witness={"values": IDLE})


def table(pays: dict[str, tuple[str, str]]) -> Json:
    """Two players with the strategies C and D."""
    own = ["C", "D"]
    return {
        "players": ["A", "B"],
        "strategies": {"A": own, "B": own},
        "payoffs": [[list(profile), {"A": a, "B": b}] for profile, (a, b) in pays.items()],
    }


DILEMMA = {"CC": ("R", "R"), "CD": ("S", "T"), "DC": ("T", "S"), "DD": ("P", "P")}
DEFECTION = statement(
    "strategic",
    table(DILEMMA),
    "nash",
    assumptions=[["T", ">", "R"], ["P", ">", "S"]],
    ranges={name: ["0", "10"] for name in "TRPS"},
    quantities={"q": {"chosen": {"A": "C"}}},
    conclusion=["q", "<=", "0"],
)
DEFECTS = certificate(
    DEFECTION,
    "proved",
    proof=[
        "split",
        18,
        [
            ["sum", [["1", [32]], ["-1", [19]]]],
            [
                "sum",
                [
                    *[[sign, [fact, by]] for fact, sign in ((17, "1"), (20, "-1")) for by in (8, 9)],
                    ["1", [8, 8, 13]],
                    ["1", [9, 9, 14]],
                    ["1", [8, 9]],
                    ["1", [8, 9, 15]],
                ],
            ],
        ],
    ],
)

PENNIES = {"CC": ("a", "-a"), "CD": ("-a", "a"), "DC": ("-a", "a"), "DD": ("a", "-a")}
EVEN = {f"probability of {s} for {p}": "1/2" for p in "AB" for s in "CD"} | {"A's payoff": "a - a", "B's payoff": "0/1"}
MIXED = statement(
    "strategic",
    table(PENNIES),
    "nash",
    of="some",
    ranges={"a": ["0", None]},
    quantities={"q": {"chosen": {"A": "C", "B": "D"}}},
    conclusion=["q", "==", "1/4"],
)
MIXES = certificate(MIXED, "proved", proof={"candidates": [EVEN], "none": ["split", 1, []]})
EXISTS = certificate(
    {**MIXED, "quantities": {}, "conclusion": ["and"]}, "proved", proof={"theorem": True, "every": ["split", 23, []]}
)
NONE_PURE = certificate(
    {**EXISTS["statement"], "concept": "pure-nash"},
    "refuted",
    witness={"at": {"a": "1"}},
    proof=["split", 0, []],
)

UNIQUE = certificate(
    {**CONCESSION, "of": "two", "quantities": {}, "conclusion": ["and"]},
    "refuted",
    witness={
        "values": {
            **dict.fromkeys("ahck", "0"),
            "Russia's payoff after Full": "0",
            "Russia's payoff after Full of the other": "0",
            "Japan's payoff after Full": "0",
            "Japan's payoff after Full of the other": "0",
            "Japan's payoff at the start": "0",
            "Japan's payoff at the start of the other": "0",
            "probability of Concede after Full": "1",
            "probability of Concede after Full of the other": "1",
            "probability of None at the start": "1",
            "probability of None at the start of the other": "0",
        }
    },
)
UNIQUE["statement"]["premises"] = []

DIAGONAL = statement(
    "extensive",
    {
        "players": ["A"],
        "root": {"player": "A", "set": "A", "moves": {x: {"payoffs": {"A": f}} for x, f in (("l", "a"), ("r", "3/2"))}},
    },
    "subgame-perfect",
    ranges={"a": ["1", "2"]},
    premises=[["a*a", "==", "2"]],
    quantities={"u": {"payoff": "A"}},
    conclusion=["u*u", "==", "2"],
)
IRRATIONAL = certificate(
    DIAGONAL,
    "refuted",
    witness={
        "root": {"of": ["-2", "0", "1"], "between": ["1", "2"]},
        "values": {"a": ["0", "1"], "A's payoff at the start": "3/2"},
    },
)

STANDOFF = statement(
    "graph",
    {
        "players": ["A", "B"],
        "states": ["calm", "tense"],
        "moves": {"A": [["calm", "tense"]], "B": []},
        "payoffs": {"calm": {"A": "min(x, 1)", "B": "0"}, "tense": {"A": "2/(1 + x)", "B": "1"}},
    },
    "nash-stable",
    ranges={"x": ["0", "1/2"]},
    quantities={"q": {"reach": ["calm"]}},
    conclusion=["q", "<=", "0"],
)
BELOW_ONE = [[["1", ["x"]]], "<=", [["1", []]]]
UNSTABLE = certificate(
    STANDOFF,
    "proved",
    # The move pays 2/(1 + x), at least 4/3, and staying at most x.
    proof=[
        "cut",
        "small",
        BELOW_ONE,
        ["sum", [["1", ["small.0"]], ["1", [1]]]],
        [
            "split",
            11,
            [
                [
                    "split",
                    2,
                    [
                        [
                            "sum",
                            [
                                ["1", [12]],
                                ["1", [12, 0]],
                                ["1", [10]],
                                [[["-1", []], ["-1", ["x"]]], [4]],
                                ["1", [1, 0]],
                                ["3/2", [1]],
                            ],
                        ],
                        ["sum", [["1", [5]], ["1", [1]], ["1/9", [], [[["1", []]]]]]],
                    ],
                ],
                ["sum", [["1", [15]], ["-1", [14]]]],
            ],
        ],
    ],
)

CERTIFICATES = {
    "a tree, proved": CONCEDES,
    "a tree, refuted": MAY_NOT,
    "a table, proved": DEFECTS,
    "a candidate": MIXES,
    "a theorem": EXISTS,
    "none at a point": NONE_PURE,
    "two equilibria": UNIQUE,
    "an irrational point": IRRATIONAL,
    "quotients, minima and a cut": UNSTABLE,
}


def changed(given: Json, *path: Any, to: Json) -> Json:
    """The certificate with something else at the place."""
    copy = json.loads(json.dumps(given))
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return copy
