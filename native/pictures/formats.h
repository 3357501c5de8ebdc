/* What pictures.c, jpeg.c and png.c share. */
#ifndef GRANARY_FORMATS_H
#define GRANARY_FORMATS_H

#include "pictures.h"

typedef struct {
  const uint8_t *data;
  size_t size;
  int32_t denominator;
  uint8_t *pixels; /* null: only the header is read */
  size_t capacity;
  gp_shape *shape;
  char *message;
} gp_task;

int32_t gp_read_jpeg(const gp_task *task);
int32_t gp_read_png(const gp_task *task);

/* GP_OK when the size is within the limits, else GP_TOO_LARGE and the message. */
int32_t gp_check_size(const gp_task *task, unsigned long width, unsigned long height);

/* Whether a result of that size fits; else the message. */
int gp_fits(const gp_task *task, size_t width, size_t height);

#endif
