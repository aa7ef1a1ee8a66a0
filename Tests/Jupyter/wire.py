#!/usr/bin/env python3
"""Checks a kernel on the wire: `wire.py [--kernel plumb] [--program PATH] [NAME ...]`.

What `jupyter_kernel_test` leaves out: silent cells, aborted queues, interrupts, signatures, cursor
positions, malformed messages, the control channel while a cell runs, the end of the process. The
checks are the protocol's (https://jupyter-client.readthedocs.io/en/stable/messaging.html), so that
they run against other kernels too: `--kernel python3` for ipykernel.
"""
import argparse
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import zmq
from jupyter_client.manager import KernelManager
from jupyter_client.session import Session

SNIPPETS = {
    "plumb": {
        "value": "40 + 2",
        "text": "42",
        "hello": 'print("hello, world")',
        "set": "let kept = 41",
        "get": "kept + 1",
        "error": "1 // 0",
        "forever": "var i = 0; while true { i = i + 1 }",
        "lines": 'for i in 1..20000 { print(f"line {i}") }',
        "print_then_wait": 'print("early"); var i = 0; while true { i = i + 1 }',
        "print_then_fail": 'print("before"); 1 // 0',
        "print_then_value": 'print("before"); 42',
        "sleep": "var i = 0; while i < 100000 { i = i + 1 }",
        "complete": ("let 𝄞note = 1; uppe", "upper("),
        "complete_prefix": 'print("𝄞𝄞𝄞"); uppe',
        "inspect": "summarize",
        "incomplete": "runs |",
        "invalid": "1 +* 2",
        "expression": ("kept + 1", "1 // 0"),
    },
    "python3": {
        "value": "40 + 2",
        "text": "42",
        "hello": 'print("hello, world")',
        "set": "kept = 41",
        "get": "kept + 1",
        "error": "1 / 0",
        "forever": "while True: pass",
        "lines": 'for i in range(1, 20001): print(f"line {i}")',
        "print_then_wait": 'print("early")\nwhile True: pass',
        "print_then_fail": 'print("before"); 1 / 0',
        "print_then_value": 'print("before")\n42',
        "sleep": "import time; time.sleep(0.3)",
        "complete_prefix": 'print("𝄞𝄞𝄞"); sorte',
        "inspect": "sorted",
        "incomplete": "def f():",
        "invalid": "1 +* 2",
        "expression": ("kept + 1", "1 / 0"),
    },
}


class Kernel:
    """A running kernel and the sockets of one client."""

    def __init__(self, name, environment=None):
        self.name = name
        self.code = SNIPPETS[name]
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel(env={**os.environ, **(environment or {})})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=30)
        self.drain()

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    @property
    def pid(self):
        return self.manager.provisioner.process.pid

    def alive(self):
        return self.manager.is_alive()

    def channel(self, name):
        return getattr(self.client, f"{name}_channel")

    def send(self, kind, content=None, channel="shell", header=None, metadata=None):
        message = self.client.session.msg(kind, content or {}, metadata=metadata)
        message["header"].update(header or {})
        self.channel(channel).send(message)
        return message["header"]["msg_id"]

    def execute_later(self, code, **options):
        content = dict(code=code, silent=False, store_history=True, user_expressions={},
                       allow_stdin=False, stop_on_error=True)
        content.update(options)
        return self.send("execute_request", content)

    def reply(self, message_id, channel="shell", timeout=20):
        """The reply to a request; others are left out."""
        end = time.time() + timeout
        while True:
            message = self.channel(channel).get_msg(timeout=max(0.01, end - time.time()))
            if message["parent_header"].get("msg_id") == message_id:
                return message

    def outputs(self, message_id, timeout=20):
        """What is published for a request, from busy to idle."""
        found = []
        end = time.time() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.01, end - time.time()))
            if message["parent_header"].get("msg_id") != message_id:
                continue
            found.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return found

    def execute(self, code, timeout=20, **options):
        message_id = self.execute_later(code, **options)
        return self.reply(message_id, timeout=timeout), self.outputs(message_id, timeout)

    def request(self, kind, content=None, channel="shell", timeout=10):
        message_id = self.send(kind, content, channel)
        return self.reply(message_id, channel, timeout), self.outputs(message_id, timeout)

    def wait_until_busy(self, message_id, timeout=10):
        end = time.time() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.01, end - time.time()))
            if (message["parent_header"].get("msg_id") == message_id
                    and message["msg_type"] == "execute_input"):
                time.sleep(0.2)
                return

    def drain(self, seconds=0.2):
        """Everything that is published until nothing comes for a while."""
        found = []
        while True:
            try:
                found.append(self.client.get_iopub_msg(timeout=seconds))
            except Exception:
                return found

    def works(self):
        reply, outputs = self.execute(self.code["value"])
        assert reply["content"]["status"] == "ok", reply["content"]
        assert texts(outputs) == [self.code["text"]], texts(outputs)


def types(messages):
    return [m["msg_type"] for m in messages]


def states(messages):
    return [m["content"]["execution_state"] for m in messages if m["msg_type"] == "status"]


def texts(messages):
    return [m["content"]["data"]["text/plain"] for m in messages
            if m["msg_type"] in ("execute_result", "display_data")]


def streamed(messages):
    return "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream")


CHECKS = []


def check(text, only=None, fresh=False):
    """A check; `fresh` for those that need a kernel of their own."""
    def register(function):
        CHECKS.append((function.__name__, text, function, only, fresh))
        return function
    return register


# Who is there


@check("kernel_info on the shell channel names the language")
def info_on_shell(k):
    reply, _ = k.request("kernel_info_request")
    content = reply["content"]
    assert content["status"] == "ok"
    for key in ("protocol_version", "implementation", "implementation_version", "banner",
                "language_info"):
        assert key in content, key
    for key in ("name", "version", "mimetype", "file_extension"):
        assert content["language_info"].get(key), key


@check("kernel_info on the control channel says the same")
def info_on_control(k):
    shell, _ = k.request("kernel_info_request")
    control, outputs = k.request("kernel_info_request", channel="control")
    assert shell["content"] == control["content"]
    assert states(outputs) == ["busy", "idle"]


@check("protocol 5.5 is announced")
def protocol_version(k):
    reply, _ = k.request("kernel_info_request")
    assert reply["content"]["protocol_version"] == "5.5", reply["content"]["protocol_version"]
    assert isinstance(reply["content"].get("supported_features"), list)


@check("a new listener is welcomed before anything else", fresh=True)
def iopub_welcome(k):
    context = zmq.Context.instance()
    listener = context.socket(zmq.SUB)
    listener.linger = 0
    listener.subscribe(b"")
    info = k.manager.get_connection_info()
    listener.connect(f"tcp://{info['ip']}:{info['iopub_port']}")
    assert listener.poll(3000), "nothing came"
    frames = listener.recv_multipart()
    session = Session(key=info["key"])
    _, parts = session.feed_identities(frames)
    message = session.deserialize(parts)
    assert message["msg_type"] == "iopub_welcome", message["msg_type"]
    assert message["content"]["subscription"] == ""
    listener.close()


@check("the heartbeat echoes any bytes, also while a cell runs")
def heartbeat(k):
    message_id = k.execute_later(k.code["forever"])
    k.wait_until_busy(message_id)
    info = k.manager.get_connection_info()
    beat = zmq.Context.instance().socket(zmq.REQ)
    beat.linger = 0
    beat.connect(f"tcp://{info['ip']}:{info['hb_port']}")
    for payload in (b"ping", b"", b"\x00\xff" * 100):
        beat.send(payload)
        assert beat.poll(1000), "no echo"
        assert beat.recv() == payload
    beat.close()
    k.send("interrupt_request", channel="control")
    k.reply(message_id)


# Headers


@check("headers have an own session, a date with a zone, and the version")
def headers(k):
    reply, outputs = k.execute(k.code["value"])
    for message in [reply, *outputs]:
        header = message["header"]
        assert header["session"] != k.client.session.session
        assert header["date"].tzinfo is not None
        assert header["version"].startswith("5.")
        assert header["msg_type"] == message["msg_type"]


@check("message ids are unique")
def unique_ids(k):
    seen = []
    for _ in range(5):
        reply, outputs = k.execute(k.code["hello"])
        seen += [m["header"]["msg_id"] for m in [reply, *outputs]]
    assert len(set(seen)) == len(seen)


@check("the parent header is the request's, unknown fields and all")
def parents(k):
    message_id = k.send("kernel_info_request", header={"x_unknown": {"deep": [1, "ü"]}})
    reply = k.reply(message_id)
    assert reply["parent_header"]["x_unknown"] == {"deep": [1, "ü"]}
    for message in k.outputs(message_id):
        assert message["parent_header"]["x_unknown"] == {"deep": [1, "ü"]}


# Busy and idle


@check("busy comes first and idle last around every request")
def busy_idle(k):
    requests = [
        ("kernel_info_request", {}), ("comm_info_request", {}),
        ("complete_request", {"code": "", "cursor_pos": 0}),
        ("is_complete_request", {"code": "1"}),
        ("inspect_request", {"code": "x", "cursor_pos": 0, "detail_level": 0}),
        ("history_request", {"hist_access_type": "tail", "n": 1, "raw": True, "output": False}),
    ]
    for kind, content in requests:
        _, outputs = k.request(kind, content)
        assert states(outputs) == ["busy", "idle"], (kind, states(outputs))


@check("an unknown request is answered by busy and idle, and forgotten")
def unknown_request(k):
    for channel in ("shell", "control"):
        message_id = k.send("no_such_request", {}, channel)
        assert states(k.outputs(message_id)) == ["busy", "idle"]
    k.works()


@check("a message of a comm that nobody has is answered by busy and idle")
def comm_message(k):
    for kind in ("comm_msg", "comm_close"):
        message_id = k.send(kind, {"comm_id": "nobody", "data": {}})
        assert states(k.outputs(message_id)) == ["busy", "idle"]


@check("a comm of an unknown target is closed at once")
def comm_open(k):
    message_id = k.send("comm_open", {"comm_id": "c1", "target_name": "no.such", "data": {}})
    outputs = k.outputs(message_id)
    closes = [m for m in outputs if m["msg_type"] == "comm_close"]
    assert len(closes) == 1 and closes[0]["content"]["comm_id"] == "c1"


@check("comm_info lists no comms")
def comm_info(k):
    reply, _ = k.request("comm_info_request", {"target_name": "none"})
    assert reply["content"] == {"status": "ok", "comms": {}}


@check("a subshell that does not exist is ignored")
def subshell(k):
    message_id = k.send("kernel_info_request", header={"subshell_id": "none"})
    assert k.reply(message_id)["content"]["status"] == "ok"
    k.outputs(message_id)


# Cells


@check("counting begins at 1 and goes on by 1", fresh=True)
def counts(k):
    for expected in (1, 2, 3):
        reply, outputs = k.execute(k.code["value"])
        assert reply["content"]["execution_count"] == expected
        result = next(m for m in outputs if m["msg_type"] == "execute_result")
        entered = next(m for m in outputs if m["msg_type"] == "execute_input")
        assert result["content"]["execution_count"] == expected
        assert entered["content"]["execution_count"] == expected
        assert entered["content"]["code"] == k.code["value"]


@check("a cell gives busy, its input, its result, idle, in this order")
def order(k):
    _, outputs = k.execute(k.code["value"])
    assert types(outputs) == ["status", "execute_input", "execute_result", "status"]


@check("a reply has a payload and user_expressions")
def reply_members(k):
    reply, _ = k.execute(k.code["value"])
    assert reply["content"]["payload"] == []
    assert reply["content"]["user_expressions"] == {}


@check("a silent cell publishes nothing and does not count")
def silent(k):
    before, _ = k.execute(k.code["value"])
    reply, outputs = k.execute(k.code["hello"], silent=True)
    assert types(outputs) == ["status", "status"], types(outputs)
    assert reply["content"]["status"] == "ok"
    after, _ = k.execute(k.code["value"])
    assert after["content"]["execution_count"] == before["content"]["execution_count"] + 1


@check("a silent result and a silent error are not published")
def silent_error(k):
    for code in (k.code["value"], k.code["error"]):
        _, outputs = k.execute(code, silent=True)
        assert types(outputs) == ["status", "status"], types(outputs)


@check("a cell without history does not count")
def no_history(k):
    before, _ = k.execute(k.code["value"])
    _, outputs = k.execute(k.code["value"], store_history=False)
    assert "execute_input" in types(outputs)
    after, _ = k.execute(k.code["value"])
    assert after["content"]["execution_count"] == before["content"]["execution_count"] + 1


@check("an empty cell is fine")
def empty_cell(k):
    for code in ("", "   ", "\n\n", "# a comment"):
        reply, outputs = k.execute(code)
        assert reply["content"]["status"] == "ok"
        assert "error" not in types(outputs)


@check("state lasts from cell to cell")
def state(k):
    k.execute(k.code["set"])
    _, outputs = k.execute(k.code["get"])
    assert texts(outputs) == ["42"]


@check("user_expressions have an outcome each")
def user_expressions(k):
    k.execute(k.code["set"])
    good, bad = k.code["expression"]
    reply, _ = k.execute("", user_expressions={"good": good, "bad": bad})
    results = reply["content"]["user_expressions"]
    assert results["good"]["status"] == "ok" and results["good"]["data"]["text/plain"] == "42"
    assert results["bad"]["status"] == "error" and results["bad"]["traceback"]
    assert results["bad"]["ename"] and results["bad"]["evalue"]


@check("an error is published once, and the reply says the same")
def error(k):
    reply, outputs = k.execute(k.code["error"])
    errors = [m["content"] for m in outputs if m["msg_type"] == "error"]
    assert len(errors) == 1
    for key in ("ename", "evalue", "traceback"):
        assert reply["content"][key] == errors[0][key]
        assert errors[0][key]
    assert reply["content"]["status"] == "error"
    assert "execution_count" in reply["content"]


@check("a traceback has no control characters but colors")
def traceback_colors(k):
    reply, _ = k.execute(k.code["error"])
    text = "\n".join(reply["content"]["traceback"])
    rest = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", rest)


@check("the first statement's output is a display, the last one's the result", only="plumb")
def results_of_statements(k):
    _, outputs = k.execute("1\n2\n3")
    assert types(outputs)[2:-1] == ["display_data", "display_data", "execute_result"]
    assert texts(outputs) == ["1", "2", "3"]


# Streams


@check("twenty thousand lines arrive, all of them, in few messages")
def many_lines(k):
    _, outputs = k.execute(k.code["lines"], timeout=60)
    assert streamed(outputs) == "".join(f"line {i}\n" for i in range(1, 20001))
    assert types(outputs).count("stream") < 200, types(outputs).count("stream")


@check("text that is printed arrives while the cell goes on")
def early_text(k):
    message_id = k.execute_later(k.code["print_then_wait"])
    end = time.time() + 2
    seen = ""
    while "early" not in seen:
        message = k.client.get_iopub_msg(timeout=max(0.01, end - time.time()))
        if message["msg_type"] == "stream":
            seen += message["content"]["text"]
    k.send("interrupt_request", channel="control")
    k.reply(message_id)
    k.drain()


@check("text comes before the result that follows it")
def text_before_result(k):
    _, outputs = k.execute(k.code["print_then_value"])
    assert [t for t in types(outputs) if t in ("stream", "execute_result")] == [
        "stream", "execute_result"]


@check("text comes before the error that follows it")
def text_before_error(k):
    _, outputs = k.execute(k.code["print_then_fail"])
    assert [t for t in types(outputs) if t in ("stream", "error")] == ["stream", "error"]


# A cell that fails stops the rest


@check("ten cells queued, the third fails: the rest is aborted")
def abort(k):
    codes = [k.code["sleep"], k.code["value"], k.code["error"]] + [k.code["value"]] * 7
    ids = [k.execute_later(code) for code in codes]
    replies = [k.reply(i)["content"]["status"] for i in ids]
    assert replies == ["ok", "ok", "error"] + ["aborted"] * 7, replies
    k.drain()


@check("an aborted cell's reply is its status alone, busy before and idle after")
def abort_reply(k):
    ids = [k.execute_later(code) for code in (k.code["sleep"], k.code["error"], k.code["value"])]
    replies = [k.reply(i) for i in ids]
    assert replies[2]["content"] == {"status": "aborted"}, replies[2]["content"]
    outputs = k.outputs(ids[2])
    assert types(outputs) == ["status", "status"], types(outputs)


@check("aborted cells do not count")
def abort_count(k):
    ids = [k.execute_later(code) for code in (k.code["sleep"], k.code["error"], k.code["value"])]
    count = k.reply(ids[1])["content"]["execution_count"]
    k.reply(ids[2])
    after, _ = k.execute(k.code["value"])
    assert after["content"]["execution_count"] == count + 1
    k.drain()


@check("with stop_on_error false the rest runs")
def no_abort(k):
    ids = [k.execute_later(k.code["sleep"]), k.execute_later(k.code["error"], stop_on_error=False),
           k.execute_later(k.code["value"])]
    assert [k.reply(i)["content"]["status"] for i in ids] == ["ok", "error", "ok"]
    k.drain()


@check("other requests among aborted cells are answered")
def abort_others(k):
    k.execute_later(k.code["sleep"])
    failing = k.execute_later(k.code["error"])
    question = k.send("complete_request", {"code": "", "cursor_pos": 0})
    aborted = k.execute_later(k.code["value"])
    assert k.reply(failing)["content"]["status"] == "error"
    answers = {}
    while len(answers) < 2:
        message = k.client.get_shell_msg(timeout=10)
        answers[message["parent_header"]["msg_id"]] = message["content"]["status"]
    assert answers[question] == "ok" and answers[aborted] == "aborted", answers
    k.drain()


@check("a cell sent in answer to an error runs, each of fifty times")
def after_error(k):
    for _ in range(50):
        failing = k.execute_later(k.code["error"])
        assert k.reply(failing)["content"]["status"] == "error"
        following = k.execute_later(k.code["value"])
        assert k.reply(following)["content"]["status"] == "ok"
    k.drain()


# Interrupts and control


def interrupted(k, stop, limit=1.0):
    k.execute(k.code["set"])
    message_id = k.execute_later(k.code["forever"])
    k.wait_until_busy(message_id)
    began = time.perf_counter()
    stop()
    reply = k.reply(message_id, timeout=5)
    seconds = time.perf_counter() - began
    assert reply["content"]["status"] == "error", reply["content"]
    assert seconds < limit, f"{seconds:.3f} s"
    k.drain()
    _, outputs = k.execute(k.code["get"])
    assert texts(outputs) == ["42"]


@check("an interrupt by message ends the cell within a second and keeps the state")
def interrupt_message(k):
    interrupted(k, lambda: k.send("interrupt_request", channel="control"))


@check("an interrupt by signal ends the cell within a second and keeps the state")
def interrupt_signal(k):
    interrupted(k, lambda: os.kill(k.pid, signal.SIGINT))


@check("an interrupt is answered at once", only="plumb")
def interrupt_reply(k):
    message_id = k.execute_later(k.code["forever"])
    k.wait_until_busy(message_id)
    reply, _ = k.request("interrupt_request", channel="control", timeout=1)
    assert reply["content"]["status"] == "ok"
    k.reply(message_id)
    k.drain()


@check("an interrupt between cells harms nothing", only="plumb")
def interrupt_idle(k):
    for _ in range(20):
        k.send("interrupt_request", channel="control")
        os.kill(k.pid, signal.SIGINT)
        k.works()
    assert k.alive()
    k.drain()


@check("an interrupt aborts the cells that wait")
def interrupt_queue(k):
    first = k.execute_later(k.code["forever"])
    others = [k.execute_later(k.code["value"]) for _ in range(3)]
    k.wait_until_busy(first)
    k.send("interrupt_request", channel="control") if k.name == "plumb" else os.kill(
        k.pid, signal.SIGINT)
    assert k.reply(first)["content"]["status"] == "error"
    assert [k.reply(i)["content"]["status"] for i in others] == ["aborted"] * 3
    k.drain()


@check("kernel_info is answered on control within a second while a cell runs")
def control_while_busy(k):
    message_id = k.execute_later(k.code["forever"])
    k.wait_until_busy(message_id)
    asked = k.send("kernel_info_request", channel="control")
    assert k.reply(asked, "control", timeout=1)["content"]["status"] == "ok"
    os.kill(k.pid, signal.SIGINT)
    k.reply(message_id)
    k.drain()


# Help while typing


@check("completion counts the cursor in Unicode scalars")
def complete_scalars(k):
    code = k.code["complete_prefix"]
    reply, _ = k.request("complete_request", {"code": code, "cursor_pos": len(code)})
    content = reply["content"]
    word = code[content["cursor_start"]:content["cursor_end"]]
    assert content["cursor_end"] == len(code) and word and code.endswith(word)
    assert any(m.startswith(word) for m in content["matches"]), content["matches"][:5]


@check("completion in the middle of a text looks at what stands before the cursor")
def complete_middle(k):
    code = k.code["complete_prefix"] + " + 1"
    position = len(k.code["complete_prefix"])
    reply, _ = k.request("complete_request", {"code": code, "cursor_pos": position})
    assert reply["content"]["cursor_end"] <= position
    assert reply["content"]["matches"]


@check("a cursor that is nowhere is survived")
def complete_hostile(k):
    for position in (-1, -10**9, 10**9, 2**53):
        reply, _ = k.request("complete_request", {"code": "é", "cursor_pos": position})
        assert reply["content"]["status"] in ("ok", "error")
    k.works()


@check("completions say what they are")
def complete_types(k):
    code = k.code["complete_prefix"]
    reply, _ = k.request("complete_request", {"code": code, "cursor_pos": len(code)})
    kinds = reply["content"]["metadata"]["_jupyter_types_experimental"]
    assert [x["text"] for x in kinds] == reply["content"]["matches"]
    assert all(x["type"] for x in kinds)


@check("columns of a table are completed", only="plumb")
def complete_columns(k):
    k.execute('let t = table([{alpha: 1, beta: 2}])')
    code = "t | where al"
    reply, _ = k.request("complete_request", {"code": code, "cursor_pos": len(code)})
    assert "alpha" in reply["content"]["matches"], reply["content"]["matches"]


@check("inspection explains a name")
def inspect(k):
    name = k.code["inspect"]
    reply, _ = k.request(
        "inspect_request", {"code": name, "cursor_pos": len(name) - 1, "detail_level": 0})
    content = reply["content"]
    assert content["status"] == "ok" and content["found"] and content["data"]["text/plain"]


@check("inspection of nothing finds nothing")
def inspect_nothing(k):
    for code in ("", "no_such_name_at_all", "   "):
        reply, _ = k.request(
            "inspect_request", {"code": code, "cursor_pos": len(code), "detail_level": 1})
        content = reply["content"]
        assert content["status"] == "ok" and content["found"] is False
        assert content["data"] == {} and content["metadata"] == {}


@check("complete, incomplete and invalid cells are told apart")
def is_complete(k):
    for code, expected in ((k.code["value"], "complete"), (k.code["incomplete"], "incomplete"),
                           (k.code["invalid"], "invalid")):
        reply, _ = k.request("is_complete_request", {"code": code})
        content = reply["content"]
        assert content["status"] == expected, (code, content)
        assert ("indent" in content) == (expected == "incomplete")


# History


def history(k, **content):
    reply, _ = k.request("history_request", {"raw": True, "output": False, **content})
    return reply["content"]["history"]


@check("the tail of the history is what was run last")
def history_tail(k):
    codes = [f"{i} + {i}" for i in range(100, 103)]
    for code in codes:
        k.execute(code)
    k.execute("7", silent=True)
    k.execute("8", store_history=False)
    assert [h[2] for h in history(k, hist_access_type="tail", n=3)] == codes


@check("the history of this session is session 0, or its number")
def history_range(k):
    k.execute("1000 + 1")
    session, line, code = history(k, hist_access_type="tail", n=1)[0]
    assert code == "1000 + 1"
    for asked in (0, session):
        found = history(k, hist_access_type="range", session=asked, start=line, stop=line + 1)
        assert [h[2] for h in found] == ["1000 + 1"], (asked, found)


@check("the history is searched with * and ?")
def history_search(k):
    for _ in range(2):
        k.execute("12345 + 6")
    found = history(k, hist_access_type="search", pattern="12?45*", n=10)
    assert [h[2] for h in found][-2:] == ["12345 + 6"] * 2
    once = history(k, hist_access_type="search", pattern="12?45*", n=10, unique=True)
    assert [h[2] for h in once] == ["12345 + 6"]


@check("the history has outputs when asked for them")
def history_output(k):
    k.execute(k.code["value"])
    entry = history(k, hist_access_type="tail", n=1, output=True)[0]
    assert entry[2] == [k.code["value"], k.code["text"]], entry


# Trust


@check("a wrong signature is refused")
def wrong_signature(k):
    forger = Session(key=b"not the key")
    info = k.manager.get_connection_info()
    dealer = zmq.Context.instance().socket(zmq.DEALER)
    dealer.linger = 0
    dealer.connect(f"tcp://{info['ip']}:{info['shell_port']}")
    forger.send(dealer, "kernel_info_request", {})
    Session(key=b"").send(dealer, "kernel_info_request", {})
    assert not dealer.poll(500), "a forged message was answered"
    dealer.close()
    k.works()


@check("ten thousand random and malformed messages are survived")
def malformed(k):
    info = k.manager.get_connection_info()
    signer = Session(key=info["key"])
    generator = random.Random(1)
    context = zmq.Context.instance()
    sockets = []
    for name in ("shell", "control", "stdin"):
        dealer = context.socket(zmq.DEALER)
        dealer.linger = 0
        dealer.connect(f"tcp://{info['ip']}:{info[name + '_port']}")
        sockets.append(dealer)

    def noise(size):
        return bytes(generator.randrange(256) for _ in range(generator.randrange(size)))

    texts = [b"{}", b"[]", b"null", b'"x"', b"{", b'{"a":1,"a":2}', b"[" * 5000, b'{"code":5}',
             b'{"msg_type":"execute_request"}', b'{"msg_type":7,"msg_id":[]}', b"\xff\xfe", b""]
    for index in range(10000):
        parts = [generator.choice(texts + [noise(60)]) for _ in range(generator.randrange(7))]
        if index % 3 == 0:
            frames = parts or [b""]
        else:
            while len(parts) < 4:
                parts.append(b"{}")
            if index % 3 == 1:
                kind = generator.choice(["execute", "complete", "inspect", "history", "is_complete",
                                         "comm_info", "none"])
                parts[0] = (b'{"msg_id":"x%d","msg_type":"%s_request"}'
                            % (index, kind.encode()))
            signature = signer.sign(parts[:4])
            frames = [noise(8), b"<IDS|MSG>", signature, *parts]
        generator.choice(sockets).send_multipart(frames)
    for dealer in sockets:
        dealer.close()
    deadline = time.time() + 60
    message_id = k.execute_later(k.code["value"])
    k.reply(message_id, timeout=max(1, deadline - time.time()))
    assert k.alive()
    k.drain(0.5)
    k.works()


@check("plain connections and greetings that break off are survived")
def port_probes(k):
    info = k.manager.get_connection_info()
    for name in ("shell", "iopub", "control", "stdin", "hb"):
        for payload in (b"", b"GET / HTTP/1.1\r\n\r\n", b"\xff\x00\x00\x00", os.urandom(200)):
            probe = socket.create_connection((info["ip"], info[name + "_port"]))
            probe.sendall(payload)
            probe.close()
    time.sleep(0.2)
    k.works()


@check("a cell of two thousand open brackets is an error like others")
def deep_cell(k):
    reply, _ = k.execute("(" * 2000)
    assert reply["content"]["status"] == "error"
    k.works()


@check("a cell of a megabyte is read")
def long_cell(k):
    reply, outputs = k.execute("#" * 1_000_000 + "\n" + k.code["value"])
    assert texts(outputs) == [k.code["text"]]


@check("markup in data is escaped", only="plumb")
def markup(k):
    _, outputs = k.execute(
        'table([{`<img src=x onerror=alert(1)>`: "<script>alert(1)</script>&\\"\'"}])')
    html = outputs[2]["content"]["data"]["text/html"]
    assert "<img" not in html and "<script" not in html
    assert "&lt;script&gt;" in html and "&lt;img" in html


@check("control characters in data do not reach text", only="plumb")
def control_characters(k):
    _, outputs = k.execute('table([{a: "\\u{1b}[31mred"}])\nprint("\\u{1b}[2J")')
    text = texts(outputs)[0] + streamed(outputs)
    assert "\x1b" not in text


# Tables and charts


@check("a table is HTML, text and a data resource, and no plain JSON", only="plumb")
def table_bundle(k):
    _, outputs = k.execute("table([{a: 1, b: nan}, {a: 2, b: null}])")
    data = outputs[2]["content"]["data"]
    assert set(data) == {"text/html", "text/plain", "application/vnd.dataresource+json"}
    resource = data["application/vnd.dataresource+json"]
    assert [f["name"] for f in resource["schema"]["fields"]] == ["a", "b"]
    assert resource["data"] == [{"a": 1, "b": None}, {"a": 2, "b": None}]


@check("a long table is cut, with its counts", only="plumb")
def long_table(k):
    _, outputs = k.execute("table(map(1..100000, fn (i) => {i: i}))")
    data = outputs[2]["content"]["data"]
    assert "100,000 rows" in data["text/html"] and len(data["text/html"]) < 20_000
    assert "100000 rows" in data["text/plain"]


@check("a chart is Vega-Lite of fixed size, SVG and text, and no HTML", only="plumb")
def chart_bundle(k):
    _, outputs = k.execute("table([{a: 1, b: 2}]) | plot scatter x = a, y = b")
    data = outputs[2]["content"]["data"]
    assert set(data) == {"application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"}
    assert "container" not in str(data["application/vnd.vegalite.v5+json"])


@check("help opens in the pager", only="plumb")
def pager(k):
    for code in ("?summarize", "summarize?"):
        reply, _ = k.execute(code)
        payload = reply["content"]["payload"]
        assert payload[0]["source"] == "page" and "summarize" in payload[0]["data"]["text/plain"]


# The end


@check("a shutdown while a cell runs is answered, published, and ends the process", fresh=True)
def shutdown_busy(k):
    process = k.manager.provisioner.process
    message_id = k.execute_later(k.code["forever"])
    k.wait_until_busy(message_id)
    asked = k.send("shutdown_request", {"restart": True}, channel="control")
    reply = k.reply(asked, "control", timeout=2)
    assert reply["content"] == {"status": "ok", "restart": True}
    end = time.time() + 2
    while process.poll() is None and time.time() < end:
        time.sleep(0.02)
    assert process.poll() == 0, process.poll()


@check("a shutdown on the shell channel works too", fresh=True)
def shutdown_shell(k):
    process = k.manager.provisioner.process
    asked = k.send("shutdown_request", {"restart": False})
    assert k.reply(asked)["content"]["restart"] is False
    end = time.time() + 2
    while process.poll() is None and time.time() < end:
        time.sleep(0.02)
    assert process.poll() == 0, process.poll()


@check("a restarted kernel has another session and counts anew", fresh=True)
def restart(k):
    k.execute(k.code["set"])
    first, _ = k.execute(k.code["value"])
    k.manager.restart_kernel(now=False)
    k.client.wait_for_ready(timeout=20)
    second, _ = k.execute(k.code["value"])
    assert first["header"]["session"] != second["header"]["session"]
    assert second["content"]["execution_count"] == 1
    reply, _ = k.execute(k.code["get"])
    assert reply["content"]["status"] == "error"


@check("a kernel whose client has died ends by itself", only="plumb")
def orphan(k):
    script = (
        "import sys, time; from jupyter_client.manager import KernelManager\n"
        f"m = KernelManager(kernel_name={k.name!r}); m.start_kernel()\n"
        "open(sys.argv[1], 'w').write(str(m.provisioner.process.pid)); import os; os._exit(0)\n")
    # Not through a pipe, which the kernel would keep open.
    path = tempfile.mktemp()
    subprocess.run([sys.executable, "-c", script, path], check=True)
    pid = int(Path(path).read_text())
    end = time.time() + 5
    while time.time() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    raise AssertionError("it stayed")


@check("an encrypted connection works", only="plumb")
def curve(k):
    if not zmq.has("curve"):
        return
    manager = KernelManager(kernel_name=k.name, transport_encryption="required")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=20)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def install(program):
    """Makes the kernel known to this process and those that it starts, and to no other."""
    folder = tempfile.mkdtemp(prefix="plumb-kernels-")
    # This path is looked at before all others, that of the environment's packages included.
    os.environ["JUPYTER_PATH"] = folder
    subprocess.run([program, "kernel", "install"], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "JUPYTER_DATA_DIR": folder})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kernel", default="plumb", choices=sorted(SNIPPETS))
    parser.add_argument("--program", default=".build/debug/plumb")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    install(arguments.program)
    folder = tempfile.mkdtemp(prefix="plumb-wire-")
    environment = {"XDG_STATE_HOME": folder, "IPYTHONDIR": folder}
    shared = None
    failures = 0
    count = 0
    for name, text, function, only, fresh in CHECKS:
        if arguments.names and name not in arguments.names:
            continue
        if only not in (None, arguments.kernel):
            continue
        count += 1
        kernel = None
        try:
            if fresh:
                kernel = Kernel(arguments.kernel, environment)
            else:
                if shared is None or not shared.alive():
                    shared = Kernel(arguments.kernel, environment)
                kernel = shared
            function(kernel)
            print(f"ok    {name}: {text}")
        except BaseException as problem:  # noqa: BLE001 - a check must not stop the others
            if isinstance(problem, KeyboardInterrupt):
                raise
            failures += 1
            reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
            print(f"FAIL  {name}: {text} ({reason[:200]})")
            if os.environ.get("WIRE_TRACEBACK"):
                traceback.print_exc()
            if kernel is shared and shared is not None:
                shared.close()
                shared = None
        finally:
            if fresh and kernel is not None:
                kernel.close()
        sys.stdout.flush()
    if shared is not None:
        shared.close()
    print(f"{count - failures} of {count} checks passed by {arguments.kernel}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
