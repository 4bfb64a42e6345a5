"""Commitment in pure strategies: the leader chooses first and is seen to, the follower replies.

Definition: the follower's strategy is a best reply to the leader's, and no other strategy would get the leader more,
given the replies. Where several replies are best, a *strong* equilibrium takes the one that the leader prefers, a
*weak* one the one that the leader likes least. Sources: von Stackelberg (1934), Marktform und Gleichgewicht; Leitmann
(1978), Journal of Optimization Theory and Applications 26, on ties; Başar & Olsder (1999), Dynamic Noncooperative Game
Theory, chapter 3.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from games.cases import Cases
from games.errors import InputError, listed, quoted
from games.exact import Number, readable
from games.forms.strategic import Profile, StrategicGame
from games.play.payoffs import Strategies
from games.play.quantities import Quantity
from games.play.regret import best_responses
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, equilibrium
from games.solvers.nash.pure_nash import of_profiles, pure, pure_profile
from games.terms import Condition, above, at_least, every, some

TIES = ("strong", "weak")
"""Whom the follower favours among best replies: the leader, or anybody but the leader."""


def check_two(game: StrategicGame, concept: str) -> None:
    """Raises `InputError` unless there are a leader and a follower."""
    if len(game.players) != 2:
        raise InputError(f"{concept} needs a leader and a follower; this game has {len(game.players)} players")


def leader_of(game: StrategicGame, leader: str | None, ties: str, concept: str) -> int:
    """The position of the leader, by default the first player. Raises `InputError` for options that there are not."""
    check_two(game, concept)
    if leader is not None and leader not in game.players:
        raise InputError(f"the leader is {quoted(leader)}; the players are {listed(game.players)}")
    if ties not in TIES:
        raise InputError(f"ties is {quoted(ties)}; give one of {listed(TIES)}")
    return 0 if leader is None else game.players.index(leader)


def _replies(game: StrategicGame, lead: int, own: str) -> Iterator[Profile]:
    """What may follow after the leader's strategy."""
    for reply in game.strategies[game.players[1 - lead]]:
        yield (own, reply) if lead == 0 else (reply, own)


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """The profile, of a strong equilibrium in which the first player leads."""
    check_two(game, "pure-stackelberg")
    leader, follower = game.players

    def pays(profile: Profile, player: str) -> Any:
        return game.payoff(profile, player)

    def holds(profile: Profile) -> Condition:
        own, _ = profile
        conditions: list[Condition] = []
        for other in _replies(game, 0, own):
            conditions.append(at_least(pays(profile, follower), pays(other, follower)))
            preferred = at_least(pays(profile, leader), pays(other, leader))
            conditions.append(some([above(pays(profile, follower), pays(other, follower)), preferred]))
        for rival in game.strategies[leader]:
            for reply in _replies(game, 0, rival):
                better = (above(pays(other, follower), pays(reply, follower)) for other in _replies(game, 0, rival))
                conditions.append(some([*better, at_least(pays(profile, leader), pays(reply, leader))]))
        return every(conditions)

    return of_profiles(game, asked, holds)


def exists_because(game: StrategicGame) -> str:
    """Why there is one."""
    return "one of finitely many commitments is best" if len(game.players) == 2 else ""


def witness(game: StrategicGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The strategies as an equilibrium, if the reply is a best one, and no commitment with a best reply pays more."""
    profile = pure_profile(game, strategies)
    if profile is None:
        return None
    leader, follower = game.players
    open_to = [
        (own, reply)
        for own in game.strategies[leader]
        for reply in best_responses(game, {leader: {own: Fraction(1)}}, follower)
    ]
    most = max(game.payoff(each, leader) for each in open_to)
    return equilibrium(game, strategies) if profile in open_to and game.payoff(profile, leader) == most else None


def reasons(game: StrategicGame, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str] | None:
    """What each commitment would lead to."""
    profile = pure_profile(game, equilibrium.strategies)
    if profile is None or "leader" not in settings:
        return None
    return _told(game, settings["leader"], settings["ties"])


def _told(game: StrategicGame, leader: str, ties: str) -> Iterator[str]:
    lead = game.players.index(leader)
    follower = game.players[1 - lead]
    for own in game.strategies[leader]:
        profile = _answer(game, lead, own, ties)
        yield (
            f"If {leader} commits to {own}, {follower} replies {profile[1 - lead]}, which pays {leader} "
            f"{readable(game.payoff(profile, leader))}."
        )


@solution_concept(
    "pure-stackelberg",
    form=StrategicGame,
    cases=cases,
    exists_because=exists_because,
    title="pure Stackelberg",
    about="games of two players: a leader and a follower",
    no_regret=False,
    witness=witness,
    reasons=reasons,
)
def pure_stackelberg(game: StrategicGame, leader: str | None = None, ties: str = "strong") -> Equilibria:
    """Every Stackelberg equilibrium in pure strategies; ``leader`` commits, by default the first player.

    ``ties`` is "strong" (among best replies the follower takes the one that the leader prefers) or "weak" (the one
    that the leader likes least).

    >>> entry = StrategicGame.bimatrix([[2, 4], [1, 3]], [[1, 0], [0, 1]], {"L": ("a", "b"), "F": ("c", "d")})
    >>> print(pure_stackelberg(entry)[0])
    L: b, F: d

    Raises `InputError` for a game that has not two players, and for other options.
    """
    lead = leader_of(game, leader, ties, "pure-stackelberg")
    found = tuple(equilibrium(game, pure(game, profile)) for profile in _answers(game, lead, ties))
    settings = {"leader": game.players[lead], "ties": ties}
    return Equilibria(game, "pure-stackelberg", found, complete=True, settings=settings)


def _answer(game: StrategicGame, lead: int, own: str, ties: str) -> Profile:
    """What is played after the leader's strategy."""
    leader, follower = game.players[lead], game.players[1 - lead]
    replies = list(_replies(game, lead, own))
    most = max(Fraction(game.payoff(profile, follower)) for profile in replies)
    best = [profile for profile in replies if game.payoff(profile, follower) == most]
    choose = max if ties == "strong" else min
    return choose(best, key=lambda profile: Fraction(game.payoff(profile, leader)))


def _answers(game: StrategicGame, lead: int, ties: str) -> list[Profile]:
    """The profiles of all equilibria."""
    leader, follower = game.players[lead], game.players[1 - lead]
    played = [_answer(game, lead, own, ties) for own in game.strategies[leader]]
    most = max(Fraction(game.payoff(profile, leader)) for profile in played)
    found = []
    for profile in played:
        if game.payoff(profile, leader) != most:
            continue
        for other in _replies(game, lead, profile[lead]):
            same = all(game.payoff(other, player) == game.payoff(profile, player) for player in (leader, follower))
            if same:
                found.append(other)
    return found
