"""Ways into the country as data: sources, hubs and entries, and which are reached from which."""

from __future__ import annotations

from typing import Final, Literal, Self

from pydantic import model_validator

from simulation.schema.base import Frozen, Many, Name, Text, Title, fault
from simulation.schema.quantity import Quantity

MOST_NODES: Final = 64
MOST_STEPS: Final = 5  # nodes from source to entry
NodeKind = Literal["source", "home", "hub", "ro-ro", "container", "airport", "post", "coast"]
BEGINS: Final = frozenset({"source", "home"})
ENTERS: Final = frozenset({"home", "ro-ro", "container", "airport", "post", "coast"})


class RouteNode(Frozen):
    """A place that goods pass on their way: a source, a hub, or an entry to the country (`home`: both at once)."""

    title: Title
    kind: NodeKind
    markets: Many[Name] = ()
    """Markets whose goods pass here; none named: any."""
    after: Many[Name] = ()
    """Nodes it is reached from; sources are reached from none."""
    hazard: Quantity
    """Risk of losing a consignment here, relative to that of other nodes."""
    cost: Quantity
    """What passing here adds to the landed price."""
    capacity: Quantity
    """Share of all consignments that pass here without drawing notice."""

    @model_validator(mode="after")
    def _begins_or_follows(self) -> Self:
        if (self.kind in BEGINS) == bool(self.after):
            raise fault(
                "conflict", f'a node of kind "{self.kind}" and what it is reached from do not go together', key="after",
                given=list(self.after), allowed="no nodes for a source or home, some for all others",
            )  # fmt: skip
        if self.capacity.value <= 0.0:
            raise fault(
                "out-of-range", "a node lets something pass", key="capacity.value", given=self.capacity.value,
                allowed="above 0",
            )  # fmt: skip
        return self


class Routes(Frozen):
    """The network of ways in."""

    title: Title = "Ways in"
    description: Text = ""
    nodes: dict[Name, RouteNode] = {}

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if len(self.nodes) > MOST_NODES:
            raise fault(
                "out-of-range", "there is room for so many nodes", key="nodes", given=len(self.nodes),
                allowed=f"at most {MOST_NODES}",
            )  # fmt: skip
        for name, node in self.nodes.items():
            for before in node.after:
                if before not in self.nodes:
                    raise fault(
                        "unknown-name", f'"{before}" is not a node', key=f"nodes.{name}.after", given=before,
                        allowed=sorted(self.nodes),
                    )  # fmt: skip
        return self

    def carries(self, name: str, market: str) -> bool:
        """Whether goods of a market pass a node; a source must name the market."""
        node = self.nodes[name]
        return market in node.markets or (not node.markets and node.kind not in BEGINS)

    def ways(self, market: str) -> list[tuple[str, ...]]:
        """Every way from a source to an entry that goods of a market can take, sorted; none visits a node twice."""
        follows = {
            name: [n for n in sorted(self.nodes) if name in self.nodes[n].after and self.carries(n, market)]
            for name in self.nodes
        }
        found: list[tuple[str, ...]] = []
        going = [
            (name,) for name in sorted(self.nodes) if self.nodes[name].kind in BEGINS and self.carries(name, market)
        ]
        while going:
            way = going.pop()
            if self.nodes[way[-1]].kind in ENTERS:
                found.append(way)
            elif len(way) < MOST_STEPS:
                going += [(*way, n) for n in follows[way[-1]] if n not in way]
        return sorted(found)
