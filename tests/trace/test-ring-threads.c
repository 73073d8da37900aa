/* test-ring-threads.c: producers and a consumer at the same time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pthreads only, so that a thread sanitizer can judge it. Both ends use one mapping:
 * two mappings of one file are strangers to a sanitizer.
 */

#include "config.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lsc-ring.h"

#define N_RECORDS 2000000u
#define CAPACITY  1024u
#define N_STRINGS 400u
#define N_ADDERS  3

typedef struct
{
  LscSegment *segment;
  uint32_t    ring;
  bool        waits; /* for room, and so loses nothing */
  uint64_t    n_refused;
  int         done; /* atomic */
} Producer;

static unsigned n_tests;
static bool     all_good = true;

static void
report (bool is_good, const char *what)
{
  printf ("%sok %u %s\n", is_good ? "" : "not ", ++n_tests, what);
  fflush (stdout);
  all_good = all_good && is_good;
}

static LscSegment *
make_segment (uint32_t n_rings, uint32_t capacity)
{
  char        folder[] = "/tmp/lsc-test-XXXXXX";
  char        path[64];
  LscSegment *segment;

  if (mkdtemp (folder) == NULL)
    abort ();
  snprintf (path, sizeof path, "%s/segment", folder);
  segment = lsc_segment_create (path, n_rings, capacity);
  unlink (path);
  rmdir (folder);
  if (segment == NULL)
    abort ();
  return segment;
}

static uint64_t
mix (uint64_t number)
{
  number ^= number >> 31;
  number *= UINT64_C (0x9e3779b97f4a7c15);
  return number ^ (number >> 29);
}

static void *
produce (void *data)
{
  Producer     *producer = data;
  LscRingWriter writer;

  lsc_ring_writer_init (&writer, producer->segment, producer->ring);
  for (uint64_t i = 0; i < N_RECORDS; i++)
    {
      const LscRecord record = {
        .time_ns = i,
        .lane = producer->ring,
        .kind = (uint16_t)(i % 8 + 1),
        .task = (uint32_t)i,
        .value = mix (i),
      };

      lsc_ring_set_task (&writer, (uint32_t)i, i);
      while (!lsc_ring_write (&writer, &record))
        {
          producer->n_refused++;
          if (!producer->waits)
            break;
          sched_yield ();
        }
    }
  __atomic_store_n (&producer->done, 1, __ATOMIC_RELEASE);
  return NULL;
}

typedef struct
{
  uint64_t n;
  uint64_t next; /* the least number that may come now */
  bool     is_whole;
  bool     in_order;
  bool     task_in_order;
  uint32_t last_task;
} Consumer;

static size_t
consume (Consumer *consumer, const Producer *producer, LscRecord *buffer, size_t max)
{
  size_t   n = lsc_segment_read (producer->segment, producer->ring, buffer, max);
  uint64_t start_ns;
  uint32_t task = lsc_segment_get_task (producer->segment, producer->ring, &start_ns);

  for (size_t i = 0; i < n; i++)
    {
      uint64_t number = buffer[i].time_ns;

      consumer->in_order = consumer->in_order && number >= consumer->next;
      consumer->is_whole = consumer->is_whole && buffer[i].value == mix (number) &&
                           buffer[i].task == (uint32_t)number && buffer[i].kind == number % 8 + 1 &&
                           buffer[i].lane == producer->ring;
      consumer->next = number + 1;
    }
  consumer->n += n;

  if (task != LSC_NO_TASK)
    {
      /* A start that is older than its task would make a task look longer than it was. */
      consumer->task_in_order =
          consumer->task_in_order && task >= consumer->last_task && start_ns >= task;
      consumer->last_task = task;
    }
  return n;
}

static void
test_two_threads (bool waits, const char *name)
{
  LscSegment *segment = make_segment (2, CAPACITY);
  Producer    producers[2] = { { segment, 0, waits, 0, 0 }, { segment, 1, waits, 0, 0 } };
  Consumer    consumers[2] = { { 0, 0, true, true, true, 0 }, { 0, 0, true, true, true, 0 } };
  pthread_t   threads[2];
  LscRecord   buffer[300];
  bool        is_done = false;
  char        what[128];

  for (int i = 0; i < 2; i++)
    if (pthread_create (&threads[i], NULL, produce, &producers[i]) != 0)
      abort ();

  while (!is_done)
    {
      size_t n = 0;

      is_done = __atomic_load_n (&producers[0].done, __ATOMIC_ACQUIRE) != 0 &&
                __atomic_load_n (&producers[1].done, __ATOMIC_ACQUIRE) != 0;
      for (int i = 0; i < 2; i++)
        n += consume (&consumers[i], &producers[i], buffer, sizeof buffer / sizeof buffer[0]);
      is_done = is_done && n == 0;
      if (n == 0)
        sched_yield ();
    }

  for (int i = 0; i < 2; i++)
    {
      uint64_t n_lost = lsc_segment_get_lost (segment, (uint32_t)i);

      pthread_join (threads[i], NULL);
      snprintf (what, sizeof what, "%s, ring %d: records are whole", name, i);
      report (consumers[i].is_whole, what);
      snprintf (what, sizeof what, "%s, ring %d: records are in order", name, i);
      report (consumers[i].in_order, what);
      snprintf (what, sizeof what, "%s, ring %d: the task is never newer than its start", name, i);
      report (consumers[i].task_in_order, what);
      snprintf (what, sizeof what, "%s, ring %d: what was refused is what was counted", name, i);
      report (n_lost == producers[i].n_refused, what);
      snprintf (what, sizeof what, "%s, ring %d: read and lost are what was written", name, i);
      report (consumers[i].n + (waits ? 0 : n_lost) == N_RECORDS, what);
    }
  lsc_segment_close (segment);
}

/* ---- strings ------------------------------------------------------------------------ */

typedef struct
{
  LscSegment *segment;
  int         number;
  uint32_t    ids[N_STRINGS]; /* atomic */
} Adder;

static void *
add_strings (void *data)
{
  Adder *adder = data;
  char   text[64];

  /* An id says nothing about the order of memory: its string has to be whole by itself. */
  for (unsigned i = 0; i < N_STRINGS; i++)
    {
      snprintf (text, sizeof text, "thread %d says %u", adder->number, i);
      __atomic_store_n (&adder->ids[i], lsc_segment_add_string (adder->segment, text),
                        __ATOMIC_RELAXED);
    }
  return NULL;
}

static void
test_strings (void)
{
  LscSegment *segment = make_segment (1, 2);
  Adder       adders[N_ADDERS] = { 0 };
  pthread_t   threads[N_ADDERS];
  bool        is_good = true;

  for (int i = 0; i < N_ADDERS; i++)
    {
      adders[i].segment = segment;
      adders[i].number = i;
      if (pthread_create (&threads[i], NULL, add_strings, &adders[i]) != 0)
        abort ();
    }

  for (int i = 0; i < N_ADDERS; i++)
    for (unsigned k = 0; k < N_STRINGS; k++)
      {
        char     text[64];
        char     expected[64];
        uint32_t id;

        while ((id = __atomic_load_n (&adders[i].ids[k], __ATOMIC_RELAXED)) == 0)
          sched_yield ();
        snprintf (expected, sizeof expected, "thread %d says %u", i, k);
        is_good = is_good && lsc_segment_get_string (segment, id, text, sizeof text) &&
                  strcmp (text, expected) == 0;
      }
  for (int i = 0; i < N_ADDERS; i++)
    pthread_join (threads[i], NULL);
  report (is_good, "strings added by three threads at once are read whole");
  lsc_segment_close (segment);
}

static void *
ask_to_stop (void *data)
{
  lsc_segment_request_stop (data);
  return NULL;
}

static void
test_stop (void)
{
  LscSegment *segment = make_segment (1, 2);
  pthread_t   thread;

  report (!lsc_segment_stop_requested (segment), "nobody asks to stop at first");
  if (pthread_create (&thread, NULL, ask_to_stop, segment) != 0)
    abort ();
  while (!lsc_segment_stop_requested (segment))
    sched_yield ();
  pthread_join (thread, NULL);
  report (lsc_segment_stop_requested (segment), "a stop reaches the other thread");
  lsc_segment_close (segment);
}

int
main (void)
{
  test_two_threads (true, "with waiting");
  test_two_threads (false, "with losses");
  test_strings ();
  test_stop ();
  printf ("1..%u\n", n_tests);
  return all_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
