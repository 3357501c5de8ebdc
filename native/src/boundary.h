// What every entry point needs: borrowing and giving tensors, and turning exceptions into a status.
#pragma once

#include <granary_torch.h>

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <c10/core/Scalar.h>
#include <c10/util/Exception.h>

#include <cstring>
#include <exception>
#include <utility>
#include <vector>

namespace granary {

void set_last_error(const char* message) noexcept;

template <class Body>
gt_status guard(Body&& body) noexcept {
    try {
        body();
        return 0;
    } catch (const c10::Error& error) {
        set_last_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        set_last_error(error.what());
    } catch (...) {
        set_last_error("libtorch threw something that is not a std::exception");
    }
    return 1;
}

using Reference = c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>;

// The caller's tensor for the length of a call, without touching its reference count.
class In {
public:
    In(gt_tensor handle)
        : tensor_(handle == nullptr ? at::Tensor() : at::Tensor(Reference::reclaim(reinterpret_cast<at::TensorImpl*>(handle)))) {}
    ~In() {
        if (tensor_.defined()) tensor_.unsafeReleaseTensorImpl();
    }
    In(const In&) = delete;
    In& operator=(const In&) = delete;

    const at::Tensor& operator*() const { return tensor_; }
    const at::Tensor* operator->() const { return &tensor_; }
    operator const at::Tensor&() const { return tensor_; }

private:
    at::Tensor tensor_;
};

// A second owner of the caller's tensor, where libtorch keeps it beyond the call or wants a list of tensors.
inline at::Tensor share(gt_tensor handle) {
    if (handle == nullptr) return at::Tensor();
    return at::Tensor(Reference::reclaim_copy(reinterpret_cast<at::TensorImpl*>(handle)));
}

// std::optional or c10::optional, whichever this libtorch's operators take.
template <class>
struct OptionalFamily;
template <template <class> class Family, class Content>
struct OptionalFamily<Family<Content>> {
    template <class Other>
    using Of = Family<Other>;
};
template <class Content>
using Optional = typename OptionalFamily<decltype(at::TensorOptions().dtype_opt())>::template Of<Content>;

inline Optional<at::Tensor> optional(gt_tensor handle) {
    return handle == nullptr ? Optional<at::Tensor>() : Optional<at::Tensor>(share(handle));
}

inline gt_tensor give(at::Tensor&& tensor) {
    return tensor.defined() ? reinterpret_cast<gt_tensor>(tensor.unsafeReleaseTensorImpl()) : nullptr;
}

inline gt_tensor give(const at::Tensor& tensor) { return give(at::Tensor(tensor)); }

inline std::vector<at::Tensor> share_all(const gt_tensor* handles, int32_t n) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(n);
    for (int32_t i = 0; i < n; ++i) tensors.push_back(share(handles[i]));
    return tensors;
}

inline at::IntArrayRef list(const int64_t* values, int32_t n) { return {values, static_cast<size_t>(n)}; }

inline c10::Scalar scalar(gt_scalar value) {
    switch (value.kind) {
        case 0: return value.bits;
        case 2: return value.bits != 0;
        default: {
            double number;
            std::memcpy(&number, &value.bits, sizeof number);
            return number;
        }
    }
}

inline bool given(gt_scalar value) { return value.kind >= 0; }

inline at::ScalarType dtype_of(int32_t dtype) { return static_cast<at::ScalarType>(dtype); }

inline at::Device device_of(int32_t type, int32_t index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}

// requires_grad is set on the result, as the factories of ATen do not take it.
inline at::TensorOptions options_of(gt_options options) {
    at::TensorOptions result;
    if (options.dtype >= 0) result = result.dtype(dtype_of(options.dtype));
    if (options.device_type >= 0) result = result.device(device_of(options.device_type, options.device_index));
    return result;
}

inline gt_tensor give_new(at::Tensor&& tensor, gt_options options) {
    if (options.requires_grad != 0) tensor.requires_grad_(true);
    return give(std::move(tensor));
}

inline at::Generator generator_of(gt_generator handle) {
    return handle == nullptr ? at::Generator()
                             : at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(reinterpret_cast<c10::GeneratorImpl*>(handle)));
}

inline Optional<at::Generator> optional_generator(gt_generator handle) {
    return handle == nullptr ? Optional<at::Generator>() : Optional<at::Generator>(generator_of(handle));
}

inline Optional<at::ScalarType> optional_dtype(int32_t dtype) {
    return dtype < 0 ? Optional<at::ScalarType>() : Optional<at::ScalarType>(dtype_of(dtype));
}

}  // namespace granary
