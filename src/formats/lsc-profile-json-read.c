/* lsc-profile-json-read.c: a profile from JSON, its own or hyperfine's.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever is in the file is checked: it may come from anybody.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-profile-json.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lsc-new-file.h"
#include "lsc-profile-json-private.h"

#define MAX_BYTES   (256 * 1024 * 1024)
#define MAX_CORES   100000
#define PROBE_BYTES 256

/* ---- the head -------------------------------------------------------------------------------- */

static gboolean
read_text (JsonObject *object, const char *key, char **text, GError **error)
{
  const char *value;

  if (!lsc_json_read_string (object, "lanescope.conditions", key, LSC_JSON_MAY_BE, &value, error))
    return FALSE;
  *text = g_strdup (value);
  return TRUE;
}

static gboolean
read_conditions (LscProfile *profile, JsonObject *head, GError **error)
{
  static const char where[] = "lanescope.conditions";
  LscConditions    *conditions = lsc_profile_get_conditions (profile);
  JsonObject       *object;
  gint64            n_cores;

  if (!lsc_json_read_object (head, "lanescope", "conditions", LSC_JSON_MUST_BE, &object, error) ||
      !read_text (object, "machine", &conditions->machine, error) ||
      !read_text (object, "cpu", &conditions->cpu, error) ||
      !read_text (object, "kernel", &conditions->kernel, error) ||
      !read_text (object, "system", &conditions->system, error) ||
      !read_text (object, "governor", &conditions->governor, error) ||
      !read_text (object, "compiler", &conditions->compiler, error) ||
      !read_text (object, "python", &conditions->python, error) ||
      !lsc_json_read_count (object, where, "cores", LSC_JSON_MUST_BE, 0, MAX_CORES, &n_cores,
                            error) ||
      !lsc_json_read_number (object, where, "load_before", LSC_JSON_MAY_BE,
                             &conditions->load_before, error) ||
      !lsc_json_read_number (object, where, "load_after", LSC_JSON_MAY_BE, &conditions->load_after,
                             error) ||
      !lsc_json_read_number (object, where, "pressure", LSC_JSON_MAY_BE, &conditions->pressure,
                             error) ||
      !lsc_json_read_number (object, where, "steal", LSC_JSON_MAY_BE, &conditions->steal, error))
    return FALSE;

  conditions->n_cores = (guint)n_cores;
  return TRUE;
}

static gboolean
read_seed_and_end (LscProfile *profile, JsonObject *head, GError **error)
{
  const char   *seed_text;
  const char   *end_nick;
  guint64       seed;
  LscProfileEnd end;

  if (!lsc_json_read_string (head, "lanescope", "seed", LSC_JSON_MUST_BE, &seed_text, error) ||
      !lsc_json_read_string (head, "lanescope", "end", LSC_JSON_MUST_BE, &end_nick, error))
    return FALSE;
  if (!g_ascii_string_to_unsigned (seed_text, 10, 0, G_MAXUINT64, &seed, NULL))
    {
      lsc_json_set_error (error, "lanescope", "seed", "%s", _ ("it is not a whole number."));
      return FALSE;
    }
  if (!lsc_profile_end_from_nick (end_nick, &end))
    {
      lsc_json_set_error (error, "lanescope", "end", "%s", _ ("no profile ends so."));
      return FALSE;
    }
  lsc_profile_set_seed (profile, seed);
  lsc_profile_set_end (profile, end);
  return TRUE;
}

static gboolean
read_head (LscProfile *profile, JsonObject *head, GError **error)
{
  const char *title;
  gint64      start_us;

  if (!lsc_json_read_string (head, "lanescope", "title", LSC_JSON_MUST_BE, &title, error) ||
      !lsc_json_read_count (head, "lanescope", "start_us", LSC_JSON_MUST_BE, 0, G_MAXINT64,
                            &start_us, error) ||
      !read_seed_and_end (profile, head, error) || !read_conditions (profile, head, error))
    return FALSE;

  lsc_profile_set_title (profile, title);
  lsc_profile_set_start_us (profile, start_us);
  return TRUE;
}

static gboolean
check_n_cells (guint n, GError **error)
{
  if (n > 0 && n <= LSC_PROFILE_MAX_CELLS)
    return TRUE;

  lsc_json_set_error (error, "results", "", _ ("there are %u; a profile has from 1 to %u."), n,
                      LSC_PROFILE_MAX_CELLS);
  return FALSE;
}

static LscProfile *
read_own (JsonObject *head, JsonArray *results, GError **error)
{
  g_autoptr (LscProfile) profile = lsc_profile_new ();
  JsonArray *unmeasured;
  gint64     version;
  gint64     reference;
  guint      n;

  if (!lsc_json_read_count (head, "lanescope", "version", LSC_JSON_MUST_BE, 1, G_MAXINT64, &version,
                            error))
    return NULL;
  if (version > LSC_PROFILE_JSON_VERSION)
    {
      g_set_error_literal (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT,
                           _ ("This profile was saved by a newer Lanescope."));
      return NULL;
    }
  if (!lsc_json_read_list (head, "lanescope", "unmeasured", LSC_JSON_MUST_BE, &unmeasured, error))
    return NULL;

  n = json_array_get_length (results) + json_array_get_length (unmeasured);
  if (!check_n_cells (n, error) || !read_head (profile, head, error) ||
      !lsc_profile_json_read_cells (profile, results, unmeasured, error) ||
      !lsc_json_read_count (head, "lanescope", "reference", LSC_JSON_MUST_BE, 0, (gint64)n - 1,
                            &reference, error))
    return NULL;
  lsc_profile_set_reference (profile, (guint)reference);
  return g_steal_pointer (&profile);
}

/* ---- the file -------------------------------------------------------------------------------- */

LscProfile *
lsc_profile_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root = lsc_json_read_text (parser, text, length, error);
  JsonObject *head;
  JsonArray  *results;

  if (root == NULL)
    return NULL;
  if (!json_object_has_member (root, "results"))
    {
      g_set_error_literal (
          error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT,
          _ ("This is no profile: it has no “results” as Lanescope and hyperfine write them."));
      return NULL;
    }
  if (!lsc_json_read_list (root, "", "results", LSC_JSON_MUST_BE, &results, error) ||
      !lsc_json_read_object (root, "", "lanescope", LSC_JSON_MAY_BE, &head, error))
    return NULL;
  if (head != NULL)
    return read_own (head, results, error);
  return check_n_cells (json_array_get_length (results), error)
             ? lsc_hyperfine_read (results, error)
             : NULL;
}

LscProfile *
lsc_profile_json_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize            length;
  GStatBuf         info;
  g_autoptr (GError) why = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_stat (path, &info) != 0)
    {
      g_set_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_READ,
                   _ ("The file could not be read: %s"), g_strerror (errno));
      return NULL;
    }
  /* A device or a pipe may never end. */
  if (!S_ISREG (info.st_mode) || info.st_size > MAX_BYTES)
    {
      g_set_error_literal (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_READ,
                           S_ISREG (info.st_mode) ? _ ("The file is too large for a profile.")
                                                  : _ ("This is not a file."));
      return NULL;
    }
  if (!g_file_get_contents (path, &text, &length, &why))
    {
      g_set_error_literal (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_READ, why->message);
      return NULL;
    }
  return lsc_profile_json_parse (text, length, error);
}

/* Up to its first character that is not space. FALSE: it is no file that could be read. */
static gboolean
read_start (const char *path, char text[PROBE_BYTES + 1], const char **first)
{
  FILE    *stream;
  gsize    n;
  GStatBuf info;

  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  stream = g_fopen (path, "rbe");
  if (stream == NULL)
    return FALSE;
  n = fread (text, 1, PROBE_BYTES, stream);
  fclose (stream);
  text[n] = '\0';

  *first = text;
  if (g_str_has_prefix (text, LSC_JSON_BYTE_ORDER_MARK))
    *first += strlen (LSC_JSON_BYTE_ORDER_MARK);
  *first += strspn (*first, " \t\r\n");
  return TRUE;
}

gboolean
lsc_profile_json_probe (const char *path)
{
  char        text[PROBE_BYTES + 1];
  const char *at;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!read_start (path, text, &at) || *at != '{')
    return FALSE;
  at++;
  at += strspn (at, " \t\r\n");
  return g_str_has_prefix (at, "\"results\"") || g_str_has_prefix (at, "\"lanescope\"");
}

gboolean
lsc_profile_json_is_meant (const char *path)
{
  char        text[PROBE_BYTES + 1];
  const char *at;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!read_start (path, text, &at))
    return FALSE;
  /* Whatever it is called, a recording is one. */
  return *at == '{' || (g_str_has_suffix (path, ".json") && !g_str_has_prefix (text, "LANESCOP"));
}
