#include "boundary.h"

#include <ATen/ops/_upsample_bicubic2d_aa.h>
#include <ATen/ops/_upsample_bilinear2d_aa.h>
#include <ATen/ops/_upsample_nearest_exact1d.h>
#include <ATen/ops/_upsample_nearest_exact2d.h>
#include <ATen/ops/_upsample_nearest_exact3d.h>
#include <ATen/ops/adaptive_avg_pool1d.h>
#include <ATen/ops/adaptive_avg_pool2d.h>
#include <ATen/ops/adaptive_avg_pool3d.h>
#include <ATen/ops/upsample_bicubic2d.h>
#include <ATen/ops/upsample_bilinear2d.h>
#include <ATen/ops/upsample_linear1d.h>
#include <ATen/ops/upsample_nearest1d.h>
#include <ATen/ops/upsample_nearest2d.h>
#include <ATen/ops/upsample_nearest3d.h>
#include <ATen/ops/upsample_trilinear3d.h>

#include <cmath>

using namespace granary;

namespace {

enum Mode { nearest = 0, linear = 1, bilinear = 2, bicubic = 3, trilinear = 4, area = 5, nearest_exact = 6 };

using Sizes = std::vector<int64_t>;
using Scales = std::vector<Optional<double>>;

at::Tensor by_nearest(const at::Tensor& input, const Sizes& sizes, const Scales& scales) {
    switch (sizes.size()) {
        case 1: return at::upsample_nearest1d(input, sizes, scales[0]);
        case 2: return at::upsample_nearest2d(input, sizes, scales[0], scales[1]);
        default: return at::upsample_nearest3d(input, sizes, scales[0], scales[1], scales[2]);
    }
}

at::Tensor by_nearest_exact(const at::Tensor& input, const Sizes& sizes, const Scales& scales) {
    switch (sizes.size()) {
        case 1: return at::_upsample_nearest_exact1d(input, sizes, scales[0]);
        case 2: return at::_upsample_nearest_exact2d(input, sizes, scales[0], scales[1]);
        default: return at::_upsample_nearest_exact3d(input, sizes, scales[0], scales[1], scales[2]);
    }
}

at::Tensor by_area(const at::Tensor& input, const Sizes& sizes) {
    switch (sizes.size()) {
        case 1: return at::adaptive_avg_pool1d(input, sizes);
        case 2: return at::adaptive_avg_pool2d(input, sizes);
        default: return at::adaptive_avg_pool3d(input, sizes);
    }
}

at::Tensor resize(const at::Tensor& input, const Sizes& sizes, const Scales& scales, int32_t mode, bool align, bool antialias) {
    const size_t axes = sizes.size();
    switch (mode) {
        case nearest: return by_nearest(input, sizes, scales);
        case nearest_exact: return by_nearest_exact(input, sizes, scales);
        case area: return by_area(input, sizes);
        case linear:
            TORCH_CHECK(axes == 1, "linear interpolation needs a tensor of 3 axes (N, C, L)");
            return at::upsample_linear1d(input, sizes, align, scales[0]);
        case bilinear:
            TORCH_CHECK(axes == 2, "bilinear interpolation needs a tensor of 4 axes (N, C, H, W)");
            return antialias ? at::_upsample_bilinear2d_aa(input, sizes, align, scales[0], scales[1])
                             : at::upsample_bilinear2d(input, sizes, align, scales[0], scales[1]);
        case bicubic:
            TORCH_CHECK(axes == 2, "bicubic interpolation needs a tensor of 4 axes (N, C, H, W)");
            return antialias ? at::_upsample_bicubic2d_aa(input, sizes, align, scales[0], scales[1])
                             : at::upsample_bicubic2d(input, sizes, align, scales[0], scales[1]);
        case trilinear:
            TORCH_CHECK(axes == 3, "trilinear interpolation needs a tensor of 5 axes (N, C, D, H, W)");
            return at::upsample_trilinear3d(input, sizes, align, scales[0], scales[1], scales[2]);
        default: TORCH_CHECK(false, "unknown interpolation mode ", mode);
    }
}

}  // namespace

gt_status gt_interpolate(gt_tensor input, const int64_t* sizes, int32_t n, const double* scales, int32_t m, int32_t mode, int32_t align,
                         int32_t recompute, int32_t antialias, gt_tensor* out) {
    return guard([&] {
        In x(input);
        const int64_t axes = x->dim() - 2;
        TORCH_CHECK(axes >= 1 && axes <= 3, "interpolate takes a tensor of 3, 4 or 5 axes, not ", x->dim());
        TORCH_CHECK((n > 0) != (m > 0), "interpolate needs either a size or a scale factor");
        TORCH_CHECK(align == 0 || (mode >= linear && mode <= trilinear), "align_corners belongs to the linear and cubic modes");
        Sizes target;
        Scales factors;
        for (int64_t axis = 0; axis < axes; ++axis) {
            if (n > 0) {
                target.push_back(sizes[n == 1 ? 0 : axis]);
                factors.push_back({});
            } else {
                const double scale = scales[m == 1 ? 0 : axis];
                target.push_back(static_cast<int64_t>(std::floor(static_cast<double>(x->size(axis + 2)) * scale)));
                factors.push_back(recompute != 0 ? Optional<double>() : Optional<double>(scale));
            }
        }
        *out = give(resize(x, target, factors, mode, align == 1, antialias != 0));
    });
}
