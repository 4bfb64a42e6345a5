"""The judges on games of which the answers are known, and on each other: two ways to the same equilibria agree."""

import ast
import random
import sys
from collections import Counter
from fractions import Fraction
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest

from games import Chance, Decision, ExtensiveGame, Outcome, StrategicGame, solve
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from judges import conflicts, formulas, linear, rounds, strategic, trees
from judges.described import Described, RandomClaim
from judges.judgement import judged, read
from judges.quantities import Odds, told
from judges.random_claims import FORMS, random_claim
from judges.truths import answers, at_point

bimatrix = StrategicGame.bimatrix
F = Fraction
HALF = Fraction(1, 2)

DILEMMA = bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]])
BATTLE = bimatrix([[2, 0], [0, 1]], [[1, 0], [0, 2]])
PENNIES = bimatrix([[1, -1], [-1, 1]])
STAG = bimatrix([[9, 0], [8, 7]], [[9, 8], [0, 7]])
STONE = bimatrix([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])


def row(*weights: Fraction | int) -> dict[str, Fraction]:
    return {str(k): Fraction(weight) for k, weight in enumerate(weights, start=1)}


def play(first: dict[str, Fraction], second: dict[str, Fraction]) -> dict[str, dict[str, Fraction]]:
    return {"Row": first, "Column": second}


def leaf(*payoffs: int | Fraction) -> Outcome:
    return Outcome(payoffs)


# No code is shared.


JUDGES = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if not path.stem.startswith("test_") and path.stem != "as_claims"
)


@pytest.mark.parametrize("name", JUDGES)
def test_a_judge_imports_no_solver(name: str) -> None:
    """Nothing but the standard library, sympy, the forms of games and other judges; claims come as plain data."""
    tree = ast.parse((Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
    imported = {
        module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom | ast.Import)
        for module in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
    }
    allowed = (*sys.stdlib_module_names, "judges", "sympy")
    foreign = {module for module in imported if module.split(".")[0] not in allowed}
    assert all(module.startswith("games.forms.") for module in foreign), foreign


# Numbers.


@pytest.mark.parametrize(
    ("text", "x", "holds"),
    [
        ("1/x > 1", 0, False),
        ("not (1/x > 1)", 0, True),
        ("1/x <= 1", 0, False),
        ("x/x == 1", 0, False),
        ("not (1/x > 1 and x >= 0)", 0, True),
        ("implies(1/x > 1, x > 5)", 0, True),
        ("0 <= x < 1/2", HALF, False),
        ("min(x, 1 - x) == 1/2 and max(x, 2) == 2", HALF, True),
        ("-x**2 + 1/4 == 0", HALF, True),
    ],
)
def test_a_relation_that_divides_by_zero_does_not_hold(text: str, x: int | Fraction, holds: bool) -> None:
    assert formulas.truth(text, {"x": F(x)}) is holds


def test_an_interval_leaves_open_what_it_does_not_decide() -> None:
    near = {"x": formulas.Interval(F(1, 3), F(2, 3))}
    told_of = {
        text: formulas.truth(text, near) for text in ("x > 0", "x > 1/2", "x < 1/3", "1/(x - 1/2) > 0", "x == x")
    }
    assert told_of == {"x > 0": True, "x > 1/2": None, "x < 1/3": False, "1/(x - 1/2) > 0": None, "x == x": None}


def test_roots_are_found_with_their_kind() -> None:
    # (2x - 1)(x² - 1/2)(x - 3/4)², of which the last root is double.
    poly: formulas.Poly = (F(1),)
    for factor in ((F(-1), F(2)), (F(-1, 2), F(0), F(1)), (F(-3, 4), F(1)), (F(-3, 4), F(1))):
        poly = formulas.times(poly, factor)
    found = formulas.roots(poly, F(0), F(1))
    assert [root.low for root in found if root.low == root.high] == [HALF, F(3, 4)]
    (irrational,) = (root for root in found if root.low < root.high)
    assert irrational.low**2 < HALF < irrational.high**2


def test_along_a_line_a_lone_point_is_found() -> None:
    moving = formulas.Ratio((F(0), F(1)))
    line = formulas.along("(q - 1/3)*(q - 1/3) <= 0", lambda t: {"q": t}, {"q": moving})
    assert line.holds == [F(1, 3)]
    assert line.complete
    assert not formulas.along("q*q == 1/2", lambda t: {"q": t}, {"q": moving}).complete


def test_values_of_matrix_games() -> None:
    assert linear.matrix_value([[F(1), F(-1)], [F(-1), F(1)]]) == 0
    assert linear.matrix_value([[F(4), F(2)], [F(1), F(3)]]) == F(5, 2)
    assert strategic.zero_sum_value(STONE) == 0


# Strategic form.


def test_pure_equilibria() -> None:
    assert strategic.pure_equilibria(DILEMMA) == [("2", "2")]
    assert strategic.pure_equilibria(BATTLE) == [("1", "1"), ("2", "2")]
    assert strategic.pure_equilibria(PENNIES) == []


def test_all_equilibria_of_two_players() -> None:
    found = strategic.two_player_equilibria(BATTLE)
    assert all(family.is_point for family in found)
    plays = [family.vertices()[0] for family in found]
    assert len(plays) == 3
    assert play(row(F(2, 3), F(1, 3)), row(F(1, 3), F(2, 3))) in plays
    (only,) = strategic.two_player_equilibria(STONE)
    assert only.vertices() == [play(row(F(1, 3), F(1, 3), F(1, 3)), row(F(1, 3), F(1, 3), F(1, 3)))]


def test_degenerate_games_have_families() -> None:
    everything = strategic.two_player_equilibria(bimatrix([[1, 1], [1, 1]], [[0, 0], [0, 0]]))
    assert [len(own) for own in everything[0].corners.values()] == [2, 2]
    # The second player is indifferent at the first row: (1, ·) for all mixtures up to where row 2 is better.
    tied = bimatrix([[1, 1], [0, 2]], [[1, 1], [1, 0]])
    (segment,) = (family for family in strategic.two_player_equilibria(tied) if family.is_segment)
    ends = sorted(mix["1"] for mix in segment.corners["Column"])
    assert ends == [HALF, 1]


def test_a_game_of_three_with_one_irrational_equilibrium() -> None:
    """Each is indifferent where the other two's first strategies meet with probability 1/2: all mix at √(1/2)."""
    strategies = dict.fromkeys(("A", "B", "C"), ("in", "out"))
    payoffs = {}
    for profile in product(*strategies.values()):
        meets = [all(other == "in" for j, other in enumerate(profile) if j != k) for k in range(3)]
        payoffs[profile] = tuple(HALF if own == "in" else F(meet) for own, meet in zip(profile, meets, strict=True))
    game = StrategicGame(strategies, payoffs)
    found = strategic.three_player_equilibria(game)
    assert found.complete
    (irrational,) = found.irrational
    assert all(mix["in"].low ** 2 < HALF < mix["in"].high ** 2 for mix in irrational.values())
    assert all(strategic.is_nash(game, vertex) for family in found.families for vertex in family.vertices())


def test_three_players_at_random_points() -> None:
    """A grid search finds nothing that is not listed, where the list is complete."""
    rng = random.Random(3)
    grid = [F(k, 4) for k in range(5)]
    complete = 0
    for _ in range(30):
        strategies = dict.fromkeys(("A", "B", "C"), ("x", "y"))
        payoffs = {profile: tuple(rng.randint(0, 4) for _ in range(3)) for profile in product(*strategies.values())}
        game = StrategicGame(strategies, payoffs)
        found = strategic.three_player_equilibria(game)
        listed = [vertex for family in found.families for vertex in family.vertices()]
        assert all(strategic.is_nash(game, vertex) for vertex in listed)
        if not found.complete or not all(family.is_point for family in found.families):
            continue
        complete += 1
        for weights in product(grid, repeat=3):
            tried = {p: {"x": w, "y": 1 - w} for p, w in zip(strategies, weights, strict=True)}
            assert not strategic.is_nash(game, tried) or tried in listed
    assert complete >= 5


def test_dominance_and_rationalizability_are_two_sides_of_one() -> None:
    """What is strictly dominated is best against no belief, and the other way round (Pearce 1984, lemma 3)."""
    assert strategic.undominated(DILEMMA) == {"Row": ("2",), "Column": ("2",)}
    # The middle row is dominated by a mixture alone.
    mixed = bimatrix([[4, 0], [1, 1], [0, 4]], [[0, 0], [0, 0], [0, 0]])
    assert strategic.undominated(mixed)["Row"] == ("1", "3")
    rng = random.Random(4)
    for _ in range(30):
        game = bimatrix(*([[rng.randint(0, 3) for _ in range(3)] for _ in range(3)] for _ in range(2)))
        for player, own in game.strategies.items():
            for label in own:
                dominated = strategic.is_strictly_dominated(game, game.strategies, player, label)
                assert dominated is not strategic.is_best_to_some_belief(game, game.strategies, player, label)


def test_selections() -> None:
    assert strategic.payoff_dominant(STAG) == [("1", "1")]
    assert strategic.risk_dominant(STAG) == [("2", "2")]
    assert strategic.risk_dominant(DILEMMA) is None
    # (2, 2) is an equilibrium in weakly dominated strategies: nobody's hand may tremble.
    weak = bimatrix([[1, 0], [0, 0]], [[1, 0], [0, 0]])
    assert strategic.is_perfect(weak, strategic.pure(weak, ("1", "1")))
    assert not strategic.is_perfect(weak, strategic.pure(weak, ("2", "2")))
    assert strategic.is_nash(weak, strategic.pure(weak, ("2", "2")))


def test_hawks_and_doves() -> None:
    """Maynard Smith & Price (1973): where a fight costs less than it gains hawks are stable, else no pure strategy."""
    for gain, cost, stable in ((4, 2, ["1"]), (2, 4, []), (2, 2, ["1"])):
        own = [[F(gain - cost, 2), F(gain)], [F(0), F(gain, 2)]]
        game = bimatrix(own, [list(column) for column in zip(*own, strict=True)])
        assert [s for s in ("1", "2") if strategic.is_evolutionarily_stable(game, s)] == stable


def test_a_mediator_in_chicken() -> None:
    """Aumann (1974): a third each on three cells, where nobody crashes, is correlated and no product."""
    chicken = bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    third = F(1, 3)
    lights = {("1", "1"): third, ("1", "2"): third, ("2", "1"): third}
    assert strategic.is_correlated(chicken, lights)
    assert strategic.is_coarse_correlated(chicken, lights)
    assert not strategic.is_correlated(chicken, {("1", "1"): F(1)})
    everything = answers("correlated", chicken)
    assert all(strategic.is_correlated(chicken, one.of) for one in everything.known)
    both = [sum(told(chicken, one, {"payoff": who}) for who in chicken.players) for one in everything.known]
    assert max(both) == F(21, 2)
    assert told(chicken, Odds(lights), {"choices": {"Row": "1"}}) == F(2, 3)


# Trees.


def test_the_centipede_stops_at_once() -> None:
    """Rosenthal (1981): four moves, each player takes at the first chance."""
    node: Outcome | Decision = leaf(4, 4)
    for player, stop in (("B", (2, 5)), ("A", (3, 2)), ("B", (0, 3)), ("A", (1, 0))):
        node = Decision(player, {"take": leaf(*stop), "pass": node})
    game = ExtensiveGame(("A", "B"), node)
    ((paid, plan),) = trees.pure_subgame_perfect(game)
    assert paid == (1, 0)
    assert set(plan.values()) == {"take"}
    assert trees.is_subgame_perfect(game, trees.in_pure(game, plan))


def test_ties_are_all_followed() -> None:
    """Each of two decisions is tied: four equilibria, of which the first player's best are two."""
    below = {a: Decision("B", {"x": leaf(k, 0), "y": leaf(1 - k, 0)}) for k, a in enumerate(("l", "r"))}
    game = ExtensiveGame(("A", "B"), Decision("A", below))
    found = trees.pure_subgame_perfect(game)
    assert len(found) == 6
    assert all(trees.is_subgame_perfect(game, trees.in_pure(game, plan)) for _, plan in found)
    every = [dict(zip(game.information_sets, chosen, strict=True)) for chosen in product("lr", "xy", "xy")]
    assert sum(trees.is_subgame_perfect(game, trees.in_pure(game, plan)) for plan in every) == 6


def test_an_empty_threat_is_nash_and_not_subgame_perfect() -> None:
    """Selten (1978): the monopolist's threat to fight an entrant."""
    entry = ExtensiveGame(
        ("Entrant", "Monopolist"),
        Decision(
            "Entrant",
            {"out": leaf(1, 5), "in": Decision("Monopolist", {"fight": leaf(0, 0), "share": leaf(2, 2)}, "entered")},
            "start",
        ),
    )
    threat = trees.in_pure(entry, {"start": "out", "entered": "fight"})
    assert trees.is_nash(entry, threat)
    assert not trees.is_subgame_perfect(entry, threat)
    assert told(entry, threat, {"payoff": "Monopolist", "after": ["in"]}) == 0
    assert told(entry, threat, {"path": ["fight"], "after": ["in"]}) == 1
    assert told(entry, threat, {"path": ["in", "fight"]}) == 0


def horse() -> ExtensiveGame:
    """Selten (1975), International Journal of Game Theory 4, figure 1."""
    pays = (((3, 2, 2), (0, 0, 0)), ((4, 4, 0), (0, 0, 1)))
    third = [Decision("3", {"L": leaf(*left), "R": leaf(*right)}, "3") for left, right in pays]
    second = Decision("2", {"c": leaf(1, 1, 1), "d": third[1]}, "2")
    return ExtensiveGame(("1", "2", "3"), Decision("1", {"C": second, "D": third[0]}, "1"))


def test_the_horse() -> None:
    """(D, c, L) is an equilibrium in which player 2, if asked, would rather choose d; (C, c, R) is sensible."""
    game = horse()
    unreasonable = trees.in_pure(game, {"1": "D", "2": "c", "3": "L"})
    assert trees.is_subgame_perfect(game, unreasonable)
    assert trees.supporting_beliefs(game, unreasonable) is None
    sensible = trees.in_pure(game, {"1": "C", "2": "c", "3": "R"})
    held = trees.supporting_beliefs(game, sensible)
    assert held is not None
    assert trees.is_perfect_bayesian(game, sensible, held)
    # Player 3 must hold it likely enough that player 2 left the path: at least 2/3.
    for doubt, holds in ((F(1, 4), True), (F(1, 3), True), (HALF, False)):
        assert trees.is_perfect_bayesian(game, sensible, {"3": {("D",): doubt, ("C", "d"): 1 - doubt}}) is holds


def beer() -> ExtensiveGame:
    """Cho & Kreps (1987), Quarterly Journal of Economics 102: beer or quiche, of a sender who is surly or a wimp."""

    def message(strong: bool, meal: str) -> Decision:
        liked = F(meal == ("beer" if strong else "quiche"))
        return Decision("B", {"duel": leaf(liked, F(not strong)), "defer": leaf(liked + 2, F(strong))}, f"sees {meal}")

    kinds = {
        kind: (odds, Decision("A", {meal: message(kind == "surly", meal) for meal in ("beer", "quiche")}, kind))
        for kind, odds in (("surly", F(9, 10)), ("wimp", F(1, 10)))
    }
    return ExtensiveGame(("A", "B"), Chance(kinds))


def test_beer_and_quiche() -> None:
    """Both types drink beer, or both eat quiche; in pure strategies there is nothing else."""
    game = beer()
    found = set()
    for plan in trees.plans({name: s.actions for name, s in game.information_sets.items()}):
        behaviour = trees.in_pure(game, plan)
        held = trees.supporting_beliefs(game, behaviour)
        if held is not None:
            assert trees.is_perfect_bayesian(game, behaviour, held)
            found.add((plan["surly"], plan["wimp"]))
    assert found == {("beer", "beer"), ("quiche", "quiche")}


def test_rationality_is_over_a_players_own_later_decisions() -> None:
    """To stop pays 1; to go on and then choose b pays 2 or 3/2, though a is what the plan would go on with."""

    def asked(later: dict[str, Outcome]) -> Decision:
        return Decision("2", {"stop": leaf(0, 1), "go": Decision("2", later, "later")}, "now")

    game = ExtensiveGame(
        ("1", "2"),
        Decision(
            "1",
            {
                "Out": leaf(5, 0),
                "L": asked({"a": leaf(0, 0), "b": leaf(0, 2)}),
                "M": asked({"a": leaf(0, 3), "b": leaf(0, F(3, 2))}),
            },
            "start",
        ),
    )

    def supported(now: str, later: str) -> bool:
        behaviour = trees.in_pure(game, {"start": "Out", "now": now, "later": later})
        return trees.supporting_beliefs(game, behaviour) is not None

    assert not supported("stop", "a")
    assert not supported("stop", "b")
    assert supported("go", "b")


def test_recall_and_behaviour() -> None:
    assert trees.remembers(horse())
    forgetful = Decision("1", {a: Decision("1", {"x": leaf(0), "y": leaf(1)}, "again") for a in ("l", "r")}, "first")
    assert not trees.remembers(ExtensiveGame(("1",), forgetful))
    form = trees.normal_form(beer())
    assert [len(own) for own in form.strategies.values()] == [4, 4]
    mixed = {player: dict.fromkeys(own, F(1, 4)) for player, own in form.strategies.items()}
    assert trees.as_behaviour(form, mixed)["surly"] == {"beer": HALF, "quiche": HALF}


# Repeated games and graph models.


def repeated(patience: Fraction) -> RepeatedGame:
    return RepeatedGame({"always": DILEMMA}, {"Row": patience, "Column": patience})


def test_a_trigger_holds_cooperation_up_from_one_half_on() -> None:
    """Friedman (1971): 3 for good against 5 once and 1 ever after: δ ≥ (5 − 3)/(5 − 1)."""
    for patience, holds in ((F(1, 4), False), (HALF, True), (F(3, 4), True), (F(49, 100), False)):
        game = repeated(patience)
        trigger = rounds.Trigger({"always": ("1", "1")}, {"always": ("2", "2")})
        assert rounds.is_held_up(game, trigger) is holds
        assert (trigger in rounds.triggers(game)) is holds
    assert rounds.average(repeated(HALF), {"always": ("1", "1")}, "Row") == 3


def test_worth_where_states_change() -> None:
    """Half of the time calm turns tense for good: v = 4 + δ (v/2 + w/2), w = 0."""
    calm, tense = bimatrix([[4]], [[4]]), bimatrix([[0]], [[0]])
    odds = {"calm": {"calm": HALF, "tense": HALF}, "tense": {"tense": F(1)}}
    game = RepeatedGame({"calm": calm, "tense": tense}, {"Row": HALF, "Column": HALF}, odds)
    plan = {"calm": ("1", "1"), "tense": ("1", "1")}
    assert rounds.worth(game, plan, "Row") == {"calm": F(16, 3), "tense": 0}
    assert rounds.average(game, plan, "Row") == F(8, 3)


def test_stability_in_the_dilemma() -> None:
    """Fang, Hipel & Kilgour (1993): one move ahead cooperation is not stable; with sanctions it is."""
    payoffs = {"CC": (3, 3), "CD": (0, 5), "DC": (5, 0), "DD": (1, 1)}
    moves = {
        "A": {"CC": ("DC",), "DC": ("CC",), "CD": ("DD",), "DD": ("CD",)},
        "B": {"CC": ("CD",), "CD": ("CC",), "DC": ("DD",), "DD": ("DC",)},
    }
    game = GraphModel(payoffs, moves)
    stable = {concept: conflicts.stable_states(game, concept) for concept in conflicts.STABILITIES}
    assert stable == {"nash-stable": ["DD"]} | {concept: ["CC", "DD"] for concept in list(conflicts.STABILITIES)[1:]}


def test_legal_sequences_do_not_let_anybody_move_twice_in_a_row() -> None:
    payoffs = dict.fromkeys(("one", "two", "three"), (0, 0))
    line = {"one": ("two",), "two": ("three",)}
    alone = GraphModel(payoffs, {"A": {}, "B": line})
    assert conflicts.answers(alone, "one", "A", improving=False) == {"two"}
    together = GraphModel(dict.fromkeys(payoffs, (0, 0, 0)), {"A": {}, "B": line, "C": {"two": ("three",)}})
    assert conflicts.answers(together, "one", "A", improving=False) == {"two", "three"}


# Judged claims, and the solvers beside the judges.


def flat(formula: str, kind: str) -> RandomClaim:
    """All payoffs are equal: each pair of mixtures is an equilibrium."""
    strategies = {"A": ("a0", "a1"), "B": ("b0", "b1")}
    game = {"strategies": strategies, "payoffs": dict.fromkeys(product(*strategies.values()), ("1", "1"))}
    model = Described("flat", "strategic", {"a": (F(0), F(0), F(1))}, game)
    return RandomClaim("strategic", 0, kind, (model,), (), "nash", formula, {"q": {"choices": {"A": "a0"}}})


@pytest.mark.parametrize(
    ("formula", "kind", "holds"),
    [
        ("(1/q > 2 and q >= 1/2) or (1/q <= 2 and q < 1/2)", "some", False),
        ("1/q >= 2 and q >= 1/3", "some", True),
        ("q == 1/7", "some", True),
        ("q != 1/7", "every", False),
        ("q*q - q + 1/4 >= 0", "every", True),
        ("q*q == 1/2", "some", None),
    ],
)
def test_a_continuum_is_judged_along_its_lines(formula: str, kind: str, holds: bool | None) -> None:
    assert at_point(flat(formula, kind), {"a": F(0)}).holds is holds


@pytest.mark.parametrize("form", FORMS)
def test_a_false_verdict_is_seen(form: str) -> None:
    """A claim that fails at some point is said to be proved, and one that holds to be refuted there."""
    seen: Counter[str] = Counter()
    for number in range(14):
        claim = random_claim(form, number)
        if claim.kind == "monotone":
            continue
        for point in claim.admissible()[:2]:
            holds = at_point(claim, point).holds
            if holds is True:
                said = SimpleNamespace(verdict="refuted", at=point, equilibria=())
                seen["refuted"] += 1
                assert judged(claim, said).wrong, str(claim)
            if holds is False and len(claim.admissible()) < 20:
                seen["proved"] += 1
                assert judged(claim, SimpleNamespace(verdict="proved"), points=20).wrong, str(claim)
    assert min(seen["proved"], seen["refuted"]) > 0, seen


def test_a_refutation_outside_of_what_is_allowed_is_seen() -> None:
    claim = flat("q <= 1/2", "every")
    equilibrium = SimpleNamespace(strategies={"A": {"a0": F(1)}, "B": {"b0": F(1)}}, beliefs={}, outcomes=())
    no_mixture = SimpleNamespace(strategies={"A": {"a0": F(2)}, "B": {"b0": F(1)}}, beliefs={}, outcomes=())
    keeps = SimpleNamespace(strategies={"A": {"a1": F(1)}, "B": {"b0": F(1)}}, beliefs={}, outcomes=())
    for at, named, words in (
        ({"a": F(1)}, equilibrium, ""),
        ({"a": F(2)}, equilibrium, "do not allow"),
        ({"a": F(1)}, no_mixture, "no equilibrium of nash"),
        ({"a": F(1)}, keeps, "keeps the conclusion"),
    ):
        wrong = judged(claim, SimpleNamespace(verdict="refuted", at=at, equilibria=(named,))).wrong
        assert words in wrong if words else not wrong


@pytest.mark.parametrize("form", FORMS)
def test_solvers_and_judges_agree_at_tied_points(form: str) -> None:
    """Every equilibrium that a solver lists is one, and where either lists all, the other lists no more."""
    rng = random.Random(f"agreement {form}")
    for number in range(8 if form == "imperfect information" else 20):
        claim = random_claim(form, number)
        game = claim.models[0].game_at(rng.choice(claim.admissible()))
        judge = answers(claim.concept, game)
        if form == "imperfect information":
            _agree_on_a_tree(claim, game, judge)
            continue
        if claim.concept in ("rationalizable", "dominance"):
            assert len(judge.known) == len(solve(game, "rationalizable"))
            continue
        found = solve(game, claim.concept, time_limit=5)
        isolated = judge.complete and not judge.segments and not judge.irrational
        if found.complete and isolated:
            assert len(found) == len(judge.known), str(claim)
        for equilibrium in found if found.exact else ():
            named = read(claim.concept, game, equilibrium)
            assert named is not None, str(claim)
            assert named.is_one, f"{claim}\n{named.shown}"
            assert not isolated or named.play in judge.known, f"{claim}\n{named.shown}"


def _agree_on_a_tree(claim: RandomClaim, game: ExtensiveGame, judge: object) -> None:
    if claim.concept == "nash":
        return
    for equilibrium in solve(game, claim.concept, time_limit=5) if not game.has_perfect_information else ():
        if any(isinstance(w, float) for mix in equilibrium.strategies.values() for w in mix.values()):
            continue
        if claim.concept == "perfect-bayesian":
            assert trees.is_perfect_bayesian(game, equilibrium.strategies, equilibrium.beliefs), str(claim)
        else:
            assert trees.is_subgame_perfect(game, equilibrium.strategies), str(claim)
