/* test-groups.c: what is shown and compared together, and how cells are called.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-report-demo.h"

/* "Group: cell, cell*; ..." with the numbers of the cells, a star at the reference. */
static char *
describe_groups (LscReport *report)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lsc_report_get_n_groups (report); i++)
    {
      guint        n;
      const guint *cells = lsc_report_get_group_cells (report, i, &n);

      g_string_append_printf (text, "%s%s:", i > 0 ? "; " : "",
                              lsc_report_get_group_name (report, i));
      for (guint k = 0; k < n; k++)
        g_string_append_printf (
            text, " %u%s", cells[k],
            lsc_report_get_figures (report, cells[k])->reference == (gint)cells[k] ? "*" : "");
    }
  return g_string_free (text, FALSE);
}

/* "Processes/4 workers|Sequential" */
static char *
describe_labels (LscReport *report)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lsc_report_get_n_cells (report); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *detail = NULL;

      lsc_report_dup_cell_label (report, i, &name, &detail);
      g_string_append_printf (text, "%s%s%s%s", i > 0 ? "|" : "", name, detail != NULL ? "/" : "",
                              detail != NULL ? detail : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_groups (const char *cells, guint reference, const char *groups, const char *labels)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new (cells);
  g_autoptr (LscReport) report = NULL;

  if (reference > 0)
    lsc_profile_set_reference (profile, reference);
  report = lsc_report_new (profile);
  lsc_demo_assert_text (describe_groups (report), groups);
  if (labels != NULL)
    lsc_demo_assert_text (describe_labels (report), labels);
}

static void
test_modes (void)
{
  assert_groups ("S; A; T1; T4; P4", 0, "Work: 0* 1 2 3 4",
                 "Sequential|Async|Threads/1 worker|Threads/4 workers|Processes/4 workers");
  assert_groups ("S; T4; P4", 2, "Work: 0 1 2*", NULL);
  assert_groups ("T4", 0, "Work: 0*", "Threads/4 workers");
  assert_groups ("S; S onecore=1; T4 onecore=1", 0, "Work: 0* 1 2",
                 "Sequential|Sequential/one core|Threads/4 workers, one core");
  assert_groups ("", 0, "", "");
}

/* The eight functions in two languages. */
static void
test_companions (void)
{
  assert_groups ("S id=structures-c input=build_set; S id=structures-c input=build_list; "
                 "S id=structures-python settings=python=python3 input=build_set; "
                 "S id=structures-python settings=python=python3 input=build_list",
                 0, "build set: 0* 2; build list: 1* 3", "C|C|Python|Python");
  /* The other one is chosen: in every group. */
  assert_groups ("S id=structures-c input=a; S id=structures-c input=b; "
                 "S id=structures-python input=a; S id=structures-python input=b",
                 3, "a: 0 2*; b: 1 3*", NULL);
  /* One that the other did not measure. */
  assert_groups ("S id=structures-c name=C input=a; S id=structures-c name=C input=b; "
                 "S id=structures-python input=a",
                 0, "a: 0* 2; C: 1*", "C|Sequential|Python");
  /* By itself its inputs are compared with each other. */
  assert_groups ("S id=structures-c input=a; S id=structures-c input=b; S id=structures-c input=c",
                 0, "Work: 0* 1 2", "a|b|c");
}

/* The functions have names for people; another workload's inputs are what they are. */
static void
test_function_names (void)
{
  g_autoptr (LscProfile) profile = lsc_profile_new ();
  g_autoptr (LscReport) report = NULL;
  static const char *const ids[] = { "structures-c", "structures-python", "other" };

  for (guint i = 0; i < 6; i++)
    {
      LscProfileCell cell = { .workload_id = (char *)ids[i / 2],
                              .workload_name = (char *)ids[i / 2],
                              .input = (char *)(i % 2 == 0 ? "build_set" : "set_comprehension"),
                              .n_workers = 1 };

      lsc_profile_add_cell (profile, &cell);
    }
  report = lsc_report_new (profile);
  g_assert_cmpstr (lsc_report_get_group_name (report, 0), ==, "Build a set");
  g_assert_cmpstr (lsc_report_get_group_name (report, 1), ==, "Set comprehension");
  lsc_demo_assert_text (describe_labels (report), "C|C|Python|Python|other|other");
}

static void
test_workloads (void)
{
  assert_groups ("S id=a name=Primes; P4 id=a name=Primes; S id=b name=Ramen; P4 id=b name=Ramen",
                 1, "Primes: 0 1*; Ramen: 2 3*",
                 "Sequential|Processes/4 workers|Sequential|Processes/4 workers");
  /* No such mode there: its first. */
  assert_groups ("S id=a name=A; P4 id=a name=A; S id=b name=B; T2 id=b name=B", 1,
                 "A: 0 1*; B: 2* 3", NULL);
  /* Its first that has figures. */
  assert_groups ("S id=a name=A; P4 id=a name=A; S id=b name=B n=0; T2 id=b name=B; A id=b name=B",
                 1, "A: 0 1*; B: 2 3* 4", NULL);
}

/* The same workload again, told apart by what differs and is not the user's own. */
static void
test_other_settings (void)
{
  assert_groups ("S settings=n=10_repeat=3; T2 settings=n=10_repeat=3; S settings=n=20_repeat=3", 0,
                 "Work (n=10): 0* 1; Work (n=20): 2*", NULL);
  assert_groups ("S settings=n=1_--_command=secret; S settings=n=1_--_command=other", 0,
                 "Work (1): 0*; Work (2): 1*", NULL);
}

/* The chosen one could not be measured. */
static void
test_reference_without_figures (void)
{
  assert_groups ("S n=0 failed=3 problem=It_broke.; T2; P2", 0, "Work: 0 1* 2", NULL);
  assert_groups ("S n=0 failed=3 problem=It_broke.; T2 n=0", 0, "Work: 0 1", NULL);
}

/* As long as it goes on, it may still get some: nothing jumps. */
static void
test_reference_to_come (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=0; T2 n=1");
  g_autoptr (LscReport) report = NULL;

  lsc_profile_set_end (profile, LSC_PROFILE_GOES_ON);
  report = lsc_report_new (profile);
  lsc_demo_assert_text (describe_groups (report), "Work: 0* 1");
  lsc_demo_assert_text (lsc_report_dup_verdict (report, 0), NULL);
  lsc_demo_assert_text (lsc_report_dup_verdict (report, 1), NULL);
}

/* Another program's file: commands, and nothing else. */
static void
test_commands (void)
{
  assert_groups ("S id=- name=gzip_-9 settings=- command=gzip_-9; "
                 "S id=- name=gzip_-1 settings=- command=gzip_-1",
                 0, "Commands: 0* 1", "gzip -9|gzip -1");
  assert_groups ("S id=- name=- settings=- command=true; S id=- name=- settings=- command=true", 0,
                 ": 0* 1", "true (1)|true (2)");
  /* Commands that were named together stand beside each other, though each is settings of its own.
   */
  assert_groups ("S id=command name=Command settings=--_a command=a; "
                 "S id=command name=Command settings=--_b command=b; S id=primes name=Primes",
                 0, "Command: 0* 1; Primes: 2*", "a|b|Sequential");
  assert_groups ("S id=command name=Command settings=--_a command=a", 0, "Command: 0*", "a");
  assert_groups ("S id=command name=Command command=a; P2 id=command name=Command command=a", 0,
                 "Command: 0* 1", "Sequential|Processes/2 workers");
  assert_groups ("S command=a; S command=b", 0, "Work: 0* 1", "a|b");
  assert_groups ("S; S", 0, "Work: 0* 1", "Sequential (1)|Sequential (2)");
}

static void
test_title_names_commands (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new (
      "S id=- name=x settings=- command=x; S id=- name=y settings=- command=y");
  g_autoptr (LscReport) report = NULL;

  lsc_profile_set_title (profile, "Compression");
  report = lsc_report_new (profile);
  lsc_demo_assert_text (describe_groups (report), "Compression: 0* 1");
}

static void
test_hundred (void)
{
  g_autoptr (GString) cells = g_string_new ("S");
  g_autoptr (LscProfile) profile = NULL;
  g_autoptr (LscReport) report = NULL;
  guint n;

  for (guint i = 1; i < 100; i++)
    g_string_append_printf (cells, "; P%u", i);
  profile = lsc_demo_profile_new (cells->str);
  report = lsc_report_new (profile);
  g_assert_cmpuint (lsc_report_get_n_groups (report), ==, 1);
  lsc_report_get_group_cells (report, 0, &n);
  g_assert_cmpuint (n, ==, 100);
  lsc_demo_assert_text (lsc_report_dup_verdict (report, 99), "same");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/groups/modes", test_modes);
  g_test_add_func ("/report/groups/companions", test_companions);
  g_test_add_func ("/report/groups/function-names", test_function_names);
  g_test_add_func ("/report/groups/workloads", test_workloads);
  g_test_add_func ("/report/groups/other-settings", test_other_settings);
  g_test_add_func ("/report/groups/reference-without-figures", test_reference_without_figures);
  g_test_add_func ("/report/groups/reference-to-come", test_reference_to_come);
  g_test_add_func ("/report/groups/commands", test_commands);
  g_test_add_func ("/report/groups/title", test_title_names_commands);
  g_test_add_func ("/report/groups/hundred", test_hundred);
  return g_test_run ();
}
