#!/usr/bin/env python3
"""Generate an MLflow store from real scikit-learn trainings, through MLflow's own API.

    gen_store.py --uri sqlite:////ABSOLUTE/mlflow-ml.db --scale full
    gen_store.py --uri file:///ABSOLUTE/mlruns          --scale small

Tested with mlflow 3.17.2, scikit-learn 1.9.1, Python 3.11.

Deterministic: uuid.uuid4, time.time/time_ns, the run-name generator and numpy are seeded or
replaced by a simulated clock (start 2025-09-01T06:00:00Z) before any store is opened; every
model is trained for real on scikit-learn's bundled data sets.  The rows are therefore the same
on each run with the same library versions (floating point aside).
"""
import argparse, itertools, math, os, random, shutil, sys, tempfile, time, uuid, warnings

ap = argparse.ArgumentParser()
ap.add_argument("--uri", required=True)
ap.add_argument("--scale", choices=("full", "small"), default="full")
ap.add_argument("--artifacts", default=os.path.join(tempfile.gettempdir(), "plumb-fixture", "artifacts"),
                help="throw-away local folder for the one sklearn model that is logged with artifacts")
A = ap.parse_args()
sys.argv[0] = "gen_store.py"       # MLflow records it as mlflow.source.name
os.makedirs(os.path.join(tempfile.gettempdir(), "plumb-fixture"), exist_ok=True)
os.chdir(os.path.join(tempfile.gettempdir(), "plumb-fixture"))     # MLflow resolves the Default experiment's artifact folder against the cwd
FULL = A.scale == "full"

os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true",
                  MLFLOW_ALLOW_FILE_STORE="true", MLFLOW_ENABLE_ASYNC_TRACE_LOGGING="false",
                  MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT="true", GIT_PYTHON_REFRESH="quiet",
                  LOGNAME="ci-bot", MLFLOW_RECORD_ENV_VARS_IN_MODEL_LOGGING="false")
warnings.filterwarnings("ignore")

# ---------------------------------------------------------------- determinism
_rng_uuid = random.Random(20250901)
uuid.uuid4 = lambda: uuid.UUID(int=_rng_uuid.getrandbits(128), version=4)


class Clock:
    now = 1756706400.0            # 2025-09-01T06:00:00Z

    def tick(self, s):            # advance the simulated clock
        self.now = round(self.now + s, 3)

    def ms(self):
        return int(round(self.now * 1000))


CLK = Clock()
_real_time, _T0 = time.time, time.time()
import mlflow                      # noqa: E402  (import first: it reads the clock for nothing we store)
import mlflow.data                 # noqa: E402
import mlflow.sklearn              # noqa: E402
import numpy as np                 # noqa: E402
import pandas as pd                # noqa: E402
from mlflow import MlflowClient    # noqa: E402
from mlflow.entities import Metric, Param, RunTag  # noqa: E402
from sklearn import datasets as skd  # noqa: E402
from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier  # noqa: E402
from sklearn.linear_model import LogisticRegression, SGDClassifier  # noqa: E402
from sklearn.metrics import (accuracy_score, f1_score, log_loss, mean_absolute_error,  # noqa: E402
                             mean_squared_error, r2_score, roc_auc_score)
from sklearn.model_selection import train_test_split  # noqa: E402
from sklearn.neural_network import MLPClassifier  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402
from sklearn.svm import SVC         # noqa: E402

time.time = lambda: CLK.now
time.time_ns = lambda: int(round(CLK.now * 1e9))
np.random.seed(7)
random.seed(7)
JIT = random.Random(11)            # simulated durations only

mlflow.set_tracking_uri(A.uri)
mlflow.set_registry_uri(A.uri)
C = MlflowClient()
IS_FILE = A.uri.startswith("file:")

USERS = ["amara.okafor", "björn.lindqvist", "chen.wei", "d.santos", "ci-bot"]
COMMITS = ["4f1c2a9e0b7d4c55a1d2e3f405162738495a6b7c", "9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e",
           "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"]
ALL = {}                           # name -> run_id, for the registry part


def experiment(name, **tags):
    CLK.tick(37)
    slug = "".join(c if c.isalnum() else "-" for c in name.lower())
    return C.create_experiment(name, artifact_location=f"s3://ml-artifacts/{slug}", tags=tags)


class Run:
    """A run made with client.create_run; points are sent with log_batch like a training callback."""

    def __init__(self, exp, name, user, parent=None, script="train.py", commit=0, start=None, **tags):
        if start is not None:
            CLK.now = start
        t = {"mlflow.user": user, "mlflow.source.name": script, "mlflow.source.type": "LOCAL",
             "mlflow.source.git.commit": COMMITS[commit]}
        if parent:
            t["mlflow.parentRunId"] = parent.id
        t.update({k.replace("__", "."): str(v) for k, v in tags.items()})
        self.r = C.create_run(exp, start_time=CLK.ms(), tags=t, run_name=name)
        self.id, self.exp, self.name = self.r.info.run_id, exp, name
        self.buf = []
        ALL[name] = self.id

    def params(self, **kw):
        C.log_batch(self.id, params=[Param(k.replace("__", "."), str(v)) for k, v in kw.items()])

    def m(self, step, dt=None, **kw):
        self.point(step, kw, dt)

    def point(self, step, d, dt=None):
        CLK.tick(dt if dt is not None else 0.2 + JIT.random())
        ts = CLK.ms()
        self.buf += [Metric(k, float(v), ts, step) for k, v in d.items()]

    def flush(self):
        for i in range(0, len(self.buf), 900):
            C.log_batch(self.id, metrics=self.buf[i:i + 900])
        self.buf = []

    def end(self, status="FINISHED"):
        self.flush()
        CLK.tick(0.5 + JIT.random())
        C.set_terminated(self.id, status, end_time=CLK.ms())

    def input(self, ds, context):
        from mlflow.entities import DatasetInput, InputTag
        C.log_inputs(self.id, datasets=[DatasetInput(ds._to_mlflow_entity(),
                                                     [InputTag("mlflow.data.context", context)])])


# ---------------------------------------------------------------- data
def load(fn, name, url):
    b = fn(as_frame=True)
    df = b.frame
    ds = mlflow.data.from_pandas(df, source=url, name=name, targets="target")
    X, y = b.data.to_numpy(float), b.target.to_numpy()
    return b, df, ds, X, y


UCI = "https://archive.ics.uci.edu/ml/machine-learning-databases"
wine = load(skd.load_wine, "wine", UCI + "/wine/wine.data")
bc = load(skd.load_breast_cancer, "breast_cancer_wdbc", UCI + "/breast-cancer-wisconsin/wdbc.data")
digits = load(skd.load_digits, "optdigits", UCI + "/optdigits/optdigits.tes")
diab = load(skd.load_diabetes, "diabetes_efron", "https://www4.stat.ncsu.edu/~boos/var.select/diabetes.tab.txt")


def split(d, seed):
    _, df, ds, X, y = d
    strat = y if len(set(y)) <= 10 else None
    Xa, Xb, ya, yb = train_test_split(X, y, test_size=0.3, random_state=seed, stratify=strat)
    s = StandardScaler().fit(Xa)
    return s.transform(Xa), s.transform(Xb), ya, yb


def held_out(d, seed, name):
    """a second, smaller data set entity: the rows of the test split"""
    _, df, _, _, y = d
    strat = y if len(set(y)) <= 10 else None
    _, te = train_test_split(df, test_size=0.3, random_state=seed, stratify=strat)
    return mlflow.data.from_pandas(te, source=f"s3://ml-data/{name}.parquet", name=name, targets="target")


# ---------------------------------------------------------------- 1. wine: grids, one value per metric
e1 = experiment("wine-cultivar", team="quality-lab", purpose="cultivar identification",
                **{"mlflow.note.content": "Cultivar from 13 assays.\n\nOwner: *quality lab*. See `ADR-12`."})
for fam, grid, mk in [
    ("logreg", [dict(C=c) for c in ((0.01, 0.1, 1.0, 10.0) if FULL else (0.1, 1.0))],
     lambda p, s: LogisticRegression(max_iter=500, **p)),
    ("rf", [dict(n_estimators=n, max_depth=d) for n in (10, 50) for d in (2, None)] if FULL
     else [dict(n_estimators=10, max_depth=2)],
     lambda p, s: RandomForestClassifier(random_state=s, **p)),
    ("svc", [dict(C=c, kernel=k) for c in (0.1, 1.0) for k in ("linear", "rbf")] if FULL
     else [dict(C=1.0, kernel="rbf")],
     lambda p, s: SVC(probability=True, random_state=s, **p)),
]:
    CLK.tick(3600 * 5)
    par = Run(e1, f"wine-{fam}-sweep", USERS[0], script="sweeps/wine.py", sweep__kind="grid",
              model__family=fam)
    par.params(sweep_size=len(grid) * (3 if FULL else 2), family=fam)
    best = -1
    for p in grid:
        for s in ((0, 1, 2) if FULL else (0, 1)):
            nm = f"wine-{fam}-" + "-".join(str(v) for v in p.values()) + f"-s{s}"
            r = Run(e1, nm, USERS[0], par, script="sweeps/wine.py", model__family=fam)
            r.params(seed=s, model__type=fam, **p)
            r.input(wine[2], "training")
            Xa, Xb, ya, yb = split(wine, s)
            m = mk(p, s).fit(Xa, ya)
            pr, pp = m.predict(Xb), m.predict_proba(Xb)
            acc = accuracy_score(yb, pr)
            r.m(0, accuracy=acc, f1_macro=f1_score(yb, pr, average="macro"), log_loss=log_loss(yb, pp),
                roc_auc_ovr=roc_auc_score(yb, pp, multi_class="ovr"), n_test=len(yb))
            best = max(best, acc)
            r.end()
    par.m(0, best_accuracy=best)
    par.end()

# ---------------------------------------------------------------- 2. breast cancer: SGD, per-epoch, diverging runs
CLK.tick(86400 * 6)
e2 = experiment("screening/breast-cancer-sgd", team="clinical-ml", purpose="triage of FNA samples",
                risk_tier="high", data_owner="registry-office")
EPOCHS = 30 if FULL else 8
par = Run(e2, "sgd-grid-2025w37", USERS[1], script="screen/sgd.py", sweep__kind="grid")
par.params(epochs=EPOCHS, loss="log_loss")
bc_test = held_out(bc, 0, "wdbc_holdout_v1")
for al, eta, s in itertools.product((1e-5, 1e-3, 1e-1) if FULL else (1e-3,), (0.001, 0.1, 10.0),
                                    (0, 1, 2, 3) if FULL else (0, 1)):
    r = Run(e2, f"sgd-a{al:g}-e{eta:g}-s{s}", USERS[1], par, script="screen/sgd.py")
    r.params(alpha=al, eta0=eta, seed=s, learning_rate="constant", penalty="l2",
             class_weight="balanced" if s % 2 else None)
    r.input(bc[2], "training")
    r.input(bc_test, "validation")
    Xa, Xb, ya, yb = split(bc, s)
    if eta == 10.0:                     # scale the inputs so that the step size really diverges
        Xa, Xb = Xa * 1e3, Xb * 1e3
    m = SGDClassifier(loss="log_loss", alpha=al, eta0=eta, learning_rate="constant", random_state=s)
    status = "FINISHED"
    for ep in range(EPOCHS):
        m.partial_fit(Xa, ya, classes=[0, 1])
        za, zb = m.decision_function(Xa), m.decision_function(Xb)

        def nll(z, y, naive):           # no clipping: a saturated mistake gives Infinity,
            with np.errstate(all="ignore"):  # and NaN (0 * inf) in the naive form
                p = 1 / (1 + np.exp(-z))
                v = -(y * np.log(p) + (1 - y) * np.log(1 - p)) if naive else -np.log(np.where(y == 1, p, 1 - p))
                return float(np.mean(v))
        r.point(ep, {"train/loss": nll(za, ya, True), "val/loss": nll(zb, yb, False),
                     "val/accuracy": accuracy_score(yb, m.predict(Xb)),
                     "val/auc": roc_auc_score(yb, zb),
                     "grad_norm_log10": math.log10(max(np.abs(m.coef_).max(), 1e-300))})
        if al == 1e-5 and eta == 10.0 and s == 0 and ep == 4:
            status = "KILLED"           # an operator stopped it
            break
    if status == "KILLED":
        C.set_tag(r.id, "stop_reason", "operator: loss is NaN")
    r.end(status)
par.end()
for i, (st, why) in enumerate([("FAILED", "ValueError: Input X contains NaN."),
                               ("FAILED", "MemoryError: Unable to allocate 31.2 GiB"),
                               ("KILLED", "pre-empted")]):
    r = Run(e2, f"sgd-retry-{i}", USERS[4], script="screen/sgd.py", commit=1)
    r.params(alpha=1e-3, eta0=0.1, seed=90 + i)
    if i == 0:
        try:
            Xbad = split(bc, 0)[0].copy(); Xbad[3, 3] = np.nan
            SGDClassifier().fit(Xbad, split(bc, 0)[2])
        except ValueError as e:
            why = "ValueError: " + str(e).splitlines()[0]
    C.set_tag(r.id, "error", why)
    if i == 2:
        r.m(0, **{"val_loss": 0.61}); r.m(1, **{"val_loss": 0.48})
    r.end(st)

# edge values, by hand, as a logging bug would write them
r = Run(e2, "edge-values", USERS[4], script="tests/edge.py", commit=1)
r.params(note="metrics a reader must survive", empty="", quoted="it's \"quoted\", ok", long="x" * 6000,
         unicode="naïve – 試験 🧪", json='{"layers": [64, 32], "act": "relu"}', none=None, flag=True, big=1e300)
for st, v in enumerate([float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 5e-324, 1.7976931348623157e308, 1e-7]):
    r.m(st, edge=v)
r.m(0, nan_last=1.0); r.m(1, nan_last=float("nan"))
r.m(0, inf_last=1.0); r.m(1, inf_last=float("inf"))
r.m(0, ninf_last=1.0); r.m(1, ninf_last=float("-inf"))
r.m(5, out_of_order=0.5); r.m(3, out_of_order=0.3); r.m(4, out_of_order=0.4)     # steps arrive out of order
r.m(2, same_step=0.1); r.m(2, same_step=0.2); r.m(2, same_step=0.15)              # one step, three values
r.m(-1, negative_step=1.0); r.m(0, negative_step=2.0)
r.m(2**53 + 1, huge_step=1.0)
r.buf.append(Metric("epoch_zero_ts", 1.0, 0, 0))                                   # timestamp 0
r.buf.append(Metric("no step ever: spaces and ünïcode", 3.5, CLK.ms(), 0))
r.flush()
C.log_batch(r.id, tags=[RunTag("mlflow.note.content", "## Edge\n\n- tabs\there\n- `code`\n"),
                        RunTag("empty_tag", ""), RunTag("tag with spaces / slash", "v")])
r.end()

# ---------------------------------------------------------------- 3. digits: MLP, fluent API, nested=True
CLK.tick(86400 * 9)
e3 = experiment("digits-mlp", team="ocr", purpose="form digit reader")
mlflow.set_experiment(experiment_id=e3)
EPOCHS = 25 if FULL else 6
tagsF = {"mlflow.user": USERS[2], "mlflow.source.name": "ocr/train_mlp.py", "mlflow.source.git.commit": COMMITS[1]}
SIZES = [(32,), (64,), (64, 32)] if FULL else [(32,)]
for sz in SIZES:
    CLK.tick(7200)
    with mlflow.start_run(run_name=f"mlp-{'x'.join(map(str, sz))}", tags=dict(tagsF, level="architecture")) as p1:
        ALL[p1.info.run_name] = p1.info.run_id
        mlflow.log_param("hidden_layer_sizes", sz)
        for lr in ((1e-3, 1e-2) if FULL else (1e-2,)):
            with mlflow.start_run(run_name=f"mlp-{'x'.join(map(str, sz))}-lr{lr:g}", nested=True,
                                  tags=dict(tagsF, level="lr")) as p2:   # grand-parent / parent / child
                ALL[p2.info.run_name] = p2.info.run_id
                mlflow.log_param("learning_rate_init", lr)
                fin = []
                for s in ((0, 1, 2) if FULL else (0, 1)):
                    with mlflow.start_run(run_name=f"mlp-{'x'.join(map(str, sz))}-lr{lr:g}-s{s}", nested=True,
                                          tags=dict(tagsF, level="seed")) as p3:
                        ALL[p3.info.run_name] = p3.info.run_id
                        mlflow.log_params({"hidden_layer_sizes": sz, "learning_rate_init": lr, "seed": s,
                                           "batch_size": 64, "optimizer": "adam", "epochs": EPOCHS})
                        mlflow.log_input(digits[2], context="training")
                        Xa, Xb, ya, yb = split(digits, s)
                        m = MLPClassifier(sz, learning_rate_init=lr, batch_size=64, random_state=s)
                        buf = []
                        for ep in range(EPOCHS):
                            m.partial_fit(Xa, ya, classes=list(range(10)))
                            CLK.tick(0.8 + JIT.random())
                            va = accuracy_score(yb, m.predict(Xb))
                            for k, v in (("train_loss", m.loss_), ("val_accuracy", va),
                                         ("val_loss", log_loss(yb, m.predict_proba(Xb))), ("epoch_seconds", 0.8 + JIT.random())):
                                buf.append(Metric(k, float(v), CLK.ms(), ep))
                        C.log_batch(p3.info.run_id, metrics=buf)
                        fin.append(va)
                mlflow.log_metrics({"val_accuracy_mean": float(np.mean(fin)), "val_accuracy_std": float(np.std(fin))})
                CLK.tick(3)

for i in range(3 if FULL else 1):      # real failures: a wrong shape reaches the estimator
    try:
        with mlflow.start_run(run_name=f"mlp-badshape-{i}", tags=dict(tagsF, level="seed")) as pf:
            ALL[pf.info.run_name] = pf.info.run_id
            mlflow.log_params({"hidden_layer_sizes": (32,), "learning_rate_init": 0.1, "seed": i})
            CLK.tick(4)
            MLPClassifier((32,)).fit(digits[3], digits[4][:-1])
    except ValueError as ex:
        C.set_tag(ALL[f"mlp-badshape-{i}"], "error", f"ValueError: {str(ex)[:200]}")

# two runs that never ended
r = Run(e3, "mlp-128x64-lr0.001-live", USERS[2], script="ocr/train_mlp.py", commit=2)
r.params(hidden_layer_sizes=(128, 64), learning_rate_init=0.001, seed=0)
Xa, Xb, ya, yb = split(digits, 0)
m = MLPClassifier((128, 64), learning_rate_init=0.001, random_state=0)
for ep in range(4):
    m.partial_fit(Xa, ya, classes=list(range(10)))
    r.m(ep, train_loss=m.loss_, val_accuracy=accuracy_score(yb, m.predict(Xb)))
r.flush()                                                  # stays RUNNING, end_time NULL
r = Run(e3, "mlp-queued", USERS[2], script="ocr/train_mlp.py", commit=2)
C.update_run(r.id, status="SCHEDULED")

# ---------------------------------------------------------------- 4. diabetes: gradient boosting, staged scores
CLK.tick(86400 * 12)
e4 = experiment("diabetes-progression-gbr", team="clinical-ml", purpose="12-month progression score", risk_tier="limited")
STAGES = 80 if FULL else 15
d_test = held_out(diab, 0, "diabetes_holdout_v1")
for lr, depth in itertools.product((0.05, 0.1, 0.3) if FULL else (0.1,), (1, 3) if FULL else (2,)):
    par = Run(e4, f"gbr-lr{lr}-d{depth}", USERS[3], script="prog/gbr.py", commit=1)
    par.params(learning_rate=lr, max_depth=depth, n_estimators=STAGES)
    fin = []
    for s in (0, 1, 2):
        r = Run(e4, f"gbr-lr{lr}-d{depth}-s{s}", USERS[3], par, script="prog/gbr.py", commit=1)
        r.params(learning_rate=lr, max_depth=depth, n_estimators=STAGES, subsample=0.8, seed=s)
        r.input(diab[2], "training"); r.input(d_test, "testing")
        Xa, Xb, ya, yb = split(diab, s)
        m = GradientBoostingRegressor(learning_rate=lr, max_depth=depth, n_estimators=STAGES,
                                      subsample=0.8, random_state=s).fit(Xa, ya)
        for st, (pa, pb) in enumerate(zip(m.staged_predict(Xa), m.staged_predict(Xb))):
            r.point(st, {"train_rmse": mean_squared_error(ya, pa) ** .5, "test_rmse": mean_squared_error(yb, pb) ** .5,
                         "test_r2": r2_score(yb, pb), "test_mae": mean_absolute_error(yb, pb)}, 0.05)
        fin.append(r2_score(yb, m.predict(Xb)))
        r.end()
    par.m(0, test_r2_mean=np.mean(fin), test_r2_std=np.std(fin, ddof=1))
    par.end()

# ---------------------------------------------------------------- 5. drift monitoring: one run a day, PSI + KS per feature
CLK.tick(86400 * 5)
e5 = experiment("Überwachung · drift-monitor", team="model-risk", purpose="daily input drift of breast-cancer-screening",
                reference_dataset="breast_cancer_wdbc")
_, bdf, bds, BX, By = bc
names = list(bc[0].feature_names)
rs = np.random.RandomState(3)
ref = BX[rs.permutation(len(BX))[:300]]


def psi(a, b, k=10):
    q = np.quantile(a, np.linspace(0, 1, k + 1)[1:-1])
    pa = np.bincount(np.searchsorted(q, a), minlength=k) / len(a)
    pb = np.bincount(np.searchsorted(q, b), minlength=k) / len(b)
    with np.errstate(all="ignore"):
        return float(np.sum((pb - pa) * np.log(pb / pa)))       # an empty bin gives Infinity on purpose


def ks(a, b):
    z = np.sort(np.concatenate([a, b]))
    return float(np.max(np.abs(np.searchsorted(np.sort(a), z, side="right") / len(a)
                               - np.searchsorted(np.sort(b), z, side="right") / len(b))))


base = CLK.now
for day in range(21 if FULL else 5):
    r = Run(e5, time.strftime("drift-%Y-%m-%d", time.gmtime(base + 86400 * day)), USERS[4], script="monitor/drift.py",
            commit=2, start=base + 86400 * day, **{"monitor.window": "1d", "model.name": "breast-cancer-screening",
                                                   "model.version": 3 if day < 12 else 4})
    r.params(bins=10, reference="breast_cancer_wdbc", window_rows=120)
    idx = rs.permutation(len(BX))[:120]
    cur = BX[idx].copy()
    cur[:, 0] *= 1 + max(0, day - 9) * 0.02                     # scanner recalibration: mean radius creeps up
    if day == 15:
        cur[:, 3] = np.nan                                      # a sensor outage: the feature is missing
    for j, n in enumerate(names[:10]):
        r.point(day, {f"psi/{n}": psi(ref[:, j], cur[:, j]) if not np.isnan(cur[:, j]).any() else float("nan"),
                      f"ks/{n}": ks(ref[:, j], cur[:, j]) if not np.isnan(cur[:, j]).any() else float("nan")}, 0.01)
    r.point(day, {"rows": 120, "missing_ratio": float(np.isnan(cur).mean()), "positive_rate": float(By[idx].mean())}, 0.01)
    C.set_tag(r.id, "alert", "true" if day == 15 or day > 16 else "false")
    r.end()

# ---------------------------------------------------------------- 6. an old-style experiment: flat, no parents, no steps
CLK.tick(86400 * 3)
e6 = experiment("iris legacy (2019 style)")
ib = skd.load_iris()
for i, k in enumerate((1e-2, 1e0, 1e2)):
    r = Run(e6, None if i == 0 else f"iris-{i}", "root", script="/home/legacy/iris.ipynb", commit=0)
    C.set_tag(r.id, "mlflow.source.type", "NOTEBOOK")
    r.params(C=k)
    m = LogisticRegression(C=k, max_iter=300).fit(ib.data, ib.target)
    r.m(0, acc=m.score(ib.data, ib.target))
    r.end()

# ---------------------------------------------------------------- 7. deleted run, deleted experiment
C.delete_run(ALL["wine-rf-10-2-s0"])
e7 = experiment("scratch-delete-me", owner="intern")
r = Run(e7, "scratch-1", "intern"); r.params(x=1); r.m(0, y=1.0); r.end()
C.delete_experiment(e7)

# ---------------------------------------------------------------- 8. logged models (MLflow 3)
CLK.tick(600)
mlflow.set_experiment(experiment_id=e2)
LM = {}
for nm, s in (("sgd-screening-a", 0), ("sgd-screening-b", 1)):
    src = ALL[f"sgd-a0.001-e0.1-s{s}"]
    # (create_external_model would upload an MLmodel file to s3://; this is the same entity without it)
    lm = mlflow.initialize_logged_model(name=nm, source_run_id=src, model_type="classifier",
                                        params={"alpha": "0.001", "eta0": "0.1", "threshold": "0.5"},
                                        tags={"framework": "sklearn", "reviewed": "false"})
    CLK.tick(5)
    lm = mlflow.finalize_logged_model(lm.model_id, "READY")
    LM[nm] = lm
    with mlflow.start_run(run_name=f"evaluate-{nm}", tags={"mlflow.user": USERS[1], "mlflow.source.name": "screen/eval.py"}) as er:
        ALL[er.info.run_name] = er.info.run_id
        Xa, Xb, ya, yb = split(bc, s)
        mm = SGDClassifier(loss="log_loss", alpha=1e-3, eta0=.1, learning_rate="constant", random_state=s).fit(Xa, ya)
        mlflow.log_metric("accuracy", mm.score(Xb, yb), model_id=lm.model_id, dataset=bc_test)
        mlflow.log_metric("auc", roc_auc_score(yb, mm.decision_function(Xb)), step=7, model_id=lm.model_id, dataset=bc_test)
        CLK.tick(2)
        mlflow.log_metric("ece", float("nan"), model_id=lm.model_id, dataset=bc_test)   # logged_model_metrics has no is_nan
pend = mlflow.initialize_logged_model(name="sgd-never-finished", model_type="classifier")        # PENDING
fail = mlflow.initialize_logged_model(name="sgd-upload-failed", model_type="classifier")
mlflow.finalize_logged_model(fail.model_id, "FAILED")
gone = mlflow.initialize_logged_model(name="sgd-deleted", model_type="classifier", source_run_id=ALL["sgd-retry-0"])
mlflow.finalize_logged_model(gone.model_id, "READY")
C.delete_logged_model(gone.model_id)

if not IS_FILE:                       # one model with real artifacts, thrown away afterwards
    os.makedirs(A.artifacts, exist_ok=True)
    CLK.tick(60)
    e8 = C.create_experiment("wine-packaged", artifact_location="file://" + A.artifacts)
    mlflow.set_experiment(experiment_id=e8)
    with mlflow.start_run(run_name="package-logreg", tags={"mlflow.user": USERS[0], "mlflow.source.name": "pkg.py"}) as pr:
        ALL["package-logreg"] = pr.info.run_id
        Xa, Xb, ya, yb = split(wine, 0)
        mi = mlflow.sklearn.log_model(LogisticRegression(max_iter=500).fit(Xa, ya), name="wine-logreg",
                                      pip_requirements=["scikit-learn"], serialization_format="cloudpickle")
        mlflow.log_metric("accuracy", 0.98, model_id=mi.model_id)
        CLK.tick(2)
    shutil.rmtree(A.artifacts)

# ---------------------------------------------------------------- 9. registry
def reg(name, desc, **tags):
    CLK.tick(120)
    C.create_registered_model(name, tags={k.replace("__", "."): v for k, v in tags.items()}, description=desc)


def ver(name, run, desc=None, stage=None, source=None, run_link=None, **tags):
    CLK.tick(3600)
    rid = ALL.get(run) if run else None
    v = C.create_model_version(name, source or f"s3://ml-artifacts/models/{run}", rid, tags=tags or None,
                               description=desc, run_link=run_link)
    CLK.tick(300)
    if stage:
        C.transition_model_version_stage(name, v.version, stage)
    return v.version


N = "breast-cancer-screening"
reg(N, "Triage score for FNA samples.\nIntended use: decision *support* only.", owner="clinical-ml", risk_tier="high",
    purpose="triage of FNA samples", retire_by="2026-06-30", lawful_basis="public-task", review_board="MRB-7",
    contact="clinical-ml@example.org")
seeds = (0, 1, 2, 3) if FULL else (0, 1)
ver(N, "sgd-a0.001-e0.001-s0", "baseline", "Archived", validation_status="passed", approved_by="h.moreau",
    approved_at="2025-09-20", trained_by="björn.lindqvist")
ver(N, "sgd-a0.001-e0.1-s0", "eta0 0.1", "Archived", validation_status="passed", approved_by="h.moreau",
    approved_at="2025-10-02", trained_by="björn.lindqvist")
ver(N, "sgd-a0.001-e0.1-s1", "class weights", "Production", source=f"models:/{LM['sgd-screening-b'].model_id}",
    validation_status="passed", approved_by="björn.lindqvist", approved_at="2025-10-11", trained_by="björn.lindqvist")  # self approval
ver(N, None, None, "Production", source="s3://ml-artifacts/models/hotfix.pkl", trained_by="ci-bot",
    run_link="https://ci.example.org/job/991")                                            # no run, no approval, no description
ver(N, "sgd-retry-0", "retry of the failed job", "Staging", validation_status="pending", trained_by="ci-bot")  # a FAILED run
C.set_registered_model_alias(N, "champion", "4")
C.set_registered_model_alias(N, "challenger", "5")
C.set_registered_model_alias(N, "last-approved", "3")

N = "wine-cultivar-classifier"
reg(N, "Cultivar from assays", owner="quality-lab", risk_tier="minimal", purpose="label check", retire_by="2025-10-31")  # past date
fams = [f"wine-logreg-{c}-s{s}" for c in ((0.01, 0.1, 1.0, 10.0) if FULL else (0.1, 1.0)) for s in (0, 1)]
for i, f in enumerate(fams):
    ver(N, f, f"candidate {i + 1}", {0: "Archived", 1: "Archived"}.get(i), validation_status="passed" if i % 3 else "failed",
        **({"approved_by": "k.ito"} if i % 2 else {}))
ver(N, "wine-rf-10-2-s0", "its run was deleted later")
C.set_registered_model_alias(N, "champion", str(len(fams) - 1))
C.set_registered_model_alias(N, "challenger", str(len(fams) + 1))
C.delete_model_version(N, "3")                                                             # Deleted_Internal row stays

N = "digits-reader"
reg(N, None, owner="ocr", risk_tier="limited", purpose="form digit reader")                  # no description, no retire_by
for i, sz in enumerate(SIZES):
    ver(N, f"mlp-{'x'.join(map(str, sz))}-lr0.01-s0", None, ["Archived", "Staging", "Production"][i] if FULL else "Staging",
        approved_by="m.keller", validation_status="passed", model_card="https://wiki.example.org/digits")
C.set_registered_model_alias(N, "champion", str(len(SIZES)))
C.set_registered_model_alias(N, "canary", "1")

N = "diabetes-progression"
reg(N, "12-month progression", risk_tier="limited", purpose="progression score", retire_by="not-a-date")  # no owner, bad date
for i, s in enumerate((0, 1, 2)):
    ver(N, f"gbr-lr0.1-d{3 if FULL else 2}-s{s}", f"seed {s}", None, approved_by="", validation_status="passed")
C.set_registered_model_alias(N, "champion", "2")

reg("orphan model (no versions)", "registered, never filled", owner="nobody")

# a prompt lives in the same tables since MLflow 2.21: a model inventory must leave it out
if not IS_FILE:
    CLK.tick(60)
    try:
        mlflow.genai.register_prompt("summarise-audit", "Summarise {{ report }} in {{ n }} lines.", commit_message="first")
        CLK.tick(60)
        mlflow.genai.register_prompt("summarise-audit", "Summarise {{ report }} in {{ n }} lines, plainly.", commit_message="tone")
        mlflow.genai.set_prompt_alias("summarise-audit", alias="production", version=2)
    except Exception as ex:           # noqa: BLE001
        print("prompt registry skipped:", type(ex).__name__, str(ex)[:200], file=sys.stderr)
    # two traces with an assessment each
    mlflow.set_experiment(experiment_id=e5)
    for i in range(2):
        CLK.tick(30)
        sp = mlflow.start_span_no_context(name="explain-drift", span_type="CHAIN", inputs={"day": i},
                                          start_time_ns=time.time_ns())
        CLK.tick(1.25)
        sp.end(outputs={"text": "mean radius drifts" if i else "no drift"}, end_time_ns=time.time_ns())
        mlflow.log_feedback(trace_id=sp.trace_id, name="helpful", value=bool(i), rationale="spot check")

for v in ("mlflow", "sklearn"):
    print(v, sys.modules[v].__version__)
print("simulated end", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(CLK.now)), "real seconds", round(_real_time() - _T0))
