"""The source of a compiled kernel: one module for each shape, that looks at the signs of many games.

It holds positions, whole numbers and names made up here, and nothing of any game: neither a label nor a payoff. What it
does is what `games.kernels.scan` does, lane by lane: the minors of a block of games are written out as sums of
products, one loop over the lanes for all minors of the same rows, which the compiler turns into vector instructions.
``place`` is where the next equilibrium of a lane is written down: in the end, where those of the next lane start.
"""

from collections.abc import Iterator
from itertools import groupby

from games.kernels.minors import Minor, minors

FEW_MINORS = 60
"""Up to so many minors of a player more lanes are looked at together."""

HEAD = """\
import numpy as np
from numba import njit

LANES = {lanes}
WORDS = {words}
PACK = np.uint64({pack})
SPREAD = np.uint64({spread})
NONE = np.uint64(0)
ONE = np.uint64(1)
EVERY = ~NONE
BYTE = np.uint64(8)
TOP_BYTE = np.uint64(56)
TOP = np.uint64(58)
PLACES = np.array([{places}])


@njit(nogil=True, cache=True, error_model={model})
def span(lanes, apart, bits, beyond):
    for g in range(LANES):
        high = lanes[0, g]
        low = high
        for q in range(1, {entries}):
            high = max(high, lanes[q, g])
            low = min(low, lanes[q, g])
        apart[g] = high - low
    for g in range(LANES):
        exponent = bits[g] >> 52
        level = bits[g] == 0
        far = (exponent < 1022 - {far}) | (exponent > 1022 + {far})
        beyond[g] = far & (not level)
        bits[g] = (1023 if far else 2045 - exponent) << 52
    some = False
    for g in range(LANES):
        some |= beyond[g]
    return some


@njit(nogil=True, cache=True, error_model={model})
def pack(flags, table, row):
    for r in range(len(flags)):
        for w in range(WORDS):
            word = NONE
            for b in range(8):
                word = (word >> BYTE) | (((flags[r, 8 * w + b] * PACK) >> TOP_BYTE) << TOP_BYTE)
            table[row + r, w] = word


@njit(nogil=True, cache=True, error_model={model})
def passing(first, second, for_first, against_first, for_second, against_second, passed, left):
    for w in range(WORDS):
        left[w] = NONE
    for p in range({pairs}):
        for w in range(WORDS):
            up = EVERY
            down = EVERY
            some_up = NONE
            some_down = NONE
            for c in range({m}):
                x = first[for_first[p, c], w]
                y = first[against_first[p, c], w]
                up &= x
                down &= y
                some_up |= x
                some_down |= y
            sure = up | down
            may = ~(some_up & some_down)
            up = EVERY
            down = EVERY
            some_up = NONE
            some_down = NONE
            for c in range({n}):
                x = second[for_second[p, c], w]
                y = second[against_second[p, c], w]
                up &= x
                down &= y
                some_up |= x
                some_down |= y
            sure &= up | down
            may &= ~(some_up & some_down)
            passed[p, w] = sure
            left[w] |= may & ~sure
"""

LAY = """\


@njit(nogil=True, cache=True, error_model={model})
def lay_{player}(flat, lanes):
    for g in range(len(flat)):
{body}"""

SIGNS = """\


@njit(nogil=True, cache=True, error_model={model})
def signs_{name}(lanes, factors, scale, bound, values, above, below):
{body}"""

LOOK = """\


@njit(nogil=True, cache=True, error_model={model})
def look(
    first, second, floats, bound_first, bound_second, least, factors_first, factors_second,
    for_first, against_first, for_second, against_second, number_first, number_second,
    masks, in_rows, in_columns, begun, game, supports, rows, columns, unsettled, start,
):
    lanes_first = np.zeros(({entries}, LANES))
    lanes_second = np.zeros(({entries}, LANES))
    values_first = np.zeros(({minors_first}, LANES))
    values_second = np.zeros(({minors_second}, LANES))
    above_first = np.zeros(({minors_first}, LANES), np.uint8)
    below_first = np.zeros(({minors_first}, LANES), np.uint8)
    above_second = np.zeros(({minors_second}, LANES), np.uint8)
    below_second = np.zeros(({minors_second}, LANES), np.uint8)
    table_first = np.zeros((2 * {minors_first} + 2, WORDS), np.uint64)
    table_second = np.zeros((2 * {minors_second} + 2, WORDS), np.uint64)
    table_first[{minors_first}] = EVERY
    table_second[{minors_second}] = EVERY
    scale_first = np.ones(LANES)
    scale_second = np.ones(LANES)
    beyond_first = np.zeros(LANES, np.bool_)
    beyond_second = np.zeros(LANES, np.bool_)
    passed = np.zeros(({pairs}, WORDS), np.uint64)
    left = np.zeros(WORDS, np.uint64)
    place = np.zeros(LANES + 1, np.int64)
    total = 0
    for begin in range(begun, len(first), LANES):
        count = min(LANES, len(first) - begin)
        lay_first(first[begin : begin + count], lanes_first)
        lay_second(second[begin : begin + count], lanes_second)
        some = count < LANES
        if floats[0]:
            some |= span(lanes_first, scale_first, scale_first.view(np.int64), beyond_first)
        if floats[1]:
            some |= span(lanes_second, scale_second, scale_second.view(np.int64), beyond_second)
        signs_{name_first}(
            lanes_first, factors_first, scale_first, bound_first, values_first, above_first, below_first
        )
        signs_{name_second}(
            lanes_second, factors_second, scale_second, bound_second, values_second, above_second, below_second
        )
        pack(above_first.view(np.uint64), table_first, 0)
        pack(below_first.view(np.uint64), table_first, {minors_first} + 1)
        pack(above_second.view(np.uint64), table_second, 0)
        pack(below_second.view(np.uint64), table_second, {minors_second} + 1)
        passing(
            table_first, table_second, for_first, against_first, for_second, against_second, passed, left
        )
        for w in range(WORDS):
            some |= left[w] != NONE
        if some:
            for g in range(LANES):
                bit = ONE << np.uint64(g & 63)
                if g >= count:
                    left[g >> 6] |= bit
                else:
                    if beyond_first[g] | beyond_second[g]:
                        left[g >> 6] |= bit
                    unsettled[begin + g] = (left[g >> 6] & bit) != NONE
        for w in range(WORDS):
{no_counts}\
            for p in range({pairs}):
                word = passed[p, w] & ~left[w]
                passed[p, w] = word
{counting}\
            for b in range(64):
                g = np.uint64(b)
                place[64 * w + b + 1] = {count}
        last = total
        place[0] = total
        for g in range(LANES):
            last += place[g + 1]
            place[g + 1] = last
        if last > len(game):
            return begin, total
        total = last
{filling}\
        for g in range(count):
            start[begin + g + 1] = place[g]
    return len(first), total
"""

FILLING = """\
        for p in range({start}, {stop}):
            row_mask = masks[p, 0]
            column_mask = masks[p, 1]
{positions}\
            for w in range(WORDS):
                word = passed[p, w]
                while word:
                    low = word & (~word + ONE)
                    word ^= low
                    g = 64 * w + PLACES[(low * SPREAD) >> TOP]
                    at = place[g]
                    place[g] = at + 1
                    game[at] = begin + g
                    supports[at, 0] = row_mask
                    supports[at, 1] = column_mask
{zeros}\
{mixtures}\
"""

DE_BRUIJN = 0x03F79D71B4CB0A89
"""Its 64 cyclic shifts begin with different six bits, so that one product tells the place of the lowest bit."""

PACKING = 0x0102040810204080
"""Times eight bytes of zero or one, this has them as the bits of its highest byte."""


def source(m: int, n: int, sizes: list[tuple[int, int, int]], farthest: int) -> str:
    """The module for games of m × n strategies.

    ``sizes`` tell of each size of supports the first and the last of their numbers; ``farthest`` is the greatest
    exponent of a power of two by which payoffs may lie apart.
    """
    own, other = minors(m, n), minors(n, m)
    lanes = 256 if max(len(own), len(other)) <= FEW_MINORS else 128
    names = {
        "lanes": lanes,
        "words": lanes // 64,
        "pack": PACKING,
        "spread": DE_BRUIJN,
        "places": ", ".join(map(str, _places())),
        "model": '"numpy"',
        "far": farthest,
        "entries": m * n,
        "pairs": sizes[-1][2],
        "m": m,
        "n": n,
        "minors_first": len(own),
        "minors_second": len(other),
        "name_first": f"{m}_{n}",
        "name_second": f"{n}_{m}",
    }
    text = HEAD.format(**names)
    for player, order in (("first", range(m * n)), ("second", [i * n + j for j in range(n) for i in range(m)])):
        body = "".join(f"        lanes[{q}, g] = flat[g, {at}]\n" for q, at in enumerate(order))
        text += LAY.format(player=player, body=body, **names)
    for shape in dict.fromkeys([(m, n), (n, m)]):
        text += SIGNS.format(
            name=f"{shape[0]}_{shape[1]}", body="".join(f"    {line}\n" for line in _loops(*shape)), **names
        )
    filling = "".join(_filling(m, n, *size) for size in sizes)
    return text + LOOK.format(filling=filling, **_counting(sizes[-1][2]), **names)


def _counting(pairs: int) -> dict[str, str]:
    """How many bits are set at each place of so many words: added up digit by digit, in all places at once."""
    digits = range(pairs.bit_length())
    carried = "".join(
        f"{16 * ' '}carry = c{d} & word\n{16 * ' '}c{d} ^= word\n{16 * ' '}word = carry\n" for d in digits
    )
    return {
        "no_counts": "".join(f"{12 * ' '}c{d} = NONE\n" for d in digits),
        "counting": carried,
        "count": " | ".join(f"(((c{d} >> g) & ONE) << np.uint64({d}))" for d in digits),
    }


def _places() -> list[int]:
    places = [0] * 64
    for k in range(64):
        places[((DE_BRUIJN << k) & (2**64 - 1)) >> 58] = k
    return places


def _loops(m: int, n: int) -> Iterator[str]:
    """The minors of one size after another: one loop over the lanes for each."""
    if m == 1:
        yield "pass"
    for k, alike in groupby(minors(m, n).values(), key=lambda minor: len(minor.columns)):
        own = list(alike)
        yield f"for r in range({own[0].number}, {own[-1].number + 1}):"
        yield from (f"    p{q} = factors[r, {q}]" for q in range(2 * k))
        yield "    for g in range(LANES):"
        yield from (f"        {line}" for line in (_difference() if k == 1 else _sum(own[0])))


def _difference() -> Iterator[str]:
    """One payoff less another: its sign is that of the payoffs as they are given."""
    yield "x = lanes[p0, g] - lanes[p1, g]"
    yield "above[r, g] = x > 0"
    yield "below[r, g] = x < 0"
    yield "values[r, g] = x * scale[g]"


def _sum(minor: Minor) -> Iterator[str]:
    """The expansion of a minor, whose signs are the same for all of its size."""
    for q, (sign, _, _) in enumerate(minor.terms):
        product = f"values[p{2 * q}, g] * values[p{2 * q + 1}, g]"
        if q:
            yield f"x = x {'+' if sign > 0 else '-'} {product}"
        else:
            yield f"x = {product}" if sign > 0 else f"x = -({product})"
    yield "values[r, g] = x"
    yield "above[r, g] = x > bound[r]"
    yield "below[r, g] = x < -bound[r]"


def _filling(m: int, n: int, k: int, start: int, stop: int) -> str:
    """Writes down the equilibria with supports of one size."""
    inner = 20 * " "
    positions = [f"i{q} = in_rows[p, {q}]\n" for q in range(k)] + [f"j{q} = in_columns[p, {q}]\n" for q in range(k)]
    zeros = [f"rows[at, {i}] = 0\n" for i in range(m)] + [f"columns[at, {j}] = 0\n" for j in range(n)]
    mixtures = ["rows[at, i0] = 1\n", "columns[at, j0] = 1\n"]
    if k > 1:
        positions += [f"f{q} = number_first[p, {q}]\n" for q in range(k)]
        positions += [f"s{q} = number_second[p, {q}]\n" for q in range(k)]
        mixtures = [*_mixture("first", "columns", "f", "j", 0, k), *_mixture("second", "rows", "s", "i", 1, k)]
    return FILLING.format(
        start=start,
        stop=stop,
        positions="".join(12 * " " + line for line in positions),
        zeros="".join(inner + line for line in zeros),
        mixtures="".join(inner + line for line in mixtures),
    )


def _mixture(by: str, played: str, number: str, place: str, player: int, k: int) -> Iterator[str]:
    """The weights of one player's mixture, which the other player's minors tell."""
    for q in range(k):
        yield f"x{q} = {'-' if q % 2 else ''}values_{by}[{number}{q}, g]\n"
    yield f"total_{by} = {' + '.join(f'x{q}' for q in range(k))}\n"
    yield f"if floats[{player}]:\n"
    for q in range(k):
        yield f"    {played}[at, {place}{q}] = x{q} / total_{by}\n"
    yield f"    if abs(total_{by}) < least[{k}]:\n"
    yield "        unsettled[begin + g] = True\n"
    yield "else:\n"
    yield f"    turned = 1 if total_{by} > 0 else -1\n"
    for q in range(k):
        yield f"    {played}[at, {place}{q}] = turned * x{q}\n"
