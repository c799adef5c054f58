"""The child's side of `child`: limits first, then one letter after another until the parent closes the pipe."""

import gc
import json
import os
import resource
import struct
import sys
from typing import Any, BinaryIO

from asmo_support.channels.email import letter as letters
from asmo_support.channels.email.parse import parse
from asmo_support.lib.errors import Unreadable

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 5

_READY = b"!"
_HEAD = struct.Struct(">II")
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "ctypes.",
    "shutil.",
    "urllib.",
    "ftplib.",
    "smtplib.",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.kill",
)


def serve() -> None:
    """Answers frames on the standard streams."""
    confine()
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    target.write(_READY)
    target.flush()
    while head := source.read(_HEAD.size):
        if len(head) < _HEAD.size:
            return
        first, second = _HEAD.unpack(head)
        options, raw = json.loads(source.read(first)), source.read(second)
        _allow_cpu()
        _answer(target, raw, options)


def confine() -> None:
    """Little memory, no files, no network, no other programs. What is refused raises, and that ends the letter."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN) or (event == "open" and _writes(arguments)):
        raise PermissionError(event)


def _writes(arguments: tuple[Any, ...]) -> bool:
    mode = arguments[1] if len(arguments) > 1 else ""
    return isinstance(mode, str) and isinstance(arguments[0], str | bytes) and bool(set(mode) & set("wax+"))


def _allow_cpu() -> None:
    """Five seconds more than what is used up: the limit counts the life of the process, ours the letter."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, resource.RLIM_INFINITY))


def _answer(target: BinaryIO, raw: bytes, options: dict[str, Any]) -> None:
    facts, blobs = _read(raw, options)
    text = json.dumps(facts, ensure_ascii=True).encode()
    target.write(_HEAD.pack(len(text), sum(map(len, blobs))))
    target.write(text)
    target.writelines(blobs)
    target.flush()


def _read(raw: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    try:
        return letters.to_wire(parse(raw, authserv_id=str(options.get("authserv_id", ""))))
    except Unreadable as error:
        return {"unreadable": str(error)}, []
    except MemoryError:
        gc.collect()
        return {"unreadable": "out-of-memory"}, []
    except RecursionError:
        return {"unreadable": "too-deep"}, []
    except Exception as error:  # noqa: BLE001 - a defect of ours in the face of a strange letter: quarantine, not death
        return {"unreadable": "defective", "detail": type(error).__name__}, []
