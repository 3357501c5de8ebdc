using System.Runtime.InteropServices;
using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Tests.Checkpoints.PyTorch;

/// <summary>The files that PyTorch wrote; <c>fixtures/README.md</c> has the script.</summary>
internal static class Fixtures
{
    public static string At(string name) => Path.Combine(AppContext.BaseDirectory, "Checkpoints", "fixtures", name);

    public static T[] Values<T>(this TensorData tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.Data.Span).ToArray();
}
