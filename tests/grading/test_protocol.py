"""What comes from an answer's process may be anything: it is read as a reply, to the last byte, or refused."""

import socket
import struct
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_lib.grading.confinement.protocol import (
    DTYPES,
    MAX_DIMENSIONS,
    TROUBLES,
    Channel,
    Named,
    Nonsense,
    RawReply,
    Silence,
    TooLong,
    read_question,
    read_reply,
    write_question,
    write_reply,
)

ARRAYS = hnp.arrays(st.sampled_from(DTYPES), hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))


@given(st.lists(ARRAYS, max_size=3), st.lists(st.text(max_size=20), max_size=3))
def test_a_reply_comes_out_as_it_went_in(arrays, texts):
    reply = read_reply(write_reply(RawReply("", 3, 5, 7, tuple(texts), tuple(arrays))))
    assert (reply.flags, reply.changed, reply.held) == (3, 5, 7)
    assert [t.encode("utf-8", "replace") for t in texts] == [t.encode("utf-8", "replace") for t in reply.texts]
    for sent, came in zip(arrays, reply.values, strict=True):
        assert came.dtype == sent.dtype
        np.testing.assert_array_equal(came, sent)


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_whatever_comes_is_a_reply_or_nonsense(content):
    try:
        reply = read_reply(content)
    except Nonsense:
        return
    assert all(v.dtype.kind in "fiub" for v in reply.values)


@settings(max_examples=300)
@given(st.lists(ARRAYS, min_size=1, max_size=2), st.data())
def test_a_reply_with_changed_bytes_is_never_more_than_numbers(arrays, data):
    content = bytearray(write_reply(RawReply(texts=("a",), values=tuple(arrays))))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        reply = read_reply(bytes(content))
    except Nonsense:
        return
    assert sum(v.nbytes for v in reply.values) <= len(content)


def of_one_array(code: int, *shape: int, data: bytes = b"") -> bytes:
    head = write_reply(RawReply())[:-1] + b"\1"
    return head + struct.pack(f"<BB{len(shape)}I", code, len(shape), *shape) + data


@pytest.mark.parametrize(
    "content",
    [
        of_one_array(0, 2**32 - 1, 2**32 - 1, 2**32 - 1),
        of_one_array(0, 0, 2**32 - 1),
        of_one_array(0, *[1] * (MAX_DIMENSIONS + 1), data=bytes(8)),
        of_one_array(len(DTYPES), 1, data=bytes(8)),
        of_one_array(0, 2, data=bytes(15)),
        of_one_array(0, 1, data=bytes(9)),
        write_reply(RawReply()) + b"x",
        bytes([len(TROUBLES)]) + write_reply(RawReply())[1:],
        bytes([1]) + write_reply(RawReply(values=(np.ones(1),)))[1:],
        b"",
        b"[" * 100_000,
    ],
    ids=lambda content: f"{len(content)} bytes, {content[:24].hex()}",
)
def test_what_is_not_quite_a_reply_is_refused_at_once(content):
    start = time.monotonic()
    with pytest.raises(Nonsense):
        read_reply(content)
    assert time.monotonic() - start < 1


def test_truth_values_are_what_python_takes_them_for():
    (value,) = read_reply(of_one_array(DTYPES.index(np.dtype("?")), 3, data=bytes([0, 1, 200]))).values
    assert value.tolist() == [False, True, True]


def test_a_long_double_is_sent_as_a_double():
    (value,) = read_reply(write_reply(RawReply(values=(np.longdouble("1.5"),)))).values
    assert value.dtype == np.float64
    assert value == 1.5


def test_questions_keep_the_kinds_of_arguments():
    table = np.arange(6.0).reshape(2, 3)[:, ::2]
    sent = [table, np.float64(2.5), np.array(1, dtype=np.int8), 3, -1.5, float("inf"), [Named("f0"), Named("f1")]]
    kind, fields = read_question(write_question("call", arguments=sent, measured=False))
    came = fields["arguments"]
    assert (kind, fields["measured"]) == ("call", False)
    np.testing.assert_array_equal(came[0], table)
    assert [type(each) for each in came] == [type(each) for each in sent]
    assert came[2].dtype == np.int8
    assert came[3:] == sent[3:]


def test_a_message_that_trickles_is_not_waited_for():
    here, there = socket.socketpair()
    with here, there:
        there.sendall(struct.pack("<I", 100) + b"x" * 10)
        start = time.monotonic()
        with pytest.raises(TimeoutError):
            Channel(here).receive(1000, 0.2)
        assert time.monotonic() - start < 1


def test_a_long_message_is_refused_before_it_is_read_and_a_closed_end_is_noticed():
    here, there = socket.socketpair()
    with here:
        channel = Channel(here)
        with there:
            there.sendall(struct.pack("<I", 2**31))
            with pytest.raises(TooLong):
                channel.receive(1000, 1.0)
            Channel(there).send([b"whole"])
            assert channel.receive(1000, 1.0) == b"whole"
            there.sendall(b"\1")
        with pytest.raises(Silence):
            channel.receive(1000, 1.0)
        with pytest.raises(Silence):
            channel.send([b"to nobody"], 1.0)


def test_messages_that_come_together_are_told_apart_and_kept():
    here, there = socket.socketpair()
    with here, there:
        channel = Channel(here)
        assert not channel.has_more()
        Channel(there).send([b"first", b"", b"third" * 20_000])
        assert channel.receive(10**6, 1.0) == b"first"
        assert channel.has_more()
        assert channel.receive(10**6, 1.0) == b""
        assert channel.receive(10**6, 1.0) == b"third" * 20_000
        assert not channel.has_more()
