/* fuzz-main.c: runs a fuzz target over files, without a fuzzer.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. Arguments are files and folders of files (a corpus). Each is one TAP
 * test, which passes when the target returns.
 */

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static unsigned n_tests;
static unsigned n_failed;

static uint8_t *
read_all (const char *path, size_t size)
{
  FILE *file = fopen (path, "rb");
  /* Exactly as large, so that an address sanitizer sees a read past the end. */
  uint8_t *data = malloc (size > 0 ? size : 1);

  if (file != NULL && data != NULL && fread (data, 1, size, file) == size)
    {
      fclose (file);
      return data;
    }
  if (file != NULL)
    fclose (file);
  free (data);
  return NULL;
}

static void
run_file (const char *path, size_t size)
{
  uint8_t *data = read_all (path, size);
  bool     is_good = data != NULL && LLVMFuzzerTestOneInput (data, size) == 0;

  n_tests++;
  if (!is_good)
    n_failed++;
  printf ("%sok %u %s\n", is_good ? "" : "not ", n_tests, path);
  fflush (stdout);
  free (data);
}

static int
is_visible (const struct dirent *entry)
{
  return entry->d_name[0] != '.';
}

static void
run_path (const char *path)
{
  struct dirent **entries;
  struct stat     info;
  int             n;

  if (stat (path, &info) != 0)
    {
      n_failed++;
      printf ("not ok %u %s: %s\n", ++n_tests, path, strerror (errno));
      return;
    }
  if (!S_ISDIR (info.st_mode))
    {
      run_file (path, (size_t)info.st_size);
      return;
    }

  n = scandir (path, &entries, is_visible, alphasort);
  for (int i = 0; i < n; i++)
    {
      char *inner = NULL;

      if (asprintf (&inner, "%s/%s", path, entries[i]->d_name) >= 0)
        run_path (inner);
      free (inner);
      free (entries[i]);
    }
  if (n >= 0)
    free (entries);
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    run_path (argv[i]);
  printf ("1..%u\n", n_tests);
  return n_failed == 0 && n_tests > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
