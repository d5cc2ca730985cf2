"""How numpy and FAISS use the processor's cores."""

import os


def keep_threads_from_spinning() -> None:
    """Let threads that wait sleep; to be called before numpy and FAISS are imported, which read this once.

    Threads that wait for work by spinning keep the cores from those that have some. The products of numpy are too small here
    to be shared out among cores, and what FAISS shares out is soon done.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
