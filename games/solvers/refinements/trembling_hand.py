"""Perfect equilibria: those that survive some small trembles of every hand.

Definition: an equilibrium is perfect if there are completely mixed strategies, arbitrarily close to it, against which
its own strategies are best responses (Selten 1975, International Journal of Game Theory 4). With two players these are
the equilibria in which neither strategy is weakly dominated, by a pure or a mixed one (van Damme 1987, Stability and
Perfection of Nash Equilibria, theorem 3.2.2).

Whether a mixed strategy is weakly dominated depends on its support alone, and every part of an undominated support is
undominated. So within a maximal Nash subset the perfect equilibria are a finite union of products of faces: each player
mixes over extreme strategies whose supports are undominated together (Borm, Jansen, Potters & Tijs 1993, OR Spektrum
15, call these maximal Selten subsets). They are the components of the answer.

With more players the trembles of one must suit all the others at once, and undominated is not enough (van Damme 1987,
section 2.2). There equilibria in pure strategies are decided one by one (`games.solvers.methods.trembles`); one in
which everybody plays everything is its own tremble; of the others it is only seen whether something dominates.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache, partial
from itertools import permutations, product
from typing import Any, TypeVar

from games.cases import Cases, Draft, not_dominated
from games.errors import InputError
from games.exact import Number
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies
from games.play.quantities import Quantity
from games.play.regret import regret
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Component, Equilibria, Equilibrium, mixture
from games.solvers.limits import STOPPED, OutOfTimeError, expired
from games.solvers.methods.bimatrix import Payoffs, both_payoffs
from games.solvers.methods.mixtures import Mixture, mixtures
from games.solvers.methods.supports import Support, mixture_on, supports
from games.solvers.methods.weak_dominance import weakly_dominating
from games.solvers.nash.nash import best_payoffs, mixed_strategies, nash
from games.solvers.nash.pure_nash import unregretted, value_of
from games.solvers.refinements.perfect_of_many import perfect_of_many
from games.terms import ONE, Poly, above, at_least, denied, equal, poly, some, total

MOST_SETS = 10_000
"""The most sets of a player's extreme strategies examined in one maximal Nash subset."""

SHOWN = 5
"""The most equilibria whose rejection the remarks explain."""

Item = TypeVar("Item")


MANY_PLAYERS = (
    "with three or more players an equilibrium in which nobody plays a dominated strategy need not be perfect (van "
    "Damme 1987); perfection then asks that for every distance, however small, there be a tremble within it, and that "
    "is no condition on an equilibrium and finitely many unknowns"
)
"""Why the cases are of two players alone."""

SEVERAL_TREMBLES = "a strategy may be a best response to many trembles of the other player"


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """A Nash equilibrium and for each player a completely mixed tremble; what is played answers the tremble best, too.

    A strategy is undominated exactly if it is a best response to some completely mixed one (Pearce 1984, appendix B,
    lemma 4), and of two players the undominated equilibria are the perfect ones (van Damme 1987, theorem 3.2.2).
    Raises `InputError` for a game of other than two players.
    """
    if len(game.players) != 2:
        raise InputError(f"trembling-hand needs two players, this game has {len(game.players)}; {MANY_PLAYERS}")
    draft = Draft()
    mixed = mixed_strategies(draft, game)
    most = best_payoffs(draft, game, mixed)
    for player, other in zip(game.players, reversed(game.players), strict=True):
        tremble = _tremble(draft, player, game.strategies[other])
        paid = {own: [poly(entry) for entry in row] for own, row in _rows(game, player).items()}
        for own, rival in permutations(paid, 2):
            played = mixed[player].played[own]
            pairs = list(zip(paid[own], paid[rival], strict=True))
            gains = total(weight * (a - b) for weight, (a, b) in zip(tremble, pairs, strict=True))
            draft.conditions.append(some([denied(played), at_least(gains, 0)]))
            draft.implied.append(not_dominated([(True, a, b) for a, b in pairs], played))
    return draft.cases({quantity: value_of(quantity, mixed, most) for quantity in asked})


def _tremble(draft: Draft, player: str, labels: Sequence[str]) -> list[Poly]:
    """Positive probabilities of all that the other player may do: what ``player``'s strategies must answer best."""
    if len(labels) == 1:
        return [ONE]
    weights = [draft.unknown(_tremble_name(player, label), 0, 1, SEVERAL_TREMBLES) for label in labels]
    draft.bound += [equal(total(weights), 1), *(above(weight, 0) for weight in weights)]
    return weights


def _tremble_name(player: str, label: str) -> str:
    return f"tremble to {label!r} met by {player!r}"


def witness(game: StrategicGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The strategies as an equilibrium, if nobody has any regret, not against the other's tremble either."""
    first, second = game.players
    for player, other in ((first, second), (second, first)):
        labels = game.strategies[other]
        tremble = {label: values[_tremble_name(player, label)] if len(labels) > 1 else 1 for label in labels}
        met = {other: tremble, player: strategies[player]}
        if sum(tremble.values()) != 1 or min(tremble.values()) <= 0 or regret(game, met)[player]:
            return None
    return unregretted(game, strategies, values)


def _rows(game: StrategicGame, player: str) -> dict[str, Sequence[Any]]:
    """What each strategy of the player pays against each of the other's."""
    matrix: Sequence[Sequence[Any]] = game.matrix(player)
    lines = matrix if player == game.players[0] else list(zip(*matrix, strict=True))
    return dict(zip(game.strategies[player], lines, strict=True))


def exists_because(game: StrategicGame) -> str:
    """Why there is one."""
    return "every finite game has one: Selten (1975)"


@solution_concept(
    "trembling-hand",
    form=StrategicGame,
    cases=cases,
    exists_because=exists_because,
    about="games of two players; of more, those in pure strategies",
    witness=witness,
)
def trembling_hand(game: StrategicGame) -> Equilibria:
    """Every perfect equilibrium of a two-player game: the extreme ones, grouped into maximal products.

    Of a game of more players those of the equilibria that `nash` lists that are found to be perfect; remarks name those
    that are not, and those of which it is not decided.

    In a component every mixture of the first player's strategies is perfect with every mixture of the second's.
    ``complete`` is true if there are no others; a mixture across components need not be perfect. Each equilibrium is
    verified by completely mixed trembles against which it is a best response, and each rejected one by a strategy
    that weakly dominates.
    """
    try:
        if len(game.players) > 2:
            return perfect_of_many(game)
        payoffs = both_payoffs(game, "trembling-hand")
        return _perfect(game, payoffs)
    except OutOfTimeError:
        return Equilibria(game, "trembling-hand", (), complete=False, remarks=(STOPPED,))


def _perfect(game: StrategicGame, payoffs: tuple[list[list[int]], list[list[int]]]) -> Equilibria:
    @cache
    def tremble(position: int, support: Support) -> Mixture | None:
        return undominating_tremble(payoffs[position], support)

    def survive(position: int, mixes: Sequence[Mixture]) -> bool:
        return tremble(position, supports(*mixes)) is not None

    answer = nash(game)
    examined: list[Equilibrium] = []
    perfect = []
    for equilibrium in answer:
        if expired():
            break
        examined.append(equilibrium)
        if all(survive(k, [mix]) for k, mix in enumerate(mixtures(equilibrium))):
            perfect.append(equilibrium)
    in_time = len(examined) == len(answer)
    position_of = {mixtures(equilibrium): k for k, equilibrium in enumerate(perfect)}
    sets: dict[frozenset[int], int | None] = {}
    all_sets, split = True, False
    for component in answer.components if in_time else ():
        extremes = [mixtures(answer[member]) for member in component.members]
        sides = []
        for k in (0, 1):
            found, whole = maximal_sets(list(dict.fromkeys(pair[k] for pair in extremes)), partial(survive, k))
            sides.append(found)
            all_sets &= whole
        split |= len(sides[0]) > 1 or len(sides[1]) > 1
        for both in product(*sides):
            sets.setdefault(frozenset(position_of[x, y] for x, y in product(*both)), component.index)
    # The centre of a product plays all that any of its members do: a tremble that suits the centre suits them all.
    for members in sets:
        pairs = [mixtures(perfect[k]) for k in members]
        centre = tuple(_average(list(dict.fromkeys(side))) for side in zip(*pairs, strict=True))
        _check(game, payoffs, centre, [tremble(k, supports(mix)) for k, mix in enumerate(centre)])
    components = tuple(
        Component(members, is_point=len(members) == 1, index=index)
        for members, index in sorted(
            (tuple(sorted(own)), index) for own, index in sets.items() if not any(own < other for other in sets)
        )
    )
    remarks = _rejections(game, payoffs, examined, perfect)
    infinite = sum(not component.is_point for component in components)
    if infinite:
        first, second = game.players
        remarks.append(
            f"infinitely many perfect equilibria: in {infinite} of {len(components)} components every mixture of "
            f"{first}'s listed strategies is perfect with every mixture of {second}'s"
        )
    if split:
        remarks.append("a mixture of perfect equilibria of different components may be an equilibrium and not perfect")
    complete = answer.complete and all_sets and in_time
    if not complete:
        remarks.append(STOPPED)
    return Equilibria(game, "trembling-hand", tuple(perfect), complete, components=components, remarks=tuple(remarks))


def undominating_tremble(payoffs: Payoffs, support: Support) -> Mixture | None:
    """A completely mixed strategy of the other player to which all of ``support`` are best responses.

    None if there is none, which is exactly if the mixtures with this support are weakly dominated: a strategy is not
    weakly dominated exactly if it is a best response to some completely mixed strategy, by the duality of linear
    programs (van Damme 1987, section 3.2). Only the support enters: what makes the strategies in it
    best responses makes every mixture of them one.
    """
    rivals = [[a - b for a, b in zip(row, payoffs[own], strict=True)] for own in support for row in payoffs]
    return mixture_on(frozenset(range(len(payoffs[0]))), rivals, len(payoffs[0]))


def maximal_sets(
    items: Sequence[Item], allowed: Callable[[Sequence[Item]], bool]
) -> tuple[list[tuple[Item, ...]], bool]:
    """The maximal nonempty sets of items that are allowed, and whether that is all of them.

    Every part of an allowed set must be allowed, as is so of strategies whose joint support nothing dominates. The
    search takes an item or passes it, and ends where all that is left goes together; the set is maximal if no item
    passed goes with it (Bron & Kerbosch 1973, Communications of the ACM 16).
    """
    found: list[tuple[Item, ...]] = []
    stack: list[tuple[tuple[Item, ...], Sequence[Item], Sequence[Item]]] = [((), items, ())]
    steps = 0
    while stack:
        steps += 1
        if steps > MOST_SETS or expired():
            return found, False
        chosen, left, passed = stack.pop()
        left = [item for item in left if allowed((*chosen, item))]
        passed = [item for item in passed if allowed((*chosen, item))]
        together = (*chosen, *left)
        if not left or allowed(together):
            # If an item that was passed goes with all of these, the branch that takes it finds the larger set.
            if together and not any(allowed((*together, item)) for item in passed):
                found.append(together)
            continue
        stack.append((chosen, left[1:], [*passed, left[0]]))
        stack.append(((*chosen, left[0]), left[1:], passed))
    return found, True


def _average(mixes: Sequence[Mixture]) -> Mixture:
    return tuple(sum(weights, Fraction(0)) / len(mixes) for weights in zip(*mixes, strict=True))


def _check(
    game: StrategicGame, payoffs: Sequence[Payoffs], pair: Sequence[Mixture], trembles: Sequence[Mixture | None]
) -> None:
    """Each strategy must be a best response to the other and to a completely mixed one, so to what lies between."""
    strategies = {p: dict(zip(game.strategies[p], mix, strict=True)) for p, mix in zip(game.players, pair, strict=True)}
    right = not any(regret(game, strategies).values())
    for own, mix, tremble in zip(payoffs, pair, trembles, strict=True):
        if tremble is None or min(tremble) <= 0:
            right = False
            continue
        pays = [sum(a * weight for a, weight in zip(row, tremble, strict=True)) for row in own]
        right &= all(value == max(pays) for value, weight in zip(pays, mix, strict=True) if weight)
    if not right:
        raise AssertionError(f"{strategies} was found as perfect and is not")


def _rejections(
    game: StrategicGame, payoffs: Sequence[Payoffs], examined: Sequence[Equilibrium], perfect: Sequence[Equilibrium]
) -> list[str]:
    """Why the other equilibria are not perfect: for each a strategy that weakly dominates, verified."""
    remarks = []
    for equilibrium in examined:
        if equilibrium in perfect:
            continue
        for player, own, mix in zip(game.players, payoffs, mixtures(equilibrium), strict=True):
            if better := weakly_dominating(own, mix):
                by = mixture(dict(zip(game.strategies[player], better, strict=True)))
                remarks.append(
                    f"not perfect: {equilibrium}; {player}'s {mixture(equilibrium[player])} is weakly dominated by {by}"
                )
                break
        else:
            raise AssertionError(f"{equilibrium} was found as not perfect and nothing dominates")
    more = len(remarks) - SHOWN
    return [*remarks[:SHOWN], *([f"{more} more extreme Nash equilibria are not perfect"] if more > 0 else [])]
