/* fuzz-proc-text.c: files of /proc and messages of the connector that say anything.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First byte odd: the rest is what came from the connector in one go. Even: it is a file.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "lsc-connector-event.h"
#include "lsc-proc-reason.h"
#include "lsc-proc-text.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (bool holds)
{
  if (!holds)
    abort ();
}

static void
read_messages (const uint8_t *data, size_t size)
{
  LscConnectorEvent event;
  size_t            at = 0;
  size_t            before = 0;

  while (lsc_connector_event_parse (data, size, &at, &event))
    {
      /* It ends. */
      check (at > before && at <= size);
      check (memchr (event.name, '\0', sizeof event.name) != NULL);
      before = at;
    }
  check (at == before);
}

static void
read_text (const char *text, size_t size)
{
  LscProcStat  stat;
  LscProcTurns turns;
  uint64_t     value;
  size_t       at = 0;
  size_t       before = 0;
  pid_t        id;
  int          fd;

  if (lsc_proc_parse_stat (text, size, &stat))
    check (stat.id >= 0 && stat.parent >= 0 && memchr (stat.name, '\0', sizeof stat.name) != NULL);
  (void)lsc_proc_parse_turns (text, size, &turns);
  (void)lsc_proc_parse_field (text, size, "VmHWM", &value);
  while (lsc_proc_next_id (text, size, &at, &id))
    {
      check (id > 0 && at > before && at <= size);
      before = at;
    }
  check (lsc_proc_reason_from_place (text, size) < LSC_N_REASONS);
  check (lsc_proc_reason_from_call (text, size, &fd) < LSC_N_REASONS);
  check (fd >= -1);
  check (lsc_proc_reason_from_link (text, size) < LSC_N_REASONS);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size == 0)
    return 0;
  if (data[0] % 2 == 1)
    read_messages (data + 1, size - 1);
  else
    read_text ((const char *)data + 1, size - 1);
  return 0;
}
