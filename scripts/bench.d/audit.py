#!/usr/bin/env python3
"""Times std:audit on a large portfolio: `audit.py FOLDER [PLUMB]` writes its files to FOLDER and runs the audit.

5,000 models, 100,000 deployments and 1,000,000 monitor results, the rest in proportion.
"""
import pathlib, random, subprocess, sys, time

folder = pathlib.Path(sys.argv[1])
plumb = sys.argv[2] if len(sys.argv) > 2 else "build/plumb"
MODELS, DEPLOYMENTS, RESULTS = 5_000, 100_000, 1_000_000
choose = random.Random(7)


def write(name, header, rows):
    with (folder / f"{name}.csv").open("w") as file:
        file.write(header + "\n")
        for row in rows:
            file.write(",".join(map(str, row)) + "\n")


def day(back):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_782_820_800 - int(back * 86_400)))


def make():
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"model-{i}" for i in range(MODELS)]
    tiers = [choose.choice(["low", "medium", "high", "critical"]) for _ in names]
    write("models", "name,owner,risk_tier,status,purpose,intended_use,ai_act_class,card_uri,card_updated_at,log_sink,"
          "log_retention_days,review_due_at,retire_by,retired_at,retire_record_uri,data_disposition",
          ((n, f"p{i % 300}", t, "active", "x", "y", "limited", "u", day(80), "s", 365, day(-90), "", "", "", "")
           for i, (n, t) in enumerate(zip(names, tiers))))
    write("versions", "model,version,created_at,user,run_id,aliases,artifact_digest,env_digest",
          ((n, v, day(80 if v == 4 else 400), "ben", f"r-{n}-{v}", "champion" if v == 4 else "", f"d{v}", "e")
           for n in names for v in range(1, 5)))
    write("runs", "run_id,experiment,status,user,start_time,end_time,git_commit,git_dirty,pipeline_run_id",
          ((f"r-{n}-{v}", n, "FINISHED", "ben", day(81), day(80.9), "0123456789abcdef", "false", "") for n in names
           for v in range(1, 5)))
    write("version_datasets", "model_id,version,dataset_id,role,digest", ((n, 4, f"ds-{n}", "train", "d") for n in names))
    per = DEPLOYMENTS // MODELS
    write("deployments", "deployment_id,model_id,version,environment,started_at,finished_at,ended_at,status,actor,actor_type,"
          "method,strategy,artifact_digest,change_ref,gate_run_id",
          ((f"dep-{n}-{k}", n, 4 if k == per - 1 else 1 + k % 3, "production", day(70 if k == per - 1 else 700 - 20 * k),
            day(69.9), "" if k == per - 1 else day(650 - 20 * k), "succeeded", "ci", "automation", "pipeline", "canary",
            f"d{4 if k == per - 1 else 1 + k % 3}", "", "g") for n in names for k in range(per)))
    write("approvals", "approval_id,gate,model_id,version,environment,decision,requested_by,requested_at,decided_by,decided_at,"
          "expires_at,evidence_digest", ((f"a-{n}", "production", n, 4, "production", "approved", "ben", day(78), "raj", day(75),
                                          day(-300), "d") for n in names))
    write("assessments", "assessment_id,model_id,version,kind,outcome,performed_by,performed_at,expires_at,metric,value",
          ((f"{k}-{n}", n, "" if k in ("impact", "rollback_drill") else 4, k, "pass", "val", day(76), "", "auc", 0.9)
           for n in names for k in ("validation", "impact", "fairness", "rollback_drill")))
    kinds = ("availability", "data_drift", "performance")
    write("monitors", "monitor_id,model_id,environment,kind,metric,threshold,direction,interval,window,enabled,owner,channel,"
          "reference_dataset_id,created_at", ((f"m-{n}-{k}", n, "production", k, "auc", 0.2, "max", "1d", "1d", "true", "p1", "#c",
                                               f"ds-{n}", day(70)) for n in names for k in kinds))
    windows = RESULTS // (MODELS * 3)
    write("monitor_results", "monitor_id,window_end,value,status,n",
          ((f"m-{n}-{k}", day(0.5 + w), 0.89, "ok" if choose.random() > 0.01 else "fail", 5000) for n in names for k in kinds
           for w in range(windows + 1)))
    write("traffic", "model_id,version,environment,day,requests,errors",
          ((n, 4, "production", day(d)[:10], 1000, 1) for n in names for d in range(31)))
    write("alerts", "alert_id,monitor_id,model_id,raised_at,acked_at,action",
          ((f"al-{n}", f"m-{n}-data_drift", n, day(20), day(19.9), "retrain") for n in names))
    write("alias_events", "model_id,alias,version,at,by,kind,exact", ((n, "champion", 4, day(72), "ci", "set", "true") for n in names))
    write("incidents", "incident_id,model_id,service,severity,category,detected_by,opened_at,resolved_at,postmortem_uri,"
          "serious_kind,aware_at,reported_at", ((f"i-{n}", n, "s", 3, "q", "monitor", day(40), day(38), "", "", "", "") for n in names))
    write("actions", "action_id,incident_id,owner,due_at,done_at", ((f"x-{n}", f"i-{n}", "p1", day(30), day(31)) for n in names))
    write("people", "person,aliases,email,active,left_at",
          [(f"Person {i}", f"p{i}", "", "true", "") for i in range(300)]
          + [("Ben", "ben", "", "true", ""), ("Raj", "raj", "", "true", "")])
    write("roles", "person,role,scope,from_at,to_at", [("Raj", "model-risk-approver", "", day(900), "")])
    write("waivers", "id,check,subject,reason,requested_by,approved_by,approved_at,expires", [])
    write("manifest", "table,complete,captured_at", [("waivers", "true", day(0.2))])


if not folder.exists():
    make()
best = None
for _ in range(3):
    start = time.perf_counter()
    ended = subprocess.run([plumb, "run", "std:audit", *sorted(map(str, folder.glob("*.csv"))), "--as-of", "2026-06-30T12:00",
                            "--report", f"json={folder}/report.out"], capture_output=True, text=True)
    seconds = time.perf_counter() - start
    best = seconds if best is None else min(best, seconds)
    if ended.returncode not in (0, 1, 4):
        sys.exit(ended.stderr)
print("\n".join(ended.stdout.splitlines()[-2:]))
print(f"std:audit over {MODELS} models, {DEPLOYMENTS} deployments, {RESULTS} monitor results: {best:.2f} s")
