"""std:audit over a large portfolio: the forty rules, the integrity checks, maturity and a report.

5,000 models, 100,000 deployments and 1,000,000 monitor results, the rest in proportion. One model in twenty has
a defect: no owner, an old card, a late approval, another artifact or no drift monitor.
"""
import glob
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time

MODELS, DEPLOYMENTS, RESULTS = 5_000, 100_000, 1_000_000
PEOPLE, VERSIONS, FAULTY = 300, 4, 0.05
DEFECTS = ("owner", "card", "approval", "artifact", "monitor")
KINDS = ("availability", "data_drift", "performance")
AS_OF, AS_OF_SECONDS = "2026-06-30T12:00", 1_782_820_800
TARGET_SECONDS = 5.0


def run(options):
    if not options.program:
        return {}
    folder = os.path.join(options.folder, "audit")
    make(folder)
    report = os.path.join(folder, "report.json")
    command = [options.program, "run", "std:audit", *sorted(glob.glob(os.path.join(folder, "*.csv"))), "--as-of", AS_OF,
               "--threads", str(options.threads), "--report", f"json={report}"]
    times = []
    for _ in range(5):
        start = time.perf_counter()
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        times.append(time.perf_counter() - start)
        if ended.returncode != 1:
            sys.exit(f"bench: the audit ended with {ended.returncode}\n{ended.stderr}")
    least, median = min(times), statistics.median(times)
    print(f"\nstd:audit over {MODELS:,} models, {DEPLOYMENTS:,} deployments and {RESULTS:,} monitor results, in s\n\n"
          f"| least | median | target |\n|---:|---:|---:|\n| {least:.2f} | {median:.2f} | {TARGET_SECONDS:.0f} |\n")
    summary = re.search(r"^\d+ checks: .*$", ended.stdout, re.MULTILINE)
    print(summary.group() if summary else "no summary")
    return {"least": least, "median": median, "agree": median < TARGET_SECONDS}


def make(folder):
    """Writes the portfolio, a CSV file a table, unless it is there."""
    if os.path.exists(folder):
        return
    unfinished = folder + ".unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    os.makedirs(unfinished)
    choose = random.Random(7)
    models = [(f"model-{i}", f"p{i % PEOPLE}", choose.choice(["low", "medium", "high", "critical"]),
               choose.choice(DEFECTS) if choose.random() < FAULTY else None) for i in range(MODELS)]
    for tables in (registry, deployments, evidence, monitoring, people):
        for name, header, rows in tables(models, choose):
            with open(os.path.join(unfinished, f"{name}.csv"), "w") as file:
                file.write(header + "\n")
                file.writelines(",".join(map(str, row)) + "\n" for row in rows)
    os.rename(unfinished, folder)


def day(back):
    """So many days before the audit."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(AS_OF_SECONDS - int(back * 86_400)))


def registry(models, _):
    last = VERSIONS
    yield ("models", "name,owner,risk_tier,status,purpose,intended_use,ai_act_class,card_uri,card_updated_at,log_sink,"
           "log_retention_days,review_due_at,retire_by,retired_at,retire_record_uri,data_disposition",
           ((name, "" if defect == "owner" else owner, tier, "active", "x", "y", "limited", "u",
             day(500 if defect == "card" else 80), "s", 365, day(-90), "", "", "", "")
            for name, owner, tier, defect in models))
    yield ("versions", "model,version,created_at,user,run_id,aliases,artifact_digest,env_digest",
           ((name, v, day(80 if v == last else 400), "ben", f"r-{name}-{v}", "champion" if v == last else "", f"d{v}", "e")
            for name, *_ in models for v in range(1, last + 1)))
    yield ("runs", "run_id,experiment,status,user,start_time,end_time,git_commit,git_dirty,pipeline_run_id",
           ((f"r-{name}-{v}", name, "FINISHED", "ben", day(81), day(80.9), "0123456789abcdef", "false", f"pr-{name}")
            for name, *_ in models for v in range(1, last + 1)))
    yield ("pipeline_runs", "pipeline_run_id,pipeline,trigger,start_at,end_at,status",
           ((f"pr-{name}", "train", "schedule", day(81), day(80.9), "COMPLETE") for name, *_ in models))
    yield ("version_datasets", "model_id,version,dataset_id,role,digest,created_at",
           ((name, last, f"ds-{name}", "train", "d", day(81)) for name, *_ in models))
    yield ("alias_events", "model_id,alias,version,at,by,kind,exact",
           ((name, "champion", last, day(72), "ci", "set", "true") for name, *_ in models))


def deployments(models, _):
    def rows():
        per = DEPLOYMENTS // MODELS
        for name, _, _, defect in models:
            for k in range(per):
                last = k == per - 1
                version = VERSIONS if last else 1 + k % (VERSIONS - 1)
                artifact = "other" if last and defect == "artifact" else f"d{version}"
                yield (f"dep-{name}-{k}", name, version, "production", day(70 if last else 700 - 20 * k), day(68.9 if last else 698 - 20 * k),
                       "" if last else day(650 - 20 * k), "succeeded", "ci", "automation", "pipeline", "canary", artifact,
                       "", "g")
    yield ("deployments", "deployment_id,model_id,version,environment,started_at,finished_at,ended_at,status,actor,"
           "actor_type,method,strategy,artifact_digest,change_ref,gate_run_id", rows())
    yield ("traffic", "model_id,version,environment,day,requests,errors",
           ((name, VERSIONS, "production", day(d)[:10], 1000, 1) for name, *_ in models for d in range(31)))


def evidence(models, _):
    yield ("approvals", "approval_id,gate,model_id,version,environment,decision,requested_by,requested_at,decided_by,"
           "decided_at,expires_at,evidence_digest",
           ((f"a-{name}", "production", name, VERSIONS, "production", "approved", "ben", day(78), "raj",
             day(60 if defect == "approval" else 75), day(-300), "d") for name, _, _, defect in models))
    yield ("assessments", "assessment_id,model_id,version,kind,outcome,performed_by,performed_at,expires_at,metric,value",
           ((f"{kind}-{name}", name, "" if kind in ("impact", "rollback_drill") else VERSIONS, kind, "pass", "val", day(76), "",
             "auc", 0.9) for name, *_ in models for kind in ("validation", "impact", "fairness", "rollback_drill")))


def monitoring(models, choose):
    def kinds(defect):
        return [kind for kind in KINDS if not (kind == "data_drift" and defect == "monitor")]
    yield ("monitors", "monitor_id,model_id,environment,kind,metric,threshold,direction,interval,window,enabled,owner,"
           "channel,reference_dataset_id,created_at",
           ((f"m-{name}-{kind}", name, "production", kind, "auc", 0.2, "max", "1d", "1d", "true", "p1", "#c", f"ds-{name}",
             day(70)) for name, _, _, defect in models for kind in kinds(defect)))
    windows = RESULTS // (MODELS * len(KINDS)) + 2
    every = ((f"m-{name}-{kind}", day(0.5 + w), 0.89, "ok" if choose.random() > 0.01 else "fail", 5000)
             for name, _, _, defect in models for kind in kinds(defect) for w in range(windows))
    yield "monitor_results", "monitor_id,window_end,value,status,n", (row for row, _ in zip(every, range(RESULTS)))
    yield ("alerts", "alert_id,monitor_id,model_id,raised_at,acked_at,action",
           ((f"al-{name}", f"m-{name}-data_drift", name, day(20), day(19.9), "retrain") for name, *_ in models))
    yield ("incidents", "incident_id,model_id,service,severity,category,detected_by,opened_at,resolved_at,postmortem_uri,"
           "serious_kind,aware_at,reported_at",
           ((f"i-{name}", name, "s", 3, "q", "monitor", day(40), day(38), "", "", "", "") for name, *_ in models))
    yield ("actions", "action_id,incident_id,owner,due_at,done_at",
           ((f"x-{name}", f"i-{name}", "p1", day(30), day(31)) for name, *_ in models))


def people(_, choose):
    everyone = [(f"Person {i}", f"p{i}") for i in range(PEOPLE)] + [("Ben", "ben"), ("Raj", "raj")]
    yield ("people", "person,aliases,email,active,left_at", ((person, login, "", "true", "") for person, login in everyone))
    yield "roles", "person,role,scope,from_at,to_at", [("Raj", "model-risk-approver", "", day(900), "")]
    yield "waivers", "id,check,subject,reason,requested_by,approved_by,approved_at,expires", []
    yield "manifest", "table,complete,captured_at", [("waivers", "true", day(0.2))]
