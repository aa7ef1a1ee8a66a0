#!/usr/bin/env python3
"""Writes exports with the programs that people make them with.

    make_exports.py [FOLDER]

Tested with mlflow 3.17.2 and openlineage-python 1.54.0. The runs are those of the bundled store.
"""
import contextlib
import gzip
import os
import pathlib
import subprocess
import sys
import tempfile

import mlflow
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, JobEvent, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import error_message_run, parent_run, schema_dataset, source_code_location_job
from openlineage.client.transport.file import FileConfig, FileTransport

here = pathlib.Path(__file__).parent.resolve()
os.chdir(sys.argv[1] if len(sys.argv) > 1 else here)


def lineage(path):
    """A pipeline that trains twice, once in vain; the second run has no end yet."""
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)
    client = OpenLineageClient(transport=FileTransport(FileConfig(log_file_path=path, append=True)))
    fields = [schema_dataset.SchemaDatasetFacetFields(name=n, type=t) for n, t in (("id", "BIGINT"), ("age", "INTEGER"))]
    customers = InputDataset(namespace="postgres://db:5432", name="crm.customers",
                             facets={"schema": schema_dataset.SchemaDatasetFacet(fields=fields)})
    features = InputDataset(namespace="s3://features", name="churn/day=1")
    model = OutputDataset(namespace="s3://models", name="churn/7")
    code = source_code_location_job.SourceCodeLocationJobFacet(
        type="git", url="https://example.org/churn", version="abc123")
    job = Job(namespace="churn", name="train", facets={"sourceCodeLocation": code})
    client.emit(JobEvent(eventTime="2026-10-01T07:00:00+00:00", producer="https://example.org/", job=job, inputs=[features]))
    parent = parent_run.ParentRunFacet(
        run=parent_run.Run(runId="01999e6a-0000-7000-8000-00000000000a"),
        job=parent_run.Job(namespace="churn", name="nightly"))
    broken = error_message_run.ErrorMessageRunFacet(message="out of memory", programmingLanguage="python")

    def emit(state, time, number, inputs=(), outputs=(), **facets):
        run = Run(runId=f"01999e6a-0000-7000-8000-{number:012d}", facets=facets)
        client.emit(RunEvent(eventType=state, eventTime=time, run=run, job=job, producer="https://example.org/",
                             inputs=list(inputs), outputs=list(outputs)))

    emit(RunState.START, "2026-10-01T08:00:00+00:00", 1, [customers, features], parent=parent)
    emit(RunState.RUNNING, "2026-10-01T08:30:00+00:00", 1)
    emit(RunState.COMPLETE, "2026-10-01T09:00:00+00:00", 1, [features], [model])
    emit(RunState.START, "2026-10-02T10:00:00+02:00", 2, [customers], parent=parent)
    emit(RunState.FAIL, "2026-10-02T08:01:00+00:00", 2, errorMessage=broken)
    emit(RunState.START, "2026-10-03T08:00:00+00:00", 3, [features])


def runs(folder):
    store = pathlib.Path(folder) / "store.db"
    store.write_bytes(gzip.decompress((here / "../mlflow/mlflow-ml.db.gz").read_bytes()))
    address = f"sqlite:///{store}"
    mlflow.set_tracking_uri(address)
    found = mlflow.search_runs(search_all_experiments=True, order_by=["start_time", "run_id"], max_results=6)
    found.to_csv("mlflow-search-runs.csv", index=False)
    experiment = found["experiment_id"][0]
    output = pathlib.Path(folder) / "runs.csv"
    subprocess.run(["mlflow", "experiments", "csv", "-x", experiment, "-o", output], check=True,
                   env=os.environ | {"MLFLOW_TRACKING_URI": address}, stdout=subprocess.DEVNULL)
    # The first of them are enough.
    lines = output.read_text().splitlines(keepends=True)
    pathlib.Path("mlflow-experiment.csv").write_text("".join(lines[:5]))


lineage("openlineage-client.ndjson")
with tempfile.TemporaryDirectory() as folder:
    runs(folder)
