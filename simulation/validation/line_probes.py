"""How soon lines over the border are closed: a probe as in `probes`, read off what the trade remembers of lines."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.state.codes import ABROAD, IMPORTING_TOWN
from simulation.state.values import Values
from simulation.state.world import State
from simulation.validation.way_probes import Answer, Asked

WEEKS_A_YEAR: Final = 52.0


def closures_a_line() -> Asked:
    """Closures by police of lines run from elsewhere into the towns, a line and year.

    The trade remembers weeks that lines stood and lines that were closed, and forgets both alike: what came since the
    last look is what is remembered now less what is left of then.
    """
    last: list[tuple[float, float, int]] = []

    def ask(state: State, p: Values, week: int) -> Answer:
        towns = state.place.kind == IMPORTING_TOWN
        losses, stood = (
            float(memory[towns][:, :, ABROAD].sum()) for memory in (state.place.line_losses, state.place.line_weeks)
        )
        answer = (0.0, 0.0)
        if last:
            before_losses, before_stood, then = last[-1]
            kept = np.exp2((then - week) / p["line_learning_half_life"])
            answer = WEEKS_A_YEAR * (losses - kept * before_losses), stood - kept * before_stood
        last[:] = [(losses, stood, week)]
        return answer

    return ask
