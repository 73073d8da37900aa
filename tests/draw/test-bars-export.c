/* test-bars-export.c: profiles as picture files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lsc-bars-demo.h"
#include "lsc-bars-export.h"

#define S 1e9

static const LscBarsDemo cells[] = {
  { .workload = "P", .executor = LSC_EXECUTOR_SEQUENTIAL, .n_workers = 1, .median_ns = 4.0 * S },
  { .workload = "P", .executor = LSC_EXECUTOR_THREADS, .n_workers = 2, .median_ns = 2.0 * S },
};

static GBytes *
export_bytes (const LscPictureOptions *options, guint n, GError **error)
{
  g_autoptr (LscProfile) profile = lsc_bars_demo_new ("<a> & \"b\"", cells, n, 11);
  g_autoptr (LscReport) report = lsc_report_new (profile);

  return lsc_export_bars_bytes (profile, report, NULL, options, error);
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
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) given = export_bytes (&options, 2, &error);
  g_autoptr (GBytes) twice = NULL;
  g_autoptr (GBytes) natural = NULL;

  g_assert_no_error (error);
  /* Signature, then a chunk IHDR with width and height. */
  g_assert_cmpmem (g_bytes_get_data (given, NULL), 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpuint (big_endian_at (given, 16), ==, 640);
  g_assert_cmpuint (big_endian_at (given, 20), ==, 360);

  options.scale = 2.0;
  twice = export_bytes (&options, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (big_endian_at (twice, 16), ==, 1280);
  g_assert_cmpuint (big_endian_at (twice, 20), ==, 720);

  options = (LscPictureOptions){ .format = LSC_PICTURE_PNG, .with_legend = TRUE };
  natural = export_bytes (&options, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (big_endian_at (natural, 16), ==, 1200);
  g_assert_cmpuint (big_endian_at (natural, 20), >, 200);
}

static void
test_svg_and_pdf (void)
{
  LscPictureOptions options = { .format = LSC_PICTURE_SVG, .width_px = 640, .with_legend = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) svg = export_bytes (&options, 2, &error);
  g_autoptr (GBytes) pdf = NULL;
  GMarkupParser        parser = { 0 };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  gsize                size;
  const char          *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (svg, &size);
  g_markup_parse_context_parse (context, data, (gssize)size, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
  g_assert_nonnull (g_strstr_len (data, 400, "640px"));

  options.format = LSC_PICTURE_PDF;
  pdf = export_bytes (&options, 2, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (pdf, &size);
  g_assert_cmpmem (data, 5, "%PDF-", 5);
  g_assert_nonnull (memmem (data + size - 32, 32, "%%EOF", 5));
}

static void
test_refused (void)
{
  LscPictureOptions options = { .format = LSC_PICTURE_PNG, .width_px = 1e6, .height_px = 500 };
  g_autoptr (GError) size_error = NULL;
  g_autoptr (GError) empty_error = NULL;

  g_assert_null (export_bytes (&options, 2, &size_error));
  g_assert_error (size_error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_SIZE);

  options.width_px = 640;
  g_assert_null (export_bytes (&options, 0, &empty_error));
  g_assert_error (empty_error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_EMPTY);
}

/* A given picture that has place for more is not left with small print in a corner. */
static void
test_grows (void)
{
  g_autoptr (LscProfile) profile = lsc_bars_demo_new ("T", cells, 2, 11);
  g_autoptr (LscReport) report = lsc_report_new (profile);
  LscPictureOptions options = { .format = LSC_PICTURE_SVG, .width_px = 1600 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) natural = lsc_export_bars_bytes (profile, report, NULL, &options, &error);
  g_autoptr (GBytes) slide = NULL;

  g_assert_no_error (error);
  options.height_px = 900;
  slide = lsc_export_bars_bytes (profile, report, NULL, &options, &error);
  g_assert_no_error (error);
  /* Glyphs of the same text, at another size. */
  g_assert_false (g_bytes_equal (natural, slide));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (slide, NULL), 400, "900px"));
}

static void
test_file (void)
{
  g_autoptr (LscProfile) profile = lsc_bars_demo_new ("T", cells, 2, 11);
  g_autoptr (LscReport) report = lsc_report_new (profile);
  LscPictureOptions options = { .format = LSC_PICTURE_PNG, .width_px = 640 };
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *folder = g_dir_make_tmp ("lsc-bars-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "picture.png", NULL);
  g_autofree char *missing = g_build_filename (folder, "no such folder", "picture.png", NULL);
  g_autofree char *contents = NULL;
  gsize            length;

  g_cancellable_cancel (cancelled);
  g_assert_false (lsc_export_bars (profile, report, NULL, &options, path, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_true (lsc_export_bars (profile, report, NULL, &options, path, NULL, &error));
  g_assert_no_error (error);
  bytes = lsc_export_bars_bytes (profile, report, NULL, &options, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_false (lsc_export_bars (profile, report, NULL, &options, missing, NULL, &error));
  g_assert_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, missing));

  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/bars-export/png", test_png);
  g_test_add_func ("/draw/bars-export/svg-and-pdf", test_svg_and_pdf);
  g_test_add_func ("/draw/bars-export/refused", test_refused);
  g_test_add_func ("/draw/bars-export/grows", test_grows);
  g_test_add_func ("/draw/bars-export/file", test_file);

  return g_test_run ();
}
