"""The obligation of a statement says, at every point and for every play, what an independent judge says."""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from analyses.certificates.verify import Or, Sign, obligation
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.stochastic import StochasticGame
from games.forms.strategic import StrategicGame
from judges import formulas, rounds, statements, stationary, strategic, trees
from judges.described import QUARTERS, RandomClaim
from judges.quantities import told
from judges.random_claims import random_claim
from judges.truths import answers, where

CONCEPTS = {
    "nash",
    "pure-nash",
    "subgame-perfect",
    "perfect-bayesian",
    "grim-trigger",
    "nash-stable",
    "general-metarational",
    "symmetric-metarational",
    "sequentially-stable",
}


def holds(facts: Sequence[Any], at: Mapping[str, Fraction]) -> bool:
    """Whether all facts hold at these values."""
    for fact in facts:
        if isinstance(fact, Or):
            if not any(holds(branch, at) for branch in fact.branches):
                return False
            continue
        assert isinstance(fact, Sign)
        value = Fraction(0)
        for monomial, coefficient in fact.poly.terms.items():
            part = Fraction(coefficient)
            for name in monomial:
                part *= at[name]
            value += part
        if not (value == 0 if fact.op == "==" else value > 0 if fact.op == ">" else value >= 0):
            return False
    return True


def plays(rng: random.Random, concept: str, game: Game) -> list[Any]:
    """A few ways to play: equilibria that the judge knows, and others."""
    match game:
        case StrategicGame():
            pure = [strategic.pure(game, profile) for profile in game.payoffs]
            known = list(answers("pure-nash" if concept == "pure-nash" else "nash", game).known)
            mixed = {p: {s: Fraction(1, len(own)) for s in own} for p, own in game.strategies.items()}
            return [*known[:4], *rng.sample(pure, min(3, len(pure))), *([mixed] if concept == "nash" else [])]
        case RepeatedGame():
            every = list(rounds.plans(game))
            found = [rounds.Trigger(*pair) for pair in rng.sample(list(product(every, repeat=2)), 4)]
            return [*rounds.triggers(game)[:3], *found]
        case GraphModel():
            return list(game.states)
        case ExtensiveGame() if concept == "subgame-perfect" and game.has_perfect_information:
            found = [trees.in_pure(game, plan) for _, plan in trees.pure_subgame_perfect(game)][:3]
            menus = {name: s.actions for name, s in game.information_sets.items()}
            return [*found, *(trees.in_pure(game, {n: rng.choice(own) for n, own in menus.items()}) for _ in range(4))]
        case ExtensiveGame():
            tried = list(trees.candidates(game))
            rng.shuffle(tried)
            played = [play for play in tried[:16] if trees.supporting_beliefs(game, play) is not None][:3]
            return [(play, beliefs) for play in played + tried[:3] for beliefs in believed(rng, game, play)]
    raise TypeError(type(game))


def believed(rng: random.Random, game: ExtensiveGame, play: trees.Behaviour) -> list[trees.Beliefs]:
    """Beliefs that support the play, if there are any, and others."""
    supporting = trees.supporting_beliefs(game, play)
    other: dict[str, dict[Any, Fraction]] = {}
    for name, s in game.information_sets.items():
        weights = [Fraction(rng.randint(0, 2)) for _ in s.paths]
        weights[0] += sum(weights) == 0
        other[name] = {path: weight / sum(weights) for path, weight in zip(s.paths, weights, strict=True)}
    return [other] if supporting is None else [supporting, other]


def compare(claim: RandomClaim, rng: random.Random) -> list[bool]:
    """Whether the obligation holds, at a few points and plays; each time the judge must say the same."""
    formula = obligation(statements.statement(claim))
    found = []
    quantities = where(claim) if claim.where else {}
    admissible = claim.admissible()
    for number in range(4):
        point = dict(rng.choice(admissible)) if number else {name: rng.choice(QUARTERS) for name in claim.names}
        games = [model.game_at(point) for model in claim.models] * (2 if claim.kind == "unique" else 1)
        suffixes = ["", " of the other"] if claim.kind == "unique" else [""]
        if len(claim.models) > 1:
            suffixes = [f" in {model.name}" for model in claim.models]
        several = [plays(rng, claim.concept, game) for game in games]
        for chosen in rng.sample(all_ := list(product(*several)), min(5, len(all_))):
            at = {**point}
            for model in claim.models:
                at.update(statements.entries(model, point))
            for game, play, suffix in zip(games, chosen, suffixes, strict=True):
                at.update(statements.values(claim.concept, game, play, suffix))
            expected = claim.is_admissible(point) and breaks(claim, point, games, chosen)
            for k, (game, play, suffix) in enumerate(zip(games, chosen, suffixes, strict=True)):
                asked = [q for j, q in quantities.values() if j == k] or every_choice(claim, game)
                told_ = {name.removesuffix(suffix) for name in formula.variables if name.endswith(suffix)}
                expected = expected and statements.is_played(claim.concept, game, play, asked, told_)
            assert holds(formula.facts, at) is expected, f"{claim}\n{point}\n{chosen}"
            found.append(expected)
    return found


def every_choice(claim: RandomClaim, game: Game) -> list[dict[str, Any]]:
    return [{"choices": {place: ""}} for place in game.places] if claim.kind == "unique" else []


def breaks(claim: RandomClaim, point: Mapping[str, Fraction], games: Sequence[Game], chosen: Sequence[Any]) -> bool:
    behaviour = [play[0] if isinstance(play, tuple) else play for play in chosen]
    if claim.kind == "unique":
        return behaviour[0] != behaviour[1]
    if claim.kind == "exists":
        return False
    names = {n: told(games[k], behaviour[k], quantity) for n, (k, quantity) in where(claim).items()}
    return not formulas.truth(claim.formula, {**point, **names})


def agreeing(form: str, count: int) -> list[bool]:
    """What the obligations of random claims and the judge both say, at so many points and plays in all."""
    rng = random.Random(f"obligations {form}")
    found: list[bool] = []
    number = 0
    while len(found) < count:
        claim = random_claim(form, number)
        number += 1
        if claim.kind != "monotone" and claim.concept in CONCEPTS:
            found += compare(claim, rng)
    return found


@pytest.mark.parametrize("form", statements.FORMS)
def test_an_obligation_holds_where_equilibria_break_the_conclusion(form: str) -> None:
    found = agreeing(form, 120)
    assert 0 < sum(found) < len(found)


@pytest.mark.long
@pytest.mark.parametrize("form", statements.FORMS)
def test_many_obligations_hold_where_equilibria_break_the_conclusion(form: str) -> None:
    assert sum(agreeing(form, 600)) > 10


def stochastic(rng: random.Random) -> tuple[dict[str, Any], StochasticGame]:
    """A game of two states in numbers, as a statement has it and as the judge reads it."""
    states, players, own = ("Calm", "War"), ("A", "B"), ("l", "r")
    profiles = list(product(own, repeat=2))
    factor = Fraction(rng.choice(("0", "1/2", "9/10")))
    pays = {s: {p: (Fraction(rng.randint(0, 2)), Fraction(rng.randint(0, 2))) for p in profiles} for s in states}
    calm = {s: {p: rng.choice((Fraction(0), Fraction(1, 3), Fraction(1))) for p in profiles} for s in states}
    strategies = dict.fromkeys(players, own)
    stages = {s: StrategicGame(strategies, pays[s]) for s in states}
    moves = {s: {p: {"Calm": w, "War": 1 - w} for p, w in calm[s].items()} for s in states}
    written = {
        s: {
            "strategies": {p: list(own) for p in players},
            "payoffs": [[list(p), {"A": str(a), "B": str(b)}] for p, (a, b) in pays[s].items()],
            "next": [[list(p), {"Calm": str(w), "War": f"1 - {w}"}] for p, w in calm[s].items()],
        }
        for s in states
    }
    game = {"players": list(players), "discounts": dict.fromkeys(players, "d"), "start": "Calm", "states": written}
    asked = {
        "models": [{"name": "rounds", "form": "stochastic", "game": game}],
        "ranges": {"d": [str(factor), str(factor)]},
        "concept": "markov-perfect",
        "of": "every",
        "conclusion": ["or"],
    }
    return asked, StochasticGame(stages, moves, factor, "Calm")


def test_a_stationary_equilibrium_is_what_no_change_in_one_state_improves_upon() -> None:
    rng = random.Random("stationary")
    found = []
    for _ in range(12):
        asked, game = stochastic(rng)
        facts = obligation(asked).facts
        tried = [{place: {own[0]: w, own[1]: 1 - w} for place, own in game.places.items()} for w in (0, Fraction(1, 2))]
        for mixes in [*stationary.in_pure_actions(game), *tried]:
            at = {"d": Fraction(game.discount_factor)}
            at |= {
                f"probability of {a} for {place}": Fraction(w) for place, mix in mixes.items() for a, w in mix.items()
            }
            for player in game.players:
                for state, value in stationary.averages(game, mixes, player).items():
                    at[f"{player}'s payoff in turn from {state} on"] = value
            found.append(stationary.one_shot_gain(game, mixes) == 0)
            assert holds(facts, at) is found[-1]
    assert 5 < sum(found) < len(found)
