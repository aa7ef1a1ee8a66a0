#!/usr/bin/env python3
"""Looks at the HTML report in headless Chromium: `page.py --program PATH [--pictures FOLDER]`.

Needs chromium and chromedriver. Each page in both colour schemes and two widths: nothing is asked of the network,
nothing is wider than the window, axe finds nothing, everything opens by keyboard; printed, all that is closed is
there too.
"""
import argparse
import base64
import io
import pathlib
import re
import shutil
import tempfile

import axe_core_python
import pypdf
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys

import audits

WIDTHS = {"wide": 1280, "narrow": 380}
AXE = pathlib.Path(axe_core_python.__file__).with_name("axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--pictures", type=pathlib.Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = audits.run(chosen.program, pathlib.Path(folder))
        browser = start()
        try:
            for page in pages:
                look(browser, page, chosen.pictures)
                print(f"reports: the page of {page.name} is well")
        finally:
            browser.quit()


def start():
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def look(browser, page, pictures):
    for scheme in ("light", "dark"):
        for name, width in WIDTHS.items():
            where = f"{page.name}, {scheme}, {name}"
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                    {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
            browser.get(page.files["html"].as_uri())
            assert not browser.get_log("browser"), where
            assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0, where
            assert browser.execute_script("return typeof alert !== 'undefined' && document.scripts.length") == 0, where
            beyond = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
            assert beyond <= 0, f"{where}: {beyond} pixels beyond the window"
            if pictures:
                keep(browser, pictures / f"{page.name}-{scheme}-{name}.png")
            browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
            beyond = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
            assert beyond <= 0, f"{where}, opened: {beyond} pixels beyond the window"
            if name == "wide":
                accessible(browser, where)
    keyboard(browser, page)
    printed(browser, page, pictures)


def keep(browser, file):
    file.parent.mkdir(parents=True, exist_ok=True)
    picture = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    file.write_bytes(base64.b64decode(picture["data"]))


def accessible(browser, where):
    # Through the protocol, because the page's own policy runs no script.
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE})
    found = browser.execute_cdp_cmd("Runtime.evaluate", {
        "expression": f"axe.run({{runOnly: {{type: 'tag', values: {TAGS}}}}}).then(r => r.violations.map("
                      "v => v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 3).map(n => n.html).join(' ')))",
        "awaitPromise": True, "returnByValue": True})
    violations = found["result"].get("value")
    assert violations == [], f"{where}: {found['result'].get('description') or violations}"


def keyboard(browser, page):
    """The first key leads past the header, and Enter opens what has the focus."""
    browser.get(page.files["html"].as_uri())
    send = browser.switch_to.active_element.send_keys
    send(Keys.TAB)
    focused = browser.switch_to.active_element
    assert focused.get_attribute("class") == "skip" and focused.is_displayed(), page.name
    focused.send_keys(Keys.ENTER)
    assert browser.current_url.endswith("#blockers")
    closed = "return document.querySelectorAll('details:not([open])').length"
    count = browser.execute_script(closed)
    if count:
        browser.execute_script("document.querySelector('details:not([open]) > summary').focus()")
        browser.switch_to.active_element.send_keys(Keys.ENTER)
        assert browser.execute_script(closed) == count - 1, page.name


def printed(browser, page, pictures):
    browser.get(page.files["html"].as_uri())
    data = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})["data"])
    if pictures:
        (pictures / f"{page.name}.pdf").write_bytes(data)
    text = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(data)).pages))
    for check in page.report["checks"]:
        assert re.sub(r"\s+", "", f"At {check['file']}:{check['line']}") in text, f"{page.name}: {check['id']} is not printed"


main()
