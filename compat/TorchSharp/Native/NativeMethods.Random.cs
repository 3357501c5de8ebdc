using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// Generators and random fills. The contract of each function is in native/include/granary_torch.h.
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int gt_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial int gt_generator_new(ulong seed, int deviceType, int deviceIndex, out nint result);

    [LibraryImport(Library)]
    internal static partial int gt_generator_default(int deviceType, int deviceIndex, out nint result);

    [LibraryImport(Library)]
    internal static partial void gt_generator_free(nint self);

    [LibraryImport(Library)]
    internal static partial int gt_generator_seed(torch.Generator? self, long seed);

    [LibraryImport(Library)]
    internal static partial int gt_generator_reseed(torch.Generator? self, out long result);

    [LibraryImport(Library)]
    internal static partial int gt_generator_initial_seed(torch.Generator? self, out long result);

    [LibraryImport(Library)]
    internal static partial int gt_generator_get_state(torch.Generator? self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_generator_set_state(torch.Generator? self, Tensor state);

    [LibraryImport(Library)]
    internal static partial int gt_uniform_(Tensor self, double from, double to, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int gt_normal_(Tensor self, double mean, double std, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int gt_bernoulli_(Tensor self, double p, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int gt_bernoulli(Tensor self, torch.Generator? generator, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_random_(Tensor self, long from, long to, torch.Generator? generator);

    [LibraryImport(Library)]
    internal static partial int gt_multinomial(Tensor self, long samples, [MarshalAs(UnmanagedType.Bool)] bool replacement,
        torch.Generator? generator, out Tensor result);
}
