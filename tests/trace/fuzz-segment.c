/* fuzz-segment.c: reads a segment that somebody scribbles into.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First byte even: the rest is the beginning of a file, which is opened. Odd: the
 * rest are writes (offset, value) into the memory of a good segment, with reading in between.
 */

#include "config.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lsc-ring.h"

#define CAPACITY  8u
#define N_RINGS   2u
#define FILE_SIZE (1024 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static char path[64];

static void
check (bool holds)
{
  if (!holds)
    abort ();
}

static void
make_path (void)
{
  if (path[0] == '\0')
    snprintf (path, sizeof path, "/tmp/lsc-fuzz-segment-%d", (int)getpid ());
  unlink (path);
}

static void
read_everything (LscSegment *segment, uint32_t id)
{
  LscRecord records[5];
  char      text[64];
  uint64_t  start_ns;
  uint32_t  n_rings = lsc_segment_get_n_rings (segment);

  check (n_rings >= 1 && n_rings <= LSC_SEGMENT_MAX_RINGS);
  for (uint32_t ring = 0; ring <= n_rings; ring++)
    {
      check (lsc_segment_read (segment, ring, records, 5) <= 5);
      (void)lsc_segment_get_lost (segment, ring);
      (void)lsc_segment_get_task (segment, ring, &start_ns);
    }
  if (lsc_segment_get_string (segment, id, text, sizeof text))
    check (memchr (text, '\0', sizeof text) != NULL);
  (void)lsc_segment_stop_requested (segment);
}

static void
open_file (const uint8_t *data, size_t size)
{
  LscSegment *segment;
  int         fd = open (path, O_RDWR | O_CREAT | O_EXCL, 0600);

  check (fd >= 0);
  check (write (fd, data, size) == (ssize_t)size);
  /* Sometimes as large as it says it is. */
  if (size > 0 && data[size - 1] % 2 == 0)
    check (ftruncate (fd, FILE_SIZE) == 0);
  close (fd);

  segment = lsc_segment_open (path);
  if (segment == NULL)
    return;
  for (uint32_t id = 0; id < 64; id++)
    read_everything (segment, id);
  check (lsc_segment_add_string (segment, "text") < FILE_SIZE);
  lsc_segment_close (segment);
}

static void
scribble (const uint8_t *data, size_t size)
{
  LscSegment      *segment = lsc_segment_create (path, N_RINGS, CAPACITY);
  LscRingWriter    writer;
  const LscRecord  record = { .kind = LSC_RECORD_MARK };
  struct stat      info;
  uint8_t         *memory;
  const size_t     step = sizeof (uint32_t) + sizeof (uint64_t);
  static const int n_writes = 3;
  int              fd = open (path, O_RDWR);

  check (segment != NULL && fd >= 0 && fstat (fd, &info) == 0);
  memory = mmap (NULL, (size_t)info.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  check (memory != MAP_FAILED);
  close (fd);

  lsc_ring_writer_init (&writer, segment, 0);
  for (; size >= step; data += step, size -= step)
    {
      uint32_t offset;
      uint64_t value;

      memcpy (&offset, data, sizeof offset);
      memcpy (&value, data + sizeof offset, sizeof value);
      memcpy (memory + offset % ((size_t)info.st_size - sizeof value), &value, sizeof value);
      for (int i = 0; i < n_writes; i++)
        lsc_ring_write (&writer, &record);
      (void)lsc_segment_add_string (segment, "a name");
      read_everything (segment, offset);
      read_everything (segment, (uint32_t)value);
    }

  munmap (memory, (size_t)info.st_size);
  lsc_segment_close (segment);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size == 0 || size > 4096)
    return 0;

  make_path ();
  if (data[0] % 2 == 0)
    open_file (data + 1, size - 1);
  else
    scribble (data + 1, size - 1);
  unlink (path);
  return 0;
}
