"""Bargaining in a document: alternating offers, or a bargaining problem.

Alternating offers have ``proposers``, a list of those who propose in turn, and ``discounts``, a table from each player
to its discount factor, and may have

- ``rounds``, how many offers may be made, and then ``deadline``;
- ``pie`` and ``breakdown_risk``, numbers or formulas;
- ``breakdown``, ``inside``, ``outside``, ``floors``, ``deadline``, tables from player to payoff, where ``inside`` may
  be a table from the name of each inside option to such a table, among which the ``presser`` chooses;
- ``leavers``, a list of those who may walk away.

A bargaining problem has ``disagreement``, a table from each player to its payoff without an agreement, and either

- ``points``, a table from the name of each agreement to one payoff for each player; or
- ``frontier``, a table from each of two players to a formula in ``t``, for t between two ``ends``, by default 0 and 1.

``free_disposal`` is true unless given. `games.forms.alternating_offers` and `games.forms.bargaining` say what it means.
"""

from collections.abc import Mapping
from typing import Any

from games.errors import InputError
from games.formats.continuous import Formulas
from games.formats.fields import kind, line, names, needed, one_for_each, sequence, table
from games.forms import Entry
from games.forms.alternating_offers import AlternatingOffers
from games.forms.bargaining import BargainingProblem

OFFERS_KEYS = (
    *("proposers", "discounts", "rounds", "pie", "breakdown_risk", "breakdown", "inside", "presser", "outside"),
    *("leavers", "floors", "deadline"),
)
PROBLEM_KEYS = ("disagreement", "points", "frontier", "ends", "free_disposal")
"""What documents of the two forms may have."""

_BY_PLAYER = ("breakdown", "outside", "floors", "deadline")


def alternating_offers(document: Mapping[str, Any], entry: Formulas) -> AlternatingOffers:
    """The game in ``document``; raises `InputError` naming the key that is not as this module defines."""

    def by_player(key: str, given: object) -> dict[str, Entry]:
        return {
            line(player, f"a player in {key}"): entry(value, f"{player} in {key}")
            for player, value in table(given, key, "players and numbers").items()
        }

    further: dict[str, Any] = {key: by_player(key, document[key]) for key in _BY_PLAYER if key in document}
    further |= {key: entry(document[key], key) for key in ("pie", "breakdown_risk") if key in document}
    if "inside" in document:
        further["inside"] = given = table(document["inside"], "inside", "players and numbers")
        if any(isinstance(paid, Mapping) for paid in given.values()):
            options = {line(name, "an inside option"): paid for name, paid in given.items()}
            further["inside"] = {name: by_player(f"the inside option {name}", paid) for name, paid in options.items()}
        else:
            further["inside"] = by_player("inside", given)
    if "presser" in document:
        further["presser"] = line(document["presser"], "the presser")
    if "leavers" in document:
        further["leavers"] = names(document["leavers"], "leavers")
    turns = sequence(document["proposers"], "proposers", "those who propose in turn")
    return AlternatingOffers(
        tuple(line(player, "a proposer") for player in turns),
        by_player("discounts", needed(document, "discounts", "the document")),
        _rounds(document),
        **further,
    )


def _rounds(document: Mapping[str, Any]) -> int | None:
    rounds = document.get("rounds")
    if "rounds" in document and (isinstance(rounds, bool) or not isinstance(rounds, int)):
        raise InputError(f"rounds must be a whole number, not {kind(rounds)}")
    return rounds


def bargaining_problem(document: Mapping[str, Any], entry: Formulas) -> BargainingProblem:
    """The problem in ``document``; raises `InputError` naming the key that is not as this module defines."""
    given = table(document["disagreement"], "disagreement", "players and payoffs")
    players = names(given, "disagreement")
    disagreement = {player: entry(given[player], f"the disagreement payoff of {player}") for player in players}
    disposal = document.get("free_disposal", True)
    if not isinstance(disposal, bool):
        raise InputError(f"free_disposal must be true or false, not {kind(disposal)}")
    if ("points" in document) == ("frontier" in document):
        raise InputError("a bargaining problem has either points or a frontier; give one of them")
    if "points" in document:
        points = table(document["points"], "points", "names and payoffs")
        rows = {name: one_for_each(points[name], players, entry, f"from {name}") for name in names(points, "points")}
        return BargainingProblem(disagreement, rows, free_disposal=disposal)
    return _along(document, entry, disagreement, disposal)


def _along(
    document: Mapping[str, Any], entry: Formulas, disagreement: Mapping[str, Entry], disposal: bool
) -> BargainingProblem:
    if "t" in entry.symbols:
        raise InputError("along a frontier t is the part of one player; call the parameter t something else")
    from sympy import Symbol

    reader = entry.beside({"t": Symbol("t")})
    paid = table(document["frontier"], "frontier", "players and formulas in t")
    frontier = {player: reader(paid[player], f"the payoff of {player}") for player in names(paid, "frontier")}
    ends = sequence(document.get("ends", [0, 1]), "ends", "two numbers, low and high")
    if len(ends) != 2:
        raise InputError(f"{len(ends)} ends of the frontier are given; give two, low and high")
    low, high = (entry(end, "an end of the frontier") for end in ends)
    return BargainingProblem.along(frontier, disagreement, (low, high), disposal)
