"""Nash equilibria support by support.

Which strategies each player mixes among fixes a system: those pay the same, no other pays more, and their probabilities
are positive and sum to one (Nash 1951). A support with a strategy that, against the others' supports, pays at least as
much as one of its members everywhere and more somewhere is left out at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from math import prod
from typing import Any, TypeAlias, TypeVar

from analyses.claims.candidates import Candidate, Question, TooLargeError, lists_candidates
from analyses.claims.inequalities import Inequalities
from games.errors import InputError
from games.forms.strategic import StrategicGame
from games.formulas.relations import Sign
from games.play.quantities import Chosen, Payoff, Quantity
from games.solvers.limits import expired

MOST_SUPPORTS = 200_000

_Key = TypeVar("_Key")
Mixture: TypeAlias = tuple[dict[_Key, Any], list[Any], list[Any]]
"""Probabilities, the variables among them, and the relations that make them probabilities."""

Supports = tuple[tuple[str, ...], ...]
Terms = Mapping[tuple[str, ...], tuple[Any, ...]]


@lists_candidates(("nash",), StrategicGame)
def nash_candidates(question: Question) -> Iterator[Candidate]:
    """One candidate for each support that is not certainly impossible, pure ones first."""
    return _candidates(question, pure_only=False)


@lists_candidates(("pure-nash",), StrategicGame)
def pure_candidates(question: Question) -> Iterator[Candidate]:
    """One candidate for each profile that is not certainly impossible."""
    return _candidates(question, pure_only=True)


def _candidates(question: Question, pure_only: bool) -> Iterator[Candidate]:
    game = question.game
    assert isinstance(game, StrategicGame)
    options = [nonempty_subsets(own)[: len(own) if pure_only else None] for own in game.strategies.values()]
    if (count := prod(map(len, options))) > MOST_SUPPORTS:
        raise TooLargeError(f"the game has {count:,} support profiles, more than the {MOST_SUPPORTS:,} gone through")
    language = question.language
    terms = {profile: tuple(map(language.term, row)) for profile, row in game.payoffs.items()}
    beaten = _beaten(question, terms)
    for supports in sorted(product(*options), key=lambda chosen: sum(map(len, chosen))):
        if expired():
            return
        if not any(beaten(position, own, supports) for position, chosen in enumerate(supports) for own in chosen):
            yield _candidate(question, terms, supports)


def nonempty_subsets(labels: Sequence[str]) -> list[tuple[str, ...]]:
    """All nonempty subsets, small ones first."""
    return [chosen for size in range(1, len(labels) + 1) for chosen in combinations(labels, size)]


def _beaten(question: Question, terms: Terms) -> Any:
    """Whether some strategy certainly pays more than one of a support against all mixtures of the others' supports."""
    game, language = question.game, question.language
    assert isinstance(game, StrategicGame)

    @cache
    def certainly(position: int, better: str, worse: str, others: tuple[str, ...], sign: Sign) -> bool:
        row = [terms[(*others[:position], own, *others[position:])][position] for own in (better, worse)]
        return question.excluded(language.compare(row[0], sign, row[1]))

    @cache
    def beats(position: int, better: str, worse: str, others: Supports) -> bool:
        faced = list(product(*others))
        return all(certainly(position, better, worse, o, "<") for o in faced) and any(
            certainly(position, better, worse, o, "<=") for o in faced
        )

    def beaten(position: int, own: str, supports: Supports) -> bool:
        others = (*supports[:position], *supports[position + 1 :])
        menu = game.strategies[game.players[position]]
        return any(beats(position, better, own, others) for better in menu if better != own)

    return beaten


def _candidate(question: Question, terms: Terms, supports: Supports) -> Candidate:
    game, language = question.game, question.language
    assert isinstance(game, StrategicGame)
    conditions: list[Any] = []
    unknowns: list[Any] = []
    mixtures: dict[str, dict[str, Any]] = {}
    for player, played in zip(game.players, supports, strict=True):
        mixtures[player], new, positive = mixture(language, played)
        unknowns += new
        conditions += positive
    pays: dict[str, dict[str, Any]] = {}
    for position, player in enumerate(game.players):
        others = [mixtures[other].items() for other in game.players if other != player]
        pays[player] = {}
        for own in game.strategies[player]:
            expected = []
            for faced in product(*others):
                labels = [label for label, _ in faced]
                paid = terms[(*labels[:position], own, *labels[position:])][position]
                expected.append(language.product([paid, *(weight for _, weight in faced)]))
            pays[player][own] = language.total(expected)
        first = supports[position][0]
        conditions += [
            language.compare(value, "==" if own in supports[position] else "<=", pays[player][first])
            for own, value in pays[player].items()
            if own != first
        ]

    def value(quantity: Quantity) -> Any:
        match quantity:
            case Chosen(choices=choices):
                return language.product(mixtures[who].get(own, Fraction(0)) for who, own in choices.items())
            case Payoff(player=player):
                return pays[player][supports[game.players.index(player)][0]]
        raise InputError("a game in strategic form has no paths; name strategies by player")

    full = {p: {s: mixtures[p].get(s, Fraction(0)) for s in own} for p, own in game.strategies.items()}
    label = "; ".join(f"{player}: {', '.join(own)}" for player, own in zip(game.players, supports, strict=True))
    values = {quantity: value(quantity) for quantity in question.quantities}
    return Candidate(language.every(conditions), values, tuple(unknowns), full, label)


def mixture(language: Inequalities, among: Sequence[_Key], *, surely: bool = True) -> Mixture[_Key]:
    """Probabilities, the variables among them, and that all are positive, or, unless ``surely``, not negative.

    The first one is what the others leave. These relations are what makes the variables probabilities, so they are
    never taken for granted, as relations between terms of known range are.
    """
    if len(among) == 1:
        return {among[0]: Fraction(1)}, [], []
    free = [language.probability() for _ in among[1:]]
    every = [language.number(1) - language.total(free), *free]
    return dict(zip(among, every, strict=True)), free, [one > 0 if surely else one >= 0 for one in every]
