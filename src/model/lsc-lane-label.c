/* lsc-lane-label.c: what people call a lane.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread. Recordings have the names untranslated: a file is opened in any language.
 */

#include "config.h"

#include "lsc-lane.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* "core 12" is 12 of "core ". */
static gboolean
parse_numbered (const char *name, const char *prefix, guint *number)
{
  guint64 value;

  if (!g_str_has_prefix (name, prefix) ||
      !g_ascii_string_to_unsigned (name + strlen (prefix), 10, 0, G_MAXUINT, &value, NULL))
    return FALSE;
  *number = (guint)value;
  return TRUE;
}

char *
lsc_lane_dup_label (const LscLane *lane)
{
  const char *name = lsc_lane_get_name (lane);
  guint       number;

  if (lsc_lane_get_kind (lane) == LSC_LANE_CORE)
    return parse_numbered (name, "core ", &number)
               /* Translators: a core by its number, as the name of a row or on a stretch of time */
               ? g_strdup_printf (_ ("core %u"), number)
               : g_strdup (name);
  /* A program that was only seen has the name that it has. */
  if (!lsc_lane_is_own (lane))
    return g_strdup (name);
  if (parse_numbered (name, "worker ", &number))
    /* Translators: the name of a lane: one of the run's threads or processes, by its number */
    return g_strdup_printf (_ ("worker %u"), number);
  if (parse_numbered (name, "thread ", &number))
    /* Translators: the name of a lane: one of the run's threads, by its number */
    return g_strdup_printf (_ ("thread %u"), number);
  if (g_str_equal (name, "worker"))
    /* Translators: the name of a lane: the process that the run's threads are of */
    return g_strdup (_ ("worker"));
  return g_strdup (name);
}
