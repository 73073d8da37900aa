/* test-profile-json.c: profiles as JSON: the same when reopened, hyperfine's shape, bad input.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "lsc-demo-profile.h"
#include "lsc-new-file.h"
#include "lsc-profile-json.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "profile.json", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* ---- the same -------------------------------------------------------------------------------- */

static void
assert_same_number (double a, double b)
{
  g_assert_true (a == b || (isnan (a) && isnan (b)));
}

static void
assert_same_sample (const LscSample *a, const LscSample *b)
{
  g_assert_cmpuint (a->round, ==, b->round);
  g_assert_cmpint (a->status, ==, b->status);
  g_assert_cmpint (a->exit, ==, b->exit);
  assert_same_number (a->wall_ns, b->wall_ns);
  assert_same_number (a->user_ns, b->user_ns);
  assert_same_number (a->system_ns, b->system_ns);
  assert_same_number (a->start_up_ns, b->start_up_ns);
  g_assert_cmpint (a->peak_rss_bytes, ==, b->peak_rss_bytes);
  g_assert_cmpint (a->sum_rss_bytes, ==, b->sum_rss_bytes);
  g_assert_cmpint (a->n_voluntary, ==, b->n_voluntary);
  g_assert_cmpint (a->n_involuntary, ==, b->n_involuntary);
  g_assert_cmpint (a->n_minor_faults, ==, b->n_minor_faults);
  g_assert_cmpint (a->n_major_faults, ==, b->n_major_faults);
}

static void
assert_same_cell (LscProfile *a, LscProfile *b, guint index)
{
  const LscProfileCell *ca = lsc_profile_get_cell (a, index);
  const LscProfileCell *cb = lsc_profile_get_cell (b, index);
  guint                 na;
  guint                 nb;
  const LscSample      *sa = lsc_profile_get_samples (a, index, &na);
  const LscSample      *sb = lsc_profile_get_samples (b, index, &nb);

  g_assert_cmpstr (ca->workload_id, ==, cb->workload_id);
  g_assert_cmpstr (ca->workload_name, ==, cb->workload_name);
  g_assert_cmpstr (ca->input, ==, cb->input);
  g_assert_cmpstr (ca->command, ==, cb->command);
  g_assert_cmpstr (ca->settings, ==, cb->settings);
  g_assert_cmpstr (ca->inputs, ==, cb->inputs);
  g_assert_cmpint (ca->executor, ==, cb->executor);
  g_assert_cmpuint (ca->n_workers, ==, cb->n_workers);
  g_assert_cmpint (ca->one_core, ==, cb->one_core);
  g_assert_cmpuint (ca->n_tasks, ==, cb->n_tasks);
  g_assert_cmpuint (ca->n_calls, ==, cb->n_calls);
  assert_same_number (ca->sized_for_ns, cb->sized_for_ns);
  assert_same_number (ca->warm_up_ns, cb->warm_up_ns);
  g_assert_cmpint (ca->lock, ==, cb->lock);
  g_assert_cmpstr (ca->problem, ==, cb->problem);
  g_assert_cmpuint (na, ==, nb);
  for (guint i = 0; i < na; i++)
    assert_same_sample (&sa[i], &sb[i]);
}

static void
assert_same_conditions (const LscConditions *a, const LscConditions *b)
{
  g_assert_cmpstr (a->machine, ==, b->machine);
  g_assert_cmpstr (a->cpu, ==, b->cpu);
  g_assert_cmpstr (a->kernel, ==, b->kernel);
  g_assert_cmpstr (a->system, ==, b->system);
  g_assert_cmpstr (a->governor, ==, b->governor);
  g_assert_cmpstr (a->compiler, ==, b->compiler);
  g_assert_cmpstr (a->python, ==, b->python);
  g_assert_cmpuint (a->n_cores, ==, b->n_cores);
  assert_same_number (a->load_before, b->load_before);
  assert_same_number (a->load_after, b->load_after);
  assert_same_number (a->pressure, b->pressure);
  assert_same_number (a->steal, b->steal);
}

static void
assert_same (LscProfile *a, LscProfile *b)
{
  g_assert_cmpstr (lsc_profile_get_title (a), ==, lsc_profile_get_title (b));
  g_assert_cmpint (lsc_profile_get_start_us (a), ==, lsc_profile_get_start_us (b));
  g_assert_cmpuint (lsc_profile_get_seed (a), ==, lsc_profile_get_seed (b));
  g_assert_cmpuint (lsc_profile_get_n_rounds (a), ==, lsc_profile_get_n_rounds (b));
  g_assert_cmpint (lsc_profile_get_end (a), ==, lsc_profile_get_end (b));
  g_assert_cmpuint (lsc_profile_get_reference (a), ==, lsc_profile_get_reference (b));
  assert_same_conditions (lsc_profile_get_conditions (a), lsc_profile_get_conditions (b));
  g_assert_cmpuint (lsc_profile_get_n_cells (a), ==, lsc_profile_get_n_cells (b));
  for (guint i = 0; i < lsc_profile_get_n_cells (a); i++)
    assert_same_cell (a, b, i);
}

static void
test_same (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ();
  g_autoptr (LscProfile) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lsc_profile_json_save (profile, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_true (lsc_profile_json_probe (fixture->path));
  loaded = lsc_profile_json_load (fixture->path, &error);
  g_assert_no_error (error);
  assert_same (profile, loaded);
}

/* Every bit of random doubles, of all sizes that a time in ns can have. */
static void
test_doubles (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscProfile) profile = lsc_profile_new ();
  g_autoptr (LscProfile) loaded = NULL;
  g_autoptr (GError) error = NULL;
  const LscProfileCell cell = { .n_workers = 1, .n_calls = 1, .warm_up_ns = -1.0 };

  lsc_profile_add_cell (profile, &cell);
  for (guint i = 0; i < 5000; i++)
    {
      LscSample sample = { .round = i };

      sample.wall_ns = ldexp (g_test_rand_double_range (0.5, 1.0), g_test_rand_int_range (-20, 70));
      sample.user_ns = g_test_rand_double ();
      sample.system_ns = 0.1 * i;
      lsc_profile_add_sample (profile, 0, &sample);
    }
  g_assert_true (lsc_profile_json_save (profile, fixture->path, &error));
  loaded = lsc_profile_json_load (fixture->path, &error);
  g_assert_no_error (error);
  assert_same (profile, loaded);
}

/* ---- hyperfine's shape ----------------------------------------------------------------------- */

static void
assert_number (JsonObject *object, const char *key, double value)
{
  g_assert_true (json_node_get_value_type (json_object_get_member (object, key)) == G_TYPE_DOUBLE);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, key), value, 1e-12);
}

/* The demonstration's first cell: 2, 1, 4 s; and one that failed, which hyperfine has no place for.
 * Mean 7/3; deviation sqrt (((2-7/3)^2 + (1-7/3)^2 + (4-7/3)^2) / 2) = sqrt (7/3). */
static void
test_shape (Fixture *fixture, gconstpointer user_data)
{
  static const char *const keys[] = {
    "command",    "mean",       "stddev",   "median", "user",
    "system",     "min",        "max",      "times",  "memory_usage_byte",
    "exit_codes", "parameters", "lanescope"
  };
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GList) members = NULL;
  JsonArray  *results;
  JsonObject *first;
  JsonObject *parameters;

  g_assert_true (lsc_profile_json_save (profile, fixture->path, &error));
  json_parser_load_from_file (parser, fixture->path, &error);
  g_assert_no_error (error);
  results = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                          "results");
  /* The third was never measured. */
  g_assert_cmpuint (json_array_get_length (results), ==, 2);
  first = json_array_get_object_element (results, 0);
  members = json_object_get_members (first);
  g_assert_cmpuint (g_list_length (members), ==, G_N_ELEMENTS (keys));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (json_object_has_member (first, keys[i]));

  g_assert_cmpstr (json_object_get_string_member (first, "command"), ==, "primes, sequential");
  assert_number (first, "mean", 7.0 / 3.0);
  assert_number (first, "stddev", sqrt (7.0 / 3.0));
  assert_number (first, "median", 2.0);
  assert_number (first, "user", 1.5);
  assert_number (first, "system", 0.25);
  assert_number (first, "min", 1.0);
  assert_number (first, "max", 4.0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (first, "times")), ==, 3);
  g_assert_cmpfloat (
      json_array_get_double_element (json_object_get_array_member (first, "times"), 1), ==, 1.0);
  g_assert_cmpint (
      json_array_get_int_element (json_object_get_array_member (first, "memory_usage_byte"), 2), ==,
      1002000);
  g_assert_cmpint (
      json_array_get_int_element (json_object_get_array_member (first, "exit_codes"), 0), ==, 0);
  /* Only what the cells differ in, as text. */
  parameters = json_object_get_object_member (first, "parameters");
  g_assert_cmpuint (json_object_get_size (parameters), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (parameters, "executor"), ==, "sequential");
  g_assert_cmpstr (json_object_get_string_member (parameters, "workers"), ==, "1");
  g_assert_cmpstr (json_object_get_string_member (parameters, "input"), ==, "");
}

/* One sample has no deviation, one cell no parameters, and memory that is unknown is left out. */
static void
test_one (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscProfile) profile = lsc_profile_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  const LscProfileCell cell = { .command = (char *)"true", .n_workers = 1, .warm_up_ns = -1.0 };
  const LscSample      sample = { .wall_ns = 1.5e6, .user_ns = -1.0, .peak_rss_bytes = -1 };
  JsonObject          *result;

  lsc_profile_add_cell (profile, &cell);
  lsc_profile_add_sample (profile, 0, &sample);
  g_assert_true (lsc_profile_json_save (profile, fixture->path, &error));
  json_parser_load_from_file (parser, fixture->path, &error);
  g_assert_no_error (error);
  result = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                    "results"),
      0);
  g_assert_true (json_object_get_null_member (result, "stddev"));
  g_assert_true (json_object_get_null_member (result, "user"));
  g_assert_false (json_object_has_member (result, "parameters"));
  g_assert_false (json_object_has_member (result, "memory_usage_byte"));
  assert_number (result, "median", 0.0015);
}

/* ---- hyperfine's own files ------------------------------------------------------------------- */

static LscProfile *
load_corpus (const char *name, GError **error)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "formats", "corpus-profile-json", name, NULL);

  g_assert_true (lsc_profile_json_probe (path));
  return lsc_profile_json_load (path, error);
}

static void
test_hyperfine (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscProfile) old = load_corpus ("hyperfine-1.15", &error);
  g_autoptr (LscProfile) new = NULL;
  const LscProfileCell *cell;
  const LscSample      *samples;
  guint                 n;

  g_assert_no_error (error);
  g_assert_cmpuint (lsc_profile_get_n_cells (old), ==, 2);
  cell = lsc_profile_get_cell (old, 1);
  g_assert_cmpstr (cell->command, ==, "sleep 0.002");
  g_assert_cmpstr (cell->input, ==, "n=2");
  g_assert_cmpint (cell->executor, ==, LSC_EXECUTOR_SEQUENTIAL);
  samples = lsc_profile_get_samples (old, 1, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (lsc_profile_count_samples (old, 1, LSC_SAMPLE_DONE), ==, 3);
  /* The file's second time, as it stands there. */
  g_assert_cmpfloat_with_epsilon (samples[1].wall_ns, 3927836.0, 1e-3);
  g_assert_cmpint (samples[1].peak_rss_bytes, ==, -1);
  /* A mean over all runs is nobody's own. */
  g_assert_cmpfloat (samples[1].user_ns, ==, -1.0);

  new = load_corpus ("hyperfine-1.20", &error);
  g_assert_no_error (error);
  samples = lsc_profile_get_samples (new, 0, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (samples[0].peak_rss_bytes, ==, 1253376);
  g_assert_cmpint (samples[0].exit, ==, 1);
  g_assert_cmpint (samples[1].exit, ==, -1);
  g_assert_cmpint (samples[1].status, ==, LSC_SAMPLE_DONE);
}

/* ---- bad input ------------------------------------------------------------------------------- */

#define RESULT(times) "{\"results\":[{\"command\":\"a\",\"times\":" times "}]}"

static const struct
{
  const char *text;
  const char *message; /* part of it */
} bad[] = {
  { "", "The file is empty" },
  { " ", "not a JSON object" },
  { "[]", "not a JSON object" },
  { "\xff\xfe{}", "no text in UTF-8" },
  { "{}", "no “results”" },
  { "{\n\"results\":[", "Line 2: This is no JSON" },
  { "{'results':[]}", "Line 1: “'” has no place" },
  { "{\n/* \" */ \"results\":[]}", "Line 2: “/” has no place" },
  { "{}\n{}", "Line 2: Something follows the end" },
  { "{\"results\":7}", "results: it is not a list" },
  { "{\"results\":[]}", "results: there are 0;" },
  { "{\"results\":[7]}", "results[0]: it is not an object" },
  { "{\"results\":[{\"times\":[1]}]}", "results[0].command: it is missing" },
  { "{\"results\":[{\"command\":7,\"times\":[1]}]}", "results[0].command: it is not a text" },
  { "{\"results\":[{\"command\":\"a\"}]}", "results[0].times: it is missing" },
  { RESULT ("null"), "results[0].times: it is missing" },
  { RESULT ("[]"), "results[0].times: the list is empty" },
  { RESULT ("[1,\"2\"]"), "results[0].times[1]: it is not a number" },
  { RESULT ("[1,null]"), "results[0].times[1]: it is not a number" },
  { RESULT ("[1,-0.5]"), "results[0].times[1]: -0.5 is not" },
  { RESULT ("[1e400]"), "results[0].times[0]: inf is not" },
  { RESULT ("[NaN]"), "Line 1: This is no JSON" },
  { RESULT ("[\n\nInfinity]"), "Line 3: This is no JSON" },
  { RESULT ("[\n99999999999999999999]"), "Line 2: A number has more than 18 digits" },
  { RESULT ("[1],\"times\":[2]"), "The key “times” is there twice" },
  { RESULT ("[1],\"exit_codes\":[0,0]"), "results[0].exit_codes: it has 2 values" },
  { RESULT ("[1],\"exit_codes\":[0.5]"), "results[0].exit_codes[0]: it is not a whole number" },
  { RESULT ("[1],\"memory_usage_byte\":[-1]"),
    "results[0].memory_usage_byte[0]: -1 is not from 0" },
  { RESULT ("[1],\"parameters\":{\"n\":1}"), "results[0].parameters.n: it is not a text" },
  { "{\"results\":[],\"lanescope\":7}", "lanescope: it is not an object" },
  { "{\"results\":[],\"lanescope\":{}}", "lanescope.version: it is missing" },
  { "{\"results\":[],\"lanescope\":{\"version\":2}}", "newer Lanescope" },
  { "{\"results\":[],\"lanescope\":{\"version\":1,\"unmeasured\":[]}}", "results: there are 0;" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      LscProfile *profile = lsc_profile_json_parse (bad[i].text, strlen (bad[i].text), &error);

      g_test_message ("case %u", i);
      g_assert_null (profile);
      g_assert_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, bad[i].message));
    }
}

/* The parser's own words are translated where its translations are installed. */
static void
test_bad_translated (void)
{
  const char      *text = "{\n\"results\":[";
  g_autofree char *language = g_strdup (g_getenv ("LANGUAGE"));
  g_autoptr (GError) error = NULL;
  LscProfile *profile;

  if (setlocale (LC_MESSAGES, "C.UTF-8") == NULL)
    {
      g_test_skip ("no locale C.UTF-8");
      return;
    }
  g_setenv ("LANGUAGE", "ko", TRUE);
  profile = lsc_profile_json_parse (text, strlen (text), &error);
  setlocale (LC_MESSAGES, "C");
  if (language != NULL)
    g_setenv ("LANGUAGE", language, TRUE);
  else
    g_unsetenv ("LANGUAGE");

  g_assert_null (profile);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "Line 2: This is no JSON: unexpected"));
}

/* A good file with one thing in it made wrong. */
static const struct
{
  const char *old;
  const char *new;
  const char *message;
} spoilt[] = {
  { "\"cell\":1", "\"cell\":0", "another one has this number" },
  { "\"cell\":1", "\"cell\":3", "lanescope.cell: 3 is not from 0 to 2" },
  { "\"reference\":1", "\"reference\":9", "lanescope.reference: 9 is not from 0 to 2" },
  { "\"seed\":\"1", "\"seed\":\"x", "lanescope.seed: it is not a whole number" },
  { "\"end\":\"time\"", "\"end\":\"soon\"", "lanescope.end: no profile ends so" },
  { "\"executor\":\"threads\",\"workers\":2", "\"executor\":\"tasks\",\"workers\":2",
    "lanescope.executor: there is no such mode" },
  { "\"workers\":2,\"one_core\"", "\"workers\":0,\"one_core\"",
    "lanescope.workers: 0 is not from 1" },
  { "\"one_core\":true", "\"one_core\":1", "lanescope.one_core: it is neither true nor false" },
  { "\"status\":\"timed-out\"", "\"status\":\"late\"", "samples[1].status: it is not one" },
  { "\"round\":3", "\"round\":4000000000", "samples[3].round: 4000000000 is not from 0" },
  { "\"wall_ns\":4000000000.0", "\"wall_ns\":null", "samples[2].wall_ns: it is missing" },
  { "\"conditions\":{", "\"conditions\":[],\"x\":{", "lanescope.conditions: it is not an object" },
  { "\"cores\":4", "\"cores\":-4", "lanescope.conditions.cores: -4 is not from 0" },
};

static void
test_spoilt (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ();
  g_autoptr (GError) save_error = NULL;
  g_autofree char *good = NULL;

  g_assert_true (lsc_profile_json_save (profile, fixture->path, &save_error));
  g_assert_true (g_file_get_contents (fixture->path, &good, NULL, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      g_autoptr (GString) text = g_string_new (good);
      g_autoptr (GError) error = NULL;
      LscProfile *broken;

      g_test_message ("%s", spoilt[i].new);
      g_assert_cmpuint (g_string_replace (text, spoilt[i].old, spoilt[i].new, 1), ==, 1);
      broken = lsc_profile_json_parse (text->str, text->len, &error);
      g_assert_null (broken);
      g_assert_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, spoilt[i].message));
    }
}

/* Cut anywhere, it is refused: never a crash, never half a profile. */
static void
test_cut (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ();
  g_autofree char *text = NULL;
  gsize            length;

  g_assert_true (lsc_profile_json_save (profile, fixture->path, NULL));
  g_assert_true (g_file_get_contents (fixture->path, &text, &length, NULL));
  /* The last two are the brace that closes it and a line break. */
  for (gsize n = 0; n < length - 1; n++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lsc_profile_json_parse (text, n, &error));
      g_assert_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT);
    }
}

static void
assert_refused (const char *text, gsize length, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lsc_profile_json_parse (text, length, &error));
  g_assert_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT);
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_large (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr (GString) hidden = g_string_new ("['\"',");
  g_autoptr (GString) many = g_string_new ("{\"results\":[{\"command\":\"a\",\"times\":[0.5");

  assert_refused (deep, 100000, "Line 1: It nests deeper");
  /* In what json-glib takes for text, and hidden behind it. */
  g_string_append (hidden, deep);
  assert_refused (hidden->str, hidden->len, "“'” has no place");
  for (guint i = 1; i < 1000000; i++)
    g_string_append (many, ",0.5");
  g_string_append (many, "]}]}");
  assert_refused (many->str, many->len,
                  "results[0].times: there are 1000000; no more than 10000 can be compared");
}

static void
test_no_file (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) folder = NULL;

  g_assert_null (lsc_profile_json_load (fixture->path, &missing));
  g_assert_error (missing, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_READ);
  g_assert_null (lsc_profile_json_load (fixture->folder, &folder));
  g_assert_error (folder, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_READ);
}

/* As an editor saves it that marks its files. */
static void
test_byte_order_mark (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ();
  g_autoptr (LscProfile) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *marked = NULL;

  g_assert_true (lsc_profile_json_save (profile, fixture->path, NULL));
  g_assert_true (g_file_get_contents (fixture->path, &plain, NULL, NULL));
  marked = g_strconcat ("\xef\xbb\xbf", plain, NULL);
  read = lsc_profile_json_parse (marked, strlen (marked), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lsc_profile_get_n_cells (read), ==, lsc_profile_get_n_cells (profile));
  assert_refused ("\xef\xbb\xbf", 3, "empty");
}

static void
test_probe (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *text;
    gboolean    is_one;
    gboolean    is_meant;
  } cases[] = {
    { "{\n  \"results\": [", TRUE, TRUE },
    { "{\"lanescope\":{", TRUE, TRUE },
    { "\xef\xbb\xbf {\"results\":[", TRUE, TRUE },
    { "{\"traceEvents\":[]}", FALSE, TRUE },
    { "{", FALSE, TRUE },
    { "", FALSE, TRUE },
    { "half of it\": 3", FALSE, TRUE },
    { "LANESCOP", FALSE, FALSE },
  };
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (g_file_set_contents (fixture->path, cases[i].text, -1, NULL));
      g_assert_cmpint (lsc_profile_json_probe (fixture->path), ==, cases[i].is_one);
      g_assert_cmpint (lsc_profile_json_is_meant (fixture->path), ==, cases[i].is_meant);
    }
  /* What it is called counts only where it does not tell itself. */
  g_assert_true (g_file_set_contents (other, "half of it", -1, NULL));
  g_assert_false (lsc_profile_json_is_meant (other));
  g_remove (other);
  g_assert_false (lsc_profile_json_probe (fixture->folder));
  g_assert_false (lsc_profile_json_probe ("/nowhere/at/all"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/profile-json/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("same", test_same);
  ADD ("doubles", test_doubles);
  ADD ("shape", test_shape);
  ADD ("one", test_one);
  ADD ("spoilt", test_spoilt);
  ADD ("cut", test_cut);
  ADD ("no-file", test_no_file);
  ADD ("byte-order-mark", test_byte_order_mark);
  ADD ("probe", test_probe);
#undef ADD
  g_test_add_func ("/profile-json/hyperfine", test_hyperfine);
  g_test_add_func ("/profile-json/bad", test_bad);
  g_test_add_func ("/profile-json/bad-translated", test_bad_translated);
  g_test_add_func ("/profile-json/large", test_large);

  return g_test_run ();
}
