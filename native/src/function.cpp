// A node of the graph whose backward runs in the caller's language.
#include "boundary.h"

#include <memory>
#include <unordered_set>

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>

using namespace granary;

namespace {

class CallerFunction final : public torch::autograd::Node {
public:
    CallerFunction(gt_backward_callback backward, gt_release_callback release, void* context)
        : backward_(backward), release_(release), context_(context) {}

    ~CallerFunction() override { release_(context_); }

    std::string name() const override { return "CallerFunction"; }

    torch::autograd::variable_list apply(torch::autograd::variable_list&& inputs) override {
        std::vector<gt_tensor> grads;
        grads.reserve(inputs.size());
        for (at::Tensor& input : inputs) grads.push_back(reinterpret_cast<gt_tensor>(input.defined() ? input.unsafeGetTensorImpl() : nullptr));

        std::vector<gt_tensor> results(num_outputs(), nullptr);
        const int32_t status = backward_(context_, grads.data(), static_cast<int32_t>(grads.size()), results.data(), static_cast<int32_t>(results.size()));

        torch::autograd::variable_list gradients;
        gradients.reserve(results.size());
        for (gt_tensor result : results) {
            gradients.push_back(result == nullptr ? at::Tensor() : at::Tensor(Reference::reclaim(reinterpret_cast<at::TensorImpl*>(result))));
        }
        TORCH_CHECK(status == 0, gt_last_error());
        return gradients;
    }

private:
    gt_backward_callback backward_;
    gt_release_callback release_;
    void* context_;
};

bool contains(const gt_tensor* list, int32_t n, gt_tensor tensor) {
    for (int32_t i = 0; i < n; ++i) {
        if (list[i] == tensor) return true;
    }
    return false;
}

// An output that is an input passed through gets its own tensor, or its history would replace the input's.
at::Tensor with_history(const at::Tensor& output, bool modified, const std::shared_ptr<CallerFunction>& node) {
    if (modified) {
        at::Tensor result = output;
        torch::autograd::impl::rebase_history(result, {node, node->add_input_metadata(result)});
        return result;
    }
    at::Tensor result = output.requires_grad() || output.grad_fn() ? output.detach() : output;
    torch::autograd::set_history(result, node);
    return result;
}

}  // namespace

gt_status gt_function_record(const gt_tensor* inputs, int32_t m, gt_tensor* outputs, const int32_t* differentiable, int32_t n,
                             const gt_tensor* dirty, int32_t d, gt_backward_callback backward, gt_release_callback release, void* context) {
    // The node owns the context from here on, whatever happens.
    std::shared_ptr<CallerFunction> node;
    const gt_status made = guard([&] {
        node = std::shared_ptr<CallerFunction>(new CallerFunction(backward, release, context), torch::autograd::deleteNode);
    });
    if (made != 0) {
        release(context);
        return made;
    }

    return guard([&] {
        std::vector<at::Tensor> sources = share_all(inputs, m);
        bool recorded = false;
        if (at::GradMode::is_enabled()) {
            for (const at::Tensor& source : sources) recorded = recorded || (source.defined() && source.requires_grad());
        }
        if (recorded) node->set_next_edges(torch::autograd::collect_next_edges(sources));

        std::vector<at::Tensor> results;
        for (int32_t i = 0; i < n; ++i) {
            const at::Tensor output = share(outputs[i]);
            const bool modified = contains(dirty, d, outputs[i]);
            const bool passed_through = !modified && contains(inputs, m, outputs[i]);
            if (recorded && differentiable[i] != 0 && output.defined()) {
                results.push_back(with_history(passed_through ? output.detach() : output, modified, node));
            } else {
                if (recorded) node->add_input_metadata(torch::autograd::Node::undefined_input());
                results.push_back(passed_through ? output.detach() : output);
            }
        }
        for (int32_t i = 0; i < n; ++i) outputs[i] = give(std::move(results[i]));
    });
}
