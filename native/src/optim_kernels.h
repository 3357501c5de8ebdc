// The arithmetic of optimizer steps over plain memory: one pass over each parameter, its gradient and its state.
#pragma once

#include <cstdint>

namespace granary {

// The options of a step as the loops want them, in the precision of the parameters.
struct SgdFactors {
    float lr, momentum, keep, decay, sign;
    bool first, nesterov;
};

struct AdamFactors {
    float beta1, rest1, beta2, rest2, eps, step_size, root_correction, decay, shrink, sign;
};

struct RmsPropFactors {
    float lr, alpha, rest, eps, momentum, decay, sign;
};

// n elements each; no two arrays overlap. A null array is a state that the options do without.
void sgd_range(float* p, const float* g, float* buffer, int64_t n, const SgdFactors& f);
void adam_range(float* p, const float* g, float* average, float* square, float* maximum, int64_t n, const AdamFactors& f);
void rmsprop_range(float* p, const float* g, float* square, float* average, float* buffer, int64_t n, const RmsPropFactors& f);

// The sum of the squares of n elements, in double precision and in an order that depends on n alone.
double sum_of_squares(const float* values, int64_t n);

}  // namespace granary
