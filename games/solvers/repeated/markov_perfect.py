"""Stationary Markov perfect equilibria of stochastic games: what everybody does depends on the state alone.

Definition: Maskin & Tirole (2001), Journal of Economic Theory 100. A mixture for each player in each state is such an
equilibrium exactly if nobody gains, in any state, by another action there once: from then on everybody plays on, and
what that pays from each state on solves one linear equation for each state. It is then an equilibrium among all ways to
play, those that depend on the past included (Blackwell 1965). Every finite discounted game has one (Fink 1964, Journal
of Science of the Hiroshima University A-I 28; Takahashi 1964), often several, which may be irrational although every
number of the game is rational.

Equilibria in pure actions are found by trying all plans. Mixed ones are zeros of equations on each profile of supports,
looked for from several starts, and where paths lead that begin at uniform play (Herings & Peeters 2010, Economic Theory
42). Whether that is all is known only in some games, which the answer says.
"""

from collections.abc import Sequence

from games.cases import Cases, Draft
from games.errors import InputError
from games.exact import Number
from games.forms.stochastic import StochasticGame, key
from games.play.payoffs import Strategies, payoffs_of
from games.play.quantities import Chosen, Payoff, Quantity
from games.play.regret import regret
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.stationary import state_payoffs
from games.solvers.methods.stationary_search import NUMERIC, Search, with_continuations
from games.terms import Poly, at_least, denied, equal, poly, product_of, some, total


def cases(game: StochasticGame, asked: Sequence[Quantity]) -> Cases:
    """The support of each player in each state; nothing pays more there than what is played, others playing on."""
    draft = Draft()
    mixed = {place: draft.mixture(place, own) for place, own in game.places.items()}
    value = {(p, state): draft.unknown(value_name(p, state)) for p in game.players for state in game.stages}
    factor = poly(game.discount_factor)
    for state, stage in game.stages.items():
        for k, player in enumerate(game.players):
            mine, here = mixed[key(player, state)], value[player, state]
            gets: dict[str, list[Poly]] = {action: [] for action in stage.strategies[player]}
            for profile, paid in stage.payoffs.items():
                later = total(
                    poly(odds) * value[player, after] for after, odds in game.moves[state][profile].items() if odds != 0
                )
                faced = [(p, a) for p, a in zip(game.players, profile, strict=True) if p != player]
                weight = product_of(mixed[key(p, state)].p[a] for p, a in faced)
                gets[profile[k]].append(weight * ((1 - factor) * poly(paid[k]) + factor * later))
            for action, parts in gets.items():
                pays = total(parts)
                draft.conditions.append(at_least(here, pays))
                draft.conditions.append(some([denied(mine.played[action]), equal(pays, here)]))

    def told(quantity: Quantity) -> Poly:
        match quantity:
            case Payoff(player=player, after=after):
                return value[player, after[0] if after else game.start]
            case Chosen(choices=choices):
                return product_of(mixed[place].p[own] for place, own in choices.items())
        raise InputError(f"{game.kind} has no paths; name strategies by player and state")

    return draft.cases({quantity: told(quantity) for quantity in asked})


def value_name(player: str, state: str) -> str:
    """The unknown that stands for what the player gets from the state on."""
    return f"value of {player!r} from {state!r} on"


def exists_because(_game: StochasticGame) -> str:
    """Why there is one."""
    return "every finite discounted stochastic game has a stationary equilibrium: Fink (1964), Takahashi (1964)"


def witness(game: StochasticGame, strategies: Strategies, _values: object) -> Equilibrium | None:
    """The mixtures as an equilibrium, if nobody has any regret from any state on."""
    return None if any(regret(game, strategies).values()) else with_continuations(game, strategies)


@payoffs_of.register
def _(game: StochasticGame, strategies: Strategies) -> tuple[Number, ...]:
    """What each player gets from the start on, as a discounted average of a round."""
    return state_payoffs(game, strategies)[game.start]


@solution_concept(
    "markov-perfect",
    form=StochasticGame,
    cases=cases,
    exists_because=exists_because,
    title="Markov perfect",
    witness=witness,
)
def markov_perfect(game: StochasticGame) -> Equilibria:
    """Stationary Markov perfect equilibria: all in pure actions, and those mixed ones that a search finds.

    Payoffs are discounted averages of a round, from each state on. Each equilibrium was verified by an independent
    check: exact ones have regret zero; numeric ones (floats, where no simple fractions are an equilibrium) have in
    every state a regret of at most one part in 10⁹ of the player's payoff range. Remarks say what was looked at. The
    list is complete only where that is proved: where dominance leaves one action to each player in each state, and for
    a single player with one best plan.
    """
    search = Search(game)
    found = search.pure()
    only = _why_only(search, found)
    if not only:
        found += search.mixed(found)
    exact = not any(equilibrium.is_numeric for equilibrium in found)
    remarks = ["payoffs are discounted averages of a round, from each state on", *([only] if only else search.remarks)]
    if not exact:
        remarks.append(NUMERIC)
    if expired():
        remarks.append(STOPPED)
    return Equilibria(game, "markov-perfect", tuple(found), bool(only), exact, remarks=tuple(remarks))


def _why_only(search: Search, pure: Sequence[Equilibrium]) -> str:
    """Why the equilibrium in pure actions is the only one; empty where that is not known."""
    if len(pure) != 1:
        return ""
    if search.tried_all and search.possible.count == 1:
        return "every other action is dominated, whatever may follow, so that there is no other equilibrium"
    if len(search.game.players) == 1 and search.tried_all:
        return "no other plan is as good, so that there is no other equilibrium"
    return ""
