/* lsc-link.c: the launcher's end of the socket to the engine.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-link.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* More than a socket's buffer takes by default. */
#define PACKET_SIZE (256u << 10)

static void
take_descriptors (struct msghdr *message, LscPacket *packet)
{
  for (struct cmsghdr *header = CMSG_FIRSTHDR (message); header != NULL;
       header = CMSG_NXTHDR (message, header))
    {
      size_t n;

      if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
        continue;
      n = (header->cmsg_len - CMSG_LEN (0)) / sizeof (int);
      if (n > LSC_SPAWN_MAX_FDS - packet->n_fds)
        n = LSC_SPAWN_MAX_FDS - packet->n_fds;
      memcpy (packet->fds + packet->n_fds, CMSG_DATA (header), n * sizeof (int));
      packet->n_fds += (uint32_t)n;
    }
}

void
lsc_packet_close_fds (LscPacket *packet)
{
  for (uint32_t i = 0; i < packet->n_fds; i++)
    close (packet->fds[i]);
  packet->n_fds = 0;
}

LscLinkState
lsc_link_receive (LscLink *link, LscPacket *packet)
{
  static uint8_t data[PACKET_SIZE];
  static union
  {
    struct cmsghdr header;
    char           bytes[CMSG_SPACE (LSC_SPAWN_MAX_FDS * sizeof (int))];
  } control;
  struct iovec  piece = { data, sizeof data };
  struct msghdr message = {
    .msg_iov = &piece,
    .msg_iovlen = 1,
    .msg_control = &control,
    .msg_controllen = sizeof control,
  };
  LscWireReader reader = { data, 0, 0, sizeof data };
  ssize_t       n;

  packet->n_fds = 0;
  n = recvmsg (link->fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return LSC_LINK_NOTHING;
  if (n <= 0)
    return LSC_LINK_END;

  take_descriptors (&message, packet);
  reader.end = (size_t)n;
  if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 ||
      lsc_wire_next (&reader, &packet->frame) != 1 || reader.start != reader.end)
    {
      lsc_packet_close_fds (packet);
      return LSC_LINK_END;
    }
  return LSC_LINK_PACKET;
}

/* How much of `out` goes into the next packet: whole frames, one at least. */
static size_t
get_packet_size (const LscWireBuffer *out)
{
  size_t size = 0;

  while (out->sent + size < out->length)
    {
      uint32_t length;

      memcpy (&length, out->data + out->sent + size, sizeof length);
      if (size > 0 && size + sizeof length + length > LSC_WIRE_MAX_ANSWER)
        break;
      size += sizeof length + length;
    }
  return size;
}

bool
lsc_link_flush (LscLink *link)
{
  LscWireBuffer *out = &link->out;

  if (out->failed)
    return false;

  while (out->sent < out->length)
    {
      size_t size = get_packet_size (out);

      if (send (link->fd, out->data + out->sent, size, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
        {
          if (errno == EINTR)
            continue;
          return errno == EAGAIN;
        }
      out->sent += size;
    }
  out->length = 0;
  out->sent = 0;
  return true;
}
