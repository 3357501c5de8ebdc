#include "boundary.h"

#include <ATen/ops/std_mean.h>
#include <ATen/ops/var_mean.h>

using namespace granary;

namespace {

std::vector<int64_t> axes(gt_tensor self, const int64_t* dims, int32_t n) {
    if (n > 0) return {dims, dims + n};
    std::vector<int64_t> all(static_cast<size_t>(gt_ndim(self)));
    for (size_t i = 0; i < all.size(); ++i) all[i] = static_cast<int64_t>(i);
    return all;
}

void give_pair(std::tuple<at::Tensor, at::Tensor>&& pair, gt_tensor* first, gt_tensor* second) {
    *first = give(std::move(std::get<0>(pair)));
    *second = give(std::move(std::get<1>(pair)));
}

}  // namespace

gt_status gt_sum_dims(gt_tensor self, const int64_t* dims, int32_t n, int32_t keepdim, int32_t dtype, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->sum(axes(self, dims, n), keepdim != 0, optional_dtype(dtype))); });
}

gt_status gt_mean_dims(gt_tensor self, const int64_t* dims, int32_t n, int32_t keepdim, int32_t dtype, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->mean(axes(self, dims, n), keepdim != 0, optional_dtype(dtype))); });
}

gt_status gt_prod_dim(gt_tensor self, int64_t dim, int32_t keepdim, int32_t dtype, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->prod(dim, keepdim != 0, optional_dtype(dtype))); });
}

gt_status gt_var(gt_tensor self, const int64_t* dims, int32_t n, int32_t unbiased, int32_t keepdim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->var(axes(self, dims, n), unbiased != 0, keepdim != 0)); });
}

gt_status gt_std(gt_tensor self, const int64_t* dims, int32_t n, int32_t unbiased, int32_t keepdim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->std(axes(self, dims, n), unbiased != 0, keepdim != 0)); });
}

gt_status gt_var_mean(gt_tensor self, const int64_t* dims, int32_t n, int32_t unbiased, int32_t keepdim, gt_tensor* var, gt_tensor* mean) {
    return guard([&] { give_pair(at::var_mean(In(self), axes(self, dims, n), unbiased != 0, keepdim != 0), var, mean); });
}

gt_status gt_std_mean(gt_tensor self, const int64_t* dims, int32_t n, int32_t unbiased, int32_t keepdim, gt_tensor* std, gt_tensor* mean) {
    return guard([&] { give_pair(at::std_mean(In(self), axes(self, dims, n), unbiased != 0, keepdim != 0), std, mean); });
}

gt_status gt_norm(gt_tensor self, double p, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->norm(p)); });
}

gt_status gt_norm_dim(gt_tensor self, double p, int64_t dim, int32_t keepdim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->norm(Optional<c10::Scalar>(p), {dim}, keepdim != 0)); });
}

gt_status gt_amax(gt_tensor self, const int64_t* dims, int32_t n, int32_t keepdim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->amax(list(dims, n), keepdim != 0)); });
}

gt_status gt_amin(gt_tensor self, const int64_t* dims, int32_t n, int32_t keepdim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->amin(list(dims, n), keepdim != 0)); });
}

gt_status gt_all_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->all(dim, keepdim != 0)); });
}

gt_status gt_any_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->any(dim, keepdim != 0)); });
}

gt_status gt_max_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* values, gt_tensor* indices) {
    return guard([&] { give_pair(In(self)->max(dim, keepdim != 0), values, indices); });
}

gt_status gt_min_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* values, gt_tensor* indices) {
    return guard([&] { give_pair(In(self)->min(dim, keepdim != 0), values, indices); });
}

gt_status gt_argmax_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->argmax(dim, keepdim != 0)); });
}

gt_status gt_argmin_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->argmin(dim, keepdim != 0)); });
}

gt_status gt_topk(gt_tensor self, int64_t k, int64_t dim, int32_t largest, int32_t sorted, gt_tensor* values, gt_tensor* indices) {
    return guard([&] { give_pair(In(self)->topk(k, dim, largest != 0, sorted != 0), values, indices); });
}

gt_status gt_sort(gt_tensor self, int64_t dim, int32_t descending, int32_t stable, gt_tensor* values, gt_tensor* indices) {
    return guard([&] { give_pair(In(self)->sort(Optional<bool>(stable != 0), dim, descending != 0), values, indices); });
}

gt_status gt_argsort(gt_tensor self, int64_t dim, int32_t descending, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->argsort(dim, descending != 0)); });
}

gt_status gt_bincount(gt_tensor self, gt_tensor weights, int64_t minlength, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->bincount(optional(weights), minlength)); });
}

gt_status gt_cumsum(gt_tensor self, int64_t dim, int32_t dtype, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->cumsum(dim, optional_dtype(dtype))); });
}

gt_status gt_quantile(gt_tensor self, gt_tensor q, int64_t dim, int32_t keepdim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->quantile(*In(q), dim, keepdim != 0)); });
}

gt_status gt_logsumexp(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->logsumexp({dim}, keepdim != 0)); });
}
