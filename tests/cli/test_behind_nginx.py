"""Behind a real nginx with the file of docs/server: what gets in, and what does not."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from tests.conftest import CHROMIUM_FLAGS, ROOT, chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(
    not (NGINX and OPENSSL), reason="nginx or openssl is missing: install both, then run again."
)
NAME = "planner.example"
SERVE = "import sys; from pipe_sched.cli import main; sys.exit(main(sys.argv[1:]))"
SECRET = "s3cret-of-the-tests-with-32-letters-and-more"
MAIN = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/early.log crit;
events {{ worker_connections 64; }}
http {{
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s;
    include {folder}/pipe-sched.conf;
}}
"""


@dataclass(frozen=True)
class Place:
    """Where the proxy and the pages listen, and the folder of their logs."""

    plain: int
    tls: int
    pages: int
    folder: Path

    @property
    def host(self) -> str:
        return f"{NAME}:{self.tls}"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


def free_ports(number: int) -> list[int]:
    probes = [socket.socket() for _ in range(number)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def configure(place: Place) -> None:
    """The file of docs/server with its ports, paths and name's port replaced, and nothing else."""
    text = (ROOT / "docs" / "server" / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"listen 80\b", f"listen 127.0.0.1:{place.plain}", text)
    text = re.sub(r"listen 443\b", f"listen 127.0.0.1:{place.tls}", text)
    text = text.replace("https://planner.example$", f"https://{place.host}$")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{place.pages}")
    text = text.replace(f"/etc/ssl/{NAME}/", f"{place.folder}/")
    text = text.replace("/var/log/nginx/", f"{place.folder}/")
    (place.folder / "pipe-sched.conf").write_text(text, encoding="utf-8")
    (place.folder / "main.conf").write_text(MAIN.format(folder=place.folder), encoding="utf-8")


def certify(folder: Path) -> None:
    command = [str(OPENSSL), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """nginx and `pipe-sched serve --public-url`, both running."""
    place = Place(*free_ports(3), tmp_path_factory.mktemp("server"))
    certify(place.folder)
    configure(place)
    serve = [sys.executable, "-c", SERVE, "serve", "--public-url", f"https://{place.host}"]
    serve += ["--port", str(place.pages), "--store", f"sqlite:///{place.folder}/pipe.db"]
    proxy = [str(NGINX), "-p", str(place.folder), "-c", str(place.folder / "main.conf")]
    proxy += ["-e", str(place.folder / "early.log")]
    with (place.folder / "serve.log").open("wb") as log:
        running = [
            subprocess.Popen(serve, stdout=log, stderr=log, env={"PIPE_SCHED_SECRET": SECRET}),
            subprocess.Popen(proxy, stdout=log, stderr=log),
        ]
        try:
            for port in (place.plain, place.tls, place.pages):
                wait_for(port, place)
            yield place
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=30)


def wait_for(port: int, place: Place) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    logs = [p.read_text() for p in place.folder.glob("*.log")]
    pytest.fail(f"Nothing listens on {port}: {logs}", pytrace=False)


class ToHere(http.client.HTTPSConnection):
    """A connection to this computer that believes our certificate for our name."""

    def __init__(self, place: Place, name: str = NAME) -> None:
        trusting = ssl.create_default_context(cafile=str(place.folder / "fullchain.pem"))
        super().__init__(name, place.tls, context=trusting, timeout=30)
        self.trusting = trusting

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.sock = self.trusting.wrap_socket(plain, server_hostname=self.host)


def ask(
    connection: http.client.HTTPConnection, path: str, method: str = "GET", **more: Any
) -> Answer:
    connection.request(method, path, **more)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return Answer(answer.status, answer.headers, text)


def get(place: Place, path: str = "/", **headers: str) -> Answer:
    """A page as a browser asks for it: by name, under TLS, through the proxy."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(ToHere(place), path, headers={"Host": place.host, "Accept": "text/html", **named})


def straight(place: Place, path: str = "/", **headers: str) -> Answer:
    """A request to the pages' own port, past the proxy."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", place.pages, timeout=30)
    return ask(connection, path, headers=named)


def first_page(place: Place) -> Answer:
    """The page that somebody who has not signed in ends at."""
    answer = get(place)
    for _ in range(3):
        if answer.status not in (302, 303):
            break
        answer = get(place, answer.headers["Location"])
    return answer


def test_http_leads_to_https(place: Place) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", place.plain, timeout=30)
    answer = ask(connection, "/sites?x=1", headers={"Host": NAME})
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{place.host}/sites?x=1"


def test_a_page_is_served_with_the_headers_of_a_public_one(place: Place) -> None:
    answer = first_page(place)
    assert answer.status == 200
    assert "<h1" in answer.text
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Server"] == "nginx"  # and no version


def test_cookies_are_bound_to_this_host_and_to_tls(place: Place) -> None:
    cookies = first_page(place).headers.get_all("Set-Cookie") or []
    assert cookies
    for cookie in cookies:
        name, *flags = [part.strip() for part in cookie.split(";")]
        assert name.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/"} <= set(flags)
        assert {"SameSite=Lax", "SameSite=Strict"} & set(flags)
        assert not [flag for flag in flags if flag.startswith("Domain")]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X_Forwarded_For": "192.0.2.1"},
        {"X_Forwarded_Proto": "https"},
        {"X_Forwarded_For": "192.0.2.1", "X_Forwarded_Proto": "http"},
        {"Forwarded": "for=192.0.2.1;proto=https"},
    ],
)
def test_past_the_proxy_nothing_is_answered(place: Place, headers: dict[str, str]) -> None:
    answer = straight(place, Host=place.host, **headers)
    assert answer.status == 403
    assert "<h1" in answer.text


@pytest.mark.parametrize("host", ["evil.example", NAME, f"{NAME}:1", f"{NAME}.evil.example"])
def test_another_name_is_refused_by_the_pages_themselves(place: Place, host: str) -> None:
    trusted = {"X_Forwarded_For": "192.0.2.1", "X_Forwarded_Proto": "https"}
    assert straight(place, Host=place.host, **trusted).status != 400
    assert straight(place, Host=host, **trusted).status == 400


def test_another_name_is_refused_by_the_proxy(place: Place) -> None:
    answer = ask(ToHere(place), "/", headers={"Host": "evil.example"})
    assert answer.status == 421
    with pytest.raises(ssl.SSLError):
        ask(ToHere(place, "evil.example"), "/", headers={"Host": "evil.example"})


def log_lines(place: Place) -> list[dict[str, Any]]:
    lines = (place.folder / "serve.log").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def test_what_a_client_says_of_its_address_does_not_get_through(place: Place) -> None:
    """The pages are served by a small application that says where requests seem to come from."""
    code = (
        "import sys\n"
        "from flask import request\n"
        "from pipe_sched.cli.listening import Listening\n"
        "from pipe_sched.cli.plain_server import server_for\n"
        "from pipe_sched.web import create_app\n"
        "at = Listening(int(sys.argv[1]), public_url=sys.argv[2])\n"
        "app = create_app(sys.argv[3], public_url=at.public_url, SEES_FORWARDING=True)\n"
        "def where():\n"
        "    said = sorted(n for n in request.headers.keys() if 'orward' in n or 'Real' in n)\n"
        "    return ' '.join([str(request.remote_addr), request.scheme, *said])\n"
        "where.needs = 'see_health'\n"
        "app.add_url_rule('/where', 'where', where)\n"
        "server_for(app, at).run()\n"
    )
    port = free_ports(1)[0]
    other = Place(*free_ports(2), port, place.folder / "other")
    other.folder.mkdir()
    for name in ("privkey.pem", "fullchain.pem"):
        shutil.copy(place.folder / name, other.folder / name)
    configure(other)
    url = f"sqlite:///{other.folder}/pipe.db"
    proxy = [str(NGINX), "-p", str(other.folder), "-c", str(other.folder / "main.conf")]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(port), f"https://{other.host}", url],
            env={"PIPE_SCHED_SECRET": SECRET},
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        ),
        subprocess.Popen([*proxy, "-e", str(other.folder / "early.log")]),
    ]
    try:
        for one in (other.tls, port):
            wait_for(one, other)
        forged = get(
            other,
            "/where",
            X_Forwarded_For="203.0.113.9, 203.0.113.10",
            X_Forwarded_Proto="http",
            X_Forwarded_Host="evil.example",
            X_Real_IP="203.0.113.9",
            Forwarded="for=203.0.113.9",
        )
        assert forged.text == "127.0.0.1 https X-Forwarded-For X-Forwarded-Proto"
        passed_on = straight(
            other,
            "/where",
            Host=other.host,
            X_Forwarded_For="203.0.113.9, 198.51.100.7",
            X_Forwarded_Proto="https",
        )
        assert passed_on.text.startswith("198.51.100.7 https")
    finally:
        for process in running:
            process.terminate()
            process.wait(timeout=30)


@pytest.mark.parametrize("size", [1_130_000, 2 * 1024 * 1024, 8 * 1024 * 1024])
def test_an_upload_that_is_too_large_is_refused_in_words(place: Place, size: int) -> None:
    connection = ToHere(place)
    headers = {"Host": place.host, "Origin": f"https://{place.host}"}
    connection.putrequest("POST", "/workbook", skip_host=True)
    for name, value in {**headers, "Content-Length": str(size)}.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert "at most 1 MiB" in answer.read().decode()
    connection.close()


def test_a_form_is_taken_from_our_own_page_and_from_no_other(place: Place) -> None:
    def status(**headers: str) -> int:
        sent = {"Host": place.host, "Content-Type": "application/x-www-form-urlencoded", **headers}
        return ask(ToHere(place), "/weeks", "POST", body="week=2026-W49", headers=sent).status

    ours, theirs = f"https://{place.host}", f"https://evil.example:{place.tls}"
    assert status(Origin=ours) not in (200, 403)  # without its token, or unsigned: sent back
    assert status(Origin=theirs) == 403
    assert status(Origin=f"http://{place.host}") == 403
    assert status() == 403


def test_somebody_can_try_to_sign_in(place: Place) -> None:
    shown = get(place, "/sign-in")
    cookie = str(shown.headers["Set-Cookie"]).partition(";")[0]
    token = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', shown.text)[0]
    form = {"csrf_token": token, "email": "nobody@example.org", "password": "not one of ours"}
    headers = {
        "Host": place.host,
        "Cookie": cookie,
        "Origin": "null",  # what a browser says of a page that sends no referrer
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    answer = ask(ToHere(place), "/sign-in", "POST", body=urlencode(form), headers=headers)
    assert 'name="password"' in answer.text  # the form again, and no word of a form too old
    assert "too old" not in answer.text


def test_neither_log_holds_an_address_of_a_page(place: Place) -> None:
    get(place, "/feeds/CANARY-token?key=CANARY-key")
    straight(place, "/CANARY-past", Host=place.host)
    straight(place, "/CANARY-" + "x" * 40_000, Host=place.host)
    time.sleep(0.3)
    texts = [p.read_text(encoding="utf-8", errors="replace") for p in place.folder.glob("*.log")]
    assert any("GET 404" in text or "GET 30" in text for text in texts)
    assert not [text for text in texts if "CANARY" in text]
    assert [line for line in log_lines(place) if line["event"] == "request"]


def test_pages_that_are_down_are_said_to_be(place: Place, tmp_path: Path) -> None:
    down = Place(*free_ports(3), tmp_path)
    for name in ("privkey.pem", "fullchain.pem"):
        shutil.copy(place.folder / name, tmp_path / name)
    configure(down)
    proxy = [str(NGINX), "-p", str(tmp_path), "-c", str(tmp_path / "main.conf")]
    process = subprocess.Popen([*proxy, "-e", str(tmp_path / "early.log")])
    try:
        wait_for(down.tls, down)
        answer = get(down)
        assert answer.status == 503
        assert "pipe-sched is not running" in answer.text
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.mark.browser
def test_a_browser_signs_in_behind_the_proxy_and_finds_nothing_to_complain_of(
    place: Place, browser: Browser
) -> None:
    here = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    started = browser.browser_type.launch(
        executable_path=chromium_path(), args=[*CHROMIUM_FLAGS, here]
    )
    try:
        page = started.new_context(ignore_https_errors=True).new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"https://{place.host}/")
        page.fill("input[name=email]", "nobody@example.org")
        page.fill("input[name=password]", "not one of ours at all")
        page.get_by_role("button", name="Continue").click()
        page.wait_for_selector(".govuk-error-summary")
        assert page.url.startswith(f"https://{place.host}/sign-in")
        cookies = page.context.cookies()
        assert [c["name"] for c in cookies if not c["secure"] or not c["httpOnly"]] == []
        # The answer to a wrong password is no 200, and the browser says so.
        assert [c for c in complaints if "Failed to load resource" not in c] == []
    finally:
        started.close()
