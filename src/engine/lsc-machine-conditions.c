/* lsc-machine-conditions.c: the conditions that figures were measured under.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-machine"

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "lsc-clock.h"
#include "lsc-machine-private.h"
#include "lsc-run.h"

/* The id of the machine is mixed with it, so that nobody else's figures can be put together with
 * ours by it, and nobody learns the id. */
#define APPLICATION_ID "io.github.lanescope.Lanescope"
#define ID_LENGTH      32

static char *
read_file (const char *root, const char *path)
{
  g_autofree char *whole_path = g_strconcat (root, path, NULL);
  char            *text = NULL;

  if (!g_file_get_contents (whole_path, &text, NULL, NULL))
    return NULL;
  return g_strstrip (text);
}

/* ---- what the machine is ------------------------------------------------------------------ */

static char *
read_machine_id (const char *root)
{
  static const char *const paths[] = { "/etc/machine-id", "/var/lib/dbus/machine-id" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *id = read_file (root, paths[i]);
      g_autofree char *mixed = NULL;

      if (id == NULL || strlen (id) != ID_LENGTH || strspn (id, "0123456789abcdef") != ID_LENGTH)
        continue;
      mixed = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *)id, ID_LENGTH,
                                         APPLICATION_ID, -1);
      return g_strndup (mixed, ID_LENGTH);
    }
  return NULL;
}

/* A value of a file whose lines a shell would read: NAME="Debian GNU/Linux 12". */
static char *
find_shell_value (const char *text, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gsize length = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strncmp (lines[i], name, length) == 0 && lines[i][length] == '=')
      {
        g_autofree char *value = g_shell_unquote (lines[i] + length + 1, NULL);

        if (value != NULL && *value != '\0')
          return g_utf8_make_valid (value, -1);
      }
  return NULL;
}

static char *
read_system (const char *root)
{
  static const char *const paths[] = { "/etc/os-release", "/usr/lib/os-release" };
  char                    *name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths) && name == NULL; i++)
    {
      g_autofree char *text = read_file (root, paths[i]);

      if (text != NULL)
        name = find_shell_value (text, "PRETTY_NAME");
    }
  return name;
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Of all cores; where they differ, all that there are. */
static char *
read_governor (const char *root)
{
  g_autofree char *path = g_strconcat (root, "/sys/devices/system/cpu", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = NULL;
      char            *governor;

      if (!g_str_has_prefix (name, "cpu") || !g_ascii_isdigit (name[3]))
        continue;
      file = g_strdup_printf ("/sys/devices/system/cpu/%s/cpufreq/scaling_governor", name);
      governor = read_file (root, file);
      if (governor == NULL || *governor == '\0' ||
          g_ptr_array_find_with_equal_func (found, governor, g_str_equal, NULL))
        g_free (governor);
      else
        g_ptr_array_add (found, governor);
    }
  if (found->len == 0)
    return NULL;

  g_ptr_array_sort (found, compare_texts);
  g_ptr_array_add (found, NULL);
  return g_strjoinv (", ", (char **)found->pdata);
}

static char *
describe_kernel (void)
{
  struct utsname name;

  return uname (&name) == 0 ? g_strdup_printf ("%s %s", name.sysname, name.release) : NULL;
}

static char *
describe_compiler (void)
{
#ifdef __clang__
  return g_strdup ("clang " __clang_version__);
#else
  return g_strdup ("gcc " __VERSION__);
#endif
}

static double
read_load (const char *root)
{
  g_autofree char *text = read_file (root, "/proc/loadavg");
  char            *end = NULL;
  double           load = text != NULL ? g_ascii_strtod (text, &end) : NAN;

  return end != text && load >= 0 ? load : NAN;
}

LscConditions *
lsc_machine_read_conditions_below (const char *root)
{
  LscConditions *self = lsc_conditions_new ();

  self->machine = read_machine_id (root);
  self->cpu = lsc_machine_read_cpu (root);
  self->kernel = describe_kernel ();
  self->system = read_system (root);
  self->governor = read_governor (root);
  self->compiler = describe_compiler ();
  self->n_cores = lsc_engine_get_n_cores ();
  self->load_before = read_load (root);
  return self;
}

LscConditions *
lsc_machine_read_conditions (void)
{
  return lsc_machine_read_conditions_below ("");
}

/* ---- what else goes on there ----------------------------------------------------------------- */

static gint64
read_pressure_ns (const char *root)
{
  g_autofree char *text = read_file (root, "/proc/pressure/cpu");
  const char      *total = text != NULL ? strstr (text, "total=") : NULL;
  guint64          us;

  /* "some" is the first line: at least one waited. */
  if (total == NULL || !g_str_has_prefix (text, "some "))
    return -1;
  us = g_ascii_strtoull (total + strlen ("total="), NULL, 10);
  return us <= G_MAXINT64 / 1000 ? (gint64)us * 1000 : -1;
}

/* The first line is of all cores: user, nice, system, idle, iowait, irq, softirq, steal; what comes
 * after is part of the first two. */
static void
read_ticks (const char *root, LscMachineMark *mark)
{
  g_autofree char *text = read_file (root, "/proc/stat");
  guint64          ticks[8];
  guint64          sum = 0;

  if (text == NULL || sscanf (text,
                              "cpu %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                              " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                              " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                              &ticks[0], &ticks[1], &ticks[2], &ticks[3], &ticks[4], &ticks[5],
                              &ticks[6], &ticks[7]) != G_N_ELEMENTS (ticks))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (ticks); i++)
    sum += MIN (ticks[i], G_MAXINT64 / 16);
  mark->steal_ticks = (gint64)MIN (ticks[7], G_MAXINT64 / 16);
  mark->all_ticks = (gint64)sum;
}

LscMachineMark
lsc_machine_mark_below (const char *root, gint64 time_ns)
{
  LscMachineMark mark = { .time_ns = time_ns, .steal_ticks = -1, .all_ticks = -1 };

  mark.pressure_ns = read_pressure_ns (root);
  read_ticks (root, &mark);
  return mark;
}

LscMachineMark
lsc_machine_mark (void)
{
  return lsc_machine_mark_below ("", lsc_clock_get_system_now_ns ());
}

/* NAN when one of them is not known, or they can't be. */
static double
get_share (gint64 part_before, gint64 part_after, gint64 whole)
{
  if (part_before < 0 || part_after < part_before || whole <= 0)
    return NAN;
  /* The accounts are not all read at one moment. */
  return MIN ((double)(part_after - part_before) / (double)whole, 1.0);
}

void
lsc_machine_measure_since_below (const char           *root,
                                 const LscMachineMark *begin,
                                 gint64                time_ns,
                                 LscConditions        *conditions)
{
  LscMachineMark end = lsc_machine_mark_below (root, time_ns);

  conditions->load_after = read_load (root);
  conditions->pressure =
      get_share (begin->pressure_ns, end.pressure_ns, end.time_ns - begin->time_ns);
  conditions->steal =
      get_share (begin->steal_ticks, end.steal_ticks, end.all_ticks - begin->all_ticks);
}

void
lsc_machine_measure_since (const LscMachineMark *begin, LscConditions *conditions)
{
  lsc_machine_measure_since_below ("", begin, lsc_clock_get_system_now_ns (), conditions);
}
