#include "counting.h"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define GRANARY_CLONES __attribute__((target_clones("default", "arch=haswell")))
#else
#define GRANARY_CLONES
#endif

namespace granary {

GRANARY_CLONES
void at_most(const float* __restrict x, uint8_t* __restrict out, int64_t n, float bound) {
    for (int64_t i = 0; i < n; ++i) out[i] = x[i] <= bound;
}

GRANARY_CLONES
void below(const float* __restrict x, uint8_t* __restrict out, int64_t n, float bound) {
    for (int64_t i = 0; i < n; ++i) out[i] = x[i] < bound;
}

// 255 bytes of one lane fit into a byte: the inner loop adds bytes to bytes, 64 lanes at a time.
GRANARY_CLONES
int64_t ones(const uint8_t* bytes, int64_t n) {
    constexpr int64_t lanes = 64;
    int64_t total = 0;
    int64_t i = 0;
    while (i + lanes <= n) {
        const int64_t rows = std::min<int64_t>(255, (n - i) / lanes);
        uint8_t sums[lanes] = {};
        for (int64_t row = 0; row < rows; ++row, i += lanes) {
            for (int64_t lane = 0; lane < lanes; ++lane) sums[lane] = static_cast<uint8_t>(sums[lane] + bytes[i + lane]);
        }

        for (int64_t lane = 0; lane < lanes; ++lane) total += sums[lane];
    }

    for (; i < n; ++i) total += bytes[i];
    return total;
}

}  // namespace granary
