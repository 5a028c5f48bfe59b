"""DuckDB reads the parts that count, by one in-memory connection a request, and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from simulation.errors import BadSyntax, Conflict, UnknownName, Unwritable
from simulation.store.format import TABLES
from simulation.store.records import LOCALITY_COLUMNS, Record
from simulation.store.store import Store


class Reader:
    """One request's view of a store: a view a table, each run once, however often it was done."""

    def __init__(self, store: Store, *, locked: bool = False) -> None:
        self.store = store
        self.con = duckdb.connect(":memory:")
        self._parts = store.parts()
        files = {table: self._files(table) for table in TABLES}
        for table, columns in TABLES.items():
            self._view(table, columns, files[table])
        self._once()
        if locked:
            allowed = [path for paths in files.values() for path in paths]
            self.con.execute(f"SET allowed_paths = {_list(allowed)}")
            self.con.execute("SET python_enable_replacements = false")
            self.con.execute("SET enable_external_access = false")
            self.con.execute("SET lock_configuration = true")

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.con.close()

    def _files(self, table: str) -> list[str]:
        folder = self.store.folder.resolve()
        return [
            str(folder / item.path) for part in self._parts for item in part.files if item.path.split("/")[0] == table
        ]

    def _view(self, table: str, columns: dict[str, str], files: list[str]) -> None:
        """All parts of one table; a column that an older version did not write yet is blank."""
        names = ", ".join(f'"{name}"' for name in columns)
        nothing = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in columns.items())
        source = f"SELECT {nothing}, NULL::VARCHAR AS part_of WHERE false"
        if files:
            parts = f"read_parquet({_list(files)}, union_by_name = true, filename = 'part_file')"
            source += f" UNION ALL BY NAME SELECT *, parse_filename(part_file, true) AS part_of FROM {parts}"
        self.con.execute(f"CREATE VIEW every_{table} AS SELECT {names}, part_of FROM ({source})")

    def _once(self) -> None:
        """Two processes may have done the same run: the first part that holds it counts, finished before failed."""
        self.con.execute(
            "CREATE TABLE surplus AS SELECT run_id, part_of FROM (SELECT run_id, part_of, row_number() OVER "
            "(PARTITION BY run_id ORDER BY status, part_of) AS place FROM every_runs) WHERE place > 1"
        )
        found = self.con.execute("SELECT count(*) FROM surplus").fetchone()
        surplus = bool(found and found[0])
        for table, columns in TABLES.items():
            names = ", ".join(f'"{name}"' for name in columns)
            only = ""
            if surplus and "run_id" in columns and table != "failures":
                only = " WHERE (run_id, part_of) NOT IN (SELECT (run_id, part_of) FROM surplus)"
            self.con.execute(f"CREATE VIEW {table} AS SELECT {names} FROM every_{table}{only}")

    def frame(self, sql: str, values: Sequence[Any] = ()) -> pd.DataFrame:
        """The rows of one of our own questions."""
        return self.con.execute(sql, list(values)).df()


def done_ids(store: Store) -> set[str]:
    """The runs that need not be done again."""
    with Reader(store) as reader:
        return {row[0] for row in reader.con.execute("SELECT run_id FROM runs WHERE status = 'done'").fetchall()}


def table(store: Store, name: str) -> pd.DataFrame:
    """One table of the store, whole."""
    with Reader(store) as reader:
        return reader.frame(f"SELECT * FROM {name}")


def query(store: Store, sql: str, *, limit: int | None = None) -> pd.DataFrame:
    """A user's own question: one SELECT over the store's tables, without sight of any other file."""
    with Reader(store, locked=True) as reader:
        try:
            statements = reader.con.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise BadSyntax("Only one SELECT statement can be asked of a store.", key="sql", given=sql)
            refuse_mixed(reader, sql)
            found = reader.con.execute(statements[0]).df()
        except duckdb.Error as error:
            sentence = str(error).splitlines()[0]
            raise BadSyntax(f"The question cannot be answered: {sentence}", key="sql", given=sql) from error
    return found if limit is None else found.head(limit)


def refuse_mixed(reader: Reader, sql: str) -> None:
    """Runs of two model versions are not put together by a question that does not see them apart. Raises Conflict."""
    rows = reader.con.execute("SELECT DISTINCT model_version FROM runs ORDER BY ALL").fetchall()
    versions = [str(row[0]) for row in rows]
    if len(versions) > 1 and "model_version" not in sql.lower():
        raise Conflict(
            f"{reader.store.folder} holds runs of {len(versions)} model versions ({', '.join(versions[:4])}), which cannot be "
            "compared: what differs between them may be the model. Name model_version in the question, to choose one or to "
            "see them apart.",
            key="sql", given=sql, allowed="a question that names model_version",
        )  # fmt: skip


def load(store: Store, run_ids: Sequence[str], measures: Sequence[str]) -> dict[str, Record]:
    """Runs as they were when they were done, their series in the order of `measures`; runs not held are left out."""
    wanted = pd.DataFrame({"run_id": list(dict.fromkeys(run_ids))})
    wanted["r"] = np.arange(len(wanted), dtype=np.int32)
    columns = pd.DataFrame({"measure": list(measures), "m": np.arange(len(measures), dtype=np.int32)})
    with Reader(store) as reader:
        reader.con.register("wanted", wanted)
        reader.con.register("wanted_measures", columns)
        runs = reader.frame("SELECT runs.* FROM runs JOIN wanted USING (run_id) WHERE status = 'done'")
        series = reader.con.execute(
            "SELECT r, week, m, value FROM series JOIN wanted USING (run_id) JOIN wanted_measures USING (measure)"
        ).fetchnumpy()
        outcomes = reader.frame("SELECT outcomes.* FROM outcomes JOIN wanted USING (run_id)")
        places = reader.frame("SELECT places.* FROM places JOIN wanted USING (run_id)")
    if runs.empty:
        return {}
    cube = np.full((len(wanted), int(runs["weeks"].to_numpy().max()), len(measures)), np.nan)
    cube[np.asarray(series["r"]), np.asarray(series["week"]), np.asarray(series["m"])] = np.ma.filled(
        series["value"], np.nan
    )
    row_of = dict(zip(wanted["run_id"], wanted["r"], strict=True))
    outcomes_of = dict(iter(outcomes.groupby("run_id")))
    places_of = dict(iter(places.groupby("run_id")))
    return {
        row["run_id"]: _record(
            row,
            cube[row_of[row["run_id"]], : int(row["weeks"])],
            tuple(measures),
            outcomes_of.get(row["run_id"]),
            places_of.get(row["run_id"]),
        )
        for row in runs.to_dict("records")
    }


def _record(
    row: dict[str, Any],
    series: np.ndarray,
    measures: tuple[str, ...],
    outcomes: pd.DataFrame | None,
    places: pd.DataFrame | None,
) -> Record:
    localities: tuple[dict[str, Any], ...] = ()
    names: tuple[str, ...] = ()
    values = np.empty((0, 0))
    if places is not None:
        names = tuple(dict.fromkeys(places["measure"]))
        kept = places.drop_duplicates("locality")
        localities = tuple(
            {"id": item["locality"], **{column: item[column] for column in LOCALITY_COLUMNS}}
            for item in kept.to_dict("records")
        )
        wide = places.pivot(index="locality", columns="measure", values="value")
        values = wide.loc[[item["id"] for item in localities], list(names)].to_numpy(dtype=np.float64)
    return Record(
        run_id=row["run_id"],
        preset=row["preset"],
        plan=row["plan"],
        seed=int(row["seed"]),
        replicate=int(row["replicate"]),
        weeks=int(row["weeks"]),
        draw=None if pd.isna(row["draw"]) else int(row["draw"]),
        parameters=json.loads(row["parameters"]),
        ablate=tuple(json.loads(row["ablate"])),
        plan_spec=row["plan_spec"],
        model_version=row["model_version"],
        elapsed_s=float(row["elapsed_s"]),
        measures=measures,
        series=series,
        outcomes={} if outcomes is None else dict(zip(outcomes["measure"], outcomes["value"], strict=True)),
        localities=localities,
        place_measures=names,
        places=values,
        cost=json.loads(row["cost"]),
        warnings=tuple(json.loads(row["warnings"])),
    )


def export(
    store: Store, target: str | Path, kind: str, *, sql: str | None = None,
    mark: Callable[[pd.DataFrame], pd.DataFrame] = lambda frame: frame,
) -> list[Path]:  # fmt: skip
    """Write the store's tables (or one answer) as csv or parquet files into a folder; returns the files made.

    Each frame is written as `mark` gives it back, so that figures may carry their labels.
    """
    if kind not in ("csv", "parquet"):
        raise UnknownName.among(kind, ("csv", "parquet"), key="export")
    folder = Path(target)
    frames = {"answer": query(store, sql)} if sql else {name: table(store, name) for name in TABLES}
    made: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, found in frames.items():
            path = folder / f"{name}.{kind}"
            frame = mark(found)
            if kind == "csv":
                _escaped(frame).to_csv(path, index=False)
            else:
                _to_parquet(frame, path)
            made.append(path)
    except (OSError, duckdb.IOException) as error:
        raise Unwritable(f"The export cannot be written to {folder}: {error}", file=str(folder)) from error
    return made


def _escaped(frame: pd.DataFrame) -> pd.DataFrame:
    """Cells that a spreadsheet would run as formulas get a quote before them."""
    changed = frame.copy()
    for column in changed.columns:
        if changed[column].dtype.kind not in "biuf":
            texts = changed[column].astype("string")
            risky = texts.str.match(r"^[=+\-@\t\r]").fillna(False).to_numpy(dtype=bool)
            if risky.any():
                changed[column] = texts.where(~risky, "'" + texts)
    return changed


def _to_parquet(frame: pd.DataFrame, path: Path) -> None:
    with duckdb.connect(":memory:") as con:
        con.register("answer", frame)
        target = str(path).replace("'", "''")
        con.execute(f"COPY answer TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def _list(paths: Sequence[str]) -> str:
    return "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in paths) + "]"
