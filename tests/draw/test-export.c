/* test-export.c: pictures as files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "lsc-clock.h"
#include "lsc-draw-demo.h"
#include "lsc-export.h"

static LscScene *
new_scene (void)
{
  static const LscDrawDemo demo = {
    .executor = LSC_EXECUTOR_THREADS, .n_workers = 3, .n_tasks = 12, .task_ns = LSC_NS_PER_S
  };
  LscScene *scene = lsc_scene_new ();

  lsc_draw_demo_add (scene, &demo);
  lsc_scene_set_title (scene, "Does <it> get faster & \"better\"?");
  lsc_scene_set_subtitle (scene, "On this machine");

  return scene;
}

static GBytes *
export_bytes (const LscPictureOptions *options)
{
  g_autoptr (LscScene) scene = new_scene ();
  g_autoptr (GError) error = NULL;
  GBytes *bytes = lsc_export_picture_bytes (scene, options, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);

  return bytes;
}

static guint32
big_endian_at (GBytes *bytes, gsize offset)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  return (guint32)data[offset] << 24 | (guint32)data[offset + 1] << 16 |
         (guint32)data[offset + 2] << 8 | data[offset + 3];
}

static void
test_png (void)
{
  LscPictureOptions options = { .format = LSC_PICTURE_PNG, .width_px = 640, .height_px = 360 };
  g_autoptr (GBytes) single = export_bytes (&options);
  g_autoptr (GBytes) twice = NULL;
  g_autoptr (GBytes) natural = NULL;

  /* Signature, then a chunk IHDR with width and height. */
  g_assert_cmpmem (g_bytes_get_data (single, NULL), 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpuint (big_endian_at (single, 16), ==, 640);
  g_assert_cmpuint (big_endian_at (single, 20), ==, 360);

  options.scale = 2.5;
  twice = export_bytes (&options);
  g_assert_cmpuint (big_endian_at (twice, 16), ==, 1600);
  g_assert_cmpuint (big_endian_at (twice, 20), ==, 900);

  options = (LscPictureOptions){ .format = LSC_PICTURE_PNG, .with_legend = TRUE };
  natural = export_bytes (&options);
  g_assert_cmpuint (big_endian_at (natural, 16), ==, 1200);
  /* A title, a ruler, a head, a band, three lanes, a legend. */
  g_assert_cmpuint (big_endian_at (natural, 20), >, 200);
  g_assert_cmpuint (big_endian_at (natural, 20), <, 400);
}

static void
start_element_cb (GMarkupParseContext *context,
                  const char          *element,
                  const char         **names,
                  const char         **values,
                  gpointer             user_data,
                  GError             **error)
{
  guint *n = user_data;

  if (*n == 0)
    g_assert_cmpstr (element, ==, "svg");
  (*n)++;
}

static void
test_svg (void)
{
  LscPictureOptions options = { .format = LSC_PICTURE_SVG, .width_px = 640, .with_legend = TRUE };
  g_autoptr (GBytes) bytes = export_bytes (&options);
  g_autoptr (GError) error = NULL;
  GMarkupParser        parser = { .start_element = start_element_cb };
  GMarkupParseContext *context;
  guint                n = 0;
  gsize                size;
  const char          *data = g_bytes_get_data (bytes, &size);

  context = g_markup_parse_context_new (&parser, 0, &n, NULL);
  g_markup_parse_context_parse (context, data, (gssize)size, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
  g_assert_cmpuint (n, >, 20);
  g_assert_nonnull (g_strstr_len (data, 400, "640px"));
}

static void
test_pdf (void)
{
  LscPictureOptions options = { .format = LSC_PICTURE_PDF, .width_px = 640 };
  g_autoptr (GBytes) bytes = export_bytes (&options);
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpmem (data, 5, "%PDF-", 5);
  g_assert_cmpuint (size, >, 1000);
  g_assert_nonnull (memmem (data + size - 32, 32, "%%EOF", 5));
}

static void
test_formats (void)
{
  static const struct
  {
    const char      *path;
    LscPictureFormat format;
  } known[] = { { "a.png", LSC_PICTURE_PNG },
                { "/x/y.SVG", LSC_PICTURE_SVG },
                { "run.1.Pdf", LSC_PICTURE_PDF } };
  static const char *const unknown[] = { "a.jpg", "png", "a", "", "a.png.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GError) error = NULL;
      LscPictureFormat format = G_MAXUINT;

      g_assert_true (lsc_picture_format_from_path (known[i].path, &format, &error));
      g_assert_no_error (error);
      g_assert_cmpint (format, ==, known[i].format);
    }
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_autoptr (GError) error = NULL;
      LscPictureFormat format;

      g_assert_false (lsc_picture_format_from_path (unknown[i], &format, &error));
      g_assert_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_FORMAT);
    }
}

static void
test_sizes (void)
{
  static const LscPictureOptions refused[] = {
    { .format = LSC_PICTURE_PNG, .width_px = 40000, .height_px = 500 },
    { .format = LSC_PICTURE_PNG, .width_px = 500, .height_px = 1e9 },
    { .format = LSC_PICTURE_PNG, .width_px = 1200, .height_px = 800, .scale = 30 },
    { .format = LSC_PICTURE_PNG, .width_px = 30000, .height_px = 30000 },
    { .format = LSC_PICTURE_PNG, .width_px = 199, .height_px = 300 },
    { .format = LSC_PICTURE_PNG, .width_px = 300, .height_px = 99 },
    { .format = LSC_PICTURE_SVG, .width_px = 10, .height_px = 10 },
    { .format = LSC_PICTURE_PDF, .width_px = 1e7, .height_px = 500 },
  };
  static const LscPictureOptions smallest = {
    .format = LSC_PICTURE_PNG, .width_px = 200, .height_px = 100, .with_legend = TRUE
  };
  g_autoptr (LscScene) scene = new_scene ();
  g_autoptr (LscScene) empty = lsc_scene_new ();
  g_autoptr (GBytes) bytes = export_bytes (&smallest);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) size_error = NULL;

      g_assert_null (lsc_export_picture_bytes (scene, &refused[i], &size_error));
      g_assert_error (size_error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_SIZE);
    }
  g_assert_null (lsc_export_picture_bytes (empty, &smallest, &error));
  g_assert_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_EMPTY);
}

/* ---- files ----------------------------------------------------------------------- */

static void
assert_only_file (const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  GDir       *dir = g_dir_open (folder, 0, &error);
  const char *found;

  g_assert_no_error (error);
  while ((found = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (found, ==, name);
  g_dir_close (dir);
}

static void
test_file (void)
{
  g_autoptr (LscScene) scene = new_scene ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  LscPictureOptions options = { .format = LSC_PICTURE_PNG, .width_px = 640 };
  g_autofree char  *folder = g_dir_make_tmp ("lsc-draw-XXXXXX", NULL);
  g_autofree char  *path = g_build_filename (folder, "picture.png", NULL);
  g_autofree char  *missing = g_build_filename (folder, "no such folder", "picture.png", NULL);
  g_autofree char  *contents = NULL;
  gsize             length;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_cancellable_cancel (cancelled);
  g_assert_false (lsc_export_picture (scene, &options, path, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "old");
  g_clear_pointer (&contents, g_free);

  g_assert_true (lsc_export_picture (scene, &options, path, NULL, &error));
  g_assert_no_error (error);
  bytes = export_bytes (&options);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  assert_only_file (folder, "picture.png");

  g_assert_false (lsc_export_picture (scene, &options, missing, NULL, &error));
  g_assert_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, missing));
  g_assert_nonnull (strstr (error->message, g_strerror (ENOENT)));
  g_clear_error (&error);

  /* A folder in the file's place. */
  g_assert_false (lsc_export_picture (scene, &options, folder, NULL, &error));
  g_assert_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_WRITE);

  g_remove (path);
  g_rmdir (folder);
}

/* In a process of its own, which cannot write more than a few bytes into a file. */
static void
test_full_disk_child (void)
{
  const char *path = g_getenv ("LSC_TEST_PICTURE");
  g_autoptr (LscScene) scene = NULL;
  g_autoptr (GError) error = NULL;
  LscPictureOptions options = { .format = LSC_PICTURE_PNG, .width_px = 640 };
  struct rlimit     limit = { 2000, 2000 };

  if (path == NULL)
    {
      g_test_skip ("a part of full-disk");
      return;
    }

  scene = new_scene ();
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (lsc_export_picture (scene, &options, path, NULL, &error));
  g_assert_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_full_disk (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lsc-draw-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "picture.png", NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_setenv ("LSC_TEST_PICTURE", path, TRUE);
  g_test_trap_subprocess ("/draw/export/full-disk/subprocess", 0, 0);
  g_unsetenv ("LSC_TEST_PICTURE");
  g_test_trap_assert_passed ();

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "old");
  assert_only_file (folder, "picture.png");
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/export/png", test_png);
  g_test_add_func ("/draw/export/svg", test_svg);
  g_test_add_func ("/draw/export/pdf", test_pdf);
  g_test_add_func ("/draw/export/formats", test_formats);
  g_test_add_func ("/draw/export/sizes", test_sizes);
  g_test_add_func ("/draw/export/file", test_file);
  g_test_add_func ("/draw/export/full-disk", test_full_disk);
  g_test_add_func ("/draw/export/full-disk/subprocess", test_full_disk_child);

  return g_test_run ();
}
