// Threads and CUDA. torch/cuda.h works in a build without CUDA too, where it finds no device.
#include "boundary.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/cuda.h>

using namespace granary;

gt_status gt_set_num_threads(int32_t n) {
    return guard([&] {
        TORCH_CHECK(n > 0, "the number of threads must be positive, not ", n);
        at::set_num_threads(n);
    });
}

int32_t gt_get_num_threads(void) { return at::get_num_threads(); }

gt_status gt_set_num_interop_threads(int32_t n) {
    return guard([&] { at::set_num_interop_threads(n); });
}

int32_t gt_get_num_interop_threads(void) { return at::get_num_interop_threads(); }

int32_t gt_cuda_available(void) {
    int32_t available = 0;
    return guard([&] { available = torch::cuda::is_available(); }) == 0 ? available : 0;
}

int32_t gt_cudnn_available(void) {
    int32_t available = 0;
    return guard([&] { available = torch::cuda::cudnn_is_available(); }) == 0 ? available : 0;
}

int32_t gt_cuda_device_count(void) {
    int32_t count = 0;
    return guard([&] { count = static_cast<int32_t>(torch::cuda::device_count()); }) == 0 ? count : 0;
}

gt_status gt_cuda_manual_seed(int64_t seed, int32_t all) {
    return guard([&] {
        if (all != 0) torch::cuda::manual_seed_all(static_cast<uint64_t>(seed));
        else torch::cuda::manual_seed(static_cast<uint64_t>(seed));
    });
}

gt_status gt_cuda_synchronize(int32_t device_index) {
    return guard([&] { torch::cuda::synchronize(device_index); });
}

int32_t gt_allow_tf32(int32_t cudnn) {
    return cudnn != 0 ? at::globalContext().allowTF32CuDNN() : at::globalContext().allowTF32CuBLAS();
}

void gt_set_allow_tf32(int32_t cudnn, int32_t value) {
    if (cudnn != 0) at::globalContext().setAllowTF32CuDNN(value != 0);
    else at::globalContext().setAllowTF32CuBLAS(value != 0);
}
