"""Holds a Python program, and what it starts, to AVX2: `python -m tests.held_to_avx2 -m pytest tests/test_encoder.py`.

A processor with AVX-512 or VNNI then runs what one without them would run, at that one's speed. ONNX Runtime asks the
processor what it has with the instruction `cpuid`, when its first session opens. In the memory of this process alone each
of these instructions becomes a trap, whose handler asks the processor and leaves out what came after AVX2. Other
libraries have settings for that. For Linux on x86-64; nothing is written to disk but a hook in a temporary folder.
"""

import ctypes
import importlib.util
import mmap
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = {  # of numpy, OpenBLAS, FAISS, and torch with its libraries
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
    "OPENBLAS_CORETYPE": "Haswell",
    "FAISS_OPT_LEVEL": "AVX2",
    "ATEN_CPU_CAPABILITY": "avx2",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
}
CPUID, TRAP = b"\x0f\xa2", b"\xcc\x90"  # the latter: int3, nop
NEAR = 1024  # bytes
# push rbx; eax, ecx = [rdi], [rdi + 8]; cpuid; [rdi], [rdi + 4], [rdi + 8], [rdi + 12] = eax, ebx, ecx, edx; pop rbx; ret
ASK = bytes.fromhex("53 8b07 8b4f08 0fa2 8907 895f04 894f08 89570c 5b c3")
# Leaf 7 of cpuid, in the manual of Intel's instructions: the bits of AVX-512 in ebx and ecx, those and AMX's in edx.
NEWER = {"ebx": (16, 17, 21, 26, 27, 28, 30, 31), "ecx": (1, 6, 11, 12, 14), "edx": (2, 3, 8, 22, 23, 24, 25)}
REGISTERS = 40  # where a ucontext_t has them, in bytes
RBX, RDX, RAX, RCX = 11, 12, 13, 14  # their order
SA_SIGINFO = 4

Handler = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
Registers = ctypes.c_uint32 * 4  # eax, ebx, ecx, edx
_kept: list[object] = []  # what must live as long as the process


class SignalAction(ctypes.Structure):
    """`struct sigaction`."""

    _fields_ = (
        ("handler", Handler),
        ("mask", ctypes.c_byte * 128),
        ("flags", ctypes.c_int),
        ("restorer", ctypes.c_void_p),
    )


def possible() -> bool:
    """Whether this is a machine that it works on."""
    return (
        sys.platform == "linux"
        and os.uname().machine == "x86_64"
        and importlib.util.find_spec("onnxruntime") is not None
    )


def hold() -> None:
    """From now on, ONNX Runtime sees no more than AVX2 in this process; to be called before its first session."""
    spec = importlib.util.find_spec("onnxruntime")
    assert spec is not None
    assert spec.origin is not None
    (library,) = Path(spec.origin).parent.glob("capi/onnxruntime_pybind11_state*.so")
    ctypes.CDLL(str(library))
    _handle_traps()
    for line in Path("/proc/self/maps").read_text("ascii").splitlines():
        if line.endswith(str(library)) and " r-xp " in line:
            start, end = (int(each, 16) for each in line.split()[0].split("-"))
            _set_traps(start, end - start)


def _set_traps(start: int, size: int) -> None:
    """Among millions of instructions the two bytes come up by chance, too, but not three times near each other."""
    found = [match.start() for match in re.finditer(CPUID, ctypes.string_at(start, size))]
    for at in found:
        if sum(abs(other - at) < NEAR for other in found) >= 3:
            page = (start + at) // mmap.PAGESIZE * mmap.PAGESIZE
            _protect(page, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
            ctypes.memmove(start + at, TRAP, len(TRAP))
            _protect(page, mmap.PROT_READ | mmap.PROT_EXEC)


def _protect(page: int, rights: int) -> None:
    if ctypes.CDLL(None).mprotect(ctypes.c_void_p(page), ctypes.c_size_t(2 * mmap.PAGESIZE), rights):
        raise OSError("the pages of a library cannot be written")


def _handle_traps() -> None:
    code = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(ASK)
    ask = ctypes.CFUNCTYPE(None, ctypes.POINTER(Registers))(ctypes.addressof(ctypes.c_byte.from_buffer(code)))

    def answer(_signal: int, _info: int, context: int) -> None:
        place = (ctypes.c_uint64 * 16).from_address(context + REGISTERS)
        leaf, part = place[RAX] & 0xFFFFFFFF, place[RCX] & 0xFFFFFFFF
        asked = Registers(leaf, 0, part, 0)
        ask(ctypes.byref(asked))
        place[RAX], place[RBX], place[RCX], place[RDX] = known(leaf, part, *asked)

    action = SignalAction(Handler(answer), flags=SA_SIGINFO)
    if ctypes.CDLL(None).sigaction(signal.SIGTRAP, ctypes.byref(action), None):
        raise OSError("traps cannot be handled")
    _kept.extend((code, ask, action))


def known(leaf: int, part: int, eax: int, ebx: int, ecx: int, edx: int) -> tuple[int, int, int, int]:
    """What `cpuid` says, without what came after AVX2.

    >>> [hex(each) for each in known(7, 0, 1, 1 << 16 | 1 << 5, 1 << 11 | 1 << 9, 1 << 25 | 1 << 4)]
    ['0x1', '0x20', '0x200', '0x10']
    >>> known(7, 1, 0x30, 0, 0, 0), known(1, 0, 1, 2, 3, 4)
    ((0, 0, 0, 0), (1, 2, 3, 4))
    """
    if leaf != 7:
        return eax, ebx, ecx, edx
    if part:  # AVX-VNNI, products of bfloat16, and later ones
        return 0, 0, 0, 0
    ebx, ecx, edx = (
        value & ~sum(1 << bit for bit in NEWER[name]) for name, value in zip(NEWER, (ebx, ecx, edx), strict=True)
    )
    return eax, ebx, ecx, edx


def run(*arguments: str) -> int:
    """Run Python with these arguments, held, to its end; its exit code."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sitecustomize.py").write_text(
            "from tests import held_to_avx2\n\nheld_to_avx2.hold()\n", "utf-8"
        )
        paths = [folder, str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, **SETTINGS, "PYTHONPATH": os.pathsep.join(paths)}
        return subprocess.run([sys.executable, *arguments], env=environment).returncode


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
