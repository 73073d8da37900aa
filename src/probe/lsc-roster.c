/* lsc-roster.c: the threads and processes of a run that are known to be there.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-roster.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of a thread's life, what it was kept waiting in the last part is missing at most. */
#define UNREAD_SHARE 5

typedef struct
{
  void **items;
  size_t n;
  size_t capacity;
} List;

struct LscRoster
{
  LscMerge *merge; /* borrowed */
  List      threads;
  List      processes;
  void     *thread_tree; /* the same, by id */
  void     *process_tree;
};

/* ---- lists and trees ------------------------------------------------------------------ */

/* Of threads as of processes: the id comes first. */
static int
compare_ids (const void *a, const void *b)
{
  pid_t first = *(const pid_t *)a;
  pid_t second = *(const pid_t *)b;

  return (first > second) - (first < second);
}

static void *
find (void *const *tree, pid_t id)
{
  void *node = tfind (&id, tree, compare_ids);

  return node != NULL ? *(void **)node : NULL;
}

/* False when there is no memory; then it is in neither. */
static bool
insert (List *list, void **tree, void *item, size_t *index)
{
  if (list->n == list->capacity)
    {
      size_t capacity = list->capacity > 0 ? 2 * list->capacity : 64;
      void **items = realloc (list->items, capacity * sizeof *items);

      if (items == NULL)
        return false;
      list->items = items;
      list->capacity = capacity;
    }
  if (tsearch (item, tree, compare_ids) == NULL)
    return false;
  *index = list->n;
  list->items[list->n++] = item;
  return true;
}

LscRoster *
lsc_roster_new (LscMerge *merge)
{
  LscRoster *self = calloc (1, sizeof *self);

  if (self != NULL)
    self->merge = merge;
  return self;
}

LscThread *
lsc_roster_find (const LscRoster *self, pid_t tid)
{
  return find (&self->thread_tree, tid);
}

LscProcess *
lsc_roster_find_process (const LscRoster *self, pid_t pid)
{
  return find (&self->process_tree, pid);
}

size_t
lsc_roster_get_n (const LscRoster *self)
{
  return self->threads.n;
}

LscThread *
lsc_roster_get (const LscRoster *self, size_t index)
{
  return self->threads.items[index];
}

/* ---- coming ----------------------------------------------------------------------------- */

static LscProcess *
ensure_process (LscRoster *self, const LscSight *sight)
{
  LscProcess *process = lsc_roster_find_process (self, sight->pid);

  if (process != NULL)
    return process;
  process = calloc (1, sizeof *process);
  if (process == NULL)
    return NULL;
  process->id = sight->pid;
  process->parent = sight->maker_pid;
  process->start_ns = sight->time_ns;
  process->pidfd = -1;
  if (insert (&self->processes, &self->process_tree, process, &process->index))
    return process;
  free (process);
  return NULL;
}

static LscThread *
add_thread (LscRoster *self, LscProcess *process, const LscSight *sight)
{
  LscThread *thread = calloc (1, sizeof *thread);

  if (thread == NULL)
    return NULL;
  thread->id = sight->tid;
  thread->process = process;
  thread->start_ns = sight->time_ns;
  thread->is_by_perf = sight->sight == LSC_SIGHT_PERF;
  thread->stat_fd = thread->turns_fd = thread->place_fd = thread->children_fd = -1;
  if (!insert (&self->threads, &self->thread_tree, thread, &thread->index))
    {
      free (thread);
      return NULL;
    }
  thread->next = process->threads;
  thread->link = &process->threads;
  if (thread->next != NULL)
    thread->next->link = &thread->next;
  process->threads = thread;
  return thread;
}

static void
write_record (LscRoster       *self,
              const LscThread *thread,
              LscRecordKind    kind,
              uint64_t         time_ns,
              uint16_t         category,
              const char      *name,
              uint64_t         value)
{
  const LscRecord record = {
    .time_ns = time_ns,
    .lane = (uint32_t)thread->id,
    .kind = (uint16_t)kind,
    .category = category,
    .name = name != NULL && name[0] != '\0' ? lsc_merge_get_name (self->merge, name) : 0,
    .task = (uint32_t)thread->process->id,
    .value = value,
  };

  /* What there is no memory for, the merge counts. */
  (void)lsc_merge_add (self->merge, &record);
}

static void
write_start (LscRoster *self, const LscThread *thread, const LscSight *sight, const char *name)
{
  write_record (self, thread, LSC_RECORD_THREAD_START, sight->time_ns, (uint16_t)sight->sight, name,
                (uint64_t)sight->maker_pid << 32 | (uint32_t)sight->maker_tid);
}

static void
set_name (LscThread *thread, const char *name)
{
  size_t length = strnlen (name, sizeof thread->name - 1);

  memcpy (thread->name, name, length);
  thread->name[length] = '\0';
}

/* A thread is called as who made it; where only the process is known, as its first one. */
static const char *
get_name (const LscRoster *self, const LscSight *sight)
{
  const LscThread *maker = lsc_roster_find (self, sight->maker_tid);

  if (sight->name != NULL)
    return sight->name;
  if (maker == NULL)
    maker = lsc_roster_find (self, sight->maker_pid);
  return maker != NULL ? maker->name : "";
}

LscThread *
lsc_roster_start (LscRoster *self, const LscSight *sight)
{
  LscThread  *thread = lsc_roster_find (self, sight->tid);
  LscProcess *process;

  if (thread != NULL)
    return thread;
  process = ensure_process (self, sight);
  if (process == NULL)
    return NULL;
  thread = add_thread (self, process, sight);
  if (thread == NULL)
    {
      if (process->threads == NULL)
        lsc_roster_end_process (self, process, sight->time_ns, sight->sight);
      return NULL;
    }
  set_name (thread, get_name (self, sight));
  if (sight->sight != LSC_SIGHT_PERF)
    write_start (self, thread, sight, thread->name);
  return thread;
}

/* ---- changing ---------------------------------------------------------------------------- */

void
lsc_roster_rename (LscRoster *self, LscThread *thread, uint64_t time_ns, const char *name)
{
  if (strncmp (thread->name, name, sizeof thread->name - 1) == 0)
    return;
  set_name (thread, name);
  write_record (self, thread, LSC_RECORD_THREAD_NAME, time_ns, 0, thread->name, 0);
}

void
lsc_roster_execute (LscRoster *self, LscProcess *process, const LscSight *sight)
{
  LscThread *first = lsc_roster_start (self, sight);
  LscThread *next;

  if (first == NULL)
    return;
  for (LscThread *thread = process->threads; thread != NULL; thread = next)
    {
      next = thread->next;
      /* What it has started since may be known already. */
      if (thread != first && thread->start_ns < sight->time_ns)
        lsc_roster_end (self, thread, sight->time_ns, sight->sight);
    }
  /* Its memory is another one. */
  process->peak_bytes = 0;
  process->has_first = false;
  if (first->perf_end_ns < sight->time_ns)
    first->perf_end_ns = 0;
  set_name (first, sight->name != NULL ? sight->name : "");
  if (sight->sight != LSC_SIGHT_PERF)
    write_record (self, first, LSC_RECORD_THREAD_NAME, sight->time_ns, 1, sight->name, UINT32_MAX);
}

void
lsc_roster_revive (LscRoster *self, LscThread *thread, const LscSight *sight)
{
  thread->perf_end_ns = 0;
  thread->is_by_perf = false;
  thread->told_state = LSC_STATE_UNKNOWN;
  if (sight->name != NULL)
    set_name (thread, sight->name);
  write_start (self, thread, sight, sight->name);
}

/* ---- going ------------------------------------------------------------------------------- */

void
lsc_roster_set_status (LscProcess *process, uint32_t status, LscSightKind sight)
{
  if (process->has_status)
    return;
  process->has_status = true;
  process->status = status;
  process->status_sight = sight;
}

static void
close_file (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
remove_thread (LscRoster *self, LscThread *thread)
{
  LscThread *last = self->threads.items[--self->threads.n];

  *thread->link = thread->next;
  if (thread->next != NULL)
    thread->next->link = thread->link;
  last->index = thread->index;
  self->threads.items[last->index] = last;
  tdelete (thread, &self->thread_tree, compare_ids);
  close_file (&thread->stat_fd);
  close_file (&thread->turns_fd);
  close_file (&thread->place_fd);
  close_file (&thread->children_fd);
  free (thread);
}

static void
remove_process (LscRoster *self, LscProcess *process)
{
  LscProcess *last = self->processes.items[--self->processes.n];

  last->index = process->index;
  self->processes.items[last->index] = last;
  tdelete (process, &self->process_tree, compare_ids);
  close_file (&process->pidfd);
  free (process);
}

static void
write_usage (LscRoster       *self,
             const LscThread *thread,
             LscUsageKind     kind,
             uint64_t         time_ns,
             uint64_t         value)
{
  write_record (self, thread, LSC_RECORD_THREAD_USAGE, time_ns, (uint16_t)kind, NULL, value);
}

static void
write_usages (LscRoster *self, const LscThread *thread, uint64_t time_ns)
{
  uint64_t ticks = thread->user_ticks + thread->system_ticks;
  uint64_t user_ns;

  if (thread->looked_ns == 0)
    return;
  /* What was read long before its end is not what it came to. */
  if (thread->looked_ns + (time_ns - thread->start_ns) / UNREAD_SHARE >= time_ns)
    write_usage (self, thread, LSC_USAGE_RUN_DELAY_NS, time_ns, thread->turns.delay_ns);
  if (thread->switches_ns > 0)
    {
      write_usage (self, thread, LSC_USAGE_VOLUNTARY, time_ns, thread->n_voluntary);
      write_usage (self, thread, LSC_USAGE_INVOLUNTARY, time_ns, thread->n_involuntary);
    }
  if (ticks == 0)
    return;
  /* The sum is exact, its parts were counted in ticks. */
  user_ns = (uint64_t)((double)thread->turns.run_ns * (double)thread->user_ticks / (double)ticks);
  write_usage (self, thread, LSC_USAGE_USER_NS, time_ns, user_ns);
  write_usage (self, thread, LSC_USAGE_SYSTEM_NS, time_ns, thread->turns.run_ns - user_ns);
}

void
lsc_roster_end (LscRoster *self, LscThread *thread, uint64_t time_ns, LscSightKind sight)
{
  LscProcess *process = thread->process;
  bool        is_last = process->threads == thread && thread->next == NULL;

  write_usages (self, thread, time_ns);
  process->ended_turns += thread->turns.n_turns;
  /* What a perf event has said is in the merge. */
  if (sight != LSC_SIGHT_PERF && thread->perf_end_ns == 0)
    write_record (self, thread, LSC_RECORD_THREAD_END, time_ns, (uint16_t)sight, NULL, 0);
  remove_thread (self, thread);
  if (is_last)
    lsc_roster_end_process (self, process, time_ns, sight);
}

void
lsc_roster_end_process (LscRoster *self, LscProcess *process, uint64_t time_ns, LscSightKind sight)
{
  LscThread subject = { .id = process->id, .process = process };

  /* The last one takes the process with it. */
  while (process->threads != NULL)
    {
      bool is_last = process->threads->next == NULL;

      lsc_roster_end (self, process->threads, time_ns, sight);
      if (is_last)
        return;
    }
  if (process->peak_bytes > 0)
    write_usage (self, &subject, LSC_USAGE_PEAK_RSS, time_ns, process->peak_bytes);
  if (process->has_status && !process->is_child)
    write_record (self, &subject, LSC_RECORD_PROCESS_END, time_ns, (uint16_t)process->status_sight,
                  NULL, process->status);
  remove_process (self, process);
}

void
lsc_roster_free (LscRoster *self)
{
  if (self == NULL)
    return;
  while (self->threads.n > 0)
    remove_thread (self, self->threads.items[self->threads.n - 1]);
  while (self->processes.n > 0)
    remove_process (self, self->processes.items[self->processes.n - 1]);
  free (self->threads.items);
  free (self->processes.items);
  free (self);
}
