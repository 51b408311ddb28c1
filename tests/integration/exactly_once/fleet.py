"""Worker processes that are killed, and replaced when they die."""

import ctypes
import random
import signal
from collections import Counter
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess

from tests.forked import forked_from
from tests.integration.exactly_once.worker import Job, work


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
        # They have loaded everything, or would spend their short lives on that.
        self._processes = forked_from("tests.integration.exactly_once.preload")
        self._workers = [self._start() for _ in range(size)]
        self._condemned = 0
        self.story: Counter[str] = Counter()

    def condemn_one(self) -> None:
        """Has one of those killed that have a batch in hand, as soon as one has."""
        self._condemned += 1

    def tend(self) -> None:
        """Kills whom it befalls, whatever they are at, and starts a worker for each that died."""
        busy = [worker for worker in self._workers if worker.busy.value and worker.process.is_alive()]
        for worker in self._rng.sample(busy, min(len(busy), self._condemned)):
            worker.process.kill()
            worker.process.join()
            self._condemned -= 1
            self.story["killed with a batch in hand"] += 1
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
        busy = self._processes.RawValue(ctypes.c_bool, False)
        process = self._processes.Process(target=work, args=(self._job, self._rng.getrandbits(32), busy), daemon=True)
        process.start()
        return _Worker(process, busy)
