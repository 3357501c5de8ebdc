// Comparing with a number, counting and histograms: loops of our own for the common case, libtorch's operators for everything else.
#include "counting.h"

#include "boundary.h"

#include <ATen/ops/count_nonzero.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/histc.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/zeros.h>

using namespace granary;

namespace {

bool plain(const at::Tensor& input, at::ScalarType type) {
    return input.is_cpu() && input.layout() == at::kStrided && input.scalar_type() == type && input.is_contiguous();
}

// libtorch 1.13 compares floats to booleans one by one.
template <class Compare, class Otherwise>
at::Tensor compare(const at::Tensor& input, const c10::Scalar& other, Compare&& compare, Otherwise&& otherwise) {
    if (!plain(input, at::kFloat) || other.isComplex()) return otherwise();
    at::Tensor result = at::empty_like(input, input.options().dtype(at::kBool));
    compare(input.data_ptr<float>(), reinterpret_cast<uint8_t*>(result.data_ptr<bool>()), input.numel(), other.to<float>());
    return result;
}

// libtorch 1.13 takes 8 ns per number here, and counts NaN to the first bin; 2.x leaves NaN out, as this does.
at::Tensor histogram(const at::Tensor& input, int64_t bins, float low, float high) {
    at::Tensor result = at::zeros({bins}, input.options());
    const float* numbers = input.data_ptr<float>();
    const int64_t length = input.numel();
    const int64_t stride = length > 1 ? input.stride(0) : 1;
    // Neighbours often fall into the same bin: four counters each, so that an increment need not wait for the one before.
    std::vector<int64_t> counts(static_cast<size_t>(4 * (bins + 1)), 0);
    const float range = high - low;
    for (int64_t i = 0; i < length; ++i) {
        const float number = numbers[i * stride];
        // The last bin has both its edges; bin number `bins` takes what belongs to none.
        int64_t bin = bins;
        if (number >= low && number <= high) bin = static_cast<int64_t>((number - low) * static_cast<float>(bins) / range);
        if (number == high) bin = bins - 1;
        ++counts[static_cast<size_t>(4 * bin + (i & 3))];
    }

    float* out = result.data_ptr<float>();
    for (int64_t bin = 0; bin < bins; ++bin) {
        const int64_t* four = &counts[static_cast<size_t>(4 * bin)];
        out[bin] = static_cast<float>(four[0] + four[1] + four[2] + four[3]);
    }
    return result;
}

}  // namespace

gt_status gt_le_scalar(gt_tensor self, gt_scalar other, gt_tensor* out) {
    return guard([&] {
        const In input(self);
        *out = give(compare(*input, scalar(other), at_most, [&] { return input->le(scalar(other)); }));
    });
}

gt_status gt_lt_scalar(gt_tensor self, gt_scalar other, gt_tensor* out) {
    return guard([&] {
        const In input(self);
        *out = give(compare(*input, scalar(other), below, [&] { return input->lt(scalar(other)); }));
    });
}

gt_status gt_count_nonzero(gt_tensor self, const int64_t* dims, int32_t n, gt_tensor* out) {
    return guard([&] {
        const In input(self);
        if (n == 0 && plain(*input, at::kBool)) {
            const int64_t count = ones(reinterpret_cast<const uint8_t*>(input->data_ptr<bool>()), input->numel());
            *out = give(at::scalar_tensor(count, at::TensorOptions(at::kLong)));
        } else {
            *out = give(n == 0 ? at::count_nonzero(*input, Optional<int64_t>()) : at::count_nonzero(*input, list(dims, n)));
        }
    });
}

gt_status gt_histc(gt_tensor self, int64_t bins, double min, double max, gt_tensor* out) {
    return guard([&] {
        const In input(self);
        const bool ours = input->is_cpu() && input->layout() == at::kStrided && input->scalar_type() == at::kFloat && input->dim() == 1 &&
                          bins > 0 && min < max;
        *out = give(ours ? histogram(*input, bins, static_cast<float>(min), static_cast<float>(max)) : at::histc(*input, bins, min, max));
    });
}
