/* lsc-picture.c: what a picture is of: a timeline, or a profile's bars.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-picture.h"

struct _LscPicture
{
  GObject parent_instance;

  /* Owned: the one or the other */
  LscScene   *scene;
  LscProfile *profile;

  LscTimelineView view;
  gboolean        has_view;
  LscBarsRequest  request;
  char           *note;    /* the request's, owned */
  char          **against; /* the same */
};

G_DEFINE_FINAL_TYPE (LscPicture, lsc_picture, G_TYPE_OBJECT)

LscPicture *
lsc_picture_new_timeline (LscScene *scene, const LscTimelineView *view)
{
  LscPicture *self;

  g_return_val_if_fail (LSC_IS_SCENE (scene), NULL);

  self = g_object_new (LSC_TYPE_PICTURE, NULL);
  self->scene = lsc_scene_copy (scene);
  self->has_view = view != NULL;
  if (view != NULL)
    self->view = *view;
  return self;
}

LscPicture *
lsc_picture_new_bars (LscProfile *profile, const LscBarsRequest *request)
{
  LscPicture *self;

  g_return_val_if_fail (LSC_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  self = g_object_new (LSC_TYPE_PICTURE, NULL);
  self->profile = lsc_profile_copy (profile);
  self->request = *request;
  self->note = g_strdup (request->note);
  self->against = g_strdupv ((char **)request->against);
  self->request.note = self->note;
  self->request.against = (const char *const *)self->against;
  return self;
}

LscPicture *
lsc_picture_copy (LscPicture *self)
{
  g_return_val_if_fail (LSC_IS_PICTURE (self), NULL);

  if (self->profile != NULL)
    return lsc_picture_new_bars (self->profile, &self->request);
  return lsc_picture_new_timeline (self->scene, self->has_view ? &self->view : NULL);
}

gboolean
lsc_picture_has_view (LscPicture *self)
{
  g_return_val_if_fail (LSC_IS_PICTURE (self), FALSE);
  return self->has_view;
}

const LscTimelineView *
lsc_picture_get_view (LscPicture *self)
{
  g_return_val_if_fail (LSC_IS_PICTURE (self), NULL);
  return self->has_view ? &self->view : NULL;
}

const char *
lsc_picture_get_title (LscPicture *self)
{
  g_return_val_if_fail (LSC_IS_PICTURE (self), NULL);
  return self->profile != NULL ? lsc_profile_get_title (self->profile)
                               : lsc_scene_get_title (self->scene);
}

void
lsc_picture_set_title (LscPicture *self, const char *title)
{
  g_return_if_fail (LSC_IS_PICTURE (self));

  if (self->profile != NULL)
    lsc_profile_set_title (self->profile, title);
  else
    lsc_scene_set_title (self->scene, title);
}

gboolean
lsc_picture_export (LscPicture              *self,
                    const LscPictureOptions *options,
                    const char              *path,
                    GCancellable            *cancellable,
                    GError                 **error)
{
  g_autoptr (LscReport) report = NULL;

  g_return_val_if_fail (LSC_IS_PICTURE (self), FALSE);

  if (self->profile == NULL)
    return lsc_export_picture (self->scene, options, path, cancellable, error);
  report = lsc_report_new (self->profile);
  return lsc_export_bars (self->profile, report, &self->request, options, path, cancellable, error);
}

GBytes *
lsc_picture_export_bytes (LscPicture *self, const LscPictureOptions *options, GError **error)
{
  g_autoptr (LscReport) report = NULL;

  g_return_val_if_fail (LSC_IS_PICTURE (self), NULL);

  if (self->profile == NULL)
    return lsc_export_picture_bytes (self->scene, options, error);
  report = lsc_report_new (self->profile);
  return lsc_export_bars_bytes (self->profile, report, &self->request, options, error);
}

static void
lsc_picture_finalize (GObject *object)
{
  LscPicture *self = LSC_PICTURE (object);

  g_clear_object (&self->scene);
  g_clear_object (&self->profile);
  g_free (self->note);
  g_strfreev (self->against);
  G_OBJECT_CLASS (lsc_picture_parent_class)->finalize (object);
}

static void
lsc_picture_class_init (LscPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_picture_finalize;
}

static void
lsc_picture_init (LscPicture *self)
{
}
