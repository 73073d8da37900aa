/* lsc-connector-event.c: what the kernel's proc connector says, taken apart.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-connector-event.h"

#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <string.h>

static void
set_ids (LscConnectorEvent *event, pid_t tid, pid_t pid)
{
  event->tid = tid;
  event->pid = pid;
}

/* Only what is told of the kind has a meaning, and `body` is whole. */
static void
read_body (LscConnectorEvent *event, const struct proc_event *body)
{
  switch ((uint32_t)body->what)
    {
    case PROC_EVENT_NONE:
      event->kind = LSC_CONNECTOR_ACK;
      event->value = body->event_data.ack.err;
      break;
    case PROC_EVENT_FORK:
      event->kind = LSC_CONNECTOR_FORK;
      set_ids (event, body->event_data.fork.child_pid, body->event_data.fork.child_tgid);
      event->maker_tid = body->event_data.fork.parent_pid;
      event->maker_pid = body->event_data.fork.parent_tgid;
      break;
    case PROC_EVENT_EXEC:
      event->kind = LSC_CONNECTOR_EXEC;
      set_ids (event, body->event_data.exec.process_pid, body->event_data.exec.process_tgid);
      break;
    case PROC_EVENT_COMM:
      event->kind = LSC_CONNECTOR_NAME;
      set_ids (event, body->event_data.comm.process_pid, body->event_data.comm.process_tgid);
      memcpy (event->name, body->event_data.comm.comm, sizeof event->name);
      event->name[sizeof event->name - 1] = '\0';
      break;
    case (uint32_t)PROC_EVENT_EXIT:
      event->kind = LSC_CONNECTOR_EXIT;
      set_ids (event, body->event_data.exit.process_pid, body->event_data.exit.process_tgid);
      event->value = body->event_data.exit.exit_code;
      break;
    default:
      event->kind = LSC_CONNECTOR_OTHER;
      break;
    }
}

bool
lsc_connector_event_parse (const void *data, size_t length, size_t *at, LscConnectorEvent *event)
{
  const uint8_t    *bytes = data;
  struct nlmsghdr   header;
  struct cn_msg     message;
  struct proc_event body = { 0 };
  const size_t      head = NLMSG_HDRLEN + sizeof message;
  size_t            rest, body_length;

  if (*at > length || length - *at < head)
    return false;
  rest = length - *at;
  memcpy (&header, bytes + *at, sizeof header);
  memcpy (&message, bytes + *at + NLMSG_HDRLEN, sizeof message);
  if (header.nlmsg_len < head || header.nlmsg_len > rest || message.id.idx != CN_IDX_PROC ||
      message.id.val != CN_VAL_PROC || message.len > header.nlmsg_len - head)
    return false;
  /* An older kernel's may be shorter, a newer one's longer; all have the first fields. */
  body_length = message.len < sizeof body ? message.len : sizeof body;
  if (body_length < offsetof (struct proc_event, event_data))
    return false;
  memcpy (&body, bytes + *at + head, body_length);

  memset (event, 0, sizeof *event);
  event->time_ns = body.timestamp_ns;
  event->core = body.cpu;
  event->sequence = message.seq;
  read_body (event, &body);
  *at += NLMSG_ALIGN (header.nlmsg_len) < rest ? NLMSG_ALIGN (header.nlmsg_len) : rest;
  return true;
}
