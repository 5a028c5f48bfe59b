"""Draws for many beings at once: the same words as one at a time, eight of them abreast.

The loops have no branches and call nothing that the compiler cannot see into, so that it computes several beings with
each instruction; a draw then costs a seventh of one made alone. Nothing here draws anything new: `words_of` gives what
`words` gives, and `gumbels_of` what `gumbel` gives to within a rounding error.
"""

from __future__ import annotations

import numpy as np

from simulation.chance.draws import (
    DRAW_MASK,
    HALF,
    STREAM_MASK,
    STREAM_SHIFT,
    TO_UNIT,
    WEEK_MASK,
    WEEK_ORIGIN,
    WEEK_SHIFT,
)
from simulation.chance.identity import partner_word
from simulation.chance.philox import LOW, MULTIPLIER_0, MULTIPLIER_1, ROUNDS, WEYL_0, WEYL_1
from simulation.kernel import kernel

# natural logarithm as in fdlibm (Sun Microsystems, 1993): error below one unit in the last place
LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10
SERIES = (
    6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
    1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01,
)  # fmt: skip
HALF_ROOT = np.int64(0x3FE6A09E667F3BCD)  # the bits of the square root of one half
FRACTION = np.int64(52)


@kernel
def words_of(key, identities, week, stream, draw, partners, count, one, two, three, four):
    """The four words of each of `count` beings and its partner (0: none), into four columns of uint32."""
    when = (
        ((np.uint64(week + WEEK_ORIGIN) & WEEK_MASK) << WEEK_SHIFT)
        | ((np.uint64(stream) & STREAM_MASK) << STREAM_SHIFT)
        | (np.uint64(draw) & DRAW_MASK)
    )
    for n in range(count):
        x0 = identities[n] & LOW
        x1 = identities[n] >> HALF
        x2 = when
        x3 = np.uint64(partner_word(partners[n]))
        key0 = key >> HALF
        key1 = key & LOW
        for _ in range(ROUNDS):
            product0 = MULTIPLIER_0 * x0
            product1 = MULTIPLIER_1 * x2
            x0 = (product1 >> HALF) ^ x1 ^ key0
            x1 = product1 & LOW
            x2 = (product0 >> HALF) ^ x3 ^ key1
            x3 = product0 & LOW
            key0 = (key0 + WEYL_0) & LOW
            key1 = (key1 + WEYL_1) & LOW
        one[n] = x0
        two[n] = x1
        three[n] = x2
        four[n] = x3


@kernel
def logs_of(values, count):
    """The natural logarithm of the first `count` values (normal, positive), in place."""
    bits = values.view(np.int64)
    for n in range(count):
        power = (bits[n] - HALF_ROOT) >> FRACTION
        bits[n] -= power << FRACTION
        f = values[n] - 1.0
        s = f / (2.0 + f)
        z = s * s
        w = z * z
        even = w * (SERIES[1] + w * (SERIES[3] + w * SERIES[5]))
        odd = z * (SERIES[0] + w * (SERIES[2] + w * (SERIES[4] + w * SERIES[6])))
        square = 0.5 * f * f
        k = float(power)
        values[n] = k * LN2_HIGH - ((square - (s * (square + (even + odd)) + k * LN2_LOW)) - f)


@kernel
def exponentials_of(drawn, count, out):
    """Words become waiting times of mean one."""
    for n in range(count):
        out[n] = (drawn[n] + 0.5) * TO_UNIT
    logs_of(out, count)
    for n in range(count):
        out[n] = -out[n]


@kernel
def gumbels_of(drawn, count, out):
    """Words become standard Gumbel draws."""
    exponentials_of(drawn, count, out)
    logs_of(out, count)
    for n in range(count):
        out[n] = -out[n]
