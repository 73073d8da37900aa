/* lsc-proc-text.c: what files of /proc say.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By hand and not by sscanf(): these lines are read thousands of times a second.
 */

#include "config.h"

#include "lsc-proc-text.h"

#include <string.h>

/* Of the kernel's own flags. */
#define PF_EXITING 4u

typedef struct
{
  const char *at;
  const char *end;
} Cursor;

/* Past spaces and one number without a sign; false, and nowhere else, when there is none or it is
 * too large. */
static bool
take_number (Cursor *cursor, uint64_t *number)
{
  const char *at = cursor->at;
  uint64_t    value = 0;

  while (at < cursor->end && (*at == ' ' || *at == '\t'))
    at++;
  if (at == cursor->end || *at < '0' || *at > '9')
    return false;
  for (; at < cursor->end && *at >= '0' && *at <= '9'; at++)
    if (__builtin_mul_overflow (value, 10, &value) ||
        __builtin_add_overflow (value, (uint64_t)(*at - '0'), &value))
      return false;
  cursor->at = at;
  *number = value;
  return true;
}

static bool
take_id (Cursor *cursor, pid_t *id)
{
  uint64_t number;

  if (!take_number (cursor, &number) || number > INT32_MAX)
    return false;
  *id = (pid_t)number;
  return true;
}

/* Numbers in between may have a sign. */
static bool
skip_words (Cursor *cursor, unsigned n)
{
  for (; n > 0; n--)
    {
      while (cursor->at < cursor->end && *cursor->at == ' ')
        cursor->at++;
      if (cursor->at == cursor->end)
        return false;
      while (cursor->at < cursor->end && *cursor->at != ' ')
        cursor->at++;
    }
  return true;
}

/* " (name) state": a name may hold anything, brackets and line ends too, so its end is the last
 * bracket of the line. */
static bool
take_name (Cursor *cursor, LscProcStat *stat)
{
  const char *close = memrchr (cursor->at, ')', (size_t)(cursor->end - cursor->at));
  size_t      length;

  if (close == NULL || close - cursor->at < 2 || cursor->at[0] != ' ' || cursor->at[1] != '(' ||
      cursor->end - close < 3 || close[1] != ' ')
    return false;
  length = (size_t)(close - cursor->at) - 2;
  if (length > sizeof stat->name - 1)
    length = sizeof stat->name - 1;
  memcpy (stat->name, cursor->at + 2, length);
  stat->name[length] = '\0';
  stat->state = close[2];
  cursor->at = close + 3;
  return stat->state >= 'A' && stat->state <= 'z';
}

bool
lsc_proc_parse_stat (const char *text, size_t length, LscProcStat *stat)
{
  Cursor      cursor = { text, text + length };
  LscProcStat found = { 0 };
  uint64_t    flags, n_threads, core, exit_code;

  /* The numbers in the comments are those of proc(5). */
  if (!take_id (&cursor, &found.id) ||                 /*  1 */
      !take_name (&cursor, &found) ||                  /*  2, 3 */
      !take_id (&cursor, &found.parent) ||             /*  4 */
      !skip_words (&cursor, 4) ||                      /* 5..8 */
      !take_number (&cursor, &flags) ||                /* 9 */
      !take_number (&cursor, &found.n_minor_faults) || /* 10 */
      !skip_words (&cursor, 1) ||                      /* 11 */
      !take_number (&cursor, &found.n_major_faults) || /* 12 */
      !skip_words (&cursor, 1) ||                      /* 13 */
      !take_number (&cursor, &found.user_ticks) ||     /* 14 */
      !take_number (&cursor, &found.system_ticks) ||   /* 15 */
      !skip_words (&cursor, 4) ||                      /* 16..19 */
      !take_number (&cursor, &n_threads) ||            /* 20 */
      !skip_words (&cursor, 1) ||                      /* 21 */
      !take_number (&cursor, &found.start_ticks) ||    /* 22 */
      !skip_words (&cursor, 1) ||                      /* 23 */
      !take_number (&cursor, &found.rss_pages) ||      /* 24 */
      !skip_words (&cursor, 14) ||                     /* 25..38 */
      !take_number (&cursor, &core) ||                 /* 39 */
      n_threads > UINT32_MAX || core > UINT16_MAX)
    return false;
  /* 52: the last, since Linux 3.5 */
  if (skip_words (&cursor, 12) && take_number (&cursor, &exit_code) && exit_code <= UINT16_MAX)
    found.exit_code = (uint32_t)exit_code;
  found.is_exiting = (flags & PF_EXITING) != 0;
  found.n_threads = (uint32_t)n_threads;
  found.core = (uint32_t)core;
  *stat = found;
  return true;
}

bool
lsc_proc_parse_turns (const char *text, size_t length, LscProcTurns *turns)
{
  Cursor       cursor = { text, text + length };
  LscProcTurns found;

  if (!take_number (&cursor, &found.run_ns) || !take_number (&cursor, &found.delay_ns) ||
      !take_number (&cursor, &found.n_turns))
    return false;
  *turns = found;
  return true;
}

bool
lsc_proc_parse_field (const char *text, size_t length, const char *name, uint64_t *value)
{
  const char *end = text + length;
  size_t      name_length = strlen (name);

  for (const char *line = text; line < end;)
    {
      const char *line_end = memchr (line, '\n', (size_t)(end - line));

      if (line_end == NULL)
        line_end = end;
      if ((size_t)(line_end - line) > name_length && memcmp (line, name, name_length) == 0 &&
          line[name_length] == ':')
        {
          Cursor   cursor = { line + name_length + 1, line_end };
          uint64_t number;

          if (!take_number (&cursor, &number))
            return false;
          if (line_end - cursor.at >= 3 && memcmp (cursor.at, " kB", 3) == 0 &&
              __builtin_mul_overflow (number, 1024, &number))
            return false;
          *value = number;
          return true;
        }
      line = line_end + 1;
    }
  return false;
}

bool
lsc_proc_next_id (const char *text, size_t length, size_t *at, pid_t *id)
{
  Cursor cursor = { text + *at, text + length };

  if (!take_id (&cursor, id))
    return false;
  *at = (size_t)(cursor.at - text);
  return *id > 0;
}
