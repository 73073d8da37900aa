/* lsc-merge.c: puts what several observers see into order of time, and into a ring.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is added comes in long pieces that are in order already, one from each core, so that it is
 * sorted by merging such pieces: two passes for two cores, and none where all came in order.
 */

#include "config.h"

#include "lsc-merge.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lsc-merge-names.h"

#define FIRST_CAPACITY 1024u
/* 64 MB with the space that sorting needs: nobody has advanced for long. */
#define MAX_CAPACITY (1u << 20)
#define MAX_CORES    4096u
/* So many wait for room in the ring, which holds half as many: whoever reads it may be kept from
 * doing so for a while. 4 MB. */
#define MAX_WAITING (1u << 17)
/* At the end whoever reads is waited for, unless nothing is read for so long. */
#define PATIENCE_MS 1000u

struct LscMerge
{
  LscSegment    *segment;
  LscRingWriter *ring;
  LscMergeNames  names;
  LscRecord     *records; /* held back */
  LscRecord     *others;  /* of the same size, to sort into */
  size_t         n;
  size_t         capacity;
  uint64_t       last_ns; /* of what was written last */
  uint64_t       n_late;
  uint64_t       n_late_told;
  uint64_t       n_lost;
  uint64_t       n_untold; /* of these, since the last LOSS record */
  uint64_t       untold_since_ns;
  uint64_t       untold_until_ns;
  uint64_t       losing[MAX_CORES / 64]; /* a bit for each core of which records are lost now */
  uint32_t       n_losing;
};

LscMerge *
lsc_merge_new (LscSegment *segment, LscRingWriter *ring)
{
  LscMerge *merge = calloc (1, sizeof *merge);

  if (merge == NULL)
    return NULL;
  merge->segment = segment;
  merge->ring = ring;
  return merge;
}

void
lsc_merge_free (LscMerge *merge)
{
  if (merge == NULL)
    return;
  lsc_merge_names_clear (&merge->names);
  free (merge->records);
  free (merge->others);
  free (merge);
}

/* ---- what is lost here ------------------------------------------------------------- */

static void
count_loss (LscMerge *merge, const LscRecord *record)
{
  /* What tells of others that were lost counts as these. */
  uint64_t n = record->kind == LSC_RECORD_LOSS && record->value > 0 ? record->value : 1;

  if (merge->n_untold == 0 || record->time_ns < merge->untold_since_ns)
    merge->untold_since_ns = record->time_ns;
  if (merge->n_untold == 0 || record->time_ns > merge->untold_until_ns)
    merge->untold_until_ns = record->time_ns;
  merge->n_untold += n;
  merge->n_lost += n;
}

static bool
tell_loss (LscMerge *merge, uint64_t time_ns)
{
  uint64_t past_us =
      time_ns > merge->untold_since_ns ? (time_ns - merge->untold_since_ns + 999) / 1000 : 0;
  LscRecord record = {
    .time_ns = time_ns,
    .lane = LSC_ALL_CORES,
    .kind = LSC_RECORD_LOSS,
    .name = past_us < UINT32_MAX ? (uint32_t)past_us : UINT32_MAX,
    .task = LSC_NO_TASK,
    .value = merge->n_untold,
  };

  if (!lsc_ring_write (merge->ring, &record))
    return false;
  merge->n_untold = 0;
  /* Whoever reads takes all losses for over. */
  record.value = 0;
  record.name = 0;
  for (record.lane = 0; merge->n_losing > 0 && record.lane < MAX_CORES; record.lane++)
    if ((merge->losing[record.lane / 64] >> record.lane % 64 & 1) != 0)
      lsc_ring_write (merge->ring, &record);
  return true;
}

/* Whether records of a core are lost, written or not. */
static void
see_loss (LscMerge *merge, const LscRecord *record)
{
  uint64_t bit = UINT64_C (1) << record->lane % 64;
  bool     was_losing;

  if (record->kind != LSC_RECORD_LOSS || record->lane >= MAX_CORES)
    return;
  was_losing = (merge->losing[record->lane / 64] & bit) != 0;
  if (was_losing == (record->value == 0))
    return;
  merge->losing[record->lane / 64] ^= bit;
  merge->n_losing += was_losing ? UINT32_MAX : 1;
}

/* ---- adding ------------------------------------------------------------------------- */

static bool
make_room (LscMerge *merge)
{
  size_t     capacity = merge->capacity > 0 ? 2 * merge->capacity : FIRST_CAPACITY;
  LscRecord *records;
  LscRecord *others;

  if (merge->n < merge->capacity)
    return true;
  if (capacity > MAX_CAPACITY)
    return false;
  /* What is grown and then not used does no harm. */
  records = realloc (merge->records, capacity * sizeof *records);
  if (records == NULL)
    return false;
  merge->records = records;
  others = malloc (capacity * sizeof *others);
  if (others == NULL)
    return false;
  free (merge->others);
  merge->others = others;
  merge->capacity = capacity;
  return true;
}

bool
lsc_merge_add (LscMerge *merge, const LscRecord *record)
{
  if (!make_room (merge))
    {
      count_loss (merge, record);
      return false;
    }
  merge->records[merge->n++] = *record;
  return true;
}

uint32_t
lsc_merge_get_name (LscMerge *merge, const char *text)
{
  return lsc_merge_names_get (&merge->names, merge->segment, text);
}

/* ---- sorting ------------------------------------------------------------------------- */

/* Past the last record that is in order with those before it, from `at`, which exists. */
static size_t
find_end_of_piece (const LscRecord *records, size_t at, size_t n)
{
  for (at++; at < n && records[at - 1].time_ns <= records[at].time_ns; at++)
    ;
  return at;
}

static void
merge_pieces (const LscRecord *records, size_t at, size_t middle, size_t end, LscRecord *to)
{
  size_t other = middle;

  while (at < middle && other < end)
    *to++ = records[other].time_ns < records[at].time_ns ? records[other++] : records[at++];
  memcpy (to, records + at, (middle - at) * sizeof *to);
  to += middle - at;
  memcpy (to, records + other, (end - other) * sizeof *to);
}

static void
sort (LscMerge *merge)
{
  if (merge->n == 0)
    return;
  while (find_end_of_piece (merge->records, 0, merge->n) < merge->n)
    {
      LscRecord *sorted = merge->others;
      size_t     end;

      for (size_t at = 0; at < merge->n; at = end)
        {
          size_t middle = find_end_of_piece (merge->records, at, merge->n);

          end = middle < merge->n ? find_end_of_piece (merge->records, middle, merge->n) : middle;
          merge_pieces (merge->records, at, middle, end, sorted + at);
        }
      merge->others = merge->records;
      merge->records = sorted;
    }
}

/* ---- writing -------------------------------------------------------------------------- */

/* The last place is kept for what tells of a loss at the end. */
static bool
has_room (LscMerge *merge, uint64_t n)
{
  LscRingWriter *ring = merge->ring;

  if (ring->head - ring->tail_seen + n <= ring->mask)
    return true;
  /* Looks again how much was read. */
  (void)lsc_ring_writer_make_room (ring);
  return ring->head - ring->tail_seen + n <= ring->mask;
}

/* What comes before one, and itself. */
static uint64_t
get_space (const LscMerge *merge)
{
  return merge->n_untold == 0 ? 1 : 2 + merge->n_losing;
}

static void
write_record (LscMerge *merge, LscRecord *record)
{
  if (record->time_ns < merge->last_ns)
    {
      merge->n_late++;
      record->time_ns = merge->last_ns;
    }
  merge->last_ns = record->time_ns;
  if (!has_room (merge, get_space (merge)) ||
      (merge->n_untold > 0 && !tell_loss (merge, record->time_ns)) ||
      !lsc_ring_write (merge->ring, record))
    count_loss (merge, record);
  see_loss (merge, record);
}

/* Writes what is older; of what finds no room `max_waiting` may stay. */
static void
write_older (LscMerge *merge, uint64_t horizon_ns, size_t max_waiting)
{
  size_t n_written = 0;

  while (n_written < merge->n && merge->records[n_written].time_ns < horizon_ns &&
         (merge->n - n_written > max_waiting || has_room (merge, get_space (merge))))
    write_record (merge, &merge->records[n_written++]);
  if (n_written == 0)
    return;
  merge->n -= n_written;
  memmove (merge->records, merge->records + n_written, merge->n * sizeof *merge->records);
}

static void
tell_late (LscMerge *merge)
{
  const LscRecord record = {
    .time_ns = merge->last_ns,
    .lane = LSC_ALL_CORES,
    .kind = LSC_RECORD_MOVED,
    .task = LSC_NO_TASK,
    .value = merge->n_late - merge->n_late_told,
  };

  if (record.value > 0 && has_room (merge, 1) && lsc_ring_write (merge->ring, &record))
    merge->n_late_told = merge->n_late;
}

void
lsc_merge_advance (LscMerge *merge, uint64_t horizon_ns)
{
  sort (merge);
  write_older (merge, horizon_ns, MAX_WAITING);
  tell_late (merge);
}

/* Until all is written, or nobody reads. */
static void
wait_for_reader (LscMerge *merge)
{
  const struct timespec pause = { .tv_nsec = 1000000 };
  unsigned              n_pauses = 0;

  for (;;)
    {
      size_t n = merge->n;

      write_older (merge, UINT64_MAX, SIZE_MAX);
      if (merge->n == 0)
        return;
      n_pauses = merge->n == n ? n_pauses + 1 : 0;
      if (n_pauses > PATIENCE_MS)
        return;
      nanosleep (&pause, NULL);
    }
}

void
lsc_merge_finish (LscMerge *merge)
{
  sort (merge);
  wait_for_reader (merge);
  write_older (merge, UINT64_MAX, 0);
  tell_late (merge);
  if (merge->n_untold > 0)
    tell_loss (merge,
               merge->untold_until_ns > merge->last_ns ? merge->untold_until_ns : merge->last_ns);
}

uint64_t
lsc_merge_get_n_late (const LscMerge *merge)
{
  return merge->n_late;
}

uint64_t
lsc_merge_get_n_lost (const LscMerge *merge)
{
  return merge->n_lost;
}
