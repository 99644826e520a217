"""The worker beside the server ends with it, however the server is asked to end."""

import os
import signal
import subprocess
import sys
import time

import pytest

from pipe_sched.cli import serving


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_server_that_is_asked_to_end_leaves_no_worker(name, monkeypatch):
    number = getattr(signal, name)
    kept = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    started = []
    real = subprocess.Popen

    def sleeper(_command, **more):
        started.append(real([sys.executable, "-c", "import time; time.sleep(60)"], **more))
        return started[0]

    monkeypatch.setattr(serving.subprocess, "Popen", sleeper)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where tests run unattended
    try:
        with pytest.raises((SystemExit, KeyboardInterrupt)), serving.worker_beside("sqlite:///x"):
            os.kill(os.getpid(), number)
        assert started[0].poll() is not None
    finally:
        for one, handler in kept.items():
            signal.signal(one, handler)
        started[0].kill()


def test_a_server_that_is_killed_leaves_no_worker(tmp_path):
    url = f"sqlite:///{tmp_path / 'pipe.db'}"
    code = (
        "import sys, time\n"
        "from pipe_sched.cli.serving import worker_beside\n"
        "with worker_beside(sys.argv[1]) as number:\n"
        "    print(number, flush=True)\n"
        "    time.sleep(60)\n"
    )
    server = subprocess.Popen([sys.executable, "-c", code, url], stdout=subprocess.PIPE, text=True)
    worker = int(server.stdout.readline())
    time.sleep(1)
    server.kill()
    server.wait()
    assert ended_within(worker, seconds=20)


def ended_within(number, seconds):
    """Whether the process is gone, or is a zombie that nobody waits for, in that time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with open(f"/proc/{number}/stat", encoding="utf-8") as stat:
                if stat.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False


def test_a_worker_beside_a_server_ends_without_a_word_of_trouble(tmp_path):
    url = f"sqlite:///{tmp_path / 'pipe.db'}"
    command = [sys.executable, "-m", "pipe_sched.work", "--store", url, "--tied"]
    worker = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert "worker started" in worker.stdout.readline()
    worker.terminate()
    assert worker.wait(timeout=20) == 0
    assert "Fatal" not in worker.stdout.read()
