"""What is said beside a verdict agrees with it, and with what the claim means: shares, counterexamples, sentences."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from analyses.claims import Claim, check, flip_distance, hidden_premises, read_claims, share
from analyses.claims.verdicts import Proved, Refuted
from analyses.ledger import ledger
from analyses.ledger.entries import Entry

GAMES = {
    "rps": """
title = "rock, paper, scissors"
[strategies]
R = ["r", "p", "s"]
C = ["r", "p", "s"]
[payoffs]
R = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
C = [[0, 1, -1], [-1, 0, 1], [1, -1, 0]]
""",
    "pennies": """
title = "matching pennies"
[parameters]
a = { default = 0, low = 0, high = 1 }
b = { default = 1, low = 1, high = 1 }
[strategies]
R = ["h", "t"]
C = ["h", "t"]
[payoffs]
R = [[1, -1], [-1, "b"]]
C = [[-1, 1], [1, -1]]
""",
    "dilemma": """
title = "prisoner's dilemma"
[parameters]
a = { default = 1, low = 1, high = 2 }
[strategies]
R = ["c", "d"]
C = ["c", "d"]
[payoffs]
R = [[3, 0], ["3 + a", "a"]]
C = [[3, "3 + a"], [0, "a"]]
""",
    "hunt": """
title = "one or two strict equilibria"
[parameters]
a = { default = 1, low = -1, high = 2 }
[strategies]
R = ["c", "d"]
C = ["c", "d"]
[payoffs]
R = [[3, 0], [2, "a"]]
C = [[3, 2], [0, "a"]]
""",
    "mix": """
title = "mixing opens a path that no pure equilibrium takes"
players = ["A", "B", "C"]
[parameters]
c = { default = 0, low = -1, high = 1 }
[tree]
player = "B"
actions.Stop.payoffs = [0, "2/5", 0]
actions.Go.player = "A"
actions.Go.actions.Out.payoffs = ["2/5", -1, 0]
actions.Go.actions.In.player = "C"
actions.Go.actions.In.actions.x.payoffs = [1, 0, "c"]
actions.Go.actions.In.actions.y.payoffs = [0, 1, "c"]
""",
    "off": """
title = "what the mover's own move excludes"
players = ["A"]
[parameters]
a = { default = 0, low = 0, high = 1 }
[tree]
player = "A"
actions.Out.payoffs = [2]
actions.In.player = "A"
actions.In.actions.x.payoffs = ["a"]
actions.In.actions.y.payoffs = ["a"]
""",
    "one": """
title = "one"
[parameters]
a = { default = 0, low = 0, high = 1 }
[strategies]
R = ["u", "d"]
C = ["l"]
[payoffs]
R = [["a"], ["1/4"]]
C = [[0], [0]]
""",
    "two": """
title = "two"
[parameters]
a = { default = 2, low = "1/2", high = 2 }
[strategies]
R = ["u", "d"]
C = ["l"]
[payoffs]
R = [["a"], ["5/4"]]
C = [[0], [0]]
""",
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in GAMES.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def claim(files: Path, model: str, keys: str) -> Claim:
    text = f'[claims.it]\nmodel = "{model}.toml"\n{keys}\n'
    (files / "claims.toml").write_text(text, encoding="utf-8")
    (found,) = read_claims(files / "claims.toml")
    return found


def entry(one: Claim) -> Entry:
    (found,) = ledger([one]).entries
    return found


@pytest.mark.parametrize("concept", ["correlated", "coarse-correlated"])
def test_two_distributions_with_the_same_marginals_are_two(files: Path, concept: str) -> None:
    """Drawing from the diagonal is coarse correlated; the correlated equilibrium is the product of the mixtures."""
    verdict = check(claim(files, "rps", f'concept = "{concept}"\nunique = true'))
    assert verdict.verdict == ("refuted" if concept == "coarse-correlated" else "proved")
    if isinstance(verdict, Refuted):
        one, other = verdict.equilibria
        assert one.outcomes != other.outcomes


@pytest.mark.parametrize("concept", ["subgame-perfect", "sequential"])
@pytest.mark.parametrize("kind", ["every", "some"])
def test_claims_about_pure_play_say_so(files: Path, concept: str, kind: str) -> None:
    said = "never" if kind == "every" else "sometimes"
    one = claim(files, "mix", f'concept = "{concept}"\nof = "{kind}"\n{said} = ["Go"]')
    found = str(entry(one))
    assert f"in {kind} {one.concept} equilibrium in pure strategies" in found
    if kind == "some":
        assert "no equilibrium in pure strategies is as claimed" in found


@pytest.mark.parametrize(
    ("model", "keys"),
    [
        ("mix", 'concept = "perfect-bayesian"\nnever = ["Go"]'),
        ("off", 'concept = "nash"\nunique = true'),
        ("off", 'concept = "nash"\nnever = ["y"]\nafter = ["In"]'),
    ],
)
def test_a_claim_that_fails_everywhere_does_not_hold_anywhere(files: Path, model: str, keys: str) -> None:
    one = claim(files, model, keys)
    assert check(one).verdict == "refuted"
    assert share(one, samples=50).held == 0


@pytest.mark.parametrize(
    ("model", "keys"),
    [
        ("mix", 'concept = "perfect-bayesian"\nof = "some"\nsometimes = ["Go"]'),
        ("off", 'concept = "nash"\nof = "some"\nalways = ["y"]\nafter = ["In"]'),
    ],
)
def test_a_claim_that_is_proved_fails_nowhere(files: Path, model: str, keys: str) -> None:
    one = claim(files, model, keys)
    assert check(one).verdict == "proved"
    found = share(one, samples=50)
    assert found.held + found.undecided == found.draws


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ('of = "some"\nconclusion = "q >= a"\nwhere.q.payoff = "R"', 0),
        ('of = "some"\nsometimes = { R = "h" }', 0),
        ('monotone = { payoff = "R", parameter = "a" }', 1),
        ("exists = true", 0),
        ("unique = true", 1),
    ],
)
def test_where_there_is_no_equilibrium_all_companions_answer(files: Path, keys: str, value: int) -> None:
    """The premise is not linear, so that payoffs are drawn and judged many at once."""
    one = claim(files, "pennies", f'concept = "pure-nash"\npremises = ["a*a <= 1/2"]\n{keys}')
    assert check(one).verdict == ("proved" if value else "refuted")
    assert share(one, samples=50).value == value
    if value and not one.conclusion.compares_payoffs:
        assert flip_distance(one).upper is None


SAYS_NOTHING: Mapping[str, tuple[str, str, bool | Fraction | None]] = {
    "nowhere": ("dilemma", 'concept = "risk-dominant"\nalways = { R = "c", C = "c" }', True),
    "at some": ("hunt", 'concept = "risk-dominant"\nsometimes = { R = "c" }\npremises = ["a < 1/2"]', Fraction(0)),
    "everywhere one": ("hunt", 'concept = "pure-nash"\nsometimes = { R = "c" }\npremises = ["a < 0"]', None),
    "a theorem": ("dilemma", 'concept = "nash"\nalways = { R = "d" }', None),
}


@pytest.mark.parametrize("case", SAYS_NOTHING)
def test_a_proof_says_where_it_holds_for_want_of_an_equilibrium(files: Path, case: str) -> None:
    model, keys, expected = SAYS_NOTHING[case]
    one = claim(files, model, keys)
    verdict = check(one)
    assert isinstance(verdict, Proved)
    assert verdict.says_nothing is (expected is True)
    assert (verdict.empty_at is not None) == (expected is not True and expected is not None)
    if verdict.empty_at is not None:
        assert verdict.empty_at["a"] <= Fraction(0), "with less than 0 there is one strict equilibrium"
    assert ("says nothing" in str(entry(one))) == (expected is not None)


def test_no_premise_is_proposed_that_leaves_no_equilibrium(files: Path) -> None:
    """Where a ≤ 0 there is nothing to compare; joint c is risk-dominant where 3 − 2 > a − 0."""
    one = claim(files, "hunt", 'concept = "risk-dominant"\nalways = { R = "c", C = "c" }')
    assert check(one).verdict == "refuted"
    for added in hidden_premises(one).found:
        rest = one.with_premises(*one.premises, *added.premises)
        verdict = check(rest)
        assert isinstance(verdict, Proved)
        assert not verdict.says_nothing


def test_a_monotone_claim_about_one_value_holds_trivially_by_every_companion(files: Path) -> None:
    one = claim(files, "pennies", 'concept = "nash"\nmonotone = { payoff = "R", parameter = "b" }')
    assert check(one).verdict == "proved"
    found = share(one)
    assert found.value == 1
    assert "trivially" in found.method


def test_no_default_is_spoken_of_that_one_of_the_models_has_not(files: Path) -> None:
    keys = 'also = ["two.toml"]\nconclusion = "p <= q"\nwhere.p.choices = { R = "u" }\n'
    one = claim(files, "one", keys + 'where.q = { choices = { R = "u" }, model = "two" }')
    found = entry(one)
    assert isinstance(found.verdict, Refuted)
    assert f"at a = {float(found.verdict.at['a']):g}" in found.at_values


def test_a_refuted_dependence_tells_both_payoffs(files: Path) -> None:
    found = entry(claim(files, "one", 'monotone = { payoff = "R", parameter = "a", rising = false }'))
    name, low, high = found.raised or ("", 0, 0)
    assert name == "a"
    assert low < high
    assert "_more" not in str(found)
    assert "in one equilibrium" in found.breaks
