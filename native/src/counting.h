// Comparing and counting over plain memory.
#pragma once

#include <cstdint>

namespace granary {

// out[i] = 1 where x[i] <= bound, or < bound; NaN is neither.
void at_most(const float* x, uint8_t* out, int64_t n, float bound);
void below(const float* x, uint8_t* out, int64_t n, float bound);

// How many of n bytes, each 0 or 1, are 1.
int64_t ones(const uint8_t* bytes, int64_t n);

}  // namespace granary
