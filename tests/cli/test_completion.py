#!/usr/bin/python3
"""Completion in bash: a real one, on a terminal, where Tab is pressed."""

import os
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time
import unittest

from lsc_cli import CLI, environment, main, run

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "cli", "lanescope-cli.bash")
LONG_S = 60
END = "the-end"
# Completes at once, one a line, and says where its answer ends.
START = """
bind 'set show-all-if-ambiguous on' 'set completion-query-items 0' 'set page-completions off' \
     'set bell-style none' 'set enable-bracketed-paste off' 'set colored-stats off' 2>/dev/null
PS1='' PS2=''
"""


class Terminal:
    """An interactive bash."""

    def __init__(self, folder):
        self.folder = folder
        start = os.path.join(folder, "start")
        with open(start, "w", encoding="utf-8") as file:
            file.write(START + "source %s\n" % SCRIPT)
        values = environment(PATH=os.path.dirname(CLI) + ":" + os.environ["PATH"], TERM="dumb", INPUTRC="/dev/null",
                             HISTFILE=None, HOME=folder)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe("bash", ["bash", "--noprofile", "--rcfile", start, "-i"], values)
        self.say("echo %s-$((40 + 2))\n" % END)
        self.read_to("%s-42" % END)

    def say(self, text):
        os.write(self.fd, text.encode())

    def read_to(self, mark):
        text = ""
        end = time.monotonic() + LONG_S
        while mark not in text:
            assert select.select([self.fd], [], [], max(end - time.monotonic(), 0))[0], text
            text += os.read(self.fd, 65536).decode(errors="replace")
        return text

    def complete(self, line):
        """The whole line, as Tab left it."""
        # Ctrl-A goes to its beginning, Ctrl-E to its end: it becomes a command that writes its words.
        self.say(line + "\t\x01printf '%%s\\n' \x05 >words; echo %s-$((40 + 2))\n" % END)
        self.read_to("%s-42" % END)
        with open(os.path.join(self.folder, "words"), encoding="utf-8") as file:
            return file.read().split("\n")[:-1]

    def end(self):
        self.say("exit\n")
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def ask(line):
    """What there is to choose from, without a terminal: as bash splits the line for the function."""
    words = re.findall(r"=|[^\s=]+", line) + ([""] if line[-1] in " =" else [])
    script = ('source "$0"; COMP_LINE=$1; COMP_POINT=${#1}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))\n'
              '_lanescope_cli "$1"; printf "%s\\n" "${COMPREPLY[@]}"')
    told = subprocess.run(["bash", "-c", script, SCRIPT, line, CLI] + words[1:], env=environment(),
                          stdout=subprocess.PIPE, text=True, check=True, timeout=LONG_S).stdout
    return told.split()


class Completion(unittest.TestCase):
    def test_on_a_terminal(self):
        folder = tempfile.mkdtemp()
        terminal = Terminal(folder)
        try:
            for line, whole in [
                    ("lanescope-cli fun", ["lanescope-cli", "functions"]),
                    ("lanescope-cli run pri", ["lanescope-cli", "run", "primes"]),
                    ("lanescope-cli run primes --executor=th", ["lanescope-cli", "run", "primes", "--executor=threads"]),
                    ("lanescope-cli run primes --set inputs=ra", ["lanescope-cli", "run", "primes", "--set", "inputs=range"]),
                    ("lanescope-cli run primes --set=chu", ["lanescope-cli", "run", "primes", "--set=chunk="]),
                    ("lanescope-cli info st", ["lanescope-cli", "info", "start"]),
            ]:
                with self.subTest(line):
                    self.assertEqual(terminal.complete(line), whole)
        finally:
            terminal.end()
            shutil.rmtree(folder)

    def test_commands(self):
        self.assertEqual(set(ask("lanescope-cli ")), {"list", "show", "run", "profile", "compare", "functions", "export",
                                                      "info", "--help", "--version"})

    def test_options(self):
        for command in ("list", "show", "run", "profile", "compare", "functions", "export", "info"):
            told = set(re.findall(r"^  (?:-h, )?(--[\w-]+=?)", run(command, "--help")[1], re.M))
            self.assertEqual(set(ask("lanescope-cli %s --" % command)), told)
            self.assertIn("--help", told)

    def test_choices(self):
        modes = ["sequential", "async", "threads", "processes"]
        self.assertEqual(ask("lanescope-cli run primes --executor "), modes)
        self.assertEqual(ask("lanescope-cli profile --executors="), modes)
        self.assertEqual(ask("lanescope-cli profile primes --sort="), ["measured", "fastest", "name", "memory"])
        self.assertEqual(ask("lanescope-cli run primes --workers "), [])

    def test_workloads(self):
        # The user's own are among them.
        with tempfile.TemporaryDirectory() as data:
            os.makedirs(os.path.join(data, "lanescope", "workloads"))
            with open(os.path.join(data, "lanescope", "workloads", "mine.workload"), "w", encoding="utf-8") as file:
                file.write("[Workload]\nName=Mine\nKind=builtin\nProgram=primes\n")
            os.environ["XDG_DATA_HOME"] = data
            try:
                self.assertIn("mine", ask("lanescope-cli show "))
                self.assertEqual(ask("lanescope-cli run mine --set fr"), ["from="])
            finally:
                del os.environ["XDG_DATA_HOME"]
        self.assertEqual(ask("lanescope-cli profile primes ra"), ["ramen"])

    def test_parameters(self):
        names = re.findall(r"^  ([a-z]\S*) \(", run("show", "primes")[1], re.M)
        self.assertEqual(ask("lanescope-cli run primes --set "), [name + "=" for name in names])
        self.assertEqual(ask("lanescope-cli run primes --set inputs=r"), ["range"])
        self.assertEqual(ask("lanescope-cli run --set "), [])

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("run.lanescope", "runs"):
                (os.mkdir if name == "runs" else lambda path: open(path, "w").close())(os.path.join(folder, name))
            both = [os.path.join(folder, "run.lanescope"), os.path.join(folder, "runs")]
            self.assertEqual(sorted(ask("lanescope-cli info %s/r" % folder)), both)
            self.assertEqual(sorted(ask("lanescope-cli run primes --png=%s/r" % folder)), both)
            self.assertEqual(ask("lanescope-cli run primes --output-folder %s/r" % folder), both[1:])

    def test_command(self):
        self.assertIn("gzip", ask("lanescope-cli run --workers 2 -- gzi"))
        self.assertEqual(ask("lanescope-cli run -- gzip /etc/host.con"), ["/etc/host.conf"])


if __name__ == "__main__":
    main()
