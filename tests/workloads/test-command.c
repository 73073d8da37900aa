/* test-command.c: commands: words, placeholders, scripts, environments, inputs.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "lsc-catalogue.h"
#include "lsc-command.h"
#include "lsc-environment.h"
#include "lsc-shell-script.h"

/* The words for an input, each in brackets. */
static char *
join_words (const char *text, gboolean appends, const char *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscCommandLine) line = lsc_command_line_new (text, FALSE, appends, &error);
  g_auto (GStrv) argv = NULL;
  GString *joined = g_string_new (NULL);

  g_assert_no_error (error);
  argv = lsc_command_line_make_argv (line, input);
  for (guint i = 0; argv[i] != NULL; i++)
    g_string_append_printf (joined, "[%s]", argv[i]);
  return g_string_free (joined, FALSE);
}

static void
test_words (void)
{
  const struct
  {
    const char *text;
    gboolean    appends;
    const char *words;
  } cases[] = {
    { "convert {} -resize 50% out/{}.png", TRUE, "[convert][a b][-resize][50%][out/a b.png]" },
    { "echo 'one two' \"three four\" five\\ six", FALSE, "[echo][one two][three four][five six]" },
    { "gzip -9", TRUE, "[gzip][-9][a b]" },
    { "gzip -9", FALSE, "[gzip][-9]" },
    { "x{}{}y", TRUE, "[xa ba by]" },
    { "echo '{}' ''", TRUE, "[echo][a b][]" },
    /* What a shell would do with these is not done. */
    { "echo $HOME *.c `id` ; rm", FALSE, "[echo][$HOME][*.c][`id`][;][rm]" },
    { "printf $'a\\nb\\tc\\'d' \"$'e'\" '$'f", FALSE, "[printf][a\nb\tc'd][$'e'][$f]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = join_words (cases[i].text, cases[i].appends, "a b");

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_bad_commands (void)
{
  const char *const texts[] = { "",        "   ",         "echo 'open",  "echo \"open",
                                "echo \\", "echo $'open", "echo $'\\q'", "'' x" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lsc_command_line_new (texts[i], FALSE, TRUE, &error));
      g_assert_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER);
    }
}

/* Words of a command line come out as they went in, and fit into one line. */
static void
test_quoting (void)
{
  const char *const words[] = { "sh",   "-c",      "echo a\necho 'b'\t\"c\" \\d $e",
                                "",     "x y",     "{}",
                                "it's", "a=b,c:d", "\r",
                                "~",    "#",       NULL };
  g_autofree char  *line_text = lsc_command_line_quote (words);
  g_autoptr (GError) error = NULL;
  g_autoptr (LscCommandLine) line = NULL;
  g_auto (GStrv) argv = NULL;

  g_assert_null (strpbrk (line_text, "\n\r"));
  line = lsc_command_line_new (line_text, FALSE, FALSE, &error);
  g_assert_no_error (error);
  argv = lsc_command_line_make_argv (line, "{}");
  g_assert_cmpuint (g_strv_length (argv), ==, G_N_ELEMENTS (words) - 1);
  for (guint i = 0; argv[i] != NULL; i++)
    g_assert_cmpstr (argv[i], ==, words[i]);
}

/* ---- scripts --------------------------------------------------------------------------- */

/* What sh prints for this script and this input. */
static char *
run_script (const char *script, const char *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscCommandLine) line = lsc_command_line_new (script, TRUE, TRUE, &error);
  g_auto (GStrv) argv = NULL;
  g_auto (GStrv) environment =
      g_environ_setenv (g_get_environ (), LSC_COMMAND_INPUT_VARIABLE, input, TRUE);
  char *out = NULL;

  g_assert_no_error (error);
  argv = lsc_command_line_make_argv (line, input);
  g_spawn_sync (NULL, argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, NULL, &error);
  g_assert_no_error (error);
  return out;
}

/* With an input that a careless quoting would execute, or take apart, by a real shell. */
static void
test_input_in_a_script (void)
{
  static const char nasty[] = "a  b' \"$(touch /tmp/lanescope-executed)\" `id` $HOME * \\ ;|& #{}";
  const char *const scripts[] = {
    "printf '[%s]' {}",
    "printf '[%s]' \"{}\"",
    "printf '[%s]' '{}'",
    "printf '[%s]' \"$(printf %s {})\"",
    "printf '[%s]' \"$(printf %s \"{}\")\"",
    "(printf '[%s]' {})",
    "set -- x y; printf '[%s]' {}",
    "printf '[%s]'",
    "f () { printf '[%s]' \"$1\"; }; f {} | cat",
  };
  g_autofree char *expected = g_strdup_printf ("[%s]", nasty);
  g_autofree char *sum = run_script ("printf %s $(( {} * 2 ))", "21");

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *out = run_script (scripts[i], nasty);

      g_assert_cmpstr (out, ==, expected);
    }
  g_assert_cmpstr (sum, ==, "42");
  g_assert_false (g_file_test ("/tmp/lanescope-executed", G_FILE_TEST_EXISTS));
}

/* ---- environment ------------------------------------------------------------------------- */

static void
test_environment (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) changes = lsc_environment_parse ("A=1\n\n  B_2= x y =z \r\nGONE\n", &error);
  const char *const bad[] = { "A=1\n2A=x", "=x", "A B", "LANESCOPE_RUN=x", "A-B=c" };

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (changes), ==, 3);
  g_assert_cmpstr (changes[0], ==, "A=1");
  g_assert_cmpstr (changes[1], ==, "B_2= x y =z ");
  g_assert_cmpstr (changes[2], ==, "GONE");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (lsc_environment_parse (bad[i], &error));
      g_assert_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER);
      g_clear_error (&error);
    }
}

/* ---- the workload ---------------------------------------------------------------------------- */

static LscSettings *
new_settings (LscWorkload *workload, ...)
{
  LscSettings *settings = lsc_workload_new_settings (workload);
  va_list      list;
  const char  *id;

  va_start (list, workload);
  while ((id = va_arg (list, const char *)) != NULL)
    {
      g_autoptr (GError) error = NULL;

      lsc_settings_set (settings, id, va_arg (list, const char *), &error);
      g_assert_no_error (error);
    }
  va_end (list);
  return settings;
}

static char *
join_inputs (LscWorkload *workload, LscSettings *settings, GError **error)
{
  g_autoptr (LscTextList) inputs = lsc_workload_make_inputs (workload, settings, 0, error);
  GString *joined;

  if (inputs == NULL)
    return NULL;
  joined = g_string_new (NULL);
  for (guint i = 0; i < lsc_text_list_get_n (inputs); i++)
    g_string_append_printf (joined, "[%s]", lsc_text_list_get (inputs, i, NULL));
  return g_string_free (joined, FALSE);
}

static void
assert_inputs (LscWorkload *workload, LscSettings *settings, const char *expected)
{
  g_autoptr (LscSettings) owned = settings;
  g_autoptr (GError) error = NULL;
  g_autofree char *joined = join_inputs (workload, settings, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (joined, ==, expected);
}

static void
assert_refused (LscWorkload *workload, LscSettings *settings, int code)
{
  g_autoptr (LscSettings) owned = settings;
  g_autoptr (GError) error = NULL;

  g_assert_null (join_inputs (workload, settings, &error));
  g_assert_error (error, LSC_WORKLOAD_ERROR, code);
}

static void
test_inputs (void)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("command");
  g_autofree char *folder = g_dir_make_tmp ("lanescope-inputs-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "inputs", NULL);

  g_assert_true (g_file_set_contents (path, "one\n\n two words \nlast", -1, NULL));
  assert_inputs (workload, new_settings (workload, "command", "true", NULL), "[1]");
  assert_inputs (workload, new_settings (workload, "command", "true", "repeat", "3", NULL),
                 "[1][2][3]");
  assert_inputs (
      workload,
      new_settings (workload, "command", "true", "inputs", "list", "list", "b\na\n", NULL),
      "[b][a]");
  assert_inputs (workload,
                 new_settings (workload, "command", "true", "inputs", "range", "from", "5", "to",
                               "12", "step", "3", NULL),
                 "[5][8][11]");
  assert_inputs (workload,
                 new_settings (workload, "command", "true", "inputs", "range", "from",
                               "18446744073709551614", "to", "18446744073709551615", NULL),
                 "[18446744073709551614][18446744073709551615]");
  assert_inputs (
      workload,
      new_settings (workload, "command", "true", "inputs", "file", "inputs-file", path, NULL),
      "[one][two words][last]");

  assert_refused (
      workload,
      new_settings (workload, "command", "true", "inputs", "range", "from", "2", "to", "1", NULL),
      LSC_WORKLOAD_ERROR_INPUT);
  assert_refused (workload,
                  new_settings (workload, "command", "true", "inputs", "range", "to",
                                "18446744073709551615", NULL),
                  LSC_WORKLOAD_ERROR_TOO_MANY);
  assert_refused (workload, new_settings (workload, "command", "true", "inputs", "file", NULL),
                  LSC_WORKLOAD_ERROR_NO_INPUTS);
  assert_refused (workload,
                  new_settings (workload, "command", "true", "inputs", "file", "inputs-file",
                                "/dev/zero", NULL),
                  LSC_WORKLOAD_ERROR_INPUT);
  assert_refused (workload,
                  new_settings (workload, "command", "true", "inputs", "file", "inputs-file",
                                "/nowhere/x", NULL),
                  LSC_WORKLOAD_ERROR_INPUT);
  assert_refused (workload, new_settings (workload, NULL), LSC_WORKLOAD_ERROR_PARAMETER);
  assert_refused (workload, new_settings (workload, "command", "true", "environment", "a b", NULL),
                  LSC_WORKLOAD_ERROR_PARAMETER);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_code (void)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("command");
  g_autoptr (LscSettings) plain =
      new_settings (workload, "command", "gzip -9", "inputs", "list", NULL);
  g_autoptr (LscSettings) script =
      new_settings (workload, "command", "cat {} | wc", "shell", "true", NULL);
  g_autoptr (LscSettings) open = new_settings (workload, "command", "echo 'x", NULL);
  g_autofree char *plain_code = lsc_workload_dup_code (workload, plain);
  g_autofree char *script_code = lsc_workload_dup_code (workload, script);
  g_autofree char *open_code = lsc_workload_dup_code (workload, open);

  g_assert_cmpstr (plain_code, ==, "gzip -9 {}");
  g_assert_cmpstr (script_code, ==, "cat {} | wc");
  g_assert_cmpstr (open_code, ==, "echo 'x");
}

/* What is rarely needed is told when it was changed. */
static void
test_summary (void)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("command");
  g_autoptr (LscSettings) plain = new_settings (workload, "command", "true", NULL);
  g_autoptr (LscSettings) limited =
      new_settings (workload, "command", "true", "timeout", "2.5", NULL);
  g_autofree char *plain_text = lsc_settings_dup_summary (plain);
  g_autofree char *limited_text = lsc_settings_dup_summary (limited);

  g_assert_cmpstr (plain_text, ==, "inputs=repeat repeat=1 -- command=true");
  g_assert_cmpstr (limited_text, ==, "inputs=repeat repeat=1 timeout=2.5 -- command=true");
}

static void
test_modes (void)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("command");
  const char *why_not = NULL;

  g_assert_cmpint (lsc_workload_get_kind (workload), ==, LSC_WORKLOAD_COMMAND);
  g_assert_true (lsc_workload_supports (workload, NULL, LSC_EXECUTOR_SEQUENTIAL, &why_not));
  g_assert_true (lsc_workload_supports (workload, NULL, LSC_EXECUTOR_PROCESSES, &why_not));
  g_assert_false (lsc_workload_supports (workload, NULL, LSC_EXECUTOR_THREADS, &why_not));
  g_assert_nonnull (why_not);
  why_not = NULL;
  g_assert_false (lsc_workload_supports (workload, NULL, LSC_EXECUTOR_ASYNC, &why_not));
  g_assert_nonnull (why_not);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command/words", test_words);
  g_test_add_func ("/command/bad", test_bad_commands);
  g_test_add_func ("/command/quoting", test_quoting);
  g_test_add_func ("/command/input-in-a-script", test_input_in_a_script);
  g_test_add_func ("/command/environment", test_environment);
  g_test_add_func ("/command/inputs", test_inputs);
  g_test_add_func ("/command/code", test_code);
  g_test_add_func ("/command/summary", test_summary);
  g_test_add_func ("/command/modes", test_modes);
  return g_test_run ();
}
