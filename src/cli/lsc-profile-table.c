/* lsc-profile-table.c: a profile as a table with bars, for a terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-profile-table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-columns.h"
#include "lsc-number.h"
#include "lsc-units.h"

#define DEFAULT_WIDTH 120u
#define MAX_NAME      40u
#define MIN_BAR       12u
#define MAX_BAR       30u
#define MAX_TEXT      2000u

/* Columns of a row but the bar. */
enum
{
  NAME,
  MEDIAN,
  INTERVAL,
  RUNS,
  MEMORY,
  VERDICT,
  N_COLUMNS
};

typedef struct
{
  char  *texts[N_COLUMNS]; /* owned */
  double median_ns;        /* NAN: unknown */
} Row;

typedef struct
{
  GArray *rows; /* of Row, one a cell; owned */
  guint   widths[N_COLUMNS];
  guint   bar_width;
  double  longest_ns;
} Table;

static void
row_clear (gpointer pointer)
{
  Row *row = pointer;

  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (row->texts[i]);
}

static void
table_clear (Table *table)
{
  g_array_unref (table->rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

/* ---- figures as texts ------------------------------------------------------------------------ */

static char *
format_ns (double ns)
{
  return isfinite (ns) ? lsc_format_duration ((gint64)llround (ns)) : g_strdup ("");
}

/* "3.08–3.12 s": the unit once, where it is the same and there is only one. */
static char *
format_interval (double low_ns, double high_ns)
{
  g_autofree char *low = format_ns (low_ns);
  g_autofree char *high = format_ns (high_ns);
  const char      *low_unit = strstr (low, "\u00a0");
  const char      *high_unit = strstr (high, "\u00a0");

  if (!isfinite (low_ns) || !isfinite (high_ns))
    return g_strdup ("");
  if (low_unit != NULL && high_unit != NULL && strcmp (low_unit, high_unit) == 0 &&
      strstr (low_unit + 1, "\u00a0") == NULL)
    return g_strdup_printf ("%.*s–%s", (int)(low_unit - low), low, high);
  return g_strdup_printf ("%s–%s", low, high);
}

/* Within its group. */
static char *
format_name (LscReport *report, guint cell)
{
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *both = NULL;

  lsc_report_dup_cell_label (report, cell, &name, &detail);
  both = detail != NULL ? g_strdup_printf ("%s, %s", name, detail) : g_strdup (name);
  return lsc_make_printable (both, -1, MAX_TEXT);
}

static void
fill_row (LscReport *report, guint cell, Row *row)
{
  const LscCellFigures *figures = lsc_report_get_figures (report, cell);
  g_autofree char      *verdict = lsc_report_dup_verdict (report, cell);

  row->median_ns = figures->wall.median;
  row->texts[NAME] = format_name (report, cell);
  row->texts[MEDIAN] = format_ns (figures->wall.median);
  row->texts[INTERVAL] = format_interval (figures->low, figures->high);
  row->texts[RUNS] = lsc_format_count (figures->n);
  row->texts[MEMORY] = isfinite (figures->memory.median)
                           ? lsc_format_bytes ((guint64)figures->memory.median)
                           : g_strdup ("");
  row->texts[VERDICT] = lsc_make_printable (verdict != NULL ? verdict : "", -1, MAX_TEXT);
}

/* Heads too: a column is as wide as the widest in it. */
static const char *
get_head (guint column)
{
  switch (column)
    {
    case MEDIAN:
      return _ ("Median");
    case INTERVAL:
      /* xgettext:no-c-format */
      return _ ("95 % interval");
    case RUNS:
      /* Translators: the head of a column: how many samples there are. */
      return C_ ("how many", "Runs");
    case MEMORY:
      return _ ("Memory");
    default:
      return "";
    }
}

static void
make_table (LscReport *report, guint width, Table *table)
{
  guint used = 0;

  table->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_clear_func (table->rows, row_clear);
  table->longest_ns = 0.0;
  for (guint column = 0; column < N_COLUMNS; column++)
    table->widths[column] = lsc_columns_measure (get_head (column));

  for (guint i = 0; i < lsc_report_get_n_cells (report); i++)
    {
      Row row;

      fill_row (report, i, &row);
      for (guint column = 0; column < N_COLUMNS; column++)
        table->widths[column] =
            MAX (table->widths[column], lsc_columns_measure (row.texts[column]));
      if (row.median_ns > table->longest_ns)
        table->longest_ns = row.median_ns;
      g_array_append_val (table->rows, row);
    }
  table->widths[NAME] = MIN (table->widths[NAME], MAX_NAME);

  for (guint column = 0; column < N_COLUMNS; column++)
    used += table->widths[column] + 2;
  table->bar_width = width > used + MIN_BAR ? MIN (width - used, MAX_BAR) : MIN_BAR;
}

/* ---- printing -------------------------------------------------------------------------------- */

static void
append_column (GString *line, const Table *table, const Row *row, guint column)
{
  lsc_columns_append (line, row->texts[column], table->widths[column],
                      column != NAME && column != VERDICT);
  g_string_append (line, "  ");
}

static void
print_trimmed (GString *line, FILE *stream)
{
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  fprintf (stream, "%s\n", line->str);
}

static void
print_row (const Table *table, const Row *row, FILE *stream)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_column (line, table, row, NAME);
  lsc_columns_append_bar (line, row->median_ns / table->longest_ns, table->bar_width);
  g_string_append (line, "  ");
  for (guint column = MEDIAN; column < N_COLUMNS; column++)
    append_column (line, table, row, column);
  print_trimmed (line, stream);
}

static void
print_heads (const Table *table, FILE *stream)
{
  g_autoptr (GString) line = g_string_new (NULL);

  lsc_columns_append (line, "", table->widths[NAME] + 2 + table->bar_width + 2, FALSE);
  for (guint column = MEDIAN; column < N_COLUMNS; column++)
    {
      lsc_columns_append (line, get_head (column), table->widths[column], TRUE);
      g_string_append (line, "  ");
    }
  print_trimmed (line, stream);
}

static void
print_text (const char *text, FILE *stream)
{
  g_auto (GStrv) lines = NULL;

  if (text == NULL)
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *safe = lsc_make_printable (lines[i], -1, MAX_TEXT);

      fprintf (stream, "%s\n", safe);
    }
}

/* The picture says in which order: both show the same. */
static void
print_rows (const Table *table,
            LscProfile  *profile,
            LscReport   *report,
            LscBarsOrder order,
            FILE        *stream)
{
  const LscBarsRequest request = { .width_px = 1200.0, .order = order };
  g_autoptr (LscBarsLayout) layout = lsc_bars_layout_new (profile, report, &request);
  guint n_groups = lsc_report_get_n_groups (report);

  for (guint group = 0; group < n_groups; group++)
    {
      guint        n;
      const guint *cells = lsc_report_get_group_cells (report, group, &n);
      gint         cell;

      if (n_groups > 1)
        {
          fputc ('\n', stream);
          print_text (lsc_report_get_group_name (report, group), stream);
        }
      for (guint position = 0; (cell = lsc_bars_layout_get_nth_cell (layout, position)) >= 0;
           position++)
        for (guint i = 0; i < n; i++)
          if (cells[i] == (guint)cell)
            print_row (table, &g_array_index (table->rows, Row, cell), stream);
    }
}

void
lsc_profile_table_print (LscProfile *profile, LscReport *report, LscBarsOrder order, FILE *stream)
{
  guint width;
  guint height;
  g_auto (Table) table = { 0 };
  g_autofree char *subtitle = lsc_report_dup_subtitle (report);
  g_autofree char *headline = lsc_report_dup_headline (report);
  g_autofree char *detail = lsc_report_dup_detail (report);
  g_autofree char *memory = lsc_report_dup_memory_note (report);
  g_auto (GStrv) warnings = lsc_report_dup_warnings (report);

  if (!lsc_columns_get_terminal (stream, &width, &height))
    width = DEFAULT_WIDTH;
  make_table (report, width, &table);

  print_text (lsc_profile_get_title (profile), stream);
  print_text (subtitle, stream);
  fputc ('\n', stream);
  print_heads (&table, stream);
  print_rows (&table, profile, report, order, stream);
  if (headline != NULL || detail != NULL)
    fputc ('\n', stream);
  print_text (headline, stream);
  print_text (detail, stream);
  print_text (memory, stream);
  if (warnings[0] != NULL)
    fputc ('\n', stream);
  for (guint i = 0; warnings[i] != NULL; i++)
    print_text (warnings[i], stream);
}

GPtrArray *
lsc_profile_table_make_lines (LscProfile *profile, LscReport *report, guint width)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (Table) table = { 0 };

  make_table (report, width, &table);
  for (guint i = 0; i < table.rows->len; i++)
    {
      const Row *row = &g_array_index (table.rows, Row, i);
      g_autoptr (GString) line = g_string_new (NULL);

      if (lsc_report_get_n_groups (report) > 1)
        /* Without its group beside it, its command tells it from all others. */
        lsc_columns_append (line, lsc_profile_get_cell (profile, i)->command, MAX_NAME, FALSE);
      else
        lsc_columns_append (line, row->texts[NAME], table.widths[NAME], FALSE);
      g_string_append (line, "  ");
      lsc_columns_append_bar (line, row->median_ns / table.longest_ns, MIN_BAR);
      g_string_append (line, "  ");
      append_column (line, &table, row, MEDIAN);
      append_column (line, &table, row, INTERVAL);
      append_column (line, &table, row, RUNS);
      append_column (line, &table, row, VERDICT);
      g_ptr_array_add (lines, lsc_columns_shorten (line->str, width));
    }
  return lines;
}
