"""A document whose syntax is right and whose contents are wrong is refused with the key, the player or the path."""

import pytest

from games import InputError
from games.formats.documents import from_toml


def refused(text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        from_toml(text, "wrong")
    message = str(caught.value)
    assert len(message.splitlines()) == 1, message
    assert reason in message, message


DOCUMENTS = {
    "": "no game",
    "name = 'x'": "no game",
    "payoffs = [[[1, 2]]]\nrows = 3": "unknown key 'rows'; allowed are name",
    '"a\\nb" = 3': "unknown key",
    "payoffs = [[[1, 2]]]\ntree = {}": "both tree and payoffs",
    "strategies = {}\ntree = {}": "both tree and strategies",
    "tree = { payoffs = [1] }": "give players",
    "payoffs = 'x'": "payoffs must be a table or a list",
    "payoffs = 3": "not the number 3",
    "payoffs = []": "without entries",
    "payoffs = {}": "without entries",
    "payoffs = [1, 2]": "1 deep",
    "payoffs = [[1, 2], [3, 4]]": "2 deep",
    "payoffs = [[[]]]": "payoffs",
    "payoffs = [[['x', 0]]]": "'x', which is not declared; none are declared",
    "name = 3\npayoffs = [[[1, 2]]]": "the name must be text",
    "name = ''\npayoffs = [[[1, 2]]]": "the name is blank",
    'name = "a\\nb"\npayoffs = [[[1, 2]]]': "line break",
    f"name = '{'a' * 201}'\npayoffs = [[[1, 2]]]": "at most 200",
    f"story = '{'a' * 20_001}'\npayoffs = [[[1, 2]]]": "at most 20000",
    'question = "\\u0007"\npayoffs = [[[1, 2]]]': "control character",
    "title = []\npayoffs = [[[1, 2]]]": "the title must be text",
    "story = {}\npayoffs = [[[1, 2]]]": "the story must be text",
    "players = 3\npayoffs = [[[1, 2]]]": "players must be a list",
    "players = 'AB'\npayoffs = [[[1, 2]]]": "players must be a list",
    "players = [1]\npayoffs = [[[1, 2]]]": "must be text, not the number 1",
    "players = [['A'], 'B']\npayoffs = [[[1, 2]]]": "must be text, not a list",
    "players = []\npayoffs = [[[1, 2]]]": "players is empty",
    "players = ['A', 'A']\npayoffs = [[[1, 2]]]": "'A' twice",
    'players = ["A", "B\\nC"]\npayoffs = [[[1, 2]]]': "line break",
    "players = ['A', ' B']\npayoffs = [[[1, 2]]]": "spaces around",
    "players = ['A']\npayoffs = [[[1, 2]]]": "payoff of A at (A: 1) must be a number or a formula, not a list",
    "players = ['A', 'B', 'C']\npayoffs = [[[1, 2]]]": "must be a list",
    "strategies = 3\npayoffs = [[[1, 2]]]": "strategies must be a list",
    "strategies = [['a'], ['b']]\npayoffs = [[[1, 2]]]": "give players",
    "players = ['A', 'B']\nstrategies = [['a']]\npayoffs = [[[1, 2]]]": "has 1 lists; 2 are needed",
    "players = ['A', 'B']\nstrategies = ['a', 'b']\npayoffs = [[[1, 2]]]": "strategies of A must be a list",
    "strategies = { A = 'a', B = ['b'] }\npayoffs = [[[1, 2]]]": "strategies of A must be a list",
    "strategies = { A = ['a', 'a'], B = ['b'] }\npayoffs = [[[1, 2]]]": "'a' twice",
    "strategies = { A = [], B = ['b'] }\npayoffs = [[[1, 2]]]": "strategies of A is empty",
    "strategies = { A = [1], B = ['b'] }\npayoffs = [[[1, 2]]]": "must be text",
    "strategies = {}\npayoffs = [[[1, 2]]]": "strategies is empty",
    "players = ['A', 'C']\nstrategies = { A = ['a'], B = ['b'] }\npayoffs = [[[1, 2]]]": "unknown key 'B'",
    "players = ['A', 'B']\nstrategies = { A = ['a'] }\npayoffs = [[[1, 2]]]": "no 'B'",
    "payoffs = [[[1, 2], [3, 4]], [[5, 6]]]": "at (Row: 2) has 1 entries; 2 are needed, for the strategies of Column",
    "payoffs = [[[1, 2], [3]]]": "1 payoffs are given at (Row: 1, Column: 2); 2 are needed",
    "payoffs = [[[1, 2], [3, 4, 5]]]": "3 payoffs are given",
    "payoffs = [[[1, 2], 3]]": "must be a list of payoffs for Row, Column, not the number 3",
    "payoffs = [[[1, 2]], 3]": "must be a list",
    "payoffs = [[[1, [2]]]]": "payoff of Column at (Row: 1, Column: 1) must be a number or a formula, not a list",
    "payoffs = { A = [[1]], B = [[1, 2]] }": "the payoffs of B at (A: 1) has 2 entries; 1 are needed",
    "payoffs = { A = [[1]], B = 3 }": "the payoffs of B must be a list",
    "payoffs = { A = 3, B = [[1]] }": "not an array",
    "players = ['A', 'B']\npayoffs = { A = [[1]] }": "no 'B'",
    "players = ['A', 'B']\npayoffs = { A = [[1]], B = [[1]], C = [[1]] }": "unknown key 'C'",
    "payoffs = { 'a, b' = [1, 2] }": "strategies if it is a profile",
    "strategies = { A = ['a'], B = ['b', 'c'] }\npayoffs = { 'a, b' = [1, 2] }": "payoffs are given for (A: a, B: c)",
    "payoffs = [{ profile = ['a', 'b'], payoffs = [1, 2] }]": "give players and strategies",
    "players = ['A', 'B']\npayoffs = [{ profile = ['a', 'b'], payoffs = [1, 2] }]": "give strategies too",
    "players = ['A']\ntree = 3": "the node at the start must be a table",
    "players = ['A']\ntree = {}": "the node at the start is none of",
}


@pytest.mark.parametrize(("text", "reason"), DOCUMENTS.items(), ids=DOCUMENTS)
def test_documents(text: str, reason: str) -> None:
    refused(text, reason)


PAYOFFS = {
    "{ 'a, x' = [1, 2] }": "'a, x', which is neither a player nor",
    "{ 'a, b' = [1, 2], 'a/b' = [1, 2] }": "given twice at (A: a, B: b)",
    "{ 'a, b' = [1] }": "1 payoffs are given at (A: a, B: b)",
    "{ 'a, b' = 1 }": "must be a list of payoffs",
    "{ 'a, b' = { A = 1 } }": "no 'B'",
    "{ 'a, b' = { A = 1, B = 1, C = 1 } }": "unknown key 'C'",
    "[{ profile = ['a'], payoffs = [1, 2] }]": "has 1 strategies",
    "[{ profile = ['a', 'c'], payoffs = [1, 2] }]": "'c' for B",
    "[{ profile = ['a', ['b']], payoffs = [1, 2] }]": "a list for B",
    "[{ profile = 3, payoffs = [1, 2] }]": "profile in payoffs must be",
    "[{ profile = { A = 'a' }, payoffs = [1, 2] }]": "no 'B'",
    "[{ profile = ['a', 'b'] }]": "no 'payoffs'",
    "[{ payoffs = [1, 2] }]": "needs either a profile or strategies",
    "[{ profile = ['a', 'b'], payoff = [1, 2] }]": "unknown key 'payoff'",
    "[{ profile = ['a', 'b'], payoffs = [1, 2] }, 3]": "the number 3",
}


@pytest.mark.parametrize(("payoffs", "reason"), PAYOFFS.items(), ids=PAYOFFS)
def test_payoffs_by_profile(payoffs: str, reason: str) -> None:
    refused(f"strategies = {{ A = ['a'], B = ['b'] }}\npayoffs = {payoffs}", reason)


PARAMETERS = {
    "parameters = 3": "parameters must be a table",
    "parameters = ['x']": "parameters must be a table",
    "parameters.x = [1]": "default of x must be a number, not a list",
    "parameters.x = 'x'": "default of x is 'x'",
    "parameters.x = 'nan'": "finite number",
    "parameters.x = true": "default of x is True",
    "parameters.x = {}": "no 'default'",
    "parameters.x = { default = 1, minimum = 0 }": "unknown key 'minimum'",
    "parameters.x = { default = 1, low = 2 }": "its range goes from 2 to 1",
    "parameters.x = { default = 1, low = {} }": "low of x must be a number",
    "parameters.x = { default = 1, unit = 'yen' }": "allowed are payoff, share, probability, discount",
    "parameters.x = { default = 1, unit = [] }": "unit of x is a list",
    "parameters.x = { default = 1, meaning = 3 }": "meaning of x must be text",
    "parameters.z = 1": "declared are z",
    "parameters.x = 1\nassumptions = 'x > 0'": "assumptions must be a list",
    "parameters.x = 1\nassumptions = [1]": "an assumption must be text",
    "parameters.x = 1\nassumptions = ['x']": "has a part that is no relation",
    "parameters.x = 1\nassumptions = ['x = 1']": "'x = 1' is not a relation",
    "parameters.x = 1\nassumptions = ['x == 1']": "must be one inequality",
    "parameters.x = 1\nassumptions = ['0 <= x <= 1']": "must be one inequality",
    "parameters.x = 1\nassumptions = ['x > y']": "'y', which is not declared",
    "parameters.x = 1\nassumptions = ['x >']": "'x >' is not a relation",
    "parameters.x = 1\nassumptions = ['x >> 0']": "has a part that is no relation",
    "parameters.x = 1\nassumptions = ['x > 2']": "the defaults break the assumption x > 2",
    "parameters.x = 1\nassumptions = ['1 > 2']": "does not depend on any parameter",
    "parameters.x = 1\nassumptions = ['x <= x']": "does not depend on any parameter",
    "parameters.x = 0\nassumptions = ['1/x >= 0']": "divides by zero",
}


@pytest.mark.parametrize(("text", "reason"), PARAMETERS.items(), ids=PARAMETERS)
def test_parameters_and_assumptions(text: str, reason: str) -> None:
    refused(f"payoffs = [[[1, 'x'], [0, 0]]]\n{text}", reason)


LEAF = "{ payoffs = [1, 2] }"
NODES = {
    "player = 'A'": "none of decision (actions)",
    "player = 'A'\nactions = {}": "is empty",
    "player = 'A'\nactions = [1]": "actions at the start must be a table",
    f"actions = {{ a = {LEAF} }}": "no 'player'",
    f"player = 3\nactions = {{ a = {LEAF} }}": "must be text",
    f"player = 'C'\nactions = {{ a = {LEAF} }}": "the players are A, B",
    f"player = 'A'\nmove = 1\nactions = {{ a = {LEAF} }}": "unknown key 'move'",
    f"player = 'A'\ninformation_set = 3\nactions = {{ a = {LEAF} }}": "must be text",
    "player = 'A'\nactions = { a = { payoffs = [1] } }": "1 payoffs are given after a",
    "player = 'A'\nactions = { a = { payoffs = 1 } }": "must be a list",
    "player = 'A'\nactions = { a = { payoffs = { A = 1 } } }": "no 'B'",
    "player = 'A'\nactions = { a = { payoffs = [1, 2], chance = {} } }": "both chance and payoffs",
    f'player = "A"\nactions = {{ "a\\nb" = {LEAF} }}': "line break",
    "chance = []": "chance at the start must be a table",
    "chance = {}": "is empty",
    "chance = { e = 3 }": "the event e must be a table",
    f"chance = {{ e = {{ then = {LEAF} }} }}": "no 'probability'",
    "chance = { e = { probability = 1 } }": "no 'then'",
    f"chance = {{ e = {{ probability = 1, next = {LEAF} }} }}": "unknown key 'next'",
    f"chance = {{ e = {{ probability = [1], then = {LEAF} }} }}": "must be a number or a formula",
    f"chance = {{ e = {{ probability = 'p', then = {LEAF} }} }}": "not declared",
    f"chance = {{ e = {{ probability = 0.3, then = {LEAF} }}, f = {{ probability = 0.6, then = {LEAF} }} }}": (
        "sum to 9/10"
    ),
    f"chance = {{ e = {{ probability = -1, then = {LEAF} }}, f = {{ probability = 2, then = {LEAF} }} }}": (
        "not between 0 and 1"
    ),
}


@pytest.mark.parametrize(("node", "reason"), NODES.items(), ids=NODES)
def test_nodes(node: str, reason: str) -> None:
    refused(f"players = ['A', 'B']\n[tree]\n{node}", reason)
