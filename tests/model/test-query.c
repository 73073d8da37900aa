/* test-query.c: what a lane answers, against a list of spans walked naively.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "lsc-recorder.h"
#include "lsc-test-cache.h"

/* A lane and, beside it, everything that was put on it. */
typedef struct
{
  LscRecorder  *recorder;
  LscRecording *recording;
  LscLane      *lane;
  GArray       *spans; /* of LscSpan */
  gint64        now_ns;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  LscRecordingInfo info = { .workload_id = "test" };

  fixture->recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);
  fixture->recording = lsc_recorder_get_recording (fixture->recorder);
  fixture->lane = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN,
                                         1, 1, 1, "thread 1", 0);
  fixture->spans = g_array_new (FALSE, FALSE, sizeof (LscSpan));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_array_unref (fixture->spans);
  g_object_unref (fixture->recorder);
}

static void
add (Fixture *fixture, gint64 start_ns, gint64 end_ns, guint category, LscTaskStatus status)
{
  LscSpan span = {
    start_ns,       end_ns, fixture->spans->len % 7, fixture->spans->len, (guint8)category,
    (guint8)status, 0
  };

  lsc_recorder_begin_span (fixture->recorder, fixture->lane, start_ns, span.name, category,
                           span.task);
  lsc_recorder_end_span (fixture->recorder, fixture->lane, end_ns, status);
  g_array_append_val (fixture->spans, span);
  fixture->now_ns = end_ns;
}

static const LscSpan *
span_at (Fixture *fixture, guint i)
{
  return &g_array_index (fixture->spans, LscSpan, i);
}

/* ---- the reference ------------------------------------------------------------------ */

/* Each of these looks at every span that there is. */

static double
naive_cover (Fixture *fixture, double a_ns, double b_ns)
{
  double sum = 0;

  for (guint i = 0; i < fixture->spans->len; i++)
    {
      const LscSpan *span = span_at (fixture, i);

      sum += MAX (MIN (b_ns, (double)span->end_ns) - MAX (a_ns, (double)span->start_ns), 0);
    }
  return sum;
}

static double
pieces_cover (GArray *pieces, double a_ns, double b_ns)
{
  double sum = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      const LscPiece *piece = &g_array_index (pieces, LscPiece, i);

      sum += MAX (MIN (b_ns, (double)piece->end_ns) - MAX (a_ns, (double)piece->start_ns), 0) *
             piece->coverage;
    }
  return sum;
}

static void
check_order (GArray *pieces, guint n_px)
{
  g_assert_cmpuint (pieces->len, <=, 2 * n_px + 2);
  for (guint i = 0; i < pieces->len; i++)
    {
      const LscPiece *piece = &g_array_index (pieces, LscPiece, i);

      g_assert_cmpint (piece->start_ns, <=, piece->end_ns);
      g_assert_cmpfloat (piece->coverage, >, 0);
      g_assert_cmpfloat (piece->coverage, <=, 1);
      g_assert_cmpuint (piece->n_spans, >, 0);
      if (i > 0)
        g_assert_cmpint (g_array_index (pieces, LscPiece, i - 1).end_ns, <=, piece->start_ns);
    }
}

/* Whether some piece is seen within a pixel's width of where a span is. */
static gboolean
is_shown (GArray *pieces, const LscSpan *span, gint64 from_ns, gint64 to_ns, guint *at)
{
  gint64 a_ns = MAX (span->start_ns, from_ns);
  gint64 b_ns = MIN (span->end_ns, to_ns);

  while (*at < pieces->len && g_array_index (pieces, LscPiece, *at).end_ns < a_ns)
    (*at)++;
  return *at < pieces->len && g_array_index (pieces, LscPiece, *at).start_ns <= b_ns;
}

/* A span that is alone must be itself; what is wide must be, too. */
static void
check_spans (Fixture *fixture, GArray *pieces, gint64 from_ns, gint64 to_ns, guint n_px)
{
  double ns_per_px = (double)(to_ns - from_ns) / n_px;
  guint  at = 0;
  guint  exact = 0;

  for (guint i = 0; i < fixture->spans->len; i++)
    {
      const LscSpan *span = span_at (fixture, i);

      if (span->start_ns >= to_ns || (span->end_ns <= from_ns && span->start_ns < from_ns))
        continue;
      g_assert_true (is_shown (pieces, span, from_ns, to_ns, &at));
      if ((double)(span->end_ns - span->start_ns) < 2 * ns_per_px + 1)
        continue;
      while (exact < pieces->len &&
             g_array_index (pieces, LscPiece, exact).start_ns < span->start_ns)
        exact++;
      /* Something of no length may stand right before it. */
      while (exact < pieces->len &&
             g_array_index (pieces, LscPiece, exact).end_ns == span->start_ns)
        exact++;
      g_assert_cmpuint (exact, <, pieces->len);
      g_assert_cmpint (g_array_index (pieces, LscPiece, exact).start_ns, ==, span->start_ns);
      g_assert_cmpint (g_array_index (pieces, LscPiece, exact).end_ns, ==, span->end_ns);
      g_assert_cmpuint (g_array_index (pieces, LscPiece, exact).n_spans, ==, 1);
      g_assert_cmpuint (g_array_index (pieces, LscPiece, exact).task, ==, span->task);
      g_assert_cmpuint (g_array_index (pieces, LscPiece, exact).name, ==, span->name);
      g_assert_cmpuint (g_array_index (pieces, LscPiece, exact).status, ==, span->status);
    }
}

/* What says that it is one span must be one. */
static void
check_singles (Fixture *fixture, GArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      const LscPiece *piece = &g_array_index (pieces, LscPiece, i);

      if (piece->n_spans != 1)
        {
          g_assert_cmpuint (piece->task, ==, LSC_NO_TASK);
          continue;
        }
      g_assert_cmpuint (piece->task, <, fixture->spans->len);
      g_assert_cmpint (piece->start_ns, ==, span_at (fixture, piece->task)->start_ns);
      g_assert_cmpint (piece->end_ns, ==, span_at (fixture, piece->task)->end_ns);
      g_assert_cmpuint (piece->category, ==, span_at (fixture, piece->task)->category);
    }
}

static void
check_view (Fixture *fixture, gint64 from_ns, gint64 to_ns, guint n_px)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LscPiece));
  double width_ns = (double)(to_ns - from_ns);

  lsc_lane_query (fixture->lane, LSC_TRACK_SPANS, 0, from_ns, to_ns, n_px, fixture->now_ns, pieces);
  check_order (pieces, n_px);
  check_spans (fixture, pieces, from_ns, to_ns, n_px);
  check_singles (fixture, pieces);
  /* Over an eighth of the view, a pixel or two at its ends may be off. */
  for (guint i = 0; i < 8; i++)
    {
      double a_ns = (double)from_ns + width_ns * i / 8;
      double b_ns = (double)from_ns + width_ns * (i + 1) / 8;
      double off_ns = fabs (pieces_cover (pieces, a_ns, b_ns) - naive_cover (fixture, a_ns, b_ns));

      g_assert_cmpfloat (off_ns, <=, 3 * width_ns / n_px + width_ns / 8 * 0.05 + 2);
    }
}

/* ---- tests --------------------------------------------------------------------------- */

typedef struct
{
  guint  n;
  gint64 max_gap_ns;
  gint64 max_length_ns;
  guint  long_one_in; /* one in so many lasts 1,000 times as long */
  guint  zero_one_in;
} Kind;

static const Kind kinds[] = {
  { 500, 1000, 1000, 0, 5 }, { 5000, 10, 2000, 0, 0 },        { 20000, 5000, 100, 700, 3 },
  { 40000, 2, 3, 0, 2 },     { 40000, 100000, 10, 5000, 10 },
};

static void
fill (Fixture *fixture, const Kind *kind)
{
  gint64 time_ns = g_test_rand_int_range (0, 1000000);

  for (guint i = 0; i < kind->n; i++)
    {
      gint64 length_ns = g_test_rand_int_range (1, (gint32)kind->max_length_ns + 1);

      if (kind->long_one_in > 0 && g_test_rand_int_range (0, (gint32)kind->long_one_in) == 0)
        length_ns *= 1000;
      if (kind->zero_one_in > 0 && g_test_rand_int_range (0, (gint32)kind->zero_one_in) == 0)
        length_ns = 0;
      /* A long silence now and then. */
      if (g_test_rand_int_range (0, 3000) == 0)
        time_ns += kind->max_gap_ns * 5000;
      time_ns += g_test_rand_int_range (0, (gint32)kind->max_gap_ns + 1);
      add (fixture, time_ns, time_ns + length_ns, (guint)g_test_rand_int_range (0, 6),
           i % 1000 == 999 ? LSC_TASK_FAILED : LSC_TASK_DONE);
      time_ns += length_ns;
    }
}

static void
test_random_views (Fixture *fixture, gconstpointer data)
{
  gint64 end_ns;

  fill (fixture, (const Kind *)data);
  end_ns = fixture->now_ns + 1;
  check_view (fixture, 0, end_ns, 1500);
  check_view (fixture, 0, end_ns, 1);
  check_view (fixture, 0, end_ns * 10, 100);
  for (guint i = 0; i < 40; i++)
    {
      gint64 width_ns = MAX ((gint64)(exp (g_test_rand_double () * log ((double)end_ns))), 1);
      gint64 from_ns = (gint64)(g_test_rand_double () * (double)end_ns) - width_ns / 2;

      check_view (fixture, from_ns, from_ns + width_ns, (guint)g_test_rand_int_range (1, 2000));
    }
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  LscSpan span;

  fill (fixture, (const Kind *)data);
  for (guint i = 0; i < fixture->spans->len; i += (guint)g_test_rand_int_range (1, 200))
    {
      const LscSpan *wanted = span_at (fixture, i);

      g_assert_true (
          lsc_lane_find_span (fixture->lane, 0, wanted->start_ns, fixture->now_ns, &span));
      g_assert_cmpint (span.start_ns, ==, wanted->start_ns);
      if (wanted->end_ns > wanted->start_ns)
        {
          g_assert_true (
              lsc_lane_find_span (fixture->lane, 0, wanted->end_ns - 1, fixture->now_ns, &span));
          g_assert_cmpuint (span.task, ==, wanted->task);
          g_assert_cmpuint (span.category, ==, wanted->category);
        }
      if (i > 0 && span_at (fixture, i - 1)->start_ns < wanted->start_ns)
        {
          g_assert_true (
              lsc_lane_previous_span (fixture->lane, 0, wanted->start_ns, fixture->now_ns, &span));
          g_assert_cmpuint (span.task, ==, i - 1);
          g_assert_true (
              lsc_lane_next_span (fixture->lane, 0, wanted->start_ns - 1, fixture->now_ns, &span));
          g_assert_cmpuint (span.task, ==, i);
        }
    }
  g_assert_false (lsc_lane_next_span (fixture->lane, 0, fixture->now_ns, fixture->now_ns, &span));
  g_assert_false (lsc_lane_previous_span (fixture->lane, 0, span_at (fixture, 0)->start_ns,
                                          fixture->now_ns, &span));
  g_assert_false (
      lsc_lane_find_span (fixture->lane, 0, fixture->now_ns + 1, fixture->now_ns, &span));
}

static void
test_sum (Fixture *fixture, gconstpointer data)
{
  fill (fixture, (const Kind *)data);
  for (guint i = 0; i < 50; i++)
    {
      gint64      from_ns = (gint64)(g_test_rand_double () * (double)fixture->now_ns);
      gint64      to_ns = from_ns + (gint64)(g_test_rand_double () * (double)fixture->now_ns);
      LscRangeSum sum, wanted = { 0 };

      if (i == 0)
        from_ns = 0, to_ns = fixture->now_ns + 1;
      for (guint j = 0; j < fixture->spans->len; j++)
        {
          const LscSpan *span = span_at (fixture, j);

          if (span->start_ns >= to_ns || (span->end_ns <= from_ns && span->start_ns < from_ns))
            continue;
          wanted.n_spans++;
          wanted.covered_ns += MAX (MIN (span->end_ns, to_ns) - MAX (span->start_ns, from_ns), 0);
          wanted.longest_ns = MAX (wanted.longest_ns, span->end_ns - span->start_ns);
        }
      lsc_lane_sum (fixture->lane, LSC_TRACK_SPANS, 0, from_ns, to_ns, fixture->now_ns, &sum);
      g_assert_cmpuint (sum.n_spans, ==, wanted.n_spans);
      g_assert_cmpint (sum.covered_ns, ==, wanted.covered_ns);
      g_assert_cmpint (sum.longest_ns, ==, wanted.longest_ns);
    }
}

int
main (int argc, char **argv)
{
  char *cache = lsc_test_cache_enter ();
  int   result;

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *views = g_strdup_printf ("/query/random-views/%u", i);
      g_autofree char *find = g_strdup_printf ("/query/find/%u", i);
      g_autofree char *sum = g_strdup_printf ("/query/sum/%u", i);

      g_test_add (views, Fixture, &kinds[i], set_up, test_random_views, tear_down);
      g_test_add (find, Fixture, &kinds[i], set_up, test_find, tear_down);
      g_test_add (sum, Fixture, &kinds[i], set_up, test_sum, tear_down);
    }
  result = g_test_run ();
  lsc_test_cache_leave (cache);
  return result;
}
