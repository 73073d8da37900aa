/* lsc-wire.h: the messages between the engine, the launcher and the workers.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. Frames in the machine's byte order (all ends are on one machine):
 *
 *   u32 length of what follows, u8 type, fields of the type without padding
 *
 * Texts are u32 length + bytes. A buffer belongs to one thread. Reading checks
 * every length: a broken frame is an error, never a crash.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LSC_WIRE_MAX_FRAME (16u << 20)
/* Of a packet to the launcher, which the kernel takes whole or not at all; and of one from it. */
#define LSC_WIRE_MAX_REQUEST 131072u
#define LSC_WIRE_MAX_ANSWER  4096u

typedef enum
{
  /* engine -> worker, on the task pipe; its end means: no more tasks, retire */
  LSC_WIRE_SETUP = 1, /* first frame */
  LSC_WIRE_TASK = 2,

  /* worker -> engine, on the result pipe */
  LSC_WIRE_READY = 16,
  LSC_WIRE_RESULT = 17,
  LSC_WIRE_OUTPUT = 18,
  LSC_WIRE_REFUSED = 19, /* the setup could not be used; text says why; the worker exits */
  LSC_WIRE_STARTED = 20, /* a task has begun; only from workers whose tasks take turns */
  LSC_WIRE_UNFIT = 21, /* as REFUSED, but no setup could be used: an interpreter that is too old */

  /* engine -> launcher, one frame a packet on a SOCK_SEQPACKET socket */
  LSC_WIRE_SPAWN = 32, /* its descriptors come along: they become 0, 1, 2, 3, ... of the child */
  LSC_WIRE_KILL = 33,
  LSC_WIRE_KILL_ALL = 34,    /* the whole tree, at once, SIGKILL until nothing is left */
  LSC_WIRE_PLACES = 35,      /* how many of those that queue run at once; once, before them */
  LSC_WIRE_CLOSE_PLACE = 36, /* nothing more is started in this place */
  LSC_WIRE_STOP_ALL = 37,    /* what queues is forgotten, the whole tree gets SIGTERM */
  LSC_WIRE_AWAIT_GONE = 38,  /* to be answered when nothing is left by itself */
  LSC_WIRE_WATCH = 39,       /* a pid whose counters are wanted: not started by the launcher */
  LSC_WIRE_MEASURE = 40,     /* once, before the first SPAWN: nobody's counters are wanted while it
                                runs; of those that others left behind, what they used */
  LSC_WIRE_OBSERVE = 41,     /* once, before the first SPAWN: what every thread does is wanted, in
                                ring 1 of the launcher's segment */

  /* launcher -> engine, one frame or more a packet */
  LSC_WIRE_SPAWNED = 48,
  LSC_WIRE_SPAWN_FAILED = 49,
  LSC_WIRE_EXITED = 50,
  LSC_WIRE_ALL_GONE = 51, /* answer to KILL_ALL and AWAIT_GONE; how many survived */
} LscWireType;

/* Whom a KILL is for. */
typedef enum
{
  LSC_WIRE_PROCESS, /* the one that was started, as long as it lives */
  LSC_WIRE_GROUP,   /* and those that it started, unless they left its process group */
  LSC_WIRE_TREE,    /* and those that left it, even when it has ended itself */
} LscWireScope;

/* How a process is started. */
#define LSC_WIRE_SPAWN_QUEUED   1u /* as soon as a place is free, in order */
#define LSC_WIRE_SPAWN_ONE_CORE 2u /* on the first core that may be used, and no other */

#define LSC_WIRE_NO_PLACE UINT32_MAX

/* What may be used to see what threads do. */
#define LSC_WIRE_OBSERVE_PERF      1u /* perf events */
#define LSC_WIRE_OBSERVE_CONNECTOR 2u /* the kernel's proc connector */
#define LSC_WIRE_OBSERVE_PROC      4u /* looks into /proc */

/* In the environment of every process of a run: the run's folder, and the id that it, or the one
 * that it comes from, was started with. So what got away from its parents is still known. */
#define LSC_WIRE_RUN_VARIABLE "LANESCOPE_RUN"
#define LSC_WIRE_JOB_VARIABLE "LANESCOPE_JOB"

/* What a process that could not be started failed at. */
typedef enum
{
  LSC_WIRE_STAGE_PROCESS, /* making it, and its descriptors */
  LSC_WIRE_STAGE_FOLDER,  /* going into its folder */
  LSC_WIRE_STAGE_PROGRAM, /* executing the program */
} LscWireStage;

typedef struct
{
  uint32_t    n_threads; /* lanes: ring 0 .. n_threads - 1 of the segment */
  uint8_t     executor;  /* an LscExecutorKind's number */
  uint8_t     one_core;
  const char *workload; /* id */
  const char *segment;  /* path */
  const char *settings; /* key NUL value NUL ... */
  uint32_t    settings_length;
  uint64_t    timeout_ns; /* for a task; 0: none, or the engine sees to it alone */
  uint32_t    n_calls;    /* of each task, one after another; 0 is 1 */
} LscWireSetup;

/* Whether the threads of a worker compute one at a time, because of an interpreter's lock. */
typedef enum
{
  LSC_WIRE_LOCK_UNKNOWN,
  LSC_WIRE_LOCK_ON,
  LSC_WIRE_LOCK_OFF, /* of an interpreter that can do without */
} LscWireLock;

/* READY says nothing, or the lock, or the lock and what the interpreter is. */
typedef struct
{
  LscWireLock lock;
  const char *interpreter; /* "Python 3.11.7"; not NUL-terminated */
  uint32_t    interpreter_length;
} LscWireReady;

typedef struct
{
  uint32_t    index;
  const char *input; /* not NUL-terminated */
  uint32_t    input_length;
} LscWireTask;

typedef struct
{
  uint32_t    index;
  uint32_t    lane;     /* ring */
  uint8_t     status;   /* LscTaskStatus */
  uint64_t    start_ns; /* CLOCK_MONOTONIC */
  uint64_t    end_ns;
  uint64_t    user_ns;
  uint64_t    system_ns;
  uint64_t    n_calls; /* how often the task was called, and how long that took; 0: none told */
  uint64_t    calls_ns;
  const char *output; /* result, or the reason of a failure; not NUL-terminated */
  uint32_t    output_length;
} LscWireResult;

/* Not printed by a task: what there is to say about the run. */
#define LSC_WIRE_NOTE 3

typedef struct
{
  uint32_t index;
  uint32_t lane;
  uint64_t time_ns;
} LscWireStarted;

typedef struct
{
  uint32_t    index; /* LSC_NO_TASK: of the worker itself */
  uint32_t    lane;
  uint8_t     stream; /* 1 stdout, 2 stderr, LSC_WIRE_NOTE */
  uint64_t    time_ns;
  const char *bytes;
  uint32_t    length;
} LscWireOutput;

/* Words are NUL-terminated texts, one after another. */
typedef struct
{
  uint32_t    id;    /* chosen by the engine, not 0 */
  uint32_t    flags; /* LSC_WIRE_SPAWN_... */
  uint32_t    n_fds; /* passed with the packet */
  uint32_t    n_argv;
  uint32_t    n_environment; /* NAME=VALUE: to be set; NAME: to be removed */
  const char *argv;          /* at least one word */
  uint32_t    argv_length;
  const char *environment;
  uint32_t    environment_length;
  const char *folder; /* to be run in, NUL-terminated; "": the launcher's own */
} LscWireSpawn;

typedef struct
{
  uint32_t uses;            /* LSC_WIRE_OBSERVE_... */
  uint32_t budget_permille; /* of a core: what watching may cost there; 0: no limit */
} LscWireObserve;

/* EXITED with the id 0, after MEASURE only: one that others had started and left behind. */
typedef struct
{
  uint32_t id;
  int32_t  pid;
  int32_t  error; /* errno of SPAWN_FAILED */
  int32_t  wait_status;
  uint32_t place;   /* where it runs, from 0; LSC_WIRE_NO_PLACE: it did not queue */
  uint32_t stage;   /* LscWireStage of SPAWN_FAILED */
  uint64_t time_ns; /* CLOCK_MONOTONIC */
  uint64_t user_ns;
  uint64_t system_ns;
  uint64_t peak_rss_bytes;
  uint64_t n_voluntary;
  uint64_t n_involuntary;
  uint64_t n_minor_faults;
  uint64_t n_major_faults;
} LscWireChild; /* SPAWNED, SPAWN_FAILED, EXITED */

/* ---- writing ------------------------------------------------------------------ */

typedef struct
{
  uint8_t *data;
  size_t   length;
  size_t   capacity;
  size_t   sent;   /* bytes of data that are written already */
  bool     failed; /* out of memory: everything after is refused */
} LscWireBuffer;

void lsc_wire_buffer_clear (LscWireBuffer *buffer);

void lsc_wire_put_setup (LscWireBuffer *buffer, const LscWireSetup *setup);
void lsc_wire_put_task (LscWireBuffer *buffer, const LscWireTask *task);
void lsc_wire_put_ready (LscWireBuffer *buffer);
void lsc_wire_put_refused (LscWireBuffer *buffer, const char *why);
void lsc_wire_put_result (LscWireBuffer *buffer, const LscWireResult *result);
void lsc_wire_put_started (LscWireBuffer *buffer, const LscWireStarted *started);
/* A result's CPU time, known only later: `at` is the buffer's length from before it was
 * put. Not after a flush. */
void
lsc_wire_set_result_usage (LscWireBuffer *buffer, size_t at, uint64_t user_ns, uint64_t system_ns);
void lsc_wire_put_output (LscWireBuffer *buffer, const LscWireOutput *output);
void lsc_wire_put_spawn (LscWireBuffer *buffer, const LscWireSpawn *spawn);
void lsc_wire_put_kill (LscWireBuffer *buffer, uint32_t id, int32_t signal, LscWireScope scope);
/* PLACES, CLOSE_PLACE and WATCH have a number; KILL_ALL, STOP_ALL, AWAIT_GONE and
 * MEASURE have none. */
void lsc_wire_put_number (LscWireBuffer *buffer, LscWireType type, uint32_t number);
void lsc_wire_put_plain (LscWireBuffer *buffer, LscWireType type);
void lsc_wire_put_observe (LscWireBuffer *buffer, const LscWireObserve *observe);
void lsc_wire_put_child (LscWireBuffer *buffer, LscWireType type, const LscWireChild *child);
void lsc_wire_put_all_gone (LscWireBuffer *buffer, uint32_t n_survivors);

/* Writes what it can. 1: all is out (the buffer is empty again); 0: the pipe is
 * full (non-blocking descriptors); -1: errno. */
int lsc_wire_flush (LscWireBuffer *buffer, int fd);

/* ---- reading -------------------------------------------------------------------- */

typedef struct
{
  uint8_t *data;
  size_t   start;
  size_t   end;
  size_t   capacity;
} LscWireReader;

typedef struct
{
  LscWireType    type;
  const uint8_t *body; /* inside the reader, until the next fill */
  uint32_t       length;
} LscWireFrame;

void lsc_wire_reader_clear (LscWireReader *reader);

/* Reads once. > 0: bytes read; 0: end; -1: errno (EAGAIN on a non-blocking one). */
long lsc_wire_fill (LscWireReader *reader, int fd);
/* 1: a frame; 0: not a whole one yet; -1: broken (too long). */
int lsc_wire_next (LscWireReader *reader, LscWireFrame *frame);

/* False when the frame does not have what its type promises. Texts point into the frame. */
bool lsc_wire_get_setup (const LscWireFrame *frame, LscWireSetup *setup);
bool lsc_wire_get_ready (const LscWireFrame *frame, LscWireReady *ready);
bool lsc_wire_get_task (const LscWireFrame *frame, LscWireTask *task);
bool lsc_wire_get_text (const LscWireFrame *frame, /* REFUSED, UNFIT */
                        const char        **text,
                        uint32_t           *length);
bool lsc_wire_get_result (const LscWireFrame *frame, LscWireResult *result);
bool lsc_wire_get_started (const LscWireFrame *frame, LscWireStarted *started);
bool lsc_wire_get_output (const LscWireFrame *frame, LscWireOutput *output);
bool lsc_wire_get_spawn (const LscWireFrame *frame, LscWireSpawn *spawn);
bool
lsc_wire_get_kill (const LscWireFrame *frame, uint32_t *id, int32_t *signal, LscWireScope *scope);
bool lsc_wire_get_number (const LscWireFrame *frame, uint32_t *number);
bool lsc_wire_get_observe (const LscWireFrame *frame, LscWireObserve *observe);
bool lsc_wire_get_child (const LscWireFrame *frame, LscWireChild *child);
bool lsc_wire_get_all_gone (const LscWireFrame *frame, uint32_t *n_survivors);
