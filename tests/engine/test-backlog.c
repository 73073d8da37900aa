/* test-backlog.c: which task goes next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-backlog.h"

static void
assert_takes (LscBacklog *queue, guint slot, guint expected)
{
  guint index = G_MAXUINT;

  g_assert_true (lsc_backlog_take (queue, slot, &index));
  g_assert_cmpuint (index, ==, expected);
  g_assert_true (lsc_backlog_has (queue, slot, index));
}

/* What a lost worker had comes first and in order, as if never given out; what is
 * tried again comes last. */
static void
test_order (void)
{
  LscBacklog backlog;
  guint      index = 0;

  lsc_backlog_init (&backlog, 6);
  g_assert_cmpuint (lsc_backlog_get_n_waiting (&backlog), ==, 6);
  assert_takes (&backlog, 0, 0);
  assert_takes (&backlog, 1, 1);
  assert_takes (&backlog, 0, 2);
  assert_takes (&backlog, 0, 3);
  lsc_backlog_end (&backlog, 0);
  lsc_backlog_retry (&backlog, 1);
  g_assert_cmpuint (lsc_backlog_get_attempts (&backlog, 1), ==, 1);

  g_assert_cmpuint (lsc_backlog_give_back (&backlog, 0), ==, 2);
  g_assert_cmpuint (lsc_backlog_get_attempts (&backlog, 2), ==, 0);
  g_assert_false (lsc_backlog_has (&backlog, 0, 2));
  g_assert_cmpuint (lsc_backlog_get_n_waiting (&backlog), ==, 5);

  assert_takes (&backlog, 1, 2);
  assert_takes (&backlog, 1, 3);
  assert_takes (&backlog, 1, 4);
  assert_takes (&backlog, 1, 5);
  assert_takes (&backlog, 0, 1);
  g_assert_false (lsc_backlog_take (&backlog, 0, &index));
  g_assert_cmpuint (backlog.n_open, ==, 5);
  g_assert_true (lsc_backlog_has_ended (&backlog, 0));
  lsc_backlog_clear (&backlog);
}

/* Many attempts of many tasks: each is handed out as often as it was tried, and
 * the queue of those to try again does not grow without end. */
static void
test_many_retries (void)
{
  LscBacklog backlog;
  guint      n_taken = 0;
  guint      index = 0;

  lsc_backlog_init (&backlog, 500);
  while (lsc_backlog_take (&backlog, 0, &index))
    {
      n_taken++;
      if (lsc_backlog_get_attempts (&backlog, index) < 20)
        lsc_backlog_retry (&backlog, index);
      else
        lsc_backlog_end (&backlog, index);
    }
  g_assert_cmpuint (n_taken, ==, 500 * 21);
  g_assert_cmpuint (backlog.n_open, ==, 0);
  g_assert_cmpuint (backlog.again->len, <, 5000);
  lsc_backlog_clear (&backlog);
}

/* An index that nobody can have is nobody's. */
static void
test_strange_index (void)
{
  LscBacklog backlog;
  guint      index = 0;

  lsc_backlog_init (&backlog, 2);
  g_assert_true (lsc_backlog_take (&backlog, 3, &index));
  g_assert_false (lsc_backlog_has (&backlog, 3, 2));
  g_assert_false (lsc_backlog_has (&backlog, 3, G_MAXUINT32));
  g_assert_false (lsc_backlog_has (&backlog, 2, index));
  lsc_backlog_clear (&backlog);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/backlog/order", test_order);
  g_test_add_func ("/engine/backlog/many-retries", test_many_retries);
  g_test_add_func ("/engine/backlog/strange-index", test_strange_index);
  return g_test_run ();
}
