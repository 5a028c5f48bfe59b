"""The server answers its own pages only, says how it is, and gives out data without letting it run as a formula."""

from __future__ import annotations

import csv
import io
import re
import socket

import pandas as pd
import pytest

from dashboard.app import check_port, create_app, serve
from dashboard.downloads import as_csv, safe
from dashboard.jobs.request import Request
from dashboard.security import policy
from simulation.api import Conflict, NotFound, OutOfRange, PortOccupied, SpannerError, Unwritable
from tests.dashboard.made_up_model import made_up_model
from tests.dashboard.made_up_results import result

HOME = {"Host": "localhost:8050"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    return create_app(tmp_path_factory.mktemp("store"), model=made_up_model(), start=False)


def test_health_gives_version_and_queue(server):
    answer = server.test_client().get("/healthz", headers=HOME)
    assert answer.json == {"status": "ok", "version": "0.1.0", "queue": {"queued": 0, "running": 0}}


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "", "[::1"])
def test_another_name_for_this_machine_is_refused(server, host):
    assert server.test_client().get("/healthz", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9000", "[::1]:8050", "LOCALHOST:1"])
def test_loopback_is_answered(server, host):
    assert server.test_client().get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://localhost:9999"},
                                     {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])  # fmt: skip
def test_a_request_from_another_site_is_refused(server, headers):
    answer = server.test_client().post("/_dash-update-component", headers={**HOME, **headers}, json={})
    assert answer.status_code == 403


def test_the_policy_lets_nothing_in_from_elsewhere(server):
    page = server.test_client().get("/", headers=HOME)
    rules = dict(part.strip().split(" ", 1) for part in page.headers["Content-Security-Policy"].split(";"))
    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'self'( 'sha256-[A-Za-z0-9+/=]+')+", rules["script-src"])
    assert "unsafe" not in rules["script-src"]
    assert rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "http" not in policy([])


def test_the_page_names_no_other_host(server):
    text = server.test_client().get("/", headers=HOME).text
    assert '<html lang="en-GB"' in text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)


def test_charts_need_not_be_fetched_when_a_result_comes_in(server):
    client = server.test_client()
    found = re.search(r'<script src="(/[^"]*plotly[^"]*)" defer>', client.get("/", headers=HOME).text)
    assert found
    assert client.get(found[1], headers=HOME).status_code == 200


def test_the_scheme_is_set_before_anything_is_drawn(server):
    client = server.test_client()
    assert 'data-mantine-color-scheme="light"' in client.get("/", headers=HOME).text
    client.set_cookie("scheme", "dark", domain="localhost")
    assert 'data-mantine-color-scheme="dark"' in client.get("/", headers=HOME).text


def test_pages_are_compressed(server):
    client = server.test_client()
    scripts = re.findall(r'src="(/_dash-component-suites/[^"]+)"', client.get("/", headers=HOME).text)
    for path in ["/", "/_dash-dependencies", scripts[-1]]:
        assert client.get(path, headers={**HOME, "Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip", path


def test_the_data_behind_a_picture(server):
    services = server.extensions["spannerworks"]
    request = Request("comparison", "force", ("clear-hold-build",), 52, 8)
    run_id = request.run_id("f" * 32)
    services.results.write(run_id, result(request))
    answer = server.test_client().get(f"/download/{run_id}/table.csv", headers=HOME)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.mimetype == "text/csv"
    assert {"plan", "measure", "difference", "low", "high", "seed", "model_version"} <= set(rows[0])
    expected = result(request).table["difference"]
    assert [float(row["difference"]) for row in rows] == pytest.approx(expected.tolist())


@pytest.mark.parametrize(
    "path",
    ["/download/..%2f..%2fetc/table.csv", f"/download/{'0' * 32}/table.csv", f"/download/{'0' * 32}/secrets.csv"],
)
def test_there_is_nothing_else_to_download(server, path):
    answer = server.test_client().get(path, headers=HOME)
    assert answer.status_code == 404 or answer.mimetype == "text/html"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_cell_that_begins_like_a_formula_is_escaped(cell):
    assert safe(cell) == "'" + cell
    assert safe(-1.5) == -1.5
    assert safe(float("nan")) == ""


def test_a_hostile_plan_name_does_not_run_in_a_spreadsheet():
    found = result(Request("comparison", "force", ("clear-hold-build",), 52, 8))
    found.table.loc[0, "plan"] = '=HYPERLINK("http://evil.example")'
    assert list(csv.reader(io.StringIO(as_csv(found, "table"))))[1][0].startswith("'=")
    assert isinstance(found.table, pd.DataFrame)


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("no-such-machine.invalid", "no machine of that name is found"),
        ("name..with..gaps", "no machine of that name is found"),
        ("192.0.2.1", "is not an address of this machine"),
    ],
)
def test_an_address_that_is_not_here_is_not_called_an_occupied_port(host, said):
    with pytest.raises(NotFound) as caught:
        check_port(host, 8061)
    assert said in caught.value.message
    assert "in use" not in caught.value.message
    assert (caught.value.code, caught.value.exit_status) == ("not-found", 2)


def test_an_occupied_port_is_said_so_and_exits_with_2():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortOccupied) as caught:
            check_port("127.0.0.1", taken.getsockname()[1])
    assert caught.value.code == "port-occupied"
    assert caught.value.exit_status == 2
    assert isinstance(caught.value, SpannerError)
    with pytest.raises(OutOfRange):
        check_port("127.0.0.1", 70_000)


def test_it_is_not_served_to_others_unprotected():
    with pytest.raises(Conflict):
        serve(host="0.0.0.0", model=made_up_model())


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(Unwritable):
        create_app(blocked / "inside", model=made_up_model(), start=False)
