// Layers that have kernels of ours for what they are met with most, and libtorch's for everything else.
#pragma once

#include "boundary.h"

namespace granary {

at::Tensor conv2d(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias, at::IntArrayRef stride, at::IntArrayRef padding,
                  at::IntArrayRef dilation, int64_t groups);

at::Tensor max_pool2d(const at::Tensor& input, at::IntArrayRef kernel, at::IntArrayRef stride, at::IntArrayRef padding,
                      at::IntArrayRef dilation, bool ceil_mode);

// Each may be undefined.
struct NormTensors {
    at::Tensor weight, bias, mean, var;
};

at::Tensor batch_norm(const at::Tensor& input, const NormTensors& tensors, bool training, double momentum, double eps);

// Float32 in main memory, in the order of its axes.
inline bool is_plain(const at::Tensor& tensor) {
    return tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat && tensor.layout() == at::kStrided && tensor.is_contiguous();
}

}  // namespace granary
