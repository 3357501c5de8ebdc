// Two-dimensional convolution. libtorch hands it to oneDNN, whose kernels want channels in sixteens: with few of them (the first
// layers, LeNet's all) most of their lanes are empty, and ours are several times as fast.
#include "kernels/kernels.h"
#include "layers.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/convolution_backward.h>
#include <ATen/ops/empty.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <memory>

namespace granary {

namespace {

// A sum over the batch is cut into this many parts at most, whatever the number of threads, so that its bits do not depend on it.
constexpr int64_t parts = 8;

ConvShape shape_of(const at::Tensor& input, const at::Tensor& weight, at::IntArrayRef padding) {
    return {input.size(1), input.size(2), input.size(3), weight.size(0), weight.size(2), weight.size(3), padding[0], padding[1]};
}

bool few_channels(const ConvShape& s) {
    const int64_t kernel = s.kernel_height * s.kernel_width;
    return kernel > 1 && s.kernel_height <= 7 && s.kernel_width <= 7 && s.channels < 16 && s.outputs <= 32;
}

bool applies(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias, at::IntArrayRef stride, at::IntArrayRef padding,
             at::IntArrayRef dilation, int64_t groups) {
    if (kernels() == nullptr || groups != 1 || input.dim() != 4 || weight.dim() != 4 || !is_plain(input) || !is_plain(weight)) return false;
    if (bias.defined() && (!is_plain(bias) || bias.dim() != 1 || bias.size(0) != weight.size(0))) return false;
    if (input.size(1) != weight.size(1) || input.numel() == 0 || weight.numel() == 0) return false;
    for (int i = 0; i < 2; ++i) {
        if (stride[i] != 1 || dilation[i] != 1 || padding[i] < 0 || padding[i] >= weight.size(2 + i)) return false;
    }
    const ConvShape s = shape_of(input, weight, padding);
    return s.out_height() > 0 && s.out_width() > 0 && few_channels(s);
}

std::unique_ptr<float[]> memory(int64_t floats) { return std::unique_ptr<float[]>(new float[floats]); }

void run(const ConvShape& s, const float* x, const float* weight, bool flipped, const float* bias, float* y, int64_t batch) {
    const Kernels& k = *kernels();
    const auto packed = memory(s.outputs * s.taps());
    pack_weights(s, weight, flipped, k.output_block, packed.get());
    at::parallel_for(0, batch, 1, [&](int64_t first, int64_t last) {
        const auto scratch = memory(k.conv_scratch(s));
        k.conv(s, x, packed.get(), bias, y, first, last, scratch.get());
    });
}

void weight_gradient(const ConvShape& s, const float* x, const float* dy, float* dw, float* db, int64_t batch) {
    const Kernels& k = *kernels();
    const int64_t weights = s.outputs * s.taps(), all = weights + s.outputs, count = std::min(batch, parts);
    const auto sums = memory(count * all);
    at::parallel_for(0, count, 1, [&](int64_t first, int64_t last) {
        const auto scratch = memory(k.conv_weight_scratch(s));
        for (int64_t i = first; i < last; ++i) {
            float* const part = sums.get() + i * all;
            k.conv_weight(s, x, dy, part, part + weights, batch * i / count, batch * (i + 1) / count, scratch.get());
        }
    });
    for (int64_t i = 0; i < weights; ++i) {
        float total = 0;
        for (int64_t p = 0; p < count; ++p) total += sums[p * all + i];
        dw[i] = total;
    }
    if (db == nullptr) return;
    for (int64_t i = 0; i < s.outputs; ++i) {
        float total = 0;
        for (int64_t p = 0; p < count; ++p) total += sums[p * all + weights + i];
        db[i] = total;
    }
}

class FewChannels final : public torch::autograd::Function<FewChannels> {
public:
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& input, const at::Tensor& weight,
                              const Optional<at::Tensor>& bias, int64_t pad_height, int64_t pad_width) {
        context->save_for_backward({input, weight});
        context->saved_data["pad_height"] = pad_height;
        context->saved_data["pad_width"] = pad_width;
        context->saved_data["bias"] = bias.has_value();
        const ConvShape s = shape_of(input, weight, {pad_height, pad_width});
        at::Tensor result = at::empty({input.size(0), s.outputs, s.out_height(), s.out_width()}, input.options());
        run(s, input.data_ptr<float>(), weight.data_ptr<float>(), false, bias.has_value() ? bias->data_ptr<float>() : nullptr,
            result.data_ptr<float>(), input.size(0));
        return result;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list grads) {
        const auto saved = context->get_saved_variables();
        const at::Tensor &input = saved[0], &weight = saved[1];
        const int64_t padding[] = {context->saved_data["pad_height"].toInt(), context->saved_data["pad_width"].toInt()};
        const bool with_bias = context->saved_data["bias"].toBool();
        const bool needs_input = context->needs_input_grad(0), needs_weight = context->needs_input_grad(1);
        const bool needs_bias = with_bias && context->needs_input_grad(2);
        if (!grads[0].defined()) return torch::autograd::variable_list(5);

        // A backward that is itself recorded goes through operations that have a derivative.
        if (at::GradMode::is_enabled() || grads[0].scalar_type() != at::kFloat || !grads[0].device().is_cpu()) {
            const int64_t sizes[] = {weight.size(0)}, ones[] = {1, 1}, none[] = {0, 0};
            auto [dx, dw, db] = at::convolution_backward(grads[0], input, weight, at::IntArrayRef(sizes), ones, padding, ones, false, none, 1,
                                                         {needs_input, needs_weight, needs_bias});
            return {dx, dw, db, at::Tensor(), at::Tensor()};
        }

        const at::Tensor dy = grads[0].contiguous();
        const ConvShape s = shape_of(input, weight, padding);
        at::Tensor dx, dw, db;
        if (needs_weight || needs_bias) {
            dw = at::empty(weight.sizes(), weight.options());
            if (needs_bias) db = at::empty({s.outputs}, weight.options());
            weight_gradient(s, input.data_ptr<float>(), dy.data_ptr<float>(), dw.data_ptr<float>(), needs_bias ? db.data_ptr<float>() : nullptr,
                            input.size(0));
            if (!needs_weight) dw.reset();
        }
        if (needs_input) {
            dx = at::empty(input.sizes(), input.options());
            run(s.transposed(), dy.data_ptr<float>(), weight.data_ptr<float>(), true, nullptr, dx.data_ptr<float>(), input.size(0));
        }
        return {dx, dw, db, at::Tensor(), at::Tensor()};
    }
};

}  // namespace

at::Tensor conv2d(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias, at::IntArrayRef stride, at::IntArrayRef padding,
                  at::IntArrayRef dilation, int64_t groups) {
    const Optional<at::Tensor> added = bias.defined() ? Optional<at::Tensor>(bias) : Optional<at::Tensor>();
    if (applies(input, weight, bias, stride, padding, dilation, groups)) return FewChannels::apply(input, weight, added, padding[0], padding[1]);
    return at::conv2d(input, weight, added, stride, padding, dilation, groups);
}

}  // namespace granary
