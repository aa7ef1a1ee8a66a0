"""Times a notebook kernel as its clients see it: `time_kernel.py NAME COMMAND...` prints seconds as JSON.

The command starts the kernel; FILE in it stands for the connection file. NAME is a key of the checks' snippets.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import zmq
from jupyter_client.connect import write_connection_file
from jupyter_client.session import Session

# What 1,000 rows are in each language; None where a language has no tables of its own.
TABLE = {
    "plumb": ('let big = table(map(1..1000, fn (i) => {i: i, s: f"row {i}", x: i / 7}))', "big"),
    "python3": None,
}
SIMPLE = "40 + 2"
FOREVER = {"plumb": "var i = 0; while true { i = i + 1 }", "python3": "while True: pass"}


class Kernel:
    """A kernel of its own and sockets to it."""

    def __init__(self, command):
        folder = tempfile.mkdtemp(prefix="plumb-kernel-")
        path, self.connection = write_connection_file(os.path.join(folder, "kernel.json"))
        self.session = Session(key=self.connection["key"].encode())
        self.context = zmq.Context()
        began = time.perf_counter()
        self.process = subprocess.Popen([path if word == "FILE" else word for word in command],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL,
                                        env={**os.environ, "XDG_STATE_HOME": folder, "IPYTHONDIR": folder})
        self.shell = self.socket(zmq.DEALER, "shell_port")
        self.control = self.socket(zmq.DEALER, "control_port")
        self.iopub = self.socket(zmq.SUB, "iopub_port")
        self.iopub.setsockopt(zmq.SUBSCRIBE, b"")
        self.ask(self.shell, "kernel_info_request", {})
        self.ready = time.perf_counter() - began

    def socket(self, kind, port):
        socket = self.context.socket(kind)
        # A kernel that is not there yet is asked again soon, so that the answer is not the client's own pause.
        socket.setsockopt(zmq.RECONNECT_IVL, 2)
        socket.setsockopt(zmq.LINGER, 0)
        socket.connect(f"tcp://{self.connection['ip']}:{self.connection[port]}")
        return socket

    def send(self, socket, kind, content):
        message = self.session.msg(kind, content)
        self.session.send(socket, message)
        return message["header"]["msg_id"]

    def ask(self, socket, kind, content):
        message_id = self.send(socket, kind, content)
        while True:
            _, reply = self.session.recv(socket, mode=0)
            if reply["parent_header"].get("msg_id") == message_id:
                return reply

    def published(self, message_id):
        """The messages of a request up to its idle."""
        while True:
            _, message = self.session.recv(self.iopub, mode=0)
            if message["parent_header"].get("msg_id") == message_id:
                yield message
                if message["content"].get("execution_state") == "idle":
                    return

    def start_cell(self, code):
        return self.send(self.shell, "execute_request", dict(
            code=code, silent=False, store_history=True, user_expressions={}, allow_stdin=False, stop_on_error=True))

    def cell(self, code):
        """The seconds from the request to both the reply and the idle that follows what was shown."""
        began = time.perf_counter()
        message_id = self.start_cell(code)
        self.session.recv(self.shell, mode=0)
        for _ in self.published(message_id):
            pass
        return time.perf_counter() - began

    def interrupt(self, code):
        """The seconds from the request to interrupt to the cell's reply."""
        message_id = self.start_cell(code)
        for message in self.published(message_id):
            if message["msg_type"] == "execute_input":
                break
        time.sleep(0.3)
        began = time.perf_counter()
        if code == FOREVER["python3"]:
            self.process.send_signal(2)
        else:
            self.send(self.control, "interrupt_request", {})
        self.session.recv(self.shell, mode=0)
        seconds = time.perf_counter() - began
        for _ in self.published(message_id):
            pass
        return seconds

    def close(self):
        self.process.kill()
        self.process.wait()
        self.context.destroy(linger=0)


def main():
    name, command = sys.argv[1], sys.argv[2:]
    starts = []
    for _ in range(5):
        kernel = Kernel(command)
        starts.append(kernel.ready)
        kernel.close()
    kernel = Kernel(command)
    time.sleep(0.5)
    times = {"ready": statistics.median(starts)}
    for _ in range(20):
        kernel.cell(SIMPLE)
    times["cell"] = statistics.median(kernel.cell(SIMPLE) for _ in range(200))
    if TABLE[name]:
        make, show = TABLE[name]
        kernel.cell(make)
        times["table"] = statistics.median(kernel.cell(show) for _ in range(20))
    times["interrupt"] = statistics.median(kernel.interrupt(FOREVER[name]) for _ in range(10))
    kernel.close()
    print(json.dumps(times))


main()
