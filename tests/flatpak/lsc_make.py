"""Makes what the tests in sandboxes need, or takes it from the cache: the stand-in for GNOME's
runtime, and the app built by the shipped manifest."""

import contextlib
import json
import os
import shutil
import subprocess
import sys

import lsc_cache

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
STANDIN = os.path.join(HERE, "standin")
MANIFEST = os.path.join(TOP, "flatpak", "io.github.lanescope.Lanescope.json")
# What GNOME's runtime of the manifest is nearest to. Where it can not be had: what is installed.
SUITES = ("forky", "installed")

# Nothing of these gets into the app.
BUILT_WITHOUT = {".ci", "docs", "tests", "tools"}


class NoStandin(Exception):
    """Neither from an archive nor from what is installed."""


def note(text):
    print("# " + text, flush=True)


def read_manifest():
    with open(MANIFEST, encoding="utf-8") as file:
        return json.load(file)


def standin_name(suite, version):
    files = [os.path.join(STANDIN, name) for name in sorted(os.listdir(STANDIN))]
    packages = subprocess.check_output(["dpkg-query", "-W"], text=True) if suite == "installed" else ""
    return "standin-%s-%s-%s" % (version, suite, lsc_cache.digest(*files, version, suite, packages))


@contextlib.contextmanager
def standin():
    """The folder of the stand-in: sdk/ and platform/ in it are flatpak installations."""
    version = read_manifest()["runtime-version"]
    wanted = os.environ.get("LSC_FLATPAK_SUITE")
    with contextlib.ExitStack() as stack:
        for suite in [wanted] if wanted else SUITES:
            def make(folder, suite=suite):
                note("making a stand-in for org.gnome.Platform %s of %s" % (version, suite))
                home = os.path.join(folder, "home")
                os.mkdir(home)
                subprocess.run([os.path.join(STANDIN, "make"), folder, version, suite], check=True,
                               stdout=sys.stderr, env=dict(os.environ, HOME=home, LC_ALL="C.UTF-8"))
                shutil.rmtree(home)

            try:
                path = stack.enter_context(lsc_cache.kept(standin_name(suite, version), make))
            except subprocess.CalledProcessError:
                note("it can not be made of " + suite)
                continue
            yield path
            return
        raise NoStandin("no stand-in for GNOME's runtime could be made")


def sources():
    """The folder that the manifest builds from, and what of it is left out."""
    source = read_manifest()["modules"][-1]["sources"][0]
    skipped = {os.path.normpath(path) for path in source.get("skip", ())}
    return os.path.normpath(os.path.join(os.path.dirname(MANIFEST), source["path"])), skipped


def app_name(standin_path):
    top, skipped = sources()
    skipped |= BUILT_WITHOUT
    tree = lsc_cache.digest_tree(top, lambda path: path in skipped or "__pycache__" in path)
    return "app-" + lsc_cache.digest(os.path.basename(standin_path), tree)


def _run_logged(place, log, environment, *words):
    with open(log, "a", encoding="utf-8") as file:
        done = place.run(*words, stdout=file, stderr=file, env=environment)
    if done.returncode != 0:
        with open(log, encoding="utf-8") as file:
            note("\n# ".join(file.read().split("\n")[-60:]))
        raise RuntimeError("%s failed" % words[0])


def build_app(place, standin_path, folder):
    """Builds the manifest as it is, as the place's user, into folder: repo/, the app's bundle, build.log."""
    note("building the manifest")
    manifest = read_manifest()
    work = os.path.join(place.folder, "build")
    if os.path.exists(work):  # it was given up
        lsc_cache.remove(work)
    repo, state, bundle = (os.path.join(work, name) for name in ("repo", "state", manifest["id"] + ".flatpak"))
    for path in (work, state):
        os.mkdir(path)
        os.chown(path, place.uid, -1)
    os.symlink(lsc_cache.compiler_cache(place.uid), os.path.join(state, "ccache"))
    environment = place.environment(FLATPAK_SYSTEM_DIR=os.path.join(standin_path, "sdk"))
    log = os.path.join(folder, "build.log")
    # By twice the number of jobs the load is limited: on a busy machine it would crawl with fewer.
    _run_logged(place, log, environment, "flatpak-builder", "--user", "--ccache", "--jobs=%d" % (2 * os.cpu_count()),
                "--disable-rofiles-fuse", "--disable-download", "--disable-updates", "--force-clean",
                "--repo=" + repo, "--state-dir=" + state, os.path.join(work, "tree"), MANIFEST)
    _run_logged(place, log, environment, "flatpak", "build-bundle", repo, bundle, manifest["id"],
                manifest.get("branch", "master"))
    for path in (repo, bundle):
        shutil.move(path, folder)
    lsc_cache.remove(work)


@contextlib.contextmanager
def app(place, standin_path):
    """The folder with the app's bundle and repository."""
    with lsc_cache.kept(app_name(standin_path), lambda folder: build_app(place, standin_path, folder)) as path:
        yield path
