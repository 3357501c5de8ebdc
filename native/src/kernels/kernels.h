// Loops for float32 in main memory, compiled once per instruction set. They know memory, not tensors: the callers check types,
// order and sizes, and split the work over threads so that a sum's order never depends on how many there are.
#pragma once

#include <cstdint>

namespace granary {

// A convolution of stride 1 over zero-padded planes, each channel's plane after the other (NCHW).
struct ConvShape {
    int64_t channels, height, width;
    int64_t outputs, kernel_height, kernel_width;
    int64_t pad_height, pad_width;

    int64_t out_height() const { return height + 2 * pad_height - kernel_height + 1; }
    int64_t out_width() const { return width + 2 * pad_width - kernel_width + 1; }
    int64_t taps() const { return channels * kernel_height * kernel_width; }
    int64_t input() const { return channels * height * width; }
    int64_t output() const { return outputs * out_height() * out_width(); }

    // The convolution that takes the gradient of the output to the gradient of the input.
    ConvShape transposed() const {
        return {outputs, out_height(), out_width(), channels, kernel_height, kernel_width,
                kernel_height - 1 - pad_height, kernel_width - 1 - pad_width};
    }
};

// Windows over planes of (height, width), out_height x out_width of them.
struct PoolShape {
    int64_t height, width, out_height, out_width;
    int64_t kernel_height, kernel_width, stride_height, stride_width, pad_height, pad_width;
};

// A batch of pictures, each channel's plane after the other. Channels last is this with a batch of all places and planes of one.
struct NormShape {
    int64_t batch, channels, plane;
};

// weight and bias may be null. mean, invstd (1 / sqrt(variance + eps)) and squares (the sum of (x - mean)^2) are written.
struct NormForward {
    const float *x, *weight, *bias;
    double eps;
    float *y, *mean, *invstd;
    double* squares;
};

// dx, dweight and dbias may be null.
struct NormBackward {
    const float *x, *dy, *weight, *mean, *invstd;
    float *dx, *dweight, *dbias;
};

struct Kernels {
    // Outputs that one pass of conv works on; weights are packed in groups of it, see pack_weights.
    int64_t output_block;

    // Floats of scratch memory that a thread needs.
    int64_t (*conv_scratch)(const ConvShape& s);
    int64_t (*conv_weight_scratch)(const ConvShape& s);

    // Pictures first to last - 1 of a batch. bias may be null.
    void (*conv)(const ConvShape& s, const float* x, const float* packed, const float* bias, float* y, int64_t first, int64_t last, float* scratch);
    // Their gradients of the weight (outputs x taps) and, unless null, of the bias, both overwritten.
    void (*conv_weight)(const ConvShape& s, const float* x, const float* dy, float* dw, float* db, int64_t first, int64_t last, float* scratch);

    // Planes first to last - 1. where: the place of the greatest within its window, row by row.
    void (*max_pool)(const PoolShape& s, const float* x, float* y, uint8_t* where, int64_t first, int64_t last);
    void (*max_pool_backward)(const PoolShape& s, const float* dy, const uint8_t* where, float* dx, int64_t first, int64_t last);

    // Channels first to last - 1.
    void (*norm)(const NormShape& s, const NormForward& a, int64_t first, int64_t last);
    void (*norm_backward)(const NormShape& s, const NormBackward& a, int64_t first, int64_t last);
};

// The best set that this processor runs, or what GRANARY_KERNELS asks for: avx2, or libtorch for none; null where there is none.
const Kernels* kernels();

// Weights (outputs, taps) for conv: groups of output_block outputs as even as possible, in each group tap by tap.
// flipped: of (taps' channels, outputs, kh, kw), each kernel turned round, for ConvShape::transposed().
void pack_weights(const ConvShape& s, const float* weight, bool flipped, int64_t output_block, float* packed);

}  // namespace granary
