using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The default generators.</summary>
    public static class random
    {
        /// <summary>Begins the default generator of the CPU anew with a random seed.</summary>
        /// <returns>The seed.</returns>
        public static long seed() => Generator.Default.seed();

        /// <summary>The seed the default generator of the CPU began with.</summary>
        public static long initial_seed() => Generator.Default.initial_seed();

        /// <summary>Begins the default generators of all devices anew with a seed.</summary>
        /// <returns>The generator of the CPU.</returns>
        public static Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.gt_manual_seed(seed));
            return Generator.Default;
        }

        /// <summary>The state of the default generator of the CPU.</summary>
        public static Tensor get_rng_state() => Generator.Default.get_state();

        /// <summary>Sets the state of the default generator of the CPU.</summary>
        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }

    /// <inheritdoc cref="random.seed"/>
    public static long seed() => random.seed();

    /// <inheritdoc cref="random.manual_seed"/>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <inheritdoc cref="random.initial_seed"/>
    public static long initial_seed() => random.initial_seed();

    /// <inheritdoc cref="random.get_rng_state"/>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <inheritdoc cref="random.set_rng_state"/>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>Ones with the probabilities that the elements give, zeros otherwise.</summary>
    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    /// <summary>Indices drawn with the weights that the elements give.</summary>
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);

    public partial class Tensor
    {
        /// <summary>Fills with uniform random numbers from from to before to.</summary>
        /// <returns>This tensor.</returns>
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            InPlace(NativeMethods.gt_uniform_(this, from, to, generator));

        /// <summary>Fills with normal random numbers.</summary>
        /// <returns>This tensor.</returns>
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            InPlace(NativeMethods.gt_normal_(this, mean, std, generator));

        /// <summary>Fills with ones of probability p and zeros.</summary>
        /// <returns>This tensor.</returns>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => InPlace(NativeMethods.gt_bernoulli_(this, p, generator));

        /// <summary>Fills with whole random numbers from from to before to.</summary>
        /// <returns>This tensor.</returns>
        public Tensor random_(double from, double to, Generator? generator = null) =>
            InPlace(NativeMethods.gt_random_(this, (long)from, (long)to, generator));

        /// <summary>Ones with the probabilities that the elements give, zeros otherwise.</summary>
        public Tensor bernoulli(Generator? generator = null) =>
            NativeMethods.Result(NativeMethods.gt_bernoulli(this, generator, out Tensor result), result);

        /// <summary>Indices drawn with the weights that the elements give.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            NativeMethods.Result(NativeMethods.gt_multinomial(this, num_samples, replacement, generator, out Tensor result), result);
    }
}
