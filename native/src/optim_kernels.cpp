// Every multiplication and addition that libtorch's vectorised operations fuse is an explicit fma here, and no other is, so a step gives
// PyTorch's bits; fma is exact by definition, so all processors give the same ones. The compiler's own contraction is off. Processors
// without the instruction (before 2013) call the library's fma, which is slow.
#include "optim_kernels.h"

#include <cmath>

// By feature: a clone for an architecture is taken by processors of just that model.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define GRANARY_CLONES __attribute__((target_clones("default", "fma")))
#else
#define GRANARY_CLONES
#endif

namespace granary {

namespace {

inline float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }

// A branch on a state within the loop would keep it from being vectorised.
template <bool Centered, bool Momentum>
inline __attribute__((always_inline)) void rmsprop_loop(float* __restrict p, const float* __restrict g, float* __restrict v,
                                                        float* __restrict m, float* __restrict b, int64_t n, const RmsPropFactors& f) {
    const float rate = -f.lr, alpha = f.alpha, rest = f.rest, eps = f.eps, momentum = f.momentum, decay = f.decay, sign = f.sign;
    for (int64_t i = 0; i < n; ++i) {
        const float d = fma(decay, p[i], sign * g[i]);
        const float square = fma(rest * d, d, alpha * v[i]);
        v[i] = square;
        float spread = square;
        if (Centered) {
            const float average = fma(rest, d, alpha * m[i]);
            m[i] = average;
            spread = fma(-average, average, square);
        }

        const float root = __builtin_sqrtf(spread) + eps;
        if (Momentum) {
            const float velocity = momentum * b[i] + d / root;
            b[i] = velocity;
            p[i] = fma(rate, velocity, p[i]);
        } else {
            p[i] = p[i] + rate * d / root;
        }
    }
}

}  // namespace

GRANARY_CLONES
void sgd_range(float* __restrict p, const float* __restrict g, float* __restrict b, int64_t n, const SgdFactors& f) {
    const float rate = -f.lr, momentum = f.momentum, keep = f.keep, decay = f.decay, sign = f.sign;
    if (b == nullptr) {
        for (int64_t i = 0; i < n; ++i) p[i] = fma(rate, fma(decay, p[i], sign * g[i]), p[i]);
    } else if (f.first && f.nesterov) {
        for (int64_t i = 0; i < n; ++i) {
            const float d = fma(decay, p[i], sign * g[i]);
            b[i] = d;
            p[i] = fma(rate, fma(momentum, d, d), p[i]);
        }
    } else if (f.first) {
        for (int64_t i = 0; i < n; ++i) {
            const float d = fma(decay, p[i], sign * g[i]);
            b[i] = d;
            p[i] = fma(rate, d, p[i]);
        }
    } else if (f.nesterov) {
        for (int64_t i = 0; i < n; ++i) {
            const float d = fma(decay, p[i], sign * g[i]);
            const float v = fma(keep, d, momentum * b[i]);
            b[i] = v;
            p[i] = fma(rate, fma(momentum, v, d), p[i]);
        }
    } else {
        for (int64_t i = 0; i < n; ++i) {
            const float v = fma(keep, fma(decay, p[i], sign * g[i]), momentum * b[i]);
            b[i] = v;
            p[i] = fma(rate, v, p[i]);
        }
    }
}

GRANARY_CLONES
void adam_range(float* __restrict p, const float* __restrict g, float* __restrict m, float* __restrict v, float* __restrict x, int64_t n,
                const AdamFactors& f) {
    const float beta1 = f.beta1, rest1 = f.rest1, beta2 = f.beta2, rest2 = f.rest2, eps = f.eps, rate = -f.step_size;
    const float root = f.root_correction, decay = f.decay, shrink = f.shrink, sign = f.sign;
    if (x == nullptr) {
        for (int64_t i = 0; i < n; ++i) {
            const float d = fma(decay, p[i], sign * g[i]);
            const float average = fma(rest1, d, beta1 * m[i]);
            const float square = fma(rest2 * d, d, beta2 * v[i]);
            m[i] = average;
            v[i] = square;
            p[i] = shrink * p[i] + rate * average / (__builtin_sqrtf(square) / root + eps);
        }
    } else {
        for (int64_t i = 0; i < n; ++i) {
            const float d = fma(decay, p[i], sign * g[i]);
            const float average = fma(rest1, d, beta1 * m[i]);
            const float square = fma(rest2 * d, d, beta2 * v[i]);
            const float top = x[i] > square ? x[i] : square;
            m[i] = average;
            v[i] = square;
            x[i] = top;
            p[i] = shrink * p[i] + rate * average / (__builtin_sqrtf(top) / root + eps);
        }
    }
}

GRANARY_CLONES
void rmsprop_range(float* __restrict p, const float* __restrict g, float* __restrict v, float* __restrict m, float* __restrict b, int64_t n,
                   const RmsPropFactors& f) {
    if (m != nullptr && b != nullptr) rmsprop_loop<true, true>(p, g, v, m, b, n, f);
    else if (m != nullptr) rmsprop_loop<true, false>(p, g, v, m, b, n, f);
    else if (b != nullptr) rmsprop_loop<false, true>(p, g, v, m, b, n, f);
    else rmsprop_loop<false, false>(p, g, v, m, b, n, f);
}

// Independent sums, so that the loop can be vectorised without changing the order of any of them.
GRANARY_CLONES
double sum_of_squares(const float* __restrict values, int64_t n) {
    constexpr int64_t lanes = 16;
    double sums[lanes] = {};
    int64_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        for (int64_t lane = 0; lane < lanes; ++lane) sums[lane] += static_cast<double>(values[i + lane]) * static_cast<double>(values[i + lane]);
    }

    double total = 0;
    for (; i < n; ++i) total += static_cast<double>(values[i]) * static_cast<double>(values[i]);
    for (double sum : sums) total += sum;
    return total;
}

}  // namespace granary
