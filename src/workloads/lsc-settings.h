/* lsc-settings.h: the values that a workload's parameters have.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by lsc_workload_new_settings() with the defaults; every value that is set
 * has passed its parameter's check. Belongs to one thread at a time.
 */

#pragma once

#include <glib-object.h>

#include "lsc-parameter.h"

G_BEGIN_DECLS

#define LSC_TYPE_SETTINGS (lsc_settings_get_type ())
G_DECLARE_FINAL_TYPE (LscSettings, lsc_settings, LSC, SETTINGS, GObject)

/* `parameters` is constant data, `n` of them. */
LscSettings *lsc_settings_new (const LscParameter *parameters, guint n) G_GNUC_WARN_UNUSED_RESULT;
LscSettings *lsc_settings_copy (LscSettings *self) G_GNUC_WARN_UNUSED_RESULT;

/* Checks, then sets. The message names the parameter, the value and what is allowed.
 * Signal "changed" (detail: the id) when the value is another one. */
gboolean lsc_settings_set (LscSettings *self, const char *id, const char *value, GError **error);
/* Sets several together, as a script or a file names them: one whose `when` does not hold sets
 * that as well, unless it is named too. Nothing is set when one of them is not allowed. */
gboolean lsc_settings_set_all (LscSettings       *self,
                               const char *const *ids,
                               const char *const *values,
                               guint              n,
                               GError           **error);
/* Only checks. */
gboolean lsc_settings_check (LscSettings *self, const char *id, const char *value, GError **error);
/* The parameters that these are the values of. */
const LscParameter *lsc_settings_get_parameters (LscSettings *self, guint *n);
const LscParameter *lsc_settings_find_parameter (LscSettings *self, const char *id); /* nullable */
const char *lsc_settings_get (LscSettings *self, const char *id); /* NULL: no such parameter */
guint64     lsc_settings_get_integer (LscSettings *self, const char *id);
/* Of a SECONDS parameter. */
gint64 lsc_settings_get_ns (LscSettings *self, const char *id);
/* Of a SWITCH parameter. */
gboolean lsc_settings_get_boolean (LscSettings *self, const char *id);
/* Whether its `when` holds. */
gboolean lsc_settings_is_used (LscSettings *self, const char *id);
gboolean lsc_settings_is_default (LscSettings *self, const char *id);

/* "inputs=list -- command='gzip -9 {}'", only what is used, on one line (inputs and other texts of
 * many lines are left out) and not empty, and of what is rarely needed only what was changed;
 * quoted as for a shell. Behind the dashes stands what the user wrote or chose: words, commands and
 * paths. For recordings. */
char *lsc_settings_dup_summary (LscSettings *self) G_GNUC_WARN_UNUSED_RESULT;
/* Sets what a summary says. FALSE, with nothing set, when it is not what these parameters know. */
gboolean lsc_settings_apply_summary (LscSettings *self, const char *summary);
/* The part of a summary that anybody may see: without commands and paths. */
char *lsc_summary_dup_public (const char *summary) G_GNUC_WARN_UNUSED_RESULT;

/* key NUL value NUL ...: for the worker. LINES parameters are left out: inputs travel with the
 * tasks. */
GBytes *lsc_settings_serialize (LscSettings *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean
lsc_settings_deserialize (LscSettings *self, const char *bytes, gsize length, GError **error);

G_END_DECLS
