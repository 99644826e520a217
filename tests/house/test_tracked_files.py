"""Nothing that git keeps is bound to one machine or one place to download from."""

from __future__ import annotations

import json
import re

from tests.house.files import ROOT, name, tracked

# Written in pieces, so that this file does not find itself.
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "registry" + ".npmjs", "npmjs" + ".org")
OWN_PATHS = tuple(
    "/" + path for path in ("work/main", "work/shared", "work/.library", "opt/wheels")
)
ADDRESS = re.compile(r"https?://|file://|--(extra-)?index-url|--find-links")


def test_no_file_names_a_registry_or_a_path_of_the_machine_it_was_written_on() -> None:
    found = []
    for path in tracked():
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name(path)}: {word}" for word in (*HOSTS, *OWN_PATHS) if word in text]
    assert not found


def test_the_python_lock_holds_hashes_and_no_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not ADDRESS.findall(lock)
    pinned = re.findall(r"^\S+==", lock, re.MULTILINE)
    unhashed = [part for part in re.split(r"\n(?=\S)", lock) if "--hash=sha256:" not in part]
    assert pinned
    assert not unhashed


def test_the_node_lock_holds_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {place: facts for place, facts in lock["packages"].items() if place}
    assert packages
    assert not [place for place, facts in packages.items() if "resolved" in facts]
    assert all(facts["integrity"].startswith("sha512-") for facts in packages.values())


def test_govuk_frontend_is_exactly_the_version_its_templates_were_ported_from() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert package["devDependencies"]["govuk-frontend"] == "6.3.0"
    assert lock["packages"]["node_modules/govuk-frontend"]["version"] == "6.3.0"


def test_no_built_or_third_party_file_is_kept() -> None:
    kept = [name(path) for path in tracked() if {"vendor", "node_modules"} & set(path.parts)]
    assert not kept
