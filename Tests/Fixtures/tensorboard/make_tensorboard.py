#!/usr/bin/env python3
"""Write a log directory with the programs that people use, and what TensorBoard reads from it.

    make_tensorboard.py [FOLDER]

Tested with tensorboard 2.21.0 and tensorboardX 2.6.5. `logs/` is what they wrote; `expected.json` is what TensorBoard's
own event accumulator finds in it: for each run and tag the steps, the wall times in microseconds and the values, as text
so that no digit is lost.
"""
import json
import math
import os
import shutil
import sys

import numpy as np
from tensorboard.backend.event_processing import event_multiplexer
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, types_pb2
from tensorboard.plugins.scalar import metadata as scalar_metadata
from tensorboard.plugins.scalar import summary_v2 as scalar_summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard.util import tensor_util
from tensorboardX import SummaryWriter

START = 1_700_000_000.0
folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
os.chdir(folder)
shutil.rmtree("logs", ignore_errors=True)


def named(path, suffix):
    """Give the one event file that a writer has just made in a folder a name that does not change."""
    fresh = [name for name in os.listdir(path) if "tfevents" in name and "fixture" not in name]
    assert len(fresh) == 1, fresh
    os.rename(f"{path}/{fresh[0]}", f"{path}/events.out.tfevents.{int(START) + suffix}.fixture")


# Scalars as plain floats, with all that else is logged beside them.
with SummaryWriter("logs/train") as writer:
    for step in range(50):
        wall = START + step * 10 + 0.25
        loss = 1 / (step + 1) if step != 30 else math.nan
        writer.add_scalar("train/loss", loss, step, walltime=wall)
        writer.add_scalar("lr", 0.1 * 0.9**step, step, walltime=wall)
        if step % 10 == 0:
            writer.add_scalar("accuracy", math.inf if step == 20 else step / 50, step, walltime=wall)
            writer.add_histogram("weights", np.arange(5.0) * step, step, walltime=wall)
            writer.add_text("notes", f"step {step}: größe 日本", step, walltime=wall)
            writer.add_image("image", np.zeros((1, 2, 2)), step, walltime=wall)
named("logs/train", 0)

# The same run went on in another file; from step 45 on it was done again.
with SummaryWriter("logs/train", purge_step=45) as writer:
    for step in range(45, 60):
        writer.add_scalar("train/loss", 2 / (step + 1), step, walltime=START + 1000 + step)
named("logs/train", 1000)

# A run within a run: scalars as tensors, as TensorFlow 2 writes them.
writer = EventFileWriter("logs/train/eval")
for step in range(5):
    summary = scalar_summary.scalar_pb("auc", 0.5 + step / 10)
    writer.add_event(event_pb2.Event(wall_time=START + step, step=step * 10, summary=summary))
writer.close()
named("logs/train/eval", 0)

# Tensors of other types and forms, and the metadata on the first value only.
writer = EventFileWriter("logs/tensors")
for step in range(3):
    for tag, tensor in [
        ("float content", tensor_pb2.TensorProto(dtype=types_pb2.DT_FLOAT, tensor_content=np.float32(step / 3).tobytes())),
        ("double", tensor_util.make_tensor_proto(np.float64(step / 3))),
        ("half", tensor_util.make_tensor_proto(np.float16(step / 3))),
        ("int64", tensor_util.make_tensor_proto(np.int64(-step << 40))),
        ("int32", tensor_util.make_tensor_proto(np.int32(-step))),
        ("bool", tensor_util.make_tensor_proto(np.bool_(step == 1))),
        ("one element", tensor_util.make_tensor_proto(np.float32([step]))),
    ]:
        value = summary_pb2.Summary.Value(tag=tag, tensor=tensor)
        if step == 0:
            value.metadata.CopyFrom(scalar_metadata.create_summary_metadata(display_name=tag, description=""))
        writer.add_event(event_pb2.Event(wall_time=START + step, step=step, summary=summary_pb2.Summary(value=[value])))
    vector = summary_pb2.Summary.Value(tag="vector", tensor=tensor_util.make_tensor_proto(np.float32([1, 2])))
    vector.metadata.plugin_data.plugin_name = "pr_curves"
    writer.add_event(event_pb2.Event(wall_time=START + step, step=step, summary=summary_pb2.Summary(value=[vector])))
writer.close()
named("logs/tensors", 0)

# Hyperparameters, and no step but the first.
with SummaryWriter("logs") as writer:
    writer.add_hparams({"lr": 0.01, "batch": 32, "optimizer": "adam", "nesterov": True}, {"hparam/accuracy": 0.93},
                       name="sweep-1", global_step=1)
    writer.add_scalar("overview", 1.5, -3, walltime=START)
os.rename("logs/sweep-1/" + os.listdir("logs/sweep-1")[0], f"logs/sweep-1/events.out.tfevents.{int(START)}.fixture")
named("logs", 0)

multiplexer = event_multiplexer.EventMultiplexer(size_guidance={"scalars": 0, "tensors": 0})
multiplexer.AddRunsFromDirectory("logs")
multiplexer.Reload()
expected = {}
for run, tags in multiplexer.Runs().items():
    series = {}
    for tag in tags["scalars"]:
        series[tag] = [(e.step, e.wall_time, e.value) for e in multiplexer.Scalars(run, tag)]
    accumulator = multiplexer.GetAccumulator(run)
    for tag in tags["tensors"]:
        if accumulator.SummaryMetadata(tag).plugin_data.plugin_name != "scalars":
            continue
        series[tag] = [(e.step, e.wall_time, tensor_util.make_ndarray(e.tensor_proto).item()) for e in multiplexer.Tensors(run, tag)]
    expected[run] = {
        tag: [[str(step), str(round(wall * 1e6)), repr(float(value))] for step, wall, value in points]
        for tag, points in series.items()
    }
with open("expected.json", "w") as file:
    json.dump(expected, file, indent=1, sort_keys=True)
    file.write("\n")
print({run: {tag: len(points) for tag, points in tags.items()} for run, tags in expected.items()})
