"""Hot kernels against the same code in C, compiled with `gcc -O3 -march=native`, on the same crowd and the same draws."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np

from simulation.chance.streams import ARREST, SUPPLY_CHOICE
from simulation.kernel import kernel
from simulation.kernels.enforce import arrest_people, arrest_table, caution
from simulation.kernels.trade_choice import choose, hear_of, weigh
from simulation.state.codes import FAMILY_REPUTATION, TIE_SLOTS
from simulation.state.world import ORDER_COUNT
from tests.benchmarks.crowd import Crowd, buyers_of, crowd
from tests.benchmarks.figure import Figure, Size, at_most, cpu_seconds, say

SOURCE: Final = Path(__file__).with_name("reference.c")
PEOPLE: Final = 10_000
MOST: Final = 1.25
ARRESTS: Final = "arrest pass against C"
CHOICES: Final = "choice of supplier against C"
NUMBERS: Final = (
    "trust_public_weight", "trust_public_half", "trust_prior", "trust_brand_weight", "trust_prior_weight",
    "trust_suspicion", "adaptation_strength", "supply_line_value", "supply_value", "supply_fear", "supply_tick",
    "supply_noise",
)  # fmt: skip


@kernel
def arrest_weeks(s, v, p, key, weeks):
    """Weeks of arrests; gives how many there were."""
    count = 0
    for w in range(weeks):
        s.tally.count[ORDER_COUNT] = 0
        arrest_people(s, v, p, key, w, 0)
        count += s.tally.count[ORDER_COUNT]
    return count


@kernel
def choice_weeks(s, p, key, weeks):
    """Weeks of choices by every buyer; gives a sum that differs when any choice does."""
    total = 0
    buyers, number = buyers_of(s)
    skip, slots = np.full(number, -1, np.int64), np.empty(number, np.int64)
    first, slot = np.empty(number + 1, np.int64), np.empty(number * TIE_SLOTS, np.int64)
    worth, faith, refusal = np.empty(number * TIE_SLOTS), np.empty(number * TIE_SLOTS), np.empty(number)
    for w in range(weeks):
        for o in range(s.outlet.id.size):
            hear_of(s, p, o)
        weigh(s, p, key, w, buyers, number, first, slot, worth, faith, refusal)
        choose(s, buyers, number, skip, slots, first, slot, worth, faith, refusal)
        for n in range(number):
            total += (buyers[n] + 1) * (slots[n] + 3)
    return total


def measure(size: Size) -> list[Figure]:
    """Time of our kernels over that of C; null where there is no gcc."""
    gcc = shutil.which("gcc")
    if gcc is None:
        say("no gcc here: kernels are not held against C")
        return [at_most(name, None, "ratio", MOST) for name in (ARRESTS, CHOICES)]
    of, weeks, tries = crowd(PEOPLE), size(50, 2), size(9, 1)
    with tempfile.TemporaryDirectory() as folder:
        reference = Reference(compiled(gcc, Path(folder)), of)
        s = of.state
        arrests = ratio(lambda n: arrest_weeks(s, of.levers, of.p, of.key, n), reference.arrests, weeks, tries, ARRESTS)
        choices = ratio(lambda n: choice_weeks(s, of.p, of.key, n), reference.choices, weeks, tries, CHOICES)
    return [at_most(ARRESTS, arrests, "ratio", MOST), at_most(CHOICES, choices, "ratio", MOST)]


def ratio(ours: Any, theirs: Any, weeks: int, tries: int, what: str) -> float:
    """Least time of ours over least time of theirs, tried in turn; raises AssertionError where they do not agree."""
    if ours(weeks) != theirs(weeks):
        raise AssertionError(f"{what}: the results differ")
    pairs = [(cpu_seconds(lambda: ours(weeks)), cpu_seconds(lambda: theirs(weeks))) for _ in range(tries)]
    return min(one for one, _ in pairs) / min(other for _, other in pairs)


def compiled(gcc: str, folder: Path) -> ctypes.CDLL:
    """The reference as machine code."""
    library = folder / "reference.so"
    flags = ["-O3", "-march=native", "-shared", "-fPIC"]
    subprocess.run([gcc, *flags, str(SOURCE), "-o", str(library), "-lm"], check=True, capture_output=True)
    return ctypes.CDLL(str(library))


class Reference:
    """The same weeks in C."""

    def __init__(self, library: ctypes.CDLL, of: Crowd) -> None:
        self.library, self.of = library, of
        library.arrest.restype = ctypes.c_int64
        library.choose.restype = None
        people, outlets = of.state.person.id.size, of.state.outlet.id.size
        self.target, self.target_id = np.zeros(people, np.int32), np.zeros(people, np.uint64)
        self.leaving, self.talking = np.zeros(people, np.uint32), np.zeros(people, np.uint32)
        self.choice = np.zeros(outlets, np.int32)
        self.counter = np.ascontiguousarray(of.state.business.counter[:, FAMILY_REPUTATION])
        self.numbers = np.array([float(of.p[name]) for name in NUMBERS])

    def arrests(self, weeks: int) -> int:
        """Arrests of some weeks."""
        s = self.of.state
        person = s.person
        count = 0
        for week in range(weeks):
            table = arrest_table(s, self.of.levers, self.of.p, 0)
            left = caution(s, self.of.p)
            count += self.library.arrest(
                ctypes.c_int64(person.id.size), *addresses(person.id, person.status, person.role, person.business),
                *addresses(person.place, table, left), ctypes.c_int64(s.business.id.size),
                ctypes.c_uint64(int(self.of.key)), ctypes.c_int64(week), ctypes.c_int64(ARREST),
                *addresses(self.leaving, self.talking, self.target, self.target_id),
            )  # fmt: skip
        return count

    def choices(self, weeks: int) -> int:
        """The same sum over choices."""
        s = self.of.state
        outlet, tie, business = s.outlet, s.tie, s.business
        total = 0
        rows = np.arange(1, outlet.id.size + 1)
        for week in range(weeks):
            self.library.choose(
                ctypes.c_int64(outlet.id.size),
                *addresses(outlet.id, outlet.state, outlet.tier, outlet.business, outlet.price, outlet.purity),
                *addresses(outlet.discount, outlet.stock, outlet.room, outlet.good, outlet.bad, outlet.slander),
                *addresses(outlet.good_name, outlet.report_weight, outlet.faith, tie.supplier, tie.supplier_id),
                *addresses(tie.good, tie.bad, business.brand, business.suspicion, self.counter, self.numbers),
                ctypes.c_uint64(int(self.of.key)), ctypes.c_int64(week), ctypes.c_int64(SUPPLY_CHOICE),
                *addresses(self.choice),
            )  # fmt: skip
            total += int((rows * (self.choice + 3))[outlet.tier > 0].sum())
        return total


def addresses(*arrays: np.ndarray) -> list[ctypes.c_void_p]:
    """Where the arrays lie."""
    return [ctypes.c_void_p(array.ctypes.data) for array in arrays]
