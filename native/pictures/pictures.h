/* libgranary_pictures: JPEG and PNG files to RGB bytes. Its only caller is src/Trainer/Data/Decoding.
 *
 * Every function takes a whole file in memory, keeps nothing, and may be called from several threads at once. Anything may be in the
 * file: what is not a whole, sound picture of a bearable size gives a status and a message, never a half-read picture, and no crash. */
#ifndef GRANARY_PICTURES_H
#define GRANARY_PICTURES_H

#include <stddef.h>
#include <stdint.h>

#define GP_API __attribute__((visibility("default")))

/* Sides as in JPEG's own limit, area as in PIL's bound against decompression bombs. */
#define GP_MAX_SIDE 65500
#define GP_MAX_PIXELS 178956970
/* Scans of a progressive JPEG; encoders write about ten, and each costs time in proportion to the whole picture. */
#define GP_MAX_SCANS 200
/* Bytes of a message, the final zero counted. */
#define GP_MESSAGE_BYTES 256

enum {
  GP_OK = 0,
  GP_UNKNOWN_FORMAT = 1, /* neither JPEG nor PNG; the message is empty */
  GP_DAMAGED = 2,
  GP_TOO_LARGE = 3,
  GP_UNSUPPORTED = 4,
  GP_NO_MEMORY = 5,
  GP_BAD_ARGUMENT = 6
};

enum { GP_JPEG = 1, GP_PNG = 2 };

typedef struct {
  int32_t format;
  int32_t width;
  int32_t height;
} gp_shape;

/* Format and size from the file's header. message: GP_MESSAGE_BYTES bytes, what is wrong, in English, without a final dot. */
GP_API int32_t gp_measure(const uint8_t *data, size_t size, gp_shape *shape, char *message);

/* Decodes to rows of R, G, B bytes from the top. denominator 1, 2, 4 or 8: a JPEG comes out at that part of its size, sides rounded up,
 * straight from its frequency coefficients; a PNG always comes out whole. capacity: bytes at pixels, at least 3 x width x height of the
 * result. Grey pictures are repeated, CMYK becomes RGB, 16-bit samples are rounded to 8, transparency is dropped. */
GP_API int32_t gp_decode(const uint8_t *data, size_t size, int32_t denominator, uint8_t *pixels, size_t capacity, gp_shape *shape,
                         char *message);

#endif
