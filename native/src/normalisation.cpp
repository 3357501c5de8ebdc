// Batch normalisation. Evaluation and everything but float32 in main memory is libtorch's.
#include "kernels/kernels.h"
#include "layers.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/native_batch_norm_backward.h>
#include <torch/csrc/autograd/custom_function.h>

#include <functional>
#include <memory>
#include <tuple>

namespace granary {

namespace {

bool is_vector(const at::Tensor& tensor, int64_t n) { return !tensor.defined() || (is_plain(tensor) && tensor.dim() == 1 && tensor.size(0) == n); }

bool is_dense(const at::Tensor& tensor) {
    return is_plain(tensor) || (tensor.dim() == 4 && tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat &&
                                tensor.layout() == at::kStrided && tensor.is_contiguous(at::MemoryFormat::ChannelsLast));
}

NormShape shape_of(const at::Tensor& input) {
    const int64_t channels = input.size(1), plane = input.numel() / input.size(0) / channels;
    if (input.is_contiguous()) return {input.size(0), channels, plane};
    return {input.size(0) * plane, channels, 1};
}

bool applies(const at::Tensor& input, const NormTensors& t) {
    if (kernels() == nullptr || input.dim() < 2 || input.numel() == 0 || !is_dense(input)) return false;
    const int64_t channels = input.size(1);
    if (!is_vector(t.weight, channels) || !is_vector(t.bias, channels) || !is_vector(t.mean, channels) || !is_vector(t.var, channels)) return false;
    // libtorch's message for a single value per channel is the one to give.
    return input.numel() > channels && t.mean.defined() && t.var.defined();
}

float* data(const at::Tensor& tensor) { return tensor.defined() ? tensor.data_ptr<float>() : nullptr; }

// Elements per task.
constexpr int64_t grain = 32768;

int64_t channels_per_task(const NormShape& s) {
    const int64_t n = grain / (s.batch * s.plane);
    return n < 1 ? 1 : n;
}

void move(const at::Tensor& running, double momentum, int64_t channels, const std::function<double(int64_t)>& of) {
    float* const values = running.data_ptr<float>();
    for (int64_t c = 0; c < channels; ++c) values[c] = static_cast<float>(momentum * of(c) + (1 - momentum) * values[c]);
    running.unsafeGetTensorImpl()->bump_version();
}

class BatchStatistics final : public torch::autograd::Function<BatchStatistics> {
public:
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& input, const Optional<at::Tensor>& weight,
                              const Optional<at::Tensor>& bias, const at::Tensor& running_mean, const at::Tensor& running_var, double momentum,
                              double eps) {
        const NormShape s = shape_of(input);
        const at::Tensor scale = weight.value_or(at::Tensor()), shift = bias.value_or(at::Tensor());
        at::Tensor result = at::empty_like(input);
        const at::Tensor mean = at::empty({s.channels}, input.options()), invstd = at::empty({s.channels}, input.options());
        const std::unique_ptr<double[]> squares(new double[s.channels]);
        const NormForward a{data(input), data(scale), data(shift), eps, data(result), data(mean), data(invstd), squares.get()};
        at::parallel_for(0, s.channels, channels_per_task(s), [&](int64_t first, int64_t last) { kernels()->norm(s, a, first, last); });
        if (running_mean.defined()) {
            const double others = static_cast<double>(s.batch * s.plane - 1);
            move(running_mean, momentum, s.channels, [&](int64_t c) { return a.mean[c]; });
            move(running_var, momentum, s.channels, [&](int64_t c) { return squares[c] / others; });
        }
        context->save_for_backward({input, scale, mean, invstd, running_mean, running_var});
        context->saved_data["eps"] = eps;
        context->saved_data["weight"] = weight.has_value();
        context->saved_data["bias"] = bias.has_value();
        return result;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list grads) {
        torch::autograd::variable_list result(7);
        if (!grads[0].defined()) return result;
        const auto saved = context->get_saved_variables();
        const at::Tensor &input = saved[0], &weight = saved[1], &mean = saved[2], &invstd = saved[3];
        const bool with_weight = context->saved_data["weight"].toBool(), with_bias = context->saved_data["bias"].toBool();
        const bool needs_input = context->needs_input_grad(0), needs_weight = with_weight && context->needs_input_grad(1);
        const bool needs_bias = with_bias && context->needs_input_grad(with_weight ? 2 : 1);
        if (at::GradMode::is_enabled() || grads[0].scalar_type() != at::kFloat || !grads[0].device().is_cpu()) {
            const auto given = [](const at::Tensor& tensor) { return tensor.defined() ? Optional<at::Tensor>(tensor) : Optional<at::Tensor>(); };
            std::tie(result[0], result[1], result[2]) =
                at::native_batch_norm_backward(grads[0], input, given(weight), given(saved[4]), given(saved[5]), mean, invstd, true,
                                               context->saved_data["eps"].toDouble(), {needs_input, needs_weight, needs_bias});
            return result;
        }

        const NormShape s = shape_of(input);
        const at::Tensor dy = grads[0].contiguous(input.is_contiguous() ? at::MemoryFormat::Contiguous : at::MemoryFormat::ChannelsLast);
        if (needs_input) result[0] = at::empty_like(input);
        if (needs_weight) result[1] = at::empty_like(weight);
        if (needs_bias) result[2] = at::empty({s.channels}, input.options());
        const NormBackward a{data(input), data(dy), data(weight), data(mean), data(invstd), data(result[0]), data(result[1]), data(result[2])};
        at::parallel_for(0, s.channels, channels_per_task(s), [&](int64_t first, int64_t last) { kernels()->norm_backward(s, a, first, last); });
        return result;
    }
};

}  // namespace

at::Tensor batch_norm(const at::Tensor& input, const NormTensors& t, bool training, double momentum, double eps) {
    const auto given = [](const at::Tensor& tensor) { return tensor.defined() ? Optional<at::Tensor>(tensor) : Optional<at::Tensor>(); };
    if (training && applies(input, t)) return BatchStatistics::apply(input, given(t.weight), given(t.bias), t.mean, t.var, momentum, eps);
    return at::batch_norm(input, given(t.weight), given(t.bias), given(t.mean), given(t.var), training, momentum, eps,
                          at::globalContext().userEnabledCuDNN());
}

}  // namespace granary
