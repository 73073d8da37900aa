/* lsc-units.h: figures as people read them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All return new strings, translated and in the locale's number format where nothing else is said.
 * Any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "3.10 s", "850 ms", "12.4 µs", "310 ns", "2 min 05 s", "1 h 02 min": three significant figures.
 */
char *lsc_format_duration (gint64 duration_ns) G_GNUC_WARN_UNUSED_RESULT;
/* Rounded, for what is only expected: "about 3 s", "about 2 min". */
char *lsc_format_expected (gint64 duration_ns) G_GNUC_WARN_UNUSED_RESULT;
/* "14 MB", "1.25 MB" (powers of 1000, as GNOME does). */
char *lsc_format_bytes (guint64 bytes) G_GNUC_WARN_UNUSED_RESULT;
/* "1,000,000" with the locale's grouping. */
char *lsc_format_count (guint64 count) G_GNUC_WARN_UNUSED_RESULT;
/* "2.41", "2" in the locale's format: a part of a longer text, as an end of an interval is. */
char *lsc_format_number (double value, int n_decimals) G_GNUC_WARN_UNUSED_RESULT;
/* "3.1×" */
char *lsc_format_ratio (double ratio) G_GNUC_WARN_UNUSED_RESULT;
/* "98 %" */
char *lsc_format_percent (double share) G_GNUC_WARN_UNUSED_RESULT;
/* "SIGKILL"; "signal 40" for one without a name. As data: untranslated. */
char *lsc_format_signal (int number) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
