// What a tensor is and holds: description, data, conversion.
#include "boundary.h"

#include <ATen/ops/allclose.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/equal.h>

using namespace granary;

namespace {
at::TensorImpl* impl(gt_tensor handle) { return reinterpret_cast<at::TensorImpl*>(handle); }
}  // namespace

void gt_tensor_free(gt_tensor self) {
    if (self != nullptr) Reference::reclaim(impl(self));
}

gt_tensor gt_tensor_retain(gt_tensor self) { return give(share(self)); }

int64_t gt_ndim(gt_tensor self) { return impl(self)->dim(); }
int64_t gt_numel(gt_tensor self) { return impl(self)->numel(); }
int64_t gt_element_size(gt_tensor self) { return static_cast<int64_t>(impl(self)->itemsize()); }
int32_t gt_dtype(gt_tensor self) { return static_cast<int32_t>(c10::typeMetaToScalarType(impl(self)->dtype())); }
int32_t gt_device_type(gt_tensor self) { return static_cast<int32_t>(impl(self)->device().type()); }
int32_t gt_device_index(gt_tensor self) { return impl(self)->device().index(); }
int32_t gt_is_contiguous(gt_tensor self) { return impl(self)->is_contiguous(); }
int32_t gt_is_sparse(gt_tensor self) { return impl(self)->is_sparse(); }
int32_t gt_requires_grad(gt_tensor self) { return In(self)->requires_grad(); }
int32_t gt_is_leaf(gt_tensor self) { return In(self)->is_leaf(); }
int32_t gt_is_same(gt_tensor self, gt_tensor other) { return self == other; }
int64_t gt_storage_offset(gt_tensor self) { return impl(self)->storage_offset(); }

void gt_sizes(gt_tensor self, int64_t* out) {
    for (int64_t size : impl(self)->sizes()) *out++ = size;
}

void gt_strides(gt_tensor self, int64_t* out) {
    for (int64_t stride : impl(self)->strides()) *out++ = stride;
}

gt_status gt_data_ptr(gt_tensor self, void** out) {
    return guard([&] { *out = In(self)->data_ptr(); });
}

gt_status gt_from_bytes(const void* data, int64_t bytes, const int64_t* sizes, int32_t n, gt_options options, gt_tensor* out) {
    return guard([&] {
        gt_options on_cpu = options;
        on_cpu.device_type = static_cast<int32_t>(at::DeviceType::CPU);
        on_cpu.device_index = -1;
        at::Tensor tensor = at::empty(list(sizes, n), options_of(on_cpu));
        const int64_t expected = tensor.numel() * static_cast<int64_t>(tensor.element_size());
        TORCH_CHECK(bytes == expected, "a tensor of these sizes holds ", expected, " bytes, but ", bytes, " were given");
        // An empty tensor has no storage to copy to.
        if (bytes > 0) std::memcpy(tensor.data_ptr(), data, static_cast<size_t>(bytes));
        if (options.device_type > 0) tensor = tensor.to(device_of(options.device_type, options.device_index));
        *out = give_new(std::move(tensor), options);
    });
}

gt_status gt_item_double(gt_tensor self, double* out) {
    return guard([&] { *out = In(self)->item().toDouble(); });
}

gt_status gt_item_int64(gt_tensor self, int64_t* out) {
    return guard([&] { *out = In(self)->item().toLong(); });
}

gt_status gt_to(gt_tensor self, int32_t dtype, int32_t device_type, int32_t device_index, int32_t non_blocking, int32_t copy, gt_tensor* out) {
    return guard([&] {
        In tensor(self);
        const at::Device device = device_type < 0 ? tensor->device() : device_of(device_type, device_index);
        const at::ScalarType type = dtype < 0 ? tensor->scalar_type() : dtype_of(dtype);
        *out = give(tensor->to(device, type, non_blocking != 0, copy != 0));
    });
}

gt_status gt_copy_(gt_tensor self, gt_tensor source, int32_t non_blocking) {
    return guard([&] { In(self)->copy_(In(source), non_blocking != 0); });
}

gt_status gt_set_(gt_tensor self, gt_tensor source) {
    return guard([&] { share(self).set_(In(source)); });
}

gt_status gt_clone(gt_tensor self, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->clone()); });
}

gt_status gt_contiguous(gt_tensor self, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->contiguous()); });
}

gt_status gt_pin_memory(gt_tensor self, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->pin_memory()); });
}

gt_status gt_allclose(gt_tensor self, gt_tensor other, double rtol, double atol, int32_t equal_nan, int32_t* out) {
    return guard([&] { *out = at::allclose(In(self), In(other), rtol, atol, equal_nan != 0); });
}

gt_status gt_identical(gt_tensor self, gt_tensor other, int32_t* out) {
    return guard([&] { *out = at::equal(In(self), In(other)); });
}
