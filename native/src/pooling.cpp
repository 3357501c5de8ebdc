// Greatest values of windows over planes. libtorch's own loop for this order of axes writes eight bytes of index for four of value and
// looks at one element at a time.
#include "kernels/kernels.h"
#include "layers.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/max_pool2d_with_indices.h>
#include <ATen/ops/max_pool2d_with_indices_backward.h>
#include <torch/csrc/autograd/custom_function.h>

namespace granary {

namespace {

PoolShape shape_of(at::IntArrayRef sizes, at::IntArrayRef kernel, at::IntArrayRef stride, at::IntArrayRef padding) {
    const int64_t out_height = (sizes[2] + 2 * padding[0] - kernel[0]) / stride[0] + 1, out_width = (sizes[3] + 2 * padding[1] - kernel[1]) / stride[1] + 1;
    return {sizes[2], sizes[3], out_height, out_width, kernel[0], kernel[1], stride[0], stride[1], padding[0], padding[1]};
}

bool applies(const at::Tensor& input, at::IntArrayRef kernel, at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool ceil_mode) {
    if (kernels() == nullptr || ceil_mode || input.dim() != 4 || !is_plain(input) || input.numel() == 0) return false;
    for (int i = 0; i < 2; ++i) {
        // The same windows that libtorch accepts, and few enough places for a byte.
        if (dilation[i] != 1 || stride[i] < 1 || kernel[i] < 1 || kernel[i] > 15 || padding[i] < 0 || 2 * padding[i] > kernel[i]) return false;
        if (input.size(2 + i) + 2 * padding[i] < kernel[i]) return false;
    }
    return true;
}

// Planes per task.
int64_t grain(const PoolShape& s) { return std::max<int64_t>(1, 16384 / (s.height * s.width)); }

class Greatest final : public torch::autograd::Function<Greatest> {
public:
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& input, at::IntArrayRef kernel, at::IntArrayRef stride,
                              at::IntArrayRef padding) {
        const PoolShape s = shape_of(input.sizes(), kernel, stride, padding);
        const int64_t planes = input.size(0) * input.size(1);
        at::Tensor result = at::empty({input.size(0), input.size(1), s.out_height, s.out_width}, input.options());
        const at::Tensor where = at::empty(result.sizes(), result.options().dtype(at::kByte));
        const float* const x = input.data_ptr<float>();
        float* const y = result.data_ptr<float>();
        uint8_t* const w = where.data_ptr<uint8_t>();
        at::parallel_for(0, planes, grain(s), [&](int64_t first, int64_t last) { kernels()->max_pool(s, x, y, w, first, last); });
        // The input is for a backward that is itself recorded.
        context->save_for_backward({input, where});
        context->saved_data["kernel"] = kernel;
        context->saved_data["stride"] = stride;
        context->saved_data["padding"] = padding;
        return result;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list grads) {
        torch::autograd::variable_list result(4);
        if (!grads[0].defined()) return result;
        const auto saved = context->get_saved_variables();
        const std::vector<int64_t> kernel = context->saved_data["kernel"].toIntVector(), stride = context->saved_data["stride"].toIntVector();
        const std::vector<int64_t> padding = context->saved_data["padding"].toIntVector();
        const int64_t ones[] = {1, 1};
        if (at::GradMode::is_enabled() || grads[0].scalar_type() != at::kFloat || !grads[0].device().is_cpu()) {
            const at::Tensor indices = std::get<1>(at::max_pool2d_with_indices(saved[0].detach(), kernel, stride, padding, ones, false));
            result[0] = at::max_pool2d_with_indices_backward(grads[0], saved[0], kernel, stride, padding, ones, false, indices);
            return result;
        }

        const at::Tensor dy = grads[0].contiguous();
        const PoolShape s = shape_of(saved[0].sizes(), kernel, stride, padding);
        result[0] = at::empty(saved[0].sizes(), saved[0].options());
        const float* const g = dy.data_ptr<float>();
        const uint8_t* const w = saved[1].data_ptr<uint8_t>();
        float* const dx = result[0].data_ptr<float>();
        at::parallel_for(0, saved[0].size(0) * saved[0].size(1), grain(s),
                         [&](int64_t first, int64_t last) { kernels()->max_pool_backward(s, g, w, dx, first, last); });
        return result;
    }
};

}  // namespace

at::Tensor max_pool2d(const at::Tensor& input, at::IntArrayRef kernel, at::IntArrayRef stride, at::IntArrayRef padding,
                      at::IntArrayRef dilation, bool ceil_mode) {
    if (applies(input, kernel, stride, padding, dilation, ceil_mode)) return Greatest::apply(input, kernel, stride, padding);
    return at::max_pool2d(input, kernel, stride, padding, dilation, ceil_mode);
}

}  // namespace granary
