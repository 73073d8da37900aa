/* test-segment.c: what is written into a segment is read from it, and nothing else is believed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-ring.h"

/* The same file, written and read through mappings of their own, as by two processes. */
typedef struct
{
  char       *folder;
  char       *path;
  LscSegment *writing;
  LscSegment *reading;
} Fixture;

static void
fixture_open (Fixture *fixture, uint32_t n_rings, uint32_t capacity)
{
  fixture->writing = lsc_segment_create (fixture->path, n_rings, capacity);
  g_assert_nonnull (fixture->writing);
  fixture->reading = lsc_segment_open (fixture->path);
  g_assert_nonnull (fixture->reading);
}

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("lsc-segment-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "segment", NULL);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->writing, lsc_segment_close);
  g_clear_pointer (&fixture->reading, lsc_segment_close);
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gboolean
write_number (LscRingWriter *writer, guint64 number)
{
  const LscRecord record = {
    .time_ns = number * 3,
    .lane = 7,
    .kind = LSC_RECORD_MARK,
    .category = LSC_MARK_EXEC,
    .name = 12,
    .task = (guint32)number,
    .value = ~number,
  };

  return lsc_ring_write (writer, &record);
}

static void
assert_number (const LscRecord *record, guint64 number)
{
  g_assert_cmpuint (record->time_ns, ==, number * 3);
  g_assert_cmpuint (record->lane, ==, 7);
  g_assert_cmpuint (record->kind, ==, LSC_RECORD_MARK);
  g_assert_cmpuint (record->category, ==, LSC_MARK_EXEC);
  g_assert_cmpuint (record->name, ==, 12);
  g_assert_cmpuint (record->task, ==, (guint32)number);
  g_assert_cmpuint (record->value, ==, ~number);
}

/* ---- files -------------------------------------------------------------------------------- */

static void
test_create (Fixture *fixture, gconstpointer data)
{
  struct stat info;

  fixture_open (fixture, 3, 64);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0600);
  g_assert_cmpuint (lsc_segment_get_n_rings (fixture->writing), ==, 3);
  g_assert_cmpuint (lsc_segment_get_n_rings (fixture->reading), ==, 3);

  errno = 0;
  g_assert_null (lsc_segment_create (fixture->path, 3, 64));
  g_assert_cmpint (errno, ==, EEXIST);
}

static void
test_create_refuses (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    uint32_t n_rings;
    uint32_t capacity;
  } wrong[] = {
    { 0, 64 }, { LSC_SEGMENT_MAX_RINGS + 1, 64 }, { 1, 0 }, { 1, 1 }, { 1, 100 }, { 1, 1u << 31 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      errno = 0;
      g_assert_null (lsc_segment_create (fixture->path, wrong[i].n_rings, wrong[i].capacity));
      g_assert_cmpint (errno, ==, EINVAL);
      g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
    }

  errno = 0;
  g_assert_null (lsc_segment_create ("/proc/no-such-folder/segment", 1, 64));
  g_assert_cmpint (errno, ==, ENOENT);
}

/* Without space it says so, and leaves nothing behind. */
static void
test_create_no_space (Fixture *fixture, gconstpointer data)
{
  int   status;
  pid_t pid = fork ();

  if (pid == 0)
    {
      const struct rlimit limit = { 64 * 1024, 64 * 1024 };

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
      errno = 0;
      if (lsc_segment_create (fixture->path, 1, 65536) != NULL)
        _exit (1);
      _exit (errno == EFBIG ? 0 : 2);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
assert_not_a_segment (Fixture *fixture, const void *bytes, gssize length)
{
  g_assert_true (g_file_set_contents (fixture->path, bytes, length, NULL));
  errno = 0;
  g_assert_null (lsc_segment_open (fixture->path));
  g_assert_cmpint (errno, ==, EPROTO);
}

static void
test_open_refuses (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize            length;

  errno = 0;
  g_assert_null (lsc_segment_open (fixture->path));
  g_assert_cmpint (errno, ==, ENOENT);
  assert_not_a_segment (fixture, "", 0);
  assert_not_a_segment (fixture, "not a segment at all", -1);

  g_unlink (fixture->path);
  fixture_open (fixture, 2, 32);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  g_clear_pointer (&fixture->writing, lsc_segment_close);
  g_clear_pointer (&fixture->reading, lsc_segment_close);

  /* Cut by one byte; another magic; another version; impossible sizes. */
  assert_not_a_segment (fixture, bytes, (gssize)length - 1);
  for (guint at = 0; at < 24; at++)
    {
      bytes[at] ^= 0x55;
      assert_not_a_segment (fixture, bytes, (gssize)length);
      bytes[at] ^= 0x55;
    }
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize)length, NULL));
  fixture->reading = lsc_segment_open (fixture->path);
  g_assert_nonnull (fixture->reading);

  errno = 0;
  g_assert_null (lsc_segment_open (fixture->folder));
  g_assert_cmpint (errno, !=, 0);
}

static void
test_open_fifo (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  errno = 0;
  g_assert_null (lsc_segment_open (fixture->path));
  g_assert_cmpint (errno, ==, EPROTO);
}

/* ---- rings -------------------------------------------------------------------------------- */

static void
test_write_read (Fixture *fixture, gconstpointer data)
{
  LscRingWriter writers[2];
  LscRecord     records[10];

  fixture_open (fixture, 2, 16);
  lsc_ring_writer_init (&writers[0], fixture->writing, 0);
  lsc_ring_writer_init (&writers[1], fixture->writing, 1);

  g_assert_cmpuint (lsc_segment_read (fixture->reading, 0, records, 10), ==, 0);
  for (guint i = 0; i < 4; i++)
    g_assert_true (write_number (&writers[0], i));
  g_assert_true (write_number (&writers[1], 99));

  g_assert_cmpuint (lsc_segment_read (fixture->reading, 0, records, 3), ==, 3);
  for (guint i = 0; i < 3; i++)
    assert_number (&records[i], i);
  g_assert_cmpuint (lsc_segment_read (fixture->reading, 0, records, 3), ==, 1);
  assert_number (&records[0], 3);
  g_assert_cmpuint (lsc_segment_read (fixture->reading, 0, records, 3), ==, 0);

  g_assert_cmpuint (lsc_segment_read (fixture->reading, 1, records, 10), ==, 1);
  assert_number (&records[0], 99);
  g_assert_cmpuint (lsc_segment_read (fixture->reading, 2, records, 10), ==, 0);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  LscRingWriter writer;
  LscRecord     records[16];

  fixture_open (fixture, 2, 8);
  lsc_ring_writer_init (&writer, fixture->writing, 1);
  for (guint i = 0; i < 8; i++)
    g_assert_true (write_number (&writer, i));
  for (guint i = 8; i < 13; i++)
    g_assert_false (write_number (&writer, i));
  g_assert_cmpuint (lsc_segment_get_lost (fixture->reading, 1), ==, 5);
  g_assert_cmpuint (lsc_segment_get_lost (fixture->reading, 0), ==, 0);
  g_assert_cmpuint (lsc_segment_get_lost (fixture->reading, 77), ==, 0);

  /* The oldest are kept, and there is room again for as many as were read. */
  g_assert_cmpuint (lsc_segment_read (fixture->reading, 1, records, 2), ==, 2);
  assert_number (&records[1], 1);
  g_assert_true (write_number (&writer, 20));
  g_assert_true (write_number (&writer, 21));
  g_assert_false (write_number (&writer, 22));
  g_assert_cmpuint (lsc_segment_read (fixture->reading, 1, records, 16), ==, 8);
  for (guint i = 0; i < 6; i++)
    assert_number (&records[i], i + 2);
  assert_number (&records[6], 20);
  assert_number (&records[7], 21);
  g_assert_cmpuint (lsc_segment_get_lost (fixture->reading, 1), ==, 6);
}

static void
test_wrap (Fixture *fixture, gconstpointer data)
{
  LscRingWriter writer;
  LscRecord     records[5];
  guint64       written = 0;
  guint64       n_read = 0;

  fixture_open (fixture, 1, 8);
  lsc_ring_writer_init (&writer, fixture->writing, 0);
  for (guint round = 0; round < 200; round++)
    {
      gsize n;

      for (guint i = 0; i < round % 5; i++)
        g_assert_true (write_number (&writer, written++));
      n = lsc_segment_read (fixture->reading, 0, records, 5);
      for (gsize i = 0; i < n; i++)
        assert_number (&records[i], n_read++);
      g_assert_cmpuint (n_read, ==, written);
    }
  g_assert_cmpuint (lsc_segment_get_lost (fixture->reading, 0), ==, 0);
}

/* A writer that takes over a ring goes on where the last one stopped. */
static void
test_second_writer (Fixture *fixture, gconstpointer data)
{
  LscRingWriter writer;
  LscRecord     records[8];

  fixture_open (fixture, 1, 8);
  lsc_ring_writer_init (&writer, fixture->writing, 0);
  for (guint i = 0; i < 3; i++)
    write_number (&writer, i);
  lsc_ring_writer_init (&writer, fixture->writing, 0);
  write_number (&writer, 3);
  g_assert_cmpuint (lsc_segment_read (fixture->reading, 0, records, 8), ==, 4);
  for (guint i = 0; i < 4; i++)
    assert_number (&records[i], i);
}

static void
test_process (Fixture *fixture, gconstpointer data)
{
  const guint64 n = 300000;
  guint64       n_read = 0;
  LscRecord     records[64];
  int           status = -1;
  gboolean      has_ended = FALSE;
  pid_t         pid;

  fixture_open (fixture, 1, 1024);
  pid = fork ();
  if (pid == 0)
    {
      LscSegment   *segment = lsc_segment_open (fixture->path);
      LscRingWriter writer;

      lsc_ring_writer_init (&writer, segment, 0);
      for (guint64 i = 0; i < n; i++)
        while (!write_number (&writer, i))
          g_usleep (100);
      lsc_ring_set_task (&writer, 41, 4242);
      raise (SIGKILL);
    }

  while (TRUE)
    {
      gsize n_batch = lsc_segment_read (fixture->reading, 0, records, 64);

      for (gsize i = 0; i < n_batch; i++)
        assert_number (&records[i], n_read++);
      if (n_batch > 0)
        continue;
      if (has_ended)
        break;
      has_ended = waitpid (pid, &status, WNOHANG) == pid;
    }
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpuint (n_read, ==, n);
}

static void
test_task (Fixture *fixture, gconstpointer data)
{
  LscRingWriter writer;
  uint64_t      start_ns;

  fixture_open (fixture, 2, 8);
  lsc_ring_writer_init (&writer, fixture->writing, 1);
  g_assert_cmpuint (lsc_segment_get_task (fixture->reading, 1, &start_ns), ==, LSC_NO_TASK);

  lsc_ring_set_task (&writer, 12, 3456);
  g_assert_cmpuint (lsc_segment_get_task (fixture->reading, 1, &start_ns), ==, 12);
  g_assert_cmpuint (start_ns, ==, 3456);
  g_assert_cmpuint (lsc_segment_get_task (fixture->reading, 0, NULL), ==, LSC_NO_TASK);
  g_assert_cmpuint (lsc_segment_get_task (fixture->reading, 2, NULL), ==, LSC_NO_TASK);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  fixture_open (fixture, 1, 8);
  g_assert_false (lsc_segment_stop_requested (fixture->writing));
  lsc_segment_request_stop (fixture->reading);
  g_assert_true (lsc_segment_stop_requested (fixture->writing));
}

/* ---- strings ------------------------------------------------------------------------------ */

static void
test_strings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (2000, 'x');
  g_autofree char *snowmen = g_strnfill (2000, 'y');
  char             text[1024];
  uint32_t         ids[4];

  fixture_open (fixture, 1, 8);
  ids[0] = lsc_segment_add_string (fixture->writing, "boil water");
  ids[1] = lsc_segment_add_string (fixture->writing, "");
  ids[2] = lsc_segment_add_string (fixture->writing, long_text);
  /* Three bytes each, so that the cut at 1023 would be within the second last one's middle. */
  for (guint i = 1; i + 2 < 2000; i += 3)
    memcpy (snowmen + i, "\xe2\x98\x83", 3);
  ids[3] = lsc_segment_add_string (fixture->writing, snowmen);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_cmpuint (ids[i], !=, 0);
      g_assert_true (lsc_segment_get_string (fixture->reading, ids[i], text, sizeof text));
    }
  g_assert_true (lsc_segment_get_string (fixture->reading, ids[0], text, sizeof text));
  g_assert_cmpstr (text, ==, "boil water");
  g_assert_true (lsc_segment_get_string (fixture->reading, ids[0], text, 5));
  g_assert_cmpstr (text, ==, "boil");
  g_assert_true (lsc_segment_get_string (fixture->reading, ids[1], text, sizeof text));
  g_assert_cmpstr (text, ==, "");
  g_assert_true (lsc_segment_get_string (fixture->reading, ids[2], text, sizeof text));
  g_assert_cmpuint (strlen (text), ==, 1023);
  g_assert_true (lsc_segment_get_string (fixture->reading, ids[3], text, sizeof text));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), ==, 1 + 340 * 3);
}

static void
test_string_ids (Fixture *fixture, gconstpointer data)
{
  char     text[16] = "untouched";
  uint32_t id;

  fixture_open (fixture, 1, 8);
  id = lsc_segment_add_string (fixture->writing, "name");
  g_assert_cmpuint (lsc_segment_add_string (fixture->writing, NULL), ==, 0);
  g_assert_false (lsc_segment_get_string (fixture->reading, 0, text, sizeof text));
  g_assert_false (lsc_segment_get_string (fixture->reading, id + 1, text, sizeof text));
  g_assert_false (lsc_segment_get_string (fixture->reading, id + 1024, text, sizeof text));
  g_assert_false (lsc_segment_get_string (fixture->reading, UINT32_MAX, text, sizeof text));
  g_assert_false (lsc_segment_get_string (fixture->reading, UINT32_MAX - 7, text, sizeof text));
  g_assert_false (lsc_segment_get_string (fixture->reading, id, text, 0));
  g_assert_cmpstr (text, ==, "untouched");
}

static void
test_strings_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (1000, 'x');
  char             text[1024];
  uint32_t         last = 0;
  uint32_t         id;
  guint            n = 0;

  fixture_open (fixture, 1, 8);
  while ((id = lsc_segment_add_string (fixture->writing, long_text)) != 0)
    {
      last = id;
      n++;
      g_assert_cmpuint (n, <, 100000);
    }
  g_assert_cmpuint (n, >=, 100);
  g_assert_true (lsc_segment_get_string (fixture->reading, last, text, sizeof text));
  g_assert_cmpstr (text, ==, long_text);
  /* The ring behind it is as it was. */
  g_assert_cmpuint (lsc_segment_read (fixture->reading, 0, (LscRecord *)(void *)text, 1), ==, 0);
}

/* ---- a writer that went wild ---------------------------------------------------------------- */

static struct LscRingShared *
map_ring (Fixture *fixture)
{
  LscRingWriter writer;

  lsc_ring_writer_init (&writer, fixture->writing, 0);
  return writer.shared;
}

static void
test_wild_head (Fixture *fixture, gconstpointer data)
{
  static const guint64  heads[] = { 9, 1000, G_MAXUINT64, G_MAXINT64, (guint64)G_MAXINT64 + 1 };
  struct LscRingShared *shared;
  LscRingWriter         writer;
  LscRecord             records[8];

  fixture_open (fixture, 1, 8);
  shared = map_ring (fixture);
  lsc_ring_writer_init (&writer, fixture->writing, 0);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      guint64 n_lost = lsc_segment_get_lost (fixture->reading, 0);
      gsize   n = 0;

      __atomic_store_n (&shared->head, writer.head + heads[i], __ATOMIC_RELEASE);
      g_assert_cmpuint (lsc_segment_read (fixture->reading, 0, records, 8), ==, 0);
      /* A ring full of records may have been lost by it, and that is said. */
      g_assert_cmpuint (lsc_segment_get_lost (fixture->reading, 0), ==, n_lost + 8);

      /* The writer comes through again after a few records. */
      for (guint k = 0; k < 40 && n == 0; k++)
        {
          write_number (&writer, 1000 + k);
          n = lsc_segment_read (fixture->reading, 0, records, 8);
        }
      g_assert_cmpuint (n, >=, 1);
      g_assert_cmpuint (records[n - 1].task, >=, 1000);
      while (lsc_segment_read (fixture->reading, 0, records, 8) > 0)
        ;
    }
}

/* The same, while the ring is full. */
static void
test_wild_head_full (Fixture *fixture, gconstpointer data)
{
  struct LscRingShared *shared;
  LscRingWriter         writer;
  LscRecord             records[8];
  gsize                 n = 0;

  fixture_open (fixture, 1, 8);
  shared = map_ring (fixture);
  lsc_ring_writer_init (&writer, fixture->writing, 0);
  for (guint i = 0; i < 8; i++)
    write_number (&writer, i);
  __atomic_store_n (&shared->head, 5000, __ATOMIC_RELEASE);
  g_assert_cmpuint (lsc_segment_read (fixture->reading, 0, records, 8), ==, 0);
  for (guint k = 0; k < 40 && n == 0; k++)
    {
      write_number (&writer, 1000 + k);
      n = lsc_segment_read (fixture->reading, 0, records, 8);
    }
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (records[0].task, >=, 1000);
}

static guint8 *
map_file (Fixture *fixture, gsize *size)
{
  struct stat info;
  guint8     *memory;
  int         fd = open (fixture->path, O_RDWR | O_CLOEXEC);

  g_assert_cmpint (fstat (fd, &info), ==, 0);
  memory = mmap (NULL, (gsize)info.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  g_assert_true (memory != MAP_FAILED);
  close (fd);
  *size = (gsize)info.st_size;
  return memory;
}

/* Strings are at most 1023 bytes and end within their area. */
static void
test_wild_lengths (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (1003, 'x');
  char             text[8192];
  guint32          first;
  guint32          last = 0;
  guint32          id;
  gsize            size;
  guint8          *memory;
  guint8          *found;

  fixture_open (fixture, 1, 8);
  memory = map_file (fixture, &size);
  first = lsc_segment_add_string (fixture->writing, "the first one");
  found = memmem (memory, size, "the first one", 13);
  g_assert_nonnull (found);
  /* The area: ids are offsets into it, four bytes before the text. */
  found -= 4 + first;

  while ((id = lsc_segment_add_string (fixture->writing, long_text)) != 0)
    last = id;
  for (guint32 length = 1; length < 6000; length++)
    {
      *(guint32 *)(gpointer)(found + first) = length;
      g_assert_cmpint (lsc_segment_get_string (fixture->reading, first, text, sizeof text), ==,
                       length <= 1024);
    }
  for (guint32 length = 1; length <= 1024; length++)
    {
      *(guint32 *)(gpointer)(found + last) = length;
      g_assert_cmpint (lsc_segment_get_string (fixture->reading, last, text, sizeof text), ==,
                       last + 4 + length <= 128 * 1024);
    }
  munmap (memory, size);
}

static void
test_wild_everything (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);
  LscRecord records[8];
  char      text[1024];
  guint8   *memory;
  gsize     size;

  fixture_open (fixture, 2, 8);
  memory = map_file (fixture, &size);
  for (guint round = 0; round < 300; round++)
    {
      for (gsize i = 0; i < size; i += 4)
        *(guint32 *)(gpointer)(memory + i) = g_rand_int (rand) >> (g_rand_int (rand) % 32);
      for (guint ring = 0; ring < 3; ring++)
        for (guint i = 0; i < 4; i++)
          g_assert_cmpuint (lsc_segment_read (fixture->reading, ring, records, 8), <=, 8);
      for (guint32 id = 0; id < 2000; id++)
        if (lsc_segment_get_string (fixture->reading, id, text, sizeof text))
          g_assert_cmpuint (strlen (text), <=, 1023);
      g_assert_cmpuint (lsc_segment_get_n_rings (fixture->reading), ==, 2);
      lsc_segment_add_string (fixture->writing, "text");
    }
  munmap (memory, size);
}

/* Each lane by itself, and never less than before. */
static void
test_ask (Fixture *fixture, gconstpointer data)
{
  LscRingWriter writers[2];

  fixture_open (fixture, 2, 8);
  for (guint i = 0; i < 2; i++)
    {
      lsc_ring_writer_init (&writers[i], fixture->writing, i);
      g_assert_cmpuint (lsc_ring_get_asked (&writers[i]), ==, 0);
    }
  lsc_segment_ask (fixture->reading, 1, LSC_ASKED_JOIN);
  g_assert_cmpuint (lsc_ring_get_asked (&writers[0]), ==, 0);
  g_assert_cmpuint (lsc_ring_get_asked (&writers[1]), ==, LSC_ASKED_JOIN);
  lsc_segment_ask (fixture->reading, 1, LSC_ASKED_STOP);
  g_assert_cmpuint (lsc_ring_get_asked (&writers[1]), ==, LSC_ASKED_JOIN | LSC_ASKED_STOP);
  g_assert_cmpuint (lsc_segment_get_asked (fixture->writing, 1), ==,
                    LSC_ASKED_JOIN | LSC_ASKED_STOP);
  g_assert_false (lsc_segment_stop_requested (fixture->writing));
  /* There is no such lane. */
  lsc_segment_ask (fixture->reading, 2, LSC_ASKED_STOP);
  g_assert_cmpuint (lsc_segment_get_asked (fixture->reading, 2), ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/trace/segment/create", test_create);
  ADD ("/trace/segment/create-refuses", test_create_refuses);
  ADD ("/trace/segment/create-no-space", test_create_no_space);
  ADD ("/trace/segment/open-refuses", test_open_refuses);
  ADD ("/trace/segment/open-fifo", test_open_fifo);
  ADD ("/trace/ring/write-read", test_write_read);
  ADD ("/trace/ring/full", test_full);
  ADD ("/trace/ring/wrap", test_wrap);
  ADD ("/trace/ring/second-writer", test_second_writer);
  ADD ("/trace/ring/process", test_process);
  ADD ("/trace/ring/task", test_task);
  ADD ("/trace/segment/stop", test_stop);
  ADD ("/trace/segment/ask", test_ask);
  ADD ("/trace/strings/read", test_strings);
  ADD ("/trace/strings/wrong-ids", test_string_ids);
  ADD ("/trace/strings/full", test_strings_full);
  ADD ("/trace/wild/head", test_wild_head);
  ADD ("/trace/wild/head-full", test_wild_head_full);
  ADD ("/trace/wild/lengths", test_wild_lengths);
  ADD ("/trace/wild/everything", test_wild_everything);

  return g_test_run ();
}
