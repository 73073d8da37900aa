/* lsc-packet-queue.c: packets on their way to the launcher.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-packet-queue"

#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lsc-packet-queue.h"
#include "lsc-sources.h"

typedef struct
{
  GBytes *bytes;
  int     fds[LSC_PACKET_MAX_FDS];
  guint   n_fds;
} Packet;

static void
packet_free (gpointer data)
{
  Packet *packet = data;

  for (guint i = 0; i < packet->n_fds; i++)
    close (packet->fds[i]);
  g_bytes_unref (packet->bytes);
  g_free (packet);
}

void
lsc_packet_queue_init (LscPacketQueue *self, int socket, GMainContext *context)
{
  *self = (LscPacketQueue){ .socket = socket, .context = context };
  g_queue_init (&self->packets);
}

void
lsc_packet_queue_clear (LscPacketQueue *self)
{
  lsc_source_drop (&self->source);
  g_queue_clear_full (&self->packets, packet_free);
  self->socket = -1;
}

/* 1: sent; 0: the socket is full; -1: nobody is there any more. */
static int
send_packet (LscPacketQueue *self, const Packet *packet)
{
  gsize        length;
  struct iovec part = { .iov_base = (gpointer)g_bytes_get_data (packet->bytes, &length) };
  union
  {
    char           bytes[CMSG_SPACE (sizeof (int) * LSC_PACKET_MAX_FDS)];
    struct cmsghdr align;
  } control;
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

  part.iov_len = length;
  if (packet->n_fds > 0)
    {
      struct cmsghdr *header;

      memset (&control, 0, sizeof control);
      message.msg_control = &control;
      message.msg_controllen = CMSG_SPACE (sizeof (int) * packet->n_fds);
      header = CMSG_FIRSTHDR (&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN (sizeof (int) * packet->n_fds);
      memcpy (CMSG_DATA (header), packet->fds, sizeof (int) * packet->n_fds);
    }

  while (sendmsg (self->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
    {
      if (errno == EINTR)
        continue;
      /* Too many descriptors under way counts as full: the launcher takes them out. */
      return errno == EAGAIN || errno == ENOBUFS || errno == ETOOMANYREFS ? 0 : -1;
    }
  return 1;
}

static gboolean
writable_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  LscPacketQueue *self = user_data;

  while (!g_queue_is_empty (&self->packets))
    {
      if (send_packet (self, g_queue_peek_head (&self->packets)) == 0)
        return G_SOURCE_CONTINUE;
      /* Sent, or for a launcher that is gone, which shows at its pidfd. */
      packet_free (g_queue_pop_head (&self->packets));
    }
  g_clear_pointer (&self->source, g_source_unref);
  return G_SOURCE_REMOVE;
}

void
lsc_packet_queue_send (LscPacketQueue *self, LscWireBuffer *buffer, const int *fds, guint n_fds)
{
  Packet *packet = g_new0 (Packet, 1);

  g_assert (n_fds <= LSC_PACKET_MAX_FDS);
  packet->bytes = g_bytes_new (buffer->data, buffer->length);
  packet->n_fds = n_fds;
  if (n_fds > 0)
    memcpy (packet->fds, fds, sizeof (int) * n_fds);
  lsc_wire_buffer_clear (buffer);

  if (self->socket < 0 || (g_queue_is_empty (&self->packets) && send_packet (self, packet) != 0))
    {
      packet_free (packet);
      return;
    }
  g_queue_push_tail (&self->packets, packet);
  if (self->source == NULL)
    self->source = lsc_source_watch_fd (self->context, self->socket, G_IO_OUT, writable_cb, self);
}
