/* lsc-task-table.c: rows of 28 bytes, and texts that never move.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread writes, any thread reads. A row is seven words; the last one is
 * also its lock for readers: it has a sequence number, and a bit that is set
 * while the others change. What does not fit into a row (a signal beyond 127, a
 * peak of memory, times over 4 s) goes into a wide one beside, which never
 * changes once it is announced. Equal short outputs that come one after another
 * share their bytes.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-task-table-private.h"

#include <string.h>
#include <sys/mman.h>

#include "lsc-log-private.h"

#define CHUNK_SHIFT  18 /* 256 KB of texts */
#define CHUNK_BYTES  (1u << CHUNK_SHIFT)
#define SHORT_TEXT   1024u /* longer ones have memory of their own */
#define N_RECENT     64u
#define RECENT_MAX   32u
#define N_STATUS     8u
#define MAX_PLACES   G_MAXUINT16
#define START_MAX_NS ((G_GINT64_CONSTANT (1) << 48) - 1)

enum
{
  WORD_START,    /* lower half */
  WORD_PLACE,    /* 16 bits of start, above them the place */
  WORD_DURATION, /* or, of a wide row, where that is */
  WORD_USER,
  WORD_SYSTEM,
  WORD_OUTPUT, /* offset in the texts, 0 for none */
  WORD_META,
  N_WORDS
};

/* The meta word. */
#define META_STATUS(meta)   ((meta)&7u)
#define META_BUSY           (1u << 3)
#define META_SEQ_ONE        (1u << 4)
#define META_SEQ_MASK       (15u << 4)
#define META_WIDE           (1u << 8)
#define META_STARTED        (1u << 9)
#define META_ENDED          (1u << 10)
#define META_EXIT_SHIFT     11 /* 9 bits: exit + 1 */
#define META_SIGNAL_SHIFT   20 /* 7 bits */
#define META_ATTEMPTS_SHIFT 27 /* 5 bits */

typedef struct
{
  guint32 words[N_WORDS]; /* atomic */
} Row;

typedef struct
{
  guint  worker;
  gint32 pid;
} Place;

typedef struct
{
  LscTask task;
  char   *output; /* owned; nullable */
} Wide;

struct _LscTaskTable
{
  GObject parent_instance;

  LscTextList *inputs;
  guint        n;
  Row         *rows;
  guint32      n_with_status[N_STATUS]; /* atomic */
  guint32      traits;                  /* atomic; LscTaskTraits */
  LscLog       wides;                   /* Wide */
  LscLog       places;                  /* Place */
  LscLog       chunks;                  /* char * */

  /* The run's thread's. */
  GHashTable *place_ids; /* worker and pid to place + 1 */
  guint64     text_end;
  guint32     recent[N_RECENT];
  GArray     *journal;
  gboolean    has_journal;
};

G_DEFINE_FINAL_TYPE (LscTaskTable, lsc_task_table, G_TYPE_OBJECT)

static gsize
get_rows_size (guint n)
{
  return MAX (n, 1) * sizeof (Row);
}

/* Zeroed by the system: the allocator would take longer for a million than a window may wait. */
static Row *
make_rows (guint n)
{
  gpointer rows =
      mmap (NULL, get_rows_size (n), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (rows == MAP_FAILED)
    g_error ("No memory for %u tasks", n);
  return rows;
}

static void
lsc_task_table_finalize (GObject *object)
{
  LscTaskTable *self = LSC_TASK_TABLE (object);

  for (guint64 i = 0; i < lsc_log_get_n (&self->wides); i++)
    g_free (LSC_LOG_AT (&self->wides, Wide, i)->output);
  for (guint64 i = 0; i < lsc_log_get_n (&self->chunks); i++)
    g_free (*LSC_LOG_AT (&self->chunks, char *, i));
  lsc_log_clear (&self->wides);
  lsc_log_clear (&self->places);
  lsc_log_clear (&self->chunks);
  g_clear_pointer (&self->place_ids, g_hash_table_unref);
  g_clear_pointer (&self->journal, g_array_unref);
  g_clear_object (&self->inputs);
  munmap (self->rows, get_rows_size (self->n));

  G_OBJECT_CLASS (lsc_task_table_parent_class)->finalize (object);
}

static void
lsc_task_table_class_init (LscTaskTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_task_table_finalize;
}

static void
lsc_task_table_init (LscTaskTable *self)
{
  self->place_ids = g_hash_table_new (g_direct_hash, g_direct_equal);
}

LscTaskTable *
lsc_task_table_new (LscTextList *inputs)
{
  LscTaskTable *self = LSC_TASK_TABLE (g_object_new (LSC_TYPE_TASK_TABLE, NULL));

  self->inputs = LSC_TEXT_LIST (g_object_ref (inputs));
  self->n = lsc_text_list_get_n (inputs);
  self->rows = make_rows (self->n);
  self->n_with_status[LSC_TASK_PENDING] = self->n;
  LSC_LOG_NEXT (&self->places, Place)->worker = 0; /* place 0 is nowhere */
  lsc_log_publish (&self->places);
  self->text_end = 1; /* offset 0 is no text */
  return self;
}

guint
lsc_task_table_get_n (LscTaskTable *self)
{
  return self->n;
}

LscTextList *
lsc_task_table_get_inputs (LscTaskTable *self)
{
  return self->inputs;
}

const char *
lsc_task_table_get_input (LscTaskTable *self, guint index)
{
  g_return_val_if_fail (index < self->n, "");

  return lsc_text_list_get (self->inputs, index, NULL);
}

/* ---- texts ------------------------------------------------------------------------- */

static char *
get_text (LscTaskTable *self, guint32 offset)
{
  return *LSC_LOG_AT (&self->chunks, char *, offset >> CHUNK_SHIFT) + (offset & (CHUNK_BYTES - 1));
}

static guint
hash_text (const char *text, gsize length)
{
  guint hash = 5381;

  for (gsize i = 0; i < length; i++)
    hash = hash * 33 + (guint8)text[i];
  return hash ^ hash >> 15;
}

/* 0 when it has to go into a wide row. `text` has no NUL in it. */
static guint32
add_text (LscTaskTable *self, const char *text, gsize length)
{
  guint   slot = hash_text (text, MIN (length, RECENT_MAX)) % N_RECENT;
  guint32 offset = self->recent[slot];
  gsize   space = CHUNK_BYTES - (self->text_end & (CHUNK_BYTES - 1));
  char   *to;

  if (length > SHORT_TEXT)
    return 0;
  if (offset != 0 && length <= RECENT_MAX && strncmp (get_text (self, offset), text, length) == 0 &&
      get_text (self, offset)[length] == '\0')
    return offset;

  if (space < length + 1)
    self->text_end += space;
  if (self->text_end + length >= G_MAXUINT32)
    return 0;
  if (self->chunks.n <= self->text_end >> CHUNK_SHIFT)
    {
      *LSC_LOG_NEXT (&self->chunks, char *) = (char *)g_malloc (CHUNK_BYTES);
      lsc_log_publish (&self->chunks);
    }
  offset = (guint32)self->text_end;
  to = get_text (self, offset);
  memcpy (to, text, length);
  to[length] = '\0';
  self->text_end += length + 1;
  if (length <= RECENT_MAX)
    self->recent[slot] = offset;
  return offset;
}

/* ---- rows ---------------------------------------------------------------------------- */

static guint
get_place (LscTaskTable *self, guint worker, gint32 pid)
{
  gpointer key = GSIZE_TO_POINTER ((gsize)((guint64)worker << 32 | (guint32)pid));
  guint    place;

  if (worker == 0 && pid == 0)
    return 0;
  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->place_ids, key));
  if (place != 0 || self->places.n >= MAX_PLACES)
    return place;

  place = (guint)self->places.n;
  *LSC_LOG_NEXT (&self->places, Place) = (Place){ worker, pid };
  lsc_log_publish (&self->places);
  g_hash_table_insert (self->place_ids, key, GUINT_TO_POINTER (place));
  return place;
}

static inline guint32
load (const Row *row, guint word)
{
  /* Acquiring, so that the second look at the meta word stays behind. */
  return __atomic_load_n (&row->words[word], __ATOMIC_ACQUIRE);
}

static inline void
store (Row *row, guint word, guint32 value)
{
  /* Releasing, so that the busy bit is seen first. */
  __atomic_store_n (&row->words[word], value, __ATOMIC_RELEASE);
}

static void
write_row (LscTaskTable *self, guint index, const guint32 words[N_WORDS])
{
  Row    *row = &self->rows[index];
  guint32 old = row->words[WORD_META];
  guint32 seq = (old + META_SEQ_ONE) & META_SEQ_MASK;

  store (row, WORD_META, old | META_BUSY);
  for (guint i = 0; i < WORD_META; i++)
    store (row, i, words[i]);
  store (row, WORD_META, (words[WORD_META] & ~META_SEQ_MASK) | seq);

  __atomic_fetch_add (&self->n_with_status[META_STATUS (words[WORD_META])], 1, __ATOMIC_RELAXED);
  __atomic_fetch_sub (&self->n_with_status[META_STATUS (old)], 1, __ATOMIC_RELAXED);
}

static gboolean
fits (gint64 value, gint64 max)
{
  return value >= 0 && value <= max;
}

/* FALSE when the task needs a wide row. */
static gboolean
pack_row (LscTaskTable *self, const LscTask *task, guint32 words[N_WORDS])
{
  gboolean started = task->start_ns != -1;
  gboolean ended = task->end_ns != -1;
  gint64   start_ns = started ? task->start_ns : 0;
  guint    place;

  if (!fits (start_ns, START_MAX_NS) ||
      (ended && (!started || !fits (task->end_ns - start_ns, G_MAXUINT32))))
    return FALSE;
  if (!fits (task->user_ns, G_MAXUINT32) || !fits (task->system_ns, G_MAXUINT32) ||
      task->peak_rss_bytes != -1)
    return FALSE;
  if (!fits (task->exit + 1, 511) || !fits (task->signal, 127) || task->attempts > 31)
    return FALSE;
  place = get_place (self, task->worker, task->pid);
  if (place == 0 && (task->worker != 0 || task->pid != 0))
    return FALSE;

  words[WORD_START] = (guint32)start_ns;
  words[WORD_PLACE] = (guint32)(start_ns >> 32) | place << 16;
  words[WORD_DURATION] = ended ? (guint32)(task->end_ns - start_ns) : 0;
  words[WORD_USER] = (guint32)task->user_ns;
  words[WORD_SYSTEM] = (guint32)task->system_ns;
  words[WORD_META] = (guint32)task->status;
  words[WORD_META] |= (started ? META_STARTED : 0) | (ended ? META_ENDED : 0);
  words[WORD_META] |= (guint32)(task->exit + 1) << META_EXIT_SHIFT;
  words[WORD_META] |= (guint32)task->signal << META_SIGNAL_SHIFT | task->attempts
                                                                       << META_ATTEMPTS_SHIFT;
  return TRUE;
}

void
lsc_task_table_set (LscTaskTable  *self,
                    guint          index,
                    const LscTask *task,
                    const char    *output,
                    gssize         length)
{
  guint32          words[N_WORDS] = { 0 };
  g_autofree char *mended = NULL;
  gsize            n = 0;

  g_return_if_fail (index < self->n);
  g_return_if_fail ((guint)task->status < N_STATUS - 1);

  if (output != NULL)
    {
      n = length < 0 ? strlen (output) : (gsize)length;
      if (!g_utf8_validate (output, (gssize)n, NULL))
        output = mended = g_utf8_make_valid (output, (gssize)n);
      n = mended != NULL ? strlen (mended) : n;
      words[WORD_OUTPUT] = add_text (self, output, n);
    }
  if (!pack_row (self, task, words) || (output != NULL && words[WORD_OUTPUT] == 0))
    {
      Wide *wide = LSC_LOG_NEXT (&self->wides, Wide);

      wide->task = *task;
      if (output != NULL && words[WORD_OUTPUT] == 0)
        wide->output = g_strndup (output, n);
      words[WORD_DURATION] = (guint32)self->wides.n;
      words[WORD_META] = (guint32)task->status | META_WIDE;
      lsc_log_publish (&self->wides);
    }
  __atomic_fetch_or (&self->traits, lsc_task_get_traits (task), __ATOMIC_RELAXED);
  write_row (self, index, words);
  if (self->has_journal && task->status != LSC_TASK_PENDING && task->status != LSC_TASK_RUNNING)
    {
      if (self->journal == NULL)
        self->journal = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (self->journal, index);
    }
}

void
lsc_task_table_set_running (LscTaskTable *self, guint index, guint worker, gint64 start_ns)
{
  LscTask task = {
    .status = LSC_TASK_RUNNING,
    .exit = -1,
    .worker = worker,
    .start_ns = start_ns,
    .end_ns = -1,
    .peak_rss_bytes = -1,
  };

  lsc_task_table_set (self, index, &task, NULL, 0);
}

/* ---- reading --------------------------------------------------------------------------- */

static void
read_row (LscTaskTable *self, guint index, guint32 words[N_WORDS])
{
  const Row *row = &self->rows[index];

  do
    {
      words[WORD_META] = load (row, WORD_META);
      for (guint i = 0; i < WORD_META; i++)
        words[i] = load (row, i);
    }
  while ((words[WORD_META] & META_BUSY) != 0 ||
         words[WORD_META] != __atomic_load_n (&row->words[WORD_META], __ATOMIC_RELAXED));
}

void
lsc_task_table_get (LscTaskTable *self, guint index, LscTask *task)
{
  guint32      words[N_WORDS];
  guint32      meta;
  const Place *place;

  *task = (LscTask){ .exit = -1, .start_ns = -1, .end_ns = -1, .peak_rss_bytes = -1 };
  g_return_if_fail (index < self->n);

  read_row (self, index, words);
  meta = words[WORD_META];
  task->status = (LscTaskStatus)META_STATUS (meta);
  if (task->status == LSC_TASK_PENDING && (meta & META_STARTED) == 0 && (meta & META_WIDE) == 0)
    return;
  if ((meta & META_WIDE) != 0)
    {
      *task = LSC_LOG_AT (&self->wides, Wide, words[WORD_DURATION])->task;
      return;
    }

  place = LSC_LOG_AT (&self->places, Place, words[WORD_PLACE] >> 16);
  task->worker = place->worker;
  task->pid = place->pid;
  if ((meta & META_STARTED) != 0)
    task->start_ns = (gint64)(words[WORD_START] | (guint64)(words[WORD_PLACE] & 0xffff) << 32);
  if ((meta & META_ENDED) != 0)
    task->end_ns = task->start_ns + words[WORD_DURATION];
  task->user_ns = words[WORD_USER];
  task->system_ns = words[WORD_SYSTEM];
  task->exit = (gint)(meta >> META_EXIT_SHIFT & 511) - 1;
  task->signal = (gint)(meta >> META_SIGNAL_SHIFT & 127);
  task->attempts = meta >> META_ATTEMPTS_SHIFT & 31;
}

const char *
lsc_task_table_get_output (LscTaskTable *self, guint index)
{
  guint32 words[N_WORDS];

  g_return_val_if_fail (index < self->n, NULL);

  read_row (self, index, words);
  if (words[WORD_OUTPUT] != 0)
    return get_text (self, words[WORD_OUTPUT]);
  if ((words[WORD_META] & META_WIDE) != 0)
    return LSC_LOG_AT (&self->wides, Wide, words[WORD_DURATION])->output;
  return NULL;
}

guint
lsc_task_table_get_n_with_status (LscTaskTable *self, LscTaskStatus status)
{
  g_return_val_if_fail ((guint)status < N_STATUS, 0);

  return __atomic_load_n (&self->n_with_status[status], __ATOMIC_RELAXED);
}

guint
lsc_task_table_get_n_finished (LscTaskTable *self)
{
  guint n = 0;

  for (guint status = LSC_TASK_DONE; status < N_STATUS; status++)
    n += lsc_task_table_get_n_with_status (self, (LscTaskStatus)status);
  return n;
}

/* ---- for the recorder --------------------------------------------------------------------- */

void
lsc_task_table_start_journal (LscTaskTable *self)
{
  self->has_journal = TRUE;
}

GArray *
lsc_task_table_take_journal (LscTaskTable *self)
{
  return g_steal_pointer (&self->journal);
}

LscTaskTraits
lsc_task_table_get_traits (LscTaskTable *self)
{
  return (LscTaskTraits)__atomic_load_n (&self->traits, __ATOMIC_RELAXED);
}
