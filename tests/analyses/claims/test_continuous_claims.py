"""Claims about games of continuous choice, for all payoffs at once."""

import sympy

from analyses.claims import Claim, Holds, Proved, Refuted, check
from games import solve
from games.classics.cournot import FIRMS, MODEL, a, b, c_1, c_2
from games.formulas.relations import Relation, related
from games.play.quantities import Chosen, Payoff

q, r = sympy.symbols("q r")


def claim(conclusion: Holds, *premises: Relation) -> Claim:
    return Claim("test", "A claim for a test.", MODEL, conclusion, premises, "continuous-nash")


def test_that_both_firms_sell_is_proved() -> None:
    both = Holds(related(q, "==", 1), {q: Chosen(dict.fromkeys(FIRMS, "between"))})
    assert isinstance(check(claim(both)), Proved)


def test_that_a_firm_never_earns_more_than_a_monopoly_is_proved() -> None:
    alone = Holds(related(q, "<=", (a - c_1) ** 2 / (4 * b)), {q: Payoff(FIRMS[0])})
    assert isinstance(check(claim(alone)), Proved)


def test_that_the_first_firm_earns_more_is_refuted_at_payoffs_where_it_does_not() -> None:
    more = Holds(related(q, ">", r), {q: Payoff(FIRMS[0]), r: Payoff(FIRMS[1])})
    verdict = check(claim(more))
    assert isinstance(verdict, Refuted)
    (found,) = solve(MODEL.at(**verdict.at))
    assert found.payoffs[FIRMS[0]] <= found.payoffs[FIRMS[1]]
    assert isinstance(check(claim(more, related(c_1, "<", c_2))), Proved)
