/* lsc-launcher-driver.c: a launcher, as the engine would use it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-launcher-driver.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Only so that a broken launcher does not hang the tests. */
#define GUARD_MS 60000

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
wait_readable (int fd)
{
  struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

  g_assert_cmpint (poll (&poll_fd, 1, GUARD_MS), ==, 1);
}

void
driver_start (Driver *driver)
{
  g_autofree char *segment_path = NULL;
  g_autofree char *fd_text = NULL;
  int              sockets[2];
  int              life[2];

  memset (driver, 0, sizeof *driver);
  driver->folder = g_dir_make_tmp ("lanescope-launcher-XXXXXX", NULL);
  g_assert_nonnull (driver->folder);
  segment_path = g_build_filename (driver->folder, "launcher", NULL);
  driver->segment = lsc_segment_create (segment_path, 1, 4096);
  g_assert_nonnull (driver->segment);

  /* What outlives a killed launcher comes to us. */
  g_assert_no_errno (prctl (PR_SET_CHILD_SUBREAPER, 1));
  g_assert_no_errno (pipe2 (life, O_CLOEXEC));
  driver->life_read = life[0];
  driver->life_write = life[1];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets));
  driver->socket = sockets[0];
  fd_text = g_strdup_printf ("%d", sockets[1]);

  driver->pid = fork ();
  g_assert_cmpint (driver->pid, >=, 0);
  if (driver->pid == 0)
    {
      fcntl (sockets[1], F_SETFD, 0);
      execl (LAUNCHER, LAUNCHER, fd_text, segment_path, driver->folder, NULL);
      _exit (127);
    }
  close (sockets[1]);
}

int
driver_wait_launcher (Driver *driver)
{
  int status;

  while (waitpid (driver->pid, &status, 0) < 0)
    g_assert_cmpint (errno, ==, EINTR);
  driver->pid = 0;
  return status;
}

void
driver_finish (Driver *driver)
{
  close_fd (&driver->socket);
  if (driver->pid != 0)
    {
      driver_expect_all_gone (driver);
      g_assert_cmpint (driver_wait_launcher (driver), ==, 0);
      g_assert_false (g_file_test (driver->folder, G_FILE_TEST_EXISTS));
    }
  close_fd (&driver->life_read);
  close_fd (&driver->life_write);
  lsc_segment_close (driver->segment);
  g_free (driver->folder);
}

void
driver_send (Driver *driver, LscWireBuffer *buffer)
{
  g_assert_cmpint (lsc_wire_flush (buffer, driver->socket), ==, 1);
  lsc_wire_buffer_clear (buffer);
}

void
driver_spawn_fds (Driver            *driver,
                  guint32            id,
                  const char *const *words,
                  const int         *fds,
                  guint              n_fds,
                  guint              n_said)
{
  g_autoptr (GByteArray) argv = g_byte_array_new ();
  LscWireBuffer buffer = { 0 };
  LscWireSpawn  spawn = { .id = id, .n_fds = n_said };
  union
  {
    struct cmsghdr header;
    char           bytes[CMSG_SPACE (16 * sizeof (int))];
  } control = { 0 };
  struct iovec  piece;
  struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1 };

  for (; words[spawn.n_argv] != NULL; spawn.n_argv++)
    g_byte_array_append (argv, (const guint8 *)words[spawn.n_argv],
                         strlen (words[spawn.n_argv]) + 1);
  spawn.argv = (const char *)argv->data;
  spawn.argv_length = argv->len;
  lsc_wire_put_spawn (&buffer, &spawn);

  if (n_fds > 0)
    {
      message.msg_control = &control;
      message.msg_controllen = CMSG_SPACE (n_fds * sizeof (int));
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (n_fds * sizeof (int));
      memcpy (CMSG_DATA (&control.header), fds, n_fds * sizeof (int));
    }
  piece = (struct iovec){ buffer.data, buffer.length };
  g_assert_cmpint (sendmsg (driver->socket, &message, 0), ==, buffer.length);
  lsc_wire_buffer_clear (&buffer);
}

void
driver_spawn (Driver *driver, guint32 id, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  int         null = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  const int   fds[] = { null, driver->life_write, driver->life_write };
  const char *word;
  va_list     arguments;

  va_start (arguments, id);
  do
    {
      word = va_arg (arguments, const char *);
      g_ptr_array_add (words, (gpointer)word);
    }
  while (word != NULL);
  va_end (arguments);

  driver_spawn_fds (driver, id, (const char *const *)words->pdata, fds, G_N_ELEMENTS (fds),
                    G_N_ELEMENTS (fds));
  close (null);
}

LscWireType
driver_receive (Driver *driver, LscWireChild *child, guint32 *n_survivors)
{
  LscWireReader reader = { 0 };
  LscWireFrame  frame;

  wait_readable (driver->socket);
  g_assert_cmpint (lsc_wire_fill (&reader, driver->socket), >, 0);
  g_assert_cmpint (lsc_wire_next (&reader, &frame), ==, 1);
  /* A frame a packet. */
  g_assert_cmpuint (reader.start, ==, reader.end);
  if (frame.type == LSC_WIRE_ALL_GONE)
    g_assert_true (lsc_wire_get_all_gone (&frame, n_survivors));
  else
    g_assert_true (lsc_wire_get_child (&frame, child));
  lsc_wire_reader_clear (&reader);
  return frame.type;
}

void
driver_expect_spawned (Driver *driver, guint32 id, LscWireChild *child)
{
  g_assert_cmpint (driver_receive (driver, child, NULL), ==, LSC_WIRE_SPAWNED);
  g_assert_cmpuint (child->id, ==, id);
  g_assert_cmpint (child->pid, >, 0);
}

void
driver_expect_exited (Driver *driver, guint32 id, LscWireChild *child)
{
  g_assert_cmpint (driver_receive (driver, child, NULL), ==, LSC_WIRE_EXITED);
  g_assert_cmpuint (child->id, ==, id);
}

char *
driver_read_line (Driver *driver)
{
  GString *line = g_string_new (NULL);
  char     byte;

  for (;;)
    {
      wait_readable (driver->life_read);
      g_assert_cmpint (read (driver->life_read, &byte, 1), ==, 1);
      if (byte == '\n')
        return g_string_free (line, FALSE);
      g_string_append_c (line, byte);
    }
}

void
driver_expect_all_gone (Driver *driver)
{
  char    bytes[4096];
  ssize_t n;

  close_fd (&driver->life_write);
  do
    {
      wait_readable (driver->life_read);
      n = read (driver->life_read, bytes, sizeof bytes);
      g_assert_cmpint (n, >=, 0);
    }
  while (n > 0);
}
