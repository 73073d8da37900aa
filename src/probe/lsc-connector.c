/* lsc-connector.c: the kernel's proc connector: every start, exec, name and end on the machine.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What did not fit into the socket's buffer is told by ENOBUFS, once however much it was; the
 * numbers that each core gives its events tell how much. They do so only for one who asks for all
 * kinds of events: the numbers are given before what was not asked for is left out.
 */

#include "config.h"

#include "lsc-connector.h"

#include <errno.h>
#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LARGEST_BYTES (8 << 20)
#define BATCH         32
#define MESSAGE_SIZE  256
/* More wait for the next time, so that a machine that only forks holds nobody up. */
#define MAX_BATCHES 256
/* The kernel's own number for all, of Linux 6.6; with any other it leaves out its answer, too. */
#define EVERY_KIND 0xE00003C7u
/* How often it is tried whether it tells anything. */
#define MAX_TRIES 20

typedef struct
{
  bool     is_known;
  uint32_t last;
} Core;

struct LscConnector
{
  int      fd;
  Core    *cores; /* by number */
  uint32_t n_cores;
  uint64_t n_gaps;     /* events that are missing by their numbers */
  uint64_t n_unknown;  /* times that the kernel said so, and no gap was seen yet */
  bool     is_overrun; /* it has said so, and no gap was seen since */

  struct mmsghdr     messages[BATCH];
  struct iovec       parts[BATCH];
  struct sockaddr_nl senders[BATCH];
  _Alignas(8) uint8_t bytes[BATCH][MESSAGE_SIZE];
};

/* ---- losses --------------------------------------------------------------------------- */

static Core *
get_core (LscConnector *self, uint32_t core)
{
  if (core >= self->n_cores)
    {
      uint32_t n = core + 1 > 2 * self->n_cores ? core + 1 : 2 * self->n_cores;
      Core    *cores;

      if (core > UINT16_MAX)
        return NULL;
      cores = realloc (self->cores, n * sizeof *cores);
      if (cores == NULL)
        return NULL;
      memset (cores + self->n_cores, 0, (n - self->n_cores) * sizeof *cores);
      self->cores = cores;
      self->n_cores = n;
    }
  return &self->cores[core];
}

static void
check_sequence (LscConnector *self, const LscConnectorEvent *event)
{
  Core *core = get_core (self, event->core);

  /* All see what answers one who begins or ceases to listen; a kernel that gives it no number of
   * its own names no core. */
  if (core == NULL)
    return;
  if (core->is_known && event->sequence != core->last + 1)
    {
      self->n_gaps += (uint32_t)(event->sequence - core->last - 1);
      self->is_overrun = false;
    }
  core->is_known = true;
  core->last = event->sequence;
}

static void
note_overrun (LscConnector *self)
{
  /* Nothing was missing since the last time: it was at the end of what a core told, which is not
   * known before it tells more. */
  if (self->is_overrun)
    self->n_unknown++;
  self->is_overrun = true;
}

uint64_t
lsc_connector_get_n_lost (const LscConnector *self)
{
  return self->n_gaps + self->n_unknown + (self->is_overrun ? 1 : 0);
}

/* ---- reading ------------------------------------------------------------------------- */

static void
take_message (LscConnector    *self,
              const uint8_t   *bytes,
              size_t           length,
              LscConnectorFunc func,
              void            *user_data)
{
  LscConnectorEvent event;
  size_t            at = 0;

  while (lsc_connector_event_parse (bytes, length, &at, &event))
    {
      check_sequence (self, &event);
      if (event.kind != LSC_CONNECTOR_OTHER)
        func (&event, user_data);
    }
}

size_t
lsc_connector_read (LscConnector *self, LscConnectorFunc func, void *user_data)
{
  size_t n_messages = 0;
  int    n_batches = 0;
  int    n;

  do
    {
      for (int i = 0; i < BATCH; i++)
        self->messages[i].msg_hdr.msg_namelen = sizeof self->senders[i];
      n = recvmmsg (self->fd, self->messages, BATCH, MSG_DONTWAIT, NULL);
      if (n < 0 && errno == ENOBUFS)
        note_overrun (self);
      for (int i = 0; i < n; i++)
        /* Number 0 is the kernel. */
        if (self->senders[i].nl_pid == 0)
          take_message (self, self->bytes[i], self->messages[i].msg_len, func, user_data);
      if (n > 0)
        n_messages += (size_t)n;
    }
  while (++n_batches < MAX_BATCHES &&
         (n == BATCH || (n < 0 && (errno == ENOBUFS || errno == EINTR))));
  return n_messages;
}

int
lsc_connector_get_fd (const LscConnector *self)
{
  return self->fd;
}

/* ---- opening -------------------------------------------------------------------------- */

static bool
ask (const LscConnector *self, enum proc_cn_mcast_op operation)
{
  struct
  {
    struct nlmsghdr header;
    struct cn_msg   message;
    uint32_t        operation;
    uint32_t        kinds;
  } __attribute__ ((packed)) request = {
    .header = {
      .nlmsg_len = sizeof request,
      .nlmsg_type = NLMSG_DONE,
    },
    .message = {
      .id = { .idx = CN_IDX_PROC, .val = CN_VAL_PROC },
      .len = 2 * sizeof (uint32_t),
    },
    .operation = operation,
    .kinds = EVERY_KIND,
  };

  return send (self->fd, &request, sizeof request, 0) == (ssize_t)sizeof request;
}

typedef struct
{
  pid_t    pid;
  bool     has_answer;
  bool     has_seen;
  uint32_t error;
} Proof;

static void
look_for_proof (const LscConnectorEvent *event, void *user_data)
{
  Proof *proof = user_data;

  if (event->kind == LSC_CONNECTOR_ACK && !proof->has_answer)
    {
      proof->has_answer = true;
      proof->error = event->value;
    }
  if (event->kind == LSC_CONNECTOR_FORK && event->pid == proof->pid &&
      event->maker_pid == getpid ())
    proof->has_seen = true;
}

/* The kernel tells before fork() returns, so there is nothing to wait for. */
static int
try_with_child (LscConnector *self, Proof *proof)
{
  pid_t pid = vfork ();

  if (pid == 0)
    _exit (0);
  proof->pid = pid;
  if (pid < 0)
    return errno;
  while (waitpid (pid, NULL, 0) < 0 && errno == EINTR)
    ;
  lsc_connector_read (self, look_for_proof, proof);
  return 0;
}

static int
prove (LscConnector *self)
{
  Proof    proof = { 0 };
  int      error = 0;
  uint64_t n_lost;

  /* What others do may have filled it up before: then nothing is proved yet. */
  for (int i = 0; i < MAX_TRIES && !proof.has_seen && error == 0; i++)
    {
      n_lost = lsc_connector_get_n_lost (self);
      error = try_with_child (self, &proof);
      if (lsc_connector_get_n_lost (self) == n_lost)
        break;
    }
  if (error != 0)
    return error;
  if (proof.has_answer && proof.error != 0)
    return (int)proof.error;
  /* Nobody was to be told of that. */
  self->n_gaps = self->n_unknown = 0;
  self->is_overrun = false;
  /* In a namespace of its own it may answer, and then tell nothing. */
  return proof.has_seen ? 0 : ENODATA;
}

static int
set_up (LscConnector *self, int buffer_bytes)
{
  const struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = CN_IDX_PROC };

  self->fd = socket (AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_CONNECTOR);
  if (self->fd < 0)
    return errno;
  if (buffer_bytes == LSC_CONNECTOR_LARGEST)
    buffer_bytes = LARGEST_BYTES;
  /* The kernel gives what it allows. */
  setsockopt (self->fd, SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof buffer_bytes);
  if (bind (self->fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
      !ask (self, PROC_CN_MCAST_LISTEN))
    return errno;
  return prove (self);
}

LscConnector *
lsc_connector_open (int buffer_bytes)
{
  LscConnector *self = calloc (1, sizeof *self);
  int           error;

  if (self == NULL)
    return NULL;
  for (int i = 0; i < BATCH; i++)
    {
      self->parts[i] = (struct iovec){ self->bytes[i], MESSAGE_SIZE };
      self->messages[i].msg_hdr = (struct msghdr){
        .msg_iov = &self->parts[i],
        .msg_iovlen = 1,
        .msg_name = &self->senders[i],
      };
    }
  error = set_up (self, buffer_bytes);
  if (error == 0)
    return self;
  lsc_connector_close (self);
  errno = error;
  return NULL;
}

void
lsc_connector_close (LscConnector *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    {
      /* The kernel counts who listens, and does not see that one is gone. */
      ask (self, PROC_CN_MCAST_IGNORE);
      close (self->fd);
    }
  free (self->cores);
  free (self);
}
