/* lsc-end-follower.h: keeps a list at its end while rows come, until the user scrolls up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Part of whoever has the view; all of these are borrowed. */
typedef struct
{
  GtkScrolledWindow *scroller;
  GtkListView       *view;
  GListModel        *model;  /* what the view shows */
  GtkToggleButton   *toggle; /* whether it follows: the user's, too */
  guint              source;
} LscEndFollower;

void lsc_end_follower_init (LscEndFollower    *self,
                            GtkScrolledWindow *scroller,
                            GtkListView       *view,
                            GListModel        *model,
                            GtkToggleButton   *toggle);
/* Before the widgets go. */
void lsc_end_follower_clear (LscEndFollower *self);
/* There may be more rows. */
void lsc_end_follower_go (LscEndFollower *self);

G_END_DECLS
