/* lsc-file.c: writes and maps the blocks of a recording's file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing that a file says of itself is believed: every length is held against
 * the file's size, every block against its checksum.
 */

#include "config.h"

#include "lsc-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lsc-recording.h"

#define BLOCK_MAGIC     0x4b4c4253u /* "SBLK" */
#define BYTE_ORDER_MARK 0x01020304u

static const char file_magic[8] = { 'L', 'A', 'N', 'E', 'S', 'C', 'O', 'P' };

typedef struct
{
  char    magic[8];
  guint32 byte_order;
  guint32 version;
  guint8  spare[LSC_FILE_HEAD_BYTES - 16];
} FileHead;

G_STATIC_ASSERT (sizeof (FileHead) == LSC_FILE_HEAD_BYTES);

typedef struct
{
  gpointer address;
  gsize    length;
} Window;

struct _LscFile
{
  int      fd;
  guint64  end;      /* of the last whole block, or of the opened file */
  gboolean writable; /* windows may reach past the end */
  char    *path;     /* where it is now */
  char    *target;   /* where it goes at commit; NULL: it is there */
  gboolean remove;   /* with the file */
  GArray  *windows;  /* of Window */
};

static guint64
get_padded (guint64 length)
{
  return (length + 7) & ~G_GUINT64_CONSTANT (7);
}

/* A step for 8 bytes is a bijection of the sum, so no single damaged word goes unseen. */
static guint64
add_to_checksum (guint64 sum, const guint8 *bytes, gsize length)
{
  for (; length >= 8; bytes += 8, length -= 8)
    {
      guint64 word;

      memcpy (&word, bytes, 8);
      sum = (sum ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      sum ^= sum >> 29;
    }
  for (; length > 0; bytes++, length--)
    {
      sum = (sum ^ *bytes) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      sum ^= sum >> 29;
    }
  return sum;
}

static guint32
get_checksum (const LscBlockHead *head, gconstpointer payload)
{
  guint64 sum = add_to_checksum (G_GUINT64_CONSTANT (0x5bd1e9955bd1e995), (const guint8 *)head,
                                 offsetof (LscBlockHead, checksum));

  if (head->type != LSC_BLOCK_PAD)
    sum = add_to_checksum (sum, (const guint8 *)payload, head->length);
  return (guint32)(sum ^ sum >> 32);
}

void
lsc_block_head_seal (LscBlockHead *head, gconstpointer payload)
{
  head->magic = BLOCK_MAGIC;
  head->checksum = get_checksum (head, payload);
}

/* ---- opening ------------------------------------------------------------------------ */

static LscFile *
file_new (int fd, char *path)
{
  LscFile *file = g_new0 (LscFile, 1);

  file->fd = fd;
  file->path = path;
  file->windows = g_array_new (FALSE, TRUE, sizeof (Window));
  return file;
}

void
lsc_file_free (LscFile *file)
{
  if (file == NULL)
    return;
  for (guint i = 0; i < file->windows->len; i++)
    {
      Window *window = &g_array_index (file->windows, Window, i);

      if (window->address != NULL)
        munmap (window->address, window->length);
    }
  g_array_unref (file->windows);
  close (file->fd);
  if (file->remove)
    g_unlink (file->path);
  g_free (file->path);
  g_free (file->target);
  g_free (file);
}

static void
set_write_error (GError **error, int code)
{
  /* Translators: %s is the system's reason, such as "No space left on device". */
  g_set_error (error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_WRITE,
               _ ("The recording could not be written: %s."), g_strerror (code));
}

static gboolean
write_head (LscFile *file, GError **error)
{
  FileHead head = { .byte_order = BYTE_ORDER_MARK, .version = LSC_FILE_VERSION };
  ssize_t  written;

  memcpy (head.magic, file_magic, sizeof head.magic);
  written = pwrite (file->fd, &head, sizeof head, 0);
  if (written == (ssize_t)sizeof head)
    {
      file->end = sizeof head;
      return TRUE;
    }
  set_write_error (error, written < 0 ? errno : ENOSPC);
  return FALSE;
}

static LscFile *
make_file (char *template, int mode, GError **error)
{
  int      fd = g_mkstemp_full (template, O_RDWR | O_CLOEXEC, mode);
  LscFile *file;

  if (fd < 0)
    {
      set_write_error (error, errno);
      g_free (template);
      return NULL;
    }
  file = file_new (fd, template);
  file->writable = TRUE;
  file->remove = TRUE;
  if (write_head (file, error))
    return file;
  lsc_file_free (file);
  return NULL;
}

LscFile *
lsc_file_new_beside (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%.200s.XXXXXX", name);
  LscFile         *file = make_file (g_build_filename (folder, hidden, NULL), 0666, error);

  if (file != NULL)
    file->target = g_strdup (path);
  return file;
}

LscFile *
lsc_file_new (const char *path, GError **error)
{
  g_autofree char *folder = NULL;
  LscFile         *file;

  if (path == NULL)
    {
      folder = g_build_filename (g_get_user_cache_dir (), "lanescope", NULL);
      if (g_mkdir_with_parents (folder, 0700) != 0)
        {
          set_write_error (error, errno);
          return NULL;
        }
      lsc_file_clean_folder (folder, LSC_FILE_KEPT_S);
      file = make_file (g_build_filename (folder, LSC_FILE_TEMP_TEMPLATE, NULL), 0600, error);
      /* Says that somebody is at it, until the process ends. */
      if (file != NULL)
        flock (file->fd, LOCK_SH | LOCK_NB);
      return file;
    }

  /* A new file takes the old one's place at once: whoever has the old one open keeps it whole. */
  file = lsc_file_new_beside (path, error);
  if (file == NULL)
    return NULL;
  if (g_rename (file->path, path) != 0)
    {
      set_write_error (error, errno);
      lsc_file_free (file);
      return NULL;
    }
  g_free (file->path);
  file->path = g_steal_pointer (&file->target);
  file->remove = FALSE;
  return file;
}

static gboolean
check_head (int fd, GError **error)
{
  FileHead head = { 0 };

  if (pread (fd, &head, sizeof head, 0) != (ssize_t)sizeof head ||
      memcmp (head.magic, file_magic, sizeof head.magic) != 0)
    {
      g_set_error (error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_NOT_A_RECORDING,
                   _ ("This file is not a Lanescope recording."));
      return FALSE;
    }
  if (head.byte_order != BYTE_ORDER_MARK)
    {
      g_set_error (error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_BROKEN,
                   _ ("This recording is damaged, or was made on a machine of another kind. It "
                      "can't be read here."));
      return FALSE;
    }
  if (head.version != LSC_FILE_VERSION)
    {
      g_set_error (
          error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_VERSION,
          _ ("This recording was made by a newer Lanescope. Update Lanescope to open it."));
      return FALSE;
    }
  return TRUE;
}

LscFile *
lsc_file_open (const char *path, GError **error)
{
  struct stat info;
  LscFile    *file;
  /* Not to wait for a writer where the path is a pipe's. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                   _ ("The recording could not be opened: %s."), g_strerror (code));
      return NULL;
    }
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) ||
      (guint64)info.st_size > LSC_FILE_MAX_SIZE)
    {
      g_set_error (error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_NOT_A_RECORDING,
                   _ ("This file is not a Lanescope recording."));
      close (fd);
      return NULL;
    }
  if (!check_head (fd, error))
    {
      close (fd);
      return NULL;
    }
  file = file_new (fd, g_strdup (path));
  file->end = (guint64)info.st_size;
  return file;
}

guint64
lsc_file_get_size (LscFile *file)
{
  return file->end;
}

/* ---- writing --------------------------------------------------------------------------- */

static gboolean
write_all (LscFile *file, struct iovec *parts, int n_parts, guint64 offset, GError **error)
{
  while (n_parts > 0)
    {
      ssize_t written = pwritev (file->fd, parts, n_parts, (off_t)offset);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          set_write_error (error, written < 0 ? errno : ENOSPC);
          return FALSE;
        }
      offset += (guint64)written;
      while (n_parts > 0 && (gsize)written >= parts->iov_len)
        {
          written -= (ssize_t)parts->iov_len;
          parts++;
          n_parts--;
        }
      if (n_parts > 0)
        {
          parts->iov_base = (guint8 *)parts->iov_base + written;
          parts->iov_len -= (gsize)written;
        }
    }
  return TRUE;
}

/* What was written of a block that did not get whole goes. */
static void
cut (LscFile *file)
{
  if (ftruncate (file->fd, (off_t)file->end) != 0)
    g_debug ("Could not cut the recording's file: %s", g_strerror (errno));
}

static gboolean
fill_window (LscFile *file, guint64 space, GError **error)
{
  LscBlockHead pad = { .type = LSC_BLOCK_PAD };
  struct iovec part = { &pad, sizeof pad };

  /* Too little for a head is passed over by readers. */
  if (space >= sizeof pad)
    {
      pad.length = (guint32)(space - sizeof pad);
      lsc_block_head_seal (&pad, NULL);
      if (!write_all (file, &part, 1, file->end, error))
        {
          cut (file);
          return FALSE;
        }
    }
  file->end += space;
  return TRUE;
}

gboolean
lsc_file_append (LscFile            *file,
                 const LscBlockHead *head,
                 gconstpointer       payload,
                 guint64            *offset,
                 GError            **error)
{
  static const guint8 zeros[8];
  LscBlockHead        written = *head;
  guint64             length = sizeof written + get_padded (head->length);
  guint64             space = LSC_FILE_WINDOW_BYTES - file->end % LSC_FILE_WINDOW_BYTES;
  struct iovec        parts[3] = {
           { &written, sizeof written },
           { (gpointer)payload, head->length },
           { (gpointer)zeros, get_padded (head->length) - head->length },
  };

  if (head->length > LSC_BLOCK_MAX_BYTES)
    {
      set_write_error (error, EFBIG);
      return FALSE;
    }
  if (length > space && !fill_window (file, space, error))
    return FALSE;

  lsc_block_head_seal (&written, payload);
  if (!write_all (file, parts, G_N_ELEMENTS (parts), file->end, error))
    {
      cut (file);
      return FALSE;
    }
  if (offset != NULL)
    *offset = file->end + sizeof written;
  file->end += length;
  return TRUE;
}

gboolean
lsc_file_commit (LscFile *file, GError **error)
{
  g_autofree char *folder = NULL;
  int              fd;

  if (fsync (file->fd) != 0)
    {
      set_write_error (error, errno);
      return FALSE;
    }
  if (file->target == NULL)
    return TRUE;
  if (g_rename (file->path, file->target) != 0)
    {
      set_write_error (error, errno);
      return FALSE;
    }
  g_free (file->path);
  file->path = g_steal_pointer (&file->target);
  file->remove = FALSE;

  /* The new name onto the disk, where the folder lets us. */
  folder = g_path_get_dirname (file->path);
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
  return TRUE;
}

/* ---- reading ----------------------------------------------------------------------------- */

gconstpointer
lsc_file_map (LscFile *file, guint64 offset)
{
  guint   index = (guint)(offset / LSC_FILE_WINDOW_BYTES);
  Window *window;

  if (index >= file->windows->len)
    g_array_set_size (file->windows, index + 1);
  window = &g_array_index (file->windows, Window, index);
  if (window->address == NULL)
    {
      guint64  start = index * LSC_FILE_WINDOW_BYTES;
      gsize    length = LSC_FILE_WINDOW_BYTES;
      gpointer address;

      if (!file->writable)
        length = (gsize)MIN (LSC_FILE_WINDOW_BYTES, file->end - start);
      address = mmap (NULL, length, PROT_READ, MAP_SHARED, file->fd, (off_t)start);
      if (address == MAP_FAILED)
        return NULL;
      window->address = address;
      window->length = length;
    }
  return (const guint8 *)window->address + offset % LSC_FILE_WINDOW_BYTES;
}

gboolean
lsc_file_next (LscFile *file, guint64 *offset, LscBlockHead *head, gconstpointer *payload)
{
  guint64       space = LSC_FILE_WINDOW_BYTES - *offset % LSC_FILE_WINDOW_BYTES;
  guint64       at = space < sizeof *head ? *offset + space : *offset;
  gconstpointer mapped;

  if (at >= file->end || file->end - at < sizeof *head)
    return FALSE;
  mapped = lsc_file_map (file, at);
  if (mapped == NULL)
    return FALSE;
  memcpy (head, mapped, sizeof *head);
  space = MIN (LSC_FILE_WINDOW_BYTES - at % LSC_FILE_WINDOW_BYTES, file->end - at) - sizeof *head;
  if (head->magic != BLOCK_MAGIC || get_padded (head->length) > space)
    return FALSE;
  *payload = (const guint8 *)mapped + sizeof *head;
  if (get_checksum (head, *payload) != head->checksum)
    return FALSE;
  *offset = at + sizeof *head + get_padded (head->length);
  return TRUE;
}
