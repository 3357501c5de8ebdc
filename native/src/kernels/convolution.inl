// Convolutions with few channels, where the tensor's own order is best: lanes run along the places of an output plane, row after row.
// For that each input plane is copied kernel_width times, shifted by one column more each time, at the width of the output: a kernel
// tap is then one offset into one copy, for all places at once. A copy is read (outputs x kernel_height) times.

namespace conv {

// Outputs per pass, and how many vectors of places go with them: accumulators fill the registers.
constexpr int max_block = lanes == 16 ? 8 : 6;
constexpr int accumulators = registers - 6;
constexpr int places(int outputs) { return accumulators / outputs < 1 ? 1 : accumulators / outputs > 4 ? 4 : accumulators / outputs; }

inline int64_t round_up(int64_t n) { return (n + lanes - 1) / lanes * lanes; }

inline void copy(float* to, const float* from, int64_t n) {
    int64_t i = 0;
    for (; i + lanes <= n; i += lanes) store(to + i, load(from + i));
    if (i < n) store(to + i, load(from + i, n - i), n - i);
}

inline void clear(float* to, int64_t n) {
    int64_t i = 0;
    for (; i + lanes <= n; i += lanes) store(to + i, zero());
    if (i < n) store(to + i, zero(), n - i);
}

// The shifted copies of a picture: channels x kernel_width planes.
struct Copies {
    int64_t width, rows, plane;
    int64_t floats;  // with what the last vector of a plane's last tap reads beyond

    explicit Copies(const ConvShape& s)
        : width(s.out_width()), rows(s.height + 2 * s.pad_height), plane(width * rows), floats(round_up(plane * s.channels * s.kernel_width + lanes * 5)) {}
};

// Only what lies inside the picture is written: the rest must be zero already.
inline void shift(const ConvShape& s, const Copies& k, const float* x, float* copies) {
    for (int64_t c = 0; c < s.channels; ++c, x += s.height * s.width) {
        for (int64_t j = 0; j < s.kernel_width; ++j, copies += k.plane) {
            const int64_t from = j - s.pad_width, left = from < 0 ? -from : 0;
            const int64_t right = from + k.width > s.width ? s.width - from : k.width;
            if (right <= left) continue;
            float* to = copies + s.pad_height * k.width + left;
            const float* row = x + from + left;
            for (int64_t y = 0; y < s.height; ++y, row += s.width, to += k.width) copy(to, row, right - left);
        }
    }
}

// A block of O outputs at V vectors of places, from place q on. Rows of the kernel that meet nothing but padding are left out.
template <int O, int V>
inline void tile(const ConvShape& s, const Copies& k, const float* copies, const float* w, const float* bias, int64_t q, vec (&sums)[O][V]) {
    const int64_t top = q / k.width, bottom = (q + V * lanes - 1) / k.width;
    const int64_t begin = s.pad_height > bottom ? s.pad_height - bottom : 0;
    const int64_t end = s.height + s.pad_height - top < s.kernel_height ? s.height + s.pad_height - top : s.kernel_height;
    for (int o = 0; o < O; ++o)
        for (int v = 0; v < V; ++v) sums[o][v] = bias == nullptr ? zero() : broadcast(bias[o]);
    for (int64_t c = 0; c < s.channels; ++c) {
        const float* planes = copies + c * s.kernel_width * k.plane + q;
        const float* weights = w + (c * s.kernel_height + begin) * s.kernel_width * O;
        for (int64_t i = begin; i < end; ++i) {
            const float* from = planes + i * k.width;
            for (int64_t j = 0; j < s.kernel_width; ++j, from += k.plane, weights += O) {
                vec in[V];
                for (int v = 0; v < V; ++v) in[v] = load(from + v * lanes);
                for (int o = 0; o < O; ++o) {
                    const vec weight = broadcast(weights[o]);
                    for (int v = 0; v < V; ++v) sums[o][v] = fma(in[v], weight, sums[o][v]);
                }
            }
        }
    }
}

// Places q to end of a plane, V vectors at a time, then fewer.
template <int O, int V>
struct Sweep {
    static void run(const ConvShape& s, const Copies& k, const float* copies, const float* w, const float* bias, float* y, int64_t q, int64_t end) {
        for (; end - q > (V - 1) * lanes; q += V * lanes) {
            vec sums[O][V];
            tile<O, V>(s, k, copies, w, bias, q, sums);
            const int64_t rest = end - q - (V - 1) * lanes;
            for (int o = 0; o < O; ++o) {
                float* const to = y + o * end + q;
                for (int v = 0; v < V - 1; ++v) store(to + v * lanes, sums[o][v]);
                if (rest >= lanes) store(to + (V - 1) * lanes, sums[o][V - 1]);
                else store(to + (V - 1) * lanes, sums[o][V - 1], rest);
            }
        }
        Sweep<O, V - 1>::run(s, k, copies, w, bias, y, q, end);
    }
};
template <int O>
struct Sweep<O, 0> {
    static void run(const ConvShape&, const Copies&, const float*, const float*, const float*, float*, int64_t, int64_t) {}
};

template <int O>
void block(const ConvShape& s, const Copies& k, const float* copies, const float* w, const float* bias, float* y) {
    Sweep<O, places(O)>::run(s, k, copies, w, bias, y, 0, s.out_height() * s.out_width());
}

using Block = void (*)(const ConvShape&, const Copies&, const float*, const float*, const float*, float*);
constexpr Block blocks[] = {nullptr, block<1>, block<2>, block<3>, block<4>, block<5>, block<6>, block<7>, block<8>};

int64_t scratch(const ConvShape& s) { return Copies(s).floats; }

void run(const ConvShape& s, const float* x, const float* packed, const float* bias, float* y, int64_t first, int64_t last, float* copies) {
    const Copies k(s);
    clear(copies, k.floats);
    const int64_t groups = (s.outputs + max_block - 1) / max_block, plane = s.out_height() * s.out_width();
    for (int64_t n = first; n < last; ++n) {
        shift(s, k, x + n * s.input(), copies);
        const float* weights = packed;
        for (int64_t g = 0, done = 0; g < groups; ++g) {
            const int64_t count = (s.outputs - done) / (groups - g);
            blocks[count](s, k, copies, weights, bias == nullptr ? nullptr : bias + done, y + n * s.output() + done * plane);
            weights += count * s.taps();
            done += count;
        }
    }
}

// Weights: for a block of outputs and of neighbouring taps, the products of all places are summed in registers, over the few pictures
// that the first-level cache holds, and lane by lane in memory over the others.
constexpr int weight_outputs = lanes == 16 ? 4 : 2;
constexpr int weight_taps = 5;
constexpr int64_t pass = 24 * lanes;

// Gradients with each plane in whole vectors, zeros at its end.
struct Gradients {
    int64_t plane, picture;

    explicit Gradients(const ConvShape& s) : plane(round_up(s.out_height() * s.out_width())), picture(s.outputs * plane) {}
};

inline int64_t pictures(const Copies& k, const Gradients& g) {
    const int64_t n = pass / g.plane;
    return n < 1 ? 1 : n;
}

template <int O, int T>
void products(const Copies& k, const Gradients& g, const float* copies, const float* dy, int64_t count, float* totals, int64_t taps) {
    vec sums[O][T];
    for (int o = 0; o < O; ++o)
        for (int t = 0; t < T; ++t) sums[o][t] = load(totals + (o * taps + t) * lanes);
    for (int64_t n = 0; n < count; ++n, copies += k.floats, dy += g.picture) {
        for (int64_t q = 0; q < g.plane; q += lanes) {
            vec grad[O];
            for (int o = 0; o < O; ++o) grad[o] = load(dy + o * g.plane + q);
            for (int t = 0; t < T; ++t) {
                const vec in = load(copies + t * k.plane + q);
                for (int o = 0; o < O; ++o) sums[o][t] = fma(grad[o], in, sums[o][t]);
            }
        }
    }
    for (int o = 0; o < O; ++o)
        for (int t = 0; t < T; ++t) store(totals + (o * taps + t) * lanes, sums[o][t]);
}

using Products = void (*)(const Copies&, const Gradients&, const float*, const float*, int64_t, float*, int64_t);
constexpr Products products_of[4][5] = {
    {products<1, 1>, products<1, 2>, products<1, 3>, products<1, 4>, products<1, 5>},
    {products<2, 1>, products<2, 2>, products<2, 3>, products<2, 4>, products<2, 5>},
    {products<3, 1>, products<3, 2>, products<3, 3>, products<3, 4>, products<3, 5>},
    {products<4, 1>, products<4, 2>, products<4, 3>, products<4, 4>, products<4, 5>},
};

int64_t weight_scratch(const ConvShape& s) {
    const Copies k(s);
    const Gradients g(s);
    return pictures(k, g) * (k.floats + g.picture) + s.outputs * s.taps() * lanes;
}

// Copies a plane and gives its sum.
inline float copy_and_sum(const float* from, float* to, int64_t n) {
    vec total = zero();
    int64_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        const vec v = load(from + i);
        store(to + i, v);
        total = add(total, v);
    }
    if (i < n) {
        const vec v = load(from + i, n - i);
        store(to + i, v);
        total = add(total, v);
    }
    return sum(total);
}

void weight(const ConvShape& s, const float* x, const float* dy, float* dw, float* db, int64_t first, int64_t last, float* memory) {
    const Copies k(s);
    const Gradients g(s);
    const int64_t at_once = pictures(k, g), plane = s.out_height() * s.out_width();
    float* const copies = memory;
    float* const grads = copies + at_once * k.floats;
    float* const totals = grads + at_once * g.picture;
    clear(memory, weight_scratch(s));
    if (db != nullptr) clear(db, s.outputs);
    for (int64_t n = first; n < last; n += at_once) {
        const int64_t count = n + at_once <= last ? at_once : last - n;
        for (int64_t m = 0; m < count; ++m) {
            shift(s, k, x + (n + m) * s.input(), copies + m * k.floats);
            for (int64_t o = 0; o < s.outputs; ++o) {
                const float total = copy_and_sum(dy + ((n + m) * s.outputs + o) * plane, grads + m * g.picture + o * g.plane, plane);
                if (db != nullptr) db[o] += total;
            }
        }
        // A block's gradients and one channel's copies are near while its taps are gone through.
        for (int64_t o = 0; o < s.outputs; o += weight_outputs) {
            const int64_t outputs = o + weight_outputs <= s.outputs ? weight_outputs : s.outputs - o;
            for (int64_t c = 0; c < s.channels; ++c) {
                for (int64_t i = 0; i < s.kernel_height; ++i) {
                    for (int64_t j = 0; j < s.kernel_width; j += weight_taps) {
                        const int64_t taps = j + weight_taps <= s.kernel_width ? weight_taps : s.kernel_width - j;
                        products_of[outputs - 1][taps - 1](
                            k, g, copies + (c * s.kernel_width + j) * k.plane + i * k.width, grads + o * g.plane, count,
                            totals + (o * s.taps() + (c * s.kernel_height + i) * s.kernel_width + j) * lanes, s.taps());
                    }
                }
            }
        }
    }
    for (int64_t i = 0; i < s.outputs * s.taps(); ++i) dw[i] = sum(load(totals + i * lanes));
}

}  // namespace conv
