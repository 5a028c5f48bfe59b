"""Every fault of a table is told at once, with its row and what is allowed, and nothing of what its cells say."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import api
from simulation.errors import SpannerError
from simulation.intake import tables
from simulation.world.standing_in import read_columns
from tests.intake import invented

HEAD = "Nominal ID,OCG,Role,Crime type,Ward,Age\n"
GOOD = "".join(f"P{n},G1,Runner,Heroin,Area 1,19\n" for n in range(6))
TIES = "From,To,Weight,Relationship\n"


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Imports of a test lie in its own folder."""
    monkeypatch.setenv("SPANNER_IMPORTS", str(tmp_path / "imports"))
    return tmp_path


def refused(tmp_path: Path, people: str | bytes, ties: str | None = None, name: str = "people.csv", **given: object):
    """The faults of an import, which leaves nothing behind."""
    path = tmp_path / name
    path.write_bytes(people if isinstance(people, bytes) else people.encode())
    edges = None
    if ties is not None:
        edges = tmp_path / "ties.csv"
        edges.write_text(ties, encoding="utf-8")
    with pytest.raises(SpannerError) as caught:
        api.import_network(path, "tried", edges, **given)  # pyright: ignore[reportArgumentType]
    assert not (tmp_path / "imports").exists()
    return caught.value.errors


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        (",G1,Runner,Heroin,,", "missing-key", "has no identifier"),
        ("P9,,Runner,Heroin,,", "missing-key", "in no group"),
        ("P0,G2,Runner,Heroin,,", "conflict", "stands in row 2"),
        ("P9,G1,Wizard Zq,Heroin,,", "unknown-name", "the role is not known"),
        ("P9,G1,Runner,Zq trade,,", "unknown-name", "the market is none of force's"),
        ("P9,G1,Runner,Cocaine,,", "conflict", "market is another one in row 2"),
        ("P9,G1,Runner,Heroin,,Zq", "out-of-range", "the age is neither"),
        ("P9,G2,Runner,,,", "missing-key", "says its market"),
        ("P9,G1,Runner,Heroin", "bad-syntax", "has 4 cells where the header has 6"),
        ("P9,G1," + "x" * 3000 + ",Heroin,,", "too-large", "holds 3000 characters"),
        ('P9,G1,"Runner,Heroin,,', "bad-syntax", "is not CSV"),
    ],
)
def test_a_faulty_row_is_named(apart: Path, row: str, code: str, said: str) -> None:
    (fault,) = refused(apart, HEAD + GOOD + row + "\n")
    assert (fault.code, fault.file) == (code, "people.csv")
    assert "row 8" in fault.message
    assert said in fault.message
    assert "Zq" not in fault.message
    assert "P9" not in fault.message


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ("P0,Zq,1,", "unknown-name", "somebody who is not in people.csv"),
        (",P0,1,", "missing-key", "does not say whose it is"),
        ("P3,P3,1,", "conflict", "with themselves"),
        ("P0,P1,1,", "conflict", "the same tie stands in an earlier row"),
        ("P3,P4,lots,", "out-of-range", "not a number above 0"),
        ("P3,P4,-1,", "out-of-range", "not a number above 0"),
        ("P3,P4,nan,", "out-of-range", "not a number above 0"),
        ("P3,P4,1e999,", "out-of-range", "not a number above 0"),
        ("P3,P4,1,Zq", "unknown-name", "the kind of tie is none of"),
    ],
)
def test_a_faulty_tie_is_named(apart: Path, row: str, code: str, said: str) -> None:
    (fault,) = refused(apart, HEAD + GOOD, TIES + "P0,P1,1,family\n" + row + "\n")
    assert (fault.code, fault.file) == (code, "ties.csv")
    assert "row 3" in fault.message
    assert said in fault.message
    assert "Zq" not in fault.message


def test_all_faults_of_both_files_are_told_together(apart: Path) -> None:
    people = HEAD + GOOD + ",G1,Runner,Heroin,,\nP8,G1,Wizard,Heroin,,200\n"
    faults = refused(apart, people, TIES + "P0,P77,x,\n")
    assert [fault.key for fault in faults] == ["row 8", "row 9", "row 9", "row 2", "row 2"]


def test_a_thousand_faults_are_listed_and_the_rest_counted(apart: Path) -> None:
    faults = refused(apart, HEAD + ",G1,Runner,Heroin,,\n" * 1500)
    assert len(faults) == 1001
    assert "500 more faults" in faults[-1].message


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "empty-file", "empty"),
        (b"\n \n", "empty-file", "empty"),
        (HEAD.encode(), "empty-file", "a header and no rows"),
        ((HEAD + GOOD).encode("utf-16"), "not-text", "row 1"),
        ((HEAD + GOOD + "P9,G1,Runner,Heroin,Caf\xe9,\n").encode("latin-1"), "not-text", "row 8"),
        (b"a,b\n1,\x00\n", "not-text", "row 2"),
        (b"OCG,OCG\nG1,G1\n", "conflict", "row 1"),
        ((",".join(f"c{n}" for n in range(300)) + "\n1\n").encode(), "too-large", "300 columns"),
        (b"Colour,Shape\nred,round\n", "missing-key", "--column person=HEADER"),
        ((HEAD + "P1,G1,,Heroin,,\nP2,G1,,Heroin,,\n").encode(), "out-of-range", "about individuals"),
    ],
)
def test_a_file_that_is_no_table_is_refused(apart: Path, data: bytes, code: str, said: str) -> None:
    fault = refused(apart, data)[0]
    assert fault.code == code
    assert said in fault.message


def test_a_huge_file_is_refused_before_it_is_read(apart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_BYTES", 100)
    (fault,) = refused(apart, HEAD + GOOD)
    assert fault.code == "too-large"


def test_a_file_that_is_not_there_is_not_found(apart: Path) -> None:
    with pytest.raises(SpannerError) as caught:
        api.import_network(apart / "absent.csv", "tried")
    assert caught.value.code == "not-found"


GRAPH = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="group" attr.type="string"/>
  <key id="d1" for="node" attr.name="market" attr.type="string"/>
  <graph edgedefault="undirected">{body}</graph>
</graphml>"""
NODES = "".join(f'<node id="P{n}"><data key="d0">G1</data><data key="d1">Fraud</data></node>' for n in range(6))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><graphml/>', "document type or entities"),
        ("<graphml><graph>", "is not XML"),
        ("<svg/>", "graphml element"),
        ("<graphml/>", "holds 0 graphs"),
        (GRAPH.format(body=""), "holds no nodes"),
        (GRAPH.format(body=NODES + '<node id="P0"><data key="d0">G1</data></node>'), "node 7"),
        (GRAPH.format(body=NODES + '<edge source="P0" target="P77"/>'), "edge 1"),
        (GRAPH.format(body=NODES + '<edge source="P0"/>'), "edge 1"),
        (GRAPH.format(body=NODES).replace("UTF-8", "ISO-8859-1"), "save it as UTF-8"),
    ],
)
def test_a_faulty_graph_is_refused(apart: Path, text: str, said: str) -> None:
    assert said in refused(apart, text, name="net.graphml")[0].message


@pytest.mark.parametrize(
    ("given", "code", "key"),
    [
        ({"columns": ["person"]}, "missing-key", "column"),
        ({"columns": ["persn=OCG"]}, "unknown-key", "column"),
        ({"columns": ["person=Nobody"]}, "unknown-name", "column person"),
        ({"columns": ["area=Ward"]}, "unknown-name", "column"),
        ({"columns": ["person=OCG", "group=OCG"]}, "bad-type", "column group"),
        ({"roles": ["Wizard=wizard"]}, "unknown-name", "role"),
        ({"roles": ["Wizard"]}, "missing-key", "role"),
        ({"market": "heroine"}, "unknown-name", "market"),
        ({"preset": "estat"}, "unknown-name", "preset"),
        ({"keep_days": 0}, "out-of-range", "keep-days"),
    ],
)
def test_a_bad_flag_is_refused(apart: Path, given: dict[str, object], code: str, key: str) -> None:
    fault = refused(apart, HEAD + GOOD, **given)[0]
    assert (fault.code, fault.key) == (code, key)


@pytest.mark.parametrize("name", ["", "Two Words", "x" * 65, "../out", "force", "import-0011223344556677"])
def test_a_bad_name_is_refused(apart: Path, name: str) -> None:
    path = invented.write(apart / "people.csv", invented.mapping(3, 4)[0])
    with pytest.raises(SpannerError) as caught:
        api.import_network(path, name)
    assert caught.value.key == "out"


PROFILE = "Ward,Population,Heroin,Fraud\nNorth,9000,3,1\n"


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ("North,9000,1,1", "conflict", "the same area stands in row 2"),
        (",9000,1,1", "missing-key", "no name"),
        ("South,many,1,1", "out-of-range", 'column "Population"'),
        ("South,9000,1.5,1", "out-of-range", 'column "Heroin"'),
        ("South,9000,-1,1", "out-of-range", 'column "Heroin"'),
        ("South,9000,1", "bad-syntax", "3 cells"),
    ],
)
def test_a_faulty_area_is_named(apart: Path, row: str, code: str, said: str) -> None:
    path = apart / "profile.csv"
    path.write_text(PROFILE + row + "\n", encoding="utf-8")
    with pytest.raises(SpannerError) as caught:
        api.import_profile(path, "tried")
    (fault,) = caught.value.errors
    assert fault.code == code
    assert "row 3" in fault.message
    assert said in fault.message


EXCEL = {
    "a byte order mark, semicolons and a comma for the point": (";", "\ufeff", "\r\n"),
    "its own line that says what separates": (";", "\ufeffsep=;\r\n", "\r\n"),
    "tabs": ("\t", "", "\n"),
    "lines that end as on an old machine": (",", "", "\r"),
}


@pytest.mark.parametrize("how", EXCEL)
def test_what_a_spreadsheet_writes_is_read(apart: Path, how: str) -> None:
    """However a spreadsheet writes a table, it is the same table, down to the columns it makes up and empty lines."""
    separator, before, end = EXCEL[how]

    lines = [line.replace(",", separator) + 2 * separator for line in (HEAD + GOOD).splitlines()]
    (apart / "people.csv").write_bytes((before + end.join([*lines, separator * 7, ""])).encode())
    weight = "0,4" if separator == ";" else "0.4"
    ties = f"From{separator}To{separator}Weight\nP0{separator}P1{separator}{weight}\n"
    (apart / "ties.csv").write_text(ties, encoding="utf-8")
    found = api.import_network(apart / "people.csv", "excel", apart / "ties.csv")
    assert (found.people, found.groups, found.ties) == (6, 1, 1)
    columns = read_columns(api.load("excel").imported)  # pyright: ignore[reportArgumentType]
    assert columns.strength.tolist() == pytest.approx([0.4])


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("people.csv", b"PK\x03\x04" + bytes(range(256)), "not-text", "save the sheet as CSV UTF-8"),
        ("people.xlsx", b"PK\x03\x04" + bytes(range(256)), "bad-type", "save the sheet as CSV UTF-8"),
        ("people.csv", b"Zq extract 2026,,,,,\n" + (HEAD + GOOD).encode(), "missing-key", "row 1 holds no column"),
        ("people.csv", GOOD.encode(), "missing-key", "row 1 holds no column"),
        ("people.csv", (HEAD + GOOD).replace("Area 1", "Caf\xe9 \x96 x").encode("cp1252", "replace"), "not-text", "row 2"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_text_is_told_with_what_to_do(
    apart: Path, name: str, data: bytes, code: str, said: str
) -> None:
    (fault,) = refused(apart, data, name=name)
    assert fault.code == code
    assert said in fault.message
    assert "Zq" not in str(fault.to_dict())
    assert "P0" not in str(fault.to_dict())


def test_a_folder_is_no_file(apart: Path) -> None:
    with pytest.raises(SpannerError) as caught:
        api.import_network(apart, "tried")
    assert "is a folder" in caught.value.message


def test_identifiers_that_nearly_agree_are_pointed_out(apart: Path) -> None:
    path = apart / "people.csv"
    path.write_text(HEAD + GOOD + "p0,G1,Runner,Heroin,Area 1,19\nP 1,G1,Runner,Heroin,Area 1,19\n", encoding="utf-8")
    found = api.import_network(path, "alike")
    assert found.people == 8
    assert any(note.startswith("2 identifiers differ from others only by case or spaces") for note in found.notes)


def test_identifiers_that_are_formulas_are_identifiers(apart: Path) -> None:
    path = apart / "people.csv"
    path.write_text(
        HEAD + GOOD.replace("P0", "=cmd()").replace("P1", "@SUM(A1)").replace("P2", "-1+1"), encoding="utf-8"
    )
    assert api.import_network(path, "formulas").people == 6
    held = b"".join(one.read_bytes() for one in (apart / "imports").rglob("*") if one.is_file())
    assert b"cmd" not in held
    assert b"SUM" not in held


def test_groups_of_one_and_of_five_hundred(apart: Path) -> None:
    rows = [f"P{n},G{n},Organiser,Heroin,," for n in range(7)] + [f"Q{n},H,Runner,Heroin,," for n in range(500)]
    path = apart / "people.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    found = api.import_network(path, "sizes")
    assert (found.groups, found.people) == (8, 507)
    assert api.run("sizes", weeks=4).series["people_active"].gt(0).all()


def test_a_hundred_thousand_rows_are_read(apart: Path) -> None:
    rows = [f"P{n:06d},G{n // 20},{'Organiser' if n % 20 == 0 else 'Runner'},Heroin,," for n in range(100_000)]
    ties = [f"P{n:06d},P{n - 1:06d},1," for n in range(100_000) if n % 20]
    people, edges = apart / "people.csv", apart / "ties.csv"
    people.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    edges.write_text(TIES + "\n".join(ties) + "\n", encoding="utf-8")
    found = api.import_network(people, "large", edges)
    assert (found.groups, found.people, found.ties) == (5_000, 100_000, 95_000)
    assert any("most of the others will fail" in note for note in found.notes)
