// Batch normalisation in training. libtorch sums a plane's elements one by one in double precision and has left the near memory before
// its next pass; here all passes over a channel follow one another, or those over a few channels whose planes are small: their columns
// are then summed across the batch. Sums are kept in float for a few hundred terms at most, then in double.

namespace norm {

constexpr int64_t few = 128;
// Planes from here on are worth a loop of their own.
constexpr int64_t wide_plane = 64;
constexpr int64_t max_columns = 128;

inline double sum_double(const float* values, int64_t n) {
    double total = 0;
    for (int64_t i = 0; i < n; ++i) total += values[i];
    return total;
}

inline double sum_double(vec v) {
    float values[lanes];
    store(values, v);
    return sum_double(values, lanes);
}

// What one channel's elements become, in terms of x - mean.
struct Channel {
    float mean, scale, shift;
};

inline float invert(double variance, double eps) { return static_cast<float>(1.0 / __builtin_sqrt(variance + eps)); }

// Forward: the sums of x - mean, or of its square.
template <bool Square>
inline vec term(vec x, vec mean) {
    const vec d = sub(x, mean);
    return Square ? mul(d, d) : d;
}

template <bool Square>
inline vec plane_sum(const float* x, int64_t n, vec mean) {
    vec a = zero(), b = zero(), c = zero(), d = zero();
    int64_t i = 0;
    for (; i + 4 * lanes <= n; i += 4 * lanes) {
        a = add(a, term<Square>(load(x + i), mean));
        b = add(b, term<Square>(load(x + i + lanes), mean));
        c = add(c, term<Square>(load(x + i + 2 * lanes), mean));
        d = add(d, term<Square>(load(x + i + 3 * lanes), mean));
    }
    for (; i + lanes <= n; i += lanes) a = add(a, term<Square>(load(x + i), mean));
    if (i < n) b = add(b, keep(term<Square>(load(x + i, n - i), mean), n - i));
    return add(add(a, b), add(c, d));
}

template <bool Square>
inline double channel_sum(const NormShape& s, const float* x, float mean) {
    double total = 0;
    const vec m = broadcast(mean);
    for (int64_t n = 0; n < s.batch;) {
        const int64_t end = n + few < s.batch ? n + few : s.batch;
        vec sum = zero();
        for (; n < end; ++n, x += s.channels * s.plane) sum = add(sum, plane_sum<Square>(x, s.plane, m));
        total += sum_double(sum);
    }
    return total;
}

inline void scale_plane(const float* x, float* y, int64_t n, vec scale, vec shift) {
    int64_t i = 0;
    for (; i + lanes <= n; i += lanes) store(y + i, fma(load(x + i), scale, shift));
    if (i < n) store(y + i, fma(load(x + i, n - i), scale, shift), n - i);
}

// Sums down the columns of a block, V vectors wide or, where V is 0, n elements; rows lie a picture apart.
template <int V, class Load>
inline void columns(const Load& values, int64_t rows, int64_t picture, int64_t n, double* totals) {
    constexpr int width = V == 0 ? 1 : V;
    float part[width * lanes];
    for (int64_t i = 0; i < (V == 0 ? n : width * lanes); ++i) totals[i] = 0;
    for (int64_t r = 0; r < rows;) {
        const int64_t end = r + few < rows ? r + few : rows;
        vec sums[width];
        for (int v = 0; v < width; ++v) sums[v] = zero();
        for (; r < end; ++r)
            for (int v = 0; v < width; ++v) sums[v] = add(sums[v], values.at(r * picture + v * lanes, v * lanes));
        for (int v = 0; v < width; ++v) store(part + v * lanes, sums[v]);
        for (int64_t i = 0; i < (V == 0 ? n : width * lanes); ++i) totals[i] += part[i];
    }
}

// Runs body(first column, V as a type, columns) over a block: four vectors at a time, then one, then what is left of one.
template <int N>
struct Wide {
    static constexpr int value = N;
};

template <class Body>
inline void across(int64_t n, const Body& body) {
    int64_t i = 0;
    for (; i + 4 * lanes <= n; i += 4 * lanes) body(i, Wide<4>(), 4 * lanes);
    for (; i + lanes <= n; i += lanes) body(i, Wide<1>(), lanes);
    if (i < n) body(i, Wide<0>(), n - i);
}

template <int V>
inline vec read(const float* p, int64_t n) {
    return V == 0 ? load(p, n) : load(p);
}

template <int V>
inline void write(float* p, vec v, int64_t n) {
    if (V == 0) store(p, v, n);
    else store(p, v);
}

template <bool Square, int V>
struct Terms {
    const float* x;
    const float* mean;
    int64_t n;

    vec at(int64_t place, int64_t column) const { return term<Square>(read<V>(x + place, n), read<V>(mean + column, n)); }
};

// Channels side by side in one block: their number, and their sums from the columns' sums.
inline int64_t channels_of(const NormShape& s, int64_t rest) {
    const int64_t n = s.plane >= max_columns ? 1 : max_columns / s.plane;
    return n < rest ? n : rest;
}

inline void expand(const float* of_channel, int64_t channels, int64_t plane, float* of_column) {
    for (int64_t c = 0; c < channels; ++c)
        for (int64_t i = 0; i < plane; ++i) *of_column++ = of_channel[c];
}

template <bool Square>
inline void block_sums(const NormShape& s, const float* x, const float* mean, int64_t channels, double* sums) {
    double totals[max_columns];
    across(channels * s.plane, [&](int64_t i, auto wide, int64_t n) {
        constexpr int V = decltype(wide)::value;
        columns<V>(Terms<Square, V>{x + i, mean + i, n}, s.batch, s.channels * s.plane, n, totals + i);
    });
    for (int64_t c = 0; c < channels; ++c) {
        sums[c] = 0;
        for (int64_t i = 0; i < s.plane; ++i) sums[c] += totals[c * s.plane + i];
    }
}

inline void forward_block(const NormShape& s, const NormForward& a, int64_t c, int64_t channels) {
    const double count = static_cast<double>(s.batch * s.plane);
    double sums[max_columns];
    float column_mean[max_columns] = {}, column_scale[max_columns], column_shift[max_columns], scale[max_columns], shift[max_columns];
    const float* const x = a.x + c * s.plane;
    block_sums<false>(s, x, column_mean, channels, sums);
    for (int64_t k = 0; k < channels; ++k) a.mean[c + k] = static_cast<float>(sums[k] / count);
    expand(a.mean + c, channels, s.plane, column_mean);
    block_sums<true>(s, x, column_mean, channels, sums);
    for (int64_t k = 0; k < channels; ++k) {
        a.squares[c + k] = sums[k];
        a.invstd[c + k] = invert(sums[k] / count, a.eps);
        scale[k] = a.invstd[c + k] * (a.weight == nullptr ? 1.0f : a.weight[c + k]);
        shift[k] = (a.bias == nullptr ? 0.0f : a.bias[c + k]) - a.mean[c + k] * scale[k];
    }
    expand(scale, channels, s.plane, column_scale);
    expand(shift, channels, s.plane, column_shift);
    float* const y = a.y + c * s.plane;
    for (int64_t r = 0; r < s.batch; ++r) {
        const int64_t row = r * s.channels * s.plane;
        across(channels * s.plane, [&](int64_t i, auto wide, int64_t n) {
            constexpr int V = decltype(wide)::value;
            for (int v = 0; v < (V == 0 ? 1 : V); ++v) {
                const int64_t k = i + v * lanes;
                write<V>(y + row + k, fma(read<V>(x + row + k, n), read<V>(column_scale + k, n), read<V>(column_shift + k, n)), n);
            }
        });
    }
}

inline void forward_plane(const NormShape& s, const NormForward& a, int64_t c) {
    const double count = static_cast<double>(s.batch * s.plane);
    const float* const x = a.x + c * s.plane;
    a.mean[c] = static_cast<float>(channel_sum<false>(s, x, 0) / count);
    a.squares[c] = channel_sum<true>(s, x, a.mean[c]);
    a.invstd[c] = invert(a.squares[c] / count, a.eps);
    const float scale = a.invstd[c] * (a.weight == nullptr ? 1.0f : a.weight[c]);
    const float shift = (a.bias == nullptr ? 0.0f : a.bias[c]) - a.mean[c] * scale;
    for (int64_t n = 0; n < s.batch; ++n) {
        const int64_t plane = (n * s.channels + c) * s.plane;
        scale_plane(a.x + plane, a.y + plane, s.plane, broadcast(scale), broadcast(shift));
    }
}

void forward(const NormShape& s, const NormForward& a, int64_t first, int64_t last) {
    if (s.plane >= wide_plane) {
        for (int64_t c = first; c < last; ++c) forward_plane(s, a, c);
        return;
    }
    for (int64_t c = first; c < last;) {
        const int64_t channels = channels_of(s, last - c);
        forward_block(s, a, c, channels);
        c += channels;
    }
}

// Backward: dx = scale * (dy - mean(dy) - (x - mean) * mean(dy * (x - mean)) / variance).
struct Products {
    vec grads = zero(), products = zero();

    void take(vec dy, vec x, vec mean) {
        grads = add(grads, dy);
        products = fma(dy, sub(x, mean), products);
    }
};

inline void plane_products(const float* dy, const float* x, int64_t n, vec mean, Products& total) {
    Products a, b;
    int64_t i = 0;
    for (; i + 2 * lanes <= n; i += 2 * lanes) {
        a.take(load(dy + i), load(x + i), mean);
        b.take(load(dy + i + lanes), load(x + i + lanes), mean);
    }
    for (; i + lanes <= n; i += lanes) a.take(load(dy + i), load(x + i), mean);
    // The gradient's lanes beyond the end are zero.
    if (i < n) b.take(load(dy + i, n - i), load(x + i, n - i), mean);
    total.grads = add(total.grads, add(a.grads, b.grads));
    total.products = add(total.products, add(a.products, b.products));
}

struct Gradient {
    float scale, shift, slope;

    // From the sums of dy and of dy * (x - mean).
    Gradient(const NormBackward& a, int64_t c, double grads, double products, double count) {
        const double invstd = a.invstd[c];
        scale = a.invstd[c] * (a.weight == nullptr ? 1.0f : a.weight[c]);
        shift = static_cast<float>(-scale * grads / count);
        slope = static_cast<float>(-scale * products * invstd * invstd / count);
        if (a.dweight != nullptr) a.dweight[c] = static_cast<float>(products * invstd);
        if (a.dbias != nullptr) a.dbias[c] = static_cast<float>(grads);
    }
};

inline vec gradient(vec dy, vec x, vec mean, vec scale, vec shift, vec slope) { return fma(dy, scale, fma(sub(x, mean), slope, shift)); }

inline void backward_plane(const NormShape& s, const NormBackward& a, int64_t c) {
    double grads = 0, products = 0;
    const vec mean = broadcast(a.mean[c]);
    for (int64_t n = 0; n < s.batch;) {
        const int64_t end = n + few < s.batch ? n + few : s.batch;
        Products total;
        for (; n < end; ++n) {
            const int64_t plane = (n * s.channels + c) * s.plane;
            plane_products(a.dy + plane, a.x + plane, s.plane, mean, total);
        }
        grads += sum_double(total.grads);
        products += sum_double(total.products);
    }
    const Gradient g(a, c, grads, products, static_cast<double>(s.batch * s.plane));
    if (a.dx == nullptr) return;
    const vec scale = broadcast(g.scale), shift = broadcast(g.shift), slope = broadcast(g.slope);
    for (int64_t n = 0; n < s.batch; ++n) {
        const int64_t plane = (n * s.channels + c) * s.plane;
        const float *const dy = a.dy + plane, *const x = a.x + plane;
        float* const dx = a.dx + plane;
        int64_t i = 0;
        for (; i + lanes <= s.plane; i += lanes) store(dx + i, gradient(load(dy + i), load(x + i), mean, scale, shift, slope));
        const int64_t rest = s.plane - i;
        if (rest > 0) store(dx + i, gradient(load(dy + i, rest), load(x + i, rest), mean, scale, shift, slope), rest);
    }
}

template <int V>
struct GradientTerms {
    const float* dy;
    int64_t n;

    vec at(int64_t place, int64_t) const { return read<V>(dy + place, n); }
};

template <int V>
struct ProductTerms {
    const float *dy, *x, *mean;
    int64_t n;

    vec at(int64_t place, int64_t column) const {
        return mul(read<V>(dy + place, n), sub(read<V>(x + place, n), read<V>(mean + column, n)));
    }
};

inline void backward_block(const NormShape& s, const NormBackward& a, int64_t c, int64_t channels) {
    const int64_t picture = s.channels * s.plane, all = channels * s.plane;
    const float *const x = a.x + c * s.plane, *const dy = a.dy + c * s.plane;
    double grads[max_columns], products[max_columns];
    float mean[max_columns], scale[max_columns], shift[max_columns], slope[max_columns];
    expand(a.mean + c, channels, s.plane, mean);
    across(all, [&](int64_t i, auto wide, int64_t n) {
        constexpr int V = decltype(wide)::value;
        columns<V>(GradientTerms<V>{dy + i, n}, s.batch, picture, n, grads + i);
        columns<V>(ProductTerms<V>{dy + i, x + i, mean + i, n}, s.batch, picture, n, products + i);
    });
    for (int64_t k = 0; k < channels; ++k) {
        double of_grads = 0, of_products = 0;
        for (int64_t i = k * s.plane; i < (k + 1) * s.plane; ++i) {
            of_grads += grads[i];
            of_products += products[i];
        }
        const Gradient g(a, c + k, of_grads, of_products, static_cast<double>(s.batch * s.plane));
        expand(&g.scale, 1, s.plane, scale + k * s.plane);
        expand(&g.shift, 1, s.plane, shift + k * s.plane);
        expand(&g.slope, 1, s.plane, slope + k * s.plane);
    }
    if (a.dx == nullptr) return;
    float* const dx = a.dx + c * s.plane;
    for (int64_t r = 0; r < s.batch; ++r) {
        const int64_t row = r * picture;
        across(all, [&](int64_t i, auto wide, int64_t n) {
            constexpr int V = decltype(wide)::value;
            for (int v = 0; v < (V == 0 ? 1 : V); ++v) {
                const int64_t k = i + v * lanes;
                write<V>(dx + row + k,
                         gradient(read<V>(dy + row + k, n), read<V>(x + row + k, n), read<V>(mean + k, n), read<V>(scale + k, n),
                                  read<V>(shift + k, n), read<V>(slope + k, n)),
                         n);
            }
        });
    }
}

void backward(const NormShape& s, const NormBackward& a, int64_t first, int64_t last) {
    if (s.plane >= wide_plane) {
        for (int64_t c = first; c < last; ++c) backward_plane(s, a, c);
        return;
    }
    for (int64_t c = first; c < last;) {
        const int64_t channels = channels_of(s, last - c);
        backward_block(s, a, c, channels);
        c += channels;
    }
}

}  // namespace norm
