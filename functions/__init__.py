"""A package for each Lambda function.

What a function loads, it keeps: to look for garbage meanwhile takes up to a tenth of a cold start and finds none. The
first invocation (shared.mockupaws.invocation) has Python look for it again.
"""

import gc
import os

if "LAMBDA_TASK_ROOT" in os.environ:  # noqa: TID251 - before anything else is loaded
    gc.disable()
