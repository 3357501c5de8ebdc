/* The C ABI over libtorch that compat/TorchSharp calls.
 *
 * A gt_tensor is an owned reference to a tensor; 0 is "no tensor". Functions borrow their tensor arguments and give back
 * owned references, to be returned with gt_tensor_free. Every function that can fail returns 0 on success; otherwise the
 * message is gt_last_error() of the calling thread, and the out parameters are untouched. Lists of integers are a pointer
 * and a count. Data types are numbered as c10::ScalarType, devices as c10::DeviceType; -1 is "not given". */
#ifndef GRANARY_TORCH_H
#define GRANARY_TORCH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GT_API __attribute__((visibility("default")))

typedef int32_t gt_status;
typedef struct gt_tensor_object* gt_tensor;
typedef struct gt_generator_object* gt_generator;

/* kind: -1 absent, 0 integer, 1 floating point, 2 boolean; bits: the int64 or the double. */
typedef struct { int64_t kind; int64_t bits; } gt_scalar;

typedef struct { int32_t dtype; int32_t device_type; int32_t device_index; int32_t requires_grad; } gt_options;

/* kind: 0 none (new axis), 1 ellipsis, 2 integer (start), 3 boolean (start), 4 slice, 5 tensor.
 * Of a slice, has is a set of bits: 1 start, 2 stop, 4 step. */
typedef struct { int64_t kind; int64_t has; int64_t start; int64_t stop; int64_t step; gt_tensor tensor; } gt_index_item;

GT_API const char* gt_last_error(void);
GT_API const char* gt_version(void);
/* SHA-256 of this header, as the library was built with it: a caller built with another one must not go on. */
GT_API const char* gt_abi(void);

/* Memory and description: these cannot fail. */
GT_API void gt_tensor_free(gt_tensor self);
GT_API gt_tensor gt_tensor_retain(gt_tensor self);
GT_API int64_t gt_allocated_bytes(void);
GT_API int64_t gt_ndim(gt_tensor self);
GT_API int64_t gt_numel(gt_tensor self);
GT_API int64_t gt_element_size(gt_tensor self);
GT_API int32_t gt_dtype(gt_tensor self);
GT_API int32_t gt_device_type(gt_tensor self);
GT_API int32_t gt_device_index(gt_tensor self);
GT_API int32_t gt_is_contiguous(gt_tensor self);
GT_API int32_t gt_is_sparse(gt_tensor self);
GT_API int32_t gt_requires_grad(gt_tensor self);
GT_API int32_t gt_is_leaf(gt_tensor self);
GT_API int32_t gt_is_same(gt_tensor self, gt_tensor other);
GT_API void gt_sizes(gt_tensor self, int64_t* out);
GT_API void gt_strides(gt_tensor self, int64_t* out);
GT_API int64_t gt_storage_offset(gt_tensor self);

/* Data. */
GT_API gt_status gt_data_ptr(gt_tensor self, void** out);
GT_API gt_status gt_from_bytes(const void* data, int64_t bytes, const int64_t* sizes, int32_t n, gt_options options, gt_tensor* out);
GT_API gt_status gt_item_double(gt_tensor self, double* out);
GT_API gt_status gt_item_int64(gt_tensor self, int64_t* out);
GT_API gt_status gt_to(gt_tensor self, int32_t dtype, int32_t device_type, int32_t device_index, int32_t non_blocking, int32_t copy, gt_tensor* out);
GT_API gt_status gt_copy_(gt_tensor self, gt_tensor source, int32_t non_blocking);
GT_API gt_status gt_set_(gt_tensor self, gt_tensor source);
GT_API gt_status gt_clone(gt_tensor self, gt_tensor* out);
GT_API gt_status gt_contiguous(gt_tensor self, gt_tensor* out);
GT_API gt_status gt_pin_memory(gt_tensor self, gt_tensor* out);
GT_API gt_status gt_allclose(gt_tensor self, gt_tensor other, double rtol, double atol, int32_t equal_nan, int32_t* out);
GT_API gt_status gt_identical(gt_tensor self, gt_tensor other, int32_t* out);

/* Factories. */
GT_API gt_status gt_empty(const int64_t* sizes, int32_t n, gt_options options, gt_tensor* out);
GT_API gt_status gt_zeros(const int64_t* sizes, int32_t n, gt_options options, gt_tensor* out);
GT_API gt_status gt_ones(const int64_t* sizes, int32_t n, gt_options options, gt_tensor* out);
GT_API gt_status gt_full(const int64_t* sizes, int32_t n, gt_scalar value, gt_options options, gt_tensor* out);
GT_API gt_status gt_rand(const int64_t* sizes, int32_t n, gt_generator generator, gt_options options, gt_tensor* out);
GT_API gt_status gt_randn(const int64_t* sizes, int32_t n, gt_generator generator, gt_options options, gt_tensor* out);
GT_API gt_status gt_randint(int64_t low, int64_t high, const int64_t* sizes, int32_t n, gt_generator generator, gt_options options, gt_tensor* out);
GT_API gt_status gt_randperm(int64_t n, gt_generator generator, gt_options options, gt_tensor* out);
GT_API gt_status gt_arange(gt_scalar start, gt_scalar stop, gt_scalar step, gt_options options, gt_tensor* out);
GT_API gt_status gt_linspace(double start, double end, int64_t steps, gt_options options, gt_tensor* out);
GT_API gt_status gt_eye(int64_t rows, int64_t columns, gt_options options, gt_tensor* out);
GT_API gt_status gt_empty_like(gt_tensor self, gt_options options, gt_tensor* out);
GT_API gt_status gt_zeros_like(gt_tensor self, gt_options options, gt_tensor* out);
GT_API gt_status gt_ones_like(gt_tensor self, gt_options options, gt_tensor* out);
GT_API gt_status gt_rand_like(gt_tensor self, gt_options options, gt_tensor* out);
GT_API gt_status gt_randn_like(gt_tensor self, gt_options options, gt_tensor* out);
GT_API gt_status gt_full_like(gt_tensor self, gt_scalar value, gt_options options, gt_tensor* out);

/* Element-wise operations of one tensor. To add one: a name here (any method of at::Tensor), an import and a method in C#. */
#define GT_UNARY(OP) \
  OP(abs) OP(neg) OP(exp) OP(expm1) OP(log) OP(log1p) OP(log2) OP(log10) OP(sqrt) OP(rsqrt) OP(square) OP(reciprocal) \
  OP(sigmoid) OP(tanh) OP(relu) OP(sin) OP(cos) OP(erf) OP(floor) OP(ceil) OP(round) OP(trunc) OP(sign) \
  OP(isnan) OP(isinf) OP(isfinite) OP(logical_not) OP(bitwise_not) \
  OP(sum) OP(mean) OP(max) OP(min) OP(median) OP(all) OP(any) OP(prod) OP(argmax) OP(argmin) OP(nonzero) \
  OP(alias) OP(detach) OP(t) OP(squeeze) OP(trace)
#define GT_UNARY_INPLACE(OP) \
  OP(abs) OP(neg) OP(exp) OP(log) OP(sqrt) OP(rsqrt) OP(square) OP(reciprocal) OP(sigmoid) OP(tanh) OP(relu) \
  OP(floor) OP(ceil) OP(round) OP(trunc) OP(sign) OP(zero) OP(detach) OP(logical_not) OP(squeeze)
#define GT_DECLARE(name) GT_API gt_status gt_##name(gt_tensor self, gt_tensor* out);
GT_UNARY(GT_DECLARE)
#undef GT_DECLARE
#define GT_DECLARE(name) GT_API gt_status gt_##name##_(gt_tensor self);
GT_UNARY_INPLACE(GT_DECLARE)
#undef GT_DECLARE

/* Operations of two tensors. */
#define GT_BINARY(OP) \
  OP(mul) OP(pow) OP(fmod) OP(remainder) OP(floor_divide) OP(maximum) OP(minimum) OP(eq) OP(ne) OP(lt) OP(le) OP(gt) OP(ge) \
  OP(logical_and) OP(logical_or) OP(logical_xor) OP(bitwise_and) OP(bitwise_or) OP(bitwise_xor) \
  OP(matmul) OP(mm) OP(bmm) OP(mv) OP(dot) OP(outer) OP(masked_select) OP(take) OP(view_as) OP(expand_as)
#define GT_BINARY_INPLACE(OP) OP(mul) OP(pow) OP(fmod) OP(remainder) OP(logical_and) OP(logical_or) OP(bitwise_and) OP(bitwise_or)
#define GT_BINARY_SCALAR(OP) OP(mul) OP(pow) OP(fmod) OP(remainder) OP(floor_divide) OP(eq) OP(ne) OP(gt) OP(ge)
#define GT_BINARY_SCALAR_INPLACE(OP) OP(mul) OP(pow) OP(fmod) OP(remainder) OP(fill)
#define GT_DECLARE(name) GT_API gt_status gt_##name(gt_tensor self, gt_tensor other, gt_tensor* out);
GT_BINARY(GT_DECLARE)
#undef GT_DECLARE
#define GT_DECLARE(name) GT_API gt_status gt_##name##_(gt_tensor self, gt_tensor other);
GT_BINARY_INPLACE(GT_DECLARE)
#undef GT_DECLARE
#define GT_DECLARE(name) GT_API gt_status gt_##name##_scalar(gt_tensor self, gt_scalar other, gt_tensor* out);
GT_BINARY_SCALAR(GT_DECLARE)
GT_DECLARE(le)
GT_DECLARE(lt)
#undef GT_DECLARE
#define GT_DECLARE(name) GT_API gt_status gt_##name##_scalar_(gt_tensor self, gt_scalar other);
GT_BINARY_SCALAR_INPLACE(GT_DECLARE)
#undef GT_DECLARE
GT_API gt_status gt_add(gt_tensor self, gt_tensor other, gt_scalar alpha, gt_tensor* out);
GT_API gt_status gt_add_(gt_tensor self, gt_tensor other, gt_scalar alpha);
GT_API gt_status gt_add_scalar(gt_tensor self, gt_scalar other, gt_scalar alpha, gt_tensor* out);
GT_API gt_status gt_add_scalar_(gt_tensor self, gt_scalar other, gt_scalar alpha);
GT_API gt_status gt_sub(gt_tensor self, gt_tensor other, gt_tensor* out);
GT_API gt_status gt_sub_(gt_tensor self, gt_tensor other);
GT_API gt_status gt_sub_scalar(gt_tensor self, gt_scalar other, gt_tensor* out);
GT_API gt_status gt_sub_scalar_(gt_tensor self, gt_scalar other);
GT_API gt_status gt_rsub_scalar(gt_tensor self, gt_scalar other, gt_tensor* out);
/* rounding: 0 none, 1 toward zero, 2 toward minus infinity. */
GT_API gt_status gt_div(gt_tensor self, gt_tensor other, int32_t rounding, gt_tensor* out);
GT_API gt_status gt_div_(gt_tensor self, gt_tensor other, int32_t rounding);
GT_API gt_status gt_div_scalar(gt_tensor self, gt_scalar other, int32_t rounding, gt_tensor* out);
GT_API gt_status gt_div_scalar_(gt_tensor self, gt_scalar other, int32_t rounding);
GT_API gt_status gt_addcmul(gt_tensor self, gt_tensor a, gt_tensor b, gt_scalar value, gt_tensor* out);
GT_API gt_status gt_addcmul_(gt_tensor self, gt_tensor a, gt_tensor b, gt_scalar value);
GT_API gt_status gt_addcdiv(gt_tensor self, gt_tensor a, gt_tensor b, gt_scalar value, gt_tensor* out);
GT_API gt_status gt_addcdiv_(gt_tensor self, gt_tensor a, gt_tensor b, gt_scalar value);
GT_API gt_status gt_addmm(gt_tensor self, gt_tensor a, gt_tensor b, double beta, double alpha, gt_tensor* out);
GT_API gt_status gt_lerp(gt_tensor self, gt_tensor end, gt_tensor weight, gt_tensor* out);
GT_API gt_status gt_lerp_(gt_tensor self, gt_tensor end, gt_tensor weight);
GT_API gt_status gt_clamp(gt_tensor self, gt_scalar min, gt_scalar max, gt_tensor* out);
GT_API gt_status gt_clamp_(gt_tensor self, gt_scalar min, gt_scalar max);
GT_API gt_status gt_where(gt_tensor condition, gt_tensor self, gt_tensor other, gt_tensor* out);
GT_API gt_status gt_masked_fill(gt_tensor self, gt_tensor mask, gt_scalar value, gt_tensor* out);
GT_API gt_status gt_masked_fill_(gt_tensor self, gt_tensor mask, gt_scalar value);
GT_API gt_status gt_silu(gt_tensor self, gt_tensor* out);
GT_API gt_status gt_leaky_relu(gt_tensor self, gt_scalar slope, gt_tensor* out);

/* Reductions. dtype -1 keeps the input's; a count of 0 axes means all. */
GT_API gt_status gt_sum_dims(gt_tensor self, const int64_t* dims, int32_t n, int32_t keepdim, int32_t dtype, gt_tensor* out);
GT_API gt_status gt_mean_dims(gt_tensor self, const int64_t* dims, int32_t n, int32_t keepdim, int32_t dtype, gt_tensor* out);
GT_API gt_status gt_prod_dim(gt_tensor self, int64_t dim, int32_t keepdim, int32_t dtype, gt_tensor* out);
GT_API gt_status gt_var(gt_tensor self, const int64_t* dims, int32_t n, int32_t unbiased, int32_t keepdim, gt_tensor* out);
GT_API gt_status gt_std(gt_tensor self, const int64_t* dims, int32_t n, int32_t unbiased, int32_t keepdim, gt_tensor* out);
GT_API gt_status gt_var_mean(gt_tensor self, const int64_t* dims, int32_t n, int32_t unbiased, int32_t keepdim, gt_tensor* var, gt_tensor* mean);
GT_API gt_status gt_std_mean(gt_tensor self, const int64_t* dims, int32_t n, int32_t unbiased, int32_t keepdim, gt_tensor* std, gt_tensor* mean);
GT_API gt_status gt_norm(gt_tensor self, double p, gt_tensor* out);
GT_API gt_status gt_norm_dim(gt_tensor self, double p, int64_t dim, int32_t keepdim, gt_tensor* out);
GT_API gt_status gt_amax(gt_tensor self, const int64_t* dims, int32_t n, int32_t keepdim, gt_tensor* out);
GT_API gt_status gt_amin(gt_tensor self, const int64_t* dims, int32_t n, int32_t keepdim, gt_tensor* out);
GT_API gt_status gt_all_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* out);
GT_API gt_status gt_any_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* out);
GT_API gt_status gt_max_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* values, gt_tensor* indices);
GT_API gt_status gt_min_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* values, gt_tensor* indices);
GT_API gt_status gt_argmax_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* out);
GT_API gt_status gt_argmin_dim(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* out);
GT_API gt_status gt_topk(gt_tensor self, int64_t k, int64_t dim, int32_t largest, int32_t sorted, gt_tensor* values, gt_tensor* indices);
GT_API gt_status gt_sort(gt_tensor self, int64_t dim, int32_t descending, int32_t stable, gt_tensor* values, gt_tensor* indices);
GT_API gt_status gt_argsort(gt_tensor self, int64_t dim, int32_t descending, gt_tensor* out);
GT_API gt_status gt_count_nonzero(gt_tensor self, const int64_t* dims, int32_t n, gt_tensor* out);
GT_API gt_status gt_histc(gt_tensor self, int64_t bins, double min, double max, gt_tensor* out);
GT_API gt_status gt_bincount(gt_tensor self, gt_tensor weights, int64_t minlength, gt_tensor* out);
GT_API gt_status gt_cumsum(gt_tensor self, int64_t dim, int32_t dtype, gt_tensor* out);
GT_API gt_status gt_quantile(gt_tensor self, gt_tensor q, int64_t dim, int32_t keepdim, gt_tensor* out);
GT_API gt_status gt_logsumexp(gt_tensor self, int64_t dim, int32_t keepdim, gt_tensor* out);

/* Shape, indexing, joining. */
GT_API gt_status gt_view(gt_tensor self, const int64_t* sizes, int32_t n, gt_tensor* out);
GT_API gt_status gt_reshape(gt_tensor self, const int64_t* sizes, int32_t n, gt_tensor* out);
GT_API gt_status gt_expand(gt_tensor self, const int64_t* sizes, int32_t n, gt_tensor* out);
GT_API gt_status gt_repeat(gt_tensor self, const int64_t* sizes, int32_t n, gt_tensor* out);
GT_API gt_status gt_permute(gt_tensor self, const int64_t* dims, int32_t n, gt_tensor* out);
GT_API gt_status gt_flip(gt_tensor self, const int64_t* dims, int32_t n, gt_tensor* out);
GT_API gt_status gt_roll(gt_tensor self, const int64_t* shifts, int32_t n, const int64_t* dims, int32_t m, gt_tensor* out);
GT_API gt_status gt_as_strided(gt_tensor self, const int64_t* sizes, const int64_t* strides, int32_t n, int64_t offset, gt_tensor* out);
GT_API gt_status gt_flatten(gt_tensor self, int64_t start, int64_t end, gt_tensor* out);
GT_API gt_status gt_unflatten(gt_tensor self, int64_t dim, const int64_t* sizes, int32_t n, gt_tensor* out);
GT_API gt_status gt_transpose(gt_tensor self, int64_t dim0, int64_t dim1, gt_tensor* out);
GT_API gt_status gt_squeeze_dim(gt_tensor self, int64_t dim, gt_tensor* out);
GT_API gt_status gt_unsqueeze(gt_tensor self, int64_t dim, gt_tensor* out);
GT_API gt_status gt_unsqueeze_(gt_tensor self, int64_t dim);
GT_API gt_status gt_narrow(gt_tensor self, int64_t dim, int64_t start, int64_t length, gt_tensor* out);
GT_API gt_status gt_slice(gt_tensor self, int64_t dim, int64_t start, int64_t end, int64_t step, gt_tensor* out);
GT_API gt_status gt_select(gt_tensor self, int64_t dim, int64_t index, gt_tensor* out);
GT_API gt_status gt_index_select(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor* out);
GT_API gt_status gt_index(gt_tensor self, const gt_index_item* indices, int32_t n, gt_tensor* out);
GT_API gt_status gt_index_put_(gt_tensor self, const gt_index_item* indices, int32_t n, gt_tensor value);
GT_API gt_status gt_index_add_(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor source, gt_scalar alpha);
GT_API gt_status gt_gather(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor* out);
GT_API gt_status gt_scatter(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor source, gt_tensor* out);
GT_API gt_status gt_scatter_(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor source);
GT_API gt_status gt_scatter_add(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor source, gt_tensor* out);
GT_API gt_status gt_scatter_add_(gt_tensor self, int64_t dim, gt_tensor index, gt_tensor source);
GT_API gt_status gt_tril(gt_tensor self, int64_t diagonal, gt_tensor* out);
GT_API gt_status gt_triu(gt_tensor self, int64_t diagonal, gt_tensor* out);
GT_API gt_status gt_cat(const gt_tensor* tensors, int32_t n, int64_t dim, gt_tensor* out);
GT_API gt_status gt_stack(const gt_tensor* tensors, int32_t n, int64_t dim, gt_tensor* out);
/* Writes at most capacity owned tensors to out and the true number to count; nothing is written when capacity is too small. */
GT_API gt_status gt_chunk(gt_tensor self, int64_t chunks, int64_t dim, gt_tensor* out, int32_t capacity, int32_t* count);
GT_API gt_status gt_split(gt_tensor self, int64_t size, int64_t dim, gt_tensor* out, int32_t capacity, int32_t* count);
GT_API gt_status gt_split_sizes(gt_tensor self, const int64_t* sizes, int32_t n, int64_t dim, gt_tensor* out, int32_t capacity, int32_t* count);
GT_API gt_status gt_unbind(gt_tensor self, int64_t dim, gt_tensor* out, int32_t capacity, int32_t* count);

/* Networks. reduction: 0 none, 1 mean, 2 sum. */
GT_API gt_status gt_linear(gt_tensor input, gt_tensor weight, gt_tensor bias, gt_tensor* out);
/* Convolution over n spatial axes (1, 2 or 3); strides, padding and dilation have n entries each. */
GT_API gt_status gt_conv(gt_tensor input, gt_tensor weight, gt_tensor bias, int32_t n, const int64_t* stride, const int64_t* padding, const int64_t* dilation, int64_t groups, gt_tensor* out);
GT_API gt_status gt_conv_same(gt_tensor input, gt_tensor weight, gt_tensor bias, int32_t n, const int64_t* stride, const int64_t* dilation, int64_t groups, gt_tensor* out);
GT_API gt_status gt_conv_transpose(gt_tensor input, gt_tensor weight, gt_tensor bias, int32_t n, const int64_t* stride, const int64_t* padding, const int64_t* output_padding, const int64_t* dilation, int64_t groups, gt_tensor* out);
/* batches: the running count of batches, one is added when training; may be 0. */
GT_API gt_status gt_batch_norm(gt_tensor input, gt_tensor mean, gt_tensor var, gt_tensor weight, gt_tensor bias, gt_tensor batches, int32_t training, double momentum, double eps, gt_tensor* out);
GT_API gt_status gt_max_pool2d(gt_tensor input, const int64_t* kernel, const int64_t* stride, const int64_t* padding, const int64_t* dilation, int32_t ceil_mode, gt_tensor* out);
GT_API gt_status gt_max_pool2d_with_indices(gt_tensor input, const int64_t* kernel, const int64_t* stride, const int64_t* padding, const int64_t* dilation, int32_t ceil_mode, gt_tensor* out, gt_tensor* indices);
/* divisor 0: the window's size. */
GT_API gt_status gt_avg_pool2d(gt_tensor input, const int64_t* kernel, const int64_t* stride, const int64_t* padding, int32_t ceil_mode, int32_t count_include_pad, int64_t divisor, gt_tensor* out);
GT_API gt_status gt_adaptive_avg_pool2d(gt_tensor input, const int64_t* sizes, gt_tensor* out);
GT_API gt_status gt_adaptive_max_pool2d(gt_tensor input, const int64_t* sizes, gt_tensor* out, gt_tensor* indices);
GT_API gt_status gt_dropout(gt_tensor input, double p, int32_t training, gt_tensor* out);
GT_API gt_status gt_dropout_(gt_tensor input, double p, int32_t training);
GT_API gt_status gt_softmax(gt_tensor input, int64_t dim, int32_t dtype, gt_tensor* out);
GT_API gt_status gt_log_softmax(gt_tensor input, int64_t dim, int32_t dtype, gt_tensor* out);
GT_API gt_status gt_cross_entropy(gt_tensor input, gt_tensor target, gt_tensor weight, int32_t reduction, int64_t ignore_index, double label_smoothing, gt_tensor* out);
GT_API gt_status gt_nll_loss(gt_tensor input, gt_tensor target, gt_tensor weight, int32_t reduction, gt_tensor* out);
GT_API gt_status gt_mse_loss(gt_tensor input, gt_tensor target, int32_t reduction, gt_tensor* out);
GT_API gt_status gt_l1_loss(gt_tensor input, gt_tensor target, int32_t reduction, gt_tensor* out);
GT_API gt_status gt_bce_with_logits(gt_tensor input, gt_tensor target, gt_tensor weight, gt_tensor pos_weight, int32_t reduction, gt_tensor* out);
GT_API gt_status gt_one_hot(gt_tensor input, int64_t classes, gt_tensor* out);
/* mode: 0 zeros, 1 reflect, 2 replicate, 3 circular, 4 constant. */
GT_API gt_status gt_pad(gt_tensor input, const int64_t* pad, int32_t n, int32_t mode, double value, gt_tensor* out);
/* mode: 0 nearest, 1 linear, 2 bilinear, 3 bicubic, 4 trilinear, 5 area, 6 nearest-exact; align: 0 not given, 1 true, 2 false. */
GT_API gt_status gt_interpolate(gt_tensor input, const int64_t* sizes, int32_t n, const double* scales, int32_t m, int32_t mode, int32_t align, int32_t recompute, int32_t antialias, gt_tensor* out);

/* Autograd. g is the number of grads: n, or 0 where the tensors have one element each. */
GT_API gt_status gt_set_requires_grad(gt_tensor self, int32_t value);
GT_API gt_status gt_retain_grad(gt_tensor self);
GT_API gt_status gt_grad(gt_tensor self, gt_tensor* out);
GT_API gt_status gt_set_grad(gt_tensor self, gt_tensor grad);
GT_API gt_status gt_backward(const gt_tensor* tensors, int32_t n, const gt_tensor* grads, int32_t g, int32_t retain_graph, int32_t create_graph, const gt_tensor* inputs, int32_t m);
GT_API gt_status gt_autograd_grad(const gt_tensor* outputs, int32_t n, const gt_tensor* grads, int32_t g, const gt_tensor* inputs, int32_t m, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, gt_tensor* out);
GT_API int32_t gt_grad_enabled(void);
GT_API void gt_set_grad_enabled(int32_t value);
GT_API int32_t gt_inference_enabled(void);
GT_API void* gt_inference_enter(int32_t value);
GT_API void gt_inference_leave(void* guard);

/* A function written in the caller's language. backward gets n gradients of the outputs (0 where there is none) and writes
 * m owned gradients of the inputs; it returns 0, or not 0 after gt_fail(message). release is called once, when the graph lets go. */
typedef int32_t (*gt_backward_callback)(void* context, const gt_tensor* grads, int32_t n, gt_tensor* out, int32_t m);
typedef void (*gt_release_callback)(void* context);
GT_API void gt_fail(const char* message);
/* Whether any input takes part in a graph; the caller runs its forward without recording, then records the outputs:
 * each outputs[i] is replaced by an owned tensor with a history; differentiable[i] 0 leaves it without. */
GT_API gt_status gt_function_record(const gt_tensor* inputs, int32_t m, gt_tensor* outputs, const int32_t* differentiable, int32_t n, const gt_tensor* dirty, int32_t d, gt_backward_callback backward, gt_release_callback release, void* context);

/* Optimizers: one call is one step over a whole group. Tensors without a gradient are left alone; state entries are owned by the caller
 * and are made by the call when they are 0. */
typedef struct { double lr, momentum, dampening, weight_decay; int32_t nesterov, maximize; } gt_sgd_options;
typedef struct { double lr, beta1, beta2, eps, weight_decay; int32_t amsgrad, maximize, decoupled; } gt_adam_options;
typedef struct { double lr, alpha, eps, weight_decay, momentum; int32_t centered, maximize; } gt_rmsprop_options;
GT_API gt_status gt_sgd_step(const gt_tensor* parameters, gt_tensor* buffers, int32_t n, gt_sgd_options options);
GT_API gt_status gt_adam_step(const gt_tensor* parameters, gt_tensor* averages, gt_tensor* squares, gt_tensor* maxima, int64_t* steps, int32_t n, gt_adam_options options);
GT_API gt_status gt_rmsprop_step(const gt_tensor* parameters, gt_tensor* squares, gt_tensor* averages, gt_tensor* buffers, int64_t* steps, int32_t n, gt_rmsprop_options options);
GT_API gt_status gt_zero_grad(const gt_tensor* parameters, int32_t n, int32_t set_to_none);
GT_API gt_status gt_clip_grad_norm_(const gt_tensor* parameters, int32_t n, double max_norm, double norm_type, double* total);
GT_API gt_status gt_clip_grad_value_(const gt_tensor* parameters, int32_t n, double value);
GT_API gt_status gt_flatten_all(const gt_tensor* tensors, int32_t n, gt_tensor* out);
GT_API gt_status gt_unflatten_all(gt_tensor flat, const gt_tensor* tensors, int32_t n);

/* Randomness. A generator is an owned reference. */
GT_API gt_status gt_manual_seed(int64_t seed);
GT_API gt_status gt_generator_new(uint64_t seed, int32_t device_type, int32_t device_index, gt_generator* out);
GT_API gt_status gt_generator_default(int32_t device_type, int32_t device_index, gt_generator* out);
GT_API void gt_generator_free(gt_generator self);
GT_API gt_status gt_generator_seed(gt_generator self, int64_t seed);
GT_API gt_status gt_generator_reseed(gt_generator self, int64_t* out);
GT_API gt_status gt_generator_initial_seed(gt_generator self, int64_t* out);
GT_API gt_status gt_generator_get_state(gt_generator self, gt_tensor* out);
GT_API gt_status gt_generator_set_state(gt_generator self, gt_tensor state);
GT_API gt_status gt_uniform_(gt_tensor self, double from, double to, gt_generator generator);
GT_API gt_status gt_normal_(gt_tensor self, double mean, double std, gt_generator generator);
GT_API gt_status gt_bernoulli_(gt_tensor self, double p, gt_generator generator);
GT_API gt_status gt_bernoulli(gt_tensor self, gt_generator generator, gt_tensor* out);
GT_API gt_status gt_random_(gt_tensor self, int64_t from, int64_t to, gt_generator generator);
GT_API gt_status gt_multinomial(gt_tensor self, int64_t samples, int32_t replacement, gt_generator generator, gt_tensor* out);

/* Threads and CUDA. */
GT_API gt_status gt_set_num_threads(int32_t n);
GT_API int32_t gt_get_num_threads(void);
GT_API gt_status gt_set_num_interop_threads(int32_t n);
GT_API int32_t gt_get_num_interop_threads(void);
GT_API int32_t gt_cuda_available(void);
GT_API int32_t gt_cudnn_available(void);
GT_API int32_t gt_cuda_device_count(void);
GT_API gt_status gt_cuda_manual_seed(int64_t seed, int32_t all);
GT_API gt_status gt_cuda_synchronize(int32_t device_index);
GT_API int32_t gt_allow_tf32(int32_t cudnn);
GT_API void gt_set_allow_tf32(int32_t cudnn, int32_t value);

#ifdef __cplusplus
}
#endif
#endif
