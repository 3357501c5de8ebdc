#include "kernels.h"

#include <cstdlib>
#include <cstring>

namespace granary {

#if defined(__x86_64__)
namespace avx2 {
extern const Kernels kernels;
}
namespace avx512 {
extern const Kernels kernels;
}

namespace {

const Kernels* choose() {
    const char* const wanted = std::getenv("GRANARY_KERNELS");
    if (wanted != nullptr && std::strcmp(wanted, "libtorch") == 0) return nullptr;
    const bool narrow = wanted != nullptr && std::strcmp(wanted, "avx2") == 0;
    __builtin_cpu_init();
    if (!narrow && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        return &avx512::kernels;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &avx2::kernels;
    return nullptr;
}

}  // namespace
#else
namespace {

const Kernels* choose() { return nullptr; }

}  // namespace
#endif

const Kernels* kernels() {
    static const Kernels* const chosen = choose();
    return chosen;
}

void pack_weights(const ConvShape& s, const float* weight, bool flipped, int64_t output_block, float* packed) {
    const int64_t groups = (s.outputs + output_block - 1) / output_block, kernel = s.kernel_height * s.kernel_width;
    for (int64_t g = 0, done = 0; g < groups; ++g) {
        const int64_t count = (s.outputs - done) / (groups - g);
        for (int64_t c = 0; c < s.channels; ++c) {
            for (int64_t k = 0; k < kernel; ++k) {
                for (int64_t o = done; o < done + count; ++o)
                    *packed++ = flipped ? weight[(c * s.outputs + o) * kernel + kernel - 1 - k] : weight[(o * s.channels + c) * kernel + k];
            }
        }
        done += count;
    }
}

}  // namespace granary
