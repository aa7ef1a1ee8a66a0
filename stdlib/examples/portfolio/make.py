#!/usr/bin/env python3
"""Writes the example portfolio: `make.py` fills `healthy/` and `faulty/` beside it with CSV files.

Ten models as of 2026-06-30T12:00: eight serve, one is retired in order, one is being built. In `healthy/`
every rule of std:audit finds what it needs and nothing offends; `faulty/` is the same portfolio with a
dozen of the defects of `defects.csv`, one model each.
"""
import csv, datetime, hashlib, pathlib

HERE = pathlib.Path(__file__).parent
NOW = datetime.datetime(2026, 6, 30, 12)
DAY = datetime.timedelta(days=1)
LIVE = [("churn", "high"), ("fraud", "high"), ("pricing", "medium"), ("search", "low"),
        ("demand", "medium"), ("credit", "critical"), ("tagging", "low"), ("returns", "medium")]


def time(text):
    return datetime.datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M:%SZ")


def digest(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def healthy():
    tables = {}

    def add(name_, **row):
        tables.setdefault(name_, []).append(row)

    for name, tier in LIVE:
        add("models", name=name, owner="ana" if tier in ("high", "critical") else "mia", risk_tier=tier,
            status="active", purpose=f"decides about {name}", intended_use=f"{name} of private customers",
            ai_act_class="high" if name == "credit" else "limited", card_uri=f"https://cards.example/{name}",
            card_updated_at=time("2026-04-10"), log_sink="logs.example", log_retention_days=365,
            created_at=time("2025-10-01"), review_due_at=time("2026-12-01"), retire_by="", retired_at="",
            retire_record_uri="", data_disposition="")
        for version, day, start, complete, end in ((1, "2025-11-01", "2025-11-20", "2025-11-21T01:00", "2026-04-20"),
                                                   (2, "2026-04-01", "2026-04-20", "2026-04-21T01:00", "")):
            run = f"r-{name}-{version}"
            add("runs", run_id=run, experiment=name, status="FINISHED", user="ben", start_time=time(f"{day}T01:00"),
                end_time=time(f"{day}T02:00"), git_commit=hashlib.sha1(run.encode()).hexdigest(), git_dirty="false",
                pipeline_run_id=f"p-{name}-{version}")
            add("pipeline_runs", pipeline_run_id=f"p-{name}-{version}", pipeline="train", trigger="schedule",
                actor="scheduler", start_at=time(f"{day}T01:00"), end_at=time(f"{day}T02:00"), status="succeeded")
            add("versions", model=name, version=version, created_at=time(f"{day}T02:05"), user="ben", run_id=run,
                aliases="champion" if version == 2 else "", artifact_digest=digest(run), env_digest=digest("env" + run))
            add("version_datasets", model_id=name, version=version, dataset_id=f"d-{name}-{version}", role="train",
                digest=digest("data" + run), created_at=time(f"{day}T00:00"))
            decided = "2025-11-15" if version == 1 else "2026-04-15"
            add("approvals", approval_id=f"a-{name}-{version}", gate="production", model_id=name, version=version,
                environment="production", decision="approved", requested_by="ben", requested_at=time(day + "T09:00"),
                decided_by="raj", decided_at=time(decided), expires_at=time("2027-04-15"),
                evidence_digest=digest("approval" + run))
            add("assessments", assessment_id=f"v-{name}-{version}", model_id=name, version=version, kind="validation",
                outcome="pass", performed_by="val", performed_at=time("2025-11-10" if version == 1 else "2026-04-05"),
                expires_at="", metric="auc", value=0.9, evidence_digest=digest("validation" + run))
            add("deployments", deployment_id=f"dep-{name}-{version}", model_id=name, version=version,
                environment="production", target=f"{name}-api", started_at=time(start), finished_at=time(complete),
                ended_at=time(end) if end else "", status="succeeded", actor="ci-bot", actor_type="automation",
                method="pipeline", strategy="canary", traffic_pct=5, artifact_digest=digest(run),
                change_ref=f"CHG-{version}", planned="true", gate_run_id=f"audit-{version}")
        add("assessments", assessment_id=f"i-{name}", model_id=name, version="", kind="impact", outcome="pass",
            performed_by="val", performed_at=time("2026-03-20"), expires_at=time("2027-03-20"))
        add("assessments", assessment_id=f"f-{name}", model_id=name, version=2, kind="fairness", outcome="pass",
            performed_by="val", performed_at=time("2026-04-06"), expires_at="")
        add("assessments", assessment_id=f"b-{name}", model_id=name, version="", kind="rollback_drill", outcome="pass",
            performed_by="ops", performed_at=time("2026-05-10"), expires_at="")
        add("alias_events", model_id=name, alias="champion", version=2, at=time("2026-04-18"), by="ci-bot", kind="set",
            exact="true")
        for kind, metric, value in (("availability", "up", 1.0), ("data_drift", "psi", 0.02), ("performance", "auc", 0.89)):
            if kind == "performance" and tier == "low":
                continue
            monitor = f"m-{name}-{kind}"
            add("monitors", monitor_id=monitor, model_id=name, environment="production", kind=kind, metric=metric,
                threshold=0.2, direction="min" if kind == "data_drift" else "max", interval="1d", window="1d",
                enabled="true", owner="ana@corp.example", channel="#models", reference_dataset_id=f"d-{name}-2",
                created_at=time("2026-04-20"))
            for back in range(35):
                end = datetime.datetime(2026, 6, 30) - back * DAY
                add("monitor_results", monitor_id=monitor, window_end=end.strftime("%Y-%m-%dT%H:%M:%SZ"), value=value,
                    status="ok", n=5000)
        for back in range(31):
            add("traffic", model_id=name, version=2, environment="production",
                day=(datetime.datetime(2026, 6, 30) - back * DAY).strftime("%Y-%m-%d"), requests=1000 + back, errors=1)
        add("alerts", alert_id=f"al-{name}", monitor_id=f"m-{name}-availability", model_id=name,
            raised_at=time("2026-06-10T08:00"), acked_at=time("2026-06-10T09:30"), acked_by="ana",
            resolved_at=time("2026-06-10T12:00"), action="accept")
        add("incidents", incident_id=f"inc-{name}", model_id=name, service=f"{name}-api", severity=3, category="quality",
            detected_by="monitor", opened_at=time("2026-05-02"), resolved_at=time("2026-05-04"), postmortem_uri="",
            serious_kind="", aware_at="", reported_at="")
        add("actions", action_id=f"act-{name}", incident_id=f"inc-{name}", owner="ana", due_at=time("2026-05-20"),
            done_at=time("2026-05-18"))
    add("assessments", assessment_id="r-credit", model_id="credit", version=2, kind="periodic_review", outcome="pass",
        performed_by="val", performed_at=time("2026-05-14"), expires_at="")
    add("incidents", incident_id="inc-serious", model_id="credit", service="credit-api", severity=1, category="harm",
        detected_by="user", opened_at=time("2026-05-10T08:00"), resolved_at=time("2026-05-10T20:00"),
        postmortem_uri="https://wiki.example/pm-1", serious_kind="other", aware_at=time("2026-05-10T09:00"),
        reported_at=time("2026-05-15"))
    add("models", name="legacy", owner="mia", risk_tier="medium", status="retired", purpose="decided about returns",
        intended_use="none any more", ai_act_class="limited", card_uri="https://cards.example/legacy",
        card_updated_at=time("2025-06-01"), log_sink="logs.example", log_retention_days=365,
        created_at=time("2023-02-01"), review_due_at="", retire_by=time("2026-01-31"), retired_at=time("2026-01-31"),
        retire_record_uri="https://wiki.example/retired-legacy", data_disposition="deleted 2026-02-28")
    add("models", name="draft", owner="mia", risk_tier="", status="development", purpose="", intended_use="",
        ai_act_class="", card_uri="", card_updated_at="", log_sink="", log_retention_days="",
        created_at=time("2026-06-01"), review_due_at="", retire_by="", retired_at="", retire_record_uri="",
        data_disposition="")
    for person, aliases, active, left in (("Ana Smith", "ana;ana@corp.example;asmith", "true", ""),
                                          ("Ben Ortiz", "ben;ben@corp.example", "true", ""),
                                          ("Raj Patel", "raj;CORP\\raj", "true", ""), ("Mia Chen", "mia", "true", ""),
                                          ("Leo Gone", "leo", "false", time("2026-01-31"))):
        add("people", person=person, aliases=aliases, email="", active=active, left_at=left)
    add("roles", person="Raj Patel", role="model-risk-approver", scope="", from_at=time("2025-01-01"), to_at="")
    tables["waivers"] = []
    for table in ("waivers", "alerts", "alias_events", "approvals"):
        add("manifest", table=table, complete="true", captured_at=time("2026-06-30T06:00"))
    return tables


HEADERS = {"waivers": ["id", "check", "subject", "reason", "requested_by", "approved_by", "approved_at", "expires", "ticket"]}


def plant(tables, rule, model):
    """Applies the lines of a rule in defects.csv to a model."""
    for line in csv.DictReader((HERE / "defects.csv").open()):
        if line["rule"] != rule:
            continue
        put = lambda text: text.replace("{model}", model)
        rows = tables[line["table"]]
        pairs = [pair.split("=", 1) for pair in put(line["where"]).split(";") if pair]
        values = [pair.split("=", 1) for pair in put(line["set"]).split("|") if pair]
        matching = [row for row in rows if all(str(row[key]) == value for key, value in pairs)]
        if line["action"] == "delete":
            tables[line["table"]] = [row for row in rows if row not in matching]
        elif line["action"] == "set":
            for row in matching:
                row.update(values)
        else:
            rows.append(dict(values))


def write(folder, tables):
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        columns = HEADERS.get(name) or list(dict.fromkeys(key for row in rows for key in row))
        with (folder / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


write(HERE / "healthy", healthy())
faulty = healthy()
for rule, model in (("INV-03", "churn"), ("LIN-02", "fraud"), ("APR-01", "credit"), ("SOD-01", "pricing"),
                    ("MON-01", "churn"), ("MON-02", "demand"), ("DRF-01", "returns"), ("DEP-01", "search"),
                    ("INC-01", "tagging"), ("RET-01", "legacy"), ("PRF-01", "fraud"), ("SOD-04", "demand")):
    plant(faulty, rule, model)
write(HERE / "faulty", faulty)
