// The kernels for processors with AVX-512 (F, BW, DQ, VL). Nothing but kernels may be included here: an inline function of a
// library, compiled with these instructions, could be the copy that the linker keeps for all.
#include "kernels.h"
#include "vector512.h"

namespace granary {
namespace avx512 {
namespace {

#include "batchnorm.inl"
#include "convolution.inl"
#include "pooling.inl"

}  // namespace

extern const Kernels kernels;
const Kernels kernels = {
    conv::max_block, conv::scratch, conv::weight_scratch, conv::run, conv::weight, pool::run, pool::backward, norm::forward, norm::backward,
};

}  // namespace avx512
}  // namespace granary
