/* lsc-widget-style.h: the platform's colours and font, for widgets that draw themselves.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-theme.h"

G_BEGIN_DECLS

/* As light, dark and high contrast are now. */
LscThemeVariant lsc_widget_style_get_variant (void);
const LscTheme *lsc_widget_style_get_theme (void);
/* Calls it, swapped, when they change; until `object` goes. */
void lsc_widget_style_follow_theme (GCallback changed, gpointer object);
/* The family of a widget's font, borrowed, nullable; how large it is: 1 is the platform's usual. 0:
 * unknown. */
const char *lsc_widget_style_get_font (GtkWidget *widget, double *scale);

G_END_DECLS
