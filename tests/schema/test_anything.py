"""Whatever stands at whatever key is heard or refused in words; nothing else ever comes out of a loader."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulation import schema
from simulation.errors import SpannerError

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(10**400) | st.binary()
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a table where something stands."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return ([path] if path else []) + [found for key, item in items for found in paths(item, (*path, key))]


def put(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The table with `value` at the path."""
    if not path:
        return value
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[path[0]] = put(node[path[0]], path[1:], value)
    return copy


SCENARIO = schema.to_table(
    schema.load_scenario({"preset": "estate", "shocks": [{"week": 3, "kind": "supply", "size": 1.0}]})
)
PLAN = schema.to_table(
    schema.load_plan(
        {
            "title": "a",
            "budget": 3.0,
            "entry": [
                {
                    "intervention": "clear",
                    "end": 9,
                    "where": ["a"],
                    "parameters": {"a": 1.0},
                    "trigger": {"measure": "fear", "above": 0.5},
                }
            ],
            "cycle": {"period_weeks": 4, "options": [{"name": "a", "interventions": ["clear"]}]},
        }
    )
)


def heard_or_refused(load: Any, table: Any) -> None:
    try:
        schema.canonical(load(table))
    except SpannerError as error:
        for each in error.errors:
            assert each.message.isprintable()
            json.dumps(each.to_dict(), allow_nan=False)


@given(st.sampled_from(paths(SCENARIO)), values)
def test_anything_in_a_scenario(path: tuple[Any, ...], value: Any):
    heard_or_refused(schema.load_scenario, put(SCENARIO, path, value))
    heard_or_refused(schema.load_scenario, {"preset": "estate", str(path[0]): put(SCENARIO, path, value)[path[0]]})


@given(st.sampled_from(paths(PLAN)), values)
def test_anything_in_a_plan(path: tuple[Any, ...], value: Any):
    heard_or_refused(schema.load_plan, put(PLAN, path, value))


@given(values)
def test_anything_at_all(value: Any):
    for load in (schema.load_plan, schema.load_scenario):
        heard_or_refused(load, value)
    heard_or_refused(lambda given: schema.build_spec("estate", weeks=given), value)
    heard_or_refused(lambda given: schema.build_spec("estate", seed=given, replicate=given), value)
    heard_or_refused(lambda given: schema.build_spec("estate", parameters={"a": given}), value)
