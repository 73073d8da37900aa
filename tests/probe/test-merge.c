/* test-merge.c: records from several observers come out in order of time, and none is lost unsaid.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is expected is worked out by another way: each record has a number of its own, and the
 * order is that of sorting all of them at once by time and number.
 */

#include "config.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lsc-merge.h"

typedef struct
{
  char         *path;
  LscSegment   *segment;
  LscRingWriter ring;
  LscMerge     *merge;
} Fixture;

static void
set_up (Fixture *fixture, guint capacity)
{
  g_autofree char *name = g_strdup_printf ("lsc-merge-%d-%u", getpid (), g_random_int ());

  fixture->path = g_build_filename (g_get_tmp_dir (), name, NULL);
  fixture->segment = lsc_segment_create (fixture->path, 2, capacity);
  g_assert_nonnull (fixture->segment);
  lsc_ring_writer_init (&fixture->ring, fixture->segment, 1);
  fixture->merge = lsc_merge_new (fixture->segment, &fixture->ring);
  g_assert_nonnull (fixture->merge);
}

static void
tear_down (Fixture *fixture)
{
  lsc_merge_free (fixture->merge);
  lsc_segment_close (fixture->segment);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_free (fixture->path);
}

static LscRecord
make_record (guint64 time_ns, guint64 number)
{
  return (LscRecord){
    .time_ns = time_ns, .kind = LSC_RECORD_SWITCH_OUT, .task = LSC_NO_TASK, .value = number
  };
}

static void
add (Fixture *fixture, guint64 time_ns, guint64 number)
{
  LscRecord record = make_record (time_ns, number);

  g_assert_true (lsc_merge_add (fixture->merge, &record));
}

static void
read_all (Fixture *fixture, GArray *records)
{
  LscRecord some[256];
  gsize     n;

  while ((n = lsc_segment_read (fixture->segment, 1, some, G_N_ELEMENTS (some))) > 0)
    g_array_append_vals (records, some, n);
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  const LscRecord *first = a, *second = b;

  if (first->time_ns != second->time_ns)
    return first->time_ns < second->time_ns ? -1 : 1;
  return first->value < second->value ? -1 : first->value > second->value;
}

/* ---- order --------------------------------------------------------------------------- */

/* Rounds as observers have them: each of some cores has a piece in order, and now and then a
 * single record comes from elsewhere. Nothing is older than the horizon of two rounds ago. */
static void
test_order (void)
{
  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (LscRecord));
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (LscRecord));
  Fixture fixture;
  GRand  *rand = g_rand_new_with_seed (20);

  set_up (&fixture, 1u << 16);
  for (guint round = 0; round < 200; round++)
    {
      guint64 begin_ns = 1000 + round * 1000u;
      guint   n_cores = (guint)g_rand_int_range (rand, 0, 9);

      for (guint core = 0; core < n_cores; core++)
        {
          guint64 time_ns = begin_ns - (guint64)g_rand_int_range (rand, 0, 1000);

          while (time_ns < begin_ns + 1000)
            {
              LscRecord record = make_record (time_ns, added->len);

              g_array_append_val (added, record);
              g_assert_true (lsc_merge_add (fixture.merge, &record));
              time_ns += (guint64)g_rand_int_range (rand, 0, 200);
            }
        }
      lsc_merge_advance (fixture.merge, begin_ns);
      read_all (&fixture, read);
      /* Exactly what is older has come out. */
      for (guint i = 0, n_older = 0; i <= added->len; i++)
        if (i == added->len)
          g_assert_cmpuint (read->len, ==, n_older);
        else
          n_older += g_array_index (added, LscRecord, i).time_ns < begin_ns;
    }
  lsc_merge_advance (fixture.merge, G_MAXUINT64);
  read_all (&fixture, read);

  g_array_sort (added, compare_records);
  g_assert_cmpuint (added->len, >, 5000);
  g_assert_cmpuint (read->len, ==, added->len);
  for (guint i = 0; i < read->len; i++)
    g_assert_cmpmem (&g_array_index (read, LscRecord, i), sizeof (LscRecord),
                     &g_array_index (added, LscRecord, i), sizeof (LscRecord));
  g_assert_cmpuint (lsc_merge_get_n_late (fixture.merge), ==, 0);
  g_assert_cmpuint (lsc_merge_get_n_lost (fixture.merge), ==, 0);
  g_rand_free (rand);
  tear_down (&fixture);
}

static void
test_late (void)
{
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (LscRecord));
  Fixture fixture;

  set_up (&fixture, 64);
  add (&fixture, 100, 0);
  add (&fixture, 200, 1);
  lsc_merge_advance (fixture.merge, 201);
  add (&fixture, 300, 2);
  add (&fixture, 150, 3);
  add (&fixture, 200, 4);
  lsc_merge_advance (fixture.merge, 300);
  lsc_merge_advance (fixture.merge, 301);
  read_all (&fixture, read);

  g_assert_cmpuint (lsc_merge_get_n_late (fixture.merge), ==, 1);
  g_assert_cmpuint (read->len, ==, 6);
  {
    /* The one in the fourth place says that one was late. */
    static const guint64 numbers[] = { 0, 1, 3, 4, 1, 2 };
    static const guint64 times_ns[] = { 100, 200, 200, 200, 200, 300 };

    g_assert_cmpuint (g_array_index (read, LscRecord, 4).kind, ==, LSC_RECORD_MOVED);
    for (guint i = 0; i < 6; i++)
      {
        g_assert_cmpuint (g_array_index (read, LscRecord, i).value, ==, numbers[i]);
        g_assert_cmpuint (g_array_index (read, LscRecord, i).time_ns, ==, times_ns[i]);
      }
  }
  tear_down (&fixture);
}

/* ---- loss ----------------------------------------------------------------------------- */

/* How many wait for room at most. */
#define MAX_WAITING 131072u

/* Whoever reads comes late, and finds all of it in order. */
static void
test_late_reader (void)
{
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (LscRecord));
  Fixture fixture;
  guint   n_reads = 0;

  set_up (&fixture, 16);
  for (guint i = 0; i < 100; i++)
    add (&fixture, 1000u * i, i);
  do
    {
      lsc_merge_advance (fixture.merge, 90 * 1000);
      read_all (&fixture, read);
      n_reads++;
    }
  while (read->len < 90 && n_reads < 100);
  /* All but the place that is kept, each time. */
  g_assert_cmpuint (n_reads, ==, 6);
  g_assert_cmpuint (read->len, ==, 90);
  for (guint i = 0; i < read->len; i++)
    g_assert_cmpuint (g_array_index (read, LscRecord, i).value, ==, i);
  g_assert_cmpuint (lsc_merge_get_n_lost (fixture.merge), ==, 0);
  tear_down (&fixture);
}

/* Nobody reads for too long: it is said where records are missing. */
static void
test_full_ring (void)
{
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (LscRecord));
  const LscRecord *loss;
  Fixture          fixture;

  set_up (&fixture, 16);
  for (guint i = 0; i < 100 + MAX_WAITING; i++)
    add (&fixture, 1000u * i, i);
  lsc_merge_advance (fixture.merge, G_MAXUINT64);
  read_all (&fixture, read);
  g_assert_cmpuint (read->len, ==, 15);
  g_assert_cmpuint (lsc_merge_get_n_lost (fixture.merge), ==, 85);

  lsc_merge_advance (fixture.merge, 102 * 1000);
  read_all (&fixture, read);
  g_assert_cmpuint (read->len, ==, 18);
  loss = &g_array_index (read, LscRecord, 15);
  g_assert_cmpuint (loss->kind, ==, LSC_RECORD_LOSS);
  g_assert_cmpuint (loss->lane, ==, LSC_ALL_CORES);
  g_assert_cmpuint (loss->value, ==, 85);
  g_assert_cmpuint (loss->time_ns, ==, 100 * 1000);
  /* The first one that is missing is number 15, at 15 us. */
  g_assert_cmpuint (loss->name, ==, 85);
  g_assert_cmpuint (g_array_index (read, LscRecord, 16).value, ==, 100);
  g_assert_cmpuint (g_array_index (read, LscRecord, 17).value, ==, 101);
  tear_down (&fixture);
}

typedef struct
{
  Fixture *fixture;
  GArray  *read;
  int      is_over; /* atomic */
} Reader;

static gpointer
read_cb (gpointer user_data)
{
  Reader *reader = user_data;

  while (!g_atomic_int_get (&reader->is_over))
    read_all (reader->fixture, reader->read);
  return NULL;
}

/* At the end whoever reads is given the time to. */
static void
test_reader_at_the_end (void)
{
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (LscRecord));
  Fixture  fixture;
  Reader   reader = { &fixture, read, FALSE };
  GThread *thread;

  set_up (&fixture, 16);
  for (guint i = 0; i < 100; i++)
    add (&fixture, 1000u * i, i);
  thread = g_thread_new ("reader", read_cb, &reader);
  lsc_merge_finish (fixture.merge);
  g_atomic_int_set (&reader.is_over, TRUE);
  g_thread_join (thread);
  read_all (&fixture, read);
  g_assert_cmpuint (read->len, ==, 100);
  g_assert_cmpuint (lsc_merge_get_n_lost (fixture.merge), ==, 0);
  tear_down (&fixture);
}

/* Nobody reads until the end, and nothing follows. */
static void
test_loss_at_the_end (void)
{
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (LscRecord));
  const LscRecord *loss;
  Fixture          fixture;

  set_up (&fixture, 16);
  for (guint i = 0; i < 100; i++)
    add (&fixture, 1000u * i, i);
  lsc_merge_finish (fixture.merge);
  read_all (&fixture, read);
  g_assert_cmpuint (read->len, ==, 16);
  loss = &g_array_index (read, LscRecord, 15);
  g_assert_cmpuint (loss->kind, ==, LSC_RECORD_LOSS);
  g_assert_cmpuint (loss->value, ==, 85);
  g_assert_cmpuint (loss->time_ns, ==, 99 * 1000);
  g_assert_cmpuint (loss->name, ==, 84);
  tear_down (&fixture);
}

static void
add_loss (Fixture *fixture, guint64 time_ns, guint core, guint64 n)
{
  lsc_merge_add (
      fixture->merge,
      &(LscRecord){ .time_ns = time_ns, .kind = LSC_RECORD_LOSS, .lane = core, .value = n });
}

/* That a core's records are lost from now on, or that this is over, finds no room either: what was
 * lost is counted, and what still goes on is said again. */
static void
test_loss_of_losses (void)
{
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (LscRecord));
  const LscRecord *records;
  Fixture          fixture;

  set_up (&fixture, 16);
  add_loss (&fixture, 0, 3, 0);
  for (guint i = 1; i < 15; i++)
    add (&fixture, 1000u * i, i);
  add_loss (&fixture, 15000, 3, 40);
  add_loss (&fixture, 16000, 70, 0);
  add_loss (&fixture, 17000, 2, 0);
  add_loss (&fixture, 18000, 2, 7);
  for (guint i = 0; i < MAX_WAITING; i++)
    add (&fixture, 20000u + i, 99u + i);
  lsc_merge_advance (fixture.merge, G_MAXUINT64);
  read_all (&fixture, read);
  g_assert_cmpuint (read->len, ==, 15);

  lsc_merge_advance (fixture.merge, 20001);
  read_all (&fixture, read);
  g_assert_cmpuint (read->len, ==, 18);
  records = &g_array_index (read, LscRecord, 15);
  /* 40 and 7, and two that said that something began. */
  g_assert_cmpuint (records[0].lane, ==, LSC_ALL_CORES);
  g_assert_cmpuint (records[0].value, ==, 49);
  g_assert_cmpuint (records[1].kind, ==, LSC_RECORD_LOSS);
  g_assert_cmpuint (records[1].lane, ==, 70);
  g_assert_cmpuint (records[1].value, ==, 0);
  g_assert_cmpuint (records[1].time_ns, ==, 20000);
  g_assert_cmpuint (records[2].value, ==, 99);
  tear_down (&fixture);
}

/* ---- names ------------------------------------------------------------------------------ */

static void
test_names (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);
  Fixture fixture;
  guint   n = 0;

  set_up (&fixture, 16);
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *text = g_strdup_printf ("thread-%u", i);
      guint32          id = lsc_merge_get_name (fixture.merge, text);
      char             found[64];

      g_assert_true (lsc_segment_get_string (fixture.segment, id, found, sizeof found));
      g_assert_cmpstr (found, ==, text);
      g_assert_true (g_hash_table_add (ids, GUINT_TO_POINTER (id)));
    }
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *text = g_strdup_printf ("thread-%u", i);

      g_assert_true (
          g_hash_table_contains (ids, GUINT_TO_POINTER (lsc_merge_get_name (fixture.merge, text))));
    }

  /* There is an end to it, and what is there stays. */
  for (; n < 100000; n++)
    {
      g_autofree char *text = g_strdup_printf ("%u", n);

      if (lsc_merge_get_name (fixture.merge, text) == 0)
        break;
    }
  g_assert_cmpuint (n, >, 1000);
  g_assert_cmpuint (n, <, 100000);
  g_assert_true (g_hash_table_contains (
      ids, GUINT_TO_POINTER (lsc_merge_get_name (fixture.merge, "thread-7"))));
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/order", test_order);
  g_test_add_func ("/merge/late", test_late);
  g_test_add_func ("/merge/late-reader", test_late_reader);
  g_test_add_func ("/merge/full-ring", test_full_ring);
  g_test_add_func ("/merge/reader-at-the-end", test_reader_at_the_end);
  g_test_add_func ("/merge/loss-at-the-end", test_loss_at_the_end);
  g_test_add_func ("/merge/loss-of-losses", test_loss_of_losses);
  g_test_add_func ("/merge/names", test_names);
  return g_test_run ();
}
