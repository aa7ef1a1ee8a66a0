#!/usr/bin/env python3
"""Opens notebooks in JupyterLab with headless Chromium, runs them, and keeps pictures:
`lab.py [--program PATH] [--pictures FOLDER] [--dark]`. Needs chromium and chromedriver.
"""
import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from notebooks import NOTEBOOKS, notebook
from wire import install


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Lab:
    """A server and a browser."""

    def __init__(self, folder, dark):
        self.port = free_port()
        self.server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={self.port}",
             "--ServerApp.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}",
             "--expose-app-in-browser", "--allow-root", "--LabApp.news_url="],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "JUPYTER_CONFIG_DIR": tempfile.mkdtemp(),
                 "JUPYTERLAB_SETTINGS_DIR": self.settings()})
        self.address = f"http://127.0.0.1:{self.port}"
        for _ in range(120):
            try:
                urllib.request.urlopen(self.address + "/api", timeout=1)
                break
            except OSError:
                time.sleep(0.5)
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,1700",
                         "--hide-scrollbars"):
            options.add_argument(argument)
        self.browser = webdriver.Chrome(
            options=options, service=Service(shutil.which("chromedriver")))
        self.browser.set_script_timeout(60)
        self.dark = dark

    @staticmethod
    def settings():
        """No question about news over the pictures."""
        folder = Path(tempfile.mkdtemp()) / "@jupyterlab" / "apputils-extension"
        folder.mkdir(parents=True)
        (folder / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
        return str(folder.parents[1])

    def close(self):
        self.browser.quit()
        self.server.terminate()
        self.server.wait(timeout=20)

    def wait(self, script, seconds=60):
        end = time.time() + seconds
        while time.time() < end:
            if self.browser.execute_script(script):
                return
            time.sleep(0.3)
        raise AssertionError(f"not within {seconds} s: {script}")

    def open(self, name):
        self.browser.set_window_size(1280, 1700)
        self.browser.get(f"{self.address}/lab/tree/{name}?reset")
        self.wait("return !!(window.jupyterapp && window.jupyterapp.shell.currentWidget"
                  " && window.jupyterapp.shell.currentWidget.sessionContext"
                  " && window.jupyterapp.shell.currentWidget.sessionContext.session"
                  " && window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
                  " && window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status"
                  " === 'idle')")
        if self.dark:
            self.command("apputils:change-theme", "{theme: 'JupyterLab Dark'}")
        self.command("application:toggle-left-area")
        time.sleep(1)

    def command(self, name, arguments="{}"):
        self.browser.execute_script(
            f"window.jupyterapp.commands.execute({name!r}, {arguments});")

    def run_all(self, wait=True):
        self.command("notebook:run-all-cells")
        time.sleep(1)
        if wait:
            self.idle()

    def idle(self, seconds=120):
        self.wait("return window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
                  ".status === 'idle' && !Array.from(document.querySelectorAll("
                  "'.jp-InputPrompt')).some(e => e.textContent.includes('*'))", seconds)

    def count(self, selector):
        return self.browser.execute_script(
            "return document.querySelectorAll(arguments[0]).length", selector)

    def picture(self, path, selector=None):
        """The window, grown so that all of the notebook is seen."""
        self.browser.set_window_size(1280, 900)
        time.sleep(1)
        height = self.browser.execute_script(
            "const v = document.querySelector('.jp-WindowedPanel-outer') ||"
            " document.querySelector('.jp-Notebook'); return v ? v.scrollHeight : 1600")
        self.browser.set_window_size(1280, min(12000, max(900, int(height) + 220)))
        time.sleep(1.5)
        self.browser.execute_script(
            "const v = document.querySelector('.jp-WindowedPanel-outer');"
            " if (v) { v.scrollTop = 0; }")
        time.sleep(1)
        self.browser.save_screenshot(str(path))


def charts(lab, pictures):
    """Every kind of chart is drawn by Vega, and no specification is refused."""
    lab.open("charts.ipynb")
    lab.run_all()
    drawn = lab.count(".jp-RenderedVegaCommon5 svg, .jp-RenderedVegaCommon5 canvas")
    assert drawn >= 9, drawn
    text = lab.browser.execute_script("return document.body.innerText")
    assert "Javascript Error" not in text
    assert lab.count("table.plumb-table") == 1
    lab.picture(pictures / "charts.png")


def interrupt(lab, pictures):
    """A query is interrupted from the menu, and the next cell still knows everything."""
    lab.open("interrupt.ipynb")
    lab.run_all(wait=False)
    time.sleep(2)
    began = time.time()
    lab.command("notebook:interrupt-kernel")
    lab.idle(10)
    seconds = time.time() - began
    text = lab.browser.execute_script("return document.body.innerText")
    assert "interrupted" in text and "[ ]:" in text, text[-800:]
    assert seconds < 5, seconds
    lab.picture(pictures / "interrupt.png")


def tutorials(lab, pictures):
    for path in NOTEBOOKS:
        lab.open(path.name)
        lab.run_all()
        text = lab.browser.execute_script("return document.body.innerText")
        assert "error[" not in text, path.name
        lab.picture(pictures / f"{path.stem}.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=".build/debug/plumb")
    parser.add_argument("--pictures", type=Path, default=Path(tempfile.mkdtemp()))
    parser.add_argument("--dark", action="store_true")
    arguments = parser.parse_args()
    install(arguments.program)
    os.environ["PLUMB_HISTORY"] = ""
    arguments.pictures.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="plumb-lab-"))
    for path in NOTEBOOKS:
        shutil.copy(path, folder)
    nbformat.write(notebook(
        'open "std:demo"\nimport experiments\nimport charts',
        "runs | where metrics.accuracy != null | top 3 by metrics.accuracy | select name, experiment,"
        " metrics.accuracy, start_time, duration",
        'runs | where experiment == "digits-mlp" | charts.learning_curves("val_loss", scale = "log")',
        "runs | plot bar x = experiment, color = status",
        "runs | plot hist x = metrics.accuracy, color = experiment",
        "runs | plot box x = experiment, y = metrics.accuracy",
        'runs | plot scatter x = start_time, y = duration, y_scale = "log", color = experiment',
        "runs | plot heatmap x = params.C, y = experiment",
        'runs | plot ecdf x = duration, color = experiment, x_scale = "log"',
        "runs | where experiment == \"wine-cultivar\" | plot parallel x = [params.C, metrics.accuracy,"
        " duration], color = metrics.accuracy",
        "runs | plot scatter x = start_time, y = metrics.accuracy, facet = experiment",
    ), folder / "charts.ipynb")
    nbformat.write(notebook(
        "let kept = 41", "var i = 0; while true { i = i + 1 }", "kept + 1"),
        folder / "interrupt.ipynb")
    lab = Lab(folder, arguments.dark)
    failures = 0
    try:
        for check in (charts, interrupt, tutorials):
            try:
                check(lab, arguments.pictures)
                print(f"ok    {check.__name__}")
            except Exception as problem:  # noqa: BLE001 - a check must not stop the others
                failures += 1
                print(f"FAIL  {check.__name__}: {str(problem)[:800]}")
                lab.browser.save_screenshot(str(arguments.pictures / f"failed-{check.__name__}.png"))
    finally:
        lab.close()
    print(f"pictures: {arguments.pictures}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
