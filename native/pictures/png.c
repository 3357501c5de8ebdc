#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <png.h>

#include "formats.h"

typedef struct {
  const gp_task *task;
  size_t position;
  int32_t status;
} gp_png_state;

static void on_error(png_structp png, png_const_charp text) {
  gp_png_state *state = png_get_error_ptr(png);
  if (state->status == GP_OK) {
    state->status = strstr(text, "emory") ? GP_NO_MEMORY : GP_DAMAGED;
    snprintf(state->task->message, GP_MESSAGE_BYTES, "%s", text);
  }
  png_longjmp(png, 1);
}

/* libpng warns about what is beside the pixels: text, time, colour profiles. */
static void on_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void on_read(png_structp png, png_bytep target, size_t count) {
  gp_png_state *state = png_get_io_ptr(png);
  if (state->task->size - state->position < count) png_error(png, "the file ends too early");
  memcpy(target, state->task->data + state->position, count);
  state->position += count;
}

/* Whatever the file has, rows of R, G, B bytes. */
static void choose_output(png_structp png) {
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  png_set_strip_alpha(png);
}

static void read_all(png_structp png, png_infop info, gp_png_state *state) {
  const gp_task *task = state->task;
  png_set_user_limits(png, GP_MAX_SIDE, GP_MAX_SIDE);
  png_set_read_fn(png, state, on_read);
  png_read_info(png, info);
  size_t width = png_get_image_width(png, info), height = png_get_image_height(png, info);
  task->shape->width = (int32_t)width;
  task->shape->height = (int32_t)height;
  state->status = gp_check_size(task, width, height);
  if (state->status != GP_OK || task->pixels == NULL) return;
  choose_output(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  if (!gp_fits(task, width, height) || png_get_rowbytes(png, info) != 3 * width) {
    state->status = GP_BAD_ARGUMENT;
    return;
  }
  for (int pass = 0; pass < passes; pass++) {
    for (size_t y = 0; y < height; y++) png_read_row(png, task->pixels + 3 * width * y, NULL);
  }
  /* To the end chunk: a file that lacks it is cut off. */
  png_read_end(png, NULL);
}

int32_t gp_read_png(const gp_task *task) {
  gp_png_state state = {task, 0, GP_OK};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state, on_error, on_warning);
  png_infop info = png == NULL ? NULL : png_create_info_struct(png);
  if (info == NULL) {
    png_destroy_read_struct(png == NULL ? NULL : &png, NULL, NULL);
    snprintf(task->message, GP_MESSAGE_BYTES, "out of memory");
    return GP_NO_MEMORY;
  }
  /* png and info do not change after this; state is in memory because libpng holds its address. */
  if (!setjmp(png_jmpbuf(png))) read_all(png, info, &state);
  png_destroy_read_struct(&png, &info, NULL);
  return state.status;
}
