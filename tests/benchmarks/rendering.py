"""One report's job, in a process that does nothing else: prints its seconds and the process's peak in MB.

python -m tests.benchmarks.rendering REPORT_ID
"""

import sys
from uuid import UUID

from functions.render_report.handler import handler
from tests.benchmarks.figures import peak_mb, seconds
from tests.gateway import Invocation
from tests.jobs import job

if __name__ == "__main__":
    taken = seconds(lambda: handler(job(UUID(sys.argv[1])), Invocation(remaining_ms=300_000)))
    print(taken, round(peak_mb(), 1))
