// Layers and losses as functions.
#include "layers.h"

#include <ATen/core/Reduction.h>
#include <ATen/ops/adaptive_avg_pool2d.h>
#include <ATen/ops/adaptive_max_pool2d.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/conv1d.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv3d.h>
#include <ATen/ops/conv_transpose1d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/conv_transpose3d.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/dropout.h>
#include <ATen/ops/l1_loss.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/max_pool2d_with_indices.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/nll_loss_nd.h>
#include <ATen/ops/one_hot.h>
#include <ATen/ops/pad.h>
#include <ATen/ops/softmax.h>

using namespace granary;

gt_status gt_linear(gt_tensor input, gt_tensor weight, gt_tensor bias, gt_tensor* out) {
    return guard([&] { *out = give(at::linear(In(input), In(weight), optional(bias))); });
}

gt_status gt_conv(gt_tensor input, gt_tensor weight, gt_tensor bias, int32_t n, const int64_t* stride, const int64_t* padding,
                  const int64_t* dilation, int64_t groups, gt_tensor* out) {
    return guard([&] {
        In x(input), w(weight);
        const at::IntArrayRef s = list(stride, n), p = list(padding, n), d = list(dilation, n);
        switch (n) {
            case 1: *out = give(at::conv1d(x, w, optional(bias), s, p, d, groups)); break;
            case 2: *out = give(conv2d(x, w, In(bias), s, p, d, groups)); break;
            case 3: *out = give(at::conv3d(x, w, optional(bias), s, p, d, groups)); break;
            default: TORCH_CHECK(false, "a convolution has 1, 2 or 3 spatial axes, not ", n);
        }
    });
}

gt_status gt_conv_same(gt_tensor input, gt_tensor weight, gt_tensor bias, int32_t n, const int64_t* stride, const int64_t* dilation,
                       int64_t groups, gt_tensor* out) {
    return guard([&] {
        In x(input), w(weight);
        const at::IntArrayRef s = list(stride, n), d = list(dilation, n);
        switch (n) {
            case 1: *out = give(at::conv1d(x, w, optional(bias), s, "same", d, groups)); break;
            case 2: *out = give(at::conv2d(x, w, optional(bias), s, "same", d, groups)); break;
            case 3: *out = give(at::conv3d(x, w, optional(bias), s, "same", d, groups)); break;
            default: TORCH_CHECK(false, "a convolution has 1, 2 or 3 spatial axes, not ", n);
        }
    });
}

gt_status gt_conv_transpose(gt_tensor input, gt_tensor weight, gt_tensor bias, int32_t n, const int64_t* stride, const int64_t* padding,
                            const int64_t* output_padding, const int64_t* dilation, int64_t groups, gt_tensor* out) {
    return guard([&] {
        In x(input), w(weight);
        const at::IntArrayRef s = list(stride, n), p = list(padding, n), o = list(output_padding, n), d = list(dilation, n);
        switch (n) {
            case 1: *out = give(at::conv_transpose1d(x, w, optional(bias), s, p, o, groups, d)); break;
            case 2: *out = give(at::conv_transpose2d(x, w, optional(bias), s, p, o, groups, d)); break;
            case 3: *out = give(at::conv_transpose3d(x, w, optional(bias), s, p, o, groups, d)); break;
            default: TORCH_CHECK(false, "a convolution has 1, 2 or 3 spatial axes, not ", n);
        }
    });
}

gt_status gt_batch_norm(gt_tensor input, gt_tensor mean, gt_tensor var, gt_tensor weight, gt_tensor bias, gt_tensor batches, int32_t training,
                        double momentum, double eps, gt_tensor* out) {
    return guard([&] {
        if (training != 0 && batches != nullptr) share(batches).add_(1);
        *out = give(batch_norm(In(input), {share(weight), share(bias), share(mean), share(var)}, training != 0, momentum, eps));
    });
}

gt_status gt_max_pool2d(gt_tensor input, const int64_t* kernel, const int64_t* stride, const int64_t* padding, const int64_t* dilation,
                        int32_t ceil_mode, gt_tensor* out) {
    return guard([&] {
        *out = give(max_pool2d(In(input), list(kernel, 2), list(stride, 2), list(padding, 2), list(dilation, 2), ceil_mode != 0));
    });
}

gt_status gt_max_pool2d_with_indices(gt_tensor input, const int64_t* kernel, const int64_t* stride, const int64_t* padding,
                                     const int64_t* dilation, int32_t ceil_mode, gt_tensor* out, gt_tensor* indices) {
    return guard([&] {
        auto [values, where] =
            at::max_pool2d_with_indices(In(input), list(kernel, 2), list(stride, 2), list(padding, 2), list(dilation, 2), ceil_mode != 0);
        *out = give(std::move(values));
        *indices = give(std::move(where));
    });
}

gt_status gt_avg_pool2d(gt_tensor input, const int64_t* kernel, const int64_t* stride, const int64_t* padding, int32_t ceil_mode,
                        int32_t count_include_pad, int64_t divisor, gt_tensor* out) {
    return guard([&] {
        *out = give(at::avg_pool2d(In(input), list(kernel, 2), list(stride, 2), list(padding, 2), ceil_mode != 0, count_include_pad != 0,
                                   divisor == 0 ? Optional<int64_t>() : Optional<int64_t>(divisor)));
    });
}

gt_status gt_adaptive_avg_pool2d(gt_tensor input, const int64_t* sizes, gt_tensor* out) {
    return guard([&] { *out = give(at::adaptive_avg_pool2d(In(input), list(sizes, 2))); });
}

gt_status gt_adaptive_max_pool2d(gt_tensor input, const int64_t* sizes, gt_tensor* out, gt_tensor* indices) {
    return guard([&] {
        auto [values, where] = at::adaptive_max_pool2d(In(input), list(sizes, 2));
        *out = give(std::move(values));
        *indices = give(std::move(where));
    });
}

gt_status gt_dropout(gt_tensor input, double p, int32_t training, gt_tensor* out) {
    return guard([&] { *out = give(at::dropout(In(input), p, training != 0)); });
}

gt_status gt_dropout_(gt_tensor input, double p, int32_t training) {
    return guard([&] {
        at::Tensor self = share(input);
        at::dropout_(self, p, training != 0);
    });
}

gt_status gt_softmax(gt_tensor input, int64_t dim, int32_t dtype, gt_tensor* out) {
    return guard([&] { *out = give(at::softmax(In(input), dim, optional_dtype(dtype))); });
}

gt_status gt_log_softmax(gt_tensor input, int64_t dim, int32_t dtype, gt_tensor* out) {
    return guard([&] { *out = give(at::log_softmax(In(input), dim, optional_dtype(dtype))); });
}

gt_status gt_cross_entropy(gt_tensor input, gt_tensor target, gt_tensor weight, int32_t reduction, int64_t ignore_index,
                           double label_smoothing, gt_tensor* out) {
    return guard([&] {
        *out = give(at::cross_entropy_loss(In(input), In(target), optional(weight), reduction, ignore_index, label_smoothing));
    });
}

gt_status gt_nll_loss(gt_tensor input, gt_tensor target, gt_tensor weight, int32_t reduction, gt_tensor* out) {
    return guard([&] { *out = give(at::nll_loss_nd(In(input), In(target), optional(weight), reduction, -100)); });
}

gt_status gt_mse_loss(gt_tensor input, gt_tensor target, int32_t reduction, gt_tensor* out) {
    return guard([&] { *out = give(at::mse_loss(In(input), In(target), reduction)); });
}

gt_status gt_l1_loss(gt_tensor input, gt_tensor target, int32_t reduction, gt_tensor* out) {
    return guard([&] { *out = give(at::l1_loss(In(input), In(target), reduction)); });
}

gt_status gt_bce_with_logits(gt_tensor input, gt_tensor target, gt_tensor weight, gt_tensor pos_weight, int32_t reduction, gt_tensor* out) {
    return guard([&] {
        *out = give(at::binary_cross_entropy_with_logits(In(input), In(target), optional(weight), optional(pos_weight), reduction));
    });
}

gt_status gt_one_hot(gt_tensor input, int64_t classes, gt_tensor* out) {
    return guard([&] { *out = give(at::one_hot(In(input), classes)); });
}

gt_status gt_pad(gt_tensor input, const int64_t* pad, int32_t n, int32_t mode, double value, gt_tensor* out) {
    return guard([&] {
        static const char* const names[] = {"constant", "reflect", "replicate", "circular", "constant"};
        TORCH_CHECK(mode >= 0 && mode < 5, "unknown padding mode ", mode);
        // Only the constant mode takes a value.
        const bool constant = mode == 0 || mode == 4;
        *out = give(at::pad(In(input), list(pad, n), names[mode], constant ? Optional<double>(value) : Optional<double>()));
    });
}
