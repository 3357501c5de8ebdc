#include "boundary.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

using namespace granary;

gt_status gt_set_requires_grad(gt_tensor self, int32_t value) {
    return guard([&] { In(self)->set_requires_grad(value != 0); });
}

gt_status gt_retain_grad(gt_tensor self) {
    return guard([&] { In(self)->retain_grad(); });
}

gt_status gt_grad(gt_tensor self, gt_tensor* out) {
    return guard([&] {
        at::Tensor tensor = share(self);
        *out = give(at::Tensor(tensor.mutable_grad()));
    });
}

gt_status gt_set_grad(gt_tensor self, gt_tensor grad) {
    return guard([&] { share(self).mutable_grad() = share(grad); });
}

gt_status gt_backward(const gt_tensor* tensors, int32_t n, const gt_tensor* grads, int32_t g, int32_t retain_graph, int32_t create_graph,
                      const gt_tensor* inputs, int32_t m) {
    return guard([&] {
        torch::autograd::backward(share_all(tensors, n), share_all(grads, g), Optional<bool>(retain_graph != 0), create_graph != 0, share_all(inputs, m));
    });
}

gt_status gt_autograd_grad(const gt_tensor* outputs, int32_t n, const gt_tensor* grads, int32_t g, const gt_tensor* inputs, int32_t m,
                           int32_t retain_graph, int32_t create_graph, int32_t allow_unused, gt_tensor* out) {
    return guard([&] {
        std::vector<at::Tensor> result = torch::autograd::grad(share_all(outputs, n), share_all(inputs, m), share_all(grads, g),
                                                               Optional<bool>(retain_graph != 0), create_graph != 0, allow_unused != 0);
        for (at::Tensor& gradient : result) *out++ = give(std::move(gradient));
    });
}

int32_t gt_grad_enabled(void) { return at::GradMode::is_enabled(); }

void gt_set_grad_enabled(int32_t value) { at::GradMode::set_enabled(value != 0); }

int32_t gt_inference_enabled(void) { return c10::InferenceMode::is_enabled(); }

void* gt_inference_enter(int32_t value) { return new c10::InferenceMode(value != 0); }

void gt_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
