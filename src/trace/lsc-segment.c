/* lsc-segment.c: the layout of a segment, and its reading side.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the file: a header, an LscRingShared for each ring, the string area, the
 * rings' records. The reading side trusts nothing of it: geometry and tails are
 * kept in private memory, heads and lengths are checked before use.
 */

#include "config.h"

#include "lsc-ring.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define SEGMENT_MAGIC     UINT64_C (0x0a6d67655363734c) /* "LscSegm\n" */
#define SEGMENT_VERSION   1u
#define STRINGS_SIZE      (128u * 1024u)
#define MAX_CAPACITY      (1u << 24)
#define MAX_RECORDS       (1u << 26) /* 2 GB, all rings */
#define MAX_STRING_LENGTH 1023u
#define STRING_ALIGN      8u
#define PAGE_ALIGN        4096u

typedef struct
{
  uint64_t magic;
  uint32_t version;
  uint32_t n_rings;
  uint32_t capacity;
  uint32_t strings_size;
  _Alignas(64) uint32_t strings_used; /* by the producing process */
  uint32_t reserved;
  _Alignas(64) uint32_t stop; /* by the reading process */
} SegmentHeader;

_Static_assert(sizeof (SegmentHeader) == 192, "part of the shared-memory format");

/* Before each string, and the id points at it. 0 until the text is whole, then its length + 1. */
typedef struct
{
  uint32_t length_plus_one;
} StringHeader;

/* What this process alone knows of a ring it reads. */
typedef struct
{
  uint64_t tail;
  uint64_t n_unreadable; /* lost because the head was nonsense */
} RingReader;

struct LscSegment
{
  uint8_t              *base;
  size_t                size;
  uint32_t              n_rings;
  uint32_t              capacity;
  SegmentHeader        *header;  /* within base, as all below */
  struct LscRingShared *rings;   /* n_rings */
  uint8_t              *strings; /* STRINGS_SIZE bytes */
  LscRecord            *records; /* n_rings * capacity */
  RingReader            readers[];
};

/* ---- layout ----------------------------------------------------------------- */

static size_t
round_up (size_t value, size_t step)
{
  return (value + step - 1) / step * step;
}

static size_t
get_strings_offset (uint32_t n_rings)
{
  return sizeof (SegmentHeader) + n_rings * sizeof (struct LscRingShared);
}

static size_t
get_records_offset (uint32_t n_rings)
{
  return round_up (get_strings_offset (n_rings) + STRINGS_SIZE, PAGE_ALIGN);
}

static size_t
get_size (uint32_t n_rings, uint32_t capacity)
{
  return get_records_offset (n_rings) + (size_t)n_rings * capacity * sizeof (LscRecord);
}

static bool
is_geometry_valid (uint32_t n_rings, uint32_t capacity)
{
  return n_rings >= 1 && n_rings <= LSC_SEGMENT_MAX_RINGS && capacity >= 2 &&
         capacity <= MAX_CAPACITY && (capacity & (capacity - 1)) == 0 &&
         n_rings <= MAX_RECORDS / capacity;
}

static LscSegment *
map_segment (int fd, uint32_t n_rings, uint32_t capacity)
{
  size_t      size = get_size (n_rings, capacity);
  LscSegment *segment = calloc (1, sizeof *segment + n_rings * sizeof (RingReader));
  uint8_t    *base;

  if (segment == NULL)
    return NULL;

  base = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (base == MAP_FAILED)
    {
      int saved_errno = errno;

      free (segment);
      errno = saved_errno;
      return NULL;
    }

  segment->base = base;
  segment->size = size;
  segment->n_rings = n_rings;
  segment->capacity = capacity;
  segment->header = (SegmentHeader *)(void *)base;
  segment->rings = (struct LscRingShared *)(void *)(base + sizeof (SegmentHeader));
  segment->strings = base + get_strings_offset (n_rings);
  segment->records = (LscRecord *)(void *)(base + get_records_offset (n_rings));
  return segment;
}

/* ---- making and opening ------------------------------------------------------- */

/* A page that the file system can't supply is a SIGBUS for whoever touches it, so
 * space is reserved now. That touches every page of a memory file system: where
 * there is plenty of room (for as many such rings as there can be) the rings
 * are left to grow as they are used. */
static int
reserve_space (int fd, uint32_t n_rings, uint32_t capacity)
{
  size_t         size = get_size (n_rings, capacity);
  size_t         reserved = size;
  struct statvfs fs;
  int            result;

  if (ftruncate (fd, (off_t)size) != 0)
    return errno;

  if (fstatvfs (fd, &fs) == 0 &&
      (uint64_t)fs.f_bavail * fs.f_frsize / sizeof (LscRecord) / capacity >= LSC_SEGMENT_MAX_RINGS)
    reserved = get_records_offset (n_rings);

  do
    result = posix_fallocate (fd, 0, (off_t)reserved);
  while (result == EINTR);

  if (result == EOPNOTSUPP || result == ENOSYS || result == EINVAL)
    return 0;
  return result;
}

LscSegment *
lsc_segment_create (const char *path, uint32_t n_rings, uint32_t capacity)
{
  LscSegment *segment = NULL;
  int         fd;
  int         error;

  if (!is_geometry_valid (n_rings, capacity))
    {
      errno = EINVAL;
      return NULL;
    }

  fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return NULL;

  error = reserve_space (fd, n_rings, capacity);
  if (error == 0)
    {
      segment = map_segment (fd, n_rings, capacity);
      error = errno;
    }
  close (fd);
  if (segment == NULL)
    {
      unlink (path);
      errno = error;
      return NULL;
    }

  segment->header->version = SEGMENT_VERSION;
  segment->header->n_rings = n_rings;
  segment->header->capacity = capacity;
  segment->header->strings_size = STRINGS_SIZE;
  /* Ids are offsets, and 0 is none. */
  segment->header->strings_used = STRING_ALIGN;
  for (uint32_t i = 0; i < n_rings; i++)
    segment->rings[i].task = LSC_NO_TASK;
  /* Last, so that a segment that opens is whole. */
  __atomic_store_n (&segment->header->magic, SEGMENT_MAGIC, __ATOMIC_RELEASE);
  return segment;
}

/* Reads the geometry from the file, not from a mapping, which may still be shorter than that. */
static bool
read_header (int fd, SegmentHeader *header)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return false;
  errno = EPROTO;
  if (!S_ISREG (info.st_mode) || pread (fd, header, sizeof *header, 0) != sizeof *header)
    return false;
  errno = EPROTO;
  return header->magic == SEGMENT_MAGIC && header->version == SEGMENT_VERSION &&
         header->strings_size == STRINGS_SIZE &&
         is_geometry_valid (header->n_rings, header->capacity) &&
         info.st_size >= (off_t)get_size (header->n_rings, header->capacity);
}

LscSegment *
lsc_segment_open (const char *path)
{
  SegmentHeader header;
  LscSegment   *segment = NULL;
  int           fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  int           saved_errno;

  if (fd < 0)
    return NULL;

  if (read_header (fd, &header))
    segment = map_segment (fd, header.n_rings, header.capacity);
  saved_errno = errno;
  close (fd);
  errno = saved_errno;
  if (segment == NULL)
    return NULL;

  for (uint32_t i = 0; i < segment->n_rings; i++)
    segment->readers[i].tail = __atomic_load_n (&segment->rings[i].tail, __ATOMIC_RELAXED);
  return segment;
}

void
lsc_segment_close (LscSegment *segment)
{
  if (segment == NULL)
    return;

  munmap (segment->base, segment->size);
  free (segment);
}

uint32_t
lsc_segment_get_n_rings (const LscSegment *segment)
{
  return segment->n_rings;
}

/* ---- writing side --------------------------------------------------------------- */

void
lsc_ring_writer_init (LscRingWriter *writer, LscSegment *segment, uint32_t ring)
{
  struct LscRingShared *shared =
      &segment->rings[ring < segment->n_rings ? ring : segment->n_rings - 1];

  writer->shared = shared;
  writer->records = segment->records + (size_t)(shared - segment->rings) * segment->capacity;
  writer->head = __atomic_load_n (&shared->head, __ATOMIC_RELAXED);
  writer->tail_seen = __atomic_load_n (&shared->tail, __ATOMIC_ACQUIRE);
  writer->mask = segment->capacity - 1;
}

bool
lsc_ring_writer_make_room (LscRingWriter *writer)
{
  writer->tail_seen = __atomic_load_n (&writer->shared->tail, __ATOMIC_ACQUIRE);
  if (writer->head - writer->tail_seen <= writer->mask)
    return true;

  /* Only this thread writes it, so it needs no locked addition. */
  __atomic_store_n (&writer->shared->lost, writer->shared->lost + 1, __ATOMIC_RELAXED);
  /* A consumer ahead of us has followed a head that somebody overwrote: say it again. */
  if ((int64_t)(writer->head - writer->tail_seen) < 0)
    __atomic_store_n (&writer->shared->head, writer->head, __ATOMIC_RELEASE);
  return false;
}

/* At most MAX_STRING_LENGTH bytes, not through the middle of a character. */
static uint32_t
cut_string (const char *text)
{
  size_t length = strnlen (text, MAX_STRING_LENGTH + 1);

  if (length <= MAX_STRING_LENGTH)
    return (uint32_t)length;

  length = MAX_STRING_LENGTH;
  while (length > MAX_STRING_LENGTH - 4 && ((uint8_t)text[length] & 0xc0) == 0x80)
    length--;
  return (uint32_t)length;
}

uint32_t
lsc_segment_add_string (LscSegment *segment, const char *text)
{
  uint32_t     *used = &segment->header->strings_used;
  uint32_t      offset = __atomic_load_n (used, __ATOMIC_RELAXED);
  uint32_t      length;
  uint32_t      needed;
  StringHeader *header;

  if (text == NULL)
    return 0;

  length = cut_string (text);
  needed = (uint32_t)round_up (sizeof (StringHeader) + length + 1, STRING_ALIGN);
  do
    {
      if (offset % STRING_ALIGN != 0 || offset > STRINGS_SIZE || needed > STRINGS_SIZE - offset)
        return 0;
    }
  while (!__atomic_compare_exchange_n (used, &offset, offset + needed, true, __ATOMIC_RELAXED,
                                       __ATOMIC_RELAXED));

  header = (StringHeader *)(void *)(segment->strings + offset);
  memcpy (header + 1, text, length);
  ((char *)(header + 1))[length] = '\0';
  __atomic_store_n (&header->length_plus_one, length + 1, __ATOMIC_RELEASE);
  return offset;
}

void
lsc_segment_request_stop (LscSegment *segment)
{
  __atomic_store_n (&segment->header->stop, 1, __ATOMIC_RELAXED);
}

bool
lsc_segment_stop_requested (const LscSegment *segment)
{
  return __atomic_load_n (&segment->header->stop, __ATOMIC_RELAXED) != 0;
}

void
lsc_segment_ask (LscSegment *segment, uint32_t ring, uint32_t asked)
{
  if (ring < segment->n_rings)
    __atomic_fetch_or (&segment->rings[ring].asked, asked, __ATOMIC_RELAXED);
}

uint32_t
lsc_segment_get_asked (const LscSegment *segment, uint32_t ring)
{
  return ring < segment->n_rings ? __atomic_load_n (&segment->rings[ring].asked, __ATOMIC_RELAXED)
                                 : 0;
}

/* ---- reading side ----------------------------------------------------------------- */

size_t
lsc_segment_read (LscSegment *segment, uint32_t ring, LscRecord *records, size_t max)
{
  struct LscRingShared *shared;
  RingReader           *reader;
  const LscRecord      *source;
  uint64_t              n;
  uint64_t              first;
  uint64_t              n_to_end;

  if (ring >= segment->n_rings)
    return 0;

  shared = &segment->rings[ring];
  reader = &segment->readers[ring];
  n = __atomic_load_n (&shared->head, __ATOMIC_ACQUIRE) - reader->tail;
  if (n > segment->capacity)
    {
      /* Not what a writer does: somebody wrote over the head. A ring full of records is what
       * can have been lost by it. Go on from there; the writer mends its head. */
      reader->tail += n;
      reader->n_unreadable += segment->capacity;
      __atomic_store_n (&shared->tail, reader->tail, __ATOMIC_RELEASE);
      return 0;
    }

  n = n < max ? n : max;
  if (n == 0)
    return 0;

  source = segment->records + (size_t)ring * segment->capacity;
  first = reader->tail & (segment->capacity - 1);
  n_to_end = segment->capacity - first;
  if (n <= n_to_end)
    memcpy (records, source + first, n * sizeof *records);
  else
    {
      memcpy (records, source + first, n_to_end * sizeof *records);
      memcpy (records + n_to_end, source, (n - n_to_end) * sizeof *records);
    }

  reader->tail += n;
  __atomic_store_n (&shared->tail, reader->tail, __ATOMIC_RELEASE);
  return n;
}

uint64_t
lsc_segment_get_lost (const LscSegment *segment, uint32_t ring)
{
  if (ring >= segment->n_rings)
    return 0;

  return __atomic_load_n (&segment->rings[ring].lost, __ATOMIC_RELAXED) +
         segment->readers[ring].n_unreadable;
}

uint32_t
lsc_segment_get_task (const LscSegment *segment, uint32_t ring, uint64_t *start_ns)
{
  uint32_t task = LSC_NO_TASK;
  uint64_t start = 0;

  if (ring < segment->n_rings)
    {
      task = __atomic_load_n (&segment->rings[ring].task, __ATOMIC_ACQUIRE);
      start = __atomic_load_n (&segment->rings[ring].task_start_ns, __ATOMIC_RELAXED);
    }
  if (start_ns != NULL)
    *start_ns = start;
  return task;
}

bool
lsc_segment_get_string (const LscSegment *segment, uint32_t id, char *buffer, size_t size)
{
  const StringHeader *header;
  uint32_t            length;

  if (size == 0 || id == 0 || id % STRING_ALIGN != 0 || id > STRINGS_SIZE - STRING_ALIGN)
    return false;

  header = (const StringHeader *)(const void *)(segment->strings + id);
  length = __atomic_load_n (&header->length_plus_one, __ATOMIC_ACQUIRE);
  if (length == 0 || length > MAX_STRING_LENGTH + 1 ||
      length > STRINGS_SIZE - id - sizeof (StringHeader))
    return false;

  length--;
  if (length > size - 1)
    length = (uint32_t)(size - 1);
  memcpy (buffer, header + 1, length);
  buffer[length] = '\0';
  return true;
}
