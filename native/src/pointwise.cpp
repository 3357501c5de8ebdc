// The operations that the header lists by name, and element-wise operations with more parameters.
#include "boundary.h"

#include <ATen/ops/addcdiv.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/rsub.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/where.h>

using namespace granary;

#define DEFINE(name) \
    gt_status gt_##name(gt_tensor self, gt_tensor* out) { return guard([&] { *out = give(In(self)->name()); }); }
GT_UNARY(DEFINE)
#undef DEFINE

#define DEFINE(name) \
    gt_status gt_##name##_(gt_tensor self) { return guard([&] { share(self).name##_(); }); }
GT_UNARY_INPLACE(DEFINE)
#undef DEFINE

#define DEFINE(name)                                                       \
    gt_status gt_##name(gt_tensor self, gt_tensor other, gt_tensor* out) { \
        return guard([&] { *out = give(In(self)->name(In(other))); });     \
    }
GT_BINARY(DEFINE)
#undef DEFINE

#define DEFINE(name) \
    gt_status gt_##name##_(gt_tensor self, gt_tensor other) { return guard([&] { share(self).name##_(In(other)); }); }
GT_BINARY_INPLACE(DEFINE)
#undef DEFINE

#define DEFINE(name)                                                                \
    gt_status gt_##name##_scalar(gt_tensor self, gt_scalar other, gt_tensor* out) { \
        return guard([&] { *out = give(In(self)->name(scalar(other))); });          \
    }
GT_BINARY_SCALAR(DEFINE)
#undef DEFINE

#define DEFINE(name) \
    gt_status gt_##name##_scalar_(gt_tensor self, gt_scalar other) { return guard([&] { share(self).name##_(scalar(other)); }); }
GT_BINARY_SCALAR_INPLACE(DEFINE)
#undef DEFINE

gt_status gt_add(gt_tensor self, gt_tensor other, gt_scalar alpha, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->add(In(other), scalar(alpha))); });
}

gt_status gt_add_(gt_tensor self, gt_tensor other, gt_scalar alpha) {
    return guard([&] { share(self).add_(In(other), scalar(alpha)); });
}

gt_status gt_add_scalar(gt_tensor self, gt_scalar other, gt_scalar alpha, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->add(scalar(other), scalar(alpha))); });
}

gt_status gt_add_scalar_(gt_tensor self, gt_scalar other, gt_scalar alpha) {
    return guard([&] { share(self).add_(scalar(other), scalar(alpha)); });
}

gt_status gt_sub(gt_tensor self, gt_tensor other, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->sub(In(other))); });
}

gt_status gt_sub_(gt_tensor self, gt_tensor other) {
    return guard([&] { share(self).sub_(In(other)); });
}

gt_status gt_sub_scalar(gt_tensor self, gt_scalar other, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->sub(scalar(other))); });
}

gt_status gt_sub_scalar_(gt_tensor self, gt_scalar other) {
    return guard([&] { share(self).sub_(scalar(other)); });
}

gt_status gt_rsub_scalar(gt_tensor self, gt_scalar other, gt_tensor* out) {
    return guard([&] { *out = give(at::rsub(In(self), scalar(other))); });
}

namespace {
Optional<c10::string_view> rounding_mode(int32_t rounding) {
    if (rounding == 1) return c10::string_view("trunc");
    if (rounding == 2) return c10::string_view("floor");
    return {};
}
}  // namespace

gt_status gt_div(gt_tensor self, gt_tensor other, int32_t rounding, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->div(In(other), rounding_mode(rounding))); });
}

gt_status gt_div_(gt_tensor self, gt_tensor other, int32_t rounding) {
    return guard([&] { share(self).div_(In(other), rounding_mode(rounding)); });
}

gt_status gt_div_scalar(gt_tensor self, gt_scalar other, int32_t rounding, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->div(scalar(other), rounding_mode(rounding))); });
}

gt_status gt_div_scalar_(gt_tensor self, gt_scalar other, int32_t rounding) {
    return guard([&] { share(self).div_(scalar(other), rounding_mode(rounding)); });
}

gt_status gt_addcmul(gt_tensor self, gt_tensor a, gt_tensor b, gt_scalar value, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->addcmul(In(a), In(b), scalar(value))); });
}

gt_status gt_addcmul_(gt_tensor self, gt_tensor a, gt_tensor b, gt_scalar value) {
    return guard([&] { share(self).addcmul_(In(a), In(b), scalar(value)); });
}

gt_status gt_addcdiv(gt_tensor self, gt_tensor a, gt_tensor b, gt_scalar value, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->addcdiv(In(a), In(b), scalar(value))); });
}

gt_status gt_addcdiv_(gt_tensor self, gt_tensor a, gt_tensor b, gt_scalar value) {
    return guard([&] { share(self).addcdiv_(In(a), In(b), scalar(value)); });
}

gt_status gt_addmm(gt_tensor self, gt_tensor a, gt_tensor b, double beta, double alpha, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->addmm(In(a), In(b), beta, alpha)); });
}

gt_status gt_lerp(gt_tensor self, gt_tensor end, gt_tensor weight, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->lerp(In(end), *In(weight))); });
}

gt_status gt_lerp_(gt_tensor self, gt_tensor end, gt_tensor weight) {
    return guard([&] { share(self).lerp_(In(end), *In(weight)); });
}

gt_status gt_clamp(gt_tensor self, gt_scalar min, gt_scalar max, gt_tensor* out) {
    return guard([&] {
        Optional<c10::Scalar> low, high;
        if (given(min)) low = scalar(min);
        if (given(max)) high = scalar(max);
        *out = give(In(self)->clamp(low, high));
    });
}

gt_status gt_clamp_(gt_tensor self, gt_scalar min, gt_scalar max) {
    return guard([&] {
        Optional<c10::Scalar> low, high;
        if (given(min)) low = scalar(min);
        if (given(max)) high = scalar(max);
        share(self).clamp_(low, high);
    });
}

gt_status gt_where(gt_tensor condition, gt_tensor self, gt_tensor other, gt_tensor* out) {
    return guard([&] { *out = give(at::where(In(condition), *In(self), *In(other))); });
}

gt_status gt_masked_fill(gt_tensor self, gt_tensor mask, gt_scalar value, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->masked_fill(In(mask), scalar(value))); });
}

gt_status gt_masked_fill_(gt_tensor self, gt_tensor mask, gt_scalar value) {
    return guard([&] { share(self).masked_fill_(In(mask), scalar(value)); });
}

gt_status gt_silu(gt_tensor self, gt_tensor* out) {
    return guard([&] { *out = give(at::silu(In(self))); });
}

gt_status gt_leaky_relu(gt_tensor self, gt_scalar slope, gt_tensor* out) {
    return guard([&] { *out = give(at::leaky_relu(In(self), scalar(slope))); });
}
