"""Stationary subgame-perfect equilibria of alternating offers: what is done depends on who proposes alone.

With a last round, on the round: this is backward induction (Ståhl 1972, Bargaining Theory). Without one, on whose turn
it is: a profile is such an equilibrium exactly if no single choice in any turn could be changed with a gain, everybody
playing on as before, since delay is costly (the one-shot deviation principle). Of two players nothing else is
subgame-perfect, however play may depend on the past, as long as it is sure in every turn whether they agree (Rubinstein
1982, Econometrica 50; Shaked & Sutton 1984, Econometrica 52; with outside options Binmore, Shaked & Sutton 1989,
Quarterly Journal of Economics 104). With three players and more, or with several inside options to choose from, other
equilibria divide the pie in many ways, and stationarity alone selects (Osborne & Rubinstein 1990, Bargaining and
Markets, chapter 3).
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from games.cases import Cases, Choice, Option, one_of, spelled
from games.forms.alternating_offers import BREAKDOWN, DEADLINE, NEVER, REFUSED, AlternatingOffers
from games.forms.game import Path
from games.play.offers import continuations, deviations, ends
from games.play.payoffs import Strategies
from games.play.quantities import Payoff, Quantity, Reach
from games.play.regret import regret
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.offers import Offers, Paid, Round, Way
from games.solvers.methods.share_bounds import ShareBounds
from games.terms import Condition, Poly, Ratio, every, poly, product_of, sign, var

MOST_EQUILIBRIA = 1_000
"""The most equilibria listed."""

NAME = "stationary-subgame-perfect"


def cases(game: AlternatingOffers, asked: Sequence[Quantity]) -> Cases:
    """With a last round, a way to play for each, the last ones first; else one for all turns together."""
    return _Backwards(game, asked).cases() if game.rounds is not None else _in_turns(Offers(game), asked)


def _in_turns(offers: Offers, asked: Sequence[Quantity]) -> Cases:
    found: dict[str, tuple[list[Round], Poly, Condition]] = {}
    for number, chosen in enumerate(offers.combinations(offers.ways)):
        rounds, whole = offers.rounds(chosen)
        for end, holds in _endings(offers, chosen).items():
            condition = every([sign(whole, ">"), holds, *(each.holds for each in rounds)])
            if condition is not False or not found:  # a choice has an option, if only one that never holds
                found[f"way {number}{end}"] = (rounds, poly(whole), condition)

    def value(quantity: Quantity, label: str) -> Poly | Ratio:
        rounds, whole, _ = found[label]
        match quantity:
            case Payoff(player=player, after=after):
                at = next(each for each in rounds if not after or each.state == after[0])
                paid = poly((at.refusal if REFUSED in after else at.paid)[player])
                return paid if whole.constant == 1 else Ratio(paid, whole)
            case Reach(path=path):
                return poly(_reached(offers, rounds, label, path))
        taken = offers.profile(rounds)
        return poly(int(all(taken[place] == own for place, own in quantity.choices.items())))

    return one_of("play", {label: condition for label, (_, _, condition) in found.items()}, asked, value)


def _endings(offers: Offers, chosen: Sequence[Way]) -> dict[str, Condition]:
    """How talks end that nobody ends, and when: by breakdown in the long run if there is any risk of it."""
    if not all(way.goes_on for way in chosen):
        return {"": True}
    risk = offers.game.breakdown_risk
    return {f", {NEVER}": sign(risk, "=="), f", {BREAKDOWN}": sign(risk, ">")}


def _reached(offers: Offers, rounds: Sequence[Round], label: str, path: Path) -> Any:
    later: Any = int(not path or label.endswith(f", {path[0]}"))
    for each in reversed(rounds):
        later = offers.reach(each.state, each.way, path, later)
    return later


class _Backwards:
    """The choices of a game with a last round, written from that one back."""

    def __init__(self, game: AlternatingOffers, asked: Sequence[Quantity]) -> None:
        self.game, self.offers, self.asked = game, Offers(game), asked
        self.choices: list[Choice] = []

    def cases(self) -> Cases:
        later = self.offers.end
        paths = dict.fromkeys(quantity.path for quantity in self.asked if isinstance(quantity, Reach))
        ending: Mapping[Path, Any] = {path: int(path in ((), (DEADLINE,))) for path in paths}
        for state in reversed(self.offers.states):
            rounds = [self.offers.played(state, way, later) for way in self.offers.ways(state)]
            options = {f"way {k}": Option(r.holds, self._gives(r, ending)) for k, r in enumerate(rounds)}
            self.choices.append(Choice(state, {label: o for label, o in options.items() if o.holds is not False}))
            later = {player: var(_named("payoff", player, state)) for player in self.game.players}
            ending = {path: var(_named("reach", spelled(path), state)) for path in paths}
        return Cases(tuple(self.choices), values={quantity: self._value(quantity) for quantity in self.asked})

    def _gives(self, each: Round, ending: Mapping[Path, Any]) -> dict[str, Poly]:
        given = {_named("payoff", player, each.state): paid for player, paid in each.paid.items()}
        given |= {_named("refusal", player, each.state): paid for player, paid in each.refusal.items()}
        for path, later in ending.items():
            given[_named("reach", spelled(path), each.state)] = self.offers.reach(each.state, each.way, path, later)
        for place, own in self.offers.choices(each.state, each.way).items():
            given |= {_named(label, place, each.state): int(label == own) for label in self.game.places[place]}
        return {name: poly(value) for name, value in given.items()}

    def _value(self, quantity: Quantity) -> Poly:
        first = self.offers.states[0]
        match quantity:
            case Payoff(player=player, after=after):
                return var(_named("refusal" if REFUSED in after else "payoff", player, after[0] if after else first))
            case Reach(path=path):
                return var(_named("reach", spelled(path), first))
        at = {place: state for state in self.offers.states for place in self.game.places_in(state)}
        return product_of(var(_named(own, place, at[place])) for place, own in quantity.choices.items())


def _named(what: str, whose: str, state: str) -> str:
    return f"{what} of {whose!r} in {state!r}"


def exists_because(game: AlternatingOffers) -> str:
    """Why there is one; empty where floors and walking away may leave none in pure strategies."""
    if game.rounds is not None:
        return "the last round has one, whatever follows it, and so has each before: backward induction"
    if game.leavers or game.floors or game.presser:
        return ""
    return "what a turn pays is a continuous function, between bounds, of what the next one pays: Brouwer (1911)"


def witness(game: AlternatingOffers, strategies: Strategies, _values: object) -> Equilibrium | None:
    """The strategies as an equilibrium, if no single choice could be changed with a gain."""
    return None if any(regret(game, strategies).values()) else _equilibrium(game, strategies)


@solution_concept(
    NAME,
    form=AlternatingOffers,
    cases=cases,
    exists_because=exists_because,
    title="stationary subgame-perfect",
    witness=witness,
)
def stationary_subgame_perfect(game: AlternatingOffers) -> Equilibria:
    """All stationary subgame-perfect equilibria in pure strategies, each verified against every single deviation.

    >>> talks = AlternatingOffers(("A", "B"), {"A": "9/10", "B": "4/5"})
    >>> stationary_subgame_perfect(talks)[0].payoffs["A"]
    Fraction(5, 7)

    ``continuations`` are the payoffs in each state, which an acceptable offer gives, and those after a refusal. The
    list is not complete where somebody is indifferent, or where floors or walking away leave it open whether mixing
    adds more; remarks say so, and whether there are other equilibria, in which play depends on the past. Raises
    `InputError` where more than `games.solvers.methods.offers.MOST_COMBINATIONS` ways to play would have to be tried.
    """
    offers = Offers(game)
    profiles, all_tried = offers.fitting() if game.rounds is None else _backwards(offers)
    found = tuple(_verified(game, profile) for profile in profiles)
    tied = {place: None for one in found for place in _tied(game, one.strategies)}
    if not all_tried:
        said = STOPPED if expired() else f"there are more than the {len(found)} listed"
    elif tied:
        said = f"mixing adds more, since a player is indifferent at: {'; '.join(list(tied)[:5])}"
    elif not _is_pure(game):
        said = "floors or walking away leave open whether there are mixed equilibria, too; they were not looked for"
    else:
        return Equilibria(game, NAME, found, complete=True, remarks=(_why_only(game),))
    return Equilibria(game, NAME, found, complete=False, remarks=(said,))


class _Tail(NamedTuple):
    """How the rest of a game with a last round is played: what it pays, and the choices made in it."""

    paid: Paid
    choices: Mapping[str, str]


def _backwards(offers: Offers) -> tuple[list[dict[str, str]], bool]:
    """The choices of every equilibrium of a game with a last round, and whether these are all."""
    tails = [_Tail(offers.end, {})]
    all_tried = True
    for state in reversed(offers.states):
        before = []
        for tail in tails:
            if expired(f"back to {state}"):
                return [], False
            rounds = (offers.played(state, way, tail.paid) for way in offers.ways(state))
            for each in rounds:
                if each.holds is True:
                    before.append(_Tail(each.paid, {**offers.choices(state, each.way), **tail.choices}))
        all_tried = all_tried and len(before) <= MOST_EQUILIBRIA
        tails = before[:MOST_EQUILIBRIA]
    return [dict(tail.choices) for tail in tails], all_tried


def _verified(game: AlternatingOffers, profile: Mapping[str, str]) -> Equilibrium:
    """The choices as an equilibrium, after a check that knows nothing of how they were found."""
    strategies = {
        place: {label: Fraction(label == profile[place]) for label in menu} for place, menu in game.places.items()
    }
    if any(regret(game, strategies).values()):
        raise AssertionError(f"{profile} was found as stationary and subgame-perfect and is not")
    return _equilibrium(game, strategies)


def _equilibrium(game: AlternatingOffers, strategies: Strategies) -> Equilibrium:
    told = continuations(game, strategies)
    return Equilibrium(strategies, told[next(iter(game.states)),], ends(game, strategies), continuations=told)


def _tied(game: AlternatingOffers, strategies: Strategies) -> Iterator[str]:
    """Where another choice would be as good as the one made."""
    for other in deviations(game, strategies):
        if other.gain == 0 and not strategies[other.place].get(other.choice):
            yield other.place


def _is_plain(game: AlternatingOffers) -> bool:
    """Whether what a turn pays is settled by what the next one pays, mixtures at ties included."""
    return not game.leavers and not game.floors


def _is_pure(game: AlternatingOffers) -> bool:
    """Whether it is known that mixing adds nothing where nobody is indifferent in what was found."""
    return game.rounds is not None or _is_plain(game) or ShareBounds(game).leave_no_doubt()


def _why_only(game: AlternatingOffers) -> str:
    """What is known of other subgame-perfect equilibria than the stationary ones, where mixing adds nothing."""
    if game.rounds is not None:
        return "by backward induction: nothing else is subgame-perfect"
    if len(game.players) == 2 and not game.presser:
        return (
            "nothing else is subgame-perfect, however play may depend on the past: Rubinstein (1982); Shaked and "
            "Sutton (1984)"
        )
    return "other equilibria may exist in which what is done depends on the past; stationarity alone selects"
