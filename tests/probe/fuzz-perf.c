/* fuzz-perf.c: what is in a perf ring, from somebody who means no good.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input: a byte for the ring's size, two for where the first record begins, then what is in it.
 * Whatever there is, it comes to an end, and what it says can be used.
 */

#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lsc-perf-event.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (bool holds)
{
  if (!holds)
    abort ();
}

static void
check_event (const LscPerfEvent *event)
{
  check (event->kind >= LSC_PERF_OTHER && event->kind <= LSC_PERF_LOST);
  check (memchr (event->name, '\0', sizeof event->name) != NULL);
  check (event->n_lost == 0 || event->kind == LSC_PERF_LOST);
  check (event->name[0] == '\0' || event->kind == LSC_PERF_COMM || event->kind == LSC_PERF_EXEC);
}

/* Each record by itself, from exactly as much memory as it has. */
static void
parse_alone (const uint8_t *data, size_t size)
{
  uint8_t     *copy = malloc (size > 0 ? size : 1);
  LscPerfEvent event;

  check (copy != NULL);
  memcpy (copy, data, size);
  if (lsc_perf_event_parse (copy, (uint32_t)size, &event))
    check_event (&event);
  free (copy);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  uint64_t     ring_size, tail, head;
  uint8_t     *ring;
  LscPerfEvent event;
  int          result;

  parse_alone (data, size < 4096 ? size : 4096);
  if (size < 3)
    return 0;
  ring_size = UINT64_C (64) << data[0] % 8;
  tail = (uint64_t)(data[1] | data[2] << 8);
  data += 3;
  size -= 3;
  head = tail + size;
  ring = malloc (ring_size);
  check (ring != NULL);
  memset (ring, 0, ring_size);
  for (size_t i = 0; i < size; i++)
    ring[(tail + i) % ring_size] = data[i];

  do
    {
      uint64_t before = tail;

      result = lsc_perf_event_next (ring, ring_size, head, &tail, &event);
      check (result == 0 ? tail == head : tail > before && tail <= head);
      if (result > 0)
        check_event (&event);
    }
  while (result != 0);
  free (ring);
  return 0;
}
