#include <stdio.h>
#include <string.h>

#include "formats.h"

static const uint8_t jpeg_signature[] = {0xFF, 0xD8, 0xFF};
static const uint8_t png_signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

int32_t gp_check_size(const gp_task *task, unsigned long width, unsigned long height) {
  if (width <= GP_MAX_SIDE && height <= GP_MAX_SIDE && (uint64_t)width * height <= GP_MAX_PIXELS) return GP_OK;
  snprintf(task->message, GP_MESSAGE_BYTES, "%lux%lu pixels, expected sides of at most %d and at most %d pixels in all", width, height,
           GP_MAX_SIDE, GP_MAX_PIXELS);
  return GP_TOO_LARGE;
}

int gp_fits(const gp_task *task, size_t width, size_t height) {
  if (task->capacity / 3 >= width * height) return 1;
  snprintf(task->message, GP_MESSAGE_BYTES, "%zux%zu pixels do not fit in %zu bytes", width, height, task->capacity);
  return 0;
}

static int32_t read_any(const gp_task *task) {
  memset(task->shape, 0, sizeof *task->shape);
  task->message[0] = '\0';
  if (task->size >= sizeof jpeg_signature && !memcmp(task->data, jpeg_signature, sizeof jpeg_signature)) {
    task->shape->format = GP_JPEG;
    return gp_read_jpeg(task);
  }
  if (task->size >= sizeof png_signature && !memcmp(task->data, png_signature, sizeof png_signature)) {
    task->shape->format = GP_PNG;
    return gp_read_png(task);
  }
  return GP_UNKNOWN_FORMAT;
}

int32_t gp_measure(const uint8_t *data, size_t size, gp_shape *shape, char *message) {
  gp_task task = {data, size, 1, NULL, 0, shape, message};
  return read_any(&task);
}

int32_t gp_decode(const uint8_t *data, size_t size, int32_t denominator, uint8_t *pixels, size_t capacity, gp_shape *shape, char *message) {
  gp_task task = {data, size, denominator, pixels, capacity, shape, message};
  if (pixels == NULL || (denominator != 1 && denominator != 2 && denominator != 4 && denominator != 8)) {
    snprintf(message, GP_MESSAGE_BYTES, "decoding takes a place for the pixels and a denominator of 1, 2, 4 or 8");
    return GP_BAD_ARGUMENT;
  }
  return read_any(&task);
}
