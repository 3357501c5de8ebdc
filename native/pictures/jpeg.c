#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "formats.h"

/* libjpeg reports through callbacks that must not return; each ends the decoding by a jump to where it began. */
typedef struct {
  struct jpeg_error_mgr base;
  struct jpeg_progress_mgr progress;
  jmp_buf failed;
  const gp_task *task;
  int32_t status;
} gp_jpeg_errors;

static gp_jpeg_errors *errors_of(j_common_ptr info) { return (gp_jpeg_errors *)info->err; }

static void fail(j_common_ptr info, int32_t status) {
  gp_jpeg_errors *errors = errors_of(info);
  errors->status = status;
  longjmp(errors->failed, 1);
}

static void on_error(j_common_ptr info) {
  gp_jpeg_errors *errors = errors_of(info);
  char text[JMSG_LENGTH_MAX];
  errors->base.format_message(info, text);
  snprintf(errors->task->message, GP_MESSAGE_BYTES, "%s", text);
  fail(info, errors->base.msg_code == JERR_OUT_OF_MEMORY || errors->base.msg_code == JERR_NO_BACKING_STORE ? GP_NO_MEMORY : GP_DAMAGED);
}

/* libjpeg goes on after damage and fills in grey. These warnings leave every sample as its encoder meant it; all others are damage. */
static int harmless(int code) {
  return code == JWRN_ADOBE_XFORM || code == JWRN_EXTRANEOUS_DATA || code == JWRN_JFIF_MAJOR || code == JWRN_NOT_SEQUENTIAL ||
         code == JWRN_TOO_MUCH_DATA || code == JWRN_BOGUS_ICC;
}

static void on_message(j_common_ptr info, int level) {
  if (level < 0 && !harmless(info->err->msg_code)) on_error(info);
}

static void on_output(j_common_ptr info) { (void)info; }

static void on_progress(j_common_ptr info) {
  if (!info->is_decompressor || ((j_decompress_ptr)info)->input_scan_number <= GP_MAX_SCANS) return;
  snprintf(errors_of(info)->task->message, GP_MESSAGE_BYTES, "more than %d scans", GP_MAX_SCANS);
  fail(info, GP_UNSUPPORTED);
}

/* Adobe's programs store inverted ink: 255 is none. */
static void cmyk_to_rgb(const uint8_t *row, uint8_t *rgb, size_t width, int inverted) {
  for (size_t x = 0; x < width; x++) {
    unsigned key = inverted ? row[4 * x + 3] : 255u - row[4 * x + 3];
    for (int c = 0; c < 3; c++) {
      unsigned light = inverted ? row[4 * x + c] : 255u - row[4 * x + c];
      rgb[3 * x + c] = (uint8_t)((light * key + 127) / 255);
    }
  }
}

static int32_t choose_output(struct jpeg_decompress_struct *info, const gp_task *task) {
  switch (info->jpeg_color_space) {
    case JCS_GRAYSCALE:
    case JCS_YCbCr:
    case JCS_RGB:
      info->out_color_space = JCS_RGB;
      break;
    case JCS_CMYK:
    case JCS_YCCK:
      info->out_color_space = JCS_CMYK;
      break;
    default:
      snprintf(task->message, GP_MESSAGE_BYTES, "%d components of no known colour space, expected grey, colour or CMYK",
               info->num_components);
      return GP_UNSUPPORTED;
  }
  info->scale_num = 1;
  info->scale_denom = (unsigned)task->denominator;
  return GP_OK;
}

static void read_rows(struct jpeg_decompress_struct *info, const gp_task *task) {
  size_t width = info->output_width;
  /* libjpeg's pool: it goes with the decompressor, also after a jump. */
  uint8_t *ink = info->out_color_space != JCS_CMYK
                     ? NULL
                     : (*info->mem->alloc_large)((j_common_ptr)info, JPOOL_IMAGE, 4 * width);
  while (info->output_scanline < info->output_height) {
    uint8_t *target = task->pixels + 3 * width * info->output_scanline;
    JSAMPROW row = ink ? ink : target;
    if (jpeg_read_scanlines(info, &row, 1) == 1 && ink) cmyk_to_rgb(ink, target, width, info->saw_Adobe_marker);
  }
}

static int32_t read_all(struct jpeg_decompress_struct *info, const gp_task *task) {
  int32_t status;
  jpeg_mem_src(info, task->data, (unsigned long)task->size);
  jpeg_read_header(info, TRUE);
  task->shape->width = (int32_t)info->image_width;
  task->shape->height = (int32_t)info->image_height;
  if ((status = gp_check_size(task, info->image_width, info->image_height)) != GP_OK) return status;
  if ((status = choose_output(info, task)) != GP_OK || task->pixels == NULL) return status;
  jpeg_start_decompress(info);
  task->shape->width = (int32_t)info->output_width;
  task->shape->height = (int32_t)info->output_height;
  if (!gp_fits(task, info->output_width, info->output_height)) return GP_BAD_ARGUMENT;
  read_rows(info, task);
  /* Up to the end marker: a file that lacks it is cut off. */
  jpeg_finish_decompress(info);
  return GP_OK;
}

int32_t gp_read_jpeg(const gp_task *task) {
  struct jpeg_decompress_struct info;
  gp_jpeg_errors errors;
  memset(&info, 0, sizeof info);
  memset(&errors, 0, sizeof errors);
  info.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = on_error;
  errors.base.emit_message = on_message;
  errors.base.output_message = on_output;
  errors.progress.progress_monitor = on_progress;
  errors.task = task;
  if (setjmp(errors.failed)) {
    jpeg_destroy_decompress(&info);
    return errors.status;
  }
  jpeg_create_decompress(&info);
  info.progress = &errors.progress;
  errors.status = read_all(&info, task);
  jpeg_destroy_decompress(&info);
  return errors.status;
}
