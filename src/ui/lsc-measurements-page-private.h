/* lsc-measurements-page-private.h: the insides of the page of measurements.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-bars-view.h"
#include "lsc-conditions-list.h"
#include "lsc-measurements-page.h"
#include "lsc-measurements-table.h"

G_BEGIN_DECLS

struct _LscMeasurementsPage
{
  GtkWidget parent_instance;

  /* Template */
  GtkStack             *stack;
  GtkLabel             *why_not;
  GtkLabel             *when;
  GtkWidget            *file_box;
  GtkLabel             *file_name;
  GtkLabel             *file_facts;
  GtkWidget            *progress_box;
  GtkLabel             *progress_label;
  GtkProgressBar       *progress;
  GtkScrolledWindow    *scroller;
  GtkLabel             *headline;
  GtkWidget            *again_button;
  GtkLabel             *detail;
  GtkWidget            *alarm_box;
  GtkLabel             *alarm;
  GtkExpander          *remarks;
  GtkLabel             *remarks_label;
  GtkWidget            *reference_box;
  GtkDropDown          *reference;
  GtkDropDown          *order;
  GtkMenuButton        *baseline;
  LscBarsView          *bars;
  GtkMenuButton        *columns_button;
  LscMeasurementsTable *table;
  LscConditionsList    *conditions;
  GMenuModel           *cell_menu;

  /* Owned */
  LscProfile  *profile; /* nullable; with it the report */
  LscReport   *report;
  LscProfile  *old;        /* nullable */
  LscBaseline *comparison; /* with it; nullable */
  GtkWidget   *popover;    /* nullable */

  gint64   refreshed_us;
  gint64   refresh_cost_us;
  guint    refresh_id;
  guint    shown_reference;
  gboolean is_filling;     /* the choosers follow, they are not used */
  gboolean is_about_table; /* it was used last, not the bars */
};

/* ---- lsc-measurements-actions.c: what is done with a bar or a row ------------------------ */

void lsc_measurements_actions_class_init (GtkWidgetClass *widget_class);
void lsc_measurements_actions_init (LscMeasurementsPage *self);
/* What can be done follows from what is shown. */
void lsc_measurements_actions_update (LscMeasurementsPage *self);

/* The bar or row that is meant; -1: none. */
gint lsc_measurements_actions_get_cell (LscMeasurementsPage *self);

/* ---- lsc-measurements-choosers.c: the reference, and the order of the bars ---------------- */

void lsc_measurements_choosers_init (LscMeasurementsPage *self);
/* They follow the report. */
void lsc_measurements_choosers_update (LscMeasurementsPage *self);

/* ---- lsc-measurements-page.c --------------------------------------------------------------- */

void lsc_measurements_page_emit_focus_changed (LscMeasurementsPage *self);
void lsc_measurements_page_emit_activated (LscMeasurementsPage *self, guint cell);
void lsc_measurements_page_emit_reference (LscMeasurementsPage *self, guint cell);

G_END_DECLS
