/* lsc-widget-style.c: the platform's colours and font, for widgets that draw themselves.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-widget-style.h"

#include <adwaita.h>

/* GNOME's 11 points at 96 dpi: text scale 1. */
#define PLATFORM_FONT_PX (11.0 * 96.0 / 72.0)

LscThemeVariant
lsc_widget_style_get_variant (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean         dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? LSC_THEME_DARK_CONTRAST : LSC_THEME_LIGHT_CONTRAST;
  return dark ? LSC_THEME_DARK : LSC_THEME_LIGHT;
}

const LscTheme *
lsc_widget_style_get_theme (void)
{
  return lsc_theme_get (lsc_widget_style_get_variant ());
}

void
lsc_widget_style_follow_theme (GCallback changed, gpointer object)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark", changed, object, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", changed, object, G_CONNECT_SWAPPED);
}

const char *
lsc_widget_style_get_font (GtkWidget *widget, double *scale)
{
  PangoContext               *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size_px = pango_font_description_get_size (font) / (double)PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size_px *= pango_cairo_context_get_resolution (context) / 72.0;
  *scale = MAX (size_px, 0) / PLATFORM_FONT_PX;
  return pango_font_description_get_family (font);
}
