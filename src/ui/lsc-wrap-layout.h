/* lsc-wrap-layout.h: children side by side, on as many lines as the width asks for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LSC_TYPE_WRAP_LAYOUT (lsc_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (LscWrapLayout, lsc_wrap_layout, LSC, WRAP_LAYOUT, GtkLayoutManager)

/* Properties: "spacing", "line-spacing" (int, px). */

G_END_DECLS
