"""Python environments for peers that do not go together with the others."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def python(options, name, requirements):
    """The Python of the environment of this name, made with what the file lists when it is missing."""
    folder = os.path.join(options.folder, name + "-venv")
    program = os.path.join(folder, "bin", "python")
    if not os.path.exists(os.path.join(folder, "done")):
        print("bench: installing", requirements, file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r",
                        os.path.join(HERE, requirements)], check=True)
        open(os.path.join(folder, "done"), "w").close()
    return program
