"""Worker processes that are killed, and replaced when they die."""

import ctypes
import multiprocessing
import random
import signal
from collections import Counter
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess

from tests.integration.exactly_once.worker import Job, work

_PROCESSES = multiprocessing.get_context("forkserver")
# A worker is forked from a process that has loaded everything, or it would spend its short life on that.
_PROCESSES.set_forkserver_preload(["tests.integration.exactly_once.preload"])


@dataclass(frozen=True)
class _Worker:
    process: ForkServerProcess
    busy: ctypes.c_bool


class Fleet:
    """Workers at the same job.

    Args:
        job: what they do.
        size: how many.
        rng: what is drawn from.
    """

    def __init__(self, job: Job, size: int, rng: random.Random) -> None:
        self._job = job
        self._rng = rng
        self._workers = [self._start() for _ in range(size)]
        self.story: Counter[str] = Counter()

    def kill_one(self) -> None:
        """Ends one of those that have a batch in hand, whatever they are at with it; if none has, any."""
        busy = [worker for worker in self._workers if worker.busy.value]
        self.story["killed with a batch in hand" if busy else "killed idle"] += 1
        self._rng.choice(busy or self._workers).process.kill()

    def replace_dead(self) -> None:
        """Starts a worker for each that died."""
        for i, worker in enumerate(self._workers):
            if not worker.process.is_alive():
                if (code := worker.process.exitcode or 0) >= 0:
                    raise RuntimeError(f"a worker ended by itself; its last words are in {self._job.log}")
                self.story[f"died of {signal.Signals(-code).name}"] += 1
                self._workers[i] = self._start()

    def stop(self) -> None:
        """Ends all."""
        for worker in self._workers:
            worker.process.kill()
            worker.process.join()

    def _start(self) -> _Worker:
        busy = _PROCESSES.RawValue(ctypes.c_bool, False)
        process = _PROCESSES.Process(target=work, args=(self._job, self._rng.getrandbits(32), busy), daemon=True)
        process.start()
        return _Worker(process, busy)
