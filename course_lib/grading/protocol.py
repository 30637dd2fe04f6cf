"""How the judge and an answer's process talk: questions as plain data, replies as numbers in a fixed form.

Both sides import this module. What comes from an answer's process is read by `read_reply` alone: fixed fields, raw
little-endian numbers and short texts, each length checked before it is used; no JSON, no pickle, nothing nested.
"""

import json
import math
import socket
import struct
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: The dtypes that can be sent, by their code.
DTYPES = tuple(
    np.dtype(f"<{kind}") for kind in ("f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "b1")
)

#: What a reply says happened; the first means that there are values.
TROUBLES = ("", "unfinished", "raises", "returns_none", "not_an_array", "wrong_arguments", "no_function")

MAX_DIMENSIONS, MAX_ARRAYS, MAX_TEXTS, MAX_TEXT = 8, 16, 10, 2000
# The lengths of an empty array, but for those that are 0, multiplied.
_LARGEST_EMPTY = 2**20

_LENGTH = struct.Struct("<I")
_REPLY = struct.Struct("<BBIQBB")
_TEXT = struct.Struct("<H")
_ARRAY = struct.Struct("<BB")


class Nonsense(ValueError):
    """What came back is not a reply."""


class TooLong(Nonsense):
    """A reply has more bytes than are allowed."""


class Silence(EOFError):
    """The other side has gone."""


@dataclass(frozen=True)
class RawReply:
    """A reply as it came, with nothing believed but its form.

    Attributes
    ----------
    trouble : str
        One of `TROUBLES`; empty where there are values.
    flags : int
        Bits; their meaning depends on the question.
    changed : int
        Bit i says that argument i was changed.
    held : int
        Bytes that the call held at once, where that was asked for.
    texts : tuple of str
        The sentence on the trouble first.
    values : tuple of arrays
        In the machine's own byte order.
    """

    trouble: str = ""
    flags: int = 0
    changed: int = 0
    held: int = 0
    texts: tuple[str, ...] = ()
    values: tuple[NDArray[Any], ...] = ()


# --- replies: from the answer's process, hostile ------------------------------------------------------------------


def write_reply(reply: RawReply) -> bytes:
    """Return the bytes of a reply; long texts are cut, long doubles become doubles."""
    texts, arrays = reply.texts[:MAX_TEXTS], reply.values[:MAX_ARRAYS]
    fixed = (TROUBLES.index(reply.trouble), reply.flags, reply.changed, min(max(reply.held, 0), 2**63))
    pieces = [_REPLY.pack(*fixed, len(texts), len(arrays))]
    for text in texts:
        encoded = text[:MAX_TEXT].encode("utf-8", "replace")[: 2 * MAX_TEXT]
        pieces += [_TEXT.pack(len(encoded)), encoded]
    for array in arrays:
        array = np.asarray(array)
        dtype = array.dtype.newbyteorder("<")
        if dtype not in DTYPES:
            dtype = DTYPES[0]
        pieces += [
            _ARRAY.pack(DTYPES.index(dtype), array.ndim),
            struct.pack(f"<{array.ndim}I", *array.shape),
            array.astype(dtype).tobytes(),
        ]
    return b"".join(pieces)


def read_reply(content: bytes) -> RawReply:
    """Return the reply in `content`, which may be anything.

    Raises
    ------
    Nonsense
        If it is not a reply, to the last byte.
    """
    reader = _Reader(content)
    code, flags, changed, held, text_count, array_count = _REPLY.unpack(reader.take(_REPLY.size))
    if code >= len(TROUBLES) or text_count > MAX_TEXTS or array_count > MAX_ARRAYS:
        raise Nonsense
    texts = []
    for _ in range(text_count):
        (length,) = _TEXT.unpack(reader.take(_TEXT.size))
        texts.append(reader.take(length).decode("utf-8", "replace")[:MAX_TEXT])
    values = tuple(_read_array(reader) for _ in range(array_count))
    if reader.left or (bool(TROUBLES[code]) and values):
        raise Nonsense
    return RawReply(TROUBLES[code], flags, changed, held, tuple(texts), values)


class _Reader:
    """Gives the bytes of a reply piece by piece, and never more than there are."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = memoryview(content), 0

    @property
    def left(self) -> int:
        return len(self._content) - self._at

    def take(self, count: int) -> bytes:
        if count > self.left:
            raise Nonsense
        self._at += count
        return bytes(self._content[self._at - count : self._at])


def _read_array(reader: _Reader) -> NDArray[Any]:
    code, dimensions = _ARRAY.unpack(reader.take(_ARRAY.size))
    if code >= len(DTYPES) or dimensions > MAX_DIMENSIONS:
        raise Nonsense
    shape = struct.unpack(f"<{dimensions}I", reader.take(4 * dimensions))
    size = 1
    for length in shape:
        size *= length  # Python's own whole numbers: they do not overflow
    if size > reader.left:
        raise Nonsense  # also where a shape is huge and empty, such as (0, 4e9, 4e9)
    if size == 0 and math.prod(max(length, 1) for length in shape) > _LARGEST_EMPTY:
        raise Nonsense  # numpy makes no array of it, or none of what is computed from it
    dtype = DTYPES[code]
    array = np.frombuffer(reader.take(size * dtype.itemsize), dtype=dtype).reshape(shape)
    return (array.view(np.uint8) != 0) if dtype.kind == "b" else array.astype(dtype.newbyteorder("="))


# --- questions: from the judge, trusted ---------------------------------------------------------------------------


def write_question(kind: str, arrays: Iterable[NDArray[Any]] = (), **fields: Any) -> bytes:
    """Return the bytes of a question: plain data, and arrays."""
    body = write_reply(RawReply(values=tuple(arrays)))
    head = json.dumps({"kind": kind, **fields}).encode()
    return _LENGTH.pack(len(head)) + head + body


def read_question(content: bytes) -> tuple[dict[str, Any], tuple[NDArray[Any], ...]]:
    """Return the plain data and the arrays of a question; only for what comes from the judge."""
    (length,) = _LENGTH.unpack(content[: _LENGTH.size])
    end = _LENGTH.size + length
    return json.loads(content[_LENGTH.size : end]), read_reply(content[end:]).values


def write_arguments(
    arguments: Iterable[Any], name_of: Callable[[Any], str]
) -> tuple[list[dict[str, Any]], list[NDArray[Any]]]:
    """Return arguments as plain data, and the arrays among them; of a function only its name is sent."""
    arrays: list[NDArray[Any]] = []

    def written(argument: Any) -> dict[str, Any]:
        if isinstance(argument, np.ndarray | np.generic):
            arrays.append(np.asarray(argument))
            return {"array" if isinstance(argument, np.ndarray) else "scalar": len(arrays) - 1}
        if isinstance(argument, list):
            return {"list": [written(each) for each in argument]}
        if callable(argument):
            return {"function": name_of(argument)}
        return {"plain": argument}

    return [written(argument) for argument in arguments], arrays


def read_arguments(written: Iterable[dict[str, Any]], arrays: Any, functions: dict[str, Any]) -> tuple[Any, ...]:
    """Return the arguments again."""

    def read(each: dict[str, Any]) -> Any:
        ((kind, value),) = each.items()
        if kind == "array":
            return arrays[value]
        if kind == "scalar":
            return arrays[value][()]
        if kind == "list":
            return [read(piece) for piece in value]
        return functions[value] if kind == "function" else value

    return tuple(read(each) for each in written)


# --- the way there and back ---------------------------------------------------------------------------------------


def send(channel: socket.socket, content: bytes) -> None:
    """Send one message."""
    channel.sendall(_LENGTH.pack(len(content)) + content)


def receive(channel: socket.socket, longest: int, seconds: float | None = None) -> bytes:
    """Return one message.

    Parameters
    ----------
    channel : socket
        From where.
    longest : int
        How many bytes it may have.
    seconds : float, optional
        How long to wait for the whole of it; by default for ever.

    Raises
    ------
    TimeoutError
        If it has not come in time, though perhaps a part of it.
    Silence
        If the other side has gone.
    TooLong
        If it is longer than `longest`.
    """
    end = None if seconds is None else time.monotonic() + seconds
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size, end))
    if length > longest:
        raise TooLong
    return _exactly(channel, length, end)


def _exactly(channel: socket.socket, count: int, end: float | None) -> bytes:
    content = bytearray()
    while len(content) < count:
        if end is not None:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            channel.settimeout(left)
        try:
            piece = channel.recv(min(count - len(content), 2**18))
        except ConnectionError:
            piece = b""
        if not piece:
            raise Silence
        content += piece
    return bytes(content)
