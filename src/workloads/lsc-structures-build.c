/* lsc-structures-build.c: eight ways to build something of the numbers from 0 to n - 1.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs in the worker, on any of its threads.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-structures-build.h"

#include <string.h>

/* Nobody may leave out what was written there. */
#define KEEP(memory) __asm__ volatile("" : : "r"(memory) : "memory")

/* ---- an empty one -------------------------------------------------------------------- */

static void
begin_set (LscBuild *build)
{
  build->set = g_hash_table_new (NULL, NULL);
}

static void
begin_list (LscBuild *build)
{
  build->list = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
begin_string (LscBuild *build)
{
  build->string = g_string_new (NULL);
}

static void
begin_tuple (LscBuild *build)
{
  build->tuple = g_new (gint64, build->n);
}

static void
begin_sized_list (LscBuild *build)
{
  build->list = g_array_sized_new (FALSE, FALSE, sizeof (gint64), build->n);
}

/* Half of the slots stay free, and there is one at least. */
static void
begin_sized_set (LscBuild *build)
{
  guint32 n_slots = 2;

  while (n_slots < 2 * build->n)
    n_slots *= 2;
  build->slots = g_new0 (guint32, n_slots);
  build->slots_mask = n_slots - 1;
}

/* shown */
/* What is timed: the numbers from 0 to n - 1 go into a new and empty one, a piece
 * of them at a time: [from, to). Looking at it and freeing it are not timed. */

/* A set. GLib has no call that takes many numbers at once. */
static void
build_set (LscBuild *build, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    g_hash_table_add (build->set, GUINT_TO_POINTER (i));
}

/* An array list: grows by a whole piece, which is filled. */
static void
build_list (LscBuild *build, guint from, guint to)
{
  g_array_set_size (build->list, to);
  for (guint i = from; i < to; i++)
    g_array_index (build->list, gint64, i) = i;
}

/* A tuple: one block, as long as it will ever be. */
static void
build_tuple (LscBuild *build, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    build->tuple[i] = i;
  KEEP (build->tuple);
}

/* A string: the digits of all numbers, one after another. */
static void
build_string (LscBuild *build, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    g_string_append_printf (build->string, "%u", i);
}

/* A call for each number, as a loop in a program has it. */
static G_NO_INLINE void
add_number (GHashTable *set, guint number)
{
  g_hash_table_add (set, GUINT_TO_POINTER (number));
}

static void
add_to_set (LscBuild *build, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    add_number (build->set, i);
}

/* The list grows as it has to, twice as large each time. */
static void
append_to_list (LscBuild *build, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      gint64 number = i;

      g_array_append_val (build->list, number);
    }
}

/* Room for all numbers is made first: nothing ever moves. A GHashTable can not be
 * told how large it will be, so this is a plain table: a number goes where its hash
 * says, or to the next place that is free. */
static void
set_comprehension (LscBuild *build, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      guint32 slot = i * 2654435769u & build->slots_mask;

      while (build->slots[slot] != 0 && build->slots[slot] != i + 1)
        slot = (slot + 1) & build->slots_mask;
      build->slots[slot] = i + 1;
    }
  KEEP (build->slots);
}

/* The same append, to a list that was made with room for all. */
static void
list_comprehension (LscBuild *build, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      gint64 number = i;

      g_array_append_val (build->list, number);
    }
}
/* not shown */

const LscStructure lsc_structures[LSC_N_STRUCTURES] = {
  { "build_set", "a set", begin_set, build_set },
  { "build_list", "a list", begin_list, build_list },
  { "build_tuple", "a tuple", begin_tuple, build_tuple },
  { "build_string", "a string", begin_string, build_string },
  { "add_to_set", "a set", begin_set, add_to_set },
  { "append_to_list", "a list", begin_list, append_to_list },
  { "set_comprehension", "a set", begin_sized_set, set_comprehension },
  { "list_comprehension", "a list", begin_sized_list, list_comprehension },
};

const LscStructure *
lsc_structure_find (const char *id)
{
  for (guint i = 0; i < LSC_N_STRUCTURES; i++)
    if (strcmp (lsc_structures[i].id, id) == 0)
      return &lsc_structures[i];
  return NULL;
}

/* ---- a build --------------------------------------------------------------------------- */

void
lsc_build_begin (LscBuild *build, const LscStructure *structure, guint n)
{
  *build = (LscBuild){ .n = n };
  structure->begin (build);
}

gboolean
lsc_build_continue (LscBuild *build, const LscStructure *structure, guint n_more)
{
  guint to = build->n_done + MIN (n_more, build->n - build->n_done);

  structure->add (build, build->n_done, to);
  build->n_done = to;
  return to == build->n;
}

static void
count_set (GHashTable *set, guint64 *n, guint64 *sum)
{
  GHashTableIter iter;
  gpointer       number;

  *n = g_hash_table_size (set);
  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    *sum += GPOINTER_TO_UINT (number);
}

static void
count_slots (const LscBuild *build, guint64 *n, guint64 *sum)
{
  for (gsize i = 0; i <= build->slots_mask; i++)
    if (build->slots[i] != 0)
      {
        *n += 1;
        *sum += build->slots[i] - 1;
      }
}

void
lsc_build_count (const LscBuild *build, guint64 *n, guint64 *sum)
{
  const gint64 *numbers = build->tuple;

  *n = 0;
  *sum = 0;
  if (build->set != NULL)
    count_set (build->set, n, sum);
  if (build->slots != NULL)
    count_slots (build, n, sum);
  if (build->string != NULL)
    {
      *n = build->string->len;
      for (gsize i = 0; i < build->string->len; i++)
        *sum += (guint64)(build->string->str[i] - '0');
    }
  if (build->list != NULL)
    numbers = (const gint64 *)(gconstpointer)build->list->data;
  if (numbers != NULL)
    {
      *n = build->list != NULL ? build->list->len : build->n_done;
      for (gsize i = 0; i < *n; i++)
        *sum += (guint64)numbers[i];
    }
}

void
lsc_build_clear (LscBuild *build)
{
  g_clear_pointer (&build->set, g_hash_table_unref);
  g_clear_pointer (&build->list, g_array_unref);
  g_clear_pointer (&build->tuple, g_free);
  g_clear_pointer (&build->slots, g_free);
  if (build->string != NULL)
    g_string_free (build->string, TRUE);
  build->string = NULL;
}
