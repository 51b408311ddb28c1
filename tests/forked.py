"""Processes that are forked from one that has loaded what they share, which would take each of them a second."""

import multiprocessing
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from typing import Any


def forked_from(module: str) -> ForkServerContext:
    """Have new processes forked from one that has loaded this module.

    Python has one such server a process, and what it loads is settled when it starts: that of another module is ended.
    """
    context = multiprocessing.get_context("forkserver")
    server: Any = vars(forkserver)["_forkserver"]
    if server._preload_modules != [module]:
        server._stop()
        context.set_forkserver_preload([module])
    return context
