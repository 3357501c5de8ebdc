// Whole optimizer steps in one call. Contiguous tensors in main memory take one fused pass over memory, which a chain of tensor
// operations cannot: a step is bound by memory, not by arithmetic. All others, CUDA's among them, go through libtorch's operations.
#include "boundary.h"
#include "optim_kernels.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <cmath>

using namespace granary;

namespace {

// Elements per task: below this a second thread costs more than it gives.
constexpr int64_t grain = 32768;

bool plain(const at::Tensor& tensor, at::ScalarType type) {
    return tensor.device().is_cpu() && tensor.scalar_type() == type && tensor.layout() == at::kStrided && tensor.is_non_overlapping_and_dense();
}

// One loop over raw memory is right when all agree in type and in the order of their elements.
bool fusible(const at::Tensor& parameter, std::initializer_list<at::Tensor> others) {
    if (parameter.scalar_type() != at::kFloat || !plain(parameter, at::kFloat)) return false;
    for (const at::Tensor& other : others) {
        if (!other.defined()) continue;
        if (!plain(other, at::kFloat) || other.strides() != parameter.strides()) return false;
    }
    return true;
}

float negated(int32_t maximize) { return maximize != 0 ? -1.0f : 1.0f; }

// Runs loop over the elements in pieces, on several threads where it pays.
template <class Loop>
void over(const at::Tensor& parameter, const Loop& loop) {
    at::parallel_for(0, parameter.numel(), grain, loop);
    parameter.unsafeGetTensorImpl()->bump_version();
}

float* at_or_null(const at::Tensor& tensor, int64_t begin) { return tensor.defined() ? tensor.data_ptr<float>() + begin : nullptr; }

void sgd_fused(const at::Tensor& parameter, const at::Tensor& grad, const at::Tensor& buffer, bool first, const gt_sgd_options& o) {
    const SgdFactors f{static_cast<float>(o.lr),           static_cast<float>(o.momentum), static_cast<float>(1.0 - o.dampening),
                       static_cast<float>(o.weight_decay), negated(o.maximize),            first,
                       o.nesterov != 0};
    over(parameter, [&](int64_t begin, int64_t end) {
        sgd_range(at_or_null(parameter, begin), at_or_null(grad, begin), at_or_null(buffer, begin), end - begin, f);
    });
}

void sgd_general(const at::Tensor& parameter, at::Tensor grad, at::Tensor& buffer, bool first, const gt_sgd_options& o) {
    if (o.maximize != 0) grad = grad.neg();
    if (o.weight_decay != 0) grad = grad.add(parameter, o.weight_decay);
    if (buffer.defined()) {
        if (first) buffer.copy_(grad);
        else buffer.mul_(o.momentum).add_(grad, 1.0 - o.dampening);
        grad = o.nesterov != 0 ? grad.add(buffer, o.momentum) : buffer;
    }
    parameter.add_(grad, -o.lr);
}

struct AdamCorrections {
    double step_size, root;
};

AdamCorrections corrections(const gt_adam_options& o, int64_t step) {
    const double first = 1.0 - std::pow(o.beta1, static_cast<double>(step));
    const double second = 1.0 - std::pow(o.beta2, static_cast<double>(step));
    return {o.lr / first, std::sqrt(second)};
}

void adam_fused(const at::Tensor& parameter, const at::Tensor& grad, const at::Tensor& average, const at::Tensor& square,
                const at::Tensor& maximum, const AdamCorrections& c, const gt_adam_options& o) {
    const bool decoupled = o.decoupled != 0;
    const AdamFactors f{static_cast<float>(o.beta1),
                        static_cast<float>(1.0 - o.beta1),
                        static_cast<float>(o.beta2),
                        static_cast<float>(1.0 - o.beta2),
                        static_cast<float>(o.eps),
                        static_cast<float>(c.step_size),
                        static_cast<float>(c.root),
                        decoupled ? 0.0f : static_cast<float>(o.weight_decay),
                        decoupled ? static_cast<float>(1.0 - o.lr * o.weight_decay) : 1.0f,
                        negated(o.maximize)};
    over(parameter, [&](int64_t begin, int64_t end) {
        adam_range(at_or_null(parameter, begin), at_or_null(grad, begin), at_or_null(average, begin), at_or_null(square, begin),
                   at_or_null(maximum, begin), end - begin, f);
    });
}

void adam_general(const at::Tensor& parameter, at::Tensor grad, at::Tensor& average, at::Tensor& square, at::Tensor& maximum,
                  const AdamCorrections& c, const gt_adam_options& o) {
    if (o.maximize != 0) grad = grad.neg();
    if (o.weight_decay != 0) {
        if (o.decoupled != 0) parameter.mul_(1.0 - o.lr * o.weight_decay);
        else grad = grad.add(parameter, o.weight_decay);
    }
    average.mul_(o.beta1).add_(grad, 1.0 - o.beta1);
    square.mul_(o.beta2).addcmul_(grad, grad, 1.0 - o.beta2);
    if (maximum.defined()) maximum.copy_(at::maximum(maximum, square));
    const at::Tensor& top = maximum.defined() ? maximum : square;
    parameter.addcdiv_(average, top.sqrt().div_(c.root).add_(o.eps), -c.step_size);
}

void rmsprop_fused(const at::Tensor& parameter, const at::Tensor& grad, const at::Tensor& square, const at::Tensor& average,
                   const at::Tensor& buffer, const gt_rmsprop_options& o) {
    const RmsPropFactors f{static_cast<float>(o.lr),       static_cast<float>(o.alpha),        static_cast<float>(1.0 - o.alpha),
                           static_cast<float>(o.eps),      static_cast<float>(o.momentum),     static_cast<float>(o.weight_decay),
                           negated(o.maximize)};
    over(parameter, [&](int64_t begin, int64_t end) {
        rmsprop_range(at_or_null(parameter, begin), at_or_null(grad, begin), at_or_null(square, begin), at_or_null(average, begin),
                      at_or_null(buffer, begin), end - begin, f);
    });
}

void rmsprop_general(const at::Tensor& parameter, at::Tensor grad, at::Tensor& square, at::Tensor& average, at::Tensor& buffer,
                     const gt_rmsprop_options& o) {
    if (o.maximize != 0) grad = grad.neg();
    if (o.weight_decay != 0) grad = grad.add(parameter, o.weight_decay);
    square.mul_(o.alpha).addcmul_(grad, grad, 1.0 - o.alpha);
    at::Tensor root;
    if (average.defined()) {
        average.mul_(o.alpha).add_(grad, 1.0 - o.alpha);
        root = square.addcmul(average, average, -1.0).sqrt_().add_(o.eps);
    } else {
        root = square.sqrt().add_(o.eps);
    }

    if (buffer.defined()) parameter.add_(buffer.mul_(o.momentum).addcdiv_(grad, root), -o.lr);
    else parameter.addcdiv_(grad, root, -o.lr);
}

// The state tensor of a slot: shared with the caller, who owns it; a new one is given to the caller.
at::Tensor state(gt_tensor* slot, const at::Tensor& like) {
    if (*slot == nullptr) *slot = give(at::zeros_like(like));
    return share(*slot);
}

}  // namespace

gt_status gt_sgd_step(const gt_tensor* parameters, gt_tensor* buffers, int32_t n, gt_sgd_options options) {
    return guard([&] {
        const at::NoGradGuard without_recording;
        for (int32_t i = 0; i < n; ++i) {
            const at::Tensor parameter = share(parameters[i]);
            const at::Tensor& grad = parameter.grad();
            if (!grad.defined()) continue;
            const bool first = buffers[i] == nullptr;
            at::Tensor buffer;
            if (options.momentum != 0) {
                if (first) buffers[i] = give(at::empty_like(parameter));
                buffer = share(buffers[i]);
            }
            if (fusible(parameter, {grad, buffer})) {
                sgd_fused(parameter, grad, buffer, first, options);
            } else {
                sgd_general(parameter, grad, buffer, first, options);
            }
        }
    });
}

gt_status gt_adam_step(const gt_tensor* parameters, gt_tensor* averages, gt_tensor* squares, gt_tensor* maxima, int64_t* steps, int32_t n,
                       gt_adam_options options) {
    return guard([&] {
        const at::NoGradGuard without_recording;
        for (int32_t i = 0; i < n; ++i) {
            const at::Tensor parameter = share(parameters[i]);
            const at::Tensor& grad = parameter.grad();
            if (!grad.defined()) continue;
            at::Tensor average = state(&averages[i], parameter), square = state(&squares[i], parameter);
            at::Tensor maximum = options.amsgrad != 0 ? state(&maxima[i], parameter) : at::Tensor();
            const AdamCorrections c = corrections(options, ++steps[i]);
            if (fusible(parameter, {grad, average, square, maximum})) {
                adam_fused(parameter, grad, average, square, maximum, c, options);
            } else {
                adam_general(parameter, grad, average, square, maximum, c, options);
            }
        }
    });
}

gt_status gt_rmsprop_step(const gt_tensor* parameters, gt_tensor* squares, gt_tensor* averages, gt_tensor* buffers, int64_t* steps, int32_t n,
                          gt_rmsprop_options options) {
    return guard([&] {
        const at::NoGradGuard without_recording;
        for (int32_t i = 0; i < n; ++i) {
            const at::Tensor parameter = share(parameters[i]);
            const at::Tensor& grad = parameter.grad();
            if (!grad.defined()) continue;
            at::Tensor square = state(&squares[i], parameter);
            at::Tensor average = options.centered != 0 ? state(&averages[i], parameter) : at::Tensor();
            at::Tensor buffer = options.momentum > 0 ? state(&buffers[i], parameter) : at::Tensor();
            ++steps[i];
            if (fusible(parameter, {grad, square, average, buffer})) rmsprop_fused(parameter, grad, square, average, buffer, options);
            else rmsprop_general(parameter, grad, square, average, buffer, options);
        }
    });
}

gt_status gt_zero_grad(const gt_tensor* parameters, int32_t n, int32_t set_to_none) {
    return guard([&] {
        for (int32_t i = 0; i < n; ++i) {
            at::Tensor& grad = share(parameters[i]).mutable_grad();
            if (!grad.defined()) continue;
            if (set_to_none != 0) {
                grad.reset();
            } else {
                if (grad.grad_fn()) grad.detach_();
                else grad.requires_grad_(false);
                grad.zero_();
            }
        }
    });
}

namespace {

std::vector<at::Tensor> gradients(const gt_tensor* parameters, int32_t n) {
    std::vector<at::Tensor> result;
    for (int32_t i = 0; i < n; ++i) {
        at::Tensor& grad = share(parameters[i]).mutable_grad();
        if (grad.defined()) result.push_back(grad);
    }
    return result;
}

// The same bits for any number of threads: ranks that differ in it must scale alike.
double squares(const at::Tensor& grad) {
    const float* const values = grad.data_ptr<float>();
    const int64_t length = grad.numel();
    std::vector<double> parts((length + grain - 1) / grain);
    at::parallel_for(0, static_cast<int64_t>(parts.size()), 1, [&](int64_t begin, int64_t end) {
        for (int64_t part = begin; part < end; ++part) {
            const int64_t start = part * grain;
            parts[part] = sum_of_squares(values + start, std::min(grain, length - start));
        }
    });
    double sum = 0;
    for (const double part : parts) sum += part;
    return sum;
}

double euclidean(const std::vector<at::Tensor>& grads) {
    double sum = 0;
    std::vector<at::Tensor> others;
    for (const at::Tensor& grad : grads) {
        if (plain(grad, at::kFloat)) sum += squares(grad);
        else others.push_back(grad.norm().to(at::kDouble));
    }

    if (!others.empty()) sum += at::stack(others).square().sum().item().toDouble();
    return std::sqrt(sum);
}

double general_norm(const std::vector<at::Tensor>& grads, double norm_type) {
    const bool infinite = std::isinf(norm_type);
    std::vector<at::Tensor> norms;
    norms.reserve(grads.size());
    for (const at::Tensor& grad : grads) norms.push_back(infinite ? grad.abs().max() : grad.norm(norm_type));
    const at::Tensor all = at::stack(norms);
    return (infinite ? all.max() : all.norm(norm_type)).item().toDouble();
}

}  // namespace

gt_status gt_clip_grad_norm_(const gt_tensor* parameters, int32_t n, double max_norm, double norm_type, double* total) {
    return guard([&] {
        const at::NoGradGuard without_recording;
        const std::vector<at::Tensor> grads = gradients(parameters, n);
        *total = grads.empty() ? 0 : norm_type == 2.0 ? euclidean(grads) : general_norm(grads, norm_type);
        const double factor = max_norm / (*total + 1e-6);
        if (factor < 1) {
            for (const at::Tensor& grad : grads) grad.mul_(factor);
        }
    });
}

gt_status gt_clip_grad_value_(const gt_tensor* parameters, int32_t n, double value) {
    return guard([&] {
        const at::NoGradGuard without_recording;
        for (const at::Tensor& grad : gradients(parameters, n)) grad.clamp_(-value, value);
    });
}

gt_status gt_flatten_all(const gt_tensor* tensors, int32_t n, gt_tensor* out) {
    return guard([&] {
        TORCH_CHECK(n > 0, "there is nothing to flatten: the list of tensors is empty");
        int64_t elements = 0;
        for (int32_t i = 0; i < n; ++i) elements += gt_numel(tensors[i]);
        at::Tensor flat = at::empty({elements}, In(tensors[0])->options().requires_grad(false));
        const at::NoGradGuard without_recording;
        int64_t offset = 0;
        for (int32_t i = 0; i < n; ++i) {
            In tensor(tensors[i]);
            flat.narrow(0, offset, tensor->numel()).view(tensor->sizes()).copy_(tensor);
            offset += tensor->numel();
        }
        *out = give(std::move(flat));
    });
}

gt_status gt_unflatten_all(gt_tensor flat, const gt_tensor* tensors, int32_t n) {
    return guard([&] {
        const at::NoGradGuard without_recording;
        In source(flat);
        int64_t elements = 0;
        for (int32_t i = 0; i < n; ++i) elements += gt_numel(tensors[i]);
        TORCH_CHECK(source->dim() == 1 && source->numel() == elements, "the vector must have one axis of ", elements,
                    " elements, as many as the tensors it is split into, but has sizes ", source->sizes());
        int64_t offset = 0;
        for (int32_t i = 0; i < n; ++i) {
            In tensor(tensors[i]);
            tensor->copy_(source->narrow(0, offset, tensor->numel()).view(tensor->sizes()));
            offset += tensor->numel();
        }
    });
}
