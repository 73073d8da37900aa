/* lsc-find-widget.h: widgets by what they are, for tests.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-settle.h"

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer data);

/* The first below `widget`, or itself; NULL: none. */
GtkWidget *find (GtkWidget *widget, Match match, gconstpointer data);

gboolean has_label (GtkWidget *widget, gconstpointer label);
/* Of a label. */
gboolean has_text (GtkWidget *widget, gconstpointer text);
gboolean is_mode (GtkWidget *widget, gconstpointer kind);
gboolean is_visible_problem (GtkWidget *widget, gconstpointer unused);
gboolean is_type (GtkWidget *widget, gconstpointer type);
gboolean is_entry_with_text (GtkWidget *widget, gconstpointer text);
/* No widget between it and `root` is hidden. */
gboolean is_shown_in (GtkWidget *widget, GtkWidget *root);
