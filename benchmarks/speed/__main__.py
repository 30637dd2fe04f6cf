"""Start measuring with one thread: ``python -m benchmarks.speed``, or with the names of some activations."""

import os
import sys


def main() -> None:
    """Tell numpy, torch and jax to use one thread, which they read while they are loaded; then load and measure."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    if hasattr(os, "sched_setaffinity"):  # Linux: whatever else would start a thread, it gets no second processor
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from benchmarks.speed.report import measure_and_write

    measure_and_write(sys.argv[1:])


main()
