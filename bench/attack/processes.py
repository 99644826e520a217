"""Processes of the program itself, started and killed: worker, server, and whom they started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipe_sched.core.clock import Clock

HOST = "127.0.0.1"
Process = subprocess.Popen[bytes]


def start_worker(url: str, lease: float) -> Process:
    """A worker; its log is not shown. A short lease, so that what it leaves is soon taken up."""
    command = [sys.executable, "-m", "pipe_sched.work", "--store", url, f"--lease={lease}"]
    command += ["--beat=0.1", "--idle=0.05", "--reasons=1"]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


@contextmanager
def worker(url: str, lease: float = 30.0) -> Iterator[Process]:
    """A worker for as long as the block runs."""
    process = start_worker(url, lease)
    try:
        yield process
    finally:
        end(process)


def start_client(
    url: str, notes: Path, seed: str, edited: Clock, planned: Clock, share: float, port: int = 0
) -> Process:
    """Somebody who edits, through the pages if a port is given; see `client`."""
    command = [sys.executable, "-m", "bench.attack.client", "--store", url, "--seed", seed]
    command += ["--notes", str(notes), "--edited", str(edited), "--planned", str(planned)]
    return subprocess.Popen([*command, "--share", str(share), "--port", str(port)])


def start_program(url: str, port: int, log: Path) -> Process:
    """The pages with a worker beside them, as a premises starts them."""
    command = [str(Path(sys.executable).with_name("pipe-sched")), "serve", "--with-worker"]
    command += ["--store", url, "--port", str(port)]
    with log.open("ab") as out:
        return subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)


def end(process: Process, patience: float = 30.0) -> None:
    """Ask it to end, and see to it that it does."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def children(pid: int) -> list[int]:
    """The processes that this one has started."""
    with suppress(OSError):
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def family(pid: int) -> list[int]:
    """Everything below a process, the youngest first, and itself."""
    return [*(p for child in children(pid) for p in family(child)), pid]


def kill_all(*pids: int) -> None:
    """Kill -9 at one moment: all are stopped first, so that none sees another die."""
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, number)


def gone(pid: int) -> bool:
    """Whether the process has ended (a dead one that nobody has waited for counts)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def wait_for(what: Callable[[], bool], seconds: float, pause: float = 0.02) -> bool:
    """Whether it becomes true within so many seconds."""
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def answers(port: int, path: str = "/sign-in") -> bool:
    """Whether the page is answered with 200."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
