// Views, indexing, joining and splitting.
#include "boundary.h"

#include <ATen/TensorIndexing.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>

using namespace granary;

#define WITH_LIST(name)                                                                           \
    gt_status gt_##name(gt_tensor self, const int64_t* values, int32_t n, gt_tensor* out) {       \
        return guard([&] { *out = give(In(self)->name(list(values, n))); });                      \
    }
WITH_LIST(view)
WITH_LIST(reshape)
WITH_LIST(expand)
WITH_LIST(repeat)
WITH_LIST(permute)
WITH_LIST(flip)

gt_status gt_roll(gt_tensor self, const int64_t* shifts, int32_t n, const int64_t* dims, int32_t m, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->roll(list(shifts, n), list(dims, m))); });
}

gt_status gt_as_strided(gt_tensor self, const int64_t* sizes, const int64_t* strides, int32_t n, int64_t offset, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->as_strided(list(sizes, n), list(strides, n), offset)); });
}

gt_status gt_flatten(gt_tensor self, int64_t start, int64_t end, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->flatten(start, end)); });
}

gt_status gt_unflatten(gt_tensor self, int64_t dim, const int64_t* sizes, int32_t n, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->unflatten(dim, list(sizes, n))); });
}

gt_status gt_transpose(gt_tensor self, int64_t dim0, int64_t dim1, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->transpose(dim0, dim1)); });
}

gt_status gt_squeeze_dim(gt_tensor self, int64_t dim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->squeeze(dim)); });
}

gt_status gt_unsqueeze(gt_tensor self, int64_t dim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->unsqueeze(dim)); });
}

gt_status gt_unsqueeze_(gt_tensor self, int64_t dim) {
    return guard([&] { share(self).unsqueeze_(dim); });
}

gt_status gt_narrow(gt_tensor self, int64_t dim, int64_t start, int64_t length, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->narrow(dim, start, length)); });
}

gt_status gt_slice(gt_tensor self, int64_t dim, int64_t start, int64_t end, int64_t step, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->slice(dim, start, end, step)); });
}

gt_status gt_select(gt_tensor self, int64_t dim, int64_t index, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->select(dim, index)); });
}

gt_status gt_index_select(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->index_select(dim, In(index))); });
}

gt_status gt_index_add_(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor source, gt_scalar alpha) {
    return guard([&] { share(self).index_add_(dim, In(index), In(source), scalar(alpha)); });
}

gt_status gt_gather(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->gather(dim, In(index))); });
}

gt_status gt_scatter(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor source, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->scatter(dim, In(index), *In(source))); });
}

gt_status gt_scatter_(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor source) {
    return guard([&] { share(self).scatter_(dim, In(index), *In(source)); });
}

gt_status gt_scatter_add(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor source, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->scatter_add(dim, In(index), In(source))); });
}

gt_status gt_scatter_add_(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor source) {
    return guard([&] { share(self).scatter_add_(dim, In(index), In(source)); });
}

gt_status gt_tril(gt_tensor self, int64_t diagonal, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->tril(diagonal)); });
}

gt_status gt_triu(gt_tensor self, int64_t diagonal, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->triu(diagonal)); });
}

namespace {

// Slice takes an optional int64_t in 1.13 and an optional SymInt in 2.x.
struct Bound {
    bool given;
    int64_t value;

    template <class Integer>
    operator Optional<Integer>() const {
        return given ? Optional<Integer>(Integer(value)) : Optional<Integer>();
    }
};

at::indexing::TensorIndex index_of(const gt_index_item& index) {
    switch (index.kind) {
        case 1: return at::indexing::Ellipsis;
        case 2: return index.start;
        case 3: return index.start != 0;
        case 4: {
            const Bound start{(index.has & 1) != 0, index.start}, stop{(index.has & 2) != 0, index.stop}, step{(index.has & 4) != 0, index.step};
            return at::indexing::Slice(start, stop, step);
        }
        case 5: return share(index.tensor);
        default: return at::indexing::None;
    }
}

std::vector<at::indexing::TensorIndex> indices_of(const gt_index_item* indices, int32_t n) {
    std::vector<at::indexing::TensorIndex> result;
    result.reserve(n);
    for (int32_t i = 0; i < n; ++i) result.push_back(index_of(indices[i]));
    return result;
}

void give_list(std::vector<at::Tensor>&& parts, gt_tensor* out, int32_t capacity, int32_t* count) {
    *count = static_cast<int32_t>(parts.size());
    if (*count > capacity) return;
    for (at::Tensor& part : parts) *out++ = give(std::move(part));
}

}  // namespace

gt_status gt_index(gt_tensor self, const gt_index_item* indices, int32_t n, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->index(indices_of(indices, n))); });
}

gt_status gt_index_put_(gt_tensor self, const gt_index_item* indices, int32_t n, gt_tensor value) {
    return guard([&] { share(self).index_put_(indices_of(indices, n), *In(value)); });
}

gt_status gt_cat(const gt_tensor* tensors, int32_t n, int64_t dim, gt_tensor* out) {
    return guard([&] { *out = give(at::cat(share_all(tensors, n), dim)); });
}

gt_status gt_stack(const gt_tensor* tensors, int32_t n, int64_t dim, gt_tensor* out) {
    return guard([&] { *out = give(at::stack(share_all(tensors, n), dim)); });
}

gt_status gt_chunk(gt_tensor self, int64_t chunks, int64_t dim, gt_tensor* out, int32_t capacity, int32_t* count) {
    return guard([&] { give_list(In(self)->chunk(chunks, dim), out, capacity, count); });
}

gt_status gt_split(gt_tensor self, int64_t size, int64_t dim, gt_tensor* out, int32_t capacity, int32_t* count) {
    return guard([&] { give_list(In(self)->split(size, dim), out, capacity, count); });
}

gt_status gt_split_sizes(gt_tensor self, const int64_t* sizes, int32_t n, int64_t dim, gt_tensor* out, int32_t capacity, int32_t* count) {
    return guard([&] { give_list(In(self)->split_with_sizes(list(sizes, n), dim), out, capacity, count); });
}

gt_status gt_unbind(gt_tensor self, int64_t dim, gt_tensor* out, int32_t capacity, int32_t* count) {
    return guard([&] { give_list(In(self)->unbind(dim), out, capacity, count); });
}
