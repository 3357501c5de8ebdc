#include "boundary.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/full.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/linspace.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/rand_like.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/randn_like.h>
#include <ATen/ops/randperm.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

using namespace granary;

#define SIZED(name)                                                                                          \
    gt_status gt_##name(const int64_t* sizes, int32_t n, gt_options options, gt_tensor* out) {               \
        return guard([&] { *out = give_new(at::name(list(sizes, n), options_of(options)), options); });      \
    }
SIZED(empty)
SIZED(zeros)
SIZED(ones)

#define SIZED_RANDOM(name)                                                                                                         \
    gt_status gt_##name(const int64_t* sizes, int32_t n, gt_generator generator, gt_options options, gt_tensor* out) {             \
        return guard([&] {                                                                                                         \
            *out = give_new(at::name(list(sizes, n), optional_generator(generator), options_of(options)), options);                \
        });                                                                                                                        \
    }
SIZED_RANDOM(rand)
SIZED_RANDOM(randn)

#define LIKE(name)                                                                                     \
    gt_status gt_##name(gt_tensor self, gt_options options, gt_tensor* out) {                          \
        return guard([&] { *out = give_new(at::name(In(self), options_of(options)), options); });      \
    }
LIKE(empty_like)
LIKE(zeros_like)
LIKE(ones_like)
LIKE(rand_like)
LIKE(randn_like)

gt_status gt_full_like(gt_tensor self, gt_scalar value, gt_options options, gt_tensor* out) {
    return guard([&] { *out = give_new(at::full_like(In(self), scalar(value), options_of(options)), options); });
}

gt_status gt_full(const int64_t* sizes, int32_t n, gt_scalar value, gt_options options, gt_tensor* out) {
    return guard([&] { *out = give_new(at::full(list(sizes, n), scalar(value), options_of(options)), options); });
}

gt_status gt_randint(int64_t low, int64_t high, const int64_t* sizes, int32_t n, gt_generator generator, gt_options options, gt_tensor* out) {
    return guard([&] {
        *out = give_new(at::randint(low, high, list(sizes, n), optional_generator(generator), options_of(options)), options);
    });
}

gt_status gt_randperm(int64_t n, gt_generator generator, gt_options options, gt_tensor* out) {
    return guard([&] { *out = give_new(at::randperm(n, optional_generator(generator), options_of(options)), options); });
}

gt_status gt_arange(gt_scalar start, gt_scalar stop, gt_scalar step, gt_options options, gt_tensor* out) {
    return guard([&] { *out = give_new(at::arange(scalar(start), scalar(stop), scalar(step), options_of(options)), options); });
}

gt_status gt_linspace(double start, double end, int64_t steps, gt_options options, gt_tensor* out) {
    return guard([&] { *out = give_new(at::linspace(start, end, steps, options_of(options)), options); });
}

gt_status gt_eye(int64_t rows, int64_t columns, gt_options options, gt_tensor* out) {
    return guard([&] { *out = give_new(at::eye(rows, columns, options_of(options)), options); });
}
