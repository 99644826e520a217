"""The worker beside the server ends with it, however the server is asked to end."""

import os
import signal
import subprocess
import sys

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
    try:
        with pytest.raises((SystemExit, KeyboardInterrupt)), serving.worker_beside("sqlite:///x"):
            os.kill(os.getpid(), number)
        assert started[0].poll() is not None
    finally:
        for one, handler in kept.items():
            signal.signal(one, handler)
        started[0].kill()
