/* test-sandbox.c: what Flatpak says about a sandbox, and how paths are named outside of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is written as flatpak(1) describes it (flatpak-metadata(5), /.flatpak-info).
 */

#include "config.h"

#include <glib/gstdio.h>

#include "lsc-sandbox.h"

static LscSandbox *
load (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  LscSandbox      *sandbox;
  int              fd = g_file_open_tmp ("lsc-sandbox-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_close (fd, NULL);
  sandbox = lsc_sandbox_load (path);
  g_unlink (path);
  return sandbox;
}

#define INSTANCE                                                    \
  "[Application]\nname=io.github.lanescope.Lanescope.Devel\n"       \
  "[Instance]\napp-path=/home/u/.local/share/flatpak/app/x/files\n" \
  "runtime-path=/var/lib/flatpak/runtime/y/files\ninstance-path=/home/u/.var/app/x\n"

static void
test_permission (void)
{
  static const struct
  {
    const char *text;
    gboolean    may;
  } cases[] = {
    { INSTANCE, FALSE },
    { INSTANCE "[Session Bus Policy]\norg.freedesktop.Flatpak=talk\n", TRUE },
    { INSTANCE "[Session Bus Policy]\norg.freedesktop.Flatpak=own\n", TRUE },
    { INSTANCE "[Session Bus Policy]\norg.freedesktop.Flatpak=see\n", FALSE },
    { INSTANCE "[Session Bus Policy]\norg.freedesktop.Flatpak=none\n", FALSE },
    { INSTANCE "[Session Bus Policy]\norg.freedesktop.FlatpakX=talk\n", FALSE },
    { INSTANCE "[System Bus Policy]\norg.freedesktop.Flatpak=talk\n", FALSE },
    { INSTANCE "[Context]\nsockets=wayland;session-bus;\n", TRUE },
    { INSTANCE "[Context]\nsockets=wayland;!session-bus;\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LscSandbox) sandbox = load (cases[i].text);

      g_assert_nonnull (sandbox);
      g_assert_cmpint (lsc_sandbox_may_start_outside (sandbox), ==, cases[i].may);
    }
}

static void
test_override (void)
{
  g_autoptr (LscSandbox) sandbox = load (INSTANCE);
  g_autofree char *command = lsc_sandbox_dup_override (sandbox);

  g_assert_cmpstr (command, ==,
                   "flatpak override --user --talk-name=org.freedesktop.Flatpak "
                   "io.github.lanescope.Lanescope.Devel");
}

static void
test_outer_paths (void)
{
  static const struct
  {
    const char *inner, *outer;
  } cases[] = {
    { "/app/libexec/lanescope/x", "/home/u/.local/share/flatpak/app/x/files/libexec/lanescope/x" },
    { "/app", "/home/u/.local/share/flatpak/app/x/files" },
    { "/usr/lib/../lib/ld.so", "/var/lib/flatpak/runtime/y/files/lib/ld.so" },
    { "/home/u/work", "/home/u/work" },
    { "/var/home/u", "/var/home/u" },
    { "/run/media/u/stick/a", "/run/media/u/stick/a" },
    { "/run/user/1000/app/x/f", "/run/user/1000/app/x/f" },
    { "/run/host/usr/share", "/usr/share" },
    { "/apples/tree", "/apples/tree" },
    { "/tmp/x", NULL },
    { "/tmp", NULL },
    { "/var/tmp/x", NULL },
    { "/etc/passwd", NULL },
    { "/", NULL },
  };
  g_autoptr (LscSandbox) sandbox = load (INSTANCE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *outer = lsc_sandbox_dup_outer_path (sandbox, cases[i].inner);

      g_assert_cmpstr (outer, ==, cases[i].outer);
    }
}

/* Nothing is mounted at this runtime folder: it can't be told what the other side sees there. */
static void
test_shared_folder (void)
{
  g_autoptr (LscSandbox) sandbox = load (INSTANCE);
  g_autoptr (LscSandbox) bare = load ("[Application]\nname=x\n");
  g_autofree char *folder = lsc_sandbox_dup_shared_folder (sandbox);

  g_assert_cmpstr (folder, ==, "/home/u/.var/app/x/cache/lanescope/runs");
  g_assert_null (lsc_sandbox_dup_shared_folder (bare));
}

static void
test_none (void)
{
  g_assert_null (lsc_sandbox_load ("/nonesuch/.flatpak-info"));
  g_assert_null (load ("no key file"));
}

static void
test_documents (void)
{
  g_autofree char *path = lsc_sandbox_dup_document_path ("/nonesuch/file");
  g_autofree char *own = lsc_sandbox_dup_document_path ("/proc/self/exe");

  g_assert_cmpstr (path, ==, "/nonesuch/file");
  g_assert_cmpstr (own, ==, "/proc/self/exe");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("XDG_RUNTIME_DIR", "/nonesuch/runtime", TRUE);

  g_test_add_func ("/sandbox/permission", test_permission);
  g_test_add_func ("/sandbox/override", test_override);
  g_test_add_func ("/sandbox/outer-paths", test_outer_paths);
  g_test_add_func ("/sandbox/shared-folder", test_shared_folder);
  g_test_add_func ("/sandbox/none", test_none);
  g_test_add_func ("/sandbox/documents", test_documents);
  return g_test_run ();
}
