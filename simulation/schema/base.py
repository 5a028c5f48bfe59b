"""What every model of the schema shares: frozen, no unknown keys, no guessing of types, no NaN or infinity."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

NAME_PATTERN = "[a-z0-9-]{1,64}"
ID_PATTERN = r"[a-z][a-z0-9_]{0,63}(\.[a-z][a-z0-9_]{0,63})?"
MAX_WEEKS = 2000
MAX_REPLICATES = 100_000
MAX_SEED = 2**32 - 1

Name = Annotated[str, StringConstraints(pattern=f"^{NAME_PATTERN}$")]
"""A kebab-case name: preset, plan, intervention, locality, agency, tier."""
Identifier = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}$")]
"""A snake_case id, dotted once at most: measure, lever, parameter."""
Text = Annotated[str, StringConstraints(max_length=4000)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Week = Annotated[int, Field(ge=0, le=MAX_WEEKS)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
# Lists come from TOML as lists and are kept as tuples; only the container may be converted, never its items.
type Many[T] = Annotated[tuple[T, ...], Field(strict=False)]


class Frozen(BaseModel):
    """A statement that cannot be changed once made."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, value: Any) -> Any:
        """Accept the short form of a table where the model offers one."""
        return value if isinstance(value, (dict, BaseModel)) else cls.from_short(value)

    @classmethod
    def from_short(cls, value: Any) -> Any:
        """The table a bare value stands for; by default none, and the value is refused for its type."""
        return value


def fault(code: str, message: str, *, key: str | None = None, allowed: Any = None, given: Any = None) -> Exception:
    """A rule of the schema is broken; `code` is one of the codes of `simulation.errors`."""
    context = {"key": key, "allowed": allowed, "given": given, "said": message}
    return PydanticCustomError(code, "{said}", context)  # type: ignore[arg-type]
