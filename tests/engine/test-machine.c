/* test-machine.c: the conditions of figures, from files as kernels and systems have them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "lsc-machine-private.h"
#include "lsc-run.h"

static char *root;

static void
put (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole_path = g_strconcat (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (whole_path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (whole_path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_all (inner);
    }
  g_remove (path);
}

static void
set_up (void)
{
  root = g_dir_make_tmp ("lanescope-machine-XXXXXX", NULL);
  g_assert_nonnull (root);
}

static void
tear_down (void)
{
  remove_all (root);
  g_clear_pointer (&root, g_free);
}

/* A machine that says nothing: nothing is taken for fine. */
static void
test_unknown (void)
{
  g_autoptr (LscConditions) conditions = NULL;
  LscMachineMark begin;

  set_up ();
  conditions = lsc_machine_read_conditions_below (root);
  begin = lsc_machine_mark_below (root, 1000);
  lsc_machine_measure_since_below (root, &begin, 2000, conditions);
  g_assert_null (conditions->machine);
  g_assert_null (conditions->cpu);
  g_assert_null (conditions->system);
  g_assert_null (conditions->governor);
  g_assert_null (conditions->python);
  g_assert_true (isnan (conditions->load_before));
  g_assert_true (isnan (conditions->load_after));
  g_assert_true (isnan (conditions->pressure));
  g_assert_true (isnan (conditions->steal));
  /* These come from the kernel and from the build. */
  g_assert_true (g_str_has_prefix (conditions->kernel, "Linux "));
  g_assert_nonnull (conditions->compiler);
  g_assert_cmpuint (conditions->n_cores, ==, lsc_engine_get_n_cores ());
  tear_down ();
}

static void
test_what_it_is (void)
{
  g_autoptr (LscConditions) conditions = NULL;

  set_up ();
  put ("/proc/cpuinfo", "processor\t: 0\nvendor_id\t: X\nmodel name\t: Some CPU 3000  \n");
  put ("/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
  put ("/etc/os-release",
       "NAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
  put ("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
  put ("/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "performance\n");
  put ("/sys/devices/system/cpu/cpufreq/other", "x");
  put ("/proc/loadavg", "0.52 0.31 0.20 1/234 5678\n");
  conditions = lsc_machine_read_conditions_below (root);
  g_assert_cmpstr (conditions->cpu, ==, "Some CPU 3000");
  g_assert_cmpstr (conditions->system, ==, "Debian GNU/Linux 12 (bookworm)");
  g_assert_cmpstr (conditions->governor, ==, "performance");
  g_assert_cmpfloat (conditions->load_before, ==, 0.52);
  g_assert_true (isnan (conditions->load_after));
  /* printf io.github.lanescope.Lanescope | openssl dgst -sha256 -hmac ID; its first half. */
  g_assert_cmpstr (conditions->machine, ==, "21f1b4a970ee46534234c4717887ed83");
  tear_down ();
}

/* Other files, other habits. */
static void
test_other_machines (void)
{
  g_autoptr (LscConditions) conditions = NULL;

  set_up ();
  put ("/etc/machine-id", "uninitialized\n");
  put ("/usr/lib/os-release", "ID=arch\nPRETTY_NAME='Arch Linux'\n");
  put ("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "schedutil\n");
  put ("/sys/devices/system/cpu/cpu10/cpufreq/scaling_governor", "performance\n");
  put ("/proc/cpuinfo", "processor\t: 0\nBogoMIPS\t: 108.00\nModel\t\t: Raspberry Pi 5\n");
  put ("/proc/loadavg", "no number\n");
  conditions = lsc_machine_read_conditions_below (root);
  g_assert_null (conditions->machine);
  g_assert_cmpstr (conditions->system, ==, "Arch Linux");
  g_assert_cmpstr (conditions->governor, ==, "performance, schedutil");
  g_assert_cmpstr (conditions->cpu, ==, "Raspberry Pi 5");
  g_assert_true (isnan (conditions->load_before));
  tear_down ();
}

static void
test_what_went_on (void)
{
  g_autoptr (LscConditions) conditions = lsc_conditions_new ();
  LscMachineMark begin;

  set_up ();
  put ("/proc/pressure/cpu", "some avg10=1.00 avg60=0.50 avg300=0.10 total=1000000\n"
                             "full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n");
  put ("/proc/stat", "cpu  100 20 30 700 40 5 5 100 50 5\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
  put ("/proc/loadavg", "1.00 0.31 0.20 1/234 5678\n");
  begin = lsc_machine_mark_below (root, 10 * LSC_NS_PER_S);

  /* In 4 s something waited for 0.5 s; of 1000 ticks 25 were stolen, and guests' are counted once.
   */
  put ("/proc/pressure/cpu", "some avg10=1.00 avg60=0.50 avg300=0.10 total=1500000\n");
  put ("/proc/stat", "cpu  600 20 30 1100 115 5 5 125 550 5\n");
  put ("/proc/loadavg", "2.50 0.31 0.20 1/234 5678\n");
  lsc_machine_measure_since_below (root, &begin, 14 * LSC_NS_PER_S, conditions);
  g_assert_cmpfloat_with_epsilon (conditions->pressure, 0.125, 1e-12);
  g_assert_cmpfloat_with_epsilon (conditions->steal, 0.025, 1e-12);
  g_assert_cmpfloat (conditions->load_after, ==, 2.5);

  /* The accounts go forward, and a share is one. */
  put ("/proc/pressure/cpu", "some avg10=1.00 avg60=0.50 avg300=0.10 total=900000\n");
  put ("/proc/stat", "cpu  100 20 30 700 40 5 5\n");
  lsc_machine_measure_since_below (root, &begin, 15 * LSC_NS_PER_S, conditions);
  g_assert_true (isnan (conditions->pressure));
  g_assert_true (isnan (conditions->steal));
  put ("/proc/pressure/cpu", "some avg10=1.00 avg60=0.50 avg300=0.10 total=9000000\n");
  lsc_machine_measure_since_below (root, &begin, 15 * LSC_NS_PER_S, conditions);
  g_assert_cmpfloat (conditions->pressure, ==, 1);
  tear_down ();
}

/* Of this very machine: the id in its file is nowhere to be seen. */
static void
test_this_one (void)
{
  g_autoptr (LscConditions) conditions = lsc_machine_read_conditions ();
  g_autofree char *id = NULL;
  LscMachineMark   begin = lsc_machine_mark ();

  g_assert_cmpint (begin.time_ns, >, 0);
  g_assert_cmpfloat (conditions->load_before, >=, 0);
  lsc_machine_measure_since (&begin, conditions);
  g_assert_cmpfloat (conditions->load_after, >=, 0);
  if (g_file_get_contents ("/etc/machine-id", &id, NULL, NULL) && strlen (id) >= 32)
    {
      id[32] = '\0';
      g_assert_cmpuint (strlen (conditions->machine), ==, 32);
      g_assert_cmpstr (conditions->machine, !=, id);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/machine/unknown", test_unknown);
  g_test_add_func ("/engine/machine/what-it-is", test_what_it_is);
  g_test_add_func ("/engine/machine/other-machines", test_other_machines);
  g_test_add_func ("/engine/machine/what-went-on", test_what_went_on);
  g_test_add_func ("/engine/machine/this-one", test_this_one);
  return g_test_run ();
}
