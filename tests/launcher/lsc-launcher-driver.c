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
  driver->segment = lsc_segment_create (segment_path, 2, 4096);
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
  lsc_wire_reader_clear (&driver->reader);
  g_free (driver->folder);
}

void
driver_send (Driver *driver, LscWireBuffer *buffer)
{
  g_assert_cmpint (lsc_wire_flush (buffer, driver->socket), ==, 1);
  lsc_wire_buffer_clear (buffer);
}

static guint
append_words (GByteArray *bytes, const char *const *words)
{
  guint n = 0;

  for (; words != NULL && words[n] != NULL; n++)
    g_byte_array_append (bytes, (const guint8 *)words[n], strlen (words[n]) + 1);
  return n;
}

void
driver_request (Driver *driver, const DriverRequest *request)
{
  g_autoptr (GByteArray) argv = g_byte_array_new ();
  g_autoptr (GByteArray) environment = g_byte_array_new ();
  LscWireBuffer buffer = { 0 };
  LscWireSpawn  spawn = { .id = request->id, .flags = request->flags, .n_fds = request->n_said };
  union
  {
    struct cmsghdr header;
    char           bytes[CMSG_SPACE (16 * sizeof (int))];
  } control = { 0 };
  struct iovec  piece;
  struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1 };

  spawn.n_argv = append_words (argv, request->words);
  spawn.n_environment = append_words (environment, request->environment);
  spawn.argv = (const char *)argv->data;
  spawn.argv_length = argv->len;
  spawn.environment = (const char *)environment->data;
  spawn.environment_length = environment->len;
  spawn.folder = request->folder != NULL ? request->folder : "";
  lsc_wire_put_spawn (&buffer, &spawn);

  if (request->n_fds > 0)
    {
      message.msg_control = &control;
      message.msg_controllen = CMSG_SPACE (request->n_fds * sizeof (int));
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (request->n_fds * sizeof (int));
      memcpy (CMSG_DATA (&control.header), request->fds, request->n_fds * sizeof (int));
    }
  piece = (struct iovec){ buffer.data, buffer.length };
  g_assert_cmpint (sendmsg (driver->socket, &message, 0), ==, buffer.length);
  lsc_wire_buffer_clear (&buffer);
}

void
driver_spawn_fds (Driver            *driver,
                  guint32            id,
                  const char *const *words,
                  const int         *fds,
                  guint              n_fds,
                  guint              n_said)
{
  driver_request (driver, &(DriverRequest){
                              .id = id,
                              .words = words,
                              .fds = fds,
                              .n_fds = n_fds,
                              .n_said = n_said,
                          });
}

static int
open_null (void)
{
  return open ("/dev/null", O_RDONLY | O_CLOEXEC);
}

void
driver_spawn_script (Driver            *driver,
                     guint32            id,
                     guint32            flags,
                     const char        *folder,
                     const char *const *environment,
                     const char        *script)
{
  const char *const words[] = { "sh", "-c", script, NULL };
  const int         fds[] = { open_null (), driver->life_write, driver->life_write };

  driver_request (driver, &(DriverRequest){
                              .id = id,
                              .flags = flags,
                              .words = words,
                              .environment = environment,
                              .folder = folder,
                              .fds = fds,
                              .n_fds = G_N_ELEMENTS (fds),
                              .n_said = G_N_ELEMENTS (fds),
                          });
  close (fds[0]);
}

void
driver_spawn (Driver *driver, guint32 id, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  int         null = open_null ();
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
  LscWireFrame frame;
  int          got = lsc_wire_next (&driver->reader, &frame);

  if (got == 0)
    {
      /* Whole frames in a packet. */
      g_assert_cmpuint (driver->reader.start, ==, driver->reader.end);
      wait_readable (driver->socket);
      g_assert_cmpint (lsc_wire_fill (&driver->reader, driver->socket), >, 0);
      got = lsc_wire_next (&driver->reader, &frame);
    }
  g_assert_cmpint (got, ==, 1);
  if (frame.type == LSC_WIRE_ALL_GONE)
    g_assert_true (lsc_wire_get_all_gone (&frame, n_survivors));
  else
    g_assert_true (lsc_wire_get_child (&frame, child));
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
